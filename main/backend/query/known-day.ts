import type Database from "better-sqlite3";
import {
	type Day,
	dayInWib,
	firstDayOfMonth,
	isoFromDay,
} from "../../../core/series/day.ts";
import { perPublication } from "./per-publication.ts";
import { position } from "./position.ts";
import { Refusal } from "./refusal.ts";
import { statement } from "./statement.ts";

/** The first day on which anything was known; that of the publication when nothing is. */
export const knownFrom = perPublication(() => "", readKnownFrom);

function readKnownFrom(db: Database.Database): Day {
	const first = [
		factsKnownFrom(db, "fact"),
		factsKnownFrom(db, "fact_revision"),
		reportsKnownFrom(db, "facility_report", "", []),
		// Sheets of stock are told as known on a day too, of facilities of which no daily report came.
		reportsKnownFrom(db, "stock_line", "", []),
	].filter((day) => day !== null);
	return first.length === 0
		? dayInWib(position(db).committedAt)
		: Math.min(...first);
}

function factsKnownFrom(
	db: Database.Database,
	table: "fact" | "fact_revision",
): Day | null {
	let known: Day | null = null;
	const next = (after: number) =>
		one(db, `SELECT min(indicator) FROM ${table} WHERE indicator > ?`, [after]);
	for (let key = next(-1); key !== null; key = next(key))
		known = reportsKnownFrom(db, table, "indicator = ? AND", [key], known);
	return known;
}

/**
 * The first day on which rows of a table were known, and that of others before them.
 * No report is known before its day, so that months that begin later are not read: every window waits for this.
 * @param of a condition on the key before its month, as SQL that ends in AND
 */
function reportsKnownFrom(
	db: Database.Database,
	table: string,
	of: string,
	given: readonly number[],
	before: Day | null = null,
): Day | null {
	let known = before;
	const next = (after: number) =>
		one(db, `SELECT min(month) FROM ${table} WHERE ${of} month > ?`, [
			...given,
			after,
		]);
	for (let month = next(0); month !== null; month = next(month)) {
		if (known !== null && known <= firstDayOfMonth(month)) break;
		const found = one(
			db,
			`SELECT min(as_of) FROM ${table} WHERE ${of} month = ?`,
			[...given, month],
		);
		known = Math.min(known ?? Infinity, found ?? Infinity);
	}
	return known;
}

function one(
	db: Database.Database,
	sql: string,
	parameters: readonly number[],
): number | null {
	return statement(db, sql)
		.pluck()
		.get(...parameters) as number | null;
}

/**
 * A day "as known on" as it was asked for.
 * @throws Refusal 400 before anything was known, and after today
 */
export function knownDay(
	db: Database.Database,
	asKnownOn: Day | null,
): Day | null {
	if (asKnownOn === null) return null;
	const first = knownFrom(db);
	// What is told today of a day is not yet told of it tomorrow. Of a clock that is behind, the day of the publication counts.
	const today = dayInWib(Math.max(Date.now(), position(db).committedAt));
	if (asKnownOn < first || asKnownOn > today)
		throw new Refusal(
			400,
			"as_known",
			`as_known: found ${isoFromDay(asKnownOn)}, expected a day from ${isoFromDay(first)}, when the first report was known, to today`,
		);
	return asKnownOn;
}
