import type { AreaCode } from "../../core/areas/codes.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { countryFrom, type ExerciseCountry } from "./country.ts";

/** Population census of September 2020 by province (BPS, published 2021-01-21). */
const CENSUS_2020: Record<string, number> = {
	"11": 5_274_871,
	"12": 14_799_361,
	"13": 5_534_472,
	"14": 6_394_087,
	"15": 3_548_228,
	"16": 8_467_432,
	"17": 2_010_670,
	"18": 9_007_848,
	"19": 1_455_678,
	"21": 2_064_564,
	"31": 10_562_088,
	"32": 48_274_162,
	"33": 36_516_035,
	"34": 3_668_719,
	"35": 40_665_696,
	"36": 11_904_562,
	"51": 4_317_404,
	"52": 5_320_092,
	"53": 5_325_566,
	"61": 5_414_390,
	"62": 2_669_969,
	"63": 4_073_584,
	"64": 3_766_039,
	"65": 701_814,
	"71": 2_621_923,
	"72": 2_985_734,
	"73": 9_073_509,
	"74": 2_624_875,
	"75": 1_171_681,
	"76": 1_419_229,
	"81": 1_848_923,
	"82": 1_282_937,
	"91": 4_303_707,
	"92": 1_134_068,
};

/** The country of every exercise: the places and the order of 2020, with the people of the census of 2020. */
export function loadExerciseCountry(): ExerciseCountry {
	const tree = loadAreaTree();
	const people = new Map<AreaCode, number>();
	for (const province of tree.at("province"))
		divide(tree, province.code, people);
	return countryFrom(tree, (code) => people.get(code));
}

/** A province's people by the number of kecamatan, those of a kota counted twice: a stated rule, not a count. */
function divide(
	tree: AreaTree,
	province: AreaCode,
	people: Map<AreaCode, number>,
): void {
	const parts = tree.children(province).map(({ code, name }) => ({
		code,
		weight: tree.children(code).length * (/^Kota\b/.test(name) ? 2 : 1),
	}));
	const total = parts.reduce((sum, { weight }) => sum + weight, 0);
	for (const { code, weight } of parts)
		people.set(code, Math.round((CENSUS_2020[province] * weight) / total));
}
