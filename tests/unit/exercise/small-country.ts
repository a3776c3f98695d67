import type { AreaCode } from "../../../core/areas/codes.ts";
import {
	countryOf,
	type ExerciseCountry,
} from "../../../hub/exercise/country.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

/** The real places of six provinces near and far from the capital, with round numbers of people. */
export function smallCountry(): ExerciseCountry {
	const tree = loadAreaTree();
	const provinces = tree
		.at("province")
		.filter(({ code }) => ["31", "32", "35", "51", "73", "91"].includes(code));
	return countryOf(
		provinces.map(({ code, name }) => ({ code, name })),
		provinces.flatMap(({ code }) =>
			tree.children(code).map((area) => ({
				code: area.code,
				name: area.name,
				province: code as AreaCode,
				lat: area.lat,
				lng: area.lng,
				population: peopleOf(area.code, area.name),
				kecamatan: tree.children(area.code).map(({ code }) => code),
			})),
		),
	);
}

function peopleOf(code: AreaCode, name: string): number {
	if (code.startsWith("31")) return 1_700_000;
	if (code.startsWith("32")) return 1_800_000;
	if (code.startsWith("91")) return 120_000;
	return name.startsWith("Kota") ? 600_000 : 900_000;
}
