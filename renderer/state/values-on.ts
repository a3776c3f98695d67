import type { Day } from "../../core/series/day.ts";
import type { Cube, CubeShape } from "./cube.ts";

/** Days that are turned at once: of each area they lie beside one another in a cube, those of different areas far apart. */
const TOGETHER = 32;

/** Two days of one cube are looked at side by side. */
const KEPT = 2;

interface Turned {
	/** The first of the days that were turned, counted from the first of the cube. */
	readonly from: number;
	/** One row for each day. */
	readonly values: Float64Array;
}

/** The days of each cube that were asked for last. */
const turnedOf = new WeakMap<Cube<CubeShape>, Turned[]>();

/**
 * The values of all areas on one day, in the order of their rows (NaN: not reported), for what goes over thousands of them whenever the day
 * changes; null for a day that the cube does not have.
 */
export function valuesOn(cube: Cube<CubeShape>, day: Day): Float64Array | null {
	const { firstDay, days, areas } = cube.header;
	const at = day - firstDay;
	if (at < 0 || at >= days) return null;
	const all = turnedOf.get(cube) ?? [];
	turnedOf.set(cube, all);
	const from = at - (at % TOGETHER);
	let turned = all.find((one) => one.from === from);
	if (!turned) {
		turned = { from, values: turnedFrom(cube, from) };
		all.unshift(turned);
		all.length = Math.min(all.length, KEPT);
	}
	const start = (at - from) * areas;
	return turned.values.subarray(start, start + areas);
}

function turnedFrom(
	{ header: { days, areas }, values }: Cube<CubeShape>,
	from: number,
): Float64Array {
	const count = Math.min(TOGETHER, days - from);
	const turned = new Float64Array(areas * count);
	for (let area = 0; area < areas; area++) {
		const start = area * days + from;
		for (let day = 0; day < count; day++)
			turned[day * areas + area] = values[start + day] ?? Number.NaN;
	}
	return turned;
}
