import type {
	ExpressionSpecification,
	LayerSpecification,
	Map as MapLibre,
} from "maplibre-gl";
import type { DrawnArchive } from "../../../core/api/basemap.ts";
import type { Language } from "../../i18n/language.ts";
import { cssColour, type MapColours } from "./palettes.ts";

/** Id of the source, and what the ids of its layers begin with. */
export const ARCHIVE = "archive";

/**
 * How a local file is drawn below the figures: land, water and roads of a vector file (schemas of Protomaps and OpenMapTiles), or
 * pictures taken back, all in the quiet colours of the land around. Its names are not: below the figures they would be half covered, and above
 * them lie on those of the map; they are placed among these (`townsOf`).
 * @param factor by which lines are wider than on a screen of 1920 x 1080
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
	return layers;
}

/** A town that a file names. */
export interface Town {
	readonly text: string;
	readonly lng: number;
	readonly lat: number;
}

/** The layer of a file in which its names are; null where it has none. */
export function layerOfNames({ kind, layers }: DrawnArchive): string | null {
	return kind === "raster"
		? null
		: (["places", "place"].find((name) => layers.includes(name)) ?? null);
}

/** What the map names itself. */
const NAMED_ALREADY = /^(continent|country|state|province|region|ocean|sea)$/;

/** The towns among what a file names, the largest first, each once: tiles repeat what lies at their edges. */
export function townsOf(
	features: readonly Pick<GeoJSON.Feature, "geometry" | "properties">[],
	language: Language,
): Town[] {
	const towns = new Map<string, Town & { weight: number }>();
	for (const { geometry, properties: own } of features) {
		const text = own?.[`name:${language}`] ?? own?.name;
		if (geometry.type !== "Point" || typeof text !== "string" || text === "")
			continue;
		if (NAMED_ALREADY.test(String(own?.kind ?? own?.class))) continue;
		const [lng = 0, lat = 0] = geometry.coordinates;
		// Protomaps counts upwards with the people, OpenMapTiles downwards from 1.
		const weight = Number(own?.population_rank ?? -(own?.rank ?? 99));
		const id = `${text} ${lng.toFixed(1)} ${lat.toFixed(1)}`;
		if (!towns.has(id)) towns.set(id, { text, lng, lat, weight });
	}
	return [...towns.values()].sort((a, b) => b.weight - a.weight);
}

function roadWidth(factor: number): ExpressionSpecification {
	return ["interpolate", ["linear"], ["zoom"], 5, 0.5 * factor, 12, 2 * factor];
}

/** Its roads grow with everything else. */
export function setArchiveSizes(map: MapLibre, factor: number): void {
	if (map.getLayer(`${ARCHIVE}-roads`))
		map.setPaintProperty(`${ARCHIVE}-roads`, "line-width", roadWidth(factor));
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
