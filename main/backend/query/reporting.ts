import type Database from "better-sqlite3";
import {
	IN_TIME,
	MATRIX_DAYS,
	type MatrixCell,
	type ReportingMatrix,
	type SourceScores,
} from "../../../core/api/desk.ts";
import { type AreaCode, isUnknownPlace } from "../../../core/areas/codes.ts";
import { type Day, dayInWib, monthOf } from "../../../core/series/day.ts";
import { INDICATORS } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { freshness } from "./freshness.ts";
import { perPublication } from "./per-publication.ts";
import { type Source, sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";
import { withdrawnFiles } from "./withdrawn.ts";

export interface ReportingRequest {
	day: Day;
	/** Ids of the areas that may be spoken of; null: all. */
	inside: readonly number[] | null;
}

/** A list of reminders that is longer is read by nobody. */
const MOST_REMINDERS = 5000;

/** Of whom a source speaks, and where it lies. */
interface Unit {
	area: number;
	code: string;
	name: string;
	/** On which days of the matrix it was first heard of, as a delay in days; -1: not. */
	delays: Int16Array;
	/** The last day of which it was spoken. */
	last: Day;
}

interface SpokenOf {
	facilities: boolean;
	/** The first day of which the source ever spoke: on those before nobody was missed. */
	first: Day;
	units: Map<number, Unit>;
}

const NOT = -1;

interface Row {
	source: Source;
	facilities: boolean;
	/** What it says is still to be published: nobody is to be reminded of it. */
	follows: boolean;
	units: Unit[];
	cells: MatrixCell[];
	complete: number | null;
}

/** Who reported, late or not at all, and whom to remind. */
export function reporting(
	db: Database.Database,
	request: ReportingRequest,
): ReportingMatrix {
	const { day } = request;
	const rows = matrixOf(db, request);
	const reminders = rows.flatMap(({ source, units, follows }) =>
		source.cadence === "daily" && !follows
			? units
					.filter(({ last }) => last < day)
					.map(({ area, code, name, last }) => ({
						...{ source: source.name, area, code, name },
						lastDay: last,
					}))
			: [],
	);
	reminders.sort((a, b) => a.lastDay - b.lastDay || (a.code < b.code ? -1 : 1));
	return {
		day,
		firstDay: day - MATRIX_DAYS + 1,
		rows: rows.map(({ source, facilities, units, cells, complete }) => ({
			...{ source: source.name, cadence: source.cadence, facilities },
			...{ expected: units.length, cells, complete },
		})),
		silent: reminders.length,
		// Who fell silent yesterday is the one to be called: those that have not been heard of for a year are left out first.
		reminders: reminders.slice(-MOST_REMINDERS),
	};
}

/** The sources that report, in their order. Who answers for a province is told of those that speak of it. */
function matrixOf(
	db: Database.Database,
	{ day, inside: asked }: ReportingRequest,
): Row[] {
	const firstDay = day - MATRIX_DAYS + 1;
	const spoken = spokenBy(db, day);
	const inside = asked && new Set(asked);
	const empty = emptyFiles(db, firstDay, day);
	const told = new Map(freshness(db).map((one) => [one.source.key, one]));
	return heard(db).flatMap((source) => {
		const of = spoken.get(source.id);
		const units = [...(of?.units.values() ?? [])].filter(
			({ area }) => !inside || inside.has(area),
		);
		if (inside && units.length === 0) return [];
		const daily = source.cadence === "daily";
		const { follows = false, lastDay = null } = told.get(source.name.key) ?? {};
		// What is still to be published is not missed on the days after what is.
		const due = follows ? (lastDay ?? 0) : day;
		const cells = Array.from({ length: MATRIX_DAYS }, (_, at): MatrixCell => {
			const delays = units.flatMap((unit) => {
				const delay = unit.delays[at];
				return delay === NOT ? [] : [delay];
			});
			const on = firstDay + at;
			const isDue = daily && of !== undefined && on >= of.first && on <= due;
			return {
				reported: delays.length,
				late: delays.filter((delay) => delay > IN_TIME).length,
				silent: isDue ? units.length - delays.length : 0,
				// A file of which nothing is known speaks of no area: whose it is only its source tells.
				empty: inside ? null : (empty.get(`${source.id} ${on}`) ?? 0),
			};
		});
		const sum = (key: "reported" | "silent") =>
			cells.reduce((total, cell) => total + cell[key], 0);
		const expected = sum("reported") + sum("silent");
		return [
			{
				...{ source, facilities: of?.facilities ?? false, follows },
				...{ units, cells },
				complete: daily && expected > 0 ? sum("reported") / expected : null,
			},
		];
	});
}

/** How well each source does. */
export function sourceScores(
	db: Database.Database,
	request: ReportingRequest,
): SourceScores {
	const { day } = request;
	const firstDay = day - MATRIX_DAYS + 1;
	const among = request.inside && JSON.stringify(request.inside);
	const withdrawn = withdrawnFiles(db, null);
	const files = new Map(
		(
			statement(
				db,
				`SELECT source, count(*) AS files, sum(accepted) AS accepted, sum(quarantined) AS quarantined FROM file
				 WHERE received_at >= ? AND received_at < ? AND id NOT IN (SELECT value FROM json_each(?)) GROUP BY source`,
			).all(...[startOf(firstDay), startOf(day + 1), withdrawn]) as Record<
				"source" | "files" | "accepted" | "quarantined",
				number
			>[]
		).map((row) => [row.source, row]),
	);
	const told = new Map<
		number,
		{ values: number; restated: number; corrections: number }
	>();
	for (const { id } of stored())
		for (const month of monthsOf(firstDay, day))
			for (const row of statement(
				db,
				`SELECT source, count(*) AS "values", sum(marks & ${MARKS.restated} > 0) AS restated,
				        sum(marks & ${MARKS.correction} > 0) AS corrections
				 FROM claim WHERE indicator = ? AND month = ? AND day BETWEEN ? AND ? AND (? IS NULL OR area IN (SELECT value FROM json_each(?)))
				   AND file NOT IN (SELECT value FROM json_each(?)) GROUP BY source`,
			).all(...[id, month, firstDay, day, among, among, withdrawn]) as Record<
				"source" | "values" | "restated" | "corrections",
				number
			>[]) {
				const sum = told.get(row.source);
				if (!sum) told.set(row.source, { ...row });
				else {
					sum.values += row.values;
					sum.restated += row.restated;
					sum.corrections += row.corrections;
				}
			}
	// What came in a file is of the whole country: to a province it is not told.
	const ofFiles = (
		source: number,
		key: "files" | "accepted" | "quarantined",
	) => (among === null ? (files.get(source)?.[key] ?? 0) : null);
	return {
		day,
		scores: matrixOf(db, request).map((row) => {
			const { source, facilities, units, complete } = row;
			const delays = [0, 0, 0, 0, 0];
			for (const unit of units)
				for (const delay of unit.delays)
					if (delay !== NOT)
						delays[delay <= 2 ? Math.max(0, delay) : delay <= 7 ? 3 : 4]++;
			const said = told.get(source.id);
			// Reports of facilities are not looked through for what was said otherwise.
			const ofValues = (key: "values" | "restated" | "corrections") =>
				said?.[key] ?? (facilities ? null : 0);
			return {
				...{ source: source.name, cadence: source.cadence, delays, complete },
				files: ofFiles(source.id, "files"),
				accepted: ofFiles(source.id, "accepted"),
				quarantined: ofFiles(source.id, "quarantined"),
				values: ofValues("values"),
				restated: ofValues("restated"),
				corrections: ofValues("corrections"),
			};
		}),
	};
}

/** The sources that report; decisions are none. */
function heard(db: Database.Database): Source[] {
	return sourcesInOrder(db).filter(({ cadence }) => cadence !== "once");
}

/**
 * Of whom each source ever spoke up to a day, and how late in the days of the matrix: who has been silent for longer than those is silent still,
 * and not forgotten.
 */
const spokenBy = perPublication(
	(day: Day) => String(day),
	(db, day: Day): Map<number, SpokenOf> => {
		const firstDay = day - MATRIX_DAYS + 1;
		const withdrawn = withdrawnFiles(db, null);
		const found = new Map<number, SpokenOf>();
		const named = (sql: string) =>
			new Map(
				(
					statement(db, sql).all() as (Omit<Unit, "delays" | "last"> & {
						id: number;
					})[]
				).map(({ id, ...row }) => [id, row]),
			);
		const areas = named("SELECT id, id AS area, code, name FROM area");
		const facilities = named("SELECT id, area, code, name FROM facility");
		const note = (
			{ source, ofFacilities, unit }: SpokenIn,
			first: Day,
			last: Day,
		): Unit | undefined => {
			const who = (ofFacilities ? facilities : areas).get(unit);
			// Cases without a place are counted, and nobody is asked for them.
			if (!who || (!ofFacilities && isUnknownPlace(who.code as AreaCode)))
				return;
			let of = found.get(source);
			// Who speaks of both is told by its facilities: they are the ones that are asked.
			if (!of || (ofFacilities && !of.facilities)) {
				of = { facilities: ofFacilities, first, units: new Map() };
				found.set(source, of);
			}
			if (of.facilities !== ofFacilities) return;
			of.first = Math.min(of.first, first);
			const one = of.units.get(unit) ?? {
				...{ ...who, last },
				delays: new Int16Array(MATRIX_DAYS).fill(NOT),
			};
			of.units.set(unit, one);
			one.last = Math.max(one.last, last);
			return one;
		};
		const start = monthOf(firstDay);
		for (let month = firstMonth(db); month < start; month++)
			for (const said of spokenIn(db, month)) note(said, said.first, said.last);
		for (const said of readSpoken(db, start, firstDay))
			note(said, said.first, said.last);
		const hear = (said: SpokenIn, on: Day, known: Day): void => {
			const delays = note(said, on, on)?.delays;
			if (!delays) return;
			const delay = Math.min(32_000, Math.max(0, known - on));
			const before = delays[on - firstDay];
			delays[on - firstDay] = before === NOT ? delay : Math.min(before, delay);
		};
		for (const month of monthsOf(firstDay, day)) {
			const bound = [month, firstDay, day, withdrawn];
			for (const { id } of stored())
				for (const [source, unit, on, known] of statement(
					db,
					`SELECT source, area, day, min(as_of) FROM claim WHERE indicator = ? AND month = ? AND day BETWEEN ? AND ?
					   AND file NOT IN (SELECT value FROM json_each(?)) GROUP BY area, day, source`,
				)
					.raw()
					.all(id, ...bound) as number[][])
					hear(
						{ source, ofFacilities: false, unit, first: on, last: on },
						...[on, known],
					);
			for (const table of OF_FACILITIES)
				for (const [source, unit, on, known] of statement(
					db,
					`SELECT f.source, r.facility, r.day, min(r.as_of) FROM ${table} r JOIN file f ON f.id = r.file
					 WHERE r.month = ? AND r.day BETWEEN ? AND ? AND r.file NOT IN (SELECT value FROM json_each(?))
					 GROUP BY r.day, r.facility, f.source`,
				)
					.raw()
					.all(...bound) as number[][])
					hear(
						{ source, ofFacilities: true, unit, first: on, last: on },
						...[on, known],
					);
		}
		return found;
	},
	3,
);

const OF_FACILITIES = ["facility_report", "stock_line"] as const;

/** Of whom a source spoke in a month: the first of its days and the last. */
interface SpokenIn {
	source: number;
	ofFacilities: boolean;
	/** Id of the area, or of the facility. */
	unit: number;
	first: Day;
	last: Day;
}

/** Months that are over are read once: whoever runs through days asks for the same ones. */
const spokenIn = perPublication(
	(month: number) => String(month),
	(db, month: number) => readSpoken(db, month, Number.MAX_SAFE_INTEGER),
	60,
);

/** @param before only of days before this one */
function readSpoken(
	db: Database.Database,
	month: number,
	before: Day,
): SpokenIn[] {
	const withdrawn = withdrawnFiles(db, null);
	const found = new Map<string, SpokenIn>();
	const add = (
		ofFacilities: boolean,
		rows: readonly [number, number, Day, Day][],
	): void => {
		for (const [source, unit, first, last] of rows) {
			const key = `${ofFacilities} ${source} ${unit}`;
			const one = found.get(key);
			if (!one) found.set(key, { source, ofFacilities, unit, first, last });
			else {
				one.first = Math.min(one.first, first);
				one.last = Math.max(one.last, last);
			}
		}
	};
	for (const { id } of stored())
		add(false, spokenOfAreas(db, id, { month, before, withdrawn }));
	for (const table of OF_FACILITIES)
		add(
			true,
			statement(
				db,
				`SELECT f.source, r.facility, min(r.day), max(r.day) FROM ${table} r JOIN file f ON f.id = r.file
				 WHERE r.month = ? AND r.day < ? AND r.file NOT IN (SELECT value FROM json_each(?)) GROUP BY f.source, r.facility`,
			)
				.raw()
				.all(month, before, withdrawn) as [number, number, Day, Day][],
		);
	return [...found.values()];
}

/**
 * Of which areas each source spoke in a month.
 * @param indicator its id
 * @returns id of the source, id of the area, the first and the last day
 */
export function spokenOfAreas(
	db: Database.Database,
	indicator: number,
	{
		month,
		before,
		withdrawn,
	}: { month: number; before: Day; withdrawn: string },
): [number, number, Day, Day][] {
	return statement(
		db,
		`SELECT source, area, min(day), max(day) FROM claim WHERE indicator = ? AND month = ? AND day < ?
		   AND file NOT IN (SELECT value FROM json_each(?)) GROUP BY area, source`,
	)
		.raw()
		.all(indicator, month, before, withdrawn) as [number, number, Day, Day][];
}

/** The first month of which anything was said; later than any month where nothing was. */
function firstMonth(db: Database.Database): number {
	const first = (sql: string, ...bound: number[]) =>
		(statement(db, sql)
			.pluck()
			.get(...bound) as number | null) ?? Number.MAX_SAFE_INTEGER;
	return Math.min(
		...stored().map(({ id }) =>
			first("SELECT min(month) FROM claim WHERE indicator = ?", id),
		),
		...OF_FACILITIES.map((table) => first(`SELECT min(month) FROM ${table}`)),
	);
}

/** Files of which nothing could be used, by source and the day on which they came. */
function emptyFiles(
	db: Database.Database,
	firstDay: Day,
	day: Day,
): Map<string, number> {
	const rows = statement(
		db,
		`SELECT source, received_at AS at FROM file WHERE accepted = 0 AND received_at >= ? AND received_at < ?
		   AND id NOT IN (SELECT value FROM json_each(?))`,
	).all(...[startOf(firstDay), startOf(day + 1), withdrawnFiles(db, null)]) as {
		source: number;
		at: number;
	}[];
	const found = new Map<string, number>();
	for (const { source, at } of rows) {
		const key = `${source} ${dayInWib(at)}`;
		found.set(key, (found.get(key) ?? 0) + 1);
	}
	return found;
}

/** When a day begins in Jakarta (ms). */
function startOf(day: Day): number {
	return day * 86_400_000 - 7 * 3_600_000;
}

function stored() {
	return INDICATORS.filter(({ derived }) => !derived);
}

function monthsOf(firstDay: Day, lastDay: Day): number[] {
	const [first, last] = [monthOf(firstDay), monthOf(lastDay)];
	return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
