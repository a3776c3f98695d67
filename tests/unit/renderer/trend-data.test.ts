import { expect, test } from "vitest";
import type { Series } from "../../../core/api/figures.ts";
import { MARKS } from "../../../core/series/mark.ts";
import {
	trendSigns,
	trendValues,
} from "../../../renderer/parts/chart/trend-data.ts";

// 35.04 of 2020-04-05..08 as the province reported it (6, 5), with a silent day after.
const series: Series = {
	indicator: "confirmed",
	area: 1,
	firstDay: 18_357,
	value: [6, 5, null, 9],
	daily: [0, 0, null, 4],
	correction: [null, -1, null, null],
	mean7: [null, null, null, null],
	span: [1, 0, 0, 2],
	week: [null, null, null, null],
	corrected7: [null, null, null, null],
	weekMarks: [0, 0, 0, 0],
	sourceChanges: [],
	origins: [{ source: null, sum: true }],
	origin: [0, 0, null, 0],
	marks: [0, MARKS.correction, MARKS.silent, MARKS.partial],
	reporting: [null, null, null, 37],
	expected: [null, null, null, 38],
	silent: [],
};

test("a correction, a silent day and an incomplete sum each get their own sign on their own day", () => {
	expect(trendSigns(series)).toEqual([
		{ index: 1, kind: "correction" },
		{ index: 2, kind: "silent" },
		{ index: 3, kind: "partial" },
	]);
});

test("the day on which a term ended or was redefined stands in its chart, and in no chart of a term that means the same on both sides", () => {
	// 12 to 15 July 2020.
	const july = { ...series, firstDay: 18_455, marks: [0, 0, 0, 0] };
	const termsOf = (indicator: string, firstDay = july.firstDay) =>
		trendSigns({ ...july, indicator, firstDay, correction: [] })
			.filter(({ kind }) => kind === "terms")
			.map(({ index }) => index);
	expect(termsOf("deaths")).toEqual([1]);
	expect(termsOf("active")).toEqual([1]);
	expect(termsOf("odp")).toEqual([1]);
	expect(termsOf("confirmed")).toEqual([]);
	expect(termsOf("tests")).toEqual([]);
	expect(termsOf("deaths", 18_300)).toEqual([]);
});

test("a correction never becomes a negative bar, and silence never a bar of zero", () => {
	const wrong = { ...series, daily: [0, -1, null, 4] };
	expect(trendValues(wrong, "daily")).toEqual([0, null, null, 4]);
	expect(trendValues(series, "total")).toEqual([6, 5, null, 9]);
});
