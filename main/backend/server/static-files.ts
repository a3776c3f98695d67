import { existsSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Context, MiddlewareHandler } from "hono";

/** Names that a build gives only once: `index-Bk3f9xQa.js`. */
const HASHED = /\/assets\/[^/]+-[\w-]{8,}\.\w+$/;

/**
 * The files of the screens. Files with a hash in their name are kept by the browser for good; the page itself is asked for each time,
 * so that it names the files of this build.
 * @param folder the built screens (`out/renderer`)
 */
export function staticFiles(folder: string): MiddlewareHandler {
	const onFound = (path: string, c: Context): void => {
		c.header(
			"cache-control",
			HASHED.test(path.replaceAll("\\", "/"))
				? "private, max-age=31536000, immutable"
				: "no-store",
		);
	};
	return serveStatic({ root: folder, onFound });
}

/** Whether the screens were built. */
export function hasScreens(folder: string): boolean {
	return existsSync(join(folder, "index.html"));
}
