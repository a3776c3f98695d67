/** Scenario and parameter files of the hospital models, in the names that their published tools use. */

import type { AgeStructuredScenario } from "../../core/epidemic/age-structured.ts";
import type {
	ChimeParameters,
	Disposition,
} from "../../core/epidemic/chime.ts";
import type {
	Duration,
	HospitalParameters,
} from "../../core/epidemic/hospital-demand.ts";
import { ModelInputError } from "../../core/epidemic/input-error.ts";
import { readDay, readMoment } from "../../core/reading/cell.ts";
import type { Reading } from "../../core/reading/fault.ts";
import { isObject } from "../../core/reading/json.ts";
import type { Day } from "../../core/series/day.ts";
import {
	fieldName,
	numberAt,
	numbersAt,
	objectAt,
	objectsAt,
	optionalNumberAt,
	textAt,
} from "./reference-file.ts";

/** Milliseconds of a day. */
export const MILLISECONDS_PER_DAY = 86_400_000;

function readAt<T>(
	parent: Record<string, unknown>,
	key: string,
	read: (text: string) => Reading<T>,
): T {
	const text = textAt(parent, key);
	const reading = read(text);
	if (!reading.ok)
		throw new ModelInputError(
			fieldName(parent, key),
			JSON.stringify(text.slice(0, 60)),
			reading.expected,
		);
	return reading.value;
}

/** Days since 1970-01-01T00:00Z. */
const momentAt = (parent: Record<string, unknown>, key: string): number =>
	readAt(parent, key, readMoment);

const dayAt = (parent: Record<string, unknown>, key: string): Day =>
	readAt(parent, key, readDay);

/** A number, or the middle of a range `{ begin, end }`, as the deterministic run takes it. */
function middleAt(parent: Record<string, unknown>, key: string): number {
	const value = parent[key];
	if (!isObject(value)) return numberAt(parent, key);
	objectAt(parent, key);
	return 0.5 * (numberAt(value, "begin") + numberAt(value, "end"));
}

/** Joins inhabitants to severities by the name of the age group: both lists name it, and their places mean nothing. */
function populationByAge(
	parameters: Record<string, unknown>,
	severities: readonly Record<string, unknown>[],
): (ageGroup: string) => number {
	const inhabitants = new Map<string, number>();
	const wanted = new Set<string>();
	const once = (known: { has(name: string): boolean }, entry: object) => {
		const parent = entry as Record<string, unknown>;
		const name = textAt(parent, "ageGroup");
		if (known.has(name))
			throw new ModelInputError(
				fieldName(parent, "ageGroup"),
				`${name} a second time`,
				"each age group once",
			);
		return name;
	};
	let youngest = -1;
	for (const age of severities) {
		const name = once(wanted, age);
		// The oldest lose their beds first: the order of the ages means something.
		const from = Number(/^\d+/.exec(name)?.[0] ?? Number.NaN);
		if (!(from > youngest))
			throw new ModelInputError(
				fieldName(age, "ageGroup"),
				name,
				"age groups such as 0-9, from the youngest to the oldest",
			);
		youngest = from;
		wanted.add(name);
	}
	for (const entry of objectsAt(parameters, "ageDistribution")) {
		const name = once(inhabitants, entry);
		if (!wanted.has(name))
			throw new ModelInputError(
				fieldName(entry, "ageGroup"),
				name,
				`an age group of severityPercent (${[...wanted].join(", ")})`,
			);
		inhabitants.set(name, numberAt(entry, "population"));
	}
	return (ageGroup) => {
		const population = inhabitants.get(ageGroup);
		if (population === undefined)
			throw new ModelInputError(
				"ageDistribution",
				[...inhabitants.keys()].join(", "),
				`also ${ageGroup}, which severityPercent names`,
			);
		return population;
	};
}

/**
 * An age-structured scenario in the form of covid19-scenarios: populationServed, r0, mitigation, severityPercent …
 * @throws ModelInputError naming the field
 */
export function scenarioOf(
	parameters: Record<string, unknown>,
): AgeStructuredScenario {
	const severities = objectsAt(parameters, "severityPercent");
	const populationOf = populationByAge(parameters, severities);
	return {
		begin: momentAt(parameters, "begin"),
		end: momentAt(parameters, "end"),
		population: numberAt(parameters, "populationServed"),
		seroprevalence: numberAt(parameters, "seroprevalence"),
		initialCases: numberAt(parameters, "initialNumberOfCases"),
		importsPerDay: numberAt(parameters, "importsPerDay"),
		r0: middleAt(parameters, "r0"),
		latencyDays: numberAt(parameters, "latencyDays"),
		infectiousDays: numberAt(parameters, "infectiousPeriodDays"),
		hospitalStayDays: numberAt(parameters, "hospitalStayDays"),
		icuStayDays: numberAt(parameters, "icuStayDays"),
		seasonalForcing: numberAt(parameters, "seasonalForcing"),
		peakMonth: numberAt(parameters, "peakMonth"),
		icuBeds: numberAt(parameters, "icuBeds"),
		overflowSeverity: numberAt(parameters, "overflowSeverity"),
		mitigations: objectsAt(parameters, "mitigation").map((mitigation) => ({
			begin: momentAt(mitigation, "begin"),
			end: momentAt(mitigation, "end"),
			reductionPercent: middleAt(mitigation, "pct"),
		})),
		ages: severities.map((age) => ({
			name: textAt(age, "ageGroup"),
			population: populationOf(textAt(age, "ageGroup")),
			isolated: numberAt(age, "isolated"),
			confirmed: numberAt(age, "confirmed"),
			severe: numberAt(age, "severe"),
			critical: numberAt(age, "critical"),
			palliative: numberAt(age, "palliative"),
			fatal: numberAt(age, "fatal"),
		})),
	};
}

function isGiven(parent: Record<string, unknown>, key: string): boolean {
	return parent[key] !== undefined && parent[key] !== null;
}

function dispositionAt(
	parent: Record<string, unknown>,
	key: string,
): Disposition {
	const disposition = objectAt(parent, key);
	return {
		rate: numberAt(disposition, "rate"),
		lengthOfStay:
			optionalNumberAt(disposition, "length_of_stay_days") ??
			numberAt(disposition, "days"),
	};
}

/**
 * CHIME parameters in the tool's own names: population, market_share, doubling_time or date_first_hospitalized …
 * @throws ModelInputError naming the field
 */
export function chimeParametersOf(
	given: Record<string, unknown>,
): ChimeParameters {
	return {
		population: numberAt(given, "population"),
		marketShare: numberAt(given, "market_share"),
		infectiousDays: numberAt(given, "infectious_days"),
		recovered: optionalNumberAt(given, "recovered") ?? 0,
		relativeContactRate: numberAt(given, "relative_contact_rate"),
		mitigationDate: isGiven(given, "mitigation_date")
			? dayAt(given, "mitigation_date")
			: undefined,
		currentDate: dayAt(given, "current_date"),
		currentHospitalized: numberAt(given, "current_hospitalized"),
		days: numberAt(given, "n_days"),
		dispositions: {
			hospitalized: dispositionAt(given, "hospitalized"),
			icu: dispositionAt(given, "icu"),
			ventilated: dispositionAt(given, "ventilated"),
		},
		fit: isGiven(given, "date_first_hospitalized")
			? {
					by: "first-hospitalized",
					date: dayAt(given, "date_first_hospitalized"),
				}
			: { by: "doubling-time", doublingTime: numberAt(given, "doubling_time") },
	};
}

/** `[mean, sd]` in days. */
export function durationAt(
	parent: Record<string, unknown>,
	key: string,
): Duration {
	const numbers = numbersAt(parent, key);
	const [mean, sd] = numbers;
	if (numbers.length !== 2 || mean === undefined || sd === undefined)
		throw new ModelInputError(
			fieldName(parent, key),
			`${numbers.length} numbers`,
			"two: mean and standard deviation in days",
		);
	return { mean, sd };
}

/**
 * From cases to beds and oxygen: ihr, admission_delay_mean_sd, icu_fraction, los_ward_mean_sd, los_icu_mean_sd.
 * @throws ModelInputError naming the field
 */
export function hospitalParametersOf(
	given: Record<string, unknown>,
): HospitalParameters {
	return {
		admissionShare: numberAt(given, "ihr"),
		admissionDelay: durationAt(given, "admission_delay_mean_sd"),
		icuShare: numberAt(given, "icu_fraction"),
		wardStay: durationAt(given, "los_ward_mean_sd"),
		icuStay: durationAt(given, "los_icu_mean_sd"),
	};
}
