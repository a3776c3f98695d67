import type { Ring, Shape } from "./divisions.ts";

/*
 * Plane geometry in degrees. Indonesia lies within 11 degrees of the equator, where a degree of longitude is at most
 * 2 % shorter than one of latitude, so degrees serve as lengths.
 */

/** Kilometres of a degree, for lengths given in kilometres. */
export const KILOMETRES = 111.2;

/** Twice the signed area of a ring. */
export function doubleArea(ring: Ring): number {
	let sum = 0;
	for (let i = 0; i + 1 < ring.length; i++)
		sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
	return sum;
}

/** Area of a shape without its holes, in square degrees. */
export function areaOf(shape: Shape): number {
	return shape.reduce(
		(sum, ring, i) =>
			sum + ((i === 0 ? 1 : -1) * Math.abs(doubleArea(ring))) / 2,
		0,
	);
}

/** A regular polygon around a position whose corners lie at `radius` degrees, counter-clockwise. */
export function disc(x: number, y: number, radius: number, corners = 12): Ring {
	const ring: Ring = [];
	for (let i = 0; i < corners; i++) {
		const angle = ((i + 0.5) * 2 * Math.PI) / corners;
		ring.push([x + radius * Math.cos(angle), y + radius * Math.sin(angle)]);
	}
	ring.push(ring[0]);
	return ring;
}

/** Smallest box around a shape: west, south, east, north. */
export function boxOf(shape: Shape): [number, number, number, number] {
	let [west, south, east, north] = [180, 90, -180, -90];
	for (const [x, y] of shape[0]) {
		west = Math.min(west, x);
		south = Math.min(south, y);
		east = Math.max(east, x);
		north = Math.max(north, y);
	}
	return [west, south, east, north];
}

/** Whether two boxes touch, with a margin in degrees. */
export function boxesTouch(
	a: [number, number, number, number],
	b: [number, number, number, number],
	margin = 0,
): boolean {
	return (
		a[0] <= b[2] + margin &&
		b[0] <= a[2] + margin &&
		a[1] <= b[3] + margin &&
		b[1] <= a[3] + margin
	);
}
