/** How many people an area of an analyst's file has, so that more cases than people are refused by row. */

import { NATION, parseAreaCode } from "../../core/areas/codes.ts";
import { resolveArea } from "../../core/areas/resolve.ts";
import type { Area } from "../../core/areas/tree.ts";
import { mostPossible } from "../../core/quality/possible-count.ts";
import { LARGEST_COUNT } from "../../core/series/count.ts";
import { loadAreaTree, loadPopulation } from "../../resources/areas/load.ts";

/** The largest count of people that there can be, and why. */
export interface Bound {
	readonly most: number;
	readonly because: string;
}

const ALL_PEOPLE: Bound = {
	most: LARGEST_COUNT,
	because: "the people on earth",
};

/** Read when the first area is asked for: a file without areas does not wait for them. */
let known:
	| {
			tree: ReturnType<typeof loadAreaTree>;
			people: ReturnType<typeof loadPopulation>;
	  }
	| undefined;

/**
 * The most people of an area, named by its Kemendagri code or its name, that can be counted: as many as it has (of a kabupaten/kota, whose
 * people are divided by a rule of thumb, twice as many). Of an area that is none of ours, and without one: all there are.
 */
export function mostPeople(area: string): Bound {
	if (area === "") return ALL_PEOPLE;
	known ??= { tree: loadAreaTree(), people: loadPopulation() };
	const { tree, people } = known;
	const found = areaOf(area);
	const of = found && people.get(found.code);
	if (!found || of === undefined) return ALL_PEOPLE;
	const most = mostPossible("confirmed", {
		people: of,
		counted: found.level !== "regency",
	});
	return most === null
		? ALL_PEOPLE
		: { most, because: `the people of ${found.name} (${found.code})` };

	function areaOf(name: string): Area | undefined {
		if (/^indonesia$/i.test(name)) return tree.get(NATION);
		const code = parseAreaCode(name);
		if (code) return tree.get(code);
		for (const level of ["province", "regency"] as const) {
			const resolved = resolveArea(tree, name, { level });
			if (resolved.ok) return resolved.area;
		}
		return undefined;
	}
}
