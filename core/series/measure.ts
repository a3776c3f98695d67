import type { Cube } from "./cube.ts";
import { type NewCounts, newOverWeek } from "./daily.ts";

/**
 * What a map or table may show of an indicator.
 * total: the value as reported; new7: new over the seven days that end on the day, corrections kept apart; per100k and new7per100k:
 * the same for each 100,000 inhabitants.
 */
export type MeasureKey = "total" | "per100k" | "new7" | "new7per100k";

const PEOPLE = 100_000;

/** The value as reported: areas x days, NaN is "not reported". */
export function total(cube: Cube): Float64Array {
	return cube.value;
}

/**
 * Values for each 100,000 inhabitants.
 * @param value areas x days, area-major.
 * @param population inhabitants of each area; null where not known.
 * @returns areas x days; NaN where the value or the population is not known, or the population is zero.
 */
export function per100k(
	value: Float64Array,
	population: readonly (number | null)[],
): Float64Array {
	const days = population.length === 0 ? 0 : value.length / population.length;
	const rate = new Float64Array(value.length).fill(Number.NaN);
	population.forEach((people, area) => {
		if (people === null || people <= 0) return;
		for (let i = area * days; i < (area + 1) * days; i++)
			rate[i] = (value[i] * PEOPLE) / people;
	});
	return rate;
}

/**
 * New over the seven days that end on each day.
 * @param areas new counts of each area, all over the same number of days.
 * @returns areas x days; NaN in the first six days and where reports cover fewer than four of the seven days.
 */
export function new7(areas: readonly NewCounts[], days: number): Float64Array {
	const week = new Float64Array(areas.length * days);
	areas.forEach((counts, area) => {
		week.set(newOverWeek(counts), area * days);
	});
	return week;
}

/** New over seven days for each 100,000 inhabitants; see `new7` and `per100k`. */
export function new7per100k(
	areas: readonly NewCounts[],
	days: number,
	population: readonly (number | null)[],
): Float64Array {
	return per100k(new7(areas, days), population);
}
