import { classOf } from "../../../core/statistics/classes.ts";
import type { Rgb } from "./palettes.ts";
import type { Colouring } from "./situation-map.ts";

/**
 * The colour of an area at a moment, by the rule of the map (area-value-extension): null where nothing was reported. Between two days the
 * value is between theirs; where only one of them is known, the nearer day decides.
 */
export function colourAt({
	cube,
	columnOf,
	bounds,
	colours,
	ground: { zero },
}: Pick<Colouring, "cube" | "columnOf" | "bounds" | "colours" | "ground">): (
	row: number,
	at: number,
) => Rgb | null {
	const { firstDay, days } = cube.header;
	return (row, at) => {
		const from = columnOf[row] ?? -1;
		if (from < 0) return null;
		// The shader stays on the last day too.
		const place = Math.min(Math.max(at - firstDay, 0), days - 1);
		const today = Math.floor(place);
		const part = place - today;
		const on = (day: number) => cube.values[from * days + day] ?? Number.NaN;
		const a = on(today);
		const b = on(Math.min(today + 1, days - 1));
		const mixed = a + (b - a) * part;
		const value = Number.isNaN(mixed) ? (part < 0.5 ? a : b) : mixed;
		if (Number.isNaN(value)) return null;
		if (value <= 0) return zero;
		return colours[classOf(value, bounds)] ?? zero;
	};
}
