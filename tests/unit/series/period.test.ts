import fc from "fast-check";
import { expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import {
	firstDayOf,
	LONGEST_PERIOD,
	type Period,
	periodFromText,
	periodShown,
	textOfPeriod,
} from "../../../core/series/period.ts";

const period: fc.Arbitrary<Period> = fc.oneof(
	fc.constantFrom<Period>({ kind: "day" }, { kind: "all" }),
	fc.integer({ min: 1, max: LONGEST_PERIOD }).map(
		(days): Period => ({
			kind: "last",
			days,
		}),
	),
	fc.integer({ min: 18_000, max: 19_000 }).map(
		(from): Period => ({
			kind: "since",
			from,
		}),
	),
);

test("an address tells every period, and nothing that is none", () => {
	fc.assert(
		fc.property(period, (one) => {
			expect(periodFromText(textOfPeriod(one))).toEqual(one);
		}),
	);
	for (const wrong of ["", "0d", "61d", "7", "2020-02-30", "week"])
		expect(periodFromText(wrong)).toBeUndefined();
});

test("the days of a period end on its day and do not begin before the first there is", () => {
	const first = day("2020-03-01");
	const on = day("2020-03-05");
	const begins = (one: Period) => firstDayOf(one, on, first) - first;
	expect(begins({ kind: "day" })).toBe(4);
	expect(begins({ kind: "last", days: 3 })).toBe(2);
	expect(begins({ kind: "last", days: 14 })).toBe(0);
	expect(begins({ kind: "since", from: first + 1 })).toBe(1);
	expect(begins({ kind: "all" })).toBe(0);
});

test("a state is shown of its day alone, whatever period is asked for, and a count of the period asked for", () => {
	fc.assert(
		fc.property(period, (asked) => {
			expect(periodShown("active", asked)).toEqual({ kind: "day" });
			expect(periodShown("confirmed", asked)).toEqual(asked);
		}),
	);
});
