import type { MarkColour } from "./mark-value-extension.ts";
import type { MapColours } from "./palettes.ts";
import { rgbFromHex } from "./palettes.ts";

/** The colours of marks: as the lines of the map, which stand out from every palette; below zero in one that no palette begins with. */
export function markColours(
	ground: MapColours,
): Record<"fill" | "line" | "below" | "missing", MarkColour> {
	const line = rgbFromHex(ground.selectedLine);
	return {
		fill: [...line, 0.24],
		line: [...line, 0.95],
		below: [255, 94, 58, 0.95],
		missing: [...ground.noData[1], 0.95],
	};
}
