import { expect, test } from "vitest";
import { ranked } from "../../../core/series/rank.ts";

test("equal values share a rank and the next is counted on; who did not report has none, and is not the last", () => {
	const values = { a: 3, b: 9, c: 3, d: Number.NaN, e: 0, f: null };
	expect(
		ranked(
			Object.keys(values) as (keyof typeof values)[],
			(key) => values[key],
		).map(({ of, rank }) => `${of}${rank}`),
	).toEqual(["b1", "a2", "c2", "e4"]);
});
