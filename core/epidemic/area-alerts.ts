/**
 * Alerts of areas: versions of a rule over figures that are each as known on their own day, so that what is raised on a day rests on
 * nothing that became known later, and stays what it was. The same for the inbox, a wall and a dry run.
 */
import type { Day } from "../series/day.ts";
import type { AlertKind, AlertRuleVersion } from "./alert-rule.ts";
import {
	type AlertState,
	NEW_ALERT_STATE,
	rollingAlerts,
} from "./rolling-alert.ts";

/** A figure of the areas of a level, area-major. NaN: not known. */
export interface AlertFigures {
	readonly firstDay: Day;
	readonly days: number;
	/** Codes of the areas. */
	readonly areas: readonly string[];
	/** What is held against the threshold. */
	readonly value: Float64Array;
	/** What it rests on: cases, beds, specimens. NaN where it rests on nothing that is counted (silence). */
	readonly size: ArrayLike<number>;
	/** What it was compared with, or made from. */
	readonly against: ArrayLike<number>;
}

/** An alert that was raised: of this rule, area and day there is one. */
export interface AreaAlert {
	readonly rule: string;
	readonly kind: AlertKind;
	readonly version: number;
	/** Code of the area. */
	readonly area: string;
	/** The day on which it was raised: the first of the episode. */
	readonly day: Day;
	readonly value: number;
	readonly size: number | null;
	readonly against: number | null;
	readonly threshold: number;
	readonly minimum: number;
	/** The last day on which it held, of those that follow without a known day on which it did not. */
	readonly until: Day;
	/** Whether it holds still: no day since on which it is known not to. */
	readonly holds: boolean;
}

/** The figure by which a version judges a day: where it rests on too little it is known not to hold. */
function judged(
	{ body }: AlertRuleVersion,
	value: number,
	size: number,
): number {
	if (Number.isNaN(value)) return value;
	return size < body.minimum ? Number.NEGATIVE_INFINITY : value;
}

/** Whether a figure is beyond a version; null: it is not known. */
export function isBeyond(
	version: AlertRuleVersion,
	value: number,
	size: number,
): boolean | null {
	return Number.isNaN(value)
		? null
		: judged(version, value, size) > version.body.threshold;
}

/** Each version with the days of which it decides: up to the day before a later one that begins there or earlier. */
export function spansOf(
	versions: readonly AlertRuleVersion[],
): { version: AlertRuleVersion; first: Day; last: Day }[] {
	const inOrder = [...versions].sort((a, b) => a.version - b.version);
	let next = Number.POSITIVE_INFINITY;
	return inOrder
		.reverse()
		.flatMap((version) => {
			const first = version.from ?? Number.NEGATIVE_INFINITY;
			const last = next - 1;
			next = Math.min(next, first);
			return first <= last ? [{ version, first, last }] : [];
		})
		.reverse();
}

/**
 * What a rule raised, oldest first.
 * @param versions of one rule
 * @param figures by kind and level
 * @param begins whether nothing came before the figures: else an area that is beyond the rule on their first day raises nothing until it is
 * known not to be, since nobody knows when that began
 */
export function areaAlerts(
	versions: readonly AlertRuleVersion[],
	figures: (kind: AlertKind, level: "province" | "regency") => AlertFigures,
	begins: boolean,
): AreaAlert[] {
	const spans = spansOf(versions).filter(({ version }) => version.body.enabled);
	const all: AreaAlert[] = [];
	/** Where the version before left each area. */
	const states = new Map<string, AlertState>();
	for (const { version, first, last } of spans) {
		const { body, rule } = version;
		const of = figures(body.kind, body.level);
		const { firstDay, days } = of;
		// Days before its own count towards days in a row, and raise nothing.
		const from = Math.max(firstDay, first - body.sustainedDays + 1);
		const to = Math.min(firstDay + days - 1, last);
		if (from > to) continue;
		for (const [row, area] of of.areas.entries()) {
			const at = row * days - firstDay;
			const values = Float64Array.from({ length: to - from + 1 }, (_, on) =>
				judged(
					version,
					of.value[at + from + on] as number,
					of.size[at + from + on] as number,
				),
			);
			const before = states.get(area) ?? {
				...NEW_ALERT_STATE,
				armed: begins || first > firstDay,
			};
			const { alerts, state } = rollingAlerts(
				{
					...{ key: rule, direction: "above" },
					threshold: body.threshold,
					sustainedDays: body.sustainedDays,
					quietDays: body.quietDays,
				},
				area,
				from,
				values,
				{ ...before, run: 0, lastDay: undefined },
			);
			states.set(area, state);
			for (const { day } of alerts) {
				if (day < first) continue;
				all.push({
					...{ rule, kind: body.kind, version: version.version, area, day },
					value: of.value[at + day] as number,
					size: orNull(of.size[at + day] as number),
					against: orNull(of.against[at + day] as number),
					...{ threshold: body.threshold, minimum: body.minimum },
					...episode(version, of, row, day),
				});
			}
		}
	}
	return all.sort(
		(a, b) => a.day - b.day || (a.area < b.area ? -1 : a.area > b.area ? 1 : 0),
	);
}

/** How long an alert held, by the version that raised it. */
function episode(
	version: AlertRuleVersion,
	{ firstDay, days, value, size }: AlertFigures,
	row: number,
	day: Day,
): Pick<AreaAlert, "until" | "holds"> {
	let until = day;
	for (let on = day + 1; on < firstDay + days; on++) {
		const at = row * days + on - firstDay;
		const beyond = isBeyond(version, value[at] as number, size[at] as number);
		if (beyond === false) return { until, holds: false };
		if (beyond) until = on;
	}
	return { until, holds: true };
}

const orNull = (value: number): number | null =>
	Number.isNaN(value) ? null : value;

/** A wave of an area: days on which its weekly incidence is at least `WAVE_FROM`, but for less than a week in a row. */
export interface Wave {
	/** Code of the area. */
	readonly area: string;
	/** The day on which it reached that; where it was under way when the figures begin, their first. */
	readonly crossed: Day;
	/** Whether it was seen to be reached. */
	readonly begun: boolean;
	/** The day of its highest week. */
	readonly peak: Day;
	/** Its last day, or that of the figures. */
	readonly last: Day;
}

/** New cases of seven days for each 100,000 people: level 3 of KMK HK.01.07/MENKES/4805/2021 and of WHO (14 June 2021). */
export const WAVE_FROM = 50;
/** A shorter stay above that is no wave, and a shorter one below it no end of one. Days. */
export const SHORTEST_WAVE = 7;
/** An alert so many days before a wave is reached foretells it; an earlier one speaks of something else. */
export const FORETELLS = 28;

/**
 * The waves of an area, with hindsight. A day without a figure ends none.
 * @param incidence new cases of seven days for each 100,000 people, by day
 */
export function wavesOf(
	area: string,
	firstDay: Day,
	incidence: ArrayLike<number>,
): Wave[] {
	const waves: Wave[] = [];
	let begin = -1;
	let begun = false;
	let peak = -1;
	let last = -1;
	let below = false;
	const end = (): void => {
		if (begin >= 0 && last - begin + 1 >= SHORTEST_WAVE)
			waves.push({
				area,
				crossed: firstDay + begin,
				begun,
				peak: firstDay + peak,
				last: firstDay + last,
			});
		begin = -1;
	};
	for (let day = 0; day < incidence.length; day++) {
		const value = incidence[day] as number;
		if (Number.isNaN(value)) continue;
		if (value < WAVE_FROM) {
			below = true;
			if (day - last >= SHORTEST_WAVE) end();
			continue;
		}
		if (begin < 0) {
			begin = day;
			begun = below;
			peak = day;
		}
		last = day;
		if (value > (incidence[peak] as number)) peak = day;
	}
	end();
	return waves;
}

/** How a rule would have done. */
export interface RuleScore {
	/** Alerts, and areas of which there were any. */
	readonly raised: number;
	readonly areas: number;
	/** Waves that were seen to be reached, and those of which an alert was raised from four weeks before up to their highest day. */
	readonly waves: number;
	readonly caught: number;
	/** Alerts that belong to no wave: neither before one nor within. Of the last four weeks that cannot be said yet. */
	readonly besides: number;
	readonly undecided: number;
	/** Days from the first alert of a caught wave to the day on which the wave was reached (below zero: after it), and to its highest day. */
	readonly beforeReached: Spread | null;
	readonly beforePeak: Spread | null;
}

export interface Spread {
	readonly low: number;
	readonly median: number;
	readonly high: number;
}

/**
 * Holds alerts against waves.
 * @param waves those of one area in order of time
 * @param lastDay up to which waves are known
 */
export function scoreOf(
	alerts: readonly Pick<AreaAlert, "area" | "day">[],
	waves: readonly Wave[],
	lastDay: Day,
): RuleScore {
	const byArea = Map.groupBy(alerts, ({ area }) => area);
	const reached: number[] = [];
	const peaks: number[] = [];
	const belonging = new Set<Pick<AreaAlert, "area" | "day">>();
	let seen = 0;
	/** By area, the last day of the wave before. */
	const ended = new Map<string, Day>();
	for (const wave of waves) {
		// What was raised within a wave speaks of it, and not of the next.
		const from = Math.max(
			wave.crossed - FORETELLS,
			(ended.get(wave.area) ?? Number.NEGATIVE_INFINITY) + 1,
		);
		ended.set(wave.area, wave.last);
		const own = (byArea.get(wave.area) ?? []).filter(
			({ day }) => day >= from && day <= wave.last,
		);
		for (const one of own) belonging.add(one);
		if (!wave.begun) continue;
		seen++;
		const first = Math.min(...own.map(({ day }) => day));
		if (first > wave.peak) continue;
		reached.push(wave.crossed - first);
		peaks.push(wave.peak - first);
	}
	const rest = alerts.filter((one) => !belonging.has(one));
	const besides = rest.filter(({ day }) => day <= lastDay - FORETELLS).length;
	return {
		raised: alerts.length,
		areas: byArea.size,
		waves: seen,
		caught: reached.length,
		besides,
		undecided: rest.length - besides,
		beforeReached: spreadOf(reached),
		beforePeak: spreadOf(peaks),
	};
}

function spreadOf(values: readonly number[]): Spread | null {
	if (values.length === 0) return null;
	const sorted = [...values].sort((a, b) => a - b);
	const at = (share: number) =>
		sorted[Math.round(share * (sorted.length - 1))] as number;
	return { low: at(0.1), median: at(0.5), high: at(0.9) };
}

/** Alerts so near to each other in an area are of the same. Days. */
const SAME_WITHIN = 7;

/** Those of some alerts of which others have none of the same area within a week. */
export function withoutMatch<A extends Pick<AreaAlert, "area" | "day">>(
	alerts: readonly A[],
	others: readonly Pick<AreaAlert, "area" | "day">[],
): A[] {
	const byArea = Map.groupBy(others, ({ area }) => area);
	return alerts.filter(
		({ area, day }) =>
			!byArea
				.get(area)
				?.some((other) => Math.abs(other.day - day) <= SAME_WITHIN),
	);
}
