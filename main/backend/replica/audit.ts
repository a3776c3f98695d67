import Database from "better-sqlite3";
import type { Digest } from "../../../core/feed/publication.ts";
import { differingCubes } from "./cubes.ts";
import { replicaDigest } from "./digest.ts";
import { readCursor } from "./replica-database.ts";

/** What a look at every byte of a replica found, all of it at one publication. */
export interface Audit {
	readonly epoch: string;
	readonly seq: number;
	/** Cubes that are not what the facts say, as "indicator/level". */
	readonly cubes: readonly string[];
	readonly tables: Digest["tables"];
	/** Code and name of the provinces and the nation, by id. */
	readonly places: ReadonlyMap<number, string>;
}

/** What an audit gave: all it found, or why the file is not whole (pages, indexes, cursor) and the rest not worth a look. */
export type AuditResult = Audit | { readonly broken: string };

/**
 * Reads all of a replica from its disk: SQLite's own check of pages and indexes, the digest of every part, and the cubes against the
 * facts. Seconds for millions of rows.
 */
export function auditReplica(path: string): AuditResult {
	// A connection of its own sees the disk, not what another keeps in memory.
	const database = new Database(path, { readonly: true, fileMustExist: true });
	try {
		return database.transaction((): AuditResult => {
			const { epoch, seq } = readCursor(database);
			// The whole check, not the quick one: an index that lacks a row makes answers that lack it.
			const check = database.pragma("integrity_check(1)", { simple: true });
			if (check !== "ok") return { broken: String(check) };
			const { tables } = replicaDigest(database);
			const places = database
				.prepare(
					`SELECT "id", "code" || ' ' || "name" FROM "area" WHERE "level" < 2`,
				)
				.raw()
				.all() as [number, string][];
			return {
				epoch,
				seq,
				cubes: differingCubes(database),
				tables,
				places: new Map(places),
			};
		})();
	} finally {
		database.close();
	}
}
