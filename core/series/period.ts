import { type Day, dayFromIso, isoFromDay } from "./day.ts";
import { type IndicatorKey, indicatorByKey } from "./indicator.ts";
import { daysSince, type Ending, lastDays } from "./week.ts";

/**
 * Of which days the figure of a day is. `day`: new on that day alone (of a state: what it is). `last`: new over so many days that end on it.
 * `since`: new from a day on. `all`: everything up to it, as reported.
 */
export type Period =
	| { readonly kind: "day" }
	| { readonly kind: "last"; readonly days: number }
	| { readonly kind: "since"; readonly from: Day }
	| { readonly kind: "all" };

/** Most days of a moving period: two months. */
export const LONGEST_PERIOD = 60;

/** Writes a period as it stands in an address: `day`, `7d`, `2020-04-10`, `all`. */
export function textOfPeriod(period: Period): string {
	switch (period.kind) {
		case "last":
			return `${period.days}d`;
		case "since":
			return isoFromDay(period.from);
		default:
			return period.kind;
	}
}

/** Reads what `textOfPeriod` writes; undefined for anything else. */
export function periodFromText(text: string): Period | undefined {
	if (text === "day" || text === "all") return { kind: text };
	const days = Number(/^([1-9]\d?)d$/.exec(text)?.[1]);
	if (days <= LONGEST_PERIOD) return { kind: "last", days };
	const from = dayFromIso(text);
	return from === undefined ? undefined : { kind: "since", from };
}

/** The first of the days that the figure of a day is of. */
export function firstDayOf(period: Period, day: Day, firstDay: Day): Day {
	switch (period.kind) {
		case "day":
			return day;
		case "last":
			return Math.max(firstDay, day - period.days + 1);
		case "since":
			return Math.max(firstDay, period.from);
		case "all":
			return firstDay;
	}
}

/** Whether an indicator has figures of a period: a state of the day is not counted over days. */
export function hasPeriod(indicator: IndicatorKey, period: Period): boolean {
	return (
		indicatorByKey(indicator).kind === "cumulative" ||
		period.kind === "day" ||
		period.kind === "all"
	);
}

/** The period that is shown of an indicator where one is asked for: a state is of its day alone, and covers no others. */
export function periodShown(indicator: IndicatorKey, asked: Period): Period {
	return indicatorByKey(indicator).kind === "cumulative"
		? asked
		: { kind: "day" };
}

/**
 * The days of a period of new counts, by place in a series.
 * @returns null where the figure is not one over days: of the day alone, or as reported
 */
export function endingOf(period: Period, firstDay: Day): Ending | null {
	switch (period.kind) {
		case "last":
			return lastDays(period.days);
		case "since":
			return daysSince(period.from - firstDay);
		default:
			return null;
	}
}
