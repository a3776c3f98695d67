import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startLocalServer } from "./local-server.ts";
import { migrate } from "./migrate.ts";
import { seedReference } from "./seed-reference.ts";

export interface HubDatabase {
	readonly pool: pg.Pool;
	/** Closes the connections and, when this process started the local server, ends that server. May be called twice. */
	stop(): Promise<void>;
}

export interface HubDatabaseOptions {
	/** Where the local server keeps its files and this installation its password; made when missing. */
	dataFolder: string;
	/** A PostgreSQL server of one's own, instead of the local one. */
	databaseUrl?: string;
	log?: (line: string) => void;
}

const INT8 = 20;
/** How long `stop` waits for transactions under way (ms). */
const PATIENCE = 1000;

/**
 * Opens the hub's database, migrated and with its reference data: the server named by `databaseUrl`, or a local one of the data folder,
 * which is started when it does not run yet.
 */
export async function openHubDatabase(
	options: HubDatabaseOptions,
): Promise<HubDatabase> {
	mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
	const log = options.log ?? (() => {});
	const server = options.databaseUrl
		? { connection: { connectionString: options.databaseUrl }, stop: undefined }
		: await startLocalServer(options.dataFolder, log);
	const pool = new pg.Pool({
		...server.connection,
		max: 8,
		types: {
			// Byte counts and milliseconds: far below 2^53.
			getTypeParser: (oid, format) =>
				oid === INT8 && format !== "binary"
					? Number
					: pg.types.getTypeParser(oid, format),
		} as pg.CustomTypesConfig,
	});
	// An idle connection that the server ends must not end this process; the next query says what is wrong.
	pool.on("error", () => {});
	const open = new Set<pg.PoolClient>();
	pool.on("connect", (client) => open.add(client));
	pool.on("remove", (client) => open.delete(client));
	let stopping: Promise<void> | undefined;
	const stop = (): Promise<void> => {
		stopping ??= (async () => {
			const ended = pool.end().catch(() => {});
			const done = await Promise.race([ended, sleep(PATIENCE, "busy")]);
			// Whoever still works in a transaction is cut off: it is rolled back, and Ctrl-C does not wait for it.
			if (done === "busy") for (const client of open) cutOff(client);
			await server.stop?.();
		})();
		return stopping;
	};
	try {
		const client = await pool.connect();
		try {
			await migrate(client);
			await seedReference(client);
		} finally {
			client.release();
		}
	} catch (error) {
		await stop();
		throw error;
	}
	return { pool, stop };
}

function cutOff(client: pg.PoolClient): void {
	// The types of pg leave out the connection of a client; its own `end` would wait for the query.
	(
		client as unknown as { connection: { stream: { destroy(): void } } }
	).connection.stream.destroy();
}

/** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
export async function inTransaction<T>(
	pool: pg.Pool,
	work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
	const client = await pool.connect();
	let broken: Error | undefined;
	try {
		await client.query("BEGIN");
		const result = await work(client);
		await client.query("COMMIT");
		return result;
	} catch (error) {
		await client.query("ROLLBACK").catch((cause: Error) => {
			broken = cause;
		});
		throw error;
	} finally {
		client.release(broken);
	}
}
