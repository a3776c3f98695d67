import type { NewCounts } from "./daily.ts";
import { MARKS } from "./mark.ts";

/** Fewest days of a week that must be covered by reports before a weekly figure is given. */
export const FEWEST_DAYS_OF_WEEK = 4;
const WEEK = 7;

/** The figure of each day that is of several days: of the seven that end on it, or of another period. */
export interface Weeks {
	/** NaN where there is none. */
	readonly value: Float64Array;
	/** The falls by correction within the week (negative); NaN where there was none. */
	readonly corrected: Float64Array;
	/** Days of the week, or the period, that reports cover. */
	readonly covered: Uint16Array;
	/** Marks of the figure (core/series/mark). */
	readonly marks: Uint16Array;
}

/** The days that the figure of a day is of, as a rule those that end on it: where they begin (index), and how many they are. */
export interface Ending {
	/** Never falls from one day to the next; after the last where its period has not begun. */
	readonly first: (day: number) => number;
	/** Where they end, if not on the day itself; never falls from one day to the next. */
	readonly last?: (day: number) => number;
	readonly length: (day: number) => number;
}

/** The last so many days, those before the first of all included in their number. */
export function lastDays(days: number): Ending {
	return { first: (day) => Math.max(0, day - days + 1), length: () => days };
}

/** The days from one on (index, may lie before the first). */
export function daysSince(from: number): Ending {
	return {
		first: () => Math.max(0, from),
		length: (day) => day - from + 1,
	};
}

/** The days that lie between one day (index) and each other, the later of the two included: what is new from one to the other. */
export function daysApart(from: number): Ending {
	return {
		first: (day) => Math.min(day, from) + 1,
		last: (day) => Math.max(day, from),
		length: (day) => Math.abs(day - from),
	};
}

/**
 * New over the days that end on each day, seven of them or others: the sum of the shares of the days; NaN where reports cover fewer than
 * four of seven, or the same share of others, after the last report, across a change of source that nothing tells the new counts of, and before the
 * period has begun. `shortWeek` marks a figure of which reports do not cover all days.
 */
export function newOver(
	{ share, correction, marks, last }: NewCounts,
	ending: Ending,
): Weeks {
	const days = share.length;
	const weeks = noWeeks(days);
	// Days of the period with a share, a mark, a correction: most have neither of the latter, and need not be looked through for them.
	let covered = 0;
	let marked = 0;
	let corrections = 0;
	// Whole shares are added and taken away exactly; only where there are fractions are the days added up anew.
	let whole = 0;
	let fractions = 0;
	const take = (day: number, by: 1 | -1) => {
		const of = share[day];
		if (Number.isInteger(of)) whole += by * of;
		else if (!Number.isNaN(of)) fractions += by;
		if (!Number.isNaN(of)) covered += by;
		if (marks[day] !== 0) marked += by;
		if (!Number.isNaN(correction[day])) corrections += by;
	};
	let from = 0;
	let next = 0;
	for (let day = 0; day < days; day++) {
		const end = Math.min(ending.last?.(day) ?? day, days - 1);
		for (; next <= end; next++) take(next, 1);
		const first = ending.first(day);
		for (; from < first && from <= end; from++) take(from, -1);
		if (first > end) continue;
		weeks.covered[day] = covered;
		if (end > last) continue;
		if (corrections > 0)
			weeks.corrected[day] = sumOfKnown(correction, from, end);
		let found = 0;
		let broken = false;
		if (marked > 0)
			for (let of = from; of <= end; of++)
				if (!Number.isNaN(share[of])) found |= marks[of];
				else {
					// Of a day with a correction alone: it stands beside the figure.
					found |= marks[of] & MARKS.definitionChanged;
					if (marks[of] & MARKS.sourceChanged) broken = true;
				}
		const length = ending.length(day);
		if (broken) weeks.marks[day] = MARKS.sourceChanged;
		else if (covered * WEEK >= FEWEST_DAYS_OF_WEEK * length) {
			weeks.value[day] =
				fractions === 0 ? whole : wholeIfItIs(sumOfKnown(share, from, end));
			weeks.marks[day] =
				found |
				(covered < length ? MARKS.shortWeek : 0) |
				(corrections > 0 ? MARKS.correction : 0);
		}
	}
	return weeks;
}

/**
 * New on each day alone: a report after silence stands whole on its own day, as the curve draws it, with the mark `spread`, since it is of
 * several days; NaN where what is new on the day cannot be told.
 */
export function newOnDay({ daily, span, correction, marks }: NewCounts): Weeks {
	const weeks = noWeeks(daily.length);
	weeks.value.set(daily);
	weeks.corrected.set(correction);
	for (let day = 0; day < daily.length; day++) {
		const isTold = !Number.isNaN(daily[day]);
		weeks.covered[day] = isTold ? 1 : 0;
		weeks.marks[day] =
			(isTold ? marks[day] & ~MARKS.spread : marks[day] & MARKS.sourceChanged) |
			(span[day] > 1 ? MARKS.spread : 0) |
			(Number.isNaN(correction[day]) ? 0 : MARKS.correction);
	}
	return weeks;
}

function sumOfKnown(values: Float64Array, from: number, to: number): number {
	let sum = 0;
	for (let at = from; at <= to; at++) {
		const value = values[at];
		if (!Number.isNaN(value)) sum += value;
	}
	return sum;
}

/** Sixths and sevenths do not add up to a whole number in binary; where the shares of whole reports meet again, they do. */
function wholeIfItIs(sum: number): number {
	const whole = Math.round(sum);
	return Math.abs(sum - whole) < 1e-6 ? whole : sum;
}

/** Mean of the new counts of a day over the days of the week that reports cover. */
export function meanOverWeek({ value, covered }: Weeks): Float64Array {
	return value.map((sum, day) => sum / covered[day]);
}

/** The two ends of a difference to seven days before; both NaN where there is none. */
export interface Ends {
	readonly now: Float64Array;
	readonly before: Float64Array;
	readonly marks: Uint16Array;
}

/**
 * A state against that of seven days before, of one series. Values of different origin are not subtracted.
 * @param value by day; NaN is "not reported".
 * @param origin where each value came from.
 * @param definedAnew the day (index) from which on the values are counted by another definition; NaN when there is none among them.
 */
export function endsOverWeek(
	value: ArrayLike<number>,
	origin: ArrayLike<number>,
	definedAnew = Number.NaN,
): Ends {
	const ends = noEnds(value.length);
	for (let day = WEEK; day < value.length; day++) {
		const before = day - WEEK;
		if (Number.isNaN(value[day]) || Number.isNaN(value[before])) continue;
		if (origin[day] !== origin[before]) {
			ends.marks[day] = MARKS.sourceChanged;
			continue;
		}
		ends.now[day] = value[day];
		ends.before[day] = value[before];
		if (before < definedAnew && day >= definedAnew)
			ends.marks[day] |= MARKS.definitionChanged;
	}
	return ends;
}

/**
 * The same of a sum of areas, like for like: over the areas of which both ends are known.
 * @param areas `expected` is false for what has no place: in the sum, but not missed.
 */
export function sumOfEnds(
	areas: readonly { ends: Ends; expected: boolean }[],
	days: number,
): Ends {
	const sum = noEnds(days);
	const expected = areas.filter((area) => area.expected).length;
	for (let day = 0; day < days; day++) {
		let telling = 0;
		for (const { ends, expected: isExpected } of areas) {
			sum.marks[day] |= ends.marks[day];
			if (Number.isNaN(ends.now[day])) continue;
			sum.now[day] = plus(sum.now[day], ends.now[day]);
			sum.before[day] = plus(sum.before[day], ends.before[day]);
			if (isExpected) telling++;
		}
		if (telling < expected && !Number.isNaN(sum.now[day]))
			sum.marks[day] |= MARKS.partial;
	}
	return sum;
}

/** The difference of the ends as the weekly figure of a state: it has no corrections. */
export function changeOverWeek({ now, before, marks }: Ends): Weeks {
	const weeks = noWeeks(now.length);
	for (let day = 0; day < now.length; day++) {
		weeks.value[day] = now[day] - before[day];
		weeks.marks[day] = marks[day];
		if (!Number.isNaN(now[day])) weeks.covered[day] = WEEK;
	}
	return weeks;
}

function plus(sum: number, term: number): number {
	return Number.isNaN(sum) ? term : sum + term;
}

function noEnds(days: number): Ends {
	return {
		now: new Float64Array(days).fill(Number.NaN),
		before: new Float64Array(days).fill(Number.NaN),
		marks: new Uint16Array(days),
	};
}

function noWeeks(days: number): Weeks {
	return {
		value: new Float64Array(days).fill(Number.NaN),
		corrected: new Float64Array(days).fill(Number.NaN),
		covered: new Uint16Array(days),
		marks: new Uint16Array(days),
	};
}
