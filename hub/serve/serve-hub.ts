import { accessRoutes } from "../access/routes.ts";
import { type FeedServer, serveFeed } from "../publish/serve.ts";
import { writeRoutes } from "../write/routes.ts";
import { tableRoutes } from "../write/table-routes.ts";

/** Serves everything that workstations ask of a hub: the feed, sign-ins, commands and the audit trail. */
export async function serveHub(
	store: Parameters<typeof serveFeed>[0],
	options: Omit<Parameters<typeof serveFeed>[1], "routes">,
): Promise<FeedServer> {
	const writes = writeRoutes({ log: () => {}, ...store });
	const feed = await serveFeed(store, {
		...options,
		routes: [accessRoutes(store), tableRoutes(store), writes.app],
	});
	return {
		...feed,
		close() {
			writes.close();
			return feed.close();
		},
	};
}
