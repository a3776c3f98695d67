import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { type MapColours, paletteOf, type Rgb } from "./palettes.ts";

/** The colours of `count` classes, spread over the whole palette so that the top class always stands out most. */
export function classColours(
	indicator: IndicatorKey,
	count: number,
	colours: MapColours,
): Rgb[] {
	const palette = paletteOf(indicator, colours);
	if (count <= 1) return palette.slice(-1);
	return Array.from(
		{ length: count },
		(_, step) =>
			palette[Math.round((step * (palette.length - 1)) / (count - 1))] as Rgb,
	);
}
