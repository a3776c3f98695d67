import type Database from "better-sqlite3";
import { MARKS, ruleId } from "../../../core/quality/rule.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import { statement } from "./statement.ts";

/** The value shown for a cell, or what it was before. */
export interface Cell {
	day: Day;
	/** Null: expected but not reported. */
	value: number | null;
	rule: number;
	marks: number;
	source: number | null;
	asOf: Day;
	reporting: number | null;
	expected: number | null;
}

const SUM_OF_AREAS = ruleId("sum-of-areas");
const COLUMNS =
	"day, value, rule, marks, source, as_of AS asOf, reporting, expected";

/**
 * The cells of one indicator and area from one day to another, as known on a day.
 * @param asKnownOn null for what is known now. A cell that was not known on that day is left out.
 */
export function cells(
	db: Database.Database,
	indicator: number,
	area: number,
	from: Day,
	to: Day,
	asKnownOn: Day | null,
): Map<Day, Cell> {
	const found = new Map<Day, Cell>();
	for (let month = monthOf(from); month <= monthOf(to); month++) {
		const facts = statement(
			db,
			`SELECT ${COLUMNS} FROM fact
			 WHERE indicator = ? AND month = ? AND area = ? AND day BETWEEN ? AND ?`,
		).all(indicator, month, area, from, to) as Cell[];
		const late = asKnownOn !== null && facts.some((f) => f.asOf > asKnownOn);
		for (const fact of facts)
			if (asKnownOn === null || fact.asOf <= asKnownOn)
				found.set(fact.day, fact);
		if (!late) continue;
		const older = statement(
			db,
			`SELECT ${COLUMNS} FROM fact_revision
			 WHERE indicator = ? AND month = ? AND area = ? AND day BETWEEN ? AND ? AND as_of <= ?
			 ORDER BY day, as_of`,
		).all(indicator, month, area, from, to, asKnownOn) as Cell[];
		for (const revision of older) {
			const newer = found.get(revision.day);
			if (!newer || newer.asOf < revision.asOf)
				found.set(revision.day, revision);
		}
	}
	return found;
}

/** One cell as known on a day; undefined when no source spoke of it and none was expected to. */
export function cell(
	db: Database.Database,
	indicator: number,
	area: number,
	day: Day,
	asKnownOn: Day | null,
): Cell | undefined {
	return cells(db, indicator, area, day, day, asKnownOn).get(day);
}

export function isSum(one: Pick<Cell, "rule">): boolean {
	return one.rule === SUM_OF_AREAS;
}

export function isPartial(one: Pick<Cell, "marks">): boolean {
	return (one.marks & MARKS.partial) !== 0;
}

/** Where a value came from, as a number: values of different origin are not subtracted from each other. */
export function originOf(one: Pick<Cell, "rule" | "source">): number {
	return isSum(one) ? SUM_ORIGIN : (one.source ?? 0);
}

/** The origin of a sum of areas; sources are numbered from 1. */
export const SUM_ORIGIN = -1;
