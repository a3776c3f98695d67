import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import {
	type FeedValue,
	keyOrder,
	type Place,
	type Places,
	partsReader,
	placesOf,
} from "../../../core/feed/digest.ts";
import type { Digest } from "../../../core/feed/publication.ts";
import { FEED_TABLES } from "../../../core/feed/table.ts";

/** The digest of everything in a replica, read at one publication. Reads every row: seconds for millions. */
export function replicaDigest(database: Database.Database): Digest {
	// One read transaction, so that all tables are of the same publication while a writer goes on.
	return database.transaction((): Digest => {
		const seq = database
			.prepare(`SELECT "seq" FROM "_sync"`)
			.pluck()
			.get() as number;
		const places = replicaPlaces(database);
		const tables: Digest["tables"] = {};
		for (const table of FEED_TABLES) {
			const columns = table.columns.map(({ name }) => `"${name}"`).join(", ");
			const parts = partsReader(table, places, () => createHash("sha256"));
			for (const row of database
				.prepare(
					`SELECT ${columns} FROM "${table.name}" ORDER BY ${keyOrder(table, "sqlite")}`,
				)
				.raw()
				.iterate() as IterableIterator<FeedValue[]>)
				parts.add(row);
			tables[table.name] = parts.finish();
		}
		return { seq, tables };
	})();
}

/** The division of a replica's areas and facilities into provinces. */
export function replicaPlaces(database: Database.Database): Places {
	return placesOf(
		database
			.prepare(`SELECT "id", "level", "parent" FROM "area"`)
			.all() as Place[],
		database.prepare(`SELECT "id", "area" FROM "facility"`).all() as {
			id: number;
			area: number;
		}[],
	);
}
