import type Database from "better-sqlite3";
import { type Day, monthOf } from "../../../core/series/day.ts";
import { statement } from "./statement.ts";

/** The value shown for a cell from `asOf` on. */
export interface Cell {
	/** Null: expected but not reported. */
	value: number | null;
	rule: number;
	marks: number;
	source: number | null;
	asOf: Day;
}

/**
 * Every value that a stored cell has shown, newest first.
 * @param asKnownOn null for all that is known now.
 */
export function historyOf(
	db: Database.Database,
	indicator: number,
	area: number,
	day: Day,
	asKnownOn: Day | null,
): Cell[] {
	const key = [indicator, monthOf(day), area, day];
	const columns = "value, rule, marks, source, as_of AS asOf";
	const where = "indicator = ? AND month = ? AND area = ? AND day = ?";
	return statement(
		db,
		`SELECT * FROM (SELECT ${columns} FROM fact WHERE ${where}
		 UNION ALL SELECT ${columns} FROM fact_revision WHERE ${where})
		 WHERE asOf <= ? ORDER BY asOf DESC`,
	).all(...key, ...key, asKnownOn ?? Number.MAX_SAFE_INTEGER) as Cell[];
}
