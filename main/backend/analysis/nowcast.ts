import {
	NOWCAST_DAYS,
	NOWCAST_LEAST_DAYS,
	NOWCAST_LONGEST_DELAY,
	type Nowcast,
	type NowcastIndicator,
	type ToldNowcast,
} from "../../../core/api/nowcast.ts";
import {
	delayHazards,
	learntDelays,
	type NowcastDay,
	nowcast,
} from "../../../core/epidemic/nowcast.ts";
import {
	type KnownCount,
	lastTold,
	pastNowcasts,
	revisionsKnown,
	scoreOfNowcasts,
} from "../../../core/epidemic/past-nowcast.ts";
import {
	delaysByWeek,
	type Silence,
	weekdayEffects,
} from "../../../core/epidemic/reporting-delays.ts";
import { reportingTriangle } from "../../../core/epidemic/reporting-triangle.ts";
import type { Day } from "../../../core/series/day.ts";
import { CallStopped } from "../../../machine/thread/thread.ts";
import {
	type CountsOfAreas,
	DAY_TOLD,
	type Knowledge,
} from "../query/counts-as-known.ts";

interface Asks extends Knowledge {
	area: number;
	indicator: NowcastIndicator;
	day: Day;
}

/** New counts of days `from` to `to` as known on a day; null: of another publication. */
export type ReadCounts = (span: {
	from: Day;
	to: Day;
	asKnownOn: Day;
}) => Promise<CountsOfAreas | null>;

/** When which count of a day became known, and which days were silent as known at last. */
interface History extends Silence {
	known: readonly KnownCount[];
}
const NO_HISTORY: History = {
	known: [],
	silent: new Set(),
	shared: new Set(),
};

/** By area. */
export type Histories = ReadonlyMap<number, History>;

/** Nowcasts an area from what was known on each of many days, and keeps what it read for a publication. */
export interface Nowcaster {
	/**
	 * @returns null when another publication came in while it was read
	 * @throws CallStopped when whoever asked wants it no more
	 */
	nowcast(
		asked: Asks,
		publication: string,
		read: ReadCounts,
		signal: AbortSignal,
		onProgress: (done: number, of: number) => void,
	): Promise<Nowcast | null>;
}

/** Histories of the country that are kept: some megabytes each. Whoever goes from area to area waits once. */
const KEPT = 4;
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
	const kept = new Map<string, Histories>();
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
			const key = `${publication} ${asked.together} ${indicator} ${known}`;
			const histories =
				kept.get(key) ??
				(await historiesOf(from, known, read, signal, onProgress));
			if (!histories) return null;
			kept.delete(key);
			kept.set(key, histories);
			for (const oldest of kept.keys()) {
				if (kept.size <= KEPT) break;
				kept.delete(oldest);
			}
			return { ...answer, outcome: outcomeOf(histories, asked) };
		},
	};
}

/** When which count of a day became known: where it is another than on the day of knowledge before. */
async function historiesOf(
	from: Day,
	known: Day,
	read: ReadCounts,
	signal: AbortSignal,
	onProgress: (done: number, of: number) => void,
): Promise<Histories | null> {
	const days = known - from + 1;
	const histories = new Map<
		number,
		{ known: KnownCount[]; silent: Set<Day>; shared: Set<Day> }
	>();
	let before: Float64Array | undefined;
	for (let asOf = from; asOf <= known; asOf++) {
		if (signal.aborted) throw new CallStopped("nowcast was stopped");
		const found = await read({ from, to: known, asKnownOn: asOf });
		if (!found) return null;
		const { areas, counts, told } = found;
		for (const [at, area] of areas.entries()) {
			let history = histories.get(area);
			if (!history) {
				history = { known: [], silent: new Set(), shared: new Set() };
				histories.set(area, history);
			}
			for (let eventDay = from; eventDay <= asOf; eventDay++) {
				const cell = at * days + eventDay - from;
				const count = counts[cell] ?? Number.NaN;
				if (!Object.is(count, before?.[cell] ?? Number.NaN))
					history.known.push({ eventDay, asOf, count });
				if (asOf < known) continue;
				if (told[cell] === DAY_TOLD.not) history.silent.add(eventDay);
				else if (told[cell] === DAY_TOLD.withSilent)
					history.shared.add(eventDay);
			}
		}
		before = counts;
		onProgress(asOf - from + 1, days);
	}
	return histories;
}

/**
 * The triangle of an area from when its history began (what was known at once of the days before tells no delay) to the last day on which it
 * told anything: while it is silent its days do not get more complete.
 */
function triangleOf(
	history: readonly KnownCount[],
	firstDay: Day,
	known: Day,
): ReturnType<typeof reportingTriangle> {
	const began = beginningOf(history);
	const revisions = revisionsKnown(
		history.filter(({ eventDay }) => eventDay >= began),
		known,
	);
	return reportingTriangle(revisions, {
		firstDay,
		now: Math.max(firstDay, lastTold(revisions) ?? firstDay),
		longestDelay: NOWCAST_LONGEST_DELAY,
	});
}

/** The day on which the first of it became known; infinite when nothing did. */
function beginningOf(history: readonly KnownCount[]): Day {
	return history.reduce(
		(first, { asOf }) => Math.min(first, asOf),
		Number.POSITIVE_INFINITY,
	);
}

/** What is told of the histories of an area and of those below. */
export function outcomeOf(
	histories: Histories,
	{ area, below, day, known }: Pick<Asks, "area" | "below" | "day" | "known">,
): Nowcast["outcome"] {
	const all = histories.get(area) ?? NO_HISTORY;
	const firstDay = beginningOf(all.known);
	const since = all.known.filter(({ eventDay }) => eventDay >= firstDay);
	const last = lastTold(revisionsKnown(since, known)) ?? firstDay;
	const has = last - firstDay + 1;
	if (!Number.isFinite(firstDay) || has < NOWCAST_LEAST_DAYS)
		return {
			status: "not-known",
			reason: "history-too-short",
			from: Number.isFinite(firstDay) ? firstDay : null,
			has: Number.isFinite(firstDay) ? has : 0,
		};
	const { triangle, corrections } = triangleOf(since, firstDay, known);
	const estimates = nowcast(triangle);
	const days = Array.from({ length: known - firstDay + 1 }, (_, at) =>
		dayOf(
			estimates[at],
			firstDay + at,
			Array.from(triangle.counts[at] ?? []).every(Number.isNaN),
		),
	);
	const shown = days.filter((one) => one.day <= day);
	const past = scoredOf(since, firstDay, last);
	const awaitedFrom = last - NOWCAST_LONGEST_DELAY + 1;
	const weeks = delaysByWeek(triangle, awaitedFrom);
	return {
		status: "told",
		days: shown,
		coming:
			shown.find(
				({ day: one, completeness }) =>
					one > known - NOWCAST_LONGEST_DELAY &&
					(completeness === null || completeness < ALL_BUT_IN),
			)?.day ?? null,
		within: Array.from(learntDelays(delayHazards(triangle)).share, orNull),
		corrections: corrections.length,
		delays: {
			weeks: weeks.map((week) => week.firstDay),
			areas: [area, ...below].map((one) => {
				const own =
					one === area
						? weeks
						: delaysByWeek(
								triangleOf(
									(histories.get(one) ?? NO_HISTORY).known,
									firstDay,
									known,
								).triangle,
								awaitedFrom,
							);
				return {
					area: one,
					mean: own.map(({ mean }) => orNull(mean)),
					sameDay: own.map(({ sameDay }) => orNull(sameDay)),
				};
			}),
		},
		weekdays: weekdayEffects(triangle, all)
			.map(({ ratio, low, high, sameDay, ...one }) => ({
				...one,
				ratio: orNull(ratio),
				low: orNull(low),
				high: orNull(high),
				under: high < 1,
				sameDay: orNull(sameDay),
			}))
			.sort((a, b) => fromMonday(a.weekday) - fromMonday(b.weekday)),
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

function fromMonday(weekday: number): number {
	return (weekday + 6) % 7;
}

/** Nowcasts that were made on past days, of which all is in on the last day on which the area told anything. */
function scoredOf(
	history: readonly KnownCount[],
	firstDay: Day,
	last: Day,
): ReturnType<typeof pastNowcasts> {
	const origins: Day[] = [];
	for (
		let origin = firstDay + NOWCAST_LEAST_DAYS - 1;
		origin <= last - NOWCAST_LONGEST_DELAY + Math.max(...LAGS);
		origin++
	)
		origins.push(origin);
	return pastNowcasts(
		history,
		{ firstDay, now: last, longestDelay: NOWCAST_LONGEST_DELAY },
		origins,
		LAGS,
	);
}

function dayOf(
	one: NowcastDay | undefined,
	day: Day,
	isSilent: boolean,
): ToldNowcast["days"][number] {
	if (!one)
		return {
			day,
			observed: null,
			completeness: null,
			estimate: null,
			low: null,
			high: null,
			reason: "not-reported",
		};
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
