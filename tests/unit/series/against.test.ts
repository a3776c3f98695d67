import fc from "fast-check";
import { expect, test } from "vitest";
import {
	type Against,
	againstFromText,
	dayAgainst,
	FURTHEST,
	textOfAgainst,
} from "../../../core/series/against.ts";
import { day } from "../../../core/series/day.ts";

const against: fc.Arbitrary<Against> = fc.oneof(
	fc
		.integer({ min: 1, max: FURTHEST })
		.map((days): Against => ({ kind: "before", days })),
	fc
		.integer({ min: 18_000, max: 19_000 })
		.map((one): Against => ({ kind: "on", day: one })),
);

test("an address tells every day that is compared with, and nothing that is none", () => {
	fc.assert(
		fc.property(against, (one) => {
			expect(againstFromText(textOfAgainst(one))).toEqual(one);
		}),
	);
	for (const wrong of ["", "0d", "1000d", "7", "2020-02-30", "june"])
		expect(againstFromText(wrong)).toBeUndefined();
});

test("a fixed day stays where it is while time goes on, a distance goes along", () => {
	const june = day("2020-06-01");
	expect(dayAgainst({ kind: "on", day: june }, june + 9)).toBe(june);
	expect(dayAgainst({ kind: "before", days: 28 }, june)).toBe(june - 28);
});
