import { expect, test } from "vitest";
import { CensusChoiceForm } from "../../../core/logistics/census-choice.ts";
import { projectCensus } from "../../../core/logistics/census-projection.ts";
import { day } from "../../../core/series/day.ts";

const TODAY = day("2020-12-26");

test("where contacts fall, patients on wards fall as all in hospital do: they neither vanish nor come back because stays differ", () => {
	const found = projectCensus(
		{
			day: TODAY,
			reported: { mild: 700, moderate: 2300, severe: 1130, critical: 370 },
			patients: 4500,
			population: 40_000_000,
			cases: new Float64Array(),
		},
		CensusChoiceForm.parse({
			method: "chime",
			fit: { by: "doubling-time", doublingTime: 9 },
			...{ contactReduction: 0.95, mitigation: "2021-01-10" },
		}),
		84,
	);
	if (found?.status !== "projected" || !found.chime) throw new Error("refused");
	const { severe } = found.path.bySeverity;
	const all = found.chime.census.hospitalized;
	for (const [at, people] of severe.entries()) {
		expect(people).toBeCloseTo((1130 * (all[at + 1] ?? 0)) / (all[0] ?? 0), 6);
		expect(people).toBeGreaterThan(0);
	}
	const peak = severe.indexOf(Math.max(...severe));
	for (let at = peak + 1; at < severe.length; at++)
		expect(severe[at]).toBeLessThanOrEqual(severe[at - 1] as number);
});
