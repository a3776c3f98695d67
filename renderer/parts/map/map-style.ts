import type {
	ExpressionSpecification,
	GeoJSONSourceSpecification,
	Map as MapLibre,
	StyleSpecification,
} from "maplibre-gl";
import { cssColour, type MapColours } from "./palettes.ts";

/** Ids of the line layers; the coloured areas are drawn below the first. */
export const FIRST_LINE_LAYER = "district-lines" as const;
export const REGENCY_LINES = "regency-lines" as const;

/** Below this, which draws nothing, lies what is not a figure. */
export const ABOVE_GROUND = "above-ground";

const EMPTY: GeoJSONSourceSpecification = {
	type: "geojson",
	data: { type: "FeatureCollection", features: [] },
};

/** Fine lines fade where they would cover what they divide. */
export const REGENCY_LINE_OPACITY: ExpressionSpecification = [
	"interpolate",
	["linear"],
	["zoom"],
	3,
	0.45,
	7,
	0.9,
];

/** About six kilometres at any size: two files of one land border lie that far apart at most. */
const BORDER_WIDTH: ExpressionSpecification = [
	"interpolate",
	["exponential", 2],
	["zoom"],
	3,
	0.6,
	13,
	0.6 * 2 ** 10,
];

/** Widths of the lines in pixels, where a letter is as high as on a screen of 1920 x 1080. */
const LINE_WIDTHS: Readonly<
	Record<string, number | readonly [far: number, near: number]>
> = {
	[FIRST_LINE_LAYER]: [0.1, 0.6],
	[REGENCY_LINES]: [0.35, 1.2],
	"neighbour-lines": [0.6, 1.2],
	"province-lines": [0.6, 1.6],
	"hovered-line": 1.6,
	"summed-casing": 4.4,
	"summed-line": 2,
	"selected-casing": 5,
	"selected-line": 2.4,
};

/** Lines grow with everything else: on a wall of 3840 x 2160 they take the pixels that are there. */
export function setLineWidths(map: MapLibre, factor: number): void {
	for (const layer of Object.keys(LINE_WIDTHS))
		map.setPaintProperty(layer, "line-width", lineWidth(layer, factor));
}

function lineWidth(layer: string, factor: number) {
	const width = LINE_WIDTHS[layer];
	return typeof width === "object"
		? ([
				"interpolate",
				["linear"],
				["zoom"],
				3,
				width[0] * factor,
				7,
				width[1] * factor,
			] as ExpressionSpecification)
		: width && width * factor;
}

/** Whether anything of a source has been drawn; until then its tiles are neither made nor waited for. */
const UNSEEN = { visibility: "none" } as const;

/** Draws a source from now on. */
export function drawSource(map: MapLibre, source: string): void {
	for (const layer of map.getStyle().layers)
		if ("source" in layer && layer.source === source)
			map.setLayoutProperty(layer.id, "visibility", "visible");
}

/**
 * A style without any server: sea, outlines, and nothing to fetch. Each source draws from the moment in which there is something in it
 * (`drawSource`).
 * @param factor by which lines are wider than on a screen of 1920 x 1080
 */
export function mapStyle(
	colours: MapColours,
	factor: number,
): StyleSpecification {
	const paint = paintOf(colours);
	const line = (
		id: keyof Omit<typeof paint, "sea" | "neighbours" | "archive-ground">,
		source: string,
	) => {
		const width = lineWidth(id, factor);
		return {
			id,
			type: "line",
			source,
			paint: { ...paint[id], ...(width && { "line-width": width }) },
			layout: UNSEEN,
		} as const;
	};
	const round = { ...UNSEEN, "line-join": "round" } as const;
	return {
		version: 8,
		// At once: a sheet is printed from the first picture in other colours.
		transition: { duration: 0, delay: 0 },
		sources: {
			neighbours: EMPTY,
			"neighbour-lines": EMPTY,
			"land-border": EMPTY,
			"archive-ground": EMPTY,
			districts: EMPTY,
			regencies: EMPTY,
			provinces: EMPTY,
			hovered: EMPTY,
			summed: EMPTY,
			selected: EMPTY,
		},
		layers: [
			{ id: "sea", type: "background", paint: paint.sea },
			{
				id: "neighbours",
				type: "fill",
				source: "neighbours",
				paint: paint.neighbours,
				layout: UNSEEN,
			},
			line("land-border", "land-border"),
			line("neighbour-lines", "neighbour-lines"),
			{
				id: "archive-ground",
				type: "fill",
				source: "archive-ground",
				paint: paint["archive-ground"],
				layout: UNSEEN,
			},
			{
				id: ABOVE_GROUND,
				type: "background",
				layout: { visibility: "none" },
			},
			line(FIRST_LINE_LAYER, "districts"),
			line(REGENCY_LINES, "regencies"),
			line("province-lines", "provinces"),
			{ ...line("hovered-line", "hovered"), layout: round },
			{ ...line("summed-casing", "summed"), layout: round },
			{ ...line("summed-line", "summed"), layout: round },
			{ ...line("selected-casing", "selected"), layout: round },
			{ ...line("selected-line", "selected"), layout: round },
		],
	};
}

/** Draws the same in the colours of another room. */
export function recolour(map: MapLibre, colours: MapColours): void {
	for (const [layer, paint] of Object.entries(paintOf(colours)))
		for (const [property, value] of Object.entries(paint))
			if (property.endsWith("-color"))
				map.setPaintProperty(layer, property, value);
}

function paintOf(colours: MapColours) {
	return {
		sea: { "background-color": cssColour(colours.sea) },
		neighbours: { "fill-color": colours.neighbour },
		"archive-ground": { "fill-color": colours.neighbour },
		"land-border": {
			"line-color": colours.neighbour,
			"line-width": BORDER_WIDTH,
		},
		"neighbour-lines": { "line-color": colours.neighbourLine },
		[FIRST_LINE_LAYER]: {
			"line-color": colours.regencyLine,
			"line-opacity": REGENCY_LINE_OPACITY,
		},
		[REGENCY_LINES]: {
			"line-color": colours.regencyLine,
			"line-opacity": REGENCY_LINE_OPACITY,
		},
		"province-lines": {
			"line-color": colours.provinceLine,
			"line-opacity": 0.75,
		},
		"hovered-line": { "line-color": colours.selectedLine },
		// Dashed: several areas that are taken together are not the one that is chosen.
		"summed-casing": {
			"line-color": colours.selectedCasing,
			"line-opacity": 0.7,
		},
		"summed-line": {
			"line-color": colours.selectedLine,
			"line-dasharray": [2.4, 1.4],
		},
		"selected-casing": {
			"line-color": colours.selectedCasing,
			"line-opacity": 0.7,
		},
		"selected-line": { "line-color": colours.selectedLine },
	} as const satisfies Record<string, Paint>;
}

type Paint =
	| { "background-color": string }
	| { "fill-color": string }
	| {
			"line-color": string;
			"line-opacity"?: number | ExpressionSpecification;
			"line-dasharray"?: [number, number];
			"line-width"?: ExpressionSpecification;
	  };
