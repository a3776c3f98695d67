import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { paletteOf, type Rgb } from "./palettes.ts";

/** The colours of `count` classes, spread over the whole palette so that the top class is always the brightest. */
export function classColours(indicator: IndicatorKey, count: number): Rgb[] {
	const palette = paletteOf(indicator);
	if (count <= 1) return palette.slice(-1);
	return Array.from(
		{ length: count },
		(_, step) =>
			palette[Math.round((step * (palette.length - 1)) / (count - 1))] as Rgb,
	);
}
