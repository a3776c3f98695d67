import type { Day } from "../../core/series/day.ts";
import { type Cube, valueAt } from "./cube.ts";

type UpperLevel = "province" | "regency";

/**
 * The first picture of real files: the last day on which anything is reported of the areas looked at, and the level that reports it there.
 * Kabupaten/kota may end in April where provinces go on to September; who opens the screen sees those and not a hatched country.
 * @param of rows of the areas in each cube
 * @param last the newest day
 * @returns null where nothing was ever reported
 */
export function openingOf(
	cubes: Readonly<Record<UpperLevel, Cube>>,
	of: Readonly<Record<UpperLevel, readonly number[]>>,
	last: Day,
): { day: Day; level: UpperLevel } | null {
	const reports = (level: UpperLevel, day: Day) =>
		of[level].some((row) => valueAt(cubes[level], row, day) !== null);
	const first = Math.min(
		cubes.regency.header.firstDay,
		cubes.province.header.firstDay,
	);
	for (let day = last; day >= first; day--)
		for (const level of ["regency", "province"] as const)
			if (reports(level, day)) return { day, level };
	return null;
}
