import { chmodSync, mkdirSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { restrictOnWindows } from "../../machine/files/windows-acl.ts";
import { askAnew, cutOff } from "./connection.ts";
import { type LocalServer, startLocalServer } from "./local-server.ts";
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
	/** For a process that stays: a local server that ends or is killed is started again, or the one that another process started is joined. */
	keep?: boolean;
	log?: (line: string) => void;
}

const INT8 = 20;
/** How long `stop` waits for transactions under way (ms). */
const PATIENCE = 1000;
/** How often a server is looked for before it is said that there is none. */
const ATTEMPTS = 3;
/** How often a process that stays looks whether the database is there (ms). */
const LOOK_AFTER = 2000;
/** A server that lets nobody in for this long (ms) is away; workstations give a request up after 15 s. */
const ANSWERS_WITHIN = 8000;
/** The second and last question (ms). */
const ANSWERS_AT_LAST = 4000;

/**
 * Opens the hub's database, migrated and with its reference data: the server named by `databaseUrl`, or a local one of the data folder,
 * which is started when it does not run yet.
 */
export async function openHubDatabase(
	options: HubDatabaseOptions,
): Promise<HubDatabase> {
	mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
	makePrivate(options.dataFolder);
	const log = options.log ?? (() => {});
	const server = async (): Promise<Partial<LocalServer>> =>
		options.databaseUrl ? {} : startLocalServer(options.dataFolder, log);
	let local = await server();
	const connection = (): pg.ClientConfig =>
		local.connection ?? { connectionString: options.databaseUrl };
	const pool = new pg.Pool({
		...connection(),
		max: 8,
		// Whoever serves says in time that there is no database; a command waits for its turn.
		connectionTimeoutMillis: options.keep ? ANSWERS_WITHIN : 0,
		types: {
			// Byte counts and milliseconds: far below 2^53.
			getTypeParser: (oid, format) =>
				oid === INT8 && format !== "binary"
					? Number
					: pg.types.getTypeParser(oid, format),
		} as pg.CustomTypesConfig,
	});
	const open = new Set<pg.PoolClient>();
	// A connection that the server ends, idle or in a transaction, must not end this process: the next query says what is wrong.
	pool.on("error", () => {});
	pool.on("connect", (client) => {
		client.on("error", () => {});
		open.add(client);
	});
	pool.on("remove", (client) => open.delete(client));
	const watch = options.keep ? keepServer() : undefined;
	let stopping: Promise<void> | undefined;
	const stop = (): Promise<void> => {
		stopping ??= (async () => {
			await watch?.();
			const ended = pool.end().catch(() => {});
			const done = await Promise.race([ended, sleep(PATIENCE, "busy")]);
			// Whoever still works in a transaction is cut off: it is rolled back, and Ctrl-C does not wait for it.
			if (done === "busy") cutOffAll();
			await local.stop?.();
		})();
		return stopping;
	};
	try {
		await reach();
		const client = await pool.connect();
		try {
			await migrate(client);
			await mustOwn(client);
			await seedReference(client);
		} finally {
			client.release();
		}
	} catch (error) {
		await stop();
		throw error;
	}
	return { pool, stop };

	/** Asks the database, at another server when the one that was found has just been ended by whoever owned it. */
	async function reach(): Promise<void> {
		for (let attempt = 1; ; attempt++)
			try {
				await askAnew(connection(), "SELECT", ANSWERS_WITHIN);
				return;
			} catch (error) {
				if (options.databaseUrl || attempt === ATTEMPTS || !isGone(error))
					throw error;
				await goWhereItIs();
			}
	}

	/** Finds the local server again, or starts it. Connections made from now on go there: it may have another port. */
	async function goWhereItIs(): Promise<void> {
		local = await server();
		Object.assign(pool.options, local.connection);
	}

	/** Whether what answered, or did not, is not the server of this hub: a stranger may have been given its port, and knows no password. */
	function isGone(error: unknown): boolean {
		const refused = (error as { code?: string }).code?.startsWith("28");
		return isDatabaseLost(error) || (!options.databaseUrl && refused === true);
	}

	function cutOffAll(): void {
		for (const client of open) cutOff(client);
	}

	/**
	 * Looks again and again whether the database lets somebody in, and brings it back: whoever owned it may have ended, or it was killed,
	 * told to end, or frozen. What is connected already says nothing: a server that is told to end goes on answering it, and one that is
	 * frozen never does.
	 */
	function keepServer(): () => Promise<void> {
		const ended = new AbortController();
		const running = (async () => {
			/** What was said since the database was lost: once each, however long that is. */
			const told = new Set<string>();
			const say = (line: string): void => {
				if (!told.has(line)) log(line);
				told.add(line);
			};
			for (;;) {
				await sleep(LOOK_AFTER, undefined, ended).catch(() => {});
				if (ended.signal.aborted) return;
				try {
					await askAnew(connection(), "SELECT", ANSWERS_WITHIN).catch(() =>
						// It may have been this process that was busy for so long: nothing is cut off for that.
						askAnew(connection(), "SELECT", ANSWERS_AT_LAST),
					);
					if (told.size > 0) log("the database is back");
					told.clear();
					if (local.isAbandoned?.()) local = await server();
				} catch (error) {
					if (!isGone(error)) continue;
					say(`the database does not answer: ${error}`);
					// What waits for it would wait for as long as it is frozen, and what it had begun would hold locks when it goes on.
					cutOffAll();
					try {
						await goWhereItIs();
					} catch (cause) {
						say(`the database cannot be started yet: ${cause}`);
					}
				}
			}
		})();
		return async () => {
			ended.abort();
			await running;
		};
	}
}

/** @throws when the policies of provinces would hide rows from the hub itself: it would take what it does not see for what is not there */
async function mustOwn(client: pg.PoolClient): Promise<void> {
	const { rows } = await client.query(
		"SELECT row_security_active('fact') AS hidden",
	);
	if (rows[0].hidden)
		throw new Error(
			"the account of the hub must own the tables of its database: ALTER TABLE … OWNER TO it",
		);
}

/** Lets nobody else list or change a folder that was there before; the account of the server may still pass through it. */
function makePrivate(folder: string): void {
	if (process.platform === "win32") {
		restrictOnWindows(folder);
		return;
	}
	const { mode } = statSync(folder);
	if ((mode & 0o066) !== 0) chmodSync(folder, mode & 0o711);
}

/** Whether a query failed because the database went away, not because of what it asked. */
export function isDatabaseLost(error: unknown): boolean {
	for (let at = error; at instanceof Error; at = at.cause) {
		const { code } = at as { code?: string };
		// PostgreSQL's classes 08 (connection) and 57P (operator intervention); what pg says of a connection that broke.
		if (code && /^(08...|57P0[1-5]|ECONNREFUSED|ECONNRESET|EPIPE)$/.test(code))
			return true;
		if (
			/^Connection terminated|connection error and is not queryable|^Client was closed|^timeout expired|^timeout exceeded when trying to connect|^Query read timeout/.test(
				at.message,
			)
		)
			return true;
	}
	return false;
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
