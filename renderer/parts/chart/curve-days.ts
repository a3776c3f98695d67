import type { Series } from "../../../core/api/figures.ts";
import {
	type Day,
	firstDayOfMonth,
	monthOf,
} from "../../../core/series/day.ts";
import {
	indicatorByKey,
	isIndicatorKey,
} from "../../../core/series/indicator.ts";

/** Days one after another on which the same is the case, both ends included. */
export interface Stretch {
	readonly from: Day;
	readonly to: Day;
	/** `missing`: others before and after it are reported; `ahead`: nothing is reported from it on. */
	readonly kind: "missing" | "ahead";
}

/** What the curve of a series is drawn of: what is new on each day, and of a state what it is. */
export function curveValues(series: Series): readonly (number | null)[] {
	return isState(series) ? series.value : series.daily;
}

/** Whether a series is the state of each day, which has no new counts. */
export function isState({ indicator }: Series): boolean {
	return (
		isIndicatorKey(indicator) && indicatorByKey(indicator).kind !== "cumulative"
	);
}

/** The days without a report: a day that nobody reported is a gap and no zero, and what is to come is neither. */
export function silentStretches(series: Series): Stretch[] {
	const last = series.value.findLastIndex((value) => value !== null);
	const found: Stretch[] = [];
	series.value.forEach((value, index) => {
		if (value !== null) return;
		const day = series.firstDay + index;
		const kind = index > last ? "ahead" : "missing";
		const before = found.at(-1);
		if (before?.kind === kind && before.to === day - 1)
			found[found.length - 1] = { ...before, to: day };
		else found.push({ from: day, to: day, kind });
	});
	return found;
}

/** First days of months, at most so many. */
export function monthsBetween(first: Day, last: Day, most: number): Day[] {
	const months: Day[] = [];
	for (let month = monthOf(first) + 1; month <= monthOf(last); month++)
		months.push(firstDayOfMonth(month));
	const every = Math.max(1, Math.ceil(months.length / most));
	return months.filter((_, at) => at % every === 0);
}
