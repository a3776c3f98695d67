import {
	NOWCAST_DAYS,
	NOWCAST_LEAST_DAYS,
	NOWCAST_LONGEST_DELAY,
	type Nowcast,
	type NowcastIndicator,
	type ToldNowcast,
} from "../../../core/api/nowcast.ts";
import { type NowcastDay, nowcast } from "../../../core/epidemic/nowcast.ts";
import {
	type KnownCount,
	pastNowcasts,
	revisionsKnown,
	scoreOfNowcasts,
} from "../../../core/epidemic/past-nowcast.ts";
import { reportingTriangle } from "../../../core/epidemic/reporting-triangle.ts";
import type { Day } from "../../../core/series/day.ts";
import { CallStopped } from "../../../machine/thread/thread.ts";
import { Refusal } from "../query/refusal.ts";

interface Asks {
	area: number;
	indicator: NowcastIndicator;
	day: Day;
	/** The day of knowledge. */
	known: Day;
	/** Since when it is known on which day something became known. */
	from: Day;
}

/** New counts of days `from` to `to` as known on a day; null: of another publication. */
export type ReadCounts = (span: {
	from: Day;
	to: Day;
	asKnownOn: Day;
}) => Promise<Float64Array | null>;

/** Nowcasts an area from what was known on each of many days, and keeps what it read for a publication. */
export interface Nowcaster {
	/** @throws CallStopped when whoever asked wants it no more */
	nowcast(
		asked: Asks,
		publication: string,
		read: ReadCounts,
		signal: AbortSignal,
		onProgress: (done: number, of: number) => void,
	): Promise<Nowcast>;
}

/** Areas and indicators whose history is kept: some tens of kilobytes each. */
const KEPT = 60;
/** Days before its day of which a past nowcast is scored: on the day itself to a week later. */
const LAGS = [0, 1, 2, 3, 4, 5, 6] as const;
/** A day of which so great a share is in is not called one that is still coming in. */
const ALL_BUT_IN = 0.99;
/** Of which the single days are told. */
const TOLD_LAG = 1;

/**
 * It needs no thread of its own: what takes time is the reading, which the readers do day by day; the estimates of 57 days, and those of
 * five weeks of past ones, take milliseconds.
 */
export function createNowcaster(): Nowcaster {
	/** The one asked for longest ago is the first to go. */
	const kept = new Map<string, KnownCount[]>();
	return {
		async nowcast(asked, publication, read, signal, onProgress) {
			const { area, indicator, day, known } = asked;
			const answer = { area, indicator, day, known };
			if (day <= known - NOWCAST_LONGEST_DELAY)
				return {
					...answer,
					outcome: {
						status: "not-known",
						reason: "settled",
						from: asked.from,
						has: Math.max(0, known - asked.from + 1),
					},
				};
			const from = Math.max(asked.from, known - NOWCAST_DAYS);
			const key = `${publication} ${area} ${indicator} ${known}`;
			const history =
				kept.get(key) ??
				(await historyOf(from, known, read, signal, onProgress));
			kept.delete(key);
			kept.set(key, history);
			for (const oldest of kept.keys()) {
				if (kept.size <= KEPT) break;
				kept.delete(oldest);
			}
			return { ...answer, outcome: outcomeOf(history, asked) };
		},
	};
}

/** When which count of a day became known: where it is another than on the day of knowledge before. */
async function historyOf(
	from: Day,
	known: Day,
	read: ReadCounts,
	signal: AbortSignal,
	onProgress: (done: number, of: number) => void,
): Promise<KnownCount[]> {
	const history: KnownCount[] = [];
	const last = new Map<Day, number>();
	for (let asOf = from; asOf <= known; asOf++) {
		if (signal.aborted) throw new CallStopped("nowcast was stopped");
		const counts = await read({ from, to: known, asKnownOn: asOf });
		if (!counts)
			throw new Refusal(
				503,
				"changed",
				"a publication came in between: ask again",
			);
		for (let eventDay = from; eventDay <= asOf; eventDay++) {
			const count = counts[eventDay - from] ?? Number.NaN;
			if (Object.is(count, last.get(eventDay) ?? Number.NaN)) continue;
			last.set(eventDay, count);
			history.push({ eventDay, asOf, count });
		}
		onProgress(asOf - from + 1, known - from + 1);
	}
	return history;
}

/** What is told of a history of knowledge. */
export function outcomeOf(
	all: readonly KnownCount[],
	{ day, known }: Pick<Asks, "day" | "known">,
): Nowcast["outcome"] {
	// What was known at once of the days before, when the first of it came in, tells no delay.
	const firstDay = all.reduce(
		(first, { asOf }) => Math.min(first, asOf),
		Number.POSITIVE_INFINITY,
	);
	const has = Math.max(0, known - firstDay + 1);
	if (!Number.isFinite(firstDay) || has < NOWCAST_LEAST_DAYS)
		return {
			status: "not-known",
			reason: "history-too-short",
			from: Number.isFinite(firstDay) ? firstDay : null,
			has: Number.isFinite(firstDay) ? has : 0,
		};
	const history = all.filter(({ eventDay }) => eventDay >= firstDay);
	const range = {
		firstDay,
		now: known,
		longestDelay: NOWCAST_LONGEST_DELAY,
	};
	const { triangle, corrections } = reportingTriangle(
		revisionsKnown(history, known),
		range,
	);
	const estimates = nowcast(triangle);
	const days = estimates.map((one, at) =>
		dayOf(
			one,
			firstDay + at,
			Array.from(triangle.counts[at] ?? []).every(Number.isNaN),
		),
	);
	const shown = days.filter((one) => one.day <= day);
	const origins: Day[] = [];
	for (
		let origin = firstDay + NOWCAST_LEAST_DAYS - 1;
		origin <= known - NOWCAST_LONGEST_DELAY + Math.max(...LAGS);
		origin++
	)
		origins.push(origin);
	const past = pastNowcasts(history, range, origins, LAGS);
	return {
		status: "told",
		days: shown,
		coming:
			shown.find(
				({ day: one, completeness }) =>
					one > known - NOWCAST_LONGEST_DELAY &&
					(completeness === null || completeness < ALL_BUT_IN),
			)?.day ?? null,
		within: Array.from({ length: NOWCAST_LONGEST_DELAY + 1 }, (_, delay) =>
			orNull(estimates.at(-1 - delay)?.completeness),
		),
		corrections: corrections.length,
		score: scoreOfNowcasts(past),
		past: past
			.filter(({ lag }) => lag === TOLD_LAG)
			.map(({ eventDay, observed, estimate, low, high, came }) => ({
				day: eventDay,
				observed,
				estimate,
				low,
				high,
				came,
			})),
	};
}

function dayOf(
	one: NowcastDay,
	day: Day,
	isSilent: boolean,
): ToldNowcast["days"][number] {
	const completeness = orNull(one.completeness);
	const observed = isSilent ? null : one.observed;
	return one.status === "estimated"
		? {
				day,
				observed,
				completeness,
				estimate: one.estimate,
				low: one.low,
				high: one.high,
				reason: null,
			}
		: {
				day,
				observed,
				completeness,
				estimate: null,
				low: null,
				high: null,
				reason: isSilent ? "not-reported" : one.reason,
			};
}

function orNull(value: number | undefined): number | null {
	return value === undefined || Number.isNaN(value) ? null : value;
}
