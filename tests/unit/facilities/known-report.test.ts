import { expect, test } from "vitest";
import {
	knownReport,
	type StatedReport,
	toldTogether,
} from "../../../core/facilities/known-report.ts";
import { facilityMeasure, measured } from "../../../core/facilities/measure.ts";
import type { ReportColumn } from "../../../core/facilities/report.ts";

function report(
	values: Partial<Record<ReportColumn, number>>,
	rest: Partial<StatedReport> = {},
): StatedReport {
	return {
		rank: 1,
		source: 1,
		asOf: 100,
		sha256: "a",
		stated: (column) => values[column] ?? null,
		...rest,
	};
}

test("a later report of a source corrects what it states, and takes nothing back by leaving a column empty", () => {
	const known = knownReport([
		report({ beds: 50, beds_occupied: 40 }),
		report({ beds_occupied: 31 }, { asOf: 101 }),
	]);
	expect(known).toEqual({
		values: { beds: 50, beds_occupied: 31 },
		sources: [1],
		asOf: 101,
	});
});

test("the source that is asked first is heard, whatever another says later, and the other fills in what it leaves out", () => {
	const known = knownReport([
		report({ beds: 60, admissions: 2 }, { rank: 4, source: 2, asOf: 109 }),
		report({ beds: 50 }),
	]);
	expect(known).toEqual({
		values: { beds: 50, admissions: 2 },
		sources: [1, 2],
		asOf: 109,
	});
});

test("of two files of one source and day the hash decides, in whichever order they came", () => {
	const two = [report({ beds: 1 }), report({ beds: 2 }, { sha256: "b" })];
	expect(knownReport(two).values.beds).toBe(2);
	expect(knownReport(two.toReversed()).values.beds).toBe(2);
});

test("a share of no beds, and a number that was not reported, cannot be told and are not zero", () => {
	const occupancy = facilityMeasure("bed-occupancy");
	const of = (values: Partial<Record<ReportColumn, number>>) =>
		measured(occupancy, (column) => values[column]);
	expect(of({ beds: 40, beds_occupied: 44 })).toBe(1.1);
	expect(of({ beds: 0, beds_occupied: 0 })).toBeNaN();
	expect(of({ beds: 40 })).toBeNaN();
	expect(of({ beds_occupied: 40 })).toBeNaN();
	expect(of({ beds: 40, beds_occupied: 0 })).toBe(0);
});

test("beds and patients of a share are of one source: those of two are not divided by one another, nor does one that knows only half hide the other", () => {
	const share = ["beds_occupied", "beds"] as const;
	const register = report({ beds: 60 }, { source: 1, rank: 1 });
	const ward = report(
		{ beds: 50, beds_occupied: 40 },
		{ source: 2, rank: 2, asOf: 103 },
	);
	expect(toldTogether([ward, register], share)).toEqual({
		values: { beds: 50, beds_occupied: 40 },
		source: 2,
		asOf: 103,
	});
	expect(
		toldTogether(
			[register, report({ beds_occupied: 40 }, { source: 2, rank: 2 })],
			share,
		),
	).toBeNull();
	// Of one source a later file that states one of the two corrects it, and the other stands.
	expect(
		toldTogether(
			[ward, report({ beds_occupied: 31 }, { source: 2, rank: 2, asOf: 105 })],
			share,
		),
	).toEqual({ values: { beds: 50, beds_occupied: 31 }, source: 2, asOf: 105 });
});
