import type { CensusBasis, RegencySize } from "../../core/areas/population.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { codeOf2020, readRecoding } from "./make-areas.ts";
import { idnAreaData, type Place, parseTable } from "./packages.ts";

/** Builds `population-2020.json`: the census by province from `census-2020.csv`, and what divides it below. */
export function makePopulation(tree: AreaTree, places: Place[]): CensusBasis {
	const regencies: Record<string, RegencySize> = {};
	const inhabitants = seatInhabitants(places);
	for (const { code } of tree.at("regency"))
		regencies[code] = {
			desa: 0,
			kelurahan: 0,
			kecamatan: tree.children(code).length,
			seatInhabitants: inhabitants.get(code) ?? 0,
		};
	const recoding = readRecoding();
	for (const { code } of idnAreaData("villages")) {
		const regency = codeOf2020(code.slice(0, 5), recoding);
		const size = regency && regencies[regency];
		if (!size) throw new Error(`village ${code} lies in no regency of 2020`);
		// the first of the last four digits tells: 1 kelurahan, 2 desa (also 3 and up: nagari, gampong and the like)
		if (code[9] === "1") size.kelurahan++;
		else size.desa++;
	}
	const census = parseTable(new URL("census-2020.csv", import.meta.url));
	return {
		year: 2020,
		source:
			"Provinces: BPS, Sensus Penduduk 2020 (published 21 January 2021; 270,203,917 people). Below: divided by a rule of BLC Command from counts of villages and kecamatan (idn-area-data 4.0.1, ODbL 1.0) and inhabitants of seats (GeoNames, CC BY 4.0); not official.",
		provinces: Object.fromEntries(
			census.map(({ code, total }) => [code, +total]),
		),
		regencies,
	};
}

function seatInhabitants(places: Place[]): Map<string, number> {
	const byId = new Map(places.map((place) => [String(place.cityId), place]));
	const seats = parseTable(new URL("../geography/seats.csv", import.meta.url));
	return new Map(
		seats.map(({ code, geonames_id }) => [
			code,
			byId.get(geonames_id)?.population ?? 0,
		]),
	);
}

/** Writes the file with one area a line. */
export function formatPopulation({ regencies, ...head }: CensusBasis): string {
	const lines = Object.entries(regencies).map(
		([code, size]) => `"${code}":${JSON.stringify(size)}`,
	);
	return `${JSON.stringify(head).slice(0, -1)},\n"regencies":{\n${lines.join(",\n")}}}\n`;
}
