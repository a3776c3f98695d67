import type { Position } from "geojson";
import type { AreaRow } from "../../../core/api/areas.ts";

/** One ring set to triangulate, and whose it is. */
export interface Part {
	readonly polygon: Position[][];
	readonly area: AreaRow;
	/** Row of the area in a cube of what is drawn; -1 for land of which nothing is asked. */
	readonly row: number;
	/** Id of the province it lies in. */
	readonly province: number;
}

/** Finds the area at a place. */
export type AreaAt = (lng: number, lat: number) => AreaRow | null;

/**
 * Prepares finding the area under the pointer. Done with the polygons themselves and not by drawing ids: asking the graphics card
 * would make it wait in the middle of a playback.
 */
export function areaFinder(parts: readonly Part[]): AreaAt {
	const boxes = new Float64Array(parts.length * 4);
	parts.forEach(({ polygon }, at) => {
		let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
		for (const [x, y] of (polygon[0] ?? []) as [number, number][]) {
			west = Math.min(west, x);
			south = Math.min(south, y);
			east = Math.max(east, x);
			north = Math.max(north, y);
		}
		boxes.set([west, south, east, north], at * 4);
	});
	return (lng, lat) => {
		for (let at = 0; at < parts.length; at++) {
			const box = at * 4;
			if (
				lng < boxes[box] ||
				lat < boxes[box + 1] ||
				lng > boxes[box + 2] ||
				lat > boxes[box + 3]
			)
				continue;
			const part = parts[at] as Part;
			if (inside(part.polygon, lng, lat)) return part.area;
		}
		return null;
	};
}

/** Even-odd rule over all rings, so that a hole (an enclave: Kota Blitar in Blitar) is outside. */
function inside(rings: Position[][], x: number, y: number): boolean {
	let odd = false;
	for (const ring of rings)
		for (
			let at = 0, before = ring.length - 1;
			at < ring.length;
			before = at++
		) {
			const [x1, y1] = ring[at] as [number, number];
			const [x2, y2] = ring[before] as [number, number];
			if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1)
				odd = !odd;
		}
	return odd;
}
