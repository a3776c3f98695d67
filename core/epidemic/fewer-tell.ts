/** Windows in which fewer tell than in the days before, so that an R of them would show who reports instead of who falls ill. */

import type { SerialInterval } from "./serial-interval.ts";

/** By how much R may come out too low because fewer tell. */
export const MOST_TOO_LOW = 0.05;

/**
 * Which windows these are. R of a window is its cases over those that were there to infect them: where the cases of fewer people are counted in the
 * window than in the days that infected it, it comes out too low by the ratio of the two. People of whom nothing was counted yet are no fewer: an
 * area that begins to report does not count here.
 * @param people those of whom new cases are known, area-major (areas x days), NaN where not known how many; 0: of nobody, which is no window
 * @param windowDays days of a window
 * @returns area-major, 1 at the last day of such a window
 */
export function fewerTell(
	people: Float64Array,
	days: number,
	windowDays: number,
	interval: SerialInterval,
): Uint8Array {
	const fewer = new Uint8Array(people.length);
	const before = new Float64Array(days);
	for (let from = 0; from < people.length; from += days) {
		const of = people.subarray(from, from + days);
		// Of most areas as many tell on every day.
		if (!of.some((value, day) => day > 0 && value < (of[day - 1] ?? 0)))
			continue;
		for (let day = 0; day < days; day++) before[day] = infecting(of, day);
		for (let last = windowDays - 1; last < days; last++) {
			let [now, then] = [0, 0];
			for (let day = last - windowDays + 1; day <= last; day++) {
				now += of[day] ?? 0;
				then += before[day] ?? 0;
			}
			if (now > 0 && now < (1 - MOST_TOO_LOW) * then) fewer[from + last] = 1;
		}
	}
	return fewer;

	/** People of whom was told when those of a day were infected. */
	function infecting(of: Float64Array, day: number): number {
		let [sum, weight] = [0, 0];
		for (let k = 1; k < interval.length && k <= day; k++) {
			const told = of[day - k] ?? 0;
			if (told === 0) continue;
			sum += (interval[k] ?? 0) * told;
			weight += interval[k] ?? 0;
		}
		return weight > 0 ? sum / weight : (of[day] ?? 0);
	}
}
