import type Database from "better-sqlite3";
import type {
	FacilityCubeHeader,
	FacilityRow,
	FacilitySeries,
	FacilityState,
	ToldMeasure,
} from "../../../core/api/facilities.ts";
import {
	type KnownReport,
	knownReport,
	type StatedReport,
	type ToldTogether,
	toldTogether,
} from "../../../core/facilities/known-report.ts";
import {
	columnsOf,
	FACILITY_MEASURES,
	type FacilityMeasure,
	facilityMeasure,
	measured,
} from "../../../core/facilities/measure.ts";
import {
	COLUMNS_OF,
	type FacilityKind,
	REPORT_HOLDS_DAYS,
	type ReportColumn,
} from "../../../core/facilities/report.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import { areas } from "./areas.ts";
import { daysOfDataset } from "./dataset.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { perPublication } from "./per-publication.ts";
import { position } from "./position.ts";
import { sourceNames, sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";
import { withdrawnFiles } from "./withdrawn.ts";

/** All facilities in order of id. */
const allFacilities = perPublication(() => "", readFacilities);

/** Facilities of a kind, or all of them, in order of id: the order of every cube of facilities. */
export function facilities(
	db: Database.Database,
	{ kind }: { kind?: FacilityKind },
): FacilityRow[] {
	const all = allFacilities(db);
	return kind === undefined ? all : all.filter((one) => one.kind === kind);
}

function readFacilities(db: Database.Database): FacilityRow[] {
	const seats = new Map(areas(db).map((area) => [area.id, area]));
	const rows = statement(
		db,
		`SELECT id, code, kind, name, class, referral, area, lat, lng, position_source AS positionSource, beds
		 FROM facility ORDER BY id`,
	).all() as (Omit<
		FacilityRow,
		"referral" | "placed" | "positionSource" | "beds"
	> & { referral: number; positionSource: number | null; beds: string })[];
	const names = sourceNames(db);
	return rows.map((row) => {
		const own = row.lat !== null && row.lng !== null;
		const seat = seats.get(row.area);
		const { lat, lng } = own || !seat ? row : seat;
		return {
			...row,
			lat,
			lng,
			placed: own ? "facility" : lat !== null && lng !== null ? "area" : null,
			positionSource: names.get(row.positionSource ?? 0) ?? null,
			referral: row.referral === 1,
			beds: JSON.parse(row.beds),
		};
	});
}

/** A row as it is read: facility, day, as of, file, then the columns asked for. */
export type ReadReport = [number, Day, Day, number, ...(number | null)[]];

/** What is known of files: null of those that were withdrawn on the day of knowledge. */
export type Files = ReadonlyMap<
	number,
	{ source: number; rank: number; sha256: string }
>;

export function filesKnown(
	db: Database.Database,
	asKnownOn: Day | null,
): Files {
	const ranks = new Map(sourcesInOrder(db).map(({ id, rank }) => [id, rank]));
	const rows = statement(
		db,
		"SELECT id, source, sha256 FROM file WHERE id NOT IN (SELECT value FROM json_each(?))",
	).all(withdrawnFiles(db, asKnownOn)) as {
		id: number;
		source: number;
		sha256: string;
	}[];
	return new Map(
		rows.map(({ id, source, sha256 }) => [
			id,
			{
				source,
				sha256,
				rank: ranks.get(source) ?? Number.POSITIVE_INFINITY,
			},
		]),
	);
}

/** Gives what was stated of each facility and day of some rows, in which those of one facility and day stand together. */
function* statedIn(
	rows: Iterable<ReadReport>,
	files: Files,
	columns: readonly ReportColumn[],
): Generator<{ facility: number; day: Day; reports: StatedReport[] }> {
	const place = new Map(columns.map((column, at) => [column, at + 4]));
	let facility = -1;
	let day = -1;
	let stated: StatedReport[] = [];
	for (const row of rows) {
		const file = files.get(row[3]);
		if (!file) continue;
		if (row[0] !== facility || row[1] !== day) {
			if (stated.length > 0) yield { facility, day, reports: stated };
			facility = row[0];
			day = row[1];
			stated = [];
		}
		const { source, rank, sha256 } = file;
		stated.push({
			source,
			rank,
			sha256,
			asOf: row[2],
			stated: (column) => row[place.get(column) as number] ?? null,
		});
	}
	if (stated.length > 0) yield { facility, day, reports: stated };
}

/** What is known of the facilities of every kind on some days, those of one day in order of facility; days in their order. */
export function* reportsBetween(
	db: Database.Database,
	columns: readonly ReportColumn[],
	days: { first: Day; last: Day },
	asKnownOn: Day | null,
): Generator<{ facility: number; day: Day; report: KnownReport }> {
	for (const { facility, day, reports } of statedBetween(
		db,
		columns,
		days,
		asKnownOn,
	))
		yield { facility, day, report: knownReport(reports, columns) };
}

/** The same, as each source stated it. */
export function statedBetween(
	db: Database.Database,
	columns: readonly ReportColumn[],
	days: { first: Day; last: Day },
	asKnownOn: Day | null,
): ReturnType<typeof statedIn> {
	return statedIn(
		readDays(db, columns, days.first, days.last, asKnownOn),
		filesKnown(db, asKnownOn),
		columns,
	);
}

/** What the facilities of a kind in an area stated last, as of a day. */
export function facilityStates(
	db: Database.Database,
	asked: {
		kind: FacilityKind;
		area: number;
		day: Day;
		asKnownOn: Day | null;
	},
): FacilityState[] {
	const within = areasWithin(db, knownArea(db, asked.area).id);
	return keptStates(
		db,
		asked.kind,
		asked.day,
		knownDay(db, asked.asKnownOn),
	).filter(({ area }) => within.has(area));
}

/** Of the whole country: the reports of its days are read either way, and whoever looks at one area looks at another after it. */
const keptStates = perPublication(
	(kind: FacilityKind, day: Day, asKnownOn: Day | null) =>
		`${kind} ${day} ${asKnownOn}`,
	readStates,
	3,
);

function readStates(
	db: Database.Database,
	kind: FacilityKind,
	day: Day,
	asKnownOn: Day | null,
): FacilityState[] {
	const all = facilities(db, { kind });
	const columns = COLUMNS_OF[kind];
	const names = sourceNames(db);
	const measures = measuresOf(kind);
	const last = new Map<number, { day: Day; report: KnownReport }>();
	/** By place of the measure. */
	const told = new Map<
		number,
		({ day: Day; together: ToldTogether } | undefined)[]
	>(all.map(({ id }) => [id, []]));
	const parts = measures.map(columnsOf);
	// The newest day first: what it tells need not be found out of the days before, and most facilities tell nearly all.
	for (let on = day; on >= day - REPORT_HOLDS_DAYS; on--)
		for (const { facility, reports } of statedBetween(
			db,
			columns,
			{ first: on, last: on },
			asKnownOn,
		)) {
			const found = told.get(facility);
			if (!found) continue;
			if (!last.has(facility)) {
				const report = knownReport(reports, columns);
				if (report.asOf !== null) last.set(facility, { day: on, report });
			}
			for (const [at, of] of parts.entries()) {
				if (found[at]) continue;
				const together = toldTogether(reports, of);
				if (together) found[at] = { day: on, together };
			}
		}
	const toldOf = (
		facility: number,
		measure: (typeof measures)[number],
		place: number,
	): ToldMeasure | null => {
		const found = told.get(facility)?.[place];
		if (!found) return null;
		const { day: on, together } = found;
		return {
			value: orNull(measured(measure, (column) => together.values[column])),
			day: on,
			age: day - on,
			asOf: together.asOf,
			source: names.get(together.source) ?? null,
		};
	};
	return all.map(({ id, area }) => {
		const found = last.get(id);
		const values = found?.report.values ?? {};
		return {
			facility: id,
			area,
			day: found?.day ?? null,
			age: found ? day - found.day : null,
			asOf: found?.report.asOf ?? null,
			sources: (found?.report.sources ?? []).flatMap(
				(source) => names.get(source) ?? [],
			),
			values: Object.fromEntries(
				columns.map((column) => [column, values[column] ?? null]),
			),
			measures: Object.fromEntries(
				measures.map((measure, place) => [
					measure.key,
					toldOf(id, measure, place),
				]),
			),
		};
	});
}

/** What is told of columns of one facility on a day alone (core/facilities/known-report). */
export function toldOn(
	db: Database.Database,
	{ id }: { id: number },
	day: Day,
	columns: readonly ReportColumn[],
	asKnownOn: Day | null,
): ToldTogether | null {
	for (const { reports } of statedIn(
		readFacility(db, id, columns, day, 1, asKnownOn),
		filesKnown(db, asKnownOn),
		columns,
	))
		return toldTogether(reports, columns);
	return null;
}

/** What is told of columns of one facility together on the newest day that tells it and still holds. */
export function lastTold(
	db: Database.Database,
	facility: { id: number },
	day: Day,
	columns: readonly ReportColumn[],
	asKnownOn: Day | null,
): { day: Day; together: ToldTogether } | null {
	for (let on = day; on >= day - REPORT_HOLDS_DAYS; on--) {
		const together = toldOn(db, facility, on, columns, asKnownOn);
		if (together) return { day: on, together };
	}
	return null;
}

/** Rows of some days, those of one facility and day together. */
export function* readDays(
	db: Database.Database,
	columns: readonly ReportColumn[],
	first: Day,
	last: Day,
	asKnownOn: Day | null,
): Generator<ReadReport> {
	for (let day = first; day <= last; day++)
		yield* statement(
			db,
			`SELECT facility, day, as_of, file, ${columns.join(", ")} FROM facility_report
			 WHERE month = ? AND day = ? AND as_of <= ? ORDER BY facility, as_of, file`,
		)
			.raw()
			.all(monthOf(day), day, asKnownOn ?? NOW) as ReadReport[];
}

const NOW = Number.MAX_SAFE_INTEGER;

export interface FacilityCubeAnswer {
	header: FacilityCubeHeader;
	body: ArrayBuffer;
}

/** One measure of all facilities of its kind on all days. */
export function facilityCube(
	db: Database.Database,
	asked: { measure: FacilityMeasure; asKnownOn: Day | null },
): FacilityCubeAnswer {
	const { header, body } = keptCube(
		db,
		asked.measure,
		knownDay(db, asked.asKnownOn),
	);
	// Copied: whoever answers gives the memory away.
	return { header, body: body.slice(0) };
}

/** The age of a facility's report where there is none. */
export const NO_REPORT = 255;

const keptCube = perPublication(
	(measure: FacilityMeasure, asKnownOn: Day | null) =>
		`${measure} ${asKnownOn}`,
	makeCube,
	3,
);

function makeCube(
	db: Database.Database,
	key: FacilityMeasure,
	asKnownOn: Day | null,
): FacilityCubeAnswer {
	const measure = facilityMeasure(key);
	const { kind, unit } = measure;
	const rowOf = new Map(
		facilities(db, { kind }).map(({ id }, row) => [id, row]),
	);
	const { firstDay, days } = daysReported(db, kind, asKnownOn);
	const cells = rowOf.size * days;
	const body = new ArrayBuffer(cells * (Float32Array.BYTES_PER_ELEMENT + 1));
	const value = new Float32Array(body, 0, cells).fill(Number.NaN);
	const age = new Uint8Array(body, cells * Float32Array.BYTES_PER_ELEMENT).fill(
		NO_REPORT,
	);
	const columns = columnsOf(measure);
	for (const { facility, day, reports } of statedBetween(
		db,
		columns,
		{ first: firstDay, last: firstDay + days - 1 },
		asKnownOn,
	)) {
		const row = rowOf.get(facility);
		const told = toldTogether(reports, columns);
		if (row === undefined || !told) continue;
		const at = row * days + day - firstDay;
		value[at] = measured(measure, (column) => told.values[column]);
		age[at] = 0;
	}
	for (let row = 0; row < rowOf.size; row++)
		for (let at = row * days + 1; at < (row + 1) * days; at++)
			if (age[at] === NO_REPORT && age[at - 1] < REPORT_HOLDS_DAYS) {
				age[at] = age[at - 1] + 1;
				value[at] = value[at - 1];
			}
	return {
		header: {
			kind,
			measure: key,
			unit,
			firstDay,
			days,
			facilities: rowOf.size,
			seq: position(db).seq,
		},
		body,
	};
}

/** What one facility stated on all days; null: there is none. */
export function facilitySeries(
	db: Database.Database,
	asked: { facility: number; asKnownOn: Day | null },
): FacilitySeries | null {
	const one = facilities(db, {}).find(({ id }) => id === asked.facility);
	if (!one) return null;
	const asKnownOn = knownDay(db, asked.asKnownOn);
	const columns = COLUMNS_OF[one.kind];
	const { firstDay, days } = daysReported(db, one.kind, asKnownOn);
	const empty = () => new Array<number | null>(days).fill(null);
	const values = Object.fromEntries(
		columns.map((column) => [column, empty()]),
	) as Record<ReportColumn, (number | null)[]>;
	const measures = measuresOf(one.kind);
	const told: Record<string, (number | null)[]> = Object.fromEntries(
		measures.map(({ key }) => [key, empty()]),
	);
	const speaking = new Set<number>();
	for (const { day, reports } of statedIn(
		readFacility(db, one.id, columns, firstDay, days, asKnownOn),
		filesKnown(db, asKnownOn),
		columns,
	)) {
		const report = knownReport(reports, columns);
		for (const column of columns)
			values[column][day - firstDay] = report.values[column] ?? null;
		for (const measure of measures) {
			const together = toldTogether(reports, columnsOf(measure));
			told[measure.key][day - firstDay] = orNull(
				measured(measure, (column) => together?.values[column]),
			);
		}
		for (const source of report.sources) speaking.add(source);
	}
	return {
		facility: one.id,
		firstDay,
		days,
		values,
		measures: told,
		sources: sourcesInOrder(db).flatMap(({ id, name }) =>
			speaking.has(id) ? [name] : [],
		),
	};
}

function* readFacility(
	db: Database.Database,
	facility: number,
	columns: readonly ReportColumn[],
	firstDay: Day,
	days: number,
	asKnownOn: Day | null,
): Generator<ReadReport> {
	for (let day = firstDay; day < firstDay + days; day++)
		yield* statement(
			db,
			`SELECT facility, day, as_of, file, ${columns.join(", ")} FROM facility_report
			 WHERE month = ? AND day = ? AND facility = ? AND as_of <= ?`,
		)
			.raw()
			.all(monthOf(day), day, facility, asKnownOn ?? NOW) as ReadReport[];
}

/** From the first day on which a facility of the kind reported to the last of the dataset, or of a later report. */
const daysReported = perPublication(
	(kind: FacilityKind, asKnownOn: Day | null) => `${kind} ${asKnownOn}`,
	(db, kind: FacilityKind, asKnownOn: Day | null) => {
		// In the order of the key: the first row that is known ends the search.
		const one = (order: "ASC" | "DESC") =>
			statement(
				db,
				`SELECT r.day FROM facility_report r JOIN facility y ON y.id = r.facility
				 WHERE y.kind = ? AND r.as_of <= ? AND r.file NOT IN (SELECT value FROM json_each(?))
				 ORDER BY r.month ${order}, r.day ${order} LIMIT 1`,
			)
				.pluck()
				.get(kind, asKnownOn ?? NOW, withdrawnFiles(db, asKnownOn)) as
				| Day
				| undefined;
		const first = one("ASC");
		const last = one("DESC");
		const dataset = daysOfDataset(db);
		const firstDay = first ?? dataset.lastDay;
		const lastDay = Math.max(last ?? firstDay, dataset.lastDay);
		return { firstDay, days: lastDay - firstDay + 1 };
	},
);

/** Ids of an area and of all below it. */
export function areasWithin(db: Database.Database, area: number): Set<number> {
	const within = new Set([area]);
	// An area comes after the one it lies in only by chance: each level is looked for below the one before.
	for (let grown = true; grown; ) {
		grown = false;
		for (const { id, parent } of areas(db))
			if (parent !== null && within.has(parent) && !within.has(id)) {
				within.add(id);
				grown = true;
			}
	}
	return within;
}

function measuresOf(kind: FacilityKind) {
	return FACILITY_MEASURES.filter((measure) => measure.kind === kind);
}

function orNull(value: number): number | null {
	return Number.isNaN(value) ? null : value;
}
