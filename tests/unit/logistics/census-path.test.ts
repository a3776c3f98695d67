import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	type CensusPath,
	censusOf,
	facilityPath,
	growthOfUse,
	heldAsReported,
	pathOfWeeks,
	withBeds,
} from "../../../core/logistics/census-path.ts";
import {
	type BySeverity,
	SEVERITIES,
} from "../../../core/logistics/needs-scenario.ts";
import { dayFromIso } from "../../../core/series/day.ts";

const FIRST = dayFromIso("2020-09-07") as number;
const people = (most: number) =>
	fc.record({
		mild: fc.integer({ min: 0, max: most }),
		moderate: fc.integer({ min: 0, max: most }),
		severe: fc.integer({ min: 0, max: most }),
		critical: fc.integer({ min: 0, max: most }),
	});
const path = (rows: BySeverity[]): CensusPath => ({
	firstDay: FIRST,
	days: rows.length,
	method: "renewal",
	bySeverity: censusOf((severity) =>
		Float64Array.from(rows, (row) => row[severity]),
	),
});

describe("a census path held as reported", () => {
	test("has on every day whom the last report counted, and does not know what it did not tell", () => {
		const held = heldAsReported({ mild: 4, severe: 0 }, FIRST, 3);
		expect([...held.bySeverity.mild]).toEqual([4, 4, 4]);
		expect([...held.bySeverity.severe]).toEqual([0, 0, 0]);
		expect(held.bySeverity.critical.every(Number.isNaN)).toBe(true);
	});
});

test("numbers given by week hold on each day of the week and are not known after the last", () => {
	const week = { mild: 1, moderate: 2, severe: 3, critical: Number.NaN };
	const given = pathOfWeeks([week, { ...week, severe: 9 }], FIRST, 15);
	expect([...given.bySeverity.severe]).toEqual([
		3,
		3,
		3,
		3,
		3,
		3,
		3,
		9,
		9,
		9,
		9,
		9,
		9,
		9,
		Number.NaN,
	]);
	expect(() => pathOfWeeks([{ ...week, mild: -1 }], FIRST, 7)).toThrow(
		/weeks\[0\].mild/,
	);
});

describe("the path of a facility", () => {
	test("adds up over the facilities of an area to the path of the area", () => {
		fc.assert(
			fc.property(
				fc.array(people(300), { minLength: 1, maxLength: 6 }),
				fc.array(people(5000), { minLength: 1, maxLength: 5 }),
				// A small area often has nobody in intensive care, and its model expects some.
				fc.boolean(),
				(drawn, ahead, noneCritical) => {
					const reports = drawn.map((one) =>
						noneCritical ? { ...one, critical: 0 } : one,
					);
					const sum = Object.fromEntries(
						SEVERITIES.map((severity) => [
							severity,
							reports.reduce((all, one) => all + one[severity], 0),
						]),
					) as BySeverity;
					const area = path(ahead);
					const paths = reports.map((one) => facilityPath(area, sum, one));
					if (SEVERITIES.every((severity) => sum[severity] === 0)) return;
					for (const severity of SEVERITIES) {
						for (let day = 0; day < area.days; day++)
							expect(
								paths.reduce(
									(all, one) => all + one.bySeverity[severity][day],
									0,
								),
							).toBeCloseTo(area.bySeverity[severity][day], 6);
					}
				},
			),
		);
	});

	test("takes its part of all patients of the area for a severity that the area had none of", () => {
		const area = path([{ mild: 20, moderate: 0, severe: 0, critical: 10 }]);
		const before = { mild: 10, moderate: 0, severe: 0, critical: 0 };
		const own = { mild: 2, moderate: 0, severe: Number.NaN, critical: 0 };
		const { bySeverity } = facilityPath(area, before, own);
		expect(bySeverity.mild[0]).toBe(4);
		expect(bySeverity.severe[0]).toBeNaN();
		expect(bySeverity.critical[0]).toBe(2);
		expect(
			facilityPath(area, { ...before, mild: 0 }, own).bySeverity.mild[0],
		).toBeNaN();
	});
});

describe("beds", () => {
	test("hold the gravest first, and who finds none is waiting", () => {
		const { inBed, waiting } = withBeds(
			path([{ mild: 50, moderate: 40, severe: 30, critical: 12 }]),
			{ ward: 60, intensive: 10 },
		);
		const first = (census: CensusPath["bySeverity"]) =>
			SEVERITIES.map((severity) => census[severity][0]);
		expect(first(inBed.bySeverity)).toEqual([0, 30, 30, 10]);
		expect(first(waiting)).toEqual([50, 10, 0, 2]);
	});

	test("never have fewer severe or critical patients in them when more patients of any severity come", () => {
		fc.assert(
			fc.property(
				people(100),
				people(100),
				fc.nat(200),
				fc.nat(50),
				(some, more, ward, intensive) => {
					const greater = Object.fromEntries(
						SEVERITIES.map((one) => [one, some[one] + more[one]]),
					) as BySeverity;
					const few = withBeds(path([some]), { ward, intensive }).inBed;
					const many = withBeds(path([greater]), { ward, intensive }).inBed;
					const all = (one: CensusPath) =>
						SEVERITIES.reduce((sum, key) => sum + one.bySeverity[key][0], 0);
					for (const severity of ["severe", "critical"] as const)
						expect(many.bySeverity[severity][0]).toBeGreaterThanOrEqual(
							few.bySeverity[severity][0],
						);
					expect(all(many)).toBeGreaterThanOrEqual(all(few));
					expect(all(few)).toBeLessThanOrEqual(ward + intensive);
				},
			),
		);
	});

	test("that are not capped change nothing", () => {
		const free = path([
			{ mild: 5, moderate: 4, severe: Number.NaN, critical: 1 },
		]);
		const { inBed } = withBeds(free, { ward: null, intensive: null });
		expect(inBed.bySeverity).toEqual(free.bySeverity);
	});
});

describe("use where neither severe nor critical patients tell it", () => {
	const unknown = Number.NaN;
	const reported = { mild: 700, moderate: 2300, severe: 1130, critical: 370 };
	const grown = (
		row: BySeverity,
		now: BySeverity = reported,
		patients = 4500,
	): number => growthOfUse(path([row]), now, patients, 0, 0)[1] as number;

	test("grows as the severities do that are known both now and then: one that nobody told is not nobody", () => {
		expect(grown(reported)).toBe(1);
		// The same severe and critical patients, the others not known: 1,500 of 4,500 would be a third.
		expect(grown({ ...reported, mild: unknown, moderate: unknown })).toBe(1);
		// Or now not known, and then told.
		expect(
			grown(reported, { ...reported, mild: unknown, moderate: unknown }),
		).toBe(1);
		// Those that tell severities are not held against all.
		expect(grown(reported, reported, 9000)).toBe(1);
		const nobodyTold = {
			...{ mild: unknown, moderate: unknown },
			...{ severe: unknown, critical: unknown },
		};
		expect(grown(reported, nobodyTold, 9000)).toBe(0.5);
	});

	test("is not known on a day of which no patients are", () => {
		expect(
			grown({
				...{ mild: unknown, moderate: unknown },
				...{ severe: unknown, critical: unknown },
			}),
		).toBeNaN();
	});
});
