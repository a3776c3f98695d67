import type { AreaCode } from "../../../core/areas/codes.ts";
import { levelOf, parentOf } from "../../../core/areas/codes.ts";
import type { CountedTable } from "../../../core/release/counted-table.ts";
import type { Recipe } from "../../../core/release/recipe.ts";
import { WEEKLY } from "../../../core/release/recipe.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";

/** A recipe like the weekly one, of days. */
export function recipe(changes: Partial<Recipe> = {}): Recipe {
	return {
		...{ ...WEEKLY, name: "test", every: "day", delay: 0, threshold: 4 },
		...changes,
	};
}

const FIRST = 18_354;

/** A table from the counts of each area by day; NaN: not reported. Those above come before those below. */
export function table(
	counts: Readonly<
		Partial<Record<IndicatorKey, Readonly<Record<string, readonly number[]>>>>
	>,
): CountedTable {
	const indicators = Object.keys(counts) as IndicatorKey[];
	const first = Object.values(counts)[0] as Record<string, number[]>;
	// Keys that look like whole numbers come first in an object: the nation is written anywhere.
	const codes = (Object.keys(first) as AreaCode[]).sort((a, b) =>
		a === "ID" ? -1 : b === "ID" ? 1 : a < b ? -1 : 1,
	);
	return {
		indicators,
		areas: codes.map((code) => {
			const parent = parentOf(code);
			const at = parent === null ? -1 : codes.indexOf(parent);
			return {
				...{ code, level: levelOf(code), name: code },
				parent: at < 0 ? null : at,
			};
		}),
		days: (first[codes[0] as string] as number[]).map((_, at) => FIRST + at),
		values: Float64Array.from(
			indicators.flatMap((key) =>
				codes.flatMap(
					(code) => (counts[key] as Record<string, number[]>)[code] as number[],
				),
			),
		),
	};
}
