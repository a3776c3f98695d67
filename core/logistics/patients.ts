/**
 * Patients of each week by severity, in bed and in isolation, with beds capped or not.
 * Patients in care = cumulative cases less the cumulative cases one stay ago (WHO ESFT, weekly summary).
 */

import {
	checkScenario,
	type NeedsLogic,
	type NeedsScenario,
	type Severity,
} from "./needs-scenario.ts";

/** One week of patients. Counts are people, at the level of the week; `new`, `discharged` and `admitted` are of the week. */
export interface PatientWeek {
	weekBegins: string;
	weekEnds: string;
	/** In care or isolation if nothing were capped. */
	demand: Record<Severity, number>;
	severeBeds: number;
	criticalBeds: number;
	bedsInUse: number;
	/** Hospitals of the default size filled by these beds. */
	facilitiesInUse: number;
	/** Who ended a stay this week, uncapped. */
	recovered: Record<Severity, number>;
	dischargedSevere: number;
	dischargedCritical: number;
	admittedSevere: number;
	admittedCritical: number;
}

/** Running sums kept in two doubles, so that a long series does not drift. */
export function runningSums(values: readonly number[]): Float64Array {
	const sums = new Float64Array(values.length);
	let high = 0;
	let low = 0;
	values.forEach((value, index) => {
		const sum = high + value;
		const part = sum - high;
		low += high - (sum - part) + (value - part);
		high = sum;
		sums[index] = high + low;
	});
	return sums;
}

/** Rounds up, forgiving the last digits of a product such as 0.15 * 2/3 * 8010. */
export function roundUp(value: number, exact = false): number {
	return exact
		? Math.ceil(value)
		: Math.ceil(value - 1e-9 * Math.max(1, Math.abs(value)));
}

/**
 * Patients of every week of the scenario, lead-in weeks included.
 * @throws NeedsInputError
 */
export function weeklyPatients(
	scenario: NeedsScenario,
	logic: NeedsLogic = "intended",
): PatientWeek[] {
	checkScenario(scenario);
	const port = logic === "esft-r-port";
	const { weeks, stayWeeks } = scenario;
	const caps = {
		severe: scenario.beds.severe ?? Number.POSITIVE_INFINITY,
		critical: scenario.beds.critical ?? Number.POSITIVE_INFINITY,
	};
	const newCases = (severity: Severity, index: number) =>
		weeks[index]?.newCases[severity] ?? 0;
	const cumulative: Record<Severity, Float64Array> = {
		mild: runningSums(weeks.map((week) => week.newCases.mild)),
		moderate: runningSums(weeks.map((week) => week.newCases.moderate)),
		severe: runningSums(weeks.map((week) => week.newCases.severe)),
		critical: runningSums(weeks.map((week) => week.newCases.critical)),
	};
	/** Cumulative cases one stay ago; null before a full stay has passed. */
	const removed = (severity: Severity, index: number): number | null =>
		index < stayWeeks[severity]
			? null
			: cumulative[severity][index - stayWeeks[severity]];
	const inCare = (severity: Severity, index: number): number => {
		const gone = removed(severity, index);
		if (gone === null) return port ? 0 : cumulative[severity][index];
		return cumulative[severity][index] - gone;
	};
	const leaving = (severity: Severity, index: number): number => {
		const gone = removed(severity, index);
		if (gone === null) return 0;
		if (!port || severity === "mild" || severity === "moderate")
			return newCases(severity, index - stayWeeks[severity]);
		const before = removed(severity, index - 1);
		return before === null ? 0 : gone - before;
	};

	const rows: PatientWeek[] = [];
	const admissions = (
		severity: "severe" | "critical",
		index: number,
		discharged: number,
	): number => {
		const key = severity === "severe" ? "severeBeds" : "criticalBeds";
		const staying = (rows[index - 1]?.[key] ?? 0) - discharged;
		const wanting = newCases(severity, index);
		if (staying + wanting > caps[severity])
			return port
				? caps[severity] - staying
				: Math.max(0, caps[severity] - staying);
		return wanting;
	};

	weeks.forEach((week, index) => {
		const severeBeds = Math.min(inCare("severe", index), caps.severe);
		const criticalBeds = Math.min(inCare("critical", index), caps.critical);
		const bedsInUse = severeBeds + criticalBeds;
		const severeKnown = index >= stayWeeks.severe;
		const criticalKnown = index >= stayWeeks.critical;
		const dischargedSevere = severeKnown
			? (rows[index - stayWeeks.severe]?.admittedSevere ?? 0)
			: 0;
		const dischargedCritical = criticalKnown
			? (rows[index - stayWeeks.critical]?.admittedCritical ?? 0)
			: 0;
		let admittedSevere = admissions("severe", index, dischargedSevere);
		let admittedCritical = admissions("critical", index, dischargedCritical);
		if (port) {
			// The port starts its discharge loop from the beds, then leaves the longer stay at 0 until it has passed.
			if (!severeKnown && !criticalKnown) {
				admittedSevere = severeBeds;
				admittedCritical = criticalBeds;
			} else if (!severeKnown) admittedSevere = 0;
			else if (!criticalKnown) admittedCritical = 0;
		}
		rows.push({
			weekBegins: week.weekBegins,
			weekEnds: week.weekEnds,
			demand: {
				mild: inCare("mild", index),
				moderate: inCare("moderate", index),
				severe: inCare("severe", index),
				critical: inCare("critical", index),
			},
			severeBeds,
			criticalBeds,
			bedsInUse,
			facilitiesInUse: roundUp(
				bedsInUse / scenario.workforce.bedsPerFacility,
				port,
			),
			recovered: {
				mild: leaving("mild", index),
				moderate: leaving("moderate", index),
				severe: leaving("severe", index),
				critical: leaving("critical", index),
			},
			dischargedSevere,
			dischargedCritical,
			admittedSevere,
			admittedCritical,
		});
	});
	return rows;
}
