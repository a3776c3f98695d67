import type { Day } from "../../../core/series/day.ts";

/** The width of a day and the height of the greatest value, in units of the drawing. */
export const HEIGHT = 100;

export interface TrendPath {
	/**
	 * An SVG path over `days` wide and HEIGHT high, zero or the lowest value at the bottom. A day without a value breaks it.
	 */
	readonly line: string;
	/** Days that stand alone between two without a value, as lines of no length, which round ends make points. */
	readonly points: string;
	readonly days: number;
	/** The greatest value and the first day that had it; null where no day has one. */
	readonly highest: { readonly day: Day; readonly value: number } | null;
}

/** The course of a series as a small line. */
export function trendPath({
	firstDay,
	value,
}: {
	firstDay: Day;
	value: readonly (number | null)[];
}): TrendPath {
	let highest: TrendPath["highest"] = null;
	let lowest = 0;
	value.forEach((one, at) => {
		if (one === null) return;
		if (highest === null || one > highest.value)
			highest = { day: firstDay + at, value: one };
		lowest = Math.min(lowest, one);
	});
	const top = Math.max((highest as TrendPath["highest"])?.value ?? 0, 0);
	const span = top - lowest || 1;
	const rounded = (part: number) => Math.round(part * 10) / 10;
	let line = "";
	let points = "";
	value.forEach((one, at) => {
		if (one === null) return;
		const y = rounded(HEIGHT - ((one - lowest) / span) * HEIGHT);
		const before = value[at - 1] ?? null;
		const after = value[at + 1] ?? null;
		if (before === null && after === null) points += `M${at + 0.5} ${y}h0`;
		else line += `${before === null ? "M" : "L"}${at + 0.5} ${y}`;
	});
	return { line, points, days: value.length, highest };
}
