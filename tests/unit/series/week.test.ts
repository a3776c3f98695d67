import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	joinNewCounts,
	newCounts,
	sumOfNewCounts,
} from "../../../core/series/daily.ts";
import { MARKS } from "../../../core/series/mark.ts";
import {
	changeOverWeek,
	daysApart,
	daysSince,
	endsOverWeek,
	lastDays,
	meanOverWeek,
	newOnDay,
	newOver,
	sumOfEnds,
} from "../../../core/series/week.ts";

const _ = Number.NaN;
const newOverWeek = (counts: Parameters<typeof newOver>[0]) =>
	newOver(counts, lastDays(7));
const known = (values: ArrayLike<number>) =>
	Array.from(values).filter((value) => !Number.isNaN(value));
const week = (value: number[], origin?: number[]) =>
	newOverWeek(newCounts(value, origin));

describe("new over another period", () => {
	const silent = [0, 1, 3, _, 7, 8, 6, 10];

	test("over one day it is what is new on it, over all days since the first what is new altogether", () => {
		const counts = newCounts([0, 1, 3, 6, 7]);
		expect(Array.from(newOver(counts, lastDays(1)).value)).toEqual([
			0, 1, 2, 3, 1,
		]);
		expect(Array.from(newOver(counts, daysSince(0)).value)).toEqual([
			0, 1, 3, 6, 7,
		]);
		expect(Array.from(newOver(counts, daysSince(2)).value)).toEqual([
			_,
			_,
			2,
			5,
			6,
		]);
	});

	test("before a period has begun there is none, and one that reports cover by less than four sevenths has no figure", () => {
		const counts = newCounts([0, 1, _, _, 4, 5, 6, 7]);
		const late = newOver(newCounts([_, _, _, 4, 5, 6, 7, 9]), daysSince(1));
		expect(Array.from(late.value)).toEqual([_, _, _, _, _, _, _, 5]);
		expect(late.marks[7]).toBe(MARKS.shortWeek);
		expect(newOver(counts, daysSince(9)).value.every(Number.isNaN)).toBe(true);
	});

	test("between two days it is what was new from the earlier to the later, whichever of them is fixed", () => {
		const counts = newCounts([0, 1, 3, 6, 7]);
		expect(Array.from(newOver(counts, daysApart(2)).value)).toEqual([
			3,
			2,
			_,
			3,
			4,
		]);
		// A day after all there are: up to the last that is there, of which it is told that reports do not cover all days.
		expect(newOver(counts, daysApart(6)).marks[1]).toBe(MARKS.shortWeek);
	});

	test("a correction stands beside the figure of every period, and a report after silence stands whole on its own day", () => {
		const counts = newCounts(silent);
		const since = newOver(counts, daysSince(1));
		expect(since.value[7]).toBe(12);
		expect(since.corrected[7]).toBe(-2);
		expect(since.marks[7] & MARKS.correction).toBe(MARKS.correction);
		const days = newOnDay(counts);
		expect(Array.from(days.value)).toEqual([0, 1, 2, _, 4, 1, _, 4]);
		expect(Array.from(days.marks)).toEqual([
			0,
			0,
			0,
			0,
			MARKS.spread,
			0,
			MARKS.correction,
			0,
		]);
	});

	test("of whatever length: the sum over its days of what is new on each, where every day is reported", () => {
		fc.assert(
			fc.property(
				fc.array(fc.nat(50), { minLength: 2, maxLength: 60 }),
				fc.integer({ min: 1, max: 40 }),
				fc.nat(30),
				(news, length, from) => {
					let sum = 0;
					const counts = newCounts(
						[0, ...news].map((count) => {
							sum += count;
							return sum;
						}),
					);
					const over = (first: number, day: number) =>
						[0, ...news]
							.slice(Math.max(0, first), day + 1)
							.reduce((all, one) => all + one, 0);
					const moving = newOver(counts, lastDays(length)).value;
					const since = newOver(counts, daysSince(from)).value;
					for (let day = 0; day <= news.length; day++) {
						if (!Number.isNaN(moving[day]))
							expect(moving[day]).toBe(over(day - length + 1, day));
						if (day >= length - 1) expect(moving[day]).not.toBeNaN();
						expect(since[day]).toBe(day < from ? _ : over(from, day));
					}
				},
			),
		);
	});
});

describe("new over seven days", () => {
	test("is the sum of the days that are told, and a week not wholly covered is marked", () => {
		const { value, marks } = week([0, 1, 2, 3, 4, 5, 6, 8]);
		expect(Array.from(value)).toEqual([_, _, _, 3, 4, 5, 6, 8]);
		expect(Array.from(marks.subarray(3))).toEqual([
			MARKS.shortWeek,
			MARKS.shortWeek,
			MARKS.shortWeek,
			0,
			0,
		]);
	});

	test("a report after silence is spread over its days: never zero, and what the mean says", () => {
		// 100 every day to 104 on 9 January, silent from the 10th to the 19th, 204 on the 20th.
		const value = [
			...[96, 97, 98, 99, 100, 101, 102, 103, 104],
			...Array(10).fill(_),
			204,
		];
		const weeks = week(value);
		for (let day = 15; day <= 19; day++) {
			expect(weeks.value[day]).toBeCloseTo(700 / 11, 9);
			expect(weeks.marks[day]).toBe(MARKS.spread);
			expect(meanOverWeek(weeks)[day]).toBeCloseTo(100 / 11, 9);
		}
	});

	test("ends with the last report, and there is no week of fewer than four days", () => {
		const weeks = week([0, 1, 2, 3, 4, 5, 6, 7, _, _, _]);
		expect(weeks.value[7]).toBe(7);
		expect(known(weeks.value.subarray(8))).toEqual([]);
		expect(known(meanOverWeek(weeks).subarray(8))).toEqual([]);
		expect(week([5, 6, 7, 8]).value[3]).toBeNaN();
	});

	test("keeps corrections apart and says how much they took back", () => {
		const weeks = week([0, 2, 4, 5, 6, 6, 5, 5, 7]);
		expect(weeks.value[8]).toBe(2 + 1 + 1 + 0 + 0 + 2);
		expect(weeks.corrected[8]).toBe(-1);
	});

	test("a correction is a day of which nothing new can be told", () => {
		const weeks = week([0, 2, 4, 5, 6, 4, 5, 5]);
		expect(weeks.value[7]).toBe(2 + 2 + 1 + 1 + 1 + 0);
		expect(weeks.corrected[7]).toBe(-2);
		expect(weeks.marks[7]).toBe(MARKS.shortWeek | MARKS.correction);
	});

	test("is not told across a change of source, and says so", () => {
		const weeks = week(
			[1, 2, 3, 4, 5, 6, 7, 3, 4, 5, 6, 7, 8, 9, 10],
			[1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2],
		);
		for (let day = 7; day < 14; day++) {
			expect(weeks.value[day]).toBeNaN();
			expect(weeks.marks[day]).toBe(MARKS.sourceChanged);
		}
		expect(weeks.value[14]).toBe(7);
	});

	test("a source that fills one silent day of another does not break the week", () => {
		const weeks = week(
			[0, 1, 2, 3, 400, 5, 6, 7, 8],
			[1, 1, 1, 1, 2, 1, 1, 1, 1],
		);
		expect(weeks.value[8]).toBe(7);
	});

	test("a steady count has itself as mean, silent days or not", () => {
		fc.assert(
			fc.property(
				fc.nat(100),
				fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { maxLength: 12 }),
				(rate, silent) => {
					const value = Array.from({ length: 30 }, (_v, day) =>
						silent.includes(day) ? _ : (day + 1) * rate,
					);
					const mean = meanOverWeek(week(value));
					for (const figure of known(mean)) expect(figure).toBeCloseTo(rate, 9);
					expect(mean[29]).toBeCloseTo(rate, 9);
				},
			),
		);
	});

	test("the mean is the weekly figure divided by the days covered, wherever there is one", () => {
		const series = fc.array(
			fc.oneof(fc.nat(1000), fc.constant(_), fc.nat(1000)),
			{ minLength: 10, maxLength: 40 },
		);
		fc.assert(
			fc.property(fc.array(series, { minLength: 1, maxLength: 4 }), (areas) => {
				const days = Math.min(...areas.map(({ length }) => length));
				const weeks = newOverWeek(
					sumOfNewCounts(
						areas.map((value) => ({
							counts: newCounts(value.slice(0, days)),
							expected: true,
						})),
						days,
					),
				);
				const mean = meanOverWeek(weeks);
				for (let day = 0; day < days; day++) {
					expect(Number.isNaN(mean[day])).toBe(Number.isNaN(weeks.value[day]));
					if (weeks.covered[day] === 7 && !Number.isNaN(mean[day]))
						expect(mean[day] * 7).toBeCloseTo(weeks.value[day], 6);
				}
			}),
		);
	});

	test("counts beyond sixteen million keep their last digits", () => {
		const { daily } = newCounts([20000001, 20000002, 20000005, 20000006]);
		expect(Array.from(daily)).toEqual([_, 1, 3, 1]);
	});
});

describe("the change of a state over seven days", () => {
	const flat = (value: number[], origin = value.map(() => 1)) =>
		endsOverWeek(value, origin);

	test("is told between two reports of one source", () => {
		const value = [10, 1, 2, 3, 4, 5, 6, 4, _, 9];
		expect(Array.from(changeOverWeek(flat(value)).value.subarray(6))).toEqual([
			_,
			-6,
			_,
			7,
		]);
		const changed = flat(value, [1, 1, 1, 1, 1, 1, 1, 2, 2, 2]);
		expect(changed.now[7]).toBeNaN();
		expect(changed.marks[7]).toBe(MARKS.sourceChanged);
	});

	test("of a sum is over the areas known at both ends: silence is no change", () => {
		const silentNow = flat([5000, _, _, _, _, _, _, _]);
		const steady = flat([10, _, _, _, _, _, _, 22]);
		const sum = changeOverWeek(
			sumOfEnds(
				[silentNow, steady].map((ends) => ({ ends, expected: true })),
				8,
			),
		);
		expect(sum.value[7]).toBe(12);
		expect(sum.marks[7]).toBe(MARKS.partial);
	});
});

describe("a change of definition", () => {
	const { definitionChanged } = MARKS;
	/** The days whose weekly figure runs across it. */
	const across = ({ marks }: { marks: Uint16Array }) =>
		Array.from(marks).flatMap((mark, day) =>
			mark & definitionChanged ? [day] : [],
		);
	const growing = Array.from({ length: 24 }, (_none, day) => day * 2);

	test("marks the seven weeks that hold the day's new count, and no other", () => {
		expect(across(newOverWeek(newCounts(growing, undefined, 10)))).toEqual([
			10, 11, 12, 13, 14, 15, 16,
		]);
		expect(across(newOverWeek(newCounts(growing)))).toEqual([]);
	});

	test("marks the weeks before it too that hold a share of a report which came after it", () => {
		const silent = growing.map((value, day) =>
			day === 9 || day === 10 || day === 11 ? _ : value,
		);
		// Day 12 tells what is new since day 8: its shares begin on day 9.
		expect(across(newOverWeek(newCounts(silent, undefined, 10)))).toEqual([
			9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
		]);
	});

	test("marks a week beside which a correction stands that runs across it", () => {
		const fallen = growing.map((value, day) => (day < 10 ? value : value - 9));
		expect(across(newOverWeek(newCounts(fallen, undefined, 10)))).toEqual([
			10, 11, 12, 13, 14, 15, 16,
		]);
	});

	test("marks a sum of areas of which one tells of it, and an own report after areas that do not", () => {
		const later = growing.map((value, day) => (day < 14 ? _ : value));
		const sum = (areas: number[][]) =>
			sumOfNewCounts(
				areas.map((value) => ({
					counts: newCounts(value, undefined, 10),
					expected: true,
				})),
				24,
			);
		expect(across(newOverWeek(sum([growing, later])))).toHaveLength(7);
		expect(across(newOverWeek(sum([later, later])))).toEqual([]);
		const own = newCounts(growing, undefined, 10);
		const isSum = growing.map((_none, day) => day > 12);
		expect(
			across(newOverWeek(joinNewCounts(own, sum([later]), isSum, 10))),
		).toContain(10);
	});

	test("marks the change of a state whose two ends lie on either side, of a sum too", () => {
		const ends = endsOverWeek(
			growing,
			growing.map(() => 1),
			10,
		);
		const seven = [10, 11, 12, 13, 14, 15, 16];
		expect(across(changeOverWeek(ends))).toEqual(seven);
		expect(
			across(changeOverWeek(sumOfEnds([{ ends, expected: true }], 24))),
		).toEqual(seven);
	});
});
