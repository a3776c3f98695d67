/** People needed to care for the patients of each week: headcount by hours, capped by who there is. */

import { found } from "../series/found.ts";
import type { WorkforceCatalogue } from "./catalogue.ts";
import {
	forecastRange,
	type NeedsLogic,
	type NeedsScenario,
} from "./needs-scenario.ts";
import type { PatientWeek } from "./patients.ts";
import { roundDecimals, roundHalfEven } from "./rounding.ts";
import type { TestWeek } from "./testing-needs.ts";

/** Ratios and caps of the forecast period. */
export interface WorkforceCaps {
	/** Screenings a health worker does in a shift. */
	screeningsPerWorkerDay: number;
	workersPerBed: number;
	cleanersPerBed: number;
	workersPerOutpatient: number;
	/** Part of the occupied beds that is critical, 0-1; the rest is severe. */
	criticalShare: number;
	severeShare: number;
	/** Parts of all health workers, 0-1. */
	shareTreating: number;
	shareScreening: number;
	inpatientShareOfWork: number;
	inpatientWorkersCap: number;
	screeningWorkersCap: number;
	cleanersCap: number;
	labStaffCap: number;
	probabilityInpatient: number;
	probabilityOutpatient: number;
}

/** Health-worker hours for one patient and day, by severity, divided by the length of a shift. */
export function workersPerPatient(
	workforce: WorkforceCatalogue,
	group: "health-worker" | "cleaner",
	severity: "mild" | "moderate" | "severe" | "critical" | "screening",
): number {
	let hours = 0;
	for (const occupation of workforce.occupations)
		if (occupation.group === group)
			hours += occupation.hoursPerPatientDay[severity];
	return hours / workforce.shiftHours;
}

function mean(values: readonly number[]): number | null {
	return values.length === 0
		? null
		: values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Part of the laboratory staff that works on COVID-19: the mean over machine types of their given share. */
function labShare(scenario: NeedsScenario): number {
	const types = ["high-throughput", "near-patient", "manual"] as const;
	const means = types
		.map((type) =>
			mean(
				scenario.platforms
					.filter(
						(platform) =>
							platform.type === type && platform.covidShare !== undefined,
					)
					.map((platform) => platform.covidShare as number),
			),
		)
		.filter((value) => value !== null);
	return mean(means) ?? 1;
}

/**
 * Ratios of staff to beds for the mix of severe and critical beds over the forecast weeks, and how many there are.
 * @param patients every week of the scenario, lead-in included.
 */
export function workforceCaps(
	scenario: NeedsScenario,
	patients: readonly PatientWeek[],
	workforce: WorkforceCatalogue,
	logic: NeedsLogic = "intended",
): WorkforceCaps {
	const round =
		logic === "esft-r-port"
			? (value: number) => roundDecimals(value, 5)
			: (value: number) => value;
	const { from, to } = forecastRange(scenario);
	let severe = 0;
	let critical = 0;
	for (let index = from; index < to; index++) {
		severe += patients[index]?.severeBeds ?? 0;
		critical += patients[index]?.criticalBeds ?? 0;
	}
	const total = severe + critical;
	// No bed in use: the mix of new cases stands in, so that a quiet place gets ratios and not NaN.
	const known =
		total > 0
			? critical / total
			: scenario.severity.critical /
				Math.max(
					Number.MIN_VALUE,
					scenario.severity.severe + scenario.severity.critical,
				);
	const criticalPart = Number.isFinite(known) ? known : 0;
	const severePart = 1 - criticalPart;
	const perBed = (group: "health-worker" | "cleaner") =>
		workersPerPatient(workforce, group, "severe") *
			(total > 0 ? severe / total : severePart) +
		workersPerPatient(workforce, group, "critical") * criticalPart;
	const workersPerBed = perBed("health-worker");
	const cleanersPerBed = perBed("cleaner") * workforce.cleanerMultiplier;
	const screeningsPerWorkerDay =
		1 / workersPerPatient(workforce, "health-worker", "screening");
	const criticalShare = round(criticalPart);
	const probabilityOutpatient =
		scenario.severity.mild + scenario.severity.moderate;
	const probabilityInpatient =
		scenario.severity.severe + scenario.severity.critical;
	const workersPerOutpatient = round(1 / screeningsPerWorkerDay);
	const inpatientWork = probabilityInpatient * workersPerBed;
	const inpatientShareOfWork = round(
		inpatientWork /
			(inpatientWork + probabilityOutpatient * workersPerOutpatient),
	);
	const { shareNotCovid } = scenario.workforce;
	const shareTreating = round(inpatientShareOfWork * (1 - shareNotCovid));
	const shareScreening = round(1 - shareNotCovid - shareTreating);
	return {
		screeningsPerWorkerDay,
		workersPerBed,
		cleanersPerBed,
		workersPerOutpatient,
		criticalShare,
		severeShare: round(1 - criticalShare),
		shareTreating,
		shareScreening,
		inpatientShareOfWork,
		inpatientWorkersCap: round(shareTreating * scenario.healthWorkers),
		screeningWorkersCap: round(shareScreening * scenario.healthWorkers),
		cleanersCap: scenario.beds.hospital * cleanersPerBed,
		labStaffCap: scenario.labStaff * labShare(scenario),
		probabilityInpatient,
		probabilityOutpatient,
	};
}

/** Daily headcounts of one week. `needed` is what the patients ask for, the rest is capped by who there is. */
export interface StaffWeek {
	weekBegins: string;
	weekEnds: string;
	inpatientWorkers: number;
	inpatientWorkersNeeded: number;
	inpatientCaregivers: number;
	inpatientCleaners: number;
	ambulanceWorkers: number;
	biomedicalEngineers: number;
	isolationCaregivers: number;
	labStaff: number;
	labCleaners: number;
	screeningWorkers: number;
	screeningWorkersNeeded: number;
}

/** Laboratories the machines stand for: three large machines or four modules each. */
export function laboratories({
	platforms,
}: Pick<NeedsScenario, "platforms">): Laboratories {
	let machines = 0;
	let modules = 0;
	for (const platform of platforms)
		if (platform.type === "near-patient") modules += platform.machines;
		else machines += platform.machines;
	return {
		machines,
		modules,
		count: roundHalfEven(machines / 3 + modules / 4),
	};
}

export interface Laboratories {
	/** Large machines, and modules of near-patient machines. */
	machines: number;
	modules: number;
	/** Whole laboratories. */
	count: number;
}

/** Headcounts of every week. */
export function weeklyStaff(
	scenario: NeedsScenario,
	patients: readonly PatientWeek[],
	tests: readonly TestWeek[],
	caps: WorkforceCaps,
	logic: NeedsLogic = "intended",
): StaffWeek[] {
	const whole =
		logic === "esft-r-port" ? roundHalfEven : (value: number) => value;
	const labs = laboratories(scenario).count;
	const { workforce, laboratory } = scenario;
	return patients.map((week, index) => {
		const test = found(tests[index], `week ${index}`);
		const inpatientWorkersNeeded = week.bedsInUse * caps.workersPerBed;
		const screeningWorkersNeeded =
			(test.suspected + test.mild + test.moderate) /
			(7 * caps.screeningsPerWorkerDay);
		const isolating =
			logic === "esft-r-port"
				? test.mild + test.moderate
				: week.demand.mild + week.demand.moderate;
		return {
			weekBegins: week.weekBegins,
			weekEnds: week.weekEnds,
			inpatientWorkers: Math.min(
				inpatientWorkersNeeded,
				caps.inpatientWorkersCap,
			),
			inpatientWorkersNeeded,
			inpatientCaregivers: week.bedsInUse * workforce.caregiversPerInpatient,
			inpatientCleaners: Math.min(
				week.bedsInUse * caps.cleanersPerBed,
				caps.cleanersCap,
			),
			ambulanceWorkers: whole(
				week.bedsInUse * workforce.ambulanceWorkersPerBed,
			),
			biomedicalEngineers: whole(
				week.bedsInUse * workforce.biomedicalEngineersPerBed,
			),
			isolationCaregivers: isolating * workforce.caregiversPerIsolation,
			labStaff: Math.min(labs * laboratory.staffPerLab, caps.labStaffCap),
			labCleaners: labs * laboratory.cleanersPerLab,
			screeningWorkers: Math.min(
				screeningWorkersNeeded,
				caps.screeningWorkersCap,
			),
			screeningWorkersNeeded,
		};
	});
}
