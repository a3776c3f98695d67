/// <reference path="../mapshaper.d.ts" />
import type { FeatureCollection, MultiPolygon, Polygon } from "geojson";
import {
	type BorderMove,
	compareBorders,
} from "../../core/areas/border-move.ts";
import type { BoundaryLevel } from "../../core/areas/boundary-codes.ts";
import type {
	BoundaryProperties,
	BoundaryShape,
} from "../../core/areas/boundary-topology.ts";

/** A gap between neighbours that is narrower than this (metres) is none, whatever its length: kecamatan of a kota are a kilometre wide. */
export const TOLERANCE: Record<BoundaryLevel, number> = {
	regency: 300,
	district: 150,
};

export interface SharedEdges {
	shapes: BoundaryShape[];
	move: BorderMove;
	/** Areas of which nothing would be left: their land lies wholly within a smaller one. They stay as they were, and overlap it. */
	swallowed: BoundaryShape[];
}

/**
 * Gives neighbours common borders: in a file that was simplified one polygon at a time they run beside one another, with slivers of
 * nobody's and of two areas' land between them. Gaps narrower than the tolerance go to a neighbour; land that lies in two areas goes to
 * the smaller, however much it is: a kota is often drawn on top of its kabupaten, and a kabupaten formed later on top of the one it was a
 * part of (Tambrauw on Sorong).
 * @param tolerance in metres
 */
export async function shareEdges(
	shapes: readonly BoundaryShape[],
	tolerance: number,
): Promise<SharedEdges> {
	const { default: mapshaper } = await import("mapshaper");
	// A gap counts by its area times its roundness, which for a long sliver comes to that of a circle as wide as the sliver is twice.
	const area = (Math.PI * tolerance ** 2).toFixed(0);
	const written = await mapshaper.applyCommands(
		`-i shapes.json -clean gap-fill-area=${area}m2 sliver-control=1 overlap-rule=min-area -o cleaned.json format=geojson`,
		{
			"shapes.json": JSON.stringify({
				type: "FeatureCollection",
				features: shapes.map(({ geometry, properties: { code } }) => ({
					type: "Feature",
					properties: { code },
					geometry,
				})),
			}),
		},
	);
	const { features } = JSON.parse(
		String(written["cleaned.json"]),
	) as FeatureCollection<Polygon | MultiPolygon, BoundaryProperties>;
	const cleaned = new Map(
		features.map(({ geometry, properties }) => [
			properties.code,
			geometry.type === "Polygon"
				? [geometry.coordinates]
				: geometry.coordinates,
		]),
	);
	const swallowed = shapes.filter(
		({ properties }) => !cleaned.has(properties.code),
	);
	const shared = shapes.map((shape): BoundaryShape => {
		const coordinates = cleaned.get(shape.properties.code);
		return coordinates
			? { ...shape, geometry: { type: "MultiPolygon", coordinates } }
			: shape;
	});
	return { shapes: shared, move: compareBorders(shapes, shared), swallowed };
}
