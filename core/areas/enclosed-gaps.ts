import { feature, mergeArcs } from "topojson-client";
import { topology } from "topojson-server";
import type { MultiPolygon, Polygon } from "topojson-specification";
import { areaOfShape } from "./boundary-rings.ts";
import type { BoundaryProperties, BoundaryShape } from "./boundary-topology.ts";
import type { KemendagriCode } from "./codes.ts";

/** Land, or water, that areas enclose and none of them has. */
export interface EnclosedGap {
	/** Square kilometres. */
	readonly area: number;
	/** Whose borders enclose it. */
	readonly beside: readonly KemendagriCode[];
}

/** As fine as seven decimals of a degree over the country: what neighbours share they share exactly. */
const STEPS = 1e9;
const KILOMETRES_OF_DEGREE = 111.32;

/** The gaps that a map encloses, the largest first: lakes, areas without a polygon, and borders of neighbours that lie apart. */
export function enclosedGaps(shapes: readonly BoundaryShape[]): EnclosedGap[] {
	const all = { type: "FeatureCollection" as const, features: [...shapes] };
	const map = topology({ areas: all }, STEPS);
	const areas = (
		map.objects.areas as unknown as { geometries: (Polygon | MultiPolygon)[] }
	).geometries;
	const owners = new Map<number, KemendagriCode[]>();
	for (const { arcs, properties } of areas)
		for (const arc of arcs.flat(3) as number[]) {
			const own = owners.get(arc < 0 ? ~arc : arc) ?? [];
			own.push((properties as BoundaryProperties).code);
			owners.set(arc < 0 ? ~arc : arc, own);
		}
	return mergeArcs(map, areas)
		.arcs.flatMap(([, ...within]) => within)
		.map((ring) => {
			const { coordinates } = feature(map, { type: "Polygon", arcs: [ring] })
				.geometry as { coordinates: number[][][] };
			const [corners = []] = coordinates;
			const east = Math.cos(((corners[0]?.[1] ?? 0) * Math.PI) / 180);
			return {
				area: areaOfShape([[corners]]) * east * KILOMETRES_OF_DEGREE ** 2,
				beside: [
					...new Set(
						ring.flatMap((arc) => owners.get(arc < 0 ? ~arc : arc) ?? []),
					),
				].sort(),
			};
		})
		.sort((a, b) => b.area - a.area);
}
