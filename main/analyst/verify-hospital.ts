/** How reference files of hospital demand are recomputed: age-structured model, CHIME, renewal projection. */

import {
	type AgeStructuredScenario,
	runAgeStructured,
} from "../../core/epidemic/age-structured.ts";
import { numberAt, objectAt, objectsAt, textAt } from "./reference-file.ts";
import { isObject, type Verifier } from "./verify.ts";

const MILLISECONDS_PER_DAY = 86_400_000;

function momentAt(parent: Record<string, unknown>, key: string): number {
	const text = textAt(parent, key);
	const time = Date.parse(text);
	if (Number.isNaN(time))
		throw new RangeError(`${key}: found ${text}, expected a date and time`);
	return time / MILLISECONDS_PER_DAY;
}

/** A number, or the middle of a range `{ begin, end }`, as the deterministic run takes it. */
function middleAt(parent: Record<string, unknown>, key: string): number {
	const value = parent[key];
	if (!isObject(value)) return numberAt(parent, key);
	return 0.5 * (numberAt(value, "begin") + numberAt(value, "end"));
}

function scenarioOf(
	parameters: Record<string, unknown>,
): AgeStructuredScenario {
	const populations = objectsAt(parameters, "ageDistribution");
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
		ages: objectsAt(parameters, "severityPercent").map((age, index) => ({
			name: textAt(age, "ageGroup"),
			population: numberAt(populations[index] ?? {}, "population"),
			isolated: numberAt(age, "isolated"),
			confirmed: numberAt(age, "confirmed"),
			severe: numberAt(age, "severe"),
			critical: numberAt(age, "critical"),
			palliative: numberAt(age, "palliative"),
			fatal: numberAt(age, "fatal"),
		})),
	};
}

export const ageStructuredVerifier: Verifier = {
	kind: "age-structured",
	recognises: (file) =>
		isObject(file) &&
		isObject(file.parameters) &&
		Array.isArray(file.parameters.severityPercent),
	recompute: (_, file) => ({
		daily: runAgeStructured(
			scenarioOf(objectAt(file as Record<string, unknown>, "parameters")),
		).map((row) => ({
			date: new Date(Math.round(row.time * MILLISECONDS_PER_DAY)).toISOString(),
			current: {
				susceptible: row.susceptible,
				exposed: row.exposed,
				infectious: row.infectious,
				severe: row.severe,
				critical: row.critical,
				overflow: row.overflow,
				weeklyFatality: row.weeklyFatality,
			},
			cumulative: {
				recovered: row.cumulativeRecovered,
				hospitalized: row.cumulativeHospitalized,
				critical: row.cumulativeCritical,
				fatality: row.cumulativeFatality,
			},
		})),
	}),
};
