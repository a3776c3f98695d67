/**
 * The backend as Electron starts it, in a utility process: it asks its hub through Chromium's network stack, which knows the proxies of
 * this system. Where that cannot be had the backend still starts, with Node's.
 */
import { chromiumFetch } from "./chromium-fetch.ts";

try {
	const { net } = await import("electron");
	globalThis.fetch = chromiumFetch((address, init) => net.fetch(address, init));
} catch (error) {
	process.stderr.write(
		`backend: the network of Electron cannot be used, proxies of this system are not asked: ${String(error)}\n`,
	);
}
await import("../backend/backend.ts");
