import type { MultiLineString, MultiPolygon, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type {
	GeometryCollection,
	MultiLineString as Lines,
	Topology,
} from "topojson-specification";

/** The land of the neighbours, to fill, to outline, and to be known while names are placed. */
export interface Around {
	readonly land: MultiPolygon;
	readonly lines: MultiLineString;
	/** Where they meet the country on land: filled wider, so that no sea shows between two files. */
	readonly border: MultiLineString;
	readonly parts: readonly { readonly polygon: Position[][] }[];
}

/** @throws when the file is no TopoJSON with an object `neighbours`. */
export function readAround(file: unknown): Around {
	const topology = file as Topology<{
		neighbours: GeometryCollection;
		border: Lines;
	}>;
	if (topology?.objects?.neighbours === undefined)
		throw new Error("expected TopoJSON with an object `neighbours`");
	const { neighbours, border } = topology.objects;
	const polygons = feature(topology, neighbours).features.flatMap(
		({ geometry }) => (geometry as MultiPolygon).coordinates,
	);
	return {
		land: { type: "MultiPolygon", coordinates: polygons },
		lines: mesh(topology, neighbours),
		border: feature(topology, border).geometry,
		parts: polygons.map((polygon) => ({ polygon })),
	};
}
