import type Database from "better-sqlite3";
import {
	IN_TIME,
	MATRIX_DAYS,
	type MatrixCell,
	type ReportingMatrix,
	type SourceScore,
} from "../../../core/api/desk.ts";
import { type AreaCode, isUnknownPlace } from "../../../core/areas/codes.ts";
import { type Day, dayInWib, monthOf } from "../../../core/series/day.ts";
import { INDICATORS } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { perPublication } from "./per-publication.ts";
import { type Source, sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";
import { withdrawnFiles } from "./withdrawn.ts";

export interface ReportingRequest {
	day: Day;
	/** Ids of the areas that may be spoken of; null: all. */
	inside: readonly number[] | null;
}

/** A list of reminders that is longer is read by nobody, and the matrix still counts all of them. */
const MOST_REMINDERS = 5000;

/** Of whom a source speaks: where it lies, and on which days of the matrix it was first heard of, as a delay in days; -1: not. */
interface Spoken {
	area: number;
	code: string;
	name: string;
	delays: Int16Array;
	/** The last day before the matrix of which it was spoken; null: not looked for, since there is one in it. */
	before: Day | null;
}

interface SpokenOf {
	facilities: boolean;
	units: Map<number, Spoken>;
}

const NOT = -1;

/** Who reported, late or not at all, and whom to remind. */
export function reporting(
	db: Database.Database,
	request: ReportingRequest,
): ReportingMatrix {
	const { day } = request;
	const firstDay = day - MATRIX_DAYS + 1;
	const spoken = spokenBy(db, day);
	const inside = request.inside && new Set(request.inside);
	const empty = emptyFiles(db, firstDay, day);
	const reminders: ReportingMatrix["reminders"] = [];
	const rows = heard(db).map((source) => {
		const { facilities = false, units } = spoken.get(source.id) ?? {
			units: new Map<number, Spoken>(),
		};
		const seen = [...units.values()].filter(
			({ area }) => !inside || inside.has(area),
		);
		const cells = Array.from(
			{ length: MATRIX_DAYS },
			(_, at): MatrixCell => ({
				reported: 0,
				late: 0,
				silent: 0,
				// A file of which nothing is known speaks of no area: whose it is only its source tells.
				empty: inside ? 0 : (empty.get(`${source.id} ${firstDay + at}`) ?? 0),
			}),
		);
		for (const { delays, area, code, name, before } of seen) {
			for (const [at, delay] of delays.entries()) {
				const cell = cells[at];
				if (delay !== NOT) {
					cell.reported++;
					if (delay > IN_TIME) cell.late++;
				} else if (source.cadence === "daily") cell.silent++;
			}
			const last =
				before === null
					? delays.findLastIndex((delay) => delay !== NOT)
					: before - firstDay;
			if (source.cadence === "daily" && last < MATRIX_DAYS - 1)
				reminders.push({
					...{ source: source.name, area, code, name },
					lastDay: firstDay + last,
				});
		}
		return {
			...{ source: source.name, cadence: source.cadence, facilities },
			...{ expected: seen.length, cells },
		};
	});
	reminders.sort((a, b) => a.lastDay - b.lastDay || (a.code < b.code ? -1 : 1));
	return {
		firstDay,
		// Who answers for a province is told of the sources that speak of it.
		rows: rows.filter(({ expected }) => !inside || expected > 0),
		reminders: reminders.slice(0, MOST_REMINDERS),
	};
}

/** How well each source does. */
export function sourceScores(
	db: Database.Database,
	request: ReportingRequest,
): SourceScore[] {
	const { day } = request;
	const inside = request.inside && new Set(request.inside);
	const firstDay = day - MATRIX_DAYS + 1;
	const matrix = reporting(db, request);
	const spoken = spokenBy(db, day);
	const among = request.inside && JSON.stringify(request.inside);
	const files = new Map(
		(
			statement(
				db,
				`SELECT source, count(*) AS files, sum(accepted) AS accepted, sum(quarantined) AS quarantined FROM file
				 WHERE received_at >= ? AND received_at < ? AND id NOT IN (SELECT value FROM json_each(?)) GROUP BY source`,
			).all(
				...[startOf(firstDay), startOf(day + 1), withdrawnFiles(db, null)],
			) as Record<"source" | "files" | "accepted" | "quarantined", number>[]
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
			).all(
				...[id, month, firstDay, day, among, among, withdrawnFiles(db, null)],
			) as Record<"source" | "values" | "restated" | "corrections", number>[]) {
				const sum = told.get(row.source);
				if (!sum) told.set(row.source, { ...row });
				else {
					sum.values += row.values;
					sum.restated += row.restated;
					sum.corrections += row.corrections;
				}
			}
	return heard(db).flatMap((source) => {
		const row = matrix.rows.find(
			({ source: { key } }) => key === source.name.key,
		);
		if (!row) return [];
		const { cadence, cells } = row;
		const delays = [0, 0, 0, 0, 0];
		for (const unit of spoken.get(source.id)?.units.values() ?? [])
			if (!inside || inside.has(unit.area))
				for (const delay of unit.delays)
					if (delay !== NOT)
						delays[delay <= 2 ? Math.max(0, delay) : delay <= 7 ? 3 : 4]++;
		const sum = (of: "reported" | "silent") =>
			cells.reduce((total, cell) => total + cell[of], 0);
		const due = sum("reported") + sum("silent");
		const of = files.get(source.id);
		const said = told.get(source.id);
		return [
			{
				...{ source: source.name, cadence, delays },
				files: of?.files ?? 0,
				accepted: of?.accepted ?? 0,
				quarantined: of?.quarantined ?? 0,
				values: said?.values ?? 0,
				restated: said?.restated ?? 0,
				corrections: said?.corrections ?? 0,
				complete: cadence === "daily" && due > 0 ? sum("reported") / due : null,
			},
		];
	});
}

/** The sources that report; decisions are none. */
function heard(db: Database.Database): Source[] {
	return sourcesInOrder(db).filter(({ cadence }) => cadence !== "once");
}

/** Of whom each source spoke in the days of the matrix. */
const spokenBy = perPublication(
	(day: Day) => String(day),
	(db, day: Day): Map<number, SpokenOf> => {
		const firstDay = day - MATRIX_DAYS + 1;
		const withdrawn = withdrawnFiles(db, null);
		const found = new Map<number, SpokenOf>();
		const places = new Map(
			(
				statement(db, "SELECT id, code, name FROM area").all() as {
					id: number;
					code: AreaCode;
					name: string;
				}[]
			).map((row) => [row.id, row]),
		);
		const note = (
			source: number,
			facilities: boolean,
			unit: number,
			on: Day,
			known: Day,
			who: Omit<Spoken, "delays" | "before"> | false | undefined,
		): void => {
			if (!who) return;
			const of = found.get(source) ?? { facilities, units: new Map() };
			found.set(source, of);
			// Who speaks of both is told by its facilities: they are the ones that are asked.
			if (facilities && !of.facilities) of.units.clear();
			of.facilities ||= facilities;
			if (of.facilities !== facilities) return;
			const one = of.units.get(unit) ?? {
				...who,
				delays: new Int16Array(MATRIX_DAYS).fill(NOT),
				before: null,
			};
			of.units.set(unit, one);
			const at = on - firstDay;
			const delay = Math.min(32_000, Math.max(0, known - on));
			const before = one.delays[at];
			one.delays[at] = before === NOT ? delay : Math.min(before, delay);
		};
		for (const { id } of stored())
			for (const month of monthsOf(firstDay, day))
				for (const [source, area, on, known] of statement(
					db,
					`SELECT source, area, day, min(as_of) FROM claim WHERE indicator = ? AND month = ? AND day BETWEEN ? AND ?
					   AND file NOT IN (SELECT value FROM json_each(?)) GROUP BY area, day, source`,
				)
					.raw()
					.all(...[id, month, firstDay, day, withdrawn]) as number[][]) {
					const place = places.get(area);
					note(
						...[source, false, area, on, known],
						// Cases without a place are counted, and nobody is asked for them.
						place &&
							!isUnknownPlace(place.code) && {
								...{ area, code: place.code, name: place.name },
							},
					);
				}
		for (const table of ["facility_report", "stock_line"])
			for (const month of monthsOf(firstDay, day))
				for (const row of statement(
					db,
					`SELECT f.source, r.facility, r.day, min(r.as_of) AS known, p.area, p.code, p.name
					 FROM ${table} r JOIN file f ON f.id = r.file JOIN facility p ON p.id = r.facility
					 WHERE r.month = ? AND r.day BETWEEN ? AND ? AND r.file NOT IN (SELECT value FROM json_each(?))
					 GROUP BY r.day, r.facility, f.source`,
				).all(...[month, firstDay, day, withdrawn]) as {
					source: number;
					facility: number;
					day: Day;
					known: Day;
					area: number;
					code: string;
					name: string;
				}[])
					note(row.source, true, row.facility, row.day, row.known, {
						...{ area: row.area, code: row.code, name: row.name },
					});
		for (const { id, cadence } of heard(db))
			if (cadence === "daily" && !found.has(id))
				found.set(id, lastSpoken(db, { source: id, firstDay, withdrawn }));
		return found;
	},
	3,
);

/**
 * Of whom a daily source spoke in the month in which it last did, when it has said nothing since: all of them are silent. A source that has not
 * begun yet misses nobody.
 */
function lastSpoken(
	db: Database.Database,
	{
		source,
		firstDay,
		withdrawn,
	}: { source: number; firstDay: Day; withdrawn: string },
): SpokenOf {
	const silent = (
		rows: readonly (Omit<Spoken, "delays" | "before"> & {
			unit: number;
			before: Day;
		})[],
	) =>
		new Map(
			rows
				.filter(({ code }) => !isUnknownPlace(code as AreaCode))
				.map(({ unit, ...row }) => [
					unit,
					{ ...row, delays: new Int16Array(MATRIX_DAYS).fill(NOT) },
				]),
		);
	const last = statement(
		db,
		`SELECT max(day) FROM claim WHERE source = ? AND day < ? AND file NOT IN (SELECT value FROM json_each(?))`,
	)
		.pluck()
		.get(source, firstDay, withdrawn) as Day | null;
	if (last !== null)
		return {
			facilities: false,
			units: silent(
				statement(
					db,
					`SELECT a.id AS unit, a.id AS area, a.code, a.name, max(c.day) AS before FROM claim c JOIN area a ON a.id = c.area
					 WHERE c.source = ? AND c.month = ? AND c.day < ? AND c.file NOT IN (SELECT value FROM json_each(?)) GROUP BY a.id`,
				).all(...[source, monthOf(last), firstDay, withdrawn]) as never,
			),
		};
	for (const table of ["facility_report", "stock_line"]) {
		const rows = statement(
			db,
			`WITH said AS (
				SELECT r.facility, r.month, r.day FROM ${table} r JOIN file f ON f.id = r.file
				WHERE f.source = ? AND r.day < ? AND f.id NOT IN (SELECT value FROM json_each(?))
			 )
			 SELECT p.id AS unit, p.area, p.code, p.name, max(said.day) AS before FROM said JOIN facility p ON p.id = said.facility
			 WHERE said.month = (SELECT max(month) FROM said) GROUP BY p.id`,
		).all(...[source, firstDay, withdrawn]) as never[];
		if (rows.length > 0) return { facilities: true, units: silent(rows) };
	}
	return { facilities: false, units: new Map() };
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
