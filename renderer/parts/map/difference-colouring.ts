import { classOf } from "../../../core/statistics/classes.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Cube, CubeShape } from "../../state/cube.ts";
import { type MapColours, type Rgb, rgbFromHex } from "./palettes.ts";
import type { Colouring } from "./situation-map.ts";
import { colouringOf } from "./use-colouring.ts";

/**
 * The place of a difference among classes that are the same on both sides of none: from 1 for the greatest fall to twice the number of classes
 * for the greatest rise; 0 where nothing changed, NaN where there is no difference.
 * @param bounds lower bounds of the classes of what it is without its sign, rising
 */
export function differenceRank(
	value: number,
	bounds: readonly number[],
): number {
	if (Number.isNaN(value) || value === 0) return value;
	const step = classOf(Math.abs(value), bounds);
	return value < 0 ? bounds.length - step : bounds.length + 1 + step;
}

/** A cube of differences in its classes: the map is given the place of each among them, which it colours as it does any values. */
export function differenceColouring<Header extends CubeShape>(
	areas: AreaIndex,
	cube: Cube<Header>,
	bounds: readonly number[],
	ground: MapColours,
): Colouring<Header> {
	const ranks = {
		...cube,
		values: cube.values.map((value) => differenceRank(value, bounds)),
	};
	return {
		...colouringOf(
			areas,
			ranks,
			Array.from({ length: bounds.length * 2 }, (_, at) => at + 1),
			ground,
		),
		colours: differenceColours(bounds.length, ground),
	};
}

/** The colours from the greatest fall to the greatest rise; each end always stands out most. */
export function differenceColours(
	classes: number,
	{ falls, rises }: MapColours,
): Rgb[] {
	const some = (palette: readonly string[]): Rgb[] =>
		Array.from({ length: classes }, (_, step) =>
			rgbFromHex(
				palette[
					classes === 1
						? palette.length - 1
						: Math.round((step * (palette.length - 1)) / (classes - 1))
				] as string,
			),
		);
	return [...some(falls).reverse(), ...some(rises)];
}
