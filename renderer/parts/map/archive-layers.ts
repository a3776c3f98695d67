import type {
	ExpressionSpecification,
	LayerSpecification,
	Map as MapLibre,
} from "maplibre-gl";
import type { DrawnArchive } from "../../../core/api/basemap.ts";
import { cssColour, type MapColours } from "./palettes.ts";

/** Id of the source, and what the ids of its layers begin with. */
export const ARCHIVE = "archive";

/** Letters of this machine: none are fetched. */
const FONT = ["sans-serif"];

/**
 * How a local file is drawn below the figures: land, water, roads and names of a vector file (schemas of Protomaps and OpenMapTiles), or
 * pictures taken back, all in the quiet colours of the land around.
 * @param factor by which letters are larger than on a screen of 1920 x 1080
 */
export function archiveLayers(
	archive: DrawnArchive,
	ground: MapColours,
	factor: number,
): LayerSpecification[] {
	const minzoom = archive.minZoom;
	if (archive.kind === "raster")
		return [
			{
				id: `${ARCHIVE}-pictures`,
				type: "raster",
				source: ARCHIVE,
				minzoom,
				paint: {
					"raster-saturation": -0.7,
					"raster-opacity": 0.75,
					"raster-fade-duration": 0,
					...(isDark(ground) && { "raster-brightness-max": 0.35 }),
				},
			},
		];
	const has = (layer: string) => archive.layers.includes(layer);
	const sea = cssColour(ground.sea);
	const of = (id: string, layer: string) =>
		({
			id: `${ARCHIVE}-${id}`,
			source: ARCHIVE,
			"source-layer": layer,
			minzoom,
		}) as const;
	const roads = has("roads") ? "roads" : "transportation";
	const names = has("places") ? "places" : "place";
	const layers: LayerSpecification[] = [];
	if (has("earth"))
		layers.push({
			...of("land", "earth"),
			type: "fill",
			paint: { "fill-color": ground.neighbour },
		});
	if (has("water"))
		layers.push({
			...of("water", "water"),
			type: "fill",
			filter: ["==", ["geometry-type"], "Polygon"],
			paint: { "fill-color": sea },
		});
	if (has(roads))
		layers.push({
			...of("roads", roads),
			type: "line",
			filter: ["==", ["geometry-type"], "LineString"],
			paint: {
				"line-color": ground.neighbourLine,
				"line-width": roadWidth(factor),
			},
		});
	if (has(names))
		layers.push({
			...of("names", names),
			type: "symbol",
			layout: {
				"text-field": ["coalesce", ["get", "name:id"], ["get", "name"]],
				"text-font": FONT,
				"text-size": NAME * factor,
			},
			paint: {
				"text-color": ground.place,
				"text-halo-color": ground.neighbour,
				"text-halo-width": 1,
			},
		});
	return layers;
}

/** Height of a name in pixels, where letters are as high as on a screen of 1920 x 1080. */
const NAME = 11;

function roadWidth(factor: number): ExpressionSpecification {
	return ["interpolate", ["linear"], ["zoom"], 5, 0.5 * factor, 12, 2 * factor];
}

/** Its roads and names grow with everything else. */
export function setArchiveSizes(map: MapLibre, factor: number): void {
	if (map.getLayer(`${ARCHIVE}-roads`))
		map.setPaintProperty(`${ARCHIVE}-roads`, "line-width", roadWidth(factor));
	if (map.getLayer(`${ARCHIVE}-names`))
		map.setLayoutProperty(`${ARCHIVE}-names`, "text-size", NAME * factor);
}

/** A file of OpenMapTiles has water and no land: its land is a box with its bounds, below the water. */
export function archiveLand({
	kind,
	layers,
	bounds: [west, south, east, north],
}: DrawnArchive): GeoJSON.Polygon | undefined {
	if (kind === "raster" || layers.includes("earth")) return undefined;
	return {
		type: "Polygon",
		coordinates: [
			[
				[west, south],
				[east, south],
				[east, north],
				[west, north],
				[west, south],
			],
		],
	};
}

function isDark({ sea: [red, green, blue] }: MapColours): boolean {
	return red + green + blue < 3 * 128;
}
