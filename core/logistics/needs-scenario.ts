/** What a needs forecast is made from: weekly cases by severity, parameters, and what the place has. */

import { readDay } from "../reading/cell.ts";
import { LARGEST_COUNT } from "../series/count.ts";
import type { Catalogues } from "./catalogue.ts";

export const SEVERITIES = ["mild", "moderate", "severe", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];
export type BySeverity = Record<Severity, number>;

/**
 * `intended`: the logic of the WHO tool as documented.
 * `esft-r-port`: the same with the known quirks of mrc-ide/esft at 7f740a8, for parity with its results:
 * medicines count the lead-in weeks and round the case sums; isolation and screening amounts are multiplied by the
 * stay in weeks; contact tests follow all tests of cases, those for release too, and those of the first week stand for every week; reusable garments are ordered anew each week;
 * ambulance and biomedical staff are rounded to whole people; shares of health workers are rounded to 5 decimals;
 * patients and admissions before a full stay has passed count as 0; a manual test kit always has 100 tests.
 */
export type NeedsLogic = "intended" | "esft-r-port";

/** New cases of one week. Dates are ISO days. */
export interface CaseWeek {
	weekBegins: string;
	weekEnds: string;
	newCases: BySeverity;
	/** People tested as suspects who turn out negative. */
	suspectedNegative: number;
}

/** Test machines of one platform. */
export interface TestPlatform {
	id: string;
	type: "high-throughput" | "near-patient" | "manual";
	machines: number;
	/** Tests a week for COVID-19 on all these machines. */
	weeklyCovidTests: number;
	/** Part of the platform's capacity given to COVID-19; undefined: not known. */
	covidShare?: number;
}

type Defaults = Catalogues["defaults"];

/** One place and period to forecast. Stays are in whole weeks, shares are 0-1, headcounts are people. */
export interface NeedsScenario {
	place: string;
	/** Lead-in weeks first, oldest to newest, without gaps. */
	weeks: readonly CaseWeek[];
	/** First forecast week (its `weekBegins`); weeks before it only fill the beds. */
	firstWeek: string;
	/** Weeks to forecast from `firstWeek` on. */
	forecastWeeks: number;
	severity: BySeverity;
	stayWeeks: BySeverity;
	fatality: { severe: number; critical: number };
	/** Beds a severity may fill; null: not capped. */
	beds: { hospital: number; severe: number | null; critical: number | null };
	healthWorkers: number;
	labStaff: number;
	workforce: Defaults["workforce"];
	testing: Defaults["testing"];
	laboratory: Defaults["laboratory"];
	platforms: readonly TestPlatform[];
}

/** A scenario that cannot be forecast, with the field, what was found and what was expected. */
export class NeedsInputError extends Error {
	readonly field: string;
	constructor(field: string, found: unknown, expected: string) {
		super(
			`${field}: found ${typeof found === "string" ? JSON.stringify(found) : String(found)}, expected ${expected}`,
		);
		this.name = "NeedsInputError";
		this.field = field;
	}
}

/** Beyond it sums lose units and end in Infinity. */
const MOST = 1e15;

function requireFinite(field: string, value: number, most = MOST): void {
	if (!(value >= 0 && value <= most))
		throw new NeedsInputError(field, value, `a number from 0 to ${most}`);
}

function requireDay(field: string, text: string): void {
	const reading = readDay(text);
	if (!reading.ok || text.length !== 10)
		throw new NeedsInputError(
			field,
			text,
			reading.ok ? "a day such as 2020-04-12" : reading.expected,
		);
}

/** Checks what the arithmetic relies on. @throws NeedsInputError */
export function checkScenario(scenario: NeedsScenario): void {
	if (scenario.weeks.length === 0)
		throw new NeedsInputError("weeks", 0, "at least one week of cases");
	scenario.weeks.forEach((week, index) => {
		for (const severity of SEVERITIES)
			requireFinite(
				`weeks[${index}].newCases.${severity}`,
				week.newCases[severity],
				LARGEST_COUNT,
			);
		requireFinite(`weeks[${index}].suspectedNegative`, week.suspectedNegative);
		requireDay(`weeks[${index}].weekBegins`, week.weekBegins);
		requireDay(`weeks[${index}].weekEnds`, week.weekEnds);
		const previous = scenario.weeks[index - 1];
		if (previous && week.weekBegins <= previous.weekBegins)
			throw new NeedsInputError(
				`weeks[${index}].weekBegins`,
				week.weekBegins,
				`a day after ${previous.weekBegins}`,
			);
	});
	requireDay("firstWeek", scenario.firstWeek);
	for (const severity of SEVERITIES) {
		const stay = scenario.stayWeeks[severity];
		if (!Number.isInteger(stay) || stay < 1 || stay > 52)
			throw new NeedsInputError(
				`stayWeeks.${severity}`,
				stay,
				"a whole number of weeks from 1 to 52",
			);
		requireFinite(`severity.${severity}`, scenario.severity[severity], 1);
	}
	const { fatality, workforce, testing, laboratory } = scenario;
	for (const [field, share] of Object.entries({
		"fatality.severe": fatality.severe,
		"fatality.critical": fatality.critical,
		"workforce.shareNotCovid": workforce.shareNotCovid,
		"testing.shareTestedMildModerate": testing.shareTestedMildModerate,
		"testing.shareContactsTested": testing.shareContactsTested,
		"testing.antigenShare": testing.antigenShare,
		"laboratory.manualKitWastage": laboratory.manualKitWastage,
	}))
		requireFinite(field, share, 1);
	for (const [field, amount] of Object.entries({
		"workforce.ambulanceWorkersPerBed": workforce.ambulanceWorkersPerBed,
		"workforce.biomedicalEngineersPerBed": workforce.biomedicalEngineersPerBed,
		"workforce.caregiversPerInpatient": workforce.caregiversPerInpatient,
		"workforce.caregiversPerIsolation": workforce.caregiversPerIsolation,
		"workforce.bedsPerFacility": workforce.bedsPerFacility,
		"testing.negativesPerPositive": testing.negativesPerPositive,
		"testing.testsPerHealthWorkerWeek": testing.testsPerHealthWorkerWeek,
		"testing.contactsPerCase": testing.contactsPerCase,
		"testing.diagnosis.mildModerate": testing.diagnosis.mildModerate,
		"testing.diagnosis.severeCritical": testing.diagnosis.severeCritical,
		"testing.release.mildModerate": testing.release.mildModerate,
		"testing.release.severeCritical": testing.release.severeCritical,
		"laboratory.staffPerLab": laboratory.staffPerLab,
		"laboratory.cleanersPerLab": laboratory.cleanersPerLab,
		"laboratory.manualKitTests": laboratory.manualKitTests,
	}))
		requireFinite(field, amount, 1e6);
	for (const [field, amount] of Object.entries({
		"workforce.bedsPerFacility": workforce.bedsPerFacility,
		"laboratory.manualKitTests": laboratory.manualKitTests,
	}))
		if (amount === 0) throw new NeedsInputError(field, amount, "above 0");
	for (const [index, platform] of scenario.platforms.entries())
		requireFinite(
			`platforms[${index}].weeklyCovidTests`,
			platform.weeklyCovidTests,
		);
	if (!Number.isInteger(scenario.forecastWeeks) || scenario.forecastWeeks < 1)
		throw new NeedsInputError(
			"forecastWeeks",
			scenario.forecastWeeks,
			"a whole number, 1 or more",
		);
	if (!scenario.weeks.some((week) => week.weekBegins >= scenario.firstWeek))
		throw new NeedsInputError(
			"firstWeek",
			scenario.firstWeek,
			`a day not after the last week (${scenario.weeks.at(-1)?.weekBegins})`,
		);
	requireFinite("beds.hospital", scenario.beds.hospital);
	for (const key of ["severe", "critical"] as const) {
		const beds = scenario.beds[key];
		if (beds !== null) requireFinite(`beds.${key}`, beds);
	}
	requireFinite("healthWorkers", scenario.healthWorkers);
	requireFinite("labStaff", scenario.labStaff);
}

/** Indices of the forecast weeks inside `scenario.weeks`. */
export function forecastRange(scenario: NeedsScenario): {
	from: number;
	to: number;
} {
	const from = scenario.weeks.findIndex(
		(week) => week.weekBegins >= scenario.firstWeek,
	);
	return {
		from,
		to: Math.min(scenario.weeks.length, from + scenario.forecastWeeks),
	};
}

/** Splits cases by the severity mix and adds the negatives tested with them. */
export function caseWeek(
	weekBegins: string,
	weekEnds: string,
	cases: number,
	severity: BySeverity,
	negativesPerPositive: number,
): CaseWeek {
	return {
		weekBegins,
		weekEnds,
		newCases: {
			mild: cases * severity.mild,
			moderate: cases * severity.moderate,
			severe: cases * severity.severe,
			critical: cases * severity.critical,
		},
		suspectedNegative: cases * negativesPerPositive,
	};
}

/**
 * A scenario of a whole country from the default parameters and its capacity row.
 * @param capacityKey key of `defaults.capacity`, such as "IDN".
 * @throws NeedsInputError when there is no such row.
 */
export function countryScenario(
	catalogues: Catalogues,
	capacityKey: string,
	weeks: readonly { weekBegins: string; weekEnds: string; cases: number }[],
	firstWeek: string,
	forecastWeeks: number,
): NeedsScenario {
	const { defaults, workforce } = catalogues;
	const capacity = defaults.capacity[capacityKey];
	if (!capacity)
		throw new NeedsInputError(
			"capacity",
			capacityKey,
			`one of ${Object.keys(defaults.capacity).join(", ")}`,
		);
	const severeShare =
		1 - capacity.shareBedsNotCovid - capacity.shareBedsCritical;
	return {
		place: capacity.country,
		weeks: weeks.map((week) =>
			caseWeek(
				week.weekBegins,
				week.weekEnds,
				week.cases,
				defaults.severity,
				defaults.testing.negativesPerPositive,
			),
		),
		firstWeek,
		forecastWeeks,
		severity: defaults.severity,
		stayWeeks: defaults.stayWeeks,
		fatality: defaults.fatality,
		beds: {
			hospital: capacity.hospitalBeds,
			severe: Math.round(capacity.hospitalBeds * severeShare),
			critical: Math.round(capacity.hospitalBeds * capacity.shareBedsCritical),
		},
		healthWorkers: capacity.healthWorkers,
		labStaff: capacity.labStaff,
		workforce: defaults.workforce,
		testing: defaults.testing,
		laboratory: defaults.laboratory,
		platforms: workforce.platforms.map((platform) => {
			const hours = (platform.shiftsPerDay * 8) as 8 | 16 | 24;
			const machines = capacity.machines[platform.id] ?? 0;
			return {
				id: platform.id,
				type: platform.type,
				machines,
				weeklyCovidTests:
					machines *
					platform.daysPerWeek *
					platform.testsPerDay[hours] *
					platform.covidShare,
				covidShare: platform.covidShare,
			};
		}),
	};
}
