import { readFileSync } from "node:fs";
import {
	type AreaCode,
	levelOf,
	parentOf,
	parseAreaCode,
} from "../../core/areas/codes.ts";
import {
	type CensusBasis,
	dividePopulation,
	type Population,
} from "../../core/areas/population.ts";
import {
	type Area,
	type AreaTree,
	buildAreaTree,
} from "../../core/areas/tree.ts";
import type { AreaFile } from "./make-areas.ts";

/** Where the table lies; a packaged program passes its own place. */
export const AREAS_FILE = new URL("areas-2020.json", import.meta.url);

/**
 * Reads the administrative areas: the nation, the 34 provinces, 514 kabupaten/kota and 7,230 kecamatan of 2020, and
 * the provinces and kabupaten/kota formed since (with their first day); of Jakarta the 267 kelurahan too.
 * A kecamatan or kelurahan has the position of its regency's seat: no open package carries its own.
 */
export function loadAreas(file: URL = AREAS_FILE): Area[] {
	const table = JSON.parse(readFileSync(file, "utf8")) as AreaFile;
	const ended = new Map(table.ended.map((change) => [change.code, change]));
	const seats = new Map<string, { lat: number; lng: number }>();
	const areas: Area[] = [];
	for (const [code, name, lat, lng] of table.rows) {
		if (lat !== undefined && lng !== undefined) seats.set(code, { lat, lng });
		const change = ended.get(code);
		areas.push({
			...identity(code, name),
			...(seats.get(code) ?? seats.get(code.slice(0, 5)) ?? missing(code)),
			validFrom: null,
			validTo: change?.validTo ?? null,
			successors: (change?.successors ?? []).map(known),
		});
	}
	for (const [code, name, lat, lng, validFrom] of table.formed)
		areas.push({
			...identity(code, name),
			lat,
			lng,
			validFrom,
			validTo: null,
			successors: [],
		});
	return areas;
}

/** The tree of the areas that the product carries. */
export function loadAreaTree(file: URL = AREAS_FILE): AreaTree {
	return buildAreaTree(loadAreas(file));
}

/** Where the census lies. */
export const POPULATION_FILE = new URL("population-2020.json", import.meta.url);

/** The census of 2020 by province and what divides it below, with its source. */
export function loadCensus(file: URL = POPULATION_FILE): CensusBasis {
	return JSON.parse(readFileSync(file, "utf8"));
}

/** People of the nation, the provinces (census of 2020) and the kabupaten/kota (divided by the stated rule). */
export function loadPopulation(file: URL = POPULATION_FILE): Population {
	return dividePopulation(loadCensus(file));
}

function identity(
	text: string,
	name: string,
): Pick<Area, "code" | "name" | "level" | "parent"> {
	const code = known(text);
	return { code, name, level: levelOf(code), parent: parentOf(code) };
}

function known(text: string): AreaCode {
	const code = parseAreaCode(text);
	if (code === undefined) throw new Error(`areas-2020.json: ${text}`);
	return code;
}

function missing(code: string): never {
	throw new Error(`areas-2020.json: ${code} has no position`);
}
