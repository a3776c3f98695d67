import type {
	ExpressionSpecification,
	GeoJSONSourceSpecification,
	Map as MapLibre,
	StyleSpecification,
} from "maplibre-gl";

/** Ids of the line layers; the coloured areas are drawn below the first. */
export const FIRST_LINE_LAYER = "regency-lines";

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

/** Widths of the lines in pixels, where a letter is as high as on a screen of 1920 x 1080. */
const LINE_WIDTHS: Readonly<
	Record<string, number | readonly [far: number, near: number]>
> = {
	[FIRST_LINE_LAYER]: [0.35, 1.2],
	"province-lines": [0.6, 1.6],
	"hovered-line": 1.6,
	"selected-casing": 5,
	"selected-line": 2.4,
};

/** Lines grow with everything else: on a wall of 3840 x 2160 they take the pixels that are there. */
export function setLineWidths(map: MapLibre, factor: number): void {
	for (const [layer, width] of Object.entries(LINE_WIDTHS))
		map.setPaintProperty(
			layer,
			"line-width",
			typeof width === "number"
				? width * factor
				: [
						"interpolate",
						["linear"],
						["zoom"],
						3,
						width[0] * factor,
						7,
						width[1] * factor,
					],
		);
}

/** A style without any server: sea, outlines, and nothing to fetch. */
export const MAP_STYLE: StyleSpecification = {
	version: 8,
	sources: {
		regencies: EMPTY,
		provinces: EMPTY,
		hovered: EMPTY,
		selected: EMPTY,
	},
	layers: [
		{
			id: "sea",
			type: "background",
			paint: { "background-color": "#0b1016" },
		},
		{
			id: FIRST_LINE_LAYER,
			type: "line",
			source: "regencies",
			paint: {
				"line-color": "#0b1016",
				"line-opacity": REGENCY_LINE_OPACITY,
			},
		},
		{
			id: "province-lines",
			type: "line",
			source: "provinces",
			paint: {
				"line-color": "#c9d4df",
				"line-opacity": 0.75,
			},
		},
		{
			id: "hovered-line",
			type: "line",
			source: "hovered",
			layout: { "line-join": "round" },
			paint: { "line-color": "#ffffff" },
		},
		{
			id: "selected-casing",
			type: "line",
			source: "selected",
			layout: { "line-join": "round" },
			paint: { "line-color": "#05080b", "line-opacity": 0.7 },
		},
		{
			id: "selected-line",
			type: "line",
			source: "selected",
			layout: { "line-join": "round" },
			paint: { "line-color": "#ffffff" },
		},
	],
};
