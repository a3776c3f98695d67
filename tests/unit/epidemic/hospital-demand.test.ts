import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	type AgeStructuredScenario,
	runAgeStructured,
} from "../../../core/epidemic/age-structured.ts";
import {
	type ChimeParameters,
	fitChime,
	projectChime,
	simulateSir,
} from "../../../core/epidemic/chime.ts";
import { day } from "../../../core/series/day.ts";

const chime: ChimeParameters = {
	population: 4_119_405,
	marketShare: 0.15,
	infectiousDays: 14,
	recovered: 0,
	relativeContactRate: 0.3,
	mitigationDate: day("2020-03-28"),
	currentDate: day("2020-03-28"),
	currentHospitalized: 14,
	days: 60,
	dispositions: {
		hospitalized: { rate: 0.025, lengthOfStay: 7 },
		icu: { rate: 0.0075, lengthOfStay: 9 },
		ventilated: { rate: 0.005, lengthOfStay: 10 },
	},
	fit: { by: "first-hospitalized", date: day("2020-03-07") },
};

describe("CHIME", () => {
	it("refuses the false minimum whose peak lies before today, and shows its doubling time", () => {
		const result = projectChime({
			...chime,
			currentHospitalized: 640,
			fit: { by: "first-hospitalized", date: day("2020-01-27") },
		});
		expect(result).toMatchObject({
			status: "refused",
			reason: "peak-before-today",
			doublingTime: expect.any(Number),
		});
		expect(result).not.toHaveProperty("fit");
	});

	it("refuses a fit that ends at the limit of the search", () => {
		const result = projectChime({
			...chime,
			currentHospitalized: 2,
			relativeContactRate: 0,
			fit: { by: "first-hospitalized", date: day("2020-02-28") },
		});
		expect(result).toMatchObject({
			status: "refused",
			reason: "doubling-time-at-limit",
		});
	});

	it("refuses a fit that comes nowhere near the patients of today", () => {
		expect(
			projectChime({
				...chime,
				relativeContactRate: 1,
				mitigationDate: day("2018-01-01"),
				currentHospitalized: 1e6,
				fit: { by: "doubling-time", doublingTime: -5 },
			}),
		).toMatchObject({ status: "refused", reason: "census-not-reached" });
	});

	it("gives the published fit when it is sensible", () => {
		const result = projectChime(chime);
		if (result.status !== "fitted") throw new Error(result.reason);
		expect(result.fit.doublingTime).toBeCloseTo(5.312786339025406, 12);
	});

	it("fits without a mitigation date too", () => {
		const fit = fitChime({
			...chime,
			mitigationDate: undefined,
			fit: { by: "doubling-time", doublingTime: 5 },
		});
		expect(fit?.daysSinceFirst).toBeGreaterThan(0);
	});

	it("keeps S + I + R constant under any policies", () => {
		fc.assert(
			fc.property(
				fc.double({ min: 1, max: 1e9, noNaN: true }),
				fc.double({ min: 0.01, max: 1e5, noNaN: true }),
				fc.double({ min: 0, max: 1e5, noNaN: true }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.array(
					fc.record({
						r0: fc.double({ min: 0, max: 5, noNaN: true }),
						days: fc.nat({ max: 80 }),
					}),
					{ maxLength: 4 },
				),
				(s, i, r, gamma, stretches) => {
					const sir = simulateSir(
						{ s, i, r },
						gamma,
						0,
						stretches.map(({ r0, days }) => ({
							beta: (r0 * gamma) / (s + i + r),
							days,
						})),
					);
					const n = s + i + r;
					for (let row = 0; row < sir.day.length; row++) {
						const compartments = [
							sir.susceptible,
							sir.infected,
							sir.recovered,
						].map((compartment) => compartment[row]);
						const total = compartments.reduce((sum, people) => sum + people, 0);
						// The published daily steps run away when most of a population is infected in a day: then the compartments are far
						// larger than their sum, which is exact only to their rounding.
						const largest = Math.max(n, ...compartments.map(Math.abs));
						expect(Math.abs(total - n) / largest).toBeLessThan(1e-9);
					}
				},
			),
		);
	});

	it.each([
		["a share above one", { marketShare: 1.5 }, /marketShare/],
		["a population smaller than its seeds", { population: 100 }, /population/],
		[
			"part of a day's stay",
			{
				dispositions: {
					...chime.dispositions,
					icu: { rate: 0.1, lengthOfStay: 2.5 },
				},
			},
			/icu length of stay/,
		],
		[
			"a first patient after today",
			{ fit: { by: "first-hospitalized" as const, date: day("2020-04-01") } },
			/first hospitalised/,
		],
	])("names %s", (_, change, message) => {
		expect(() => projectChime({ ...chime, ...change })).toThrow(message);
	});
});

const ages = (severities: number[]): AgeStructuredScenario["ages"] =>
	severities.map((severe, index) => ({
		name: `age ${index}`,
		population: 1000 + 100 * index,
		isolated: 0,
		confirmed: 20,
		severe,
		critical: 20,
		palliative: 5,
		fatal: 30,
	}));

const scenario: AgeStructuredScenario = {
	begin: 18332,
	end: 18432,
	population: 1_000_000,
	seroprevalence: 0,
	initialCases: 50,
	importsPerDay: 1,
	r0: 2.5,
	latencyDays: 3,
	infectiousDays: 5,
	hospitalStayDays: 7,
	icuStayDays: 12,
	seasonalForcing: 0,
	peakMonth: 0,
	icuBeds: 20,
	overflowSeverity: 2,
	mitigations: [],
	ages: ages([1, 3, 3, 6, 10, 25]),
};

describe("the age-structured model", () => {
	it("conserves people: S + E + I + H + C + O + recovered + dead stays constant", () => {
		fc.assert(
			fc.property(
				fc.record({
					r0: fc.double({ min: 0, max: 8, noNaN: true }),
					icuBeds: fc.nat({ max: 3000 }),
					importsPerDay: fc.double({ min: 0, max: 50, noNaN: true }),
					seasonalForcing: fc.double({ min: 0, max: 0.5, noNaN: true }),
					seroprevalence: fc.double({ min: 0, max: 60, noNaN: true }),
					reduction: fc.double({ min: 0, max: 100, noNaN: true }),
				}),
				({ reduction, ...change }) => {
					const rows = runAgeStructured({
						...scenario,
						...change,
						mitigations: [
							{ begin: 18350, end: 18400, reductionPercent: reduction },
						],
					});
					const people = rows.map(
						(row) =>
							row.susceptible +
							row.exposed +
							row.infectious +
							row.severe +
							row.critical +
							row.overflow +
							row.cumulativeRecovered +
							row.cumulativeFatality,
					);
					// Imports still arrive when nobody is left to be infected, and the published scheme clamps at 0 where
					// the ICU fills up, which may add a few persons in a million.
					const allowed =
						100 * change.importsPerDay + 3e-6 * scenario.population;
					for (const total of people)
						expect(Math.abs(total - people[0])).toBeLessThan(allowed);
					for (const row of rows) {
						expect(row.critical).toBeLessThanOrEqual(change.icuBeds + 1e-6);
						for (const value of Object.values(row))
							expect(Number.isFinite(value) && value >= 0).toBe(true);
					}
				},
			),
			{ numRuns: 40 },
		);
	});

	it("keeps the ICU within its beds from the first row on, the others without a bed", () => {
		const [first] = runAgeStructured({
			...scenario,
			r0: 0,
			importsPerDay: 0,
			icuBeds: 1,
		});
		expect(first?.critical).toBeCloseTo(1, 9);
		expect(first?.overflow).toBeGreaterThan(0);
	});

	it("has fewer deaths with more ICU beds and with an earlier measure", () => {
		const deaths = (change: Partial<AgeStructuredScenario>) =>
			runAgeStructured({ ...scenario, ...change }).at(-1)?.cumulativeFatality ??
			0;
		expect(deaths({ icuBeds: 2000 })).toBeLessThan(deaths({}));
		const measure = (begin: number) =>
			deaths({ mitigations: [{ begin, end: 18432, reductionPercent: 60 }] });
		expect(measure(18350)).toBeLessThan(measure(18380));
	});

	it("names a parameter outside its range, and never hangs on an endless run", () => {
		expect(() => runAgeStructured({ ...scenario, latencyDays: 0 })).toThrow(
			/latencyDays/,
		);
		expect(() => runAgeStructured({ ...scenario, end: 1e9 })).toThrow(
			/ten years/,
		);
		expect(() => runAgeStructured({ ...scenario, ages: [] })).toThrow(/ages/);
		expect(() =>
			runAgeStructured({ ...scenario, initialCases: Number.NaN }),
		).toThrow(/initialCases/);
	});
});
