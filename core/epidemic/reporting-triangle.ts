/**
 * Reporting triangle: events by the day they happened and the delay until they were known. Built from the dated
 * revisions of a daily series, that is from "what was the count of day t, as known on day v".
 */

import { LARGEST_COUNT } from "../series/count.ts";
import { type Day, isoFromDay } from "../series/day.ts";
import { ModelInputError, requireNumber } from "./input-error.ts";

/** counts[day][delay], days oldest first, the last day is "now"; cells still in the future are ignored. */
export type ReportingTriangle = {
	firstDay: Day;
	longestDelay: number;
	counts: readonly ArrayLike<number>[];
};

/** Delays beyond a year are folded: no reporting system is learnt from longer ones. Days. */
export const LONGEST_DELAY = 366;

/** The count of one event day, as known on a later day. */
export type Revision = { eventDay: Day; asOf: Day; count: number };

/** A revision that took counts back: kept apart, because a delay cannot have a negative number of events. */
export type DownwardRevision = {
	eventDay: Day;
	asOf: Day;
	from: number;
	to: number;
};

/** A longer series has a slip in a year. */
const MOST_DAYS = 20_000;

/**
 * Builds the triangle known at the end of `now`.
 *
 * Each revision adds the difference to the count known before it, at the delay asOf - eventDay; delays beyond the
 * longest are folded into it. A revision downward is settled against the newest reports of the day (they are what
 * was taken back) and returned apart. Event days without any revision stay unreported (NaN), not 0; so do the delays before the first report of
 * a day: when what it says happened to be known is not told by silence.
 * @param revisions in any order; those after `now` or about days outside the range are left out
 * @throws ModelInputError for a negative count, a revision before its event day, two different counts for one day and date
 */
export function reportingTriangle(
	revisions: Iterable<Revision>,
	range: { firstDay: Day; now: Day; longestDelay: number },
): { triangle: ReportingTriangle; corrections: DownwardRevision[] } {
	const { firstDay, now, longestDelay } = range;
	requireNumber(
		"longest delay",
		longestDelay,
		`a whole number of days, 0 to ${LONGEST_DELAY}`,
		(x) => Number.isInteger(x) && x >= 0 && x <= LONGEST_DELAY,
	);
	if (now < firstDay)
		throw new ModelInputError(
			"now",
			isoFromDay(now),
			`a day from ${isoFromDay(firstDay)} on`,
		);
	if (now - firstDay >= MOST_DAYS)
		throw new ModelInputError(
			"now",
			isoFromDay(now),
			`a day within ${MOST_DAYS} days of ${isoFromDay(firstDay)}, the first event`,
		);
	const byDay = new Map<Day, Revision[]>();
	for (const revision of revisions) {
		const { eventDay, asOf, count } = revision;
		if (asOf > now || eventDay < firstDay || eventDay > now) continue;
		requireNumber(
			`count of ${isoFromDay(eventDay)} as known on ${isoFromDay(asOf)}`,
			count,
			"a count >= 0",
			(x) => x >= 0 && x <= LARGEST_COUNT,
		);
		if (asOf < eventDay)
			throw new ModelInputError(
				`revision of ${isoFromDay(eventDay)}`,
				`known on ${isoFromDay(asOf)}`,
				"known on the day itself or later",
			);
		const list = byDay.get(eventDay);
		if (list) list.push(revision);
		else byDay.set(eventDay, [revision]);
	}
	const corrections: DownwardRevision[] = [];
	const counts = Array.from({ length: now - firstDay + 1 }, (_, index) => {
		const eventDay = firstDay + index;
		const row = new Float64Array(longestDelay + 1);
		const history = byDay.get(eventDay);
		if (!history) return row.fill(Number.NaN);
		history.sort((a, b) => a.asOf - b.asOf);
		const first = history[0]?.asOf ?? eventDay;
		row.fill(Number.NaN, 0, Math.min(first - eventDay, longestDelay));
		let known = 0;
		let previousAsOf: Day | undefined;
		for (const { asOf, count } of history) {
			if (asOf === previousAsOf && count !== known)
				throw new ModelInputError(
					`revisions of ${isoFromDay(eventDay)} as known on ${isoFromDay(asOf)}`,
					`${known} and ${count}`,
					"one count",
				);
			previousAsOf = asOf;
			const change = count - known;
			const delay = Math.min(asOf - eventDay, longestDelay);
			if (change >= 0) row[delay] = row[delay] + change;
			else {
				corrections.push({ eventDay, asOf, from: known, to: count });
				takeBack(row, delay, -change);
			}
			known = count;
		}
		return row;
	});
	return { triangle: { firstDay, longestDelay, counts }, corrections };
}

/** Removes events from the newest delays backwards. */
function takeBack(row: Float64Array, fromDelay: number, amount: number): void {
	let left = amount;
	for (let delay = fromDelay; delay >= 0 && left > 0; delay--) {
		if (Number.isNaN(row[delay])) return;
		const taken = Math.min(left, row[delay]);
		row[delay] = row[delay] - taken;
		left -= taken;
	}
}

/** One event day of which all delays have passed. */
export interface WholeDay {
	day: Day;
	/** Events by delay; none before the first report of the day. */
	row: ArrayLike<number>;
	/** Delay of that report. */
	first: number;
	events: number;
}

/** The event days of which all delays have passed, oldest first; null: not reported, or it is not known when. */
export function wholeDays({
	firstDay,
	counts,
	longestDelay,
}: ReportingTriangle): (WholeDay | null)[] {
	return counts
		.slice(0, Math.max(0, counts.length - longestDelay))
		.map((counts, at) => {
			const first = Array.from(counts).findIndex((one) => !Number.isNaN(one));
			const row = Array.from(counts, (one, delay) => (delay < first ? 0 : one));
			const events = row.reduce((sum, one) => sum + one, 0);
			return Number.isNaN(events)
				? null
				: { day: firstDay + at, row, first, events };
		});
}
