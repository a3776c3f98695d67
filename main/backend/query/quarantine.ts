import type Database from "better-sqlite3";
import type { QuarantineRow } from "../../../core/api/sources.ts";
import { statement } from "./statement.ts";

/** More rows than a person reads. Of errors of a file that are alike only the first are there, with their number. */
const MOST = 2000;

/**
 * Rows that were refused, those of the newest file first.
 * @param file only those of files of this name.
 * @param sources only those of files of these sources.
 */
export function quarantine(
	db: Database.Database,
	{ file, sources }: { file: string | null; sources: readonly number[] | null },
): QuarantineRow[] {
	const among = sources && JSON.stringify(sources);
	return statement(
		db,
		`SELECT f.name AS file, f.id AS fileId, q.line, q."column", q.reason, q.found, q.expected, q.alike
		 FROM quarantine q JOIN file f ON f.id = q.file
		 WHERE (? IS NULL OR f.name = ?) AND (? IS NULL OR f.source IN (SELECT value FROM json_each(?)))
		 ORDER BY f.received_at DESC, f.id DESC, q.line, q.id LIMIT ${MOST}`,
	).all(file, file, among, among) as QuarantineRow[];
}
