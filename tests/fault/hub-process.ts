/**
 * A hub as a process to be killed: arguments are its data folder and the port to serve on. Publishes a few rows again and again, without
 * pause, while it serves.
 */
import { publishChanges } from "../../hub/publish/publish.ts";
import { serveFeed } from "../../hub/publish/serve.ts";
import { openHubDatabase } from "../../hub/store/database.ts";
import { changing, FIRST_DAY, fact } from "../integration/feed-fixture.ts";

const [dataFolder, port] = process.argv.slice(2);
const db = await openHubDatabase({ dataFolder });
const server = await serveFeed(
	{ pool: db.pool, dataFolder },
	{ port: Number(port) },
);
process.send?.({ url: server.url, publicKey: server.publicKey });
const { rows } = await db.pool.query(
	"SELECT id FROM area WHERE level = 2 ORDER BY id LIMIT 200",
);
for (let i = 0; ; i++) {
	const day = FIRST_DAY + (i % 20);
	const published = await publishChanges(
		db,
		changing({
			fact: rows.map(({ id }) =>
				fact(id, day, Math.floor(Math.random() * 1e6)),
			),
		}),
	);
	process.send?.({ seq: published?.seq });
}
