import type { Position } from "geojson";
import { feature, mergeArcs } from "topojson-client";
import { topology } from "topojson-server";
import type { MultiPolygon, Polygon } from "topojson-specification";
import { areaOfShape } from "./boundary-rings.ts";
import type { BoundaryProperties, BoundaryShape } from "./boundary-topology.ts";
import type { KemendagriCode } from "./codes.ts";
import { contains } from "./position-in-land.ts";

/** Land, or water, that areas enclose and none of them has. */
export interface EnclosedGap {
	/** Square kilometres. */
	readonly area: number;
	/** Whose borders enclose it, and whose land lies in it. */
	readonly beside: readonly KemendagriCode[];
	/** Its own border, and those of land that lies in it. */
	readonly rings: readonly (readonly Position[])[];
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
	const groups = mergeArcs(map, areas).arcs.map((arcs) =>
		arcs.map((own) => {
			const { coordinates } = feature(map, { type: "Polygon", arcs: [own] })
				.geometry as { coordinates: Position[][] };
			const [corners = []] = coordinates;
			const east = Math.cos(((corners[0]?.[1] ?? 0) * Math.PI) / 180);
			return {
				corners,
				area: areaOfShape([[corners]]) * east * KILOMETRES_OF_DEGREE ** 2,
				owners: own.flatMap((arc) => owners.get(arc < 0 ? ~arc : arc) ?? []),
			};
		}),
	);
	const gaps = groups.flatMap(([, ...within]) =>
		within.map((hole) => ({
			hole,
			box: boxOf(hole.corners),
			land: [] as typeof within,
		})),
	);
	// Land within a gap is none of it: an island in a lake lies in the smallest ring around it that is not its own.
	const bySize = gaps.toSorted((a, b) => a.hole.area - b.hole.area);
	for (const [outer] of groups) {
		const [x = Number.NaN, y = Number.NaN] = outer?.corners[0] ?? [];
		const around = bySize.find(
			({ hole, box: [west, south, east, north] }) =>
				outer &&
				hole.area > outer.area &&
				x >= west &&
				x <= east &&
				y >= south &&
				y <= north &&
				contains([hole.corners], x, y),
		);
		if (outer) around?.land.push(outer);
	}
	return gaps
		.map(({ hole, land }) => ({
			area: land.reduce((left, { area }) => left - area, hole.area),
			beside: [
				...new Set([hole, ...land].flatMap(({ owners }) => owners)),
			].sort(),
			rings: [hole, ...land].map(({ corners }) => corners),
		}))
		.sort((a, b) => b.area - a.area);
}

/** West, south, east and north of a ring. */
function boxOf(ring: readonly Position[]): [number, number, number, number] {
	const box: ReturnType<typeof boxOf> = [180, 90, -180, -90];
	for (const [x = Number.NaN, y = Number.NaN] of ring) {
		box[0] = Math.min(box[0], x);
		box[1] = Math.min(box[1], y);
		box[2] = Math.max(box[2], x);
		box[3] = Math.max(box[3], y);
	}
	return box;
}
