/** How reference files of the projection by renewal are recomputed. */

import { hospitalDemandOf } from "../../core/epidemic/hospital-demand.ts";
import { projectIncidence } from "../../core/epidemic/renewal-projection.ts";
import { discretiseSerialInterval } from "../../core/epidemic/serial-interval.ts";
import { isObject } from "../../core/reading/json.ts";
import { countsAt, numberAt, numbersAt } from "./reference-file.ts";
import { durationAt, hospitalParametersOf } from "./scenario-file.ts";
import type { Verifier } from "./verify.ts";

function renewalInputOf(file: unknown): Record<string, unknown> | undefined {
	if (!isObject(file)) return undefined;
	const input = file.inputs ?? file.input;
	return isObject(input) && "serial_interval_mean_sd" in input
		? input
		: undefined;
}

export const renewalVerifier: Verifier = {
	kind: "renewal projection",
	recognises: (file) => renewalInputOf(file) !== undefined,
	recompute: (_, file) => {
		const input = renewalInputOf(file) ?? {};
		const incidence = countsAt(input, "incidence");
		const horizon = numberAt(input, "horizon_days");
		const interval = durationAt(input, "serial_interval_mean_sd");
		const cases = projectIncidence(
			incidence,
			Array.isArray(input.R) ? numbersAt(input, "R") : numberAt(input, "R"),
			discretiseSerialInterval(
				interval.mean,
				interval.sd,
				incidence.length + horizon,
			),
			horizon,
		);
		const demand = hospitalDemandOf(hospitalParametersOf(input))(cases);
		return {
			incidence: cases,
			admissions: demand.admissions,
			ward_census: demand.wardCensus,
			icu_census: demand.icuCensus,
			o2_m3_per_day: demand.oxygenM3PerDay,
		};
	},
};
