import type { Series } from "../../../core/api/figures.ts";

/** The days that a chart shows, as ends of an axis: a day is drawn from half a day before it to half a day after. */
export interface TrendWindow {
	readonly from: number;
	readonly to: number;
}

/** No series is drawn wider than this, and nobody looks closer than a week (days). */
const LEAST_WHOLE = 14;
const LEAST = 7;

/**
 * All there is to be seen of a series: from its first report to its last, and not the whole dataset, on whose axis twenty days in spring
 * would be a thread.
 */
export function wholeWindow(series: Series): TrendWindow {
	const first = series.value.findIndex((value) => value !== null);
	const last = series.value.findLastIndex((value) => value !== null);
	const from = series.firstDay + Math.max(first, 0) - 0.5;
	const to =
		series.firstDay + (last < 0 ? series.value.length - 1 : last) + 0.5;
	const more = Math.max(0, LEAST_WHOLE - (to - from)) / 2;
	return { from: from - more, to: to + more };
}

/** The window narrower (factor below one) or wider around a day that stays where it is; within the whole. */
export function zoomed(
	window: TrendWindow,
	whole: TrendWindow,
	factor: number,
	around: number = (window.from + window.to) / 2,
): TrendWindow {
	const width = window.to - window.from;
	const next = Math.min(Math.max(width * factor, LEAST), whole.to - whole.from);
	const from = around - ((around - window.from) / width) * next;
	return within({ from, to: from + next }, whole);
}

/** The same width, some days on or back; within the whole. */
export function panned(
	window: TrendWindow,
	whole: TrendWindow,
	days: number,
): TrendWindow {
	return within({ from: window.from + days, to: window.to + days }, whole);
}

/** Moved, and where it is wider than the whole cut, so that nothing outside of it is shown. */
export function within(window: TrendWindow, whole: TrendWindow): TrendWindow {
	const width = Math.min(
		Math.max(window.to - window.from, LEAST),
		whole.to - whole.from,
	);
	const from = Math.min(Math.max(window.from, whole.from), whole.to - width);
	return { from, to: from + width };
}
