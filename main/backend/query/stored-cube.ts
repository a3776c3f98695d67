import type Database from "better-sqlite3";
import type { AreaRow, Level } from "../../../core/api/situation.ts";
import { activeCube, type Cube, emptyCube } from "../../../core/series/cube.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { areasAt, levelNumber } from "./areas.ts";
import { daysOfDataset } from "./dataset.ts";
import { statement } from "./statement.ts";

interface CubeRow {
	first_day: Day;
	days: number;
	areas: number;
	value: Uint8Array;
	marks: Uint8Array;
}

/**
 * The cube of an indicator and level over the days of the dataset, as known on a day (null: now); active cases are computed from the
 * other three.
 */
export function indicatorCube(
	db: Database.Database,
	key: IndicatorKey,
	level: Level,
	asKnownOn: Day | null,
): Cube {
	if (key === "active") {
		const part = (of: IndicatorKey) => indicatorCube(db, of, level, asKnownOn);
		return activeCube(part("confirmed"), part("recovered"), part("deaths"));
	}
	const indicator = indicatorByKey(key).id;
	const areas = areasAt(db, level);
	const cube = storedCube(db, indicator, level, areas);
	return asKnownOn === null
		? cube
		: cubeAsKnownOn(db, cube, indicator, level, areas, asKnownOn);
}

/** The cube as the writer keeps it, laid over the days of the dataset. A cube not kept is read from the facts. */
function storedCube(
	db: Database.Database,
	indicator: number,
	level: Level,
	areas: readonly AreaRow[],
): Cube {
	const { firstDay, lastDay } = daysOfDataset(db);
	const days = lastDay - firstDay + 1;
	const row = statement(
		db,
		"SELECT first_day, days, areas, value, marks FROM cube WHERE indicator = ? AND level = ?",
	).get(indicator, levelNumber(level)) as CubeRow | undefined;
	if (!row || row.areas !== areas.length)
		return cubeOfFacts(db, indicator, level, areas, firstDay, days);
	// Copied: what SQLite hands out need not lie on a boundary of eight bytes.
	const value = new Float64Array(row.areas * row.days);
	new Uint8Array(value.buffer).set(row.value);
	const marks = new Uint16Array(row.areas * row.days);
	new Uint8Array(marks.buffer).set(row.marks);
	if (row.first_day === firstDay && row.days === days)
		return { firstDay, days, areas: areas.length, value, marks };
	const cube = emptyCube(firstDay, days, areas.length);
	const from = Math.max(firstDay, row.first_day);
	const to = Math.min(firstDay + days, row.first_day + row.days);
	if (from >= to) return cube;
	for (let area = 0; area < areas.length; area++) {
		const start = area * row.days + from - row.first_day;
		const target = area * days + from - firstDay;
		cube.value.set(value.subarray(start, start + to - from), target);
		cube.marks.set(marks.subarray(start, start + to - from), target);
	}
	return cube;
}

function cubeOfFacts(
	db: Database.Database,
	indicator: number,
	level: Level,
	areas: readonly AreaRow[],
	firstDay: Day,
	days: number,
): Cube {
	const cube = emptyCube(firstDay, days, areas.length);
	const index = new Map(areas.map((area, i) => [area.id, i]));
	const last = firstDay + days - 1;
	for (let month = monthOf(firstDay); month <= monthOf(last); month++) {
		const rows = statement(
			db,
			`SELECT f.area, f.day, f.value, f.marks FROM area a CROSS JOIN fact f
			 WHERE a.level = ? AND f.indicator = ? AND f.month = ? AND f.area = a.id AND f.day BETWEEN ? AND ?`,
		)
			.raw()
			.all(levelNumber(level), indicator, month, firstDay, last) as [
			number,
			Day,
			number | null,
			number,
		][];
		for (const [area, day, value, marks] of rows) {
			const at = (index.get(area) as number) * days + day - firstDay;
			cube.value[at] = value ?? Number.NaN;
			cube.marks[at] = marks;
		}
	}
	return cube;
}

/** Puts back what was known on a day: cells that changed later take their older revision, or are not known yet. */
function cubeAsKnownOn(
	db: Database.Database,
	now: Cube,
	indicator: number,
	level: Level,
	areas: readonly AreaRow[],
	asKnownOn: Day,
): Cube {
	const { firstDay, days } = now;
	const value = now.value.slice();
	const marks = now.marks.slice();
	const index = new Map(areas.map((area, i) => [area.id, i]));
	const known = Math.min(days, Math.max(0, asKnownOn - firstDay + 1));
	for (let area = 0; area < areas.length; area++) {
		value.fill(Number.NaN, area * days + known, (area + 1) * days);
		marks.fill(0, area * days + known, (area + 1) * days);
	}
	const last = firstDay + known - 1;
	for (let month = monthOf(firstDay); month <= monthOf(last); month++) {
		const later = statement(
			db,
			`SELECT f.area, f.day FROM area a CROSS JOIN fact f
			 WHERE a.level = ? AND f.indicator = ? AND f.month = ? AND f.area = a.id AND f.as_of > ?
			   AND f.day BETWEEN ? AND ?`,
		)
			.raw()
			.all(levelNumber(level), indicator, month, asKnownOn, firstDay, last) as [
			number,
			Day,
		][];
		if (later.length === 0) continue;
		for (const [area, day] of later) {
			const at = (index.get(area) as number) * days + day - firstDay;
			value[at] = Number.NaN;
			marks[at] = 0;
		}
		const changed = new Set(later.map(([area, day]) => area * 1e6 + day));
		// With a single max(), SQLite takes the other columns from the row that has it.
		const older = statement(
			db,
			`SELECT f.area, f.day, f.value, f.marks, max(f.as_of) FROM area a CROSS JOIN fact_revision f
			 WHERE a.level = ? AND f.indicator = ? AND f.month = ? AND f.area = a.id AND f.as_of <= ?
			   AND f.day BETWEEN ? AND ?
			 GROUP BY f.area, f.day`,
		)
			.raw()
			.all(levelNumber(level), indicator, month, asKnownOn, firstDay, last) as [
			number,
			Day,
			number | null,
			number,
			Day,
		][];
		for (const [area, day, was, had] of older) {
			if (!changed.has(area * 1e6 + day)) continue;
			const at = (index.get(area) as number) * days + day - firstDay;
			value[at] = was ?? Number.NaN;
			marks[at] = had;
		}
	}
	return { ...now, value, marks };
}
