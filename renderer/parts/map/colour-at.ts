import type { Day } from "../../../core/series/day.ts";
import { classOf } from "../../../core/statistics/classes.ts";
import type { Rgb } from "./palettes.ts";
import type { Colouring } from "./situation-map.ts";

/**
 * The colour of an area on a day, by the rule of the map (area-value-extension): null where nothing was reported.
 */
export function colourAt({
	cube,
	columnOf,
	bounds,
	colours,
	ground: { zero },
}: Pick<Colouring, "cube" | "columnOf" | "bounds" | "colours" | "ground">): (
	row: number,
	day: Day,
) => Rgb | null {
	const { firstDay, days } = cube.header;
	return (row, day) => {
		const from = columnOf[row] ?? -1;
		if (from < 0) return null;
		// The shader stays on the last day too.
		const at = Math.min(Math.max(day - firstDay, 0), days - 1);
		const value = cube.values[from * days + at];
		if (value === undefined || Number.isNaN(value)) return null;
		if (value <= 0) return zero;
		return colours[classOf(value, bounds)] ?? zero;
	};
}
