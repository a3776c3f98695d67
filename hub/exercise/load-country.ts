import { loadAreaTree, loadPopulation } from "../../resources/areas/load.ts";
import { countryFrom, type ExerciseCountry } from "./country.ts";

/**
 * The country of every exercise: the places and the order of 2020 with the people of the census of 2020, divided by the stated rule.
 * Imported populations do not change it: the same seed gives the same bytes on every hub.
 */
export function loadExerciseCountry(): ExerciseCountry {
	const people = loadPopulation();
	return countryFrom(loadAreaTree(), (code) => people.get(code));
}
