import type { MarkColours } from "./mark-value-extension.ts";
import type { MapColours } from "./palettes.ts";
import { rgbFromHex } from "./palettes.ts";

/**
 * The colours of marks: as the lines of the map, with the casing that sets these apart from every colour of a palette; below zero in one
 * that no palette begins with.
 */
export function markColours(ground: MapColours): MarkColours {
	const line = rgbFromHex(ground.selectedLine);
	return {
		fill: [...line, 0.24],
		line: [...line, 0.95],
		below: [255, 94, 58, 0.95],
		missing: [...ground.noData[1], 0.95],
		casing: [...rgbFromHex(ground.selectedCasing), 0.95],
	};
}
