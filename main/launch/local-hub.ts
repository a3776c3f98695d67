/**
 * The hub of a machine that has none: PostgreSQL and the feed in a process of its own, so that loading the simulated country beside it
 * does not hold up its answers. Its parent hears the address over IPC; it ends, and leaves the database clean, when the parent does.
 */
import { stillToFollow } from "../../core/feed/still-to-follow.ts";
import { serveHub } from "../../hub/serve/serve-hub.ts";
import { openHubDatabase } from "../../hub/store/database.ts";
import { readDataset } from "../../hub/store/dataset-state.ts";

/** What the launcher hears. */
export interface LocalHubReady {
	url: string;
	publicKey: string;
	/** Nothing was ever taken in here, or the loading of the simulated country was cut short. */
	unfinished: boolean;
}

const [dataFolder] = process.argv.slice(2);
const log = (line: string): void => console.log(`hub: ${line}`);
let ending = false;
const database = openHubDatabase({
	dataFolder,
	databaseUrl: process.env.DATABASE_URL,
	keep: true,
	log,
});
let close = async (): Promise<void> => (await database).stop();
const end = async (): Promise<void> => {
	if (ending) return;
	ending = true;
	await close();
	process.exit(0);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
	process.on(signal, () => void end());
process.on("disconnect", () => void end());

const { pool, stop } = await database;
const feed = await serveHub({ pool, dataFolder, log }, { port: 0 });
close = async () => {
	await feed.close();
	await stop();
};
const dataset = await readDataset(pool);
const { exercise, last_day } = dataset;
const { rows } = await pool.query<{ files: number }>(
	"SELECT count(*)::int AS files FROM file",
);
process.send?.({
	url: feed.url,
	publicKey: feed.publicKey,
	unfinished:
		exercise === true
			? last_day === undefined || stillToFollow(dataset).length > 0
			: last_day === undefined && rows[0].files === 0,
} satisfies LocalHubReady);
