import type { SpreadHeader } from "../../../core/api/spread.ts";
import { classesOf } from "../../../core/statistics/classes.ts";
import type { Scale } from "../../../core/statistics/scale.ts";
import type { MapColours } from "../../parts/map/palettes.ts";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { colouringOf } from "../../parts/map/use-colouring.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Cube } from "../../state/cube.ts";

/** What one of many maps is coloured by, and the rows of its cube that classes of its own are found from. */
export interface Coloured {
	readonly cube: Drawn;
	readonly rows: readonly number[];
}

type Drawn = Cube<SpreadHeader>;

/**
 * How each map is coloured. Shared: by classes found over the values of all of them; own: each by classes of what it shows. Classes that
 * somebody gave are of one indicator: shared by several they would say of deaths what was said of cases.
 */
export function coloured(
	ones: readonly Coloured[],
	areas: AreaIndex,
	ground: MapColours,
	own: boolean,
): Colouring[] {
	const cubes = [...new Set(ones.map(({ cube }) => cube))];
	const { rate = false } = cubes[0]?.header ?? {};
	const found = (scale: string, values: Float64Array) =>
		classesOf(scale as Exclude<Scale, "fixed">, values, !rate).bounds;
	if (own) {
		const made = new Map<string, Colouring>();
		return ones.map(({ cube, rows }) => {
			const key = `${cubes.indexOf(cube)} ${rows.join()}`;
			const known = made.get(key);
			if (known) return known;
			const colouring = colouringOf(
				areas,
				cube,
				cube.header.scale === "fixed"
					? cube.header.classes.bounds
					: found(cube.header.scale, valuesOf(cube, rows)),
				ground,
			);
			made.set(key, colouring);
			return colouring;
		});
	}
	const [first] = cubes;
	const bounds =
		!first || cubes.length === 1
			? (first?.header.classes.bounds ?? [])
			: found(
					first.header.scale === "fixed" ? "log" : first.header.scale,
					joined(cubes.map(({ values }) => values)),
				);
	const shared = new Map(
		cubes.map((cube) => [cube, colouringOf(areas, cube, bounds, ground)]),
	);
	return ones.map(({ cube }) => shared.get(cube) as Colouring);
}

function valuesOf(cube: Drawn, rows: readonly number[]): Float64Array {
	const { days } = cube.header;
	return joined(
		rows.map((row) => cube.values.subarray(row * days, (row + 1) * days)),
	);
}

function joined(parts: readonly Float64Array[]): Float64Array {
	const whole = new Float64Array(
		parts.reduce((sum, { length }) => sum + length, 0),
	);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
