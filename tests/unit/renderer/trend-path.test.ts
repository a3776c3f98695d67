import { expect, test } from "vitest";
import { dayFromIso } from "../../../core/series/day.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { trendPath } from "../../../renderer/screens/sebaran/trend-path.ts";

const trendOf = (
	value: (number | null)[],
	more: Partial<Parameters<typeof trendPath>[0]> = {},
) =>
	trendPath({
		...{ indicator: "confirmed", period: "all", firstDay: 10 },
		...{ value, marks: value.map(() => 0), ...more },
	});

test("the trend line of an area is broken where nobody reported, a day alone is a point, and no gap is drawn as a zero", () => {
	const { line, points, days } = trendOf([0, 5, null, 10, null, null, 5, 10]);
	expect(line).toBe("M0.5 100L1.5 50M6.5 50L7.5 0");
	expect(points).toBe("M3.5 0h0");
	expect(days).toBe(8);
});

test("below zero has its place below the line of zero, and the highest day is the first that has it", () => {
	const { line, highest } = trendOf([-5, 0, 5, 5]);
	expect(line).toBe("M0.5 100L1.5 50L2.5 0L3.5 0");
	expect(highest).toEqual({ day: 12, value: 5, since: null });
});

test("what nobody reported has no line", () => {
	expect(trendOf([null, null])).toEqual({
		...{ line: "", points: "", days: 2, highest: null },
	});
});

test("values of two sources are not joined: a new line begins with the other source, and in a period that holds the change once", () => {
	const marks = [0, 0, MARKS.sourceChanged, MARKS.sourceChanged, 0];
	const value = [10, 10, 10, 10, 10];
	expect(trendOf(value, { marks })).toMatchObject({
		line: "M0.5 0L1.5 0M3.5 0L4.5 0",
		points: "M2.5 0h0",
	});
	expect(trendOf(value, { marks, period: "7d" })).toMatchObject({
		line: "M0.5 0L1.5 0M2.5 0L3.5 0L4.5 0",
		points: "",
	});
});

test("deaths by two definitions are neither joined nor held against each other: the highest is of the newest definition and says since when", () => {
	const change = dayFromIso("2020-07-13") ?? Number.NaN;
	const firstDay = change - 2;
	const value = [10, 10, 8, 2, 4];
	const deaths = { indicator: "deaths", firstDay };
	expect(trendOf(value, deaths)).toMatchObject({
		line: "M0.5 0L1.5 0M2.5 20L3.5 80L4.5 60",
		highest: { day: change, value: 8, since: change },
	});
	// What is new in a period over both of them is of neither.
	const marks = [0, 0, MARKS.definitionChanged, 0, 0];
	expect(
		trendOf(value, { ...deaths, marks, period: "7d" }).highest,
	).toMatchObject({ day: change + 2, value: 4 });
	// A series that ends before has but one, and one that begins with it too.
	expect(trendOf([3, 5], deaths).highest).toMatchObject({
		value: 5,
		since: null,
	});
	expect(
		trendOf([3, 5], { ...deaths, firstDay: change }).highest,
	).toMatchObject({ value: 5, since: null });
	expect(trendOf(value, { firstDay }).highest).toMatchObject({ value: 10 });
});
