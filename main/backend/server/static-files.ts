import { serveStatic } from "@hono/node-server/serve-static";
import type { MiddlewareHandler } from "hono";

/** Names that a build gives only once: `index-Bk3f9xQa.js`. */
const HASHED = /\/assets\/[^/]+-[\w-]{8,}\.\w+$/;

/**
 * The files of the screens. Files with a hash in their name are kept by the browser for good; the page itself is asked for each time,
 * so that it names the files of this build.
 * @param folder the built screens (`out/renderer`)
 */
export function staticFiles(folder: string): MiddlewareHandler {
	const serve = serveStatic({ root: folder });
	return async (c, next) => {
		const response = await serve(c, next);
		// Set on the answer itself: the library has made it before it says what it found.
		if (response instanceof Response)
			response.headers.set(
				"cache-control",
				HASHED.test(c.req.path)
					? "private, max-age=31536000, immutable"
					: "no-store",
			);
		return response;
	};
}
