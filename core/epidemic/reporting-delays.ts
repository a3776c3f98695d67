/**
 * What a reporting triangle tells of reporting itself: how late it is from week to week, and which weekdays are under-reported. Only event
 * days of which all delays have passed are looked at: of younger ones the long delays are still to come, and they would look fast.
 */

import { type Day, weekday } from "../series/day.ts";
import { studentQuantile } from "../statistics/student-quantile.ts";
import { type ReportingTriangle, wholeDays } from "./reporting-triangle.ts";

const WEEK = 7;

/** Reports of the event days of one week. */
export interface DelaysOfWeek {
	/** The first of its seven event days. */
	firstDay: Day;
	/** Events of those of its days that were reported. */
	events: number;
	/** Days from the event to its report, on average, and the share of events known on the day itself; NaN without events. */
	mean: number;
	sameDay: number;
}

/**
 * Reporting delays of each seven event days, oldest first.
 * @param until the last end before this day; default on the last day of which all delays have passed
 */
export function delaysByWeek(
	triangle: ReportingTriangle,
	until?: Day,
): DelaysOfWeek[] {
	const whole = wholeDays(triangle);
	const days =
		until === undefined ? whole.length : Math.max(0, until - triangle.firstDay);
	const weeks = Math.floor(days / WEEK);
	const start = days - weeks * WEEK;
	return Array.from({ length: weeks }, (_, week) => {
		const from = start + week * WEEK;
		let events = 0;
		let waited = 0;
		let atOnce = 0;
		for (const one of whole.slice(from, from + WEEK)) {
			if (!one) continue;
			events += one.events;
			atOnce += one.row[0] ?? 0;
			for (const [delay, count] of Array.from(one.row).entries())
				waited += delay * count;
		}
		return {
			firstDay: triangle.firstDay + from,
			events,
			mean: waited / events,
			sameDay: atOnce / events,
		};
	});
}

export interface WeekdayEffect {
	/** 0 Sunday to 6 Saturday. */
	weekday: number;
	/** Such days of which all delays have passed, and how many of them were not reported. */
	all: number;
	silent: number;
	/** How many such days the ratio is told from. */
	days: number;
	/**
	 * Counts of the weekday over the mean of the seven days around each, with an interval so wide that of seven weekdays none is off by chance
	 * in 95 % of cases; NaN where fewer than three such days tell.
	 */
	ratio: number;
	low: number;
	high: number;
	/** Share of its events that is known on the day itself; NaN without events. */
	sameDay: number;
}

/** Days of a weekday without which nothing is told of it. */
const LEAST_DAYS = 3;
/** Shared among the seven weekdays (Bonferroni). */
const ERROR = 0.05;

/** Days on which nothing was reported, and those whose report is shared out over silent days before it: what is said of both is an even share. */
export interface Silence {
	silent: ReadonlySet<Day>;
	shared: ReadonlySet<Day>;
}

const NEVER_SILENT: Silence = { silent: new Set(), shared: new Set() };

/**
 * How each weekday is reported. A weekday with an interval below 1 is under-reported: people do not fall ill by the day of the week.
 * The ratio estimator with its usual variance (Cochran 1977, Sampling Techniques, ch. 6) and Student's quantile; no less than what counts
 * differ by chance alone (Poisson): a few small counts that happen to be alike do not tell that they are never otherwise. Even shares of a report
 * that covers silent days would make silence look like a weekday as any other: they are left out, and the silent days are told.
 */
export function weekdayEffects(
	triangle: ReportingTriangle,
	silence: Silence = NEVER_SILENT,
): WeekdayEffect[] {
	const whole = wholeDays(triangle);
	return Array.from({ length: WEEK }, (_, which): WeekdayEffect => {
		const pairs: { count: number; mean: number }[] = [];
		let events = 0;
		let atOnce = 0;
		let all = 0;
		let silent = 0;
		for (const [at, one] of whole.entries()) {
			const day = triangle.firstDay + at;
			if (weekday(day) !== which) continue;
			all++;
			if (silence.silent.has(day)) silent++;
			if (!one) continue;
			events += one.events;
			atOnce += one.row[0] ?? 0;
			const around = whole.slice(Math.max(0, at - 3), at + 4);
			const known = around.filter((other) => other !== null);
			const isShare = silence.silent.has(day) || silence.shared.has(day);
			if (known.length === WEEK && !isShare)
				pairs.push({
					count: one.events,
					mean: known.reduce((sum, other) => sum + other.events, 0) / WEEK,
				});
		}
		const days = pairs.length;
		const means = pairs.reduce((sum, { mean }) => sum + mean, 0);
		const told = days >= LEAST_DAYS && means > 0;
		const ratio = told
			? pairs.reduce((sum, { count }) => sum + count, 0) / means
			: Number.NaN;
		const squares = pairs.reduce(
			(sum, { count, mean }) => sum + (count - ratio * mean) ** 2,
			0,
		);
		const half = told
			? (studentQuantile(1 - ERROR / WEEK / 2, days - 1) *
					Math.sqrt(Math.max((squares * days) / (days - 1), means))) /
				means
			: Number.NaN;
		return {
			weekday: which,
			all,
			silent,
			days,
			ratio,
			low: Math.max(0, ratio - half),
			high: ratio + half,
			sameDay: atOnce / events,
		};
	});
}
