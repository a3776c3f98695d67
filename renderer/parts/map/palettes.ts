import type { IndicatorKey } from "../../../core/series/indicator.ts";

export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Sequential palettes with steadily rising lightness, dark to bright, told apart by every common kind of colour vision:
 * viridis and inferno of matplotlib, and "mako" of seaborn (both BSD-licensed tables), without their darkest end, which
 * would not stand out from a dark map.
 */
const PALETTES = {
	viridis: [
		"#46327e",
		"#365c8d",
		"#277f8e",
		"#1fa187",
		"#4ac16d",
		"#a0da39",
		"#fde725",
	],
	inferno: [
		"#4a0c6b",
		"#781c6d",
		"#a52c60",
		"#cf4446",
		"#ed6925",
		"#fb9b06",
		"#f7d13d",
	],
	mako: [
		"#3b2f5e",
		"#40498e",
		"#37659e",
		"#348fa7",
		"#3eb4ad",
		"#79d6ae",
		"#def5e5",
	],
} as const;

/** Number of steps of a palette. */
export const STEPS = 7;

/** What a known zero looks like: plain land, so that only counts glow. */
export const ZERO: Rgb = [34, 45, 58];

/** The two stripes of "no report": neutral greys that no palette has, always hatched, never a plain area. */
export const NO_DATA: readonly [Rgb, Rgb] = [
	[58, 60, 64],
	[112, 115, 120],
];

const PALETTE_OF: Record<IndicatorKey, keyof typeof PALETTES> = {
	confirmed: "viridis",
	active: "viridis",
	odp: "viridis",
	pdp: "viridis",
	otg: "viridis",
	suspek: "viridis",
	probable: "viridis",
	"kontak-erat": "viridis",
	deaths: "inferno",
	recovered: "mako",
	tests: "mako",
};

/** The colours of an indicator from low to high. */
export function paletteOf(indicator: IndicatorKey): readonly Rgb[] {
	return PALETTES[PALETTE_OF[indicator]].map(rgbFromHex);
}

export function rgbFromHex(hex: string): Rgb {
	const value = Number.parseInt(hex.slice(1), 16);
	return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function cssColour([red, green, blue]: Rgb): string {
	return `rgb(${red} ${green} ${blue})`;
}

/** CSS of the hatching of "no report", the same in legend, table and hover card as on the map. */
export const NO_DATA_CSS = `repeating-linear-gradient(135deg, ${cssColour(NO_DATA[0])} 0 0.19rem, ${cssColour(NO_DATA[1])} 0.19rem 0.38rem)`;
