import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { renameWhenFree } from "../../../machine/files/durable-file.ts";
import { sealOf } from "../files/seal.ts";

/**
 * What this workstation knows that no hub can give back: commands on their way and who is signed in. Apart from the replica, which is
 * replaced whole.
 */
const MIGRATIONS: readonly string[] = [
	`CREATE TABLE outbox (
		number INTEGER PRIMARY KEY, -- the order in which they were given
		id TEXT NOT NULL UNIQUE,
		name TEXT NOT NULL,
		request TEXT NOT NULL, -- JSON
		based_on INTEGER,
		person TEXT NOT NULL, -- JSON of core/access/person
		given_at INTEGER NOT NULL,
		state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
		tries INTEGER NOT NULL DEFAULT 0,
		problem TEXT, -- why it waits: what the last try met
		refusal TEXT, -- JSON of core/api/command-message CommandRefusal
		audit INTEGER,
		seq INTEGER, -- the publication that carries it
		settled_at INTEGER
	) STRICT;
	CREATE INDEX outbox_state ON outbox (state);
	CREATE TABLE signed_in (
		session TEXT PRIMARY KEY, -- SHA-256 of the session cookie's id
		person TEXT NOT NULL, -- JSON
		token TEXT, -- the hub's; null: signed in offline
		ends_at INTEGER NOT NULL
	) STRICT;
	-- Who signed in here while the hub could be asked, so that they can while it cannot.
	CREATE TABLE remembered (
		name TEXT PRIMARY KEY,
		person TEXT NOT NULL,
		salt BLOB NOT NULL,
		key BLOB NOT NULL,
		failures INTEGER NOT NULL DEFAULT 0,
		failed_at INTEGER NOT NULL DEFAULT 0,
		asked_at INTEGER NOT NULL -- when the hub last said that it is so
	) STRICT`,
	// Tries that may have reached the hub: as long as there are none, a command can be taken back.
	"ALTER TABLE outbox ADD COLUMN sent INTEGER NOT NULL DEFAULT 0; UPDATE outbox SET sent = tries WHERE problem IS NOT 'sign-in'",
	// SQLite does not see a bit that flips inside a value: another number would be ordered, another province shown.
	`ALTER TABLE outbox ADD COLUMN seal TEXT;
	UPDATE outbox SET seal = seal(id, name, request, based_on, person, given_at);
	ALTER TABLE signed_in ADD COLUMN seal TEXT;
	UPDATE signed_in SET seal = seal(session, person, token, ends_at);
	ALTER TABLE remembered ADD COLUMN seal TEXT;
	UPDATE remembered SET seal = seal(name, person, salt, key, asked_at)`,
	// A restored hub may not know any more what it had carried out: found once for each epoch of its log.
	`ALTER TABLE outbox ADD COLUMN recalled_at INTEGER;
	CREATE TABLE asked_in (one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT NOT NULL) STRICT`,
];

/** True of a row of the outbox that is as it was written. */
export const OUTBOX_WHOLE =
	"seal IS seal(id, name, request, based_on, person, given_at)";

export interface OpenedOutbox {
	readonly database: Database.Database;
	/** Where a damaged one was put aside; null when there was none. What waited in it was not sent. */
	readonly setAside: string | null;
}

/** Opens the file, made when missing. A damaged one is set aside, never overwritten, and a new one begun. */
export function openOutbox(path: string): OpenedOutbox {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	try {
		return { database: open(path), setAside: null };
	} catch (error) {
		if (!isDamage(error)) throw error;
		const setAside = freeName(path);
		renameWhenFree(path, setAside);
		for (const beside of ["-wal", "-shm"])
			if (existsSync(path + beside))
				renameWhenFree(path + beside, setAside + beside);
		return { database: open(path), setAside };
	}
}

/**
 * The file as it is, in memory, where it cannot be written: whoever is remembered in it can sign in, and nothing outlives this process.
 * Without a file that can be read it is empty.
 */
export function openOutboxInMemory(path: string): {
	database: Database.Database;
	/** False: it is empty. */
	copied: boolean;
} {
	try {
		const bytes = readFileSync(path);
		// Of the format without a log beside it (SQLite file format, section 1.3): in memory there is none.
		bytes[18] = bytes[19] = 1;
		return { database: open(bytes), copied: true };
	} catch {
		return { database: open(":memory:"), copied: false };
	}
}

/**
 * Keeps in the file who signed in and out, and who is not remembered any more, since it was opened in memory. Whoever is remembered in a
 * file that could not be read then stays so.
 */
export function takeOver(
	{
		database: memory,
		copied,
	}: { database: Database.Database; copied: boolean },
	file: Database.Database,
): void {
	const rows = (table: string) =>
		memory.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[];
	file.transaction(() => {
		file.exec("DELETE FROM signed_in");
		if (copied) file.exec("DELETE FROM remembered");
		for (const table of ["signed_in", "remembered"])
			for (const row of rows(table)) {
				const columns = Object.keys(row);
				file
					.prepare(
						`REPLACE INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
					)
					.run(Object.values(row));
			}
	})();
}

function open(path: string | Buffer): Database.Database {
	const database = new Database(path, { timeout: 5000 });
	try {
		database.function("seal", { varargs: true, deterministic: true }, sealOf);
		// No log beside it: one that a flipped bit cuts short loses what was promised without a word.
		database.pragma("journal_mode = DELETE");
		// A command that was promised to be sent survives a power failure.
		database.pragma("synchronous = FULL");
		database.pragma("foreign_keys = ON");
		const whole = database.pragma("integrity_check(1)", { simple: true });
		if (whole !== "ok") throw new DamagedError(String(whole));
		const done = database.pragma("user_version", { simple: true }) as number;
		if (done > MIGRATIONS.length)
			throw new Error(
				`${path}: version ${done} found, at most ${MIGRATIONS.length} expected: it was written by a newer program`,
			);
		bringUp(database, done);
		if (schemaOf(database) !== expectedSchema())
			throw new DamagedError("its tables are not those of any version");
		const changed = database
			.prepare(`SELECT count(*) FROM outbox WHERE NOT (${OUTBOX_WHOLE})`)
			.pluck()
			.get();
		if (changed !== 0)
			throw new DamagedError(`${changed} commands are not what was given`);
		return database;
	} catch (error) {
		database.close();
		throw error;
	}
}

/** Runs the migrations from a version on. */
function bringUp(database: Database.Database, from: number): void {
	for (let version = from; version < MIGRATIONS.length; version++)
		database.transaction(() => {
			database.exec(MIGRATIONS[version]);
			database.pragma(`user_version = ${version + 1}`);
		})();
}

const schemaOf = (database: Database.Database): string =>
	JSON.stringify(
		database
			.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")
			.all(),
	);

function expectedSchema(): string {
	const fresh = new Database(":memory:");
	try {
		fresh.function("seal", { varargs: true, deterministic: true }, sealOf);
		bringUp(fresh, 0);
		return schemaOf(fresh);
	} finally {
		fresh.close();
	}
}

class DamagedError extends Error {}

function isDamage(error: unknown): boolean {
	return (
		error instanceof DamagedError ||
		(error instanceof Database.SqliteError &&
			// The last: a step to the next version does not fit what is there.
			/^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(error.code))
	);
}

function freeName(path: string): string {
	for (let number = 1; ; number++) {
		const name = `${path}.damaged-${number}`;
		if (!existsSync(name)) return name;
	}
}
