import type { Position } from "geojson";
import type { BoundaryShape } from "./boundary-topology.ts";
import type { KemendagriCode } from "./codes.ts";
import { contains, distanceTo } from "./position-in-land.ts";
import type { Area } from "./tree.ts";

/** Radii of a mark in degrees, the largest for which there is room near the seat: 7 km to 200 m. */
const RADII = [0.06, 0.03, 0.015, 0.008, 0.004, 0.002];
/** A mark may stand beside its seat by so many of its radii. */
const ASIDE = 3;
const CORNERS = 16;
/** A seat that lies in the water by at most this (degrees) belongs to the land beside it. */
const SHORE = 0.05;

/**
 * Draws an area without a polygon as a mark, a disc at its seat, cut out of the polygon that covers the seat: nothing lies on top of
 * anything, so the mark is coloured, pointed at and outlined like any other area, and the land it stands in stays whole around it.
 * Where no polygon covers the seat the disc stands in the sea.
 * @param seat whether the position is that of the area's own seat: only then does the polygon around it hold the area.
 * @returns the shapes with the marks among them; each mark says in whose polygon it stands, and that polygon what it holds.
 */
export function withMarks(
	shapes: readonly BoundaryShape[],
	missing: readonly Area[],
	seat: BoundaryShape["properties"]["mark"],
): BoundaryShape[] {
	const made = [...shapes];
	for (const area of missing) {
		const code = area.code as KemendagriCode;
		const home = coveredBy(made, area);
		const mark: BoundaryShape["properties"] = {
			code,
			mark: seat,
			...(home && { within: home.shape.properties.code }),
		};
		const place = home && placeIn(home.rings, area);
		const ring = disc(place ?? { x: area.lng, y: area.lat, radius: RADII[0] });
		made.push({
			type: "Feature",
			properties: mark,
			geometry: { type: "MultiPolygon", coordinates: [[ring]] },
		});
		if (!home) continue;
		const { shape, rings } = home;
		const { properties, geometry } = shape;
		made[made.indexOf(shape)] = {
			...shape,
			properties:
				seat === "seat"
					? { ...properties, holds: [...(properties.holds ?? []), code] }
					: properties,
			geometry: {
				type: "MultiPolygon",
				coordinates: geometry.coordinates.map((own) =>
					own === rings && place ? [...own, ring.toReversed()] : own,
				),
			},
		};
	}
	return made;
}

interface Home {
	shape: BoundaryShape;
	/** The one polygon of it. */
	rings: Position[][];
}

/** The polygon that covers a seat, else the nearest at its shore; none out at sea. A mark is nobody's home. */
export function coveredBy(
	shapes: readonly BoundaryShape[],
	{ lng, lat }: Area,
): Home | undefined {
	let best: Home | undefined;
	let nearest = SHORE;
	for (const shape of shapes) {
		if (shape.properties.mark) continue;
		for (const rings of shape.geometry.coordinates) {
			if (contains(rings, lng, lat)) return { shape, rings };
			if (!mayBeNear(rings, lng, lat)) continue;
			const away = distanceTo(rings, lng, lat);
			if (away >= nearest) continue;
			nearest = away;
			best = { shape, rings };
		}
	}
	return best;
}

function mayBeNear([outer = []]: Position[][], x: number, y: number): boolean {
	let [west, south, east, north] = [180, 90, -180, -90];
	for (const [lng = 0, lat = 0] of outer) {
		west = Math.min(west, lng);
		east = Math.max(east, lng);
		south = Math.min(south, lat);
		north = Math.max(north, lat);
	}
	return (
		x > west - SHORE &&
		x < east + SHORE &&
		y > south - SHORE &&
		y < north + SHORE
	);
}

interface Place {
	x: number;
	y: number;
	radius: number;
}

/** The place nearest to a seat where a disc has room inside a polygon; undefined where the smallest has none. */
function placeIn(rings: Position[][], { lng, lat }: Area): Place | undefined {
	for (const radius of RADII) {
		const step = radius / 2;
		const steps = Math.ceil((ASIDE * radius) / step);
		const around: [number, number][] = [];
		for (let i = -steps; i <= steps; i++)
			for (let j = -steps; j <= steps; j++) around.push([i * step, j * step]);
		around.sort(
			([ax, ay], [bx, by]) => Math.hypot(ax, ay) - Math.hypot(bx, by),
		);
		for (const [dx, dy] of around) {
			const [x, y] = [lng + dx, lat + dy];
			if (contains(rings, x, y) && distanceTo(rings, x, y) > 1.1 * radius)
				return { x, y, radius };
		}
	}
	return undefined;
}

function disc({ x, y, radius }: Place): Position[] {
	const corners = Array.from({ length: CORNERS }, (_, k): Position => {
		const turn = (2 * Math.PI * k) / CORNERS;
		return [x + radius * Math.cos(turn), y + radius * Math.sin(turn)];
	});
	return [...corners, corners[0]];
}
