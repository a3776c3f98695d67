/** Tests of each week by reason, and what the machines can do (WHO ESFT, diagnostics). */

import { found } from "../series/found.ts";
import type { NeedsScenario } from "./needs-scenario.ts";
import type { PatientWeek } from "./patients.ts";

/** Tests of one week by reason, before any cap by machines. */
export interface TestWeek {
	weekBegins: string;
	weekEnds: string;
	/** Severe and critical, if all new cases were admitted. */
	diagnosisUncapped: number;
	releaseUncapped: number;
	/** Severe and critical that found a bed. */
	diagnosis: number;
	release: number;
	moderate: number;
	mild: number;
	suspected: number;
}

/** Share of mild and moderate cases that are tested, and so known. */
export function shareTestedOutside({ testing }: NeedsScenario): number {
	return testing.strategy === "targeted" ? testing.shareTestedMildModerate : 1;
}

/** Tests of every week, lead-in included. Survivors of severe and critical illness are tested for release. */
export function weeklyTests(
	scenario: NeedsScenario,
	patients: readonly PatientWeek[],
): TestWeek[] {
	const { testing, fatality } = scenario;
	const outpatient =
		testing.diagnosis.mildModerate * shareTestedOutside(scenario);
	const survivors = (severe: number, critical: number) =>
		severe * (1 - fatality.severe) * testing.release.severeCritical +
		critical * (1 - fatality.critical) * testing.release.severeCritical;
	return patients.map((week, index) => {
		const cases = found(scenario.weeks[index], `week ${index}`);
		return {
			weekBegins: week.weekBegins,
			weekEnds: week.weekEnds,
			diagnosisUncapped:
				(cases.newCases.severe + cases.newCases.critical) *
				testing.diagnosis.severeCritical,
			releaseUncapped: survivors(
				week.recovered.severe,
				week.recovered.critical,
			),
			diagnosis:
				(week.admittedSevere + week.admittedCritical) *
				testing.diagnosis.severeCritical,
			release: survivors(week.dischargedSevere, week.dischargedCritical),
			moderate: cases.newCases.moderate * outpatient,
			mild: cases.newCases.mild * outpatient,
			suspected: cases.suspectedNegative * outpatient,
		};
	});
}

/** Tests a week for COVID-19 on all machines. */
export function weeklyTestCapacity(scenario: NeedsScenario): number {
	let capacity = 0;
	for (const platform of scenario.platforms)
		capacity += platform.weeklyCovidTests;
	return capacity;
}

export type TestType = "high-throughput" | "near-patient" | "manual";

/** Share of the tests done on each kind of machine and by antigen; the shares sum to 1 when there is any capacity. */
export interface TestMix {
	type: TestType | "antigen";
	/** Tests a week; for antigen the number that goes with the machines' capacity. */
	weeklyCapacity: number;
	share: number;
}

/** Splits the tests by type: antigen takes its share, the machines share the rest by capacity. */
export function testMix(scenario: NeedsScenario): TestMix[] {
	const { antigenShare } = scenario.testing;
	const order: TestType[] = [];
	const capacity = new Map<TestType, number>();
	for (const platform of scenario.platforms) {
		if (!capacity.has(platform.type)) order.push(platform.type);
		capacity.set(
			platform.type,
			(capacity.get(platform.type) ?? 0) + platform.weeklyCovidTests,
		);
	}
	const total = weeklyTestCapacity(scenario);
	const mix: TestMix[] = order.map((type) => ({
		type,
		weeklyCapacity: capacity.get(type) ?? 0,
		share:
			total > 0 ? ((1 - antigenShare) * (capacity.get(type) ?? 0)) / total : 0,
	}));
	const machines = mix.reduce((sum, part) => sum + part.share, 0);
	mix.push({
		type: "antigen",
		weeklyCapacity: machines > 0 ? total / machines - total : 0,
		share: antigenShare,
	});
	return mix;
}
