/**
 * A source that speaks on days of its own choosing says nothing of the days between, and nothing is known of them. So that what is looked at
 * does not vanish and come back from week to week, its last report is shown for seven days, its own included, with the mark `lastReport` and
 * the day it is of; from the eighth day on the area is not reported. It is no report of those days: nobody is counted as having reported by
 * it, nothing is new on them, and it is in no sum.
 */
export const SHOWN_DAYS = 7;

/**
 * For each day without a value the day (index) of the report that is shown for it; -1 where there is none, and on days with a value.
 * @param value by day; NaN is "not reported"
 * @param marks of the same days: a day of which anything else is known (silent, not yet known) shows nothing
 * @param isHeld whether the report of a day is of a source that speaks on days of its own choosing
 * @returns null when no day shows an earlier report
 */
export function lastReports(
	value: ArrayLike<number>,
	marks: ArrayLike<number>,
	isHeld: (day: number) => boolean,
): Int16Array | null {
	let found: Int16Array | null = null;
	let last = -1;
	for (let day = 0; day < value.length; day++) {
		if (!Number.isNaN(value[day])) {
			last = day;
			continue;
		}
		if (last < 0 || day - last >= SHOWN_DAYS) continue;
		if (marks[day] !== 0 || !isHeld(last)) continue;
		found ??= new Int16Array(value.length).fill(-1);
		found[day] = last;
	}
	return found;
}
