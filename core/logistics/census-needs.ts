/**
 * Needs of an area or a facility whose patients ahead are given day by day (core/logistics/census-path) instead of as weekly cases. Rates, drivers,
 * staff, tests, oxygen and cost are those of the forecast (needs.ts); only who is in care comes from the census:
 * in care in a week = mean of its days; leaving in a week = in care the week before / stay in weeks; new = what is then missing.
 */

import { isoFromDay } from "../series/day.ts";
import type { Catalogues } from "./catalogue.ts";
import type { CensusPath } from "./census-path.ts";
import { type NeedsForecast, needsOfPatients } from "./needs.ts";
import {
	type BySeverity,
	type CaseWeek,
	countryScenario,
	type NeedsScenario,
	SEVERITIES,
	type TestPlatform,
} from "./needs-scenario.ts";
import { type PatientWeek, roundUp } from "./patients.ts";

/** More health workers, and beds for which somebody cleans, than any place has: what is needed is told, not who is there. */
const NOT_CAPPED = 1e9;

/** What else is known of a place. */
export interface PlaceOfNeeds {
	name: string;
	/** Part of the country's test machines that stand here, 0-1; 0: none, and no tests are reckoned. */
	machines: number;
}

/** Weeks of a census of which every day is known. */
export function knownWeeks(path: CensusPath): number {
	let weeks = 0;
	while (
		(weeks + 1) * 7 <= path.days &&
		SEVERITIES.every((severity) =>
			path.bySeverity[severity]
				.subarray(weeks * 7, weeks * 7 + 7)
				.every((people) => !Number.isNaN(people)),
		)
	)
		weeks++;
	return weeks;
}

/**
 * Needs of the weeks of a census.
 * @param path of which at least one whole week is known; later weeks that are not known are left out
 * @param country key of the catalogue's capacity row
 * @throws NeedsInputError when the census is negative
 * @throws RangeError when no week is known
 */
export function needsOfCensus(
	path: CensusPath,
	place: PlaceOfNeeds,
	catalogues: Catalogues,
	country = "IDN",
): NeedsForecast {
	const weeks = knownWeeks(path);
	if (weeks === 0)
		throw new RangeError(
			"census: found no whole week that is known, expected at least one",
		);
	const { defaults } = catalogues;
	const stay = defaults.stayWeeks;
	let before: BySeverity | null = null;
	const cases: CaseWeek[] = [];
	const patients: PatientWeek[] = [];
	for (let week = 0; week < weeks; week++) {
		const inCare = each((severity) => {
			const days = path.bySeverity[severity].subarray(week * 7, week * 7 + 7);
			return days.reduce((sum, people) => sum + people, 0) / days.length;
		});
		const last: BySeverity = before ?? inCare;
		const due = each((severity) => last[severity] / stay[severity]);
		const arriving = each((severity) =>
			Math.max(0, inCare[severity] - last[severity] + due[severity]),
		);
		const leaving = each(
			(severity) => last[severity] + arriving[severity] - inCare[severity],
		);
		const begins = path.firstDay + week * 7;
		const span = {
			weekBegins: isoFromDay(begins),
			weekEnds: isoFromDay(begins + 6),
		};
		cases.push({
			...span,
			newCases: arriving,
			suspectedNegative:
				SEVERITIES.reduce((sum, severity) => sum + arriving[severity], 0) *
				defaults.testing.negativesPerPositive,
		});
		const bedsInUse = inCare.severe + inCare.critical;
		patients.push({
			...span,
			demand: inCare,
			severeBeds: inCare.severe,
			criticalBeds: inCare.critical,
			bedsInUse,
			facilitiesInUse: roundUp(bedsInUse / defaults.workforce.bedsPerFacility),
			recovered: leaving,
			dischargedSevere: leaving.severe,
			dischargedCritical: leaving.critical,
			admittedSevere: arriving.severe,
			admittedCritical: arriving.critical,
		});
		before = inCare;
	}
	const model = countryScenario(
		catalogues,
		country,
		[],
		cases[0].weekBegins,
		weeks,
	);
	const scenario: NeedsScenario = {
		...model,
		place: place.name,
		weeks: cases,
		beds: { hospital: NOT_CAPPED, severe: null, critical: null },
		healthWorkers: NOT_CAPPED,
		labStaff: NOT_CAPPED,
		platforms: model.platforms.map(
			(platform): TestPlatform => ({
				...platform,
				machines: platform.machines * place.machines,
				weeklyCovidTests: platform.weeklyCovidTests * place.machines,
			}),
		),
	};
	return needsOfPatients(scenario, patients, catalogues);
}

function each(
	of: (severity: (typeof SEVERITIES)[number]) => number,
): BySeverity {
	return {
		mild: of("mild"),
		moderate: of("moderate"),
		severe: of("severe"),
		critical: of("critical"),
	};
}
