/** How reference files of the age-structured model are recomputed. */

import { runAgeStructured } from "../../core/epidemic/age-structured.ts";
import { isObject } from "../../core/reading/json.ts";
import { objectAt } from "./reference-file.ts";
import { MILLISECONDS_PER_DAY, scenarioOf } from "./scenario-file.ts";
import type { Verifier } from "./verify.ts";

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
