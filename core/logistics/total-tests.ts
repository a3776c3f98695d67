/** Tests of each week with those of staff and contacts, and what the machines allow (WHO ESFT, diagnostics). */

import { found } from "../series/found.ts";
import type { StaffWeek } from "./care-workforce.ts";
import {
	forecastRange,
	type NeedsLogic,
	type NeedsScenario,
} from "./needs-scenario.ts";
import {
	shareTestedOutside,
	type TestWeek,
	weeklyTestCapacity,
} from "./testing-needs.ts";

/** Tests of one week with staff and contacts, and what the machines allow. */
export interface TotalTestWeek {
	weekBegins: string;
	weekEnds: string;
	staff: number;
	contacts: number;
	wanted: number;
	/** The lower of `wanted` and the weekly capacity. */
	done: number;
}

/**
 * Adds tests of staff and contacts and applies the capacity of the machines.
 * Contacts: `contactsPerCase` x `shareContactsTested` for each case that became known in the week (WHO ESFT: 10 contacts a case, 60 % of
 * them tested).
 */
export function weeklyTotalTests(
	scenario: NeedsScenario,
	tests: readonly TestWeek[],
	staff: readonly StaffWeek[],
	logic: NeedsLogic = "intended",
): TotalTestWeek[] {
	const { testing } = scenario;
	const capacity = weeklyTestCapacity(scenario);
	const perCase = testing.contacts
		? testing.shareContactsTested * testing.contactsPerCase
		: 0;
	/** Contacts are traced once, when a case becomes known: a test for release finds no new case. */
	const knownCases = (index: number) => {
		const { newCases } = found(scenario.weeks[index], `week ${index}`);
		return (
			newCases.severe +
			newCases.critical +
			(newCases.mild + newCases.moderate) * shareTestedOutside(scenario)
		);
	};
	// The port counts every test of a case, those for release too, and takes the first forecast week for all: R's ifelse() with one
	// condition returns one value.
	const { from } = forecastRange(scenario);
	const first = found(tests[from], `week ${from}`);
	const portContacts =
		perCase *
		(first.diagnosisUncapped +
			first.releaseUncapped +
			first.mild +
			first.moderate);
	return tests.map((week, index) => {
		const people = found(staff[index], `week ${index}`);
		const staffTests =
			testing.testsPerHealthWorkerWeek *
			(people.inpatientWorkers +
				people.inpatientCleaners +
				people.ambulanceWorkers +
				people.biomedicalEngineers +
				people.screeningWorkers +
				people.labStaff +
				people.labCleaners);
		const contacts =
			logic === "esft-r-port" ? portContacts : perCase * knownCases(index);
		const wanted =
			week.diagnosis +
			week.release +
			week.mild +
			week.moderate +
			week.suspected +
			staffTests +
			contacts;
		return {
			weekBegins: week.weekBegins,
			weekEnds: week.weekEnds,
			staff: staffTests,
			contacts,
			wanted,
			done: Math.min(wanted, capacity),
		};
	});
}
