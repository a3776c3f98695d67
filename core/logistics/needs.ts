/**
 * The needs forecast: patients, staff, tests, every item, medicines, oxygen and cost, for one place and period.
 * Logic and parameters: WHO COVID-19 Essential Supplies Forecasting Tool; see docs/logistics-models.md.
 */

import { found } from "../series/found.ts";
import {
	type Laboratories,
	laboratories,
	type StaffWeek,
	type WorkforceCaps,
	weeklyStaff,
	workforceCaps,
} from "./care-workforce.ts";
import type { Catalogues } from "./catalogue.ts";
import {
	commodityNeeds,
	type DriverWeek,
	driversOfWeek,
	type ItemNeed,
} from "./commodity-needs.ts";
import { type MedicineNeed, medicineNeeds } from "./medicine-needs.ts";
import {
	type CaseWeek,
	forecastRange,
	type NeedsLogic,
	type NeedsScenario,
} from "./needs-scenario.ts";
import { type OxygenNeed, oxygenNeed } from "./oxygen.ts";
import { type PatientWeek, weeklyPatients } from "./patients.ts";
import {
	type TestMix,
	type TestWeek,
	testMix,
	weeklyTestCapacity,
	weeklyTests,
} from "./testing-needs.ts";
import { type TotalTestWeek, weeklyTotalTests } from "./total-tests.ts";

/** A forecast, week by week (the lead-in weeks are not in it). */
export interface NeedsForecast {
	place: string;
	logic: NeedsLogic;
	/** New cases of the weeks. */
	weeks: readonly CaseWeek[];
	patients: PatientWeek[];
	tests: TestWeek[];
	totalTests: TotalTestWeek[];
	staff: StaffWeek[];
	caps: WorkforceCaps;
	testMix: TestMix[];
	weeklyTestCapacity: number;
	laboratories: Laboratories;
	drivers: DriverWeek[];
	items: ItemNeed[];
	medicines: MedicineNeed[];
	/** Oxygen of a day in each week. */
	oxygen: OxygenNeed[];
	/** Sum over what has a price; `unpriced` names what has none. */
	cost: { usd: number; unpriced: string[] };
}

/**
 * Forecasts the needs of one place.
 * @throws NeedsInputError when the scenario does not hold.
 */
export function forecastNeeds(
	scenario: NeedsScenario,
	catalogues: Catalogues,
	options: { logic?: NeedsLogic } = {},
): NeedsForecast {
	const logic = options.logic ?? "intended";
	return needsOfPatients(
		scenario,
		weeklyPatients(scenario, logic),
		catalogues,
		logic,
	);
}

/**
 * The same from patients that are known already.
 * @param patients of every week of the scenario, lead-in included
 */
export function needsOfPatients(
	scenario: NeedsScenario,
	patients: PatientWeek[],
	catalogues: Catalogues,
	logic: NeedsLogic = "intended",
): NeedsForecast {
	const tests = weeklyTests(scenario, patients);
	const caps = workforceCaps(scenario, patients, catalogues.workforce, logic);
	const staff = weeklyStaff(scenario, patients, tests, caps, logic);
	const totalTests = weeklyTotalTests(scenario, tests, staff, logic);
	const mix = testMix(scenario);
	const { from, to } = forecastRange(scenario);
	const drivers = patients
		.slice(from, to)
		.map((week, offset) =>
			driversOfWeek(
				scenario,
				week,
				weekOf(staff, from + offset),
				weekOf(tests, from + offset),
				weekOf(totalTests, from + offset),
				mix,
				logic,
			),
		);
	const items = commodityNeeds(catalogues.supplies, drivers, logic);
	const medicines = medicineNeeds(scenario, catalogues.medicines, logic);
	let usd = 0;
	const unpriced: string[] = [];
	for (const need of items) {
		if (need.costUsd !== null) usd += need.costUsd;
		else if (need.total !== null && need.total > 0) unpriced.push(need.item.id);
	}
	for (const need of medicines) {
		if (need.costUsd !== null) usd += need.costUsd;
		else if (need.total > 0) unpriced.push(need.medicine.id);
	}
	return {
		place: scenario.place,
		logic,
		weeks: scenario.weeks.slice(from, to),
		patients: patients.slice(from, to),
		tests: tests.slice(from, to),
		totalTests: totalTests.slice(from, to),
		staff: staff.slice(from, to),
		caps,
		testMix: mix,
		weeklyTestCapacity: weeklyTestCapacity(scenario),
		laboratories: laboratories(scenario),
		drivers,
		items,
		medicines,
		oxygen: patients
			.slice(from, to)
			.map((week) =>
				oxygenNeed(
					week.severeBeds,
					week.criticalBeds,
					catalogues.defaults.oxygen,
				),
			),
		cost: { usd, unpriced },
	};
}

/** Every list of the models has a row for each week of the scenario. */
function weekOf<Week>(weeks: readonly Week[], index: number): Week {
	return found(weeks[index], `week ${index}`);
}
