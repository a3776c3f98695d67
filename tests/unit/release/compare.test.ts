import { expect, test } from "vitest";
import { compareReleases } from "../../../core/release/compare.ts";
import { recipe, table } from "./small-tables.ts";

/** A release whose cells are shown but for some, by their place in the table. */
function release(counts: Record<string, number[]>, withheld: number[] = []) {
	const made = table({ confirmed: counts });
	return {
		...{ recipe: recipe(), table: made },
		shown: Uint8Array.from(made.values, (value, cell) =>
			Number.isNaN(value) || withheld.includes(cell) ? 0 : 1,
		),
		partial: new Uint8Array(made.values.length),
	};
}

test("a release says how its cells stand to those of the one before, each in one way", () => {
	const before = release(
		{ ID: [10, 20, 30], "35": [1, 5, Number.NaN], "36": [4, 5, 6] },
		[3],
	);
	const now = release(
		{ ID: [10, 21, 30, 40], "35": [1, 5, 7, 9], "37": [1, 2, 3, 4] },
		[5],
	);
	expect(compareReleases(now, before)).toEqual({
		// The fourth day of two areas, and all of a third.
		added: 2 + 4,
		changed: 1,
		newlyShown: 2,
		newlyWithheld: 1,
		gone: 3,
	});
	expect(compareReleases(before, before)).toEqual({
		...{ added: 0, changed: 0, newlyShown: 0, newlyWithheld: 0, gone: 0 },
	});
});
