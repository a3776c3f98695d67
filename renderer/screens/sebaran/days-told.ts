import type { Day } from "../../../core/series/day.ts";
import type { Cube, CubeShape } from "../../state/cube.ts";

/** On which days (1) any of some rows has a value. */
export function daysTold(
	{ header: { days }, values }: Pick<Cube<CubeShape>, "header" | "values">,
	rows: readonly number[],
): Uint8Array {
	const told = new Uint8Array(days);
	for (const row of rows)
		for (let at = 0; at < days; at++)
			if (!Number.isNaN(values[row * days + at])) told[at] = 1;
	return told;
}

/** The last told day (index) before another, else the first after it; null where there is none. */
export function nearestTold(told: Uint8Array, on: Day): number | null {
	const before = told.lastIndexOf(
		1,
		Math.min(Math.max(on, 0), told.length - 1),
	);
	const found = before >= 0 ? before : told.indexOf(1);
	return found >= 0 ? found : null;
}
