import { expect, test } from "vitest";
import { isIncomplete } from "../../../core/quality/completeness.ts";

test("a panel is incomplete by the areas that reported on the day: 31 of 34 provinces are too few, 37 of 38 kabupaten/kota are not", () => {
	const of = (reporting: number, expected: number) =>
		isIncomplete({ reporting, expected, peopleShare: null });
	expect(of(31, 34)).toBe(true);
	expect(of(1, 34)).toBe(true);
	expect(of(0, 1)).toBe(true);
	expect(of(37, 38)).toBe(false);
	expect(of(34, 34)).toBe(false);
});

test("few areas of many people are missed too", () => {
	expect(isIncomplete({ reporting: 33, expected: 34, peopleShare: 0.82 })).toBe(
		true,
	);
});
