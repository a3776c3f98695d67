import type { IndicatorKey } from "../../../core/series/indicator.ts";
import type { Settings } from "../../../core/workspace/settings.ts";

type Theme = Settings["theme"];

export type Rgb = readonly [red: number, green: number, blue: number];

/** Seven colours from low to high, each further from the ground than the one before. */
type Palette = readonly [
	string,
	string,
	string,
	string,
	string,
	string,
	string,
];
/** From little to much, each further from plain land than the one before. */
type Diverging = readonly [string, string, string, string];
type PaletteName = "cases" | "deaths" | "care";

/** What a map is drawn with in one kind of room. */
export interface MapColours {
	/** Land of the neighbours, between the sea and a known zero, and its coasts: of no palette, and no figure. */
	readonly neighbour: string;
	readonly neighbourLine: string;
	/** Names of seas, neighbours and places: to find one's way by, at 4.5:1 on both of the above. */
	readonly place: string;
	/** The sea, and what is dimmed outside of the chosen province fades into it. */
	readonly sea: Rgb;
	/** What a known zero looks like: plain land, so that only counts stand out. */
	readonly zero: Rgb;
	/** The two stripes of "no report": neutral greys that no palette has, always hatched, never a plain area. */
	readonly noData: readonly [Rgb, Rgb];
	/** Borders of kabupaten/kota: as the sea, which keeps neighbours of one class apart. */
	readonly regencyLine: string;
	readonly provinceLine: string;
	/** The chosen area and the one under the pointer, and what sets its line apart from the colours below. */
	readonly selectedLine: string;
	readonly selectedCasing: string;
	readonly palettes: Readonly<Record<PaletteName, Palette>>;
	/** What fell and what rose, from little to much: blue and orange, which every common kind of colour vision tells apart. */
	readonly falls: Diverging;
	readonly rises: Diverging;
}

/**
 * The colours of both kinds of rooms. Sequential palettes with steadily changing lightness, told apart by every common kind of colour
 * vision. In the dark from dark to bright: viridis and inferno of matplotlib, and "mako" of seaborn (both BSD-licensed tables), without
 * their darkest end, which would not stand out from a dark sea. In daylight from pale to dark: YlGnBu, YlOrRd and YlGn of ColorBrewer
 * (Apache-2.0), without their palest two, which would not stand out from plain land.
 */
export const MAP_COLOURS: Readonly<Record<Theme, MapColours>> = {
	dark: {
		neighbour: "#181e26",
		neighbourLine: "#3c4a58",
		place: "#8fa3b7",
		sea: [11, 16, 22],
		zero: [34, 45, 58],
		noData: [
			[58, 60, 64],
			[112, 115, 120],
		],
		regencyLine: "#0b1016",
		provinceLine: "#c9d4df",
		selectedLine: "#ffffff",
		selectedCasing: "#05080b",
		palettes: {
			cases: [
				"#46327e",
				"#365c8d",
				"#277f8e",
				"#1fa187",
				"#4ac16d",
				"#a0da39",
				"#fde725",
			],
			deaths: [
				"#4a0c6b",
				"#781c6d",
				"#a52c60",
				"#cf4446",
				"#ed6925",
				"#fb9b06",
				"#f7d13d",
			],
			care: [
				"#3b2f5e",
				"#40498e",
				"#37659e",
				"#348fa7",
				"#3eb4ad",
				"#79d6ae",
				"#def5e5",
			],
		},
		falls: ["#1d4e89", "#2f7fc4", "#6ab4ee", "#c3e3ff"],
		rises: ["#7d4310", "#bd6a14", "#f2983a", "#ffd9a6"],
	},
	light: {
		neighbour: "#e3e6e3",
		neighbourLine: "#a3b0bb",
		place: "#3d5468",
		sea: [205, 218, 230],
		zero: [252, 250, 243],
		noData: [
			[126, 130, 135],
			[190, 193, 197],
		],
		regencyLine: "#ffffff",
		provinceLine: "#1d2b38",
		selectedLine: "#14202b",
		selectedCasing: "#ffffff",
		palettes: {
			cases: [
				"#c7e9b4",
				"#7fcdbb",
				"#41b6c4",
				"#1d91c0",
				"#225ea8",
				"#253494",
				"#081d58",
			],
			deaths: [
				"#fed976",
				"#feb24c",
				"#fd8d3c",
				"#fc4e2a",
				"#e31a1c",
				"#bd0026",
				"#800026",
			],
			care: [
				"#d9f0a3",
				"#addd8e",
				"#78c679",
				"#41ab5d",
				"#238443",
				"#006837",
				"#004529",
			],
		},
		falls: ["#9ecae1", "#4292c6", "#2166ac", "#08306b"],
		rises: ["#fdc27d", "#f58b32", "#c64f05", "#6f2104"],
	},
};

const PALETTE_OF: Record<IndicatorKey, PaletteName> = {
	confirmed: "cases",
	active: "cases",
	odp: "cases",
	pdp: "cases",
	otg: "cases",
	suspek: "cases",
	probable: "cases",
	"kontak-erat": "cases",
	"blc-count": "cases",
	deaths: "deaths",
	recovered: "care",
	tests: "care",
};

/** The colours of an indicator from low to high. */
export function paletteOf(
	indicator: IndicatorKey,
	colours: MapColours,
): readonly Rgb[] {
	return colours.palettes[PALETTE_OF[indicator]].map(rgbFromHex);
}

/** Land below kecamatan, of which nothing is asked: neither sea nor a zero. */
export function noAreaColour({ sea, zero }: MapColours): Rgb {
	return sea.map((part, at) =>
		Math.round(part + ((zero[at] ?? 0) - part) * 0.45),
	) as unknown as Rgb;
}

export function rgbFromHex(hex: string): Rgb {
	const value = Number.parseInt(hex.slice(1), 16);
	return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function cssColour([red, green, blue]: Rgb): string {
	return `rgb(${red} ${green} ${blue})`;
}

/** CSS of the hatching of "no report", the same in the legend as on the map. */
export function noDataCss({ noData: [one, other] }: MapColours): string {
	return `repeating-linear-gradient(135deg, ${cssColour(one)} 0 0.19rem, ${cssColour(other)} 0.19rem 0.38rem)`;
}
