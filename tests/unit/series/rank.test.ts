import { expect, test } from "vitest";
import { placeAmong, ranked } from "../../../core/series/rank.ts";

test("equal values share a rank and the next is counted on; who did not report has none, and is not the last", () => {
	const values = { a: 3, b: 9, c: 3, d: Number.NaN, e: 0, f: null };
	expect(
		ranked(
			Object.keys(values) as (keyof typeof values)[],
			(key) => values[key],
		).map(({ of, rank }) => `${of}${rank}`),
	).toEqual(["b1", "a2", "c2", "e4"]);
});

test("the place of one among many is the one it has when all are put in order", () => {
	const values = [3, 9, 3, Number.NaN, 0];
	const all = ranked(values, (value) => value);
	for (const { value, rank } of all)
		expect(placeAmong(values, value)).toEqual({ rank, of: all.length });
	expect(placeAmong(values, Number.NaN)).toBeNull();
});
