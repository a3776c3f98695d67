import type Database from "better-sqlite3";
import type { AreaRow, Level, Series } from "../../../core/api/situation.ts";
import { MARKS } from "../../../core/quality/rule.ts";
import { meanOverWeek, newOverWeek } from "../../../core/series/daily.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { areasAt } from "./areas.ts";
import { cells } from "./cell.ts";
import { knownArea } from "./known-area.ts";
import { newCountsOf } from "./new-counts.ts";
import { indicatorCube } from "./stored-cube.ts";

export interface SeriesRequest {
	indicator: IndicatorKey;
	area: number;
	asKnownOn: Day | null;
}

/** One area and indicator over all days of the dataset. */
export function series(
	db: Database.Database,
	{ indicator, area: id, asKnownOn }: SeriesRequest,
): Series {
	const area = knownArea(db, id);
	const cube = indicatorCube(db, indicator, area.level, asKnownOn);
	const { firstDay, days } = cube;
	const place = areasAt(db, area.level).findIndex((one) => one.id === id);
	const at = place * days;
	const value = Array.from(cube.value.subarray(at, at + days), orNull);
	const answer: Series = {
		indicator,
		area: id,
		firstDay,
		value,
		daily: nulls(days),
		span: new Array(days).fill(0),
		correction: nulls(days),
		mean7: nulls(days),
		week: nulls(days),
		corrected7: nulls(days),
		weekMarks: new Array(days).fill(0),
		sourceChanges: [],
		marks: Array.from(cube.marks.subarray(at, at + days)),
		reporting: nulls(days),
		expected: nulls(days),
		silent: silentBelow(db, indicator, area, asKnownOn),
	};
	const { id: number, kind, derived } = indicatorByKey(indicator);
	if (!derived)
		for (const one of cells(
			db,
			number,
			id,
			firstDay,
			firstDay + days - 1,
			asKnownOn,
		).values()) {
			const day = one.day - firstDay;
			answer.reporting[day] = one.reporting;
			answer.expected[day] = one.expected;
		}
	if (kind !== "cumulative") return answer;
	const [counts] = newCountsOf(
		db,
		indicator,
		area.level,
		cube,
		[area],
		asKnownOn,
	);
	answer.daily = Array.from(counts.daily, orNull);
	answer.correction = Array.from(counts.correction, orNull);
	answer.span = Array.from(counts.span);
	answer.week = Array.from(newOverWeek(counts), orNull);
	answer.mean7 = Array.from(meanOverWeek(counts), orNull);
	return answer;
}

/** For each day the areas below that were expected and silent. */
function silentBelow(
	db: Database.Database,
	indicator: IndicatorKey,
	area: AreaRow,
	asKnownOn: Day | null,
): Series["silent"] {
	const level: Level | undefined = {
		nation: "province" as const,
		province: "regency" as const,
		regency: undefined,
	}[area.level];
	if (!level) return [];
	const below = areasAt(db, level);
	const { marks, days, firstDay } = indicatorCube(
		db,
		indicator,
		level,
		asKnownOn,
	);
	const silent: Series["silent"] = [];
	for (let day = 0; day < days; day++) {
		const areas = below
			.filter(
				(one, i) =>
					one.parent === area.id &&
					(marks[i * days + day] & MARKS.silent) !== 0,
			)
			.map((one) => one.id);
		if (areas.length > 0) silent.push({ day: firstDay + day, areas });
	}
	return silent;
}

function orNull(value: number): number | null {
	return Number.isNaN(value) ? null : value;
}

function nulls(length: number): null[] {
	return new Array(length).fill(null);
}
