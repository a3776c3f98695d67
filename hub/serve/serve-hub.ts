import { accessRoutes } from "../access/routes.ts";
import { type FeedServer, serveFeed } from "../publish/serve.ts";
import { releaseRoutes } from "../release/routes.ts";
import { PUSH_PATH, pushRoutes } from "../roads/push-routes.ts";
import { createTaker } from "../roads/taker.ts";
import { createVisits } from "../roads/visits.ts";
import { writeRoutes } from "../write/routes.ts";
import { tableRoutes } from "../write/table-routes.ts";
import { createMetrics } from "./metrics.ts";

/** Serves everything that workstations ask of a hub: the feed, sign-ins, commands and the audit trail; and takes in what comes by roads. */
export async function serveHub(
	store: Parameters<typeof serveFeed>[0],
	options: Omit<Parameters<typeof serveFeed>[1], "routes">,
): Promise<FeedServer> {
	const writes = writeRoutes({ log: () => {}, ...store });
	const taker = createTaker(store);
	let feed: FeedServer | undefined;
	const metrics = createMetrics(store, {
		following: () => feed?.following() ?? { nation: 0, province: 0 },
		waiting: taker.waiting,
		certificate: options.guarded?.cert,
	});
	feed = await serveFeed(store, {
		...options,
		answered: metrics.answered,
		routes: [
			metrics.routes,
			pushRoutes(store, taker),
			accessRoutes(store),
			tableRoutes(store),
			releaseRoutes(store),
			writes.app,
		],
		ownDoors: [PUSH_PATH],
	});
	// Once the port is this hub's own: of two that are started on one, one fetches.
	const visits = createVisits(store, taker);
	const { close } = feed;
	return {
		...feed,
		async close() {
			writes.close();
			await visits.close();
			await taker.close();
			await close();
		},
	};
}
