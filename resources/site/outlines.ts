import { readFileSync } from "node:fs";
import type { Position } from "geojson";
import { presimplify } from "topojson-simplify";
import type { MultiPolygon, Polygon, Topology } from "topojson-specification";
import type { BoundaryTopology } from "../../core/areas/boundary-topology.ts";

/** A hundredth of a degree is a pixel of the whole country on a screen of 4,600: half of that. */
const STEP = 0.005;
/** In squared degrees: what a corner adds with those beside it. */
const LEAST = 1.2e-4;

/** The map of the page of a release: the built-in one with fewer corners on a coarser grid, north on top. */
export function makeOutlines(file: URL) {
	const map = JSON.parse(readFileSync(file, "utf8")) as BoundaryTopology;
	const weighed = presimplify(map as never) as Topology;
	let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
	const arcs = weighed.arcs.map((arc) => {
		const kept = withEnough(arc as Position[]);
		const steps: number[] = [];
		let [px, py] = [0, 0];
		kept.forEach(([lng = 0, lat = 0], at) => {
			const x = Math.round(lng / STEP);
			const y = Math.round(-lat / STEP);
			left = Math.min(left, x);
			right = Math.max(right, x);
			top = Math.min(top, y);
			bottom = Math.max(bottom, y);
			const isThere = at > 0 && x === px && y === py;
			if (!isThere || at === kept.length - 1) steps.push(x - px, y - py);
			[px, py] = [x, y];
		});
		return steps;
	});
	const shapes = (of: "regencies" | "provinces") =>
		Object.fromEntries(
			(map.objects[of].geometries as (Polygon | MultiPolygon)[]).map(
				(shape) => [
					(shape.properties as { code: string }).code,
					shape.type === "Polygon" ? [shape.arcs] : shape.arcs,
				],
			),
		);
	return {
		source: map.source,
		box: [left, top, right - left, bottom - top],
		arcs,
		regency: shapes("regencies"),
		province: shapes("provinces"),
	};
}

/** The ends of an arc, and the corners that matter; of a ring by itself three, so that no island vanishes. */
function withEnough(arc: readonly Position[]): Position[] {
	const last = arc.at(-1) as Position;
	const isRing = arc[0]?.[0] === last[0] && arc[0]?.[1] === last[1];
	const weights = arc.map((at) => at[2] ?? Infinity).sort((a, b) => b - a);
	const enough = isRing ? Math.min(LEAST, weights[3] ?? 0) : LEAST;
	return arc.filter((at) => (at[2] ?? Infinity) >= enough);
}
