import { readFileSync } from "node:fs";
import { landOfMap } from "../../core/areas/boundaries.ts";
import type { KemendagriCode } from "../../core/areas/codes.ts";

/** Where the built-in map lies. */
export const MAP_FILE = new URL("indonesia.topojson", import.meta.url);

/** Land of the 514 in the built-in map, in square degrees. */
export function loadMapLand(
	file: URL = MAP_FILE,
): ReadonlyMap<KemendagriCode, number> {
	return landOfMap(JSON.parse(readFileSync(file, "utf8")));
}
