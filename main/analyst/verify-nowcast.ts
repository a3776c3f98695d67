/** How reference files of the nowcast are recomputed. */

import {
	chainLadderFactors,
	delayHazards,
	lawlessColumns,
} from "../../core/epidemic/nowcast.ts";
import type { ReportingTriangle } from "../../core/epidemic/reporting-triangle.ts";
import { isObject } from "../../core/reading/json.ts";
import { dayFromIso } from "../../core/series/day.ts";
import { objectAt, optionalNumberAt, triangleAt } from "./reference-file.ts";
import type { Verifier } from "./verify.ts";

function inputOf(file: unknown): Record<string, unknown> | undefined {
	if (!isObject(file)) return undefined;
	const input = file.inputs ?? file.input;
	return isObject(input) ? input : undefined;
}

/** Delays beyond the longest are put into it; cells not known yet add nothing. */
function foldedInto(row: number[], longestDelay: number): number[] {
	const folded = row.slice(0, longestDelay + 1);
	for (const count of row.slice(longestDelay + 1))
		if (!Number.isNaN(count))
			folded[longestDelay] = (folded[longestDelay] || 0) + count;
	return folded;
}

export const nowcastVerifier: Verifier = {
	kind: "nowcast",
	recognises: (file) => Array.isArray(inputOf(file)?.triangle),
	recompute: (_, file) => {
		const parsed = file as Record<string, unknown>;
		const input = objectAt(parsed, isObject(parsed.input) ? "input" : "inputs");
		const counts = triangleAt(input, "triangle");
		const longestDelay =
			optionalNumberAt(input, "D") ?? (counts[0]?.length ?? 1) - 1;
		const triangle: ReportingTriangle = {
			firstDay: dayFromIso(String(input.first_event_day)) ?? 0,
			longestDelay,
			counts: counts.map((row) => foldedInto(row, longestDelay)),
		};
		const window = optionalNumberAt(input, "m");
		const { events, atRisk, hazard } = delayHazards(triangle, window);
		const columns = lawlessColumns(triangle, window, "none");
		// The chain ladder of the reference uses all rows, whatever the window of the nowcast.
		const factors = chainLadderFactors(delayHazards(triangle)).map((factor) =>
			Number.isNaN(factor) ? 1 : factor,
		);
		const ultimate = Array.from(columns.observed, (observed, day) => {
			let total = observed;
			for (let x = counts.length - 1 - day; x < longestDelay; x++)
				total *= factors[x];
			return total;
		});
		return {
			n_x: events,
			N_x: atRisk,
			// The reference counts a delay that was never observable as none.
			g: hazard.map((g) => (Number.isNaN(g) ? 0 : g)),
			N_observed: columns.observed,
			proportion_reported: columns.completeness,
			nowcast: columns.estimate,
			variance: columns.variance,
			sd: columns.variance.map(Math.sqrt),
			chain_ladder_factors: factors,
			chain_ladder_ultimate: ultimate,
		};
	},
};
