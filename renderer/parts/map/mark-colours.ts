import type { MarkColour, MarkColours } from "./mark-value-extension.ts";
import type { MapColours, Rgb } from "./palettes.ts";
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

/** How light a colour is to the eye, 0 to 1 (relative luminance, with the plain exponent that the shader of arcs has too). */
export function lightnessOf(colour: Rgb): number {
	const [red, green, blue] = colour.map((part) => (part / 255) ** 2.2) as [
		number,
		number,
		number,
	];
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The two colours that set something apart from any colour at all. */
export interface Edges {
	readonly light: MarkColour;
	readonly dark: MarkColour;
	/** A colour less light than this is further from the light one. */
	readonly turn: number;
}

/** The line and the casing of the chosen area as edges: between them they are far from every colour of every palette. */
export function edgesOf(ground: MapColours): Edges {
	const [dark, light] = [ground.selectedLine, ground.selectedCasing]
		.map(rgbFromHex)
		.sort((a, b) => lightnessOf(a) - lightnessOf(b)) as [Rgb, Rgb];
	// Where the contrast with both is the same (WCAG 2.2: each 0.05 lighter).
	const turn =
		Math.sqrt((lightnessOf(light) + 0.05) * (lightnessOf(dark) + 0.05)) - 0.05;
	return { light: [...light, 0.8], dark: [...dark, 0.9], turn };
}
