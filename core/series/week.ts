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
	/** Marks of the figure (quality/rule). */
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
	const weeks = noWeeks(share.length);
	for (let day = 0; day < share.length; day++) {
		let sum = 0;
		let covered = 0;
		let found = 0;
		let broken = false;
		let corrected = Number.NaN;
		for (let of = Math.max(0, day - WEEK + 1); of <= day; of++) {
			if (Number.isNaN(share[of]))
				broken ||= (marks[of] & MARKS.sourceChanged) !== 0;
			else {
				sum += share[of];
				covered++;
				found |= marks[of];
			}
			if (!Number.isNaN(correction[of]))
				corrected = Number.isNaN(corrected)
					? correction[of]
					: corrected + correction[of];
		}
		weeks.covered[day] = covered;
		if (day > last) continue;
		weeks.corrected[day] = corrected;
		if (broken) weeks.marks[day] = MARKS.sourceChanged;
		else if (covered >= FEWEST_DAYS_OF_WEEK) {
			weeks.value[day] = wholeIfItIs(sum);
			weeks.marks[day] =
				found |
				(covered < WEEK ? MARKS.shortWeek : 0) |
				(Number.isNaN(corrected) ? 0 : MARKS.correction);
		}
	}
	return weeks;
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
 */
export function endsOverWeek(
	value: ArrayLike<number>,
	origin: ArrayLike<number>,
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
