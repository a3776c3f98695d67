import { expect, test } from "vitest";
import { type BedKind, freeBeds } from "../../../core/facilities/free-bed.ts";
import type { ReportColumn } from "../../../core/facilities/report.ts";

const free = (kind: BedKind, report: Partial<Record<ReportColumn, number>>) =>
	freeBeds(kind, (column) => report[column]);

test("no report of a kind of bed is neither free nor full", () => {
	expect(free("icu", {})).toEqual({ free: null, of: null });
	expect(free("icu", { icu_beds: 10 })).toEqual({ free: null, of: 10 });
	expect(free("ward", { beds_occupied: 3 })).toEqual({ free: null, of: null });
	expect(
		free("isolation", { isolation_beds: 4, isolation_occupied: 4 }),
	).toEqual({ free: 0, of: 4 });
});

test("a free bed of intensive care is no free bed of the ward", () => {
	const report = { beds: 100, beds_occupied: 90, icu_beds: 8, icu_occupied: 5 };
	expect(free("ward", report)).toEqual({ free: 7, of: 100 });
	expect(free("icu", report)).toEqual({ free: 3, of: 8 });
	// More people than beds stays in sight.
	expect(free("ward", { ...report, beds_occupied: 112 }).free).toBe(-12);
});

test("a bed with a ventilator needs both: the one of which there is none decides, and what is not told of either is not known", () => {
	const report = {
		icu_beds: 8,
		icu_occupied: 5,
		ventilators: 4,
		ventilators_used: 2,
	};
	expect(free("ventilator", report)).toEqual({ free: 2, of: 4 });
	expect(free("ventilator", { ...report, icu_occupied: 8 }).free).toBe(0);
	expect(free("ventilator", { icu_beds: 8, icu_occupied: 5 }).free).toBeNull();
	expect(free("ventilator", { icu_beds: 8, icu_occupied: 8 }).free).toBe(0);
});

test("a hospital of SIRANAP that states free beds by class alone has their sum on its wards", () => {
	expect(free("ward", { class1_free: 2, class3_free: 5 })).toEqual({
		free: 7,
		of: null,
	});
	expect(free("emergency", { emergency_free: 0 })).toEqual({
		free: 0,
		of: null,
	});
});
