import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	HELD_AGAINST_NOTHING,
	joinNewCounts,
	type NewCounts,
	newCounts,
	sumOfNewCounts,
} from "../../../core/series/daily.ts";

const _ = Number.NaN;
const known = (values: ArrayLike<number>) =>
	Array.from(values).filter((value) => !Number.isNaN(value));
const total = (values: ArrayLike<number>) =>
	known(values).reduce((sum, value) => sum + value, 0);

const sumOf = (areas: readonly NewCounts[], days: number) =>
	sumOfNewCounts(
		areas.map((counts) => ({ counts, expected: true })),
		days,
	);

/** A cumulative series as sources write them: rising, sometimes silent, sometimes corrected. */
const reported = fc.array(
	fc.oneof(
		{ weight: 6, arbitrary: fc.nat(500) },
		{ weight: 2, arbitrary: fc.constant(_) },
		{ weight: 1, arbitrary: fc.integer({ min: -50, max: -1 }) },
	),
	{ maxLength: 60 },
);
const cumulative = reported.map((steps) => {
	let value = 1000;
	return steps.map((step) => {
		if (Number.isNaN(step)) return _;
		value = Math.max(0, value + step);
		return value;
	});
});

describe("new counts of one series", () => {
	test("a silent day has no new count and the next report says how many days it covers", () => {
		const { daily, correction, span } = newCounts([0, 5, _, _, 11]);
		expect(Array.from(daily)).toEqual([0, 5, _, _, 6]);
		expect(Array.from(span)).toEqual([1, 1, 0, 0, 3]);
		expect(known(correction)).toEqual([]);
	});

	test("a fall is a correction, not a negative count and not a zero", () => {
		// 35.04 fell from 6 to 5 on 2020-04-06.
		const { daily, correction } = newCounts([0, 6, 5, 5, 7]);
		expect(Array.from(daily)).toEqual([0, 6, _, 0, 2]);
		expect(Array.from(correction)).toEqual([_, _, -1, _, _]);
	});

	test("the first report tells a total, not what was new", () => {
		expect(Array.from(newCounts([8, 9]).daily)).toEqual([_, 1]);
	});

	test("values of different sources are never subtracted from each other", () => {
		// The portal's 337 between the province's own 380 and 386.
		const { daily, correction, span } = newCounts(
			[370, 380, 337, 386],
			[1, 1, 2, 1],
		);
		expect(Array.from(daily)).toEqual([_, 10, _, 6]);
		expect(Array.from(span)).toEqual([0, 1, 0, 2]);
		expect(known(correction)).toEqual([]);
	});

	test("a source that returns does not count again what another has told meanwhile", () => {
		// The portal's 2 before and 389 after the weeks in which the province itself reported up to 386.
		const { daily } = newCounts([2, 15, 26, 386, 389, 425], [2, 1, 1, 1, 2, 2]);
		expect(Array.from(daily)).toEqual([_, _, 11, 360, _, 36]);
	});

	test("values decided by hand are held against nothing, not against each other: the reports around them tell what is new", () => {
		const D = HELD_AGAINST_NOTHING;
		const { daily, correction, span, share, last } = newCounts(
			[10, 12, 100, 50, 21, 900],
			[1, 1, D, D, 1, D],
		);
		expect(Array.from(daily)).toEqual([_, 2, _, _, 9, _]);
		expect(Array.from(share)).toEqual([_, 2, 3, 3, 3, _]);
		expect(known(correction)).toEqual([]);
		expect(span[4]).toBe(3);
		expect(last).toBe(5);
	});

	test("a new count is never negative, a correction always is, and no day has both", () => {
		fc.assert(
			fc.property(cumulative, (value) => {
				const { daily, correction } = newCounts(value);
				expect(known(daily).every((count) => count >= 0)).toBe(true);
				expect(known(correction).every((count) => count < 0)).toBe(true);
				for (let day = 0; day < value.length; day++)
					expect(
						Number.isNaN(daily[day]) || Number.isNaN(correction[day]),
					).toBe(true);
			}),
		);
	});

	test("not reported never becomes a number", () => {
		fc.assert(
			fc.property(cumulative, (value) => {
				const { daily, correction, span } = newCounts(value);
				value.forEach((now, day) => {
					if (!Number.isNaN(now)) return;
					expect(daily[day]).toBeNaN();
					expect(correction[day]).toBeNaN();
					expect(span[day]).toBe(0);
				});
			}),
		);
	});

	test("new counts and corrections together lead from the first report to the last", () => {
		fc.assert(
			fc.property(cumulative, (value) => {
				const reports = known(value);
				if (reports.length === 0) return;
				const { daily, correction } = newCounts(value);
				expect(total(daily) + total(correction)).toBe(
					reports[reports.length - 1] - reports[0],
				);
			}),
		);
	});
});

describe("new counts of a sum", () => {
	test("the silence of one area is not a fall, and its next report is no jump of the others", () => {
		// A reports every day, B is silent on the third.
		const a = newCounts([0, 10, 20, 30]);
		const b = newCounts([0, 5, _, 9]);
		const { daily, correction } = sumOf([a, b], 4);
		expect(Array.from(daily)).toEqual([0, 15, 10, 14]);
		expect(known(correction)).toEqual([]);
	});

	test("a sum that begins with cases cannot tell what was new, even if some of its areas begin with none", () => {
		const begins = [newCounts([15, 20]), newCounts([0, 1])];
		expect(Array.from(sumOf(begins, 2).daily)).toEqual([_, 6]);
		const joinsLater = [newCounts([_, 15, 20]), newCounts([0, 1, 2])];
		expect(Array.from(sumOf(joinsLater, 3).daily)).toEqual([0, 1, 6]);
	});

	test("a correction of one area is not hidden by the new cases of another", () => {
		const sum = sumOf([newCounts([0, 6, 5]), newCounts([0, 1, 9])], 3);
		expect(Array.from(sum.daily)).toEqual([0, 7, 8]);
		expect(Array.from(sum.correction)).toEqual([_, _, -1]);
	});

	test("it is the sum over the areas, whatever each of them does", () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.array(fc.option(fc.nat(1000), { nil: _ }), {
						minLength: 20,
						maxLength: 20,
					}),
					{ maxLength: 6 },
				),
				(areas) => {
					const counts = areas.map((value) => newCounts(value));
					const sum = sumOf(counts, 20);
					expect(total(sum.daily)).toBe(
						counts.reduce((all, one) => all + total(one.daily), 0),
					);
					expect(total(sum.correction)).toBe(
						counts.reduce((all, one) => all + total(one.correction), 0),
					);
				},
			),
		);
	});

	test("an area that reported itself before the sum took over shows no jump on the day of change", () => {
		const own = newCounts([100, 110, 300, 320], [1, 1, 0, 0]);
		const below = sumOf([newCounts([200, 250, 300, 320])], 4);
		const joined = joinNewCounts(own, below, [false, false, true, true]);
		expect(Array.from(joined.daily)).toEqual([_, 10, 50, 20]);
	});

	test("an own report after days told by the areas below does not count their cases again", () => {
		const own = newCounts([100, 110, 130, 140], [1, 0, 1, 1]);
		const below = sumOf([newCounts([104, 112, 131, 141])], 4);
		const joined = joinNewCounts(own, below, [false, true, false, false]);
		expect(Array.from(joined.daily)).toEqual([_, 8, _, 10]);
	});
});
