import { type Day, day } from "../../core/series/day.ts";

/** The first day that sources of the exercise report on: the day Indonesia announced its first cases. */
export const FIRST_DAY: Day = day("2020-03-02");

/** Days of the exercise as it is first shown; later ones are played in one at a time. */
export const OPENING_DAYS = 300;

/** The epidemic runs unseen before the first report: imported infections from late January. */
export const UNSEEN_DAYS = 36;

/** Facilities begin to report on this day of the exercise (1-based), so that the opening holds their last 120 days. */
export const FIRST_FACILITY_DAY = 181;

/** KMK 413/2020 ended ODP and PDP on 2020-07-13: this is the last day that sources report them. */
export const LAST_DAY_OF_ODP: Day = day("2020-07-12");

/** Terms of KMK 413/2020 are reported from the day after on. */
export const FIRST_DAY_OF_SUSPEK: Day = LAST_DAY_OF_ODP + 1;

/** A quantity that changes over time: straight lines between the given days, level before the first and after the last. */
export function course(
	...points: readonly (readonly [iso: string, value: number])[]
): (at: Day) => number {
	const days = points.map(([iso]) => day(iso));
	return (at) => {
		let next = 0;
		while (next < days.length && days[next] <= at) next++;
		if (next === 0) return points[0][1];
		if (next === days.length) return points[next - 1][1];
		const share = (at - days[next - 1]) / (days[next] - days[next - 1]);
		return points[next - 1][1] * (1 - share) + points[next][1] * share;
	};
}
