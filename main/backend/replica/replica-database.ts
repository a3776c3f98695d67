import { createHash } from "node:crypto";
import Database from "better-sqlite3";
import { FEED_SCHEMA_VERSION } from "../../../core/feed/table.ts";
import { SyncFailure } from "./failure.ts";

/**
 * The replica's own tables beside those of the feed. Numbered, applied once each, never edited after release. The tables of the feed
 * and the cubes come with the snapshot; when they change shape, FEED_SCHEMA_VERSION rises and a new snapshot is fetched.
 */
const MIGRATIONS: readonly ((database: Database.Database) => void)[] = [
	(database) =>
		database.exec(
			`CREATE TABLE "_sync" (
		"id" INTEGER PRIMARY KEY CHECK ("id" = 1),
		"epoch" TEXT NOT NULL,
		"seq" INTEGER NOT NULL,
		"chain" TEXT NOT NULL,
		"committed_at" INTEGER NOT NULL, -- ms since 1970 UTC
		"snapshot" TEXT NOT NULL -- the snapshot this replica began with
	) STRICT`,
		),
	// No digest of the hub speaks of this row: it carries its own.
	(database) => {
		database.exec(`ALTER TABLE "_sync" ADD COLUMN "seal" TEXT`);
		const cursor = database.prepare(CURSOR).get() as Cursor | undefined;
		if (cursor) writeCursor(database, cursor);
	},
];

const CURSOR = `SELECT "epoch", "seq", "chain", "committed_at" AS "committedAt", "snapshot", "seal" FROM "_sync"`;

/** What the row of a cursor says of itself, so that a damaged one is noticed: a SHA-256 over its values. */
function sealOf(cursor: Cursor): string {
	const { epoch, seq, chain, committedAt, snapshot } = cursor;
	return createHash("sha256")
		.update(JSON.stringify([epoch, seq, chain, committedAt, snapshot]))
		.digest("hex");
}

/** How far a replica is: written in the same transaction as the rows it speaks of. */
export interface Cursor {
	readonly epoch: string;
	readonly seq: number;
	/** Chain hash after `seq`. */
	readonly chain: string;
	/** ms since 1970 UTC: when the hub committed publication `seq`. */
	readonly committedAt: number;
	/** The snapshot with which it began; of one province: that it is of that one (`ofProvince`). */
	readonly snapshot: string;
}

/** In the place of a snapshot, of a replica that holds what a workstation of a province may. */
export const ofProvince = (code: string): string => `province-${code}`;

/** The province whose replica it is, by its code; null: it is the whole country's. */
export function provinceOf({
	snapshot,
}: Pick<Cursor, "snapshot">): string | null {
	return /^province-(\d{2})$/.exec(snapshot)?.[1] ?? null;
}

/** Statements slower than this many milliseconds are reported. */
export const SLOW_STATEMENT = 40;

/** Runs a statement and reports it when it was slow. */
export function timed<T>(
	name: string,
	report: (message: string) => void,
	statement: () => T,
): T {
	const start = performance.now();
	const result = statement();
	const took = performance.now() - start;
	if (took > SLOW_STATEMENT) report(`slow: ${name} ${took.toFixed(0)} ms`);
	return result;
}

/**
 * Opens a replica for writing and brings its own tables up to date.
 * @param durable false while a new replica is being made: its maker brings the finished file to the disk, and an unfinished one is
 * thrown away
 * @throws SyncFailure "corrupt" when it is not a whole replica of this feed schema
 */
export function openReplica(path: string, durable = true): Database.Database {
	const database = new Database(path, { fileMustExist: true, timeout: 5000 });
	try {
		const version = database.pragma("user_version", { simple: true });
		if (version !== FEED_SCHEMA_VERSION)
			throw new SyncFailure(
				"corrupt",
				`${path}: feed schema ${version} found, ${FEED_SCHEMA_VERSION} expected`,
			);
		if (!durable) database.pragma("synchronous = OFF");
		database.pragma("journal_mode = WAL");
		// A power failure may lose the last publications, never the consistency: what is lost is applied again from the cursor.
		if (durable) database.pragma("synchronous = NORMAL");
		database.pragma("journal_size_limit = 33554432");
		database.pragma("cache_size = -65536");
		migrate(database);
		return database;
	} catch (error) {
		database.close();
		throw error;
	}
}

function migrate(database: Database.Database): void {
	database.exec(
		`CREATE TABLE IF NOT EXISTS "_migration" ("version" INTEGER PRIMARY KEY) STRICT`,
	);
	const done = database
		.prepare(`SELECT coalesce(max("version"), 0) FROM "_migration"`)
		.pluck()
		.get() as number;
	for (const [i, change] of MIGRATIONS.entries()) {
		if (i < done) continue;
		database.transaction(() => {
			change(database);
			database.prepare(`INSERT INTO "_migration" VALUES (?)`).run(i + 1);
		})();
	}
}

/**
 * Reads how far a replica is.
 * @throws SyncFailure "corrupt" when it does not say so
 */
export function readCursor(database: Database.Database): Cursor {
	const row = database.prepare(CURSOR).get() as
		| (Cursor & { seal: string | null })
		| undefined;
	if (!row) throw new SyncFailure("corrupt", "replica without a cursor");
	const { seal, ...cursor } = row;
	if (seal !== sealOf(cursor))
		throw new SyncFailure("corrupt", "the replica's cursor is damaged");
	return cursor;
}

/** Writes how far a replica is. */
export function writeCursor(database: Database.Database, cursor: Cursor): void {
	database
		.prepare(
			`REPLACE INTO "_sync" ("id", "epoch", "seq", "chain", "committed_at", "snapshot", "seal") VALUES (1, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			cursor.epoch,
			cursor.seq,
			cursor.chain,
			cursor.committedAt,
			cursor.snapshot,
			sealOf(cursor),
		);
}
