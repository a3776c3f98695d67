import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Catalogues } from "../../../core/logistics/catalogue.ts";
import { forecastNeeds } from "../../../core/logistics/needs.ts";
import {
	countryScenario,
	type NeedsScenario,
} from "../../../core/logistics/needs-scenario.ts";
import { runningSums } from "../../../core/logistics/patients.ts";
import { LARGEST_COUNT } from "../../../core/series/count.ts";
import { readCatalogues } from "../../../main/analyst/catalogue-files.ts";
import { scenarioFromEsft } from "../../../main/analyst/esft-reference.ts";
import { logisticsVerifiers } from "../../../main/analyst/logistics-verifiers.ts";
import { verifyParsed } from "../../../main/analyst/verify.ts";
import { expectFacts, referencesOf } from "../../fixtures/references/facts.ts";

const WHOLE = "../shared/refs/supplies/esft_idn_2020h2.json";

let catalogues: Catalogues;
beforeAll(async () => {
	catalogues = await readCatalogues();
});

function scenario(
	cases: readonly number[],
	lead = 3,
	change: Partial<NeedsScenario> = {},
): NeedsScenario {
	const weeks = cases.map((value, index) => {
		const begins = Date.UTC(2020, 7, 17 + 7 * index);
		const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
		return {
			weekBegins: iso(begins),
			weekEnds: iso(begins + 6 * 86_400_000),
			cases: value,
		};
	});
	return {
		...countryScenario(
			catalogues,
			"IDN",
			weeks,
			weeks[Math.min(lead, weeks.length - 1)]?.weekBegins ?? "",
			weeks.length,
		),
		...change,
	};
}

function everyNumber(
	value: unknown,
	visit: (number: number, path: string) => void,
	path = "",
): void {
	if (typeof value === "number") visit(value, path);
	else if (value !== null && typeof value === "object")
		for (const [key, item] of Object.entries(value))
			everyNumber(item, visit, `${path}.${key}`);
}

describe("against the R port's run", () => {
	const [reference] = referencesOf("needs");
	if (!reference) throw new Error("no reference");

	test("the Indonesian run is recomputed from its inputs", () =>
		expectFacts(reference, logisticsVerifiers));

	test("a wrong expected value is found", async () => {
		const [[key, value] = []] = reference.facts;
		await expect(
			expectFacts(
				{ ...reference, facts: [[key as string, 1.00001 * Number(value)]] },
				logisticsVerifiers,
			),
		).rejects.toThrow("R port");
	});

	if (existsSync(WHOLE))
		test("every value of the whole run is recomputed", async () => {
			const report = await verifyParsed(
				"reference",
				JSON.parse(readFileSync(WHOLE, "utf8")),
				logisticsVerifiers,
			);
			expect(report.outcome).toBe("pass");
		});

	test("the intended logic differs from the port exactly where the port has quirks", () => {
		const given = scenarioFromEsft(reference.given.inputs);
		const intended = forecastNeeds(given, catalogues);
		const port = forecastNeeds(given, catalogues, { logic: "esft-r-port" });
		const weekly = (forecast: typeof port, id: string) =>
			forecast.items.find(({ item }) => item.id === id)?.weekly;
		// No quirk touches gowns but the whole ambulance and biomedical staff.
		const gowns = weekly(intended, "gown-protective")?.[0] as number;
		const portGowns = weekly(port, "gown-protective")?.[0] as number;
		expect(Math.abs(gowns / portGowns - 1)).toBeLessThan(1e-4);
		// Garments are ordered once, not each week.
		const scrubs = weekly(intended, "scrubs-tops") as number[];
		expect(scrubs[1]).toBeLessThan(
			(weekly(port, "scrubs-tops")?.[1] as number) / 5,
		);
		// Contacts are tested for the cases of their own week.
		expect(new Set(port.totalTests.map(({ contacts }) => contacts)).size).toBe(
			1,
		);
		expect(
			new Set(intended.totalTests.map(({ contacts }) => contacts)).size,
		).toBeGreaterThan(1);
		// Medicines leave the lead-in weeks out.
		const total = (forecast: typeof port) =>
			forecast.medicines.find(({ medicine }) =>
				medicine.id.startsWith("baracitanib"),
			)?.total as number;
		expect(total(intended)).toBeLessThan(total(port));
	});
});

test("contacts are tested for each new case once: a test for release finds no case", () => {
	// WHO ESFT: 10 contacts a case, 60 % of them tested; 7,000 new cases a week are 42,000 tests.
	const weekly = new Array(12).fill(7000);
	const contacts = (given: NeedsScenario) =>
		forecastNeeds(given, catalogues).totalTests.map(({ contacts }) =>
			Math.round(contacts),
		);
	const given = scenario(weekly);
	expect(new Set(contacts(given))).toEqual(new Set([42_000]));
	const { testing } = given;
	const twice = { mildModerate: 2, severeCritical: 2 };
	expect(
		new Set(
			contacts({
				...given,
				testing: { ...testing, diagnosis: twice, release: twice },
			}),
		),
	).toEqual(new Set([42_000]));
	// Only cases that are tested are known: half of the mild and moderate 80 %, and the others.
	expect(
		new Set(
			contacts({
				...given,
				testing: {
					...testing,
					strategy: "targeted",
					shareTestedMildModerate: 0.5,
				},
			}),
		),
	).toEqual(new Set([25_200]));
});

test("12 weeks of national defaults give 18,132 tests a day and 887 laboratories, as the tool prints", () => {
	const forecast = forecastNeeds(
		scenario(new Array(12).fill(20_000)),
		catalogues,
	);
	expect(Math.round(forecast.weeklyTestCapacity / 7)).toBe(18_132);
	expect(forecast.laboratories.count).toBe(887);
});

test("patients in bed are the cases of the last stay, and beds cap them", () => {
	const cases = [1000, 2000, 3000, 4000, 5000];
	const free = forecastNeeds(
		scenario(cases, 0, {
			beds: { hospital: 1e6, severe: null, critical: null },
		}),
		catalogues,
	);
	expect(free.patients[3]?.demand.critical).toBeCloseTo(0.05 * 7000, 9);
	expect(free.patients[3]?.severeBeds).toBeCloseTo(0.15 * 4000, 9);
	const capped = forecastNeeds(
		scenario(cases, 0, {
			beds: { hospital: 200, severe: 150, critical: 40 },
		}),
		catalogues,
	);
	for (const [index, week] of capped.patients.entries()) {
		expect(week.severeBeds).toBeLessThanOrEqual(150);
		expect(week.criticalBeds).toBeLessThanOrEqual(40);
		expect(week.admittedSevere).toBeLessThanOrEqual(
			free.patients[index]?.admittedSevere as number,
		);
		expect(week.demand).toEqual(free.patients[index]?.demand);
	}
});

test("with nothing capped, twice the cases need twice of everything that is used up in whole or part", () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 0, max: 50_000 }), {
				minLength: 4,
				maxLength: 20,
			}),
			(cases) => {
				const open = {
					beds: { hospital: 1e12, severe: null, critical: null },
					healthWorkers: 1e15,
					labStaff: 1e15,
				};
				const once = forecastNeeds(scenario(cases, 3, open), catalogues);
				const twice = forecastNeeds(
					scenario(
						cases.map((value) => 2 * value),
						3,
						open,
					),
					catalogues,
				);
				once.items.forEach((need, index) => {
					if (need.item.kind !== "hygiene" && need.item.kind !== "ppe") return;
					need.byDriver.forEach((parts, week) => {
						const { labTechnician, labCleaner, ...rest } = parts;
						for (const [driver, amount] of Object.entries(rest))
							expect(
								twice.items[index]?.byDriver[week]?.[driver as "severeBed"],
							).toBeCloseTo(2 * amount, 4);
					});
				});
			},
		),
		{ numRuns: 25 },
	);
});

test("more cases never need fewer medicines, beds or litres of oxygen", () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 0, max: 20_000 }), {
				minLength: 4,
				maxLength: 16,
			}),
			fc.nat(15),
			fc.integer({ min: 1, max: 5000 }),
			(cases, where, extra) => {
				const more = [...cases];
				const at = where % more.length;
				more[at] = more[at] + extra;
				const a = forecastNeeds(scenario(cases), catalogues);
				const b = forecastNeeds(scenario(more), catalogues);
				a.medicines.forEach(({ total }, index) => {
					expect(b.medicines[index]?.total).toBeGreaterThanOrEqual(
						total - 1e-9,
					);
				});
				a.patients.forEach(({ bedsInUse }, index) => {
					expect(b.patients[index]?.bedsInUse).toBeGreaterThanOrEqual(
						bedsInUse - 1e-9,
					);
				});
				a.oxygen.forEach(({ tonnesPerDay }, index) => {
					expect(b.oxygen[index]?.tonnesPerDay).toBeGreaterThanOrEqual(
						tonnesPerDay - 1e-9,
					);
				});
			},
		),
		{ numRuns: 40 },
	);
});

test("extreme but legal inputs give finite, non-negative figures, never NaN", () => {
	for (const cases of [[0], [0, 0, 0, 0], [LARGEST_COUNT], [5, 0, 0, 0, 7]])
		for (const change of [
			{},
			{ beds: { hospital: 0, severe: 0, critical: 0 } },
			{ healthWorkers: 0, labStaff: 0, platforms: [] },
		])
			for (const logic of ["intended", "esft-r-port"] as const) {
				const forecast = forecastNeeds(scenario(cases, 0, change), catalogues, {
					logic,
				});
				everyNumber(
					{
						items: forecast.items.map(({ weekly }) => weekly),
						staff: forecast.staff,
						tests: forecast.totalTests,
						oxygen: forecast.oxygen,
						caps: forecast.caps,
					},
					(value, path) => {
						if (!(Number.isFinite(value) && value >= 0))
							throw new Error(`${path}: ${value}`);
					},
				);
			}
});

test("cases that were not reported are refused by name, not counted as none", () => {
	expect(() =>
		forecastNeeds(scenario([10, Number.NaN, 20]), catalogues),
	).toThrow(/weeks\[1\]\.newCases\.mild/);
});

test("no case at all needs nothing for patients", () => {
	const forecast = forecastNeeds(scenario([0, 0, 0, 0, 0]), catalogues);
	expect(forecast.oxygen[0]?.cubicMetresPerDay).toBe(0);
	expect(
		forecast.items.find(({ item }) => item.id === "ventilator-icu")?.total,
	).toBe(0);
	expect(
		forecast.items.find(({ item }) => item.id === "thermocycler")?.total,
	).toBeNull();
});

test("running sums stay exact where plain addition drifts", () => {
	const sums = runningSums(new Array(100_000).fill(0.1));
	expect(sums.at(-1)).toBeCloseTo(10_000, 10);
});
