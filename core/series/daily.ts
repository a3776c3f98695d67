import { MARKS } from "./mark.ts";

/**
 * New cases from cumulative counts as they really come: with silent days, corrections, and values that change hands between sources.
 *
 * - A silent day (NaN) has no new count. The next report carries everything since the last one; in `daily` it stays on its own day, and
 *   `span` says how many days it covers.
 * - A fall is a correction: it is kept apart, and what was new on that day cannot be told.
 * - The first report says how many there were, not how many were new, unless it is zero.
 * - A value decided by hand (origin HELD_AGAINST_NOTHING) is no rise and no fall: the reports before and after it are held against each
 *   other, and what is new between them falls on all the days they cover.
 * - Values of different origin are never subtracted from each other: each origin continues from its own last value, unless others have
 *   told new counts in between, which its next value contains a second time.
 * - The new cases of a sum are the sum of the new cases of its areas (like for like): each area's last known value stands in for a
 *   silent day, so that silence is not a fall and the report after it is not a jump.
 * - Over several days (a week, a mean) a report after silence counts evenly for each of the days it covers: `share`.
 */
export interface NewCounts {
	/** New on the day, never negative; NaN where it cannot be told. */
	readonly daily: Float64Array;
	/** The fall on the day (negative); NaN where there was none. */
	readonly correction: Float64Array;
	/** Days that `daily` covers, counted back from its own day; 0 where `daily` is NaN. */
	readonly span: Uint16Array;
	/** What of the new counts falls on the day: an even share of the report that covers it. NaN where none does. */
	readonly share: Float64Array;
	/**
	 * Marks of `share` (core/series/mark): spread; partial where an area of a sum has none; sourceChanged on the day from which the value comes
	 * from elsewhere (of a sum: where an area has no share for that reason); definitionChanged where the share, or the correction of the day,
	 * is a difference across a change of definition.
	 */
	readonly marks: Uint16Array;
	/** 1 on days whose share is told by the areas below, else 0. */
	readonly byAreas: Uint8Array;
	/** The day of the first report when it was not zero, so that nothing can be told of it; else -1. */
	readonly untold: number;
	/** The last day with a report; -1 without any. */
	readonly last: number;
}

/** The origin of values that are held against no other, not even against one of the same origin. */
export const HELD_AGAINST_NOTHING = -1;

/**
 * New counts of one cumulative series.
 * @param value cumulative counts by day; NaN is "not reported".
 * @param origin for each day, a number naming where its value came from; one origin throughout when left out.
 * @param definedAnew the day (index) from which on the values are counted by another definition; NaN when there is none among them.
 */
export function newCounts(
	value: ArrayLike<number>,
	origin?: ArrayLike<number>,
	definedAnew = Number.NaN,
): NewCounts {
	const days = value.length;
	const counts = noCounts(days);
	const { daily, correction, span, share, marks } = counts;
	/** Where the origins that are not in turn left off, and how often new counts had been told by then. */
	const left = new Map<number, { value: number; day: number; told: number }>();
	let turn = Number.NaN;
	let before = 0;
	let beforeDay = -1;
	let told = 0;
	let untold = -1;
	let reports = 0;
	let last = -1;
	for (let day = 0; day < days; day++) {
		const now = value[day];
		if (Number.isNaN(now)) continue;
		last = day;
		const from = origin ? origin[day] : 0;
		if (from === HELD_AGAINST_NOTHING) {
			if (reports > 0) marks[day] |= MARKS.sourceChanged;
			continue;
		}
		if (from !== turn) {
			if (reports > 0) marks[day] |= MARKS.sourceChanged;
			left.set(turn, { value: before, day: beforeDay, told });
			const again = left.get(from);
			const goesOn = again !== undefined && again.told === told;
			turn = from;
			before = goesOn ? again.value : 0;
			beforeDay = goesOn ? again.day : -1;
		}
		const change = now - before;
		if (beforeDay < 0) {
			if (now === 0) {
				daily[day] = 0;
				span[day] = 1;
				share[day] = 0;
			} else if (reports === 0) untold = day;
		} else {
			told++;
			if (change < 0) {
				correction[day] = change;
				if (beforeDay < definedAnew && day >= definedAnew)
					marks[day] |= MARKS.definitionChanged;
			} else {
				daily[day] = change;
				span[day] = day - beforeDay;
				spreadOver(counts, day, definedAnew);
			}
		}
		before = now;
		beforeDay = day;
		reports++;
	}
	return { ...counts, untold, last };
}

/** Shares a report out over the days it covers. */
function spreadOver(
	{ daily, span, share, marks }: NewCounts,
	day: number,
	definedAnew: number,
): void {
	const days = span[day];
	const across = day - days < definedAnew && day >= definedAnew;
	const mark =
		(days > 1 ? MARKS.spread : 0) | (across ? MARKS.definitionChanged : 0);
	for (let back = 0; back < days; back++) {
		share[day - back] = daily[day] / days;
		marks[day - back] |= mark;
	}
}

/**
 * New counts of a sum of areas, like for like: on each day the sum over the areas for which it can be told.
 * NaN on a day on which no area can tell, and on the first day of all when areas begin with cases: the zeros of the others are not the
 * whole.
 * @param areas new counts of each area, all over the same days; `expected` is false for cases without a place.
 */
export function sumOfNewCounts(
	areas: readonly { counts: NewCounts; expected: boolean }[],
	days: number,
): NewCounts {
	const sum = noCounts(days);
	const telling = new Uint16Array(days);
	let expected = 0;
	let last = -1;
	for (const { counts, expected: isExpected } of areas) {
		if (isExpected) expected++;
		last = Math.max(last, counts.last);
		for (let day = 0; day < days; day++) {
			if (!Number.isNaN(counts.daily[day]))
				sum.daily[day] = plus(sum.daily[day], counts.daily[day]);
			if (!Number.isNaN(counts.correction[day]))
				sum.correction[day] = plus(sum.correction[day], counts.correction[day]);
			if (Number.isNaN(counts.share[day]))
				sum.marks[day] |=
					counts.marks[day] & (MARKS.sourceChanged | MARKS.definitionChanged);
			else {
				sum.share[day] = plus(sum.share[day], counts.share[day]);
				sum.marks[day] |= counts.marks[day];
				if (isExpected) telling[day]++;
			}
		}
	}
	const firstTold = sum.daily.findIndex((count) => !Number.isNaN(count));
	const firstUntold = earliest(areas.map(({ counts }) => counts.untold));
	const untold =
		firstUntold >= 0 && (firstTold < 0 || firstUntold <= firstTold)
			? firstUntold
			: -1;
	if (untold >= 0) {
		sum.daily[untold] = Number.NaN;
		sum.share[untold] = Number.NaN;
	}
	let told = untold;
	for (let day = 0; day < days; day++) {
		if (!Number.isNaN(sum.share[day]) && telling[day] < expected)
			sum.marks[day] |= MARKS.partial;
		if (Number.isNaN(sum.daily[day])) continue;
		sum.span[day] = day - told;
		told = day;
	}
	return { ...sum, untold, last };
}

/**
 * New counts of an area whose value is a sum of the areas below on some days and its own report on others. A report of its own that
 * covers days of which the areas below have told already tells nothing: its cases would count twice.
 * @param own new counts of its own series, each origin for itself.
 * @param below new counts of the sum of the areas below.
 * @param isSum for each day, whether the value shown is that sum.
 * @param definedAnew as of `newCounts`.
 */
export function joinNewCounts(
	own: NewCounts,
	below: NewCounts,
	isSum: ArrayLike<boolean | number>,
	definedAnew = Number.NaN,
): NewCounts {
	const days = own.daily.length;
	const joined = noCounts(days);
	for (let day = 0; day < days; day++) {
		const from = isSum[day] ? below : own;
		if (from === own && coversTold(own.span[day], day, below, isSum)) continue;
		joined.daily[day] = from.daily[day];
		joined.correction[day] = from.correction[day];
		joined.span[day] = from.span[day];
		if (from === own && own.span[day] > 0) spreadOver(joined, day, definedAnew);
	}
	for (let day = 0; day < days; day++) {
		if (isSum[day] || Number.isNaN(joined.share[day])) {
			joined.share[day] = below.share[day];
			joined.marks[day] = below.marks[day];
			joined.byAreas[day] = Number.isNaN(below.share[day]) ? 0 : 1;
		}
		joined.marks[day] |= own.marks[day] & MARKS.sourceChanged;
		if (!Number.isNaN(joined.correction[day]))
			joined.marks[day] |=
				(isSum[day] ? below : own).marks[day] & MARKS.definitionChanged;
	}
	const untold = earliest([
		own.untold >= 0 && !isSum[own.untold] ? own.untold : -1,
		below.untold >= 0 && isSum[below.untold] ? below.untold : -1,
	]);
	return { ...joined, untold, last: own.last };
}

function coversTold(
	span: number,
	day: number,
	below: NewCounts,
	isSum: ArrayLike<boolean | number>,
): boolean {
	for (let back = 1; back < span; back++)
		if (isSum[day - back] && below.span[day - back] > 0) return true;
	return false;
}

/** The earliest of some days, -1 standing for none. */
function earliest(days: readonly number[]): number {
	return days.reduce(
		(first, day) => (day >= 0 && (first < 0 || day < first) ? day : first),
		-1,
	);
}

function plus(sum: number, term: number): number {
	return Number.isNaN(sum) ? term : sum + term;
}

function noCounts(days: number): NewCounts {
	return {
		daily: new Float64Array(days).fill(Number.NaN),
		correction: new Float64Array(days).fill(Number.NaN),
		span: new Uint16Array(days),
		share: new Float64Array(days).fill(Number.NaN),
		marks: new Uint16Array(days),
		byAreas: new Uint8Array(days),
		untold: -1,
		last: -1,
	};
}
