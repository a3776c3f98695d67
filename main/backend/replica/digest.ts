import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import {
	digestLine,
	type FeedValue,
	keyOrder,
} from "../../../core/feed/digest.ts";
import type { Digest } from "../../../core/feed/publication.ts";
import { FEED_TABLES } from "../../../core/feed/table.ts";

/** Lines hashed at once: large enough that the call costs nothing, small enough to stay in the processor's cache. */
const LINES = 512;

/** The digest of everything in a replica, read at one publication. Reads every row: seconds for millions. */
export function replicaDigest(database: Database.Database): Digest {
	// One read transaction, so that all tables are of the same publication while a writer goes on.
	return database.transaction((): Digest => {
		const seq = database
			.prepare(`SELECT "seq" FROM "_sync"`)
			.pluck()
			.get() as number;
		const tables: Digest["tables"] = {};
		for (const table of FEED_TABLES) {
			const columns = table.columns.map(({ name }) => `"${name}"`).join(", ");
			const hash = createHash("sha256");
			let rows = 0;
			let lines = "";
			for (const row of database
				.prepare(
					`SELECT ${columns} FROM "${table.name}" ORDER BY ${keyOrder(table, "sqlite")}`,
				)
				.raw()
				.iterate() as IterableIterator<FeedValue[]>) {
				lines += digestLine(row);
				if (++rows % LINES === 0) {
					hash.update(lines);
					lines = "";
				}
			}
			tables[table.name] = { rows, sha256: hash.update(lines).digest("hex") };
		}
		return { seq, tables };
	})();
}
