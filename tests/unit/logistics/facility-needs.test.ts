import { expect, test } from "vitest";
import { facilityNeeds } from "../../../core/logistics/facility-needs.ts";
import { readCatalogues } from "../../../main/analyst/catalogue-files.ts";

const catalogues = await readCatalogues();

function patients(severe: number[], critical: number[], facilities = 1) {
	const days = severe.length / facilities;
	return {
		facilities,
		days,
		severe: Float32Array.from(severe),
		critical: Float32Array.from(critical),
		admittedSevere: Float32Array.from(severe, () => 1),
		admittedCritical: Float32Array.from(severe, () => 0),
	};
}

const row = (needs: ReturnType<typeof facilityNeeds>, id: string) => {
	const at = needs.ids.indexOf(id) * needs.facilities * needs.days;
	return [...needs.values.subarray(at, at + needs.facilities * needs.days)];
};

test("a respirator for each health worker: hours of the staffing table over 8", () => {
	const needs = facilityNeeds(patients([1, 0], [0, 1]), catalogues);
	const [severe, critical] = row(needs, "respirator");
	const hours = (of: "severe" | "critical") =>
		catalogues.workforce.occupations
			.filter(({ group }) => group === "health-worker")
			.reduce((sum, { hoursPerPatientDay }) => sum + hoursPerPatientDay[of], 0);
	expect(severe).toBeCloseTo(hours("severe") / 8, 4);
	expect(critical).toBeCloseTo(hours("critical") / 8, 4);
});

test("a day that was not reported needs an unknown amount, and the days around it are not touched", () => {
	const needs = facilityNeeds(
		patients([10, Number.NaN, 10], [2, 2, 2]),
		catalogues,
	);
	const gowns = row(needs, "gown-protective");
	expect(gowns[1]).toBeNaN();
	expect(gowns[0]).toBeGreaterThan(0);
	expect(gowns[2]).toBe(gowns[0]);
	const monitors = row(needs, "patient-monitor");
	expect(monitors[0]).toBe(3);
	expect(monitors[2]).toBe(0);
});

test("held items are ordered once, by each facility for itself", () => {
	const needs = facilityNeeds(
		patients([0, 0, 0, 0], [3, 5, 1, 2], 2),
		catalogues,
	);
	expect(row(needs, "syringe-pump")).toEqual([9, 6, 3, 3]);
});

test("arrays of another size are refused", () => {
	expect(() =>
		facilityNeeds({ ...patients([1], [1]), days: 2 }, catalogues),
	).toThrow(/expected 1 facilities x 2 days/);
});
