import type Database from "better-sqlite3";
import type {
	Laboratories,
	LaboratoryRow,
} from "../../../core/api/laboratories.ts";
import type { SourceName } from "../../../core/api/sources.ts";
import { greatCircle } from "../../../core/areas/great-circle.ts";
import {
	heardBefore,
	knownReport,
	type StatedReport,
	toldTogether,
} from "../../../core/facilities/known-report.ts";
import {
	columnsOf,
	facilityMeasure,
} from "../../../core/facilities/measure.ts";
import {
	REPORT_HOLDS_DAYS,
	type ReportColumn,
} from "../../../core/facilities/report.ts";
import {
	LABORATORY_RATES,
	type LaboratoryRate,
	perLimit,
	perRate,
	SAMPLES_PER_PLATE,
	sumIsMost,
} from "../../../core/logistics/laboratory.ts";
import {
	type Dated,
	REFUTED_ABOVE,
} from "../../../core/logistics/laboratory-rates.ts";
import {
	LABORATORY_WINDOW,
	type LaboratoryReport,
	type LaboratoryStanding,
	LEAST_TESTS,
	laboratoryStanding,
	type Positivity,
	positivityOf,
	REAGENT_WASTAGE,
} from "../../../core/logistics/laboratory-standing.ts";
import { LARGEST_USUAL_POOL } from "../../../core/logistics/specimen-pooling.ts";
import type { SpecimenRouting } from "../../../core/logistics/specimen-routing.ts";
import type { Day } from "../../../core/series/day.ts";
import { areasWithin, facilities, statedBetween } from "./facilities.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { perPublication } from "./per-publication.ts";
import { sourceNames } from "./source.ts";
import { lastCounted } from "./stock.ts";

const COLUMNS = ["specimens_received", "tests_done", "backlog"] as const;
/** What is told of one source only, as wherever a share of a facility is shown. */
const SHARE = columnsOf(facilityMeasure("positivity"));
/** What makes a part of the capacity: with the second, only of the same source. */
const RATES = {
	extraction: ["extraction"],
	pcr: ["pcr_machines", "pcr_runs"],
	staff: ["laboratory_staff", "specimens_per_worker"],
	stated: ["capacity"],
} as const satisfies Record<LaboratoryRate, readonly ReportColumn[]>;
/** Weeks before the day that are told day by day. */
const HISTORY_DAYS = 56;
/** A wait longer than this many days is late: a result that old no longer ends a contact's quarantine. */
const LATE_AFTER = 2;

interface Told extends LaboratoryReport {
	sources: readonly number[];
}

/** What each laboratory reported in the weeks up to a day, in order of days. */
const reportsUpTo = perPublication(
	(day: Day, asKnownOn: Day | null) => `${day} ${asKnownOn}`,
	(db, day: Day, asKnownOn: Day | null): ReadonlyMap<number, Told[]> => {
		const all = new Map<number, Told[]>(
			facilities(db, { kind: "laboratory" }).map(({ id }) => [id, []]),
		);
		const first = day - HISTORY_DAYS - REPORT_HOLDS_DAYS;
		for (const { facility, day: of, reports } of statedBetween(
			db,
			[...new Set([...COLUMNS, ...SHARE, ...Object.values(RATES).flat()])],
			{ first, last: day },
			asKnownOn,
		)) {
			const own = all.get(facility);
			// Most reports are of hospitals.
			if (!own) continue;
			const { values, sources, asOf } = knownReport(reports, COLUMNS);
			const rates = ratesOf(reports);
			// What tells positives alone is heard for nothing.
			if (
				asOf === null &&
				LABORATORY_RATES.every((of) => rates[of].length === 0)
			)
				continue;
			const share = toldTogether(reports, SHARE);
			own.push({
				day: of,
				rates,
				received: values.specimens_received ?? Number.NaN,
				tested: values.tests_done ?? Number.NaN,
				positives: share?.values.positives ?? Number.NaN,
				positivesOf: share?.values.tests_done ?? Number.NaN,
				backlog: values.backlog ?? Number.NaN,
				sources: [
					...new Set([
						...sources,
						...(share ? [share.source] : []),
						...LABORATORY_RATES.flatMap((of) =>
							rates[of].map(({ source }) => source),
						),
					]),
				],
			});
		}
		return all;
	},
	4,
);

/** What each source tells of what can be done in a day, those that tell nothing of it left out. */
function ratesOf(reports: readonly StatedReport[]): LaboratoryReport["rates"] {
	const bySource = [
		...Map.groupBy([...reports].sort(heardBefore), ({ source }) => source),
	];
	return perRate((of) => {
		const [units, each] = RATES[of] as readonly ReportColumn[];
		return bySource.flatMap(([source, own]) => {
			const { values, asOf } = knownReport(own, RATES[of]);
			const told = (column: ReportColumn) => values[column] ?? Number.NaN;
			return asOf === null
				? []
				: [
						{
							source,
							units: told(units as ReportColumn),
							each: each === undefined ? 1 : told(each),
						},
					];
		});
	});
}

/** A laboratory with what it reported and how it stands. */
export interface StandingLaboratory {
	facility: number;
	area: number;
	lat: number | null;
	lng: number | null;
	reports: readonly Told[];
	/** Null: no report that still holds. */
	standing: LaboratoryStanding | null;
}

/** The laboratories of an area as they stand on a day, in order of id. */
export function standingLaboratories(
	db: Database.Database,
	asked: { area: number; day: Day; asKnownOn: Day | null },
): StandingLaboratory[] {
	const within = areasWithin(db, knownArea(db, asked.area).id);
	const asKnownOn = knownDay(db, asked.asKnownOn);
	const all = reportsUpTo(db, asked.day, asKnownOn);
	const counted = lastCounted(db, { day: asked.day, asKnownOn });
	return facilities(db, { kind: "laboratory" })
		.filter(({ area }) => within.has(area))
		.map(({ id, area, lat, lng }) => {
			const reports = all.get(id) ?? [];
			const holding = reports.filter(
				(one) => one.day >= asked.day - REPORT_HOLDS_DAYS,
			);
			return {
				facility: id,
				area,
				lat,
				lng,
				reports,
				standing:
					holding.length > 0
						? laboratoryStanding(
								holding,
								{
									reagent: counted(id, "stock_reagent"),
									vtm: counted(id, "stock_vtm"),
								},
								asked.day,
							)
						: null,
			};
		});
}

/** How the laboratories of an area stand as of a day. */
export function laboratories(
	db: Database.Database,
	asked: { area: number; day: Day; asKnownOn: Day | null },
): Laboratories {
	const all = standingLaboratories(db, asked);
	const names = sourceNames(db);
	const rows = all.map(({ facility, area, reports, standing }) => {
		const newest = standing ? reports.at(-1) : undefined;
		return {
			facility,
			area,
			day: newest?.day ?? null,
			age: newest ? asked.day - newest.day : null,
			sources: (newest?.sources ?? []).flatMap((one) => names.get(one) ?? []),
			...rowOf(standing, names),
		};
	});
	return {
		area: asked.area,
		day: asked.day,
		laboratories: rows,
		total: totalOf(all, asked.day),
		history: historyOf(all, asked.day),
		assumptions: {
			reagentWastage: REAGENT_WASTAGE,
			leastTests: LEAST_TESTS,
			largestPool: LARGEST_USUAL_POOL,
			samplesPerPlate: SAMPLES_PER_PLATE,
			refutedAbove: REFUTED_ABOVE,
		},
	};
}

/** Of each laboratory so many nearest others are considered: it keeps the program small, and further ones are seldom of use. */
export const NEAREST_LABORATORIES = 20;

/** Whose specimens might be sent where: what is known of each, and the program of it. */
export interface SpecimenReading {
	/** Sites and laboratories of the program, in its order. */
	facilities: number[];
	/** Kilometres between them along great circles; Infinity: too far, or not among the nearest. */
	kilometres: number[][];
	routing: SpecimenRouting;
	leftOut: number;
	laboratories: number;
	/** Of so many the capacity is the most that it can be. */
	ableMost: number;
}

/**
 * What waits and comes in a day at each laboratory of an area, and what each can test.
 * @param reach kilometres that specimens are sent at most
 */
export function specimenReading(
	db: Database.Database,
	asked: { area: number; day: Day; asKnownOn: Day | null; reach: number },
): SpecimenReading {
	const all = standingLaboratories(db, asked);
	const sites = all.flatMap(({ facility, lat, lng, standing }) => {
		// Whole specimens: of whole numbers the program's answer is of whole numbers too.
		const specimens = Math.round(
			(standing?.waiting ?? Number.NaN) +
				(standing?.receivedPerDay ?? Number.NaN),
		);
		const capacity = Math.floor(standing?.capacity.tests ?? Number.NaN);
		return lat === null ||
			lng === null ||
			Number.isNaN(specimens) ||
			Number.isNaN(capacity)
			? []
			: [
					{
						...{ facility, lat, lng, specimens, capacity },
						isMost: standing?.capacity.isMost ?? false,
					},
				];
	});
	const kilometres = sites.map((from) => {
		const all = sites.map((to) => (to === from ? 0 : greatCircle(from, to)));
		const furthest = [...all].sort((a, b) => a - b)[NEAREST_LABORATORIES];
		return all.map((km) =>
			km <= asked.reach && km <= (furthest ?? Infinity)
				? km
				: Number.POSITIVE_INFINITY,
		);
	});
	return {
		facilities: sites.map(({ facility }) => facility),
		kilometres,
		routing: {
			sites: sites.map(({ facility, specimens }) => ({
				id: String(facility),
				specimens,
			})),
			laboratories: sites.map(({ facility, capacity }) => ({
				id: String(facility),
				capacity,
			})),
			// At one speed the least hours are the least kilometres.
			travelHours: kilometres,
		},
		leftOut: all.length - sites.length,
		laboratories: all.length,
		ableMost: sites.filter(({ isMost }) => isMost).length,
	};
}

type Row = Omit<LaboratoryRow, "facility" | "area" | "day" | "age" | "sources">;

function rowOf(
	standing: LaboratoryStanding | null,
	names: ReadonlyMap<number, SourceName>,
): Row {
	if (!standing)
		return {
			able: null,
			limit: null,
			lasting: null,
			...{ isMost: false, lastingIsMost: false, refuted: [] },
			parts: perLimit(() => null),
			rates: perRate(() => null),
			waiting: null,
			waitDays: null,
			endless: false,
			receivedPerDay: null,
			testedPerDay: null,
			load: null,
			receivedDays: 0,
			testedDays: 0,
			positivity: { tests: 0, positives: 0, share: null, days: 0 },
			reagent: null,
			reagentDays: null,
			reagentUnused: false,
			vtm: null,
			vtmDays: null,
			vtmUnused: false,
			ahead: [],
			pool: null,
		};
	const { pool, capacity } = standing;
	const dated = ({ value, day }: Dated) => ({ value: known(value), day });
	return {
		able: known(capacity.tests),
		limit: capacity.limit,
		lasting: known(capacity.lasting),
		parts: perLimit((limit) => known(standing.parts[limit])),
		isMost: capacity.isMost,
		lastingIsMost: capacity.lastingIsMost,
		refuted: standing.refuted,
		rates: perRate((of) => {
			const rate = standing.rates[of];
			return (
				rate && {
					units: dated(rate.units),
					each: dated(rate.each),
					source: names.get(rate.source) ?? null,
				}
			);
		}),
		waiting: known(standing.waiting),
		waitDays: known(standing.waitDays),
		endless: standing.waitDays === Number.POSITIVE_INFINITY,
		receivedPerDay: known(standing.receivedPerDay),
		testedPerDay: known(standing.testedPerDay),
		load:
			capacity.lasting > 0
				? known(standing.testedPerDay / capacity.lasting)
				: null,
		receivedDays: standing.receivedDays,
		testedDays: standing.testedDays,
		positivity: shareTold(standing.positivity),
		reagent: known(standing.reagent),
		reagentDays: known(standing.reagentDays),
		reagentUnused: standing.reagentDays === Number.POSITIVE_INFINITY,
		vtm: known(standing.vtm),
		vtmDays: known(standing.vtmDays),
		vtmUnused: standing.vtmDays === Number.POSITIVE_INFINITY,
		ahead: standing.ahead,
		pool: pool && {
			size: pool.size,
			testsPerSpecimen: pool.testsPerSpecimen,
			reach: pool.reach,
			waitDays: known(standing.waitPooled),
		},
	};
}

function totalOf(
	all: readonly StandingLaboratory[],
	day: Day,
): Laboratories["total"] {
	const told = all.flatMap(({ standing }) => standing ?? []);
	const sum = (of: (one: LaboratoryStanding) => number) =>
		known(sumOfKnown(told.map(of)));
	let longest: Laboratories["total"]["longest"] = null;
	for (const { facility, standing } of all)
		if (
			standing &&
			Number.isFinite(standing.waitDays) &&
			standing.waitDays > (longest?.days ?? 0)
		)
			longest = { facility, days: standing.waitDays, isLeast: false };
	/** Whose wait can be longer than is known. */
	const least = told.filter(
		({ capacity, waiting, waitDays }) =>
			capacity.isMost && waiting > 0 && Number.isFinite(waitDays),
	);
	if (longest) longest.isLeast = least.length > 0;
	const ableTold = told.filter(
		({ capacity }) => capacity.limit !== null,
	).length;
	const ableMost = told.filter(({ capacity }) => capacity.isMost).length;
	return {
		laboratories: all.length,
		telling: told.length,
		able: sum(({ capacity }) => capacity.tests),
		ableTold,
		ableMost,
		ableIsMost: sumIsMost({ told: ableTold, all: all.length, most: ableMost }),
		heldBy: perLimit(
			(limit) => told.filter(({ capacity }) => capacity.limit === limit).length,
		),
		partsTold: perLimit(
			(limit) => told.filter(({ parts }) => !Number.isNaN(parts[limit])).length,
		),
		refuted: perRate(
			(rate) =>
				told.filter(({ refuted }) => refuted.some(({ part }) => part === rate))
					.length,
		),
		waiting: sum(({ waiting }) => waiting),
		waitingTold: told.filter(({ waiting }) => !Number.isNaN(waiting)).length,
		longest,
		endless: told.filter(
			({ waitDays }) => waitDays === Number.POSITIVE_INFINITY,
		).length,
		late: told.filter(({ waitDays }) => waitDays > LATE_AFTER).length,
		lateIsLeast: least.some(({ waitDays }) => waitDays <= LATE_AFTER),
		lateAfter: LATE_AFTER,
		receivedPerDay: sum(({ receivedPerDay }) => receivedPerDay),
		testedPerDay: sum(({ testedPerDay }) => testedPerDay),
		positivity: shareTold(
			positivityOf(
				all.flatMap(({ reports }) =>
					reports.filter((one) => one.day > day - LABORATORY_WINDOW),
				),
			),
		),
		fewReagents: told.filter(({ reagentDays }) => reagentDays < 7).length,
	};
}

function historyOf(
	all: readonly StandingLaboratory[],
	day: Day,
): Laboratories["history"] {
	const firstDay = day - HISTORY_DAYS + 1;
	const days = Array.from({ length: HISTORY_DAYS }, (_, at) => firstDay + at);
	const ofDay = days.map((): Told[] => []);
	const waiting = days.map((): number[] => []);
	for (const { reports } of all) {
		let next = 0;
		let last: Told | null = null;
		for (const [at, on] of days.entries()) {
			for (; (reports[next]?.day ?? Infinity) <= on; next++) {
				const one = reports[next] as Told;
				if (one.day === on) ofDay[at]?.push(one);
				if (!Number.isNaN(one.backlog)) last = one;
			}
			if (last && on - last.day <= REPORT_HOLDS_DAYS)
				waiting[at]?.push(last.backlog);
		}
	}
	return {
		firstDay,
		waiting: waiting.map((told) => known(sumOfKnown(told))),
		waitingTold: waiting.map((told) => told.length),
		received: ofDay.map((told) =>
			known(sumOfKnown(told.map(({ received }) => received))),
		),
		tested: ofDay.map((told) =>
			known(sumOfKnown(told.map(({ tested }) => tested))),
		),
		positivity: ofDay.map((told) => known(positivityOf(told).share)),
		telling: ofDay.map((told) => told.length),
	};
}

function shareTold({ share, ...counts }: Positivity) {
	return { ...counts, share: known(share) };
}

/** Of those that are known; NaN: none is. */
function sumOfKnown(values: readonly number[]): number {
	const told = values.filter((value) => !Number.isNaN(value));
	return told.length === 0
		? Number.NaN
		: told.reduce((sum, value) => sum + value, 0);
}

function known(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
