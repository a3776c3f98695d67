import type { SpreadSeries } from "../../../core/api/spread.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	definitionChangeOf,
	isIndicatorKey,
} from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";

/** The width of a day and the height of the greatest value, in units of the drawing. */
export const HEIGHT = 100;

export interface TrendPath {
	/**
	 * An SVG path over `days` wide and HEIGHT high, zero or the lowest value at the bottom. A day without a value breaks it, and so does a change of
	 * source or of definition: what is not comparable is not joined.
	 */
	readonly line: string;
	/** Days that stand alone between two breaks, as lines of no length, which round ends make points. */
	readonly points: string;
	readonly days: number;
	/**
	 * The greatest value by the definition of the newest one, and the first day that had it; null where no day has one. `since`: the day of that
	 * definition, where there are values by an older one, which are not among them.
	 */
	readonly highest: {
		readonly day: Day;
		readonly value: number;
		readonly since: Day | null;
	} | null;
}

/** The course of a series as a small line. */
export function trendPath(
	series: Pick<
		SpreadSeries,
		"indicator" | "period" | "firstDay" | "value" | "marks"
	>,
): TrendPath {
	const { indicator, firstDay, value } = series;
	const change =
		(isIndicatorKey(indicator) && definitionChangeOf(indicator)) || null;
	const known = value.filter((one) => one !== null);
	const lowest = Math.min(0, ...known);
	const span = Math.max(0, ...known) - lowest || 1;
	const rounded = (part: number) => Math.round(part * 10) / 10;
	/** Whether a day is joined with the one before it. */
	const isJoined = (at: number) =>
		(value[at - 1] ?? null) !== null &&
		(value[at] ?? null) !== null &&
		firstDay + at !== change &&
		!beginsAnew(series, at);
	let line = "";
	let points = "";
	value.forEach((one, at) => {
		if (one === null) return;
		const y = rounded(HEIGHT - ((one - lowest) / span) * HEIGHT);
		if (!isJoined(at) && !isJoined(at + 1)) points += `M${at + 0.5} ${y}h0`;
		else line += `${isJoined(at) ? "L" : "M"}${at + 0.5} ${y}`;
	});
	return {
		line,
		points,
		days: value.length,
		highest: highestOf(series, change),
	};
}

/**
 * Whether another source speaks from a day on. A period of several days keeps the mark for as long as the change lies in it, and begins anew
 * with the first of them.
 */
function beginsAnew(
	{ period, marks }: Pick<SpreadSeries, "period" | "marks">,
	at: number,
): boolean {
	const isMarked = (day: number) =>
		((marks[day] ?? 0) & MARKS.sourceChanged) !== 0;
	const isOfOneDay = period === "day" || period === "all";
	return isMarked(at) && (isOfOneDay || !isMarked(at - 1));
}

function highestOf(
	{
		firstDay,
		value,
		marks,
	}: Pick<SpreadSeries, "firstDay" | "value" | "marks">,
	change: Day | null,
): TrendPath["highest"] {
	const newest = firstDay + value.findLastIndex((one) => one !== null);
	const from = change !== null && newest >= change ? change - firstDay : 0;
	const since = value.some((one, at) => at < from && one !== null)
		? change
		: null;
	let highest: TrendPath["highest"] = null;
	for (let at = Math.max(from, 0); at < value.length; at++) {
		const one = value[at] ?? null;
		// New in a period over which two definitions were used: of neither of them.
		const isAcross = ((marks[at] ?? 0) & MARKS.definitionChanged) !== 0;
		if (one === null || isAcross) continue;
		if (highest === null || one > highest.value)
			highest = { day: firstDay + at, value: one, since };
	}
	return highest;
}
