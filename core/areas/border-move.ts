import type { Position } from "geojson";
import { areaOfShape } from "./boundary-rings.ts";
import type { BoundaryShape } from "./boundary-topology.ts";
import type { KemendagriCode } from "./codes.ts";
import { distanceTo } from "./position-in-land.ts";

/** How far the borders of areas moved when neighbours were given common ones. */
export interface BorderMove {
	/** Vertices that are no longer on the border of their area, of how many. */
	moved: number;
	vertices: number;
	/** The greatest distance of one of them to the new border, in degrees, and whose it is. */
	farthest: { code: KemendagriCode; degrees: number } | null;
	/** Parts of its land by which each area grew or shrank (negative), the greatest change first; unchanged ones left out. */
	land: { code: KemendagriCode; change: number }[];
}

/** Compares the shapes of areas before and after. Both have the same areas. */
export function compareBorders(
	before: readonly BoundaryShape[],
	after: readonly BoundaryShape[],
): BorderMove {
	const now = new Map(after.map((shape) => [shape.properties.code, shape]));
	const move: BorderMove = { moved: 0, vertices: 0, farthest: null, land: [] };
	for (const { properties, geometry } of before) {
		const { code } = properties;
		const rings = now.get(code)?.geometry.coordinates.flat() ?? [];
		const kept = new Set(rings.flat().map(keyOf));
		const land = areaOfShape(geometry.coordinates);
		for (const position of geometry.coordinates.flat(2)) {
			move.vertices++;
			if (kept.has(keyOf(position))) continue;
			move.moved++;
			const [x = 0, y = 0] = position;
			const degrees = distanceTo(rings, x, y);
			if (degrees > (move.farthest?.degrees ?? 0))
				move.farthest = { code, degrees };
		}
		const change =
			areaOfShape(now.get(code)?.geometry.coordinates ?? []) / land - 1;
		if (Math.abs(change) > ROUNDING) move.land.push({ code, change });
	}
	move.land.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
	return move;
}

const ROUNDING = 1e-6;

/** To a centimetre: a position that was only rounded did not move. */
function keyOf([x = 0, y = 0]: Position): string {
	return `${x.toFixed(7)} ${y.toFixed(7)}`;
}
