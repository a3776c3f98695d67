import type Database from "better-sqlite3";
import type {
	AreaTable,
	Completeness,
	Kpi,
} from "../../../core/api/situation.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { activeCells } from "./active-cells.ts";
import { areas, childrenOf } from "./areas.ts";
import { type Cell, cells, isPartial, isSum, originOf } from "./cell.ts";
import { daysOfDataset } from "./dataset.ts";
import { knownArea } from "./known-area.ts";

const SHOWN: readonly IndicatorKey[] = [
	"confirmed",
	"odp",
	"pdp",
	"recovered",
	"deaths",
	"active",
	"tests",
];
const WEEK = 7;
/** How far back an area's last value may stand in for its silence when a week is compared. */
const LOOK_BACK = 28;

export interface FiguresRequest extends KpiRequest {
	indicator: IndicatorKey;
}

/** One indicator of one area on one day. */
export function figures(
	db: Database.Database,
	{ indicator, ...request }: FiguresRequest,
): Kpi {
	return figuresOf(db, request, indicator);
}

/** The figures of the areas directly below an area. */
export function table(
	db: Database.Database,
	{ indicator, ...request }: FiguresRequest,
): AreaTable {
	return {
		indicator,
		area: request.area,
		day: request.day,
		completeness: completeness(db, request, indicator),
		rows: childrenOf(db, request.area).map((area) =>
			figuresOf(db, { ...request, area }, indicator),
		),
	};
}

export interface KpiRequest {
	area: number;
	day: Day;
	asKnownOn: Day | null;
}

/** What one area counts on one day, and the change over seven days. */
export function kpis(db: Database.Database, request: KpiRequest): Kpi[] {
	return SHOWN.map((key) => figuresOf(db, request, key));
}

function figuresOf(
	db: Database.Database,
	request: KpiRequest,
	key: IndicatorKey,
): Kpi {
	const { day, asKnownOn } = request;
	const area = knownArea(db, request.area);
	const from = Math.min(daysOfDataset(db).firstDay, day);
	const read = (key: IndicatorKey): Map<Day, Cell> =>
		cells(db, indicatorByKey(key).id, area.id, from, day, asKnownOn);
	const confirmed = read("confirmed");
	const recovered = read("recovered");
	const deaths = read("deaths");
	{
		const series = {
			confirmed: () => confirmed,
			recovered: () => recovered,
			deaths: () => deaths,
			active: () => activeCells(confirmed, recovered, deaths),
			odp: () => read(key),
			pdp: () => read(key),
			otg: () => read(key),
			tests: () => read(key),
		}[key]();
		const now = series.get(day);
		const value = now?.value ?? null;
		return {
			indicator: key,
			value,
			lastReported: lastReported(series),
			week: {
				measure: indicatorByKey(key).kind === "cumulative" ? "new7" : "change7",
				value:
					key === "active"
						? activeChange(db, request, confirmed, recovered, deaths)
						: change(db, key, request, series),
				corrected: null,
				per100k: null,
				coveredDays: 0,
				marks: 0,
				whole: true,
			},
			area: area.id,
			day,
			whole: true,
			people: area.population,
			sourceChange: null,
			completeness: completeness(db, request, key),
			per100k:
				value === null || !area.population
					? null
					: (value * 100_000) / area.population,
			marks: now?.marks ?? 0,
			reporting: now?.reporting ?? null,
			expected: now?.expected ?? null,
		};
	}
}

function completeness(
	db: Database.Database,
	{ area, day, asKnownOn }: KpiRequest,
	key: IndicatorKey,
): Completeness {
	const below = areas(db).filter(
		(one) => one.parent === area && !one.unknownPlace,
	);
	const missing = below.filter(
		({ id }) =>
			cells(db, indicatorByKey(key).id, id, day, day, asKnownOn).get(day)
				?.value == null,
	);
	return {
		reporting: below.length - missing.length,
		expected: below.length,
		missing: missing.map(({ id }) => id),
		peopleShare: null,
		lastDay: null,
	};
}

function lastReported(series: Map<Day, Cell>): Kpi["lastReported"] {
	let last: Kpi["lastReported"] = null;
	for (const { day, value } of series.values())
		if (value !== null && (last === null || day > last.day))
			last = { day, value };
	return last;
}

/**
 * The change over seven days. Null when a value is missing or the two come from different sources; like for like when one of the two
 * is a sum with a silent area.
 */
function change(
	db: Database.Database,
	key: IndicatorKey,
	{ area, day, asKnownOn }: KpiRequest,
	series: Map<Day, Cell>,
): number | null {
	const now = series.get(day);
	const before = series.get(day - WEEK);
	if (now?.value == null || before?.value == null) return null;
	if (originOf(now) !== originOf(before)) return null;
	if (!isSum(now) || (!isPartial(now) && !isPartial(before)))
		return now.value - before.value;
	let sum = 0;
	for (const child of childrenOf(db, area)) {
		const known = cells(
			db,
			indicatorByKey(key).id,
			child,
			day - WEEK - LOOK_BACK,
			day,
			asKnownOn,
		);
		const latest = lastOnOrBefore(known, day);
		const earlier = lastOnOrBefore(known, day - WEEK);
		if (latest && earlier && originOf(latest) === originOf(earlier))
			sum += (latest.value as number) - (earlier.value as number);
	}
	return sum;
}

function activeChange(
	db: Database.Database,
	request: KpiRequest,
	confirmed: Map<Day, Cell>,
	recovered: Map<Day, Cell>,
	deaths: Map<Day, Cell>,
): number | null {
	const parts = [
		change(db, "confirmed", request, confirmed),
		change(db, "recovered", request, recovered),
		change(db, "deaths", request, deaths),
	];
	if (parts.includes(null)) return null;
	const [more, healed, died] = parts as number[];
	return more - healed - died;
}

function lastOnOrBefore(known: Map<Day, Cell>, day: Day): Cell | undefined {
	let last: Cell | undefined;
	for (const one of known.values())
		if (one.day <= day && one.value !== null && (!last || one.day > last.day))
			last = one;
	return last;
}
