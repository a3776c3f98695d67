/** How nowcasts of past days did: each made from what was known on its day, against what is known now. */

import type { Day } from "../series/day.ts";
import { type NowcastDay, type NowcastOptions, nowcast } from "./nowcast.ts";
import { type Revision, reportingTriangle } from "./reporting-triangle.ts";

/** The count of an event day as known on a later day; NaN: it could no longer be told. */
export interface KnownCount extends Revision {}

/**
 * What may enter a triangle of what is known on a day. A day whose count can no longer be told teaches nothing, whatever was thought of it
 * before: it stays unreported.
 */
export function revisionsKnown(
	known: readonly KnownCount[],
	now: Day,
): Revision[] {
	const byDay = Map.groupBy(
		known.filter(({ asOf }) => asOf <= now),
		({ eventDay }) => eventDay,
	);
	return [...byDay.values()].flatMap((list) => {
		const inOrder = list.toSorted((a, b) => a.asOf - b.asOf);
		return Number.isNaN(inOrder.at(-1)?.count)
			? []
			: inOrder.filter(({ count }) => !Number.isNaN(count));
	});
}

/** The last day on which anything was told: days do not get more complete while nobody tells. Undefined of nothing. */
export function lastTold(revisions: readonly Revision[]): Day | undefined {
	return revisions.reduce<Day | undefined>(
		(last, { asOf }) => Math.max(last ?? asOf, asOf),
		undefined,
	);
}

export interface ScoredNowcast {
	eventDay: Day;
	/** Days from the event to the day of the nowcast. */
	lag: number;
	observed: number;
	estimate: number;
	low: number;
	high: number;
	/** What is known now that its longest delay has passed. */
	came: number;
}

export interface NowcastScore {
	scored: number;
	/** Share of them in the interval. */
	coverage: number;
	/** Mean distance of the estimate from what came, and of what had been reported by then. */
	absoluteError: number;
	reportedError: number;
}

/**
 * Nowcasts made on each of some past days of the days before it.
 * @param origins days on which they are made
 * @param lags of which days before each
 */
export function pastNowcasts(
	known: readonly KnownCount[],
	{
		firstDay,
		now,
		longestDelay,
	}: { firstDay: Day; now: Day; longestDelay: number },
	origins: readonly Day[],
	lags: readonly number[],
	options: NowcastOptions = {},
): ScoredNowcast[] {
	const came = new Map<Day, number>();
	for (const { eventDay, count } of revisionsKnown(known, now).toSorted(
		(a, b) => a.asOf - b.asOf,
	))
		came.set(eventDay, count);
	return origins.flatMap((origin) => {
		const revisions = revisionsKnown(known, origin);
		const { triangle } = reportingTriangle(revisions, {
			firstDay,
			now: lastTold(revisions) ?? origin,
			longestDelay,
		});
		const days: NowcastDay[] = nowcast(triangle, options);
		return lags.flatMap((lag): ScoredNowcast[] => {
			const eventDay = origin - lag;
			const one = days[eventDay - firstDay];
			const final = came.get(eventDay);
			return one?.status !== "estimated" ||
				final === undefined ||
				eventDay + longestDelay > now
				? []
				: [
						{
							eventDay,
							lag,
							observed: one.observed,
							estimate: one.estimate,
							low: one.low,
							high: one.high,
							came: final,
						},
					];
		});
	});
}

/** @returns null when nothing could be scored */
export function scoreOfNowcasts(
	past: readonly ScoredNowcast[],
): NowcastScore | null {
	const mean = (value: (one: ScoredNowcast) => number) =>
		past.reduce((sum, one) => sum + value(one), 0) / past.length;
	return past.length === 0
		? null
		: {
				scored: past.length,
				coverage: mean(({ low, high, came }) =>
					came >= low && came <= high ? 1 : 0,
				),
				absoluteError: mean(({ estimate, came }) => Math.abs(estimate - came)),
				reportedError: mean(({ observed, came }) => Math.abs(observed - came)),
			};
}
