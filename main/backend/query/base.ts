import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type ApartLevel,
	type Level,
	SUMMED_LEVELS,
	type SummedLevel,
} from "../../../core/areas/codes.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import { found } from "../../../core/series/found.ts";
import { INDICATORS } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { apartBelow, areasAt, levelNumber } from "./areas.ts";
import { daysOfDataset, detailsToFollow } from "./dataset.ts";
import { perPublication } from "./per-publication.ts";
import { statement } from "./statement.ts";
import { type Voice, voiceSql } from "./voice.ts";

/** What the replica states of one stored indicator for all areas of a level on all days of the dataset; area-major. */
export interface Base {
	readonly firstDay: Day;
	readonly days: number;
	/** NaN is "not reported". */
	readonly value: Float64Array;
	readonly marks: Uint16Array;
	/** Where each value came from; 0 where there is none. */
	readonly voice: Int32Array | Float64Array;
}

interface CubeRow {
	first_day: Day;
	days: number;
	areas: number;
	value: Uint8Array;
	marks: Uint8Array;
}

/** Some days of the dataset. */
export interface Days {
	readonly firstDay: Day;
	readonly days: number;
}

/** All days of the dataset. */
export function allDays(db: Database.Database): Days {
	const { firstDay, lastDay } = daysOfDataset(db);
	return { firstDay, days: lastDay - firstDay + 1 };
}

/** Areas of one level whose facts are read together, in order of id. */
interface Together {
	readonly level: Level;
	readonly areas: readonly AreaRow[];
	/** How the table of areas tells which they are, and the value by which it does. */
	readonly by: "level" | "parent";
	readonly is: number;
}

/** All areas of a level. */
function allAt(db: Database.Database, level: Level): Together {
	return {
		level,
		areas: areasAt(db, level),
		by: "level",
		is: levelNumber(level),
	};
}

/** The values of an indicator and level as known on a day (null: now). */
export function baseOf(
	db: Database.Database,
	indicator: number,
	level: SummedLevel,
	asKnownOn: Day | null,
	span: Days,
): Base {
	const together = allAt(db, level);
	const { firstDay, days } = span;
	const cube =
		(days > 1 && storedCube(db, indicator, level, together.areas, span)) ||
		cubeOfFacts(db, indicator, together, span);
	const voice = voicesNow(db, indicator, level, firstDay, days).slice();
	return asKnown(db, { ...cube, voice }, indicator, together, asKnownOn);
}

/**
 * The values of kecamatan or kelurahan: of those of one area above, or of the country (null). No cube of them is kept: with thirteen times as
 * many areas as the others, of which few report on a day, writing it would cost each publication more than reading the facts costs whoever asks.
 */
export function apartBaseOf(
	db: Database.Database,
	indicator: number,
	level: ApartLevel,
	parent: number | null,
	asKnownOn: Day | null,
	span: Days,
): Base {
	const together: Together =
		parent === null
			? allAt(db, level)
			: {
					level,
					areas: apartBelow(db, level, parent),
					by: "parent",
					is: parent,
				};
	const now = baseOfFacts(db, indicator, together, span);
	return asKnown(db, now, indicator, together, asKnownOn);
}

/** Values, marks and voices in one pass over the facts: those of few areas report on a day, so that a month of them is soon read. */
function baseOfFacts(
	db: Database.Database,
	indicator: number,
	{ areas, by, is }: Together,
	span: Days,
): Base {
	const base = {
		...nothing(areas, span),
		voice: new Int32Array(areas.length * span.days),
	};
	const { firstDay, days, value, marks, voice } = base;
	// What is still being published is not known: nobody can say that it was not reported.
	if (detailsToFollow(db).includes("kecamatan")) marks.fill(MARKS.notYetKnown);
	const placeOf = placesOf(areas);
	const last = firstDay + days - 1;
	const facts = statement(
		db,
		`SELECT f.area, f.day, f.value, f.marks, ${voiceSql("f")} FROM area a CROSS JOIN fact f
		 WHERE a.${by} = ? AND f.indicator = ? AND f.month = ? AND f.area = a.id AND f.day BETWEEN ? AND ?`,
	).raw();
	for (let month = monthOf(firstDay); month <= monthOf(last); month++)
		for (const [area, day, said, had, from] of facts.all(
			is,
			indicator,
			month,
			firstDay,
			last,
		) as [number, Day, number | null, number, Voice][]) {
			const at = placeOf(area) * days + day - firstDay;
			value[at] = said ?? Number.NaN;
			marks[at] = had;
			voice[at] = from;
		}
	return base;
}

function asKnown(
	db: Database.Database,
	now: Base,
	indicator: number,
	together: Together,
	asKnownOn: Day | null,
): Base {
	if (asKnownOn !== null) putBack(db, now, indicator, together, asKnownOn);
	for (let i = 0; i < now.value.length; i++)
		if (Number.isNaN(now.value[i])) now.voice[i] = 0;
	return now;
}

type Values = Omit<Base, "voice">;

/** The cube as the writer keeps it, laid over the days of the dataset; null when it keeps none of these areas. */
function storedCube(
	db: Database.Database,
	indicator: number,
	level: Level,
	areas: readonly AreaRow[],
	span: Days,
): Values | null {
	const row = statement(
		db,
		"SELECT first_day, days, areas, value, marks FROM cube WHERE indicator = ? AND level = ?",
	).get(indicator, levelNumber(level)) as CubeRow | undefined;
	if (!row || row.areas !== areas.length) return null;
	// Copied: what SQLite hands out need not lie on a boundary of eight bytes.
	const value = new Float64Array(row.areas * row.days);
	new Uint8Array(value.buffer).set(row.value);
	const marks = new Uint16Array(row.areas * row.days);
	new Uint8Array(marks.buffer).set(row.marks);
	const { firstDay, days } = span;
	if (row.first_day === firstDay && row.days === days)
		return { firstDay, days, value, marks };
	const cube = nothing(areas, span);
	const from = Math.max(firstDay, row.first_day);
	const to = Math.min(firstDay + days, row.first_day + row.days);
	for (let area = 0; area < areas.length && from < to; area++) {
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
	{ areas, by, is }: Together,
	span: Days,
): Values {
	const cube = nothing(areas, span);
	const { firstDay, days } = cube;
	const placeOf = placesOf(areas);
	const last = firstDay + days - 1;
	for (let month = monthOf(firstDay); month <= monthOf(last); month++) {
		const rows = statement(
			db,
			`SELECT f.area, f.day, f.value, f.marks FROM area a CROSS JOIN fact f
			 WHERE a.${by} = ? AND f.indicator = ? AND f.month = ? AND f.area = a.id AND f.day BETWEEN ? AND ?`,
		)
			.raw()
			.all(is, indicator, month, firstDay, last) as [
			number,
			Day,
			number | null,
			number,
		][];
		for (const [area, day, value, marks] of rows) {
			const at = placeOf(area) * days + day - firstDay;
			cube.value[at] = value ?? Number.NaN;
			cube.marks[at] = marks;
		}
	}
	return cube;
}

/** The row of a cube of a level that an area has. */
function placesOf(areas: readonly AreaRow[]): (area: number) => number {
	const places = new Map(areas.map(({ id }, place) => [id, place]));
	return (area) =>
		found(places.get(area), "an area of the level that a fact names");
}

function nothing(areas: readonly AreaRow[], { firstDay, days }: Days): Values {
	return {
		firstDay,
		days,
		value: new Float64Array(areas.length * days).fill(Number.NaN),
		marks: new Uint16Array(areas.length * days),
	};
}

/** Read once for each publication: what was known on another day has the same voices wherever nothing changed since. */
const voicesNow = perPublication(
	(indicator: number, level: SummedLevel, firstDay: Day, days: number) =>
		`${indicator} ${level} ${firstDay} ${days}`,
	(db, indicator, level, firstDay, days) =>
		readVoices(db, indicator, allAt(db, level), firstDay, days),
	INDICATORS.length * SUMMED_LEVELS.length,
);

/** Most areas have one voice all through a month, so months are read first, and days only where a month is mixed. */
function readVoices(
	db: Database.Database,
	indicator: number,
	{ areas, by, is }: Together,
	firstDay: Day,
	days: number,
): Int32Array {
	const lastDay = firstDay + days - 1;
	const voices = new Int32Array(areas.length * days);
	const placeOf = placesOf(areas);
	const voice = voiceSql("f");
	for (let month = monthOf(firstDay); month <= monthOf(lastDay); month++) {
		const months = statement(
			db,
			`SELECT f.area, min(f.day), max(f.day), min(${voice}), max(${voice}) FROM area a CROSS JOIN fact f
			 WHERE a.${by} = ? AND f.indicator = ? AND f.month = ? AND f.area = a.id
			   AND f.day BETWEEN ? AND ? AND f.value IS NOT NULL
			 GROUP BY f.area`,
		)
			.raw()
			.all(is, indicator, month, firstDay, lastDay) as [
			number,
			Day,
			Day,
			Voice,
			Voice,
		][];
		for (const [id, from, to, lowest, highest] of months) {
			const start = placeOf(id) * days - firstDay;
			if (lowest === highest) {
				voices.fill(lowest, start + from, start + to + 1);
				continue;
			}
			const mixed = statement(
				db,
				`SELECT f.day, ${voice} FROM fact f
				 WHERE f.indicator = ? AND f.month = ? AND f.area = ? AND f.day BETWEEN ? AND ?`,
			)
				.raw()
				.all(indicator, month, id, from, to) as [Day, Voice][];
			for (const [day, one] of mixed) voices[start + day] = one;
		}
	}
	return voices;
}

/** Puts back what was known on a day: cells that changed later take their older revision, or were not known yet. */
function putBack(
	db: Database.Database,
	{ firstDay, days, value, marks, voice }: Base,
	indicator: number,
	{ areas, by, is }: Together,
	asKnownOn: Day,
): void {
	const placeOf = placesOf(areas);
	const known = Math.min(days, Math.max(0, asKnownOn - firstDay + 1));
	for (let area = 0; area < areas.length; area++) {
		value.fill(Number.NaN, area * days + known, (area + 1) * days);
		marks.fill(MARKS.notYetKnown, area * days + known, (area + 1) * days);
	}
	const last = firstDay + known - 1;
	for (let month = monthOf(firstDay); month <= monthOf(last); month++) {
		const span = [is, indicator, month, asKnownOn];
		const later = statement(
			db,
			`SELECT f.area, f.day FROM area a CROSS JOIN fact f
			 WHERE a.${by} = ? AND f.indicator = ? AND f.month = ? AND f.area = a.id AND f.as_of > ?
			   AND f.day BETWEEN ? AND ?`,
		)
			.raw()
			.all(...span, firstDay, last) as [number, Day][];
		if (later.length === 0) continue;
		for (const [area, day] of later) {
			const at = placeOf(area) * days + day - firstDay;
			value[at] = Number.NaN;
			marks[at] = MARKS.notYetKnown;
		}
		// With a single max(), SQLite takes the other columns from the row that has it.
		const older = statement(
			db,
			`SELECT f.area, f.day, f.value, f.marks, ${voiceSql("f")}, max(f.as_of)
			 FROM area a CROSS JOIN fact_revision f
			 WHERE a.${by} = ? AND f.indicator = ? AND f.month = ? AND f.area = a.id AND f.as_of <= ?
			   AND f.day BETWEEN ? AND ?
			 GROUP BY f.area, f.day`,
		)
			.raw()
			.all(...span, firstDay, last) as [
			number,
			Day,
			number | null,
			number,
			Voice,
			Day,
		][];
		for (const [area, day, was, had, from] of older) {
			const at = placeOf(area) * days + day - firstDay;
			// Only what changed later was taken out above.
			if (marks[at] !== MARKS.notYetKnown) continue;
			value[at] = was ?? Number.NaN;
			marks[at] = had;
			voice[at] = from;
		}
	}
}
