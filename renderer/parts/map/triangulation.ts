import { earcut } from "@math.gl/polygon";
import type { Part } from "./area-at.ts";
import { toMercator } from "./mercator.ts";

/** Pieces of land as flat arrays, which go to another thread without a copy. */
export interface FlatLand {
	/** Longitude, latitude and height of each corner; rings are closed. */
	readonly corners: Float64Array<ArrayBuffer>;
	/** The corner with which each ring begins, and behind the last the number of corners. */
	readonly ringStarts: Uint32Array<ArrayBuffer>;
	/** The ring with which each piece begins, and behind the last the number of rings. */
	readonly partStarts: Uint32Array<ArrayBuffer>;
}

/** Land with its triangles: three corners for each. */
export interface TriangulatedLand extends FlatLand {
	readonly triangles: Uint32Array<ArrayBuffer>;
}

export function flatten(parts: readonly Part[]): FlatLand {
	let rings = 0;
	let count = 0;
	for (const { polygon } of parts)
		for (const ring of polygon) {
			rings++;
			count += ring.length + (isClosed(ring) ? 0 : 1);
		}
	const corners = new Float64Array(count * 3);
	const ringStarts = new Uint32Array(rings + 1);
	const partStarts = new Uint32Array(parts.length + 1);
	let ringAt = 0;
	let at = 0;
	parts.forEach(({ polygon }, part) => {
		for (const ring of polygon) {
			for (const [lng = 0, lat = 0] of ring) {
				corners[at * 3] = lng;
				corners[at * 3 + 1] = lat;
				at++;
			}
			if (!isClosed(ring)) {
				corners[at * 3] = ring[0]?.[0] ?? 0;
				corners[at * 3 + 1] = ring[0]?.[1] ?? 0;
				at++;
			}
			ringStarts[++ringAt] = at;
		}
		partStarts[part + 1] = ringAt;
	});
	return { corners, ringStarts, partStarts };
}

function isClosed(ring: Part["polygon"][number]): boolean {
	const [first, last] = [ring[0], ring.at(-1)];
	return first?.[0] === last?.[0] && first?.[1] === last?.[1];
}

/** Cuts land into triangles, in the projection of the map: the first ring of a piece is its outline, the others are holes. */
export function triangulate(land: FlatLand): TriangulatedLand {
	const { corners, ringStarts, partStarts } = land;
	const found: number[] = [];
	for (let part = 0; part + 1 < partStarts.length; part++) {
		const [firstRing = 0, lastRing = 0] = partStarts.subarray(part, part + 2);
		const rings = ringStarts.subarray(firstRing, lastRing + 1);
		const first = rings[0] ?? 0;
		const count = (rings.at(-1) ?? 0) - first;
		const projected = new Float64Array(count * 2);
		for (let corner = 0; corner < count; corner++) {
			const place = (first + corner) * 3;
			projected.set(
				toMercator(corners[place] as number, corners[place + 1] as number),
				corner * 2,
			);
		}
		const holes = [...rings.subarray(1, -1)].map((start) => start - first);
		for (const corner of earcut(projected, holes, 2))
			found.push(first + corner);
	}
	return { ...land, triangles: Uint32Array.from(found) };
}

/** What belongs to the land of a piece, at each of its corners: row in the cube, and province. */
export function cornerKeys(
	parts: readonly Part[],
	{ ringStarts, partStarts }: FlatLand,
): Float32Array {
	const keys = new Float32Array((ringStarts.at(-1) ?? 0) * 2);
	parts.forEach(({ row, province }, part) => {
		const start = ringStarts[partStarts[part] as number] as number;
		const end = ringStarts[partStarts[part + 1] as number] as number;
		for (let corner = start; corner < end; corner++) {
			keys[corner * 2] = row;
			keys[corner * 2 + 1] = province;
		}
	});
	return keys;
}
