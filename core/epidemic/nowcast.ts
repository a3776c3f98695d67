/**
 * Nowcast: how many events of the last days will be known once all reports are in.
 *
 * Method: Lawless 1994, Can J Stat 22:15-31, the closed form known as the chain ladder when all rows are used. Assumes
 * that reporting delays of the recent past hold today: a backlog day, a holiday or a changed portal breaks it.
 * Variance: both terms, N(N+1)/W^4 V(W) + N(1-W)/W^2 (R's surveillance 1.20.3 prints the second term alone), and beside them what
 * delays differ from day to day beyond chance, N̂² τ². Where offices rest on Sundays the delays are those of the weekday of the event:
 * with one distribution for all of them the 95 % interval of the simulated country held the later count on 39 % of days.
 */

import { weekday } from "../series/day.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";
import {
	ModelInputError,
	requireCounts,
	requireNumber,
} from "./input-error.ts";
import {
	LONGEST_DELAY,
	type ReportingTriangle,
	wholeDays,
} from "./reporting-triangle.ts";

export type NowcastOptions = {
	/** How many of the last event days the delay distribution is learnt from; at least the longest delay. Default all. */
	window?: number;
	/** Least share of the day's events that must be in for an estimate. Default 0.15. */
	minimumCompleteness?: number;
	/** Coverage of the interval, default 0.95. */
	level?: number;
	/** Default by weekday. */
	delays?: Delays;
};

/** Whether delays are learnt for each weekday of the event (drawn towards those of all days where few events tell), or are alike for all. */
export type Delays = "by-weekday" | "alike";

const WEEK = 7;
/** So many events with the delays of all days are reckoned to those of a weekday. */
const DRAWN_BY = 50;
/** Days on which all delays are seen without which weekdays are not told apart: each twice. */
const TOLD_APART_FROM = 2 * WEEK;

export const MINIMUM_COMPLETENESS = 0.15;

/** Why a day has no nowcast. */
export type NowcastReason =
	/** Nothing reported yet for the day: zero times any factor says nothing. */
	| "no-reports"
	/** Too small a share is expected to be in. */
	| "too-incomplete"
	/** No past day shows how many reports are still to come. */
	| "delay-unknown";

/** One event day. */
export type NowcastDay = {
	/** Events reported so far. */
	observed: number;
	/** Estimated share of the day's events that has been reported (NaN when the delays are unknown). */
	completeness: number;
} & (
	| {
			status: "estimated";
			estimate: number;
			variance: number;
			/** Interval of the level asked for; never below what is already reported. */
			low: number;
			high: number;
	  }
	| { status: "not-estimable"; reason: NowcastReason }
);

/** Reverse-time hazards of the delays: g[x] = P(delay = x | delay <= x). */
export type DelayHazards = {
	/** Events with delay x, over the days for which x is already observable. */
	events: Float64Array;
	/** Events with delay <= x, over the same days. */
	atRisk: Float64Array;
	/** events / atRisk; g[0] = 1; NaN where nothing is at risk. */
	hazard: Float64Array;
};

function requireTriangle(triangle: ReportingTriangle): void {
	requireNumber(
		"longest delay",
		triangle.longestDelay,
		`a whole number of days, 0 to ${LONGEST_DELAY}`,
		(x) => Number.isInteger(x) && x >= 0 && x <= LONGEST_DELAY,
	);
	for (const [day, row] of triangle.counts.entries()) {
		if (row.length !== triangle.longestDelay + 1)
			throw new ModelInputError(
				`triangle[${day}]`,
				`${row.length} delays`,
				`${triangle.longestDelay + 1} delays (0 to ${triangle.longestDelay})`,
			);
		requireCounts(`triangle[${day}]`, row);
	}
}

/**
 * Learns the delays from a triangle.
 * @param window how many of the last event days are used besides the current one; default all
 * @param only of event days on this weekday alone
 */
export function delayHazards(
	triangle: ReportingTriangle,
	window = Number.POSITIVE_INFINITY,
	only?: number,
): DelayHazards {
	requireTriangle(triangle);
	const { counts, firstDay, longestDelay } = triangle;
	const now = counts.length - 1;
	const events = new Float64Array(longestDelay + 1);
	const atRisk = new Float64Array(longestDelay + 1);
	const hazard = new Float64Array(longestDelay + 1).fill(Number.NaN);
	for (let day = firstLearnt(triangle, window); day <= now; day++) {
		if (only !== undefined && weekday(firstDay + day) !== only) continue;
		let upTo = Number.NaN;
		for (let delay = 0; delay <= Math.min(longestDelay, now - day); delay++) {
			const count = counts[day]?.[delay] ?? Number.NaN;
			if (Number.isNaN(upTo)) {
				upTo = count;
				// Of a first report that came late it is not known when its events would have been in: later ones are held against it.
				if (delay > 0 || Number.isNaN(count)) continue;
			} else {
				// A report that did not come in time is unknown, not zero: the day teaches nothing beyond that delay.
				if (Number.isNaN(count)) break;
				upTo += count;
			}
			events[delay] = events[delay] + count;
			atRisk[delay] = atRisk[delay] + upTo;
		}
	}
	hazard[0] = 1;
	for (let delay = 1; delay <= longestDelay; delay++)
		if (atRisk[delay] > 0) hazard[delay] = events[delay] / atRisk[delay];
	return { events, atRisk, hazard };
}

/** The first event day (index) that delays are learnt from. */
function firstLearnt(
	{ counts, longestDelay }: ReportingTriangle,
	window = Number.POSITIVE_INFINITY,
): number {
	if (!(window >= longestDelay))
		throw new ModelInputError(
			"window",
			window,
			`at least the longest delay, ${longestDelay} days`,
		);
	return Math.max(0, counts.length - 1 - window);
}

/** The closed form for every event day, before any rule says whether it may be shown. */
export type LawlessColumns = {
	/** Events reported so far. */
	observed: Float64Array;
	/** W: estimated share of the day's events that is reported by now; NaN when no past day tells. */
	completeness: Float64Array;
	/** observed / W. */
	estimate: Float64Array;
	variance: Float64Array;
};

/**
 * What a delay is worth that no past day could show: unknown, and with it every day that still waits for it; or "none",
 * as R's surveillance takes it, which reads silence as completeness and is meant for comparison with it.
 */
export type UnseenDelays = "unknown" | "none";

/** What is learnt of event days that are so many days old: W, and Σ g/(N_x(1-g)) over the delays that have not passed. */
export interface LearntDelays {
	share: Float64Array;
	spread: Float64Array;
}

/** The shares of a day's events that are known within 0, 1, 2, … days, and how sure that is. */
export function learntDelays(
	{ hazard, atRisk }: Pick<DelayHazards, "hazard" | "atRisk">,
	unseenDelays: UnseenDelays = "unknown",
): LearntDelays {
	const longestDelay = hazard.length - 1;
	const learnt = {
		share: new Float64Array(longestDelay + 1),
		spread: new Float64Array(longestDelay + 1),
	};
	for (let elapsed = 0; elapsed <= longestDelay; elapsed++) {
		let share = 1;
		let spread = 0;
		for (let delay = elapsed + 1; delay <= longestDelay; delay++) {
			const g = hazard[delay];
			if (Number.isNaN(g) && unseenDelays === "none") continue;
			share *= 1 - g;
			spread += g / (atRisk[delay] * (1 - g));
		}
		learnt.share[elapsed] = share;
		learnt.spread[elapsed] = spread;
	}
	return learnt;
}

/** The delays of the event days of each weekday, from Sunday on: drawn towards those of all days by some events of these. */
function delaysByWeekday(
	triangle: ReportingTriangle,
	window: number | undefined,
): LearntDelays[] {
	const all = delayHazards(triangle, window);
	return Array.from({ length: WEEK }, (_, only) => {
		const { events, atRisk } = delayHazards(triangle, window, only);
		const drawnBy = all.atRisk.map((events) => Math.min(DRAWN_BY, events));
		const drawn = atRisk.map((own, delay) => own + drawnBy[delay]);
		return learntDelays({
			atRisk: drawn,
			hazard: events.map((own, delay) =>
				drawn[delay] > 0
					? (own + drawnBy[delay] * all.hazard[delay]) / drawn[delay]
					: Number.NaN,
			),
		});
	});
}

/**
 * How much counts lie from what the delays tell of them beyond chance, for event days that are so many days old: τ², of the square of the
 * count. By moments, over the days of which all delays have passed.
 * @param parameters how many delay distributions were learnt from them
 */
function excessOf(
	triangle: ReportingTriangle,
	window: number | undefined,
	ofDay: (day: number) => LearntDelays,
	parameters: number,
): Float64Array {
	const whole = wholeDays(triangle)
		.slice(firstLearnt(triangle, window))
		.flatMap((one) => one ?? []);
	return Float64Array.from(
		{ length: triangle.longestDelay + 1 },
		(_, elapsed) => {
			let beyond = 0;
			let squares = 0;
			let days = 0;
			for (const { day, row, first, events } of whole) {
				const share = ofDay(day - triangle.firstDay).share[elapsed];
				if (!(share > 0) || events === 0 || elapsed < first) continue;
				let known = 0;
				for (let delay = 0; delay <= elapsed; delay++) known += row[delay];
				beyond +=
					(events - known / share) ** 2 - (events * (1 - share)) / share;
				squares += events ** 2;
				days++;
			}
			return days > parameters && beyond > 0
				? ((beyond / squares) * days) / (days - parameters)
				: 0;
		},
	);
}

/**
 * Lawless' estimate and its full variance for every event day of a triangle, as plain columns.
 * Days with nothing observed give 0 here; `nowcast` says what may be shown.
 * @param window see `delayHazards`
 */
export function lawlessColumns(
	triangle: ReportingTriangle,
	window?: number,
	unseenDelays: UnseenDelays = "unknown",
): LawlessColumns {
	const learnt = learntDelays(delayHazards(triangle, window), unseenDelays);
	return columnsBy(triangle, () => learnt);
}

function columnsBy(
	{ counts, longestDelay }: ReportingTriangle,
	ofDay: (day: number) => LearntDelays,
): LawlessColumns {
	const days = counts.length;
	const columns: LawlessColumns = {
		observed: new Float64Array(days),
		completeness: new Float64Array(days),
		estimate: new Float64Array(days),
		variance: new Float64Array(days),
	};
	for (const [day, row] of counts.entries()) {
		const elapsed = Math.min(days - 1 - day, longestDelay);
		let observed = 0;
		for (let delay = 0; delay <= elapsed; delay++) {
			const count = row[delay];
			if (!Number.isNaN(count)) observed += count;
		}
		const learnt = ofDay(day);
		const share = learnt.share[elapsed];
		columns.observed[day] = observed;
		columns.completeness[day] = share;
		columns.estimate[day] = observed / share;
		// V(W) / W^4 = spread / W^2, which stays finite where W^4 would underflow.
		columns.variance[day] =
			(observed * (observed + 1) * learnt.spread[elapsed] +
				observed * (1 - share)) /
			share ** 2;
	}
	return columns;
}

/**
 * Nowcasts every event day of a triangle.
 * @returns one value per event day, oldest first. A day for which all delays have passed is returned as reported,
 * with variance 0; a day that was never reported, or a recent day with nothing reported yet, is "not estimable", never 0.
 * @throws ModelInputError for negative counts, ragged rows, a window shorter than the longest delay
 */
export function nowcast(
	triangle: ReportingTriangle,
	options: NowcastOptions = {},
): NowcastDay[] {
	const minimum = options.minimumCompleteness ?? MINIMUM_COMPLETENESS;
	const level = options.level ?? 0.95;
	requireNumber("level", level, "between 0 and 1", (x) => x > 0 && x < 1);
	requireNumber(
		"minimum completeness",
		minimum,
		"between 0 and 1",
		(x) => x >= 0 && x <= 1,
	);
	const z = normalQuantile((1 + level) / 2);
	const { window } = options;
	const { counts, firstDay, longestDelay } = triangle;
	const alike = learntDelays(delayHazards(triangle, window));
	const byWeekday =
		(options.delays ?? "by-weekday") === "by-weekday" &&
		Math.min(counts.length, (window ?? counts.length) + 1) - longestDelay >=
			TOLD_APART_FROM
			? delaysByWeekday(triangle, window)
			: null;
	const ofDay = (day: number) => byWeekday?.[weekday(firstDay + day)] ?? alike;
	const columns = columnsBy(triangle, ofDay);
	const excess = excessOf(triangle, window, ofDay, byWeekday?.length ?? 1);
	return counts.map((row, day) => {
		const observed = columns.observed[day];
		const completeness = columns.completeness[day];
		const complete = counts.length - 1 - day >= longestDelay;
		const reason = complete
			? everReported(row)
				? undefined
				: "no-reports"
			: reasonAgainst(observed, completeness, minimum);
		if (reason)
			return { observed, completeness, status: "not-estimable", reason };
		const estimate = columns.estimate[day];
		const elapsed = Math.min(counts.length - 1 - day, longestDelay);
		const variance = columns.variance[day] + excess[elapsed] * estimate ** 2;
		const half = z * Math.sqrt(variance);
		return {
			observed,
			completeness,
			status: "estimated",
			estimate,
			variance,
			// What is reported already is certain: the interval cannot go below it.
			low: Math.max(observed, estimate - half),
			high: estimate + half,
		};
	});
}

function everReported(row: ArrayLike<number>): boolean {
	return Array.from(row).some((count) => !Number.isNaN(count));
}

function reasonAgainst(
	observed: number,
	completeness: number,
	minimum: number,
): NowcastReason | undefined {
	if (Number.isNaN(completeness)) return "delay-unknown";
	if (observed === 0) return "no-reports";
	// Below a millionth the factor says nothing, whatever least completeness was asked for.
	if (completeness < Math.max(minimum, 1e-6)) return "too-incomplete";
	return undefined;
}

/** Age-to-age factors of the chain ladder: events known after x + 1 days over events known after x days. */
export function chainLadderFactors(hazards: DelayHazards): Float64Array {
	return hazards.hazard.slice(1).map((g) => 1 / (1 - g));
}
