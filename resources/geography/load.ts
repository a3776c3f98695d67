import { readFileSync } from "node:fs";
import {
	type BoundaryShape,
	shapesOf,
} from "../../core/areas/boundary-topology.ts";

/** Where the built-in map lies. */
export const MAP_FILE = new URL("indonesia.topojson", import.meta.url);

/** Where the land around lies. */
export const NEIGHBOURS_FILE = new URL("neighbours.topojson", import.meta.url);

/** The 514 as the built-in map draws them. */
export function loadMapShapes(file: URL = MAP_FILE): BoundaryShape[] {
	return shapesOf(JSON.parse(readFileSync(file, "utf8")), "regencies").map(
		(shape) => ({
			...shape,
			properties: { code: shape.properties.code, before: "built-in" },
		}),
	);
}
