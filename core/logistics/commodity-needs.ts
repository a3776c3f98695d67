/** Amounts of each catalogue item for each week: drivers (people, beds, tests, admissions) times the item's rates. */

import type { StaffWeek } from "./care-workforce.ts";
import type { Driver, SupplyCatalogue, SupplyItem } from "./catalogue.ts";
import type { NeedsLogic, NeedsScenario } from "./needs-scenario.ts";
import { type PatientWeek, roundUp } from "./patients.ts";
import type { TestMix, TestWeek } from "./testing-needs.ts";
import type { TotalTestWeek } from "./total-tests.ts";

/** What each rate is multiplied by in one week; heads and beds are daily figures, the rest are counts of the week. */
export type DriverWeek = Record<Driver, number>;

/** Drivers of one week. */
export function driversOfWeek(
	scenario: NeedsScenario,
	patients: PatientWeek,
	staff: StaffWeek,
	tests: TestWeek,
	total: TotalTestWeek,
	mix: readonly TestMix[],
	logic: NeedsLogic,
): DriverWeek {
	const { stayWeeks, laboratory } = scenario;
	const share = (type: TestMix["type"]) =>
		mix.find((part) => part.type === type)?.share ?? 0;
	// A person screened is screened on one day of the week; one in isolation is there each day.
	// The port books the whole stay of the new cases at once, in isolation and again in screening.
	const wholeStay =
		tests.mild * stayWeeks.mild + tests.moderate * stayWeeks.moderate;
	const port = logic === "esft-r-port";
	return {
		inpatientHealthWorker: staff.inpatientWorkers,
		inpatientCleaner: staff.inpatientCleaners,
		inpatientCaregiver: staff.inpatientCaregivers,
		ambulanceWorker: staff.ambulanceWorkers,
		biomedicalEngineer: staff.biomedicalEngineers,
		isolationCaregiver: staff.isolationCaregivers * (port ? stayWeeks.mild : 1),
		screeningHealthWorker: staff.screeningWorkers,
		labTechnician: staff.labStaff,
		labCleaner: staff.labCleaners,
		severeBed: patients.severeBeds,
		criticalBed: patients.criticalBeds,
		inpatientBed: patients.bedsInUse,
		isolationPatient: port
			? wholeStay
			: patients.demand.mild + patients.demand.moderate,
		screenedPatient: port
			? wholeStay
			: (tests.suspected + tests.mild + tests.moderate) / 7,
		severeAdmission: patients.admittedSevere,
		criticalAdmission: patients.admittedCritical,
		inpatientAdmission: patients.admittedSevere + patients.admittedCritical,
		facilityInUse: patients.facilitiesInUse,
		test: total.done,
		// The port writes a kit as 100 tests whatever its size.
		manualTestKit:
			(total.done * share("manual")) /
			(port
				? 100 - laboratory.manualKitWastage * laboratory.manualKitTests
				: laboratory.manualKitTests * (1 - laboratory.manualKitWastage)),
		highThroughputTest: total.done * share("high-throughput"),
		nearPatientTest: total.done * share("near-patient"),
		antigenTest: total.done * share("antigen"),
	};
}

/** One item's weeks. `null`: the source gives no rate, which is not zero. */
export interface ItemNeed {
	item: SupplyItem;
	/** Units to order each week. */
	weekly: (number | null)[];
	/** The same by driver. */
	byDriver: Partial<Record<Driver, number>>[];
	total: number | null;
	/** null when there is no price or no rate. */
	costUsd: number | null;
}

/**
 * Needs of every item. Used-up items: rate x driver x days; held items: only what is not held yet.
 * @param weeks drivers of the forecast weeks, oldest first.
 */
export function commodityNeeds(
	catalogue: SupplyCatalogue,
	weeks: readonly DriverWeek[],
	logic: NeedsLogic = "intended",
): ItemNeed[] {
	const exact = logic === "esft-r-port";
	return catalogue.items.map((item) => {
		const held = new Map<Driver, number>();
		const byDriver: Partial<Record<Driver, number>>[] = [];
		const weekly: (number | null)[] = [];
		for (const drivers of weeks) {
			const parts: Partial<Record<Driver, number>> = {};
			let total = 0;
			for (const rate of item.rates) {
				const heads = drivers[rate.per];
				let amount: number;
				if (rate.every === "stock") {
					const target = heads * rate.amount;
					// Garments: the port orders the full headcount again each week.
					if (exact && item.kind === "ppe") amount = target;
					else {
						const before = held.get(rate.per) ?? 0;
						amount = Math.max(
							0,
							item.wholeUnits
								? roundUp(target - before, exact)
								: target - before,
						);
						held.set(rate.per, before + amount);
					}
				} else {
					amount =
						rate.every === "day"
							? heads * (rate.amount * 7)
							: heads * rate.amount;
					if (item.wholeUnits) amount = roundUp(amount, exact);
				}
				parts[rate.per] = (parts[rate.per] ?? 0) + amount;
				total += amount;
			}
			byDriver.push(parts);
			weekly.push(item.rates.length === 0 ? null : total);
		}
		const total = item.rates.length === 0 ? null : sum(weekly);
		return {
			item,
			weekly,
			byDriver,
			total,
			costUsd:
				total === null || item.priceUsd === null ? null : total * item.priceUsd,
		};
	});
}

function sum(values: readonly (number | null)[]): number {
	return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
