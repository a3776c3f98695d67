import type { NewCounts } from "./daily.ts";
import { MARKS } from "./mark.ts";

/** Fewest days of a week that must be covered by reports before a weekly figure is given. */
export const FEWEST_DAYS_OF_WEEK = 4;
const WEEK = 7;

/** The weekly figure of each day: of the seven days that end on it. */
export interface Weeks {
	/** NaN where there is none. */
	readonly value: Float64Array;
	/** The falls by correction within the week (negative); NaN where there was none. */
	readonly corrected: Float64Array;
	/** Days of the week that reports cover. */
	readonly covered: Uint8Array;
	/** Marks of the figure (core/series/mark). */
	readonly marks: Uint16Array;
}

/**
 * New over the seven days that end on each day: the sum of the shares of the days.
 * NaN where reports cover fewer than four of the seven days, after the last report, and across a change of source that nothing tells the
 * new counts of.
 */
export function newOverWeek({
	share,
	correction,
	marks,
	last,
}: NewCounts): Weeks {
	const days = share.length;
	const weeks = noWeeks(days);
	// Days of the week with a share, a mark, a correction: most weeks have neither of the latter, and need not be looked through for them.
	let covered = 0;
	let marked = 0;
	let corrections = 0;
	// Whole shares are added and taken away exactly; only where there are fractions is the week added up anew.
	let whole = 0;
	let fractions = 0;
	for (let day = 0; day < days; day++) {
		const come = share[day];
		if (Number.isInteger(come)) whole += come;
		else if (!Number.isNaN(come)) fractions++;
		if (!Number.isNaN(come)) covered++;
		if (marks[day] !== 0) marked++;
		if (!Number.isNaN(correction[day])) corrections++;
		const left = day - WEEK;
		if (left >= 0) {
			const gone = share[left];
			if (Number.isInteger(gone)) whole -= gone;
			else if (!Number.isNaN(gone)) fractions--;
			if (!Number.isNaN(gone)) covered--;
			if (marks[left] !== 0) marked--;
			if (!Number.isNaN(correction[left])) corrections--;
		}
		weeks.covered[day] = covered;
		if (day > last) continue;
		const from = left < 0 ? 0 : left + 1;
		if (corrections > 0)
			weeks.corrected[day] = sumOfKnown(correction, from, day);
		let found = 0;
		let broken = false;
		if (marked > 0)
			for (let of = from; of <= day; of++)
				if (!Number.isNaN(share[of])) found |= marks[of];
				else {
					// Of a day with a correction alone: it stands beside the figure.
					found |= marks[of] & MARKS.definitionChanged;
					if (marks[of] & MARKS.sourceChanged) broken = true;
				}
		if (broken) weeks.marks[day] = MARKS.sourceChanged;
		else if (covered >= FEWEST_DAYS_OF_WEEK) {
			weeks.value[day] =
				fractions === 0 ? whole : wholeIfItIs(sumOfKnown(share, from, day));
			weeks.marks[day] =
				found |
				(covered < WEEK ? MARKS.shortWeek : 0) |
				(corrections > 0 ? MARKS.correction : 0);
		}
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
		covered: new Uint8Array(days),
		marks: new Uint16Array(days),
	};
}
