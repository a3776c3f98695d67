import type { Position } from "geojson";

/** A polygon: its outer ring and its holes, closed, in degrees. */
type Rings = readonly (readonly Position[])[];

/** Whether a position lies inside a polygon and outside its holes. */
export function contains(
	[outer = [], ...holes]: Rings,
	x: number,
	y: number,
): boolean {
	return inRing(outer, x, y) && !holes.some((hole) => inRing(hole, x, y));
}

function inRing(ring: readonly Position[], x: number, y: number): boolean {
	let inside = false;
	let [xj = 0, yj = 0] = ring.at(-1) ?? [];
	for (const [xi = 0, yi = 0] of ring) {
		if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi)
			inside = !inside;
		[xj, yj] = [xi, yi];
	}
	return inside;
}

/**
 * Distance from a position to the border of a polygon, in degrees: Indonesia lies within 11 degrees of the equator, where a degree of
 * longitude is at most 2 % shorter than one of latitude.
 */
export function distanceTo(rings: Rings, x: number, y: number): number {
	let nearest = Number.POSITIVE_INFINITY;
	for (const ring of rings) {
		let before = ring[0] ?? [];
		for (const position of ring) {
			nearest = Math.min(nearest, toSegment(x, y, before, position));
			before = position;
		}
	}
	return nearest;
}

function toSegment(
	x: number,
	y: number,
	[ax = 0, ay = 0]: Position,
	[bx = 0, by = 0]: Position,
): number {
	const dx = bx - ax;
	const dy = by - ay;
	const length = dx * dx + dy * dy;
	const along = length && ((x - ax) * dx + (y - ay) * dy) / length;
	const t = Math.max(0, Math.min(1, along));
	return Math.hypot(ax + t * dx - x, ay + t * dy - y);
}
