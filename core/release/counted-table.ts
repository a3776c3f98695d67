import type { AreaCode, Level } from "../areas/codes.ts";
import { type Day, isoFromDay, weekday } from "../series/day.ts";
import type { IndicatorKey } from "../series/indicator.ts";
import { indicatorByKey } from "../series/indicator.ts";
import type { Grain } from "./recipe.ts";

/** An area of a table, and the one above it that is in the table too. */
export interface CountedArea {
	readonly code: AreaCode;
	readonly level: Level;
	readonly name: string;
	/** Place in the list of areas, before the area itself; null where nothing above is in the table. */
	readonly parent: number | null;
}

/** Counts by indicator, area and day as the dataset has them: what a release is made from, and what never leaves the house whole. */
export interface CountedTable {
	readonly indicators: readonly IndicatorKey[];
	/** Those above before those below. */
	readonly areas: readonly CountedArea[];
	/** Ascending. */
	readonly days: readonly Day[];
	/** By indicator, then area, then day; NaN: not reported, which is neither small nor withheld. */
	readonly values: Float64Array;
}

/** Where a cell of a table lies in `values`. */
export function cellAt(
	{ areas, days }: Pick<CountedTable, "areas" | "days">,
	indicator: number,
	area: number,
	day: number,
): number {
	return (indicator * areas.length + area) * days.length + day;
}

/** What a cell is called: the same in every table that has it. */
export function cellName(
	{ indicators, areas, days }: CountedTable,
	cell: number,
): string {
	const series = Math.floor(cell / days.length);
	const area = areas[series % areas.length];
	const indicator = indicators[Math.floor(series / areas.length)];
	return `${indicator} ${area?.code} ${isoFromDay(days[cell % days.length] as Day)}`;
}

/** Whether a count goes on from day to day, so that two days tell what was new in between. */
export function countsUp(indicator: IndicatorKey): boolean {
	return indicatorByKey(indicator).kind === "cumulative";
}

/** The last days of the whole periods from a day to another; a week ends on a Sunday. */
export function periodEnds(first: Day, last: Day, grain: Grain): Day[] {
	const ends: Day[] = [];
	for (let day = first; day <= last; day++)
		if (
			grain === "day" ||
			(grain === "week" && weekday(day) === 0) ||
			(grain === "month" && isoFromDay(day + 1).endsWith("-01"))
		)
			ends.push(day);
	return ends;
}
