import type {
	ExpressionSpecification,
	GeoJSONSourceSpecification,
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
				"line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.35, 7, 1.2],
			},
		},
		{
			id: "province-lines",
			type: "line",
			source: "provinces",
			paint: {
				"line-color": "#c9d4df",
				"line-opacity": 0.75,
				"line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.6, 7, 1.6],
			},
		},
		{
			id: "hovered-line",
			type: "line",
			source: "hovered",
			layout: { "line-join": "round" },
			paint: { "line-color": "#ffffff", "line-width": 1.6 },
		},
		{
			id: "selected-casing",
			type: "line",
			source: "selected",
			layout: { "line-join": "round" },
			paint: { "line-color": "#05080b", "line-width": 5, "line-opacity": 0.7 },
		},
		{
			id: "selected-line",
			type: "line",
			source: "selected",
			layout: { "line-join": "round" },
			paint: { "line-color": "#ffffff", "line-width": 2.4 },
		},
	],
};
