import type { AreaTree } from "../../core/areas/tree.ts";
import { loadAreaTree, loadPopulation } from "../../resources/areas/load.ts";
import { loadMapShapes } from "../../resources/geography/load.ts";
import { countryFrom, type ExerciseCountry } from "./country.ts";
import { placeKelurahan } from "./kelurahan.ts";

/**
 * The country of every exercise: the places and the order of 2020 with the people of the census of 2020, divided by the stated rule.
 * Imported populations and boundaries do not change it: the same seed gives the same bytes on every hub.
 */
export function loadExerciseCountry(): ExerciseCountry {
	const people = loadPopulation();
	const tree = loadAreaTree();
	return countryFrom(tree, (code) => people.get(code), kelurahanOf(tree));
}

/** The kelurahan of the kabupaten/kota that have any (those of Jakarta), on the built-in map. */
function kelurahanOf(tree: AreaTree): ExerciseCountry["kelurahan"] {
	const regencies = Map.groupBy(tree.at("village"), ({ code }) =>
		code.slice(0, 5),
	);
	return new Map(
		loadMapShapes()
			.filter(({ properties }) => regencies.has(properties.code))
			.flatMap(({ properties, geometry }) => [
				...placeKelurahan(
					(regencies.get(properties.code) ?? []).map(({ code }) => code).sort(),
					geometry.coordinates,
				),
			]),
	);
}
