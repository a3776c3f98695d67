import type Database from "better-sqlite3";
import type { Day } from "../../../core/series/day.ts";
import { statement } from "./statement.ts";

/** Later than any day: what is withdrawn now. */
const NOW = Number.MAX_SAFE_INTEGER;

/**
 * The day since which a row of `file` had been withdrawn on a day that is bound twice (see `boundOn`); null where it was known then. A
 * file may have been withdrawn, brought back and withdrawn again.
 */
export function withdrawnSql(file: string): string {
	return `(SELECT spell.value ->> 'from' FROM json_each(${file}.withdrawals) AS spell
		WHERE spell.value ->> 'from' <= ? AND (spell.value ->> 'to' IS NULL OR spell.value ->> 'to' > ?))`;
}

/** What `withdrawnSql` takes. @param asKnownOn null for now */
export function boundOn(asKnownOn: Day | null): [number, number] {
	return [asKnownOn ?? NOW, asKnownOn ?? NOW];
}

/** Ids of the files that were not known on a day, as a JSON array: nothing they say counts. */
export function withdrawnFiles(
	db: Database.Database,
	asKnownOn: Day | null,
): string {
	return statement(
		db,
		`SELECT json_group_array(id) FROM file WHERE withdrawals <> '[]' AND ${withdrawnSql("file")} IS NOT NULL`,
	)
		.pluck()
		.get(...boundOn(asKnownOn)) as string;
}
