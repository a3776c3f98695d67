/** A measure as it is projected with: from its day on R is changed by so many percent (−30: by 30 % less), on top of those before it. */
import type { Day } from "../series/day.ts";

export interface DatedMeasure {
	readonly day: Day;
	readonly percent: number;
}

/** Least and greatest change that one measure is given: R stays above none. */
export const LEAST_CHANGE = -95;
export const GREATEST_CHANGE = 200;
export const MOST_MEASURES = 8;

/** What R is multiplied by on each day of a horizon. A measure that began before it is already in the R of now, and changes nothing. */
export function reproductionFactors(
	measures: readonly DatedMeasure[],
	firstDay: Day,
	horizonDays: number,
): number[] {
	return Array.from({ length: horizonDays }, (_, at) =>
		measures
			.filter(({ day }) => day >= firstDay && day <= firstDay + at)
			.reduce((factor, { percent }) => factor * (1 + percent / 100), 1),
	);
}
