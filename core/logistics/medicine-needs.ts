/** Medicines for the new cases of the forecast, by severity: cases x dosage forms of a course x share treated. */

import type { Medicine, MedicineCatalogue } from "./catalogue.ts";
import {
	type BySeverity,
	forecastRange,
	type NeedsLogic,
	type NeedsScenario,
	SEVERITIES,
} from "./needs-scenario.ts";
import { roundHalfEven } from "./rounding.ts";

/** Dosage forms of one medicine over the forecast, by severity of the patients who get it. */
export interface MedicineNeed {
	medicine: Medicine;
	bySeverity: BySeverity;
	total: number;
	/** null: no price. */
	costUsd: number | null;
}

/** Needs of every medicine for the forecast weeks (the port: for every week, rounded case sums). */
export function medicineNeeds(
	scenario: NeedsScenario,
	catalogue: MedicineCatalogue,
	logic: NeedsLogic = "intended",
): MedicineNeed[] {
	const port = logic === "esft-r-port";
	const { from, to } = forecastRange(scenario);
	const weeks = port ? scenario.weeks : scenario.weeks.slice(from, to);
	const cases = { mild: 0, moderate: 0, severe: 0, critical: 0 };
	for (const severity of SEVERITIES) {
		for (const week of weeks) cases[severity] += week.newCases[severity];
		if (port) cases[severity] = roundHalfEven(cases[severity]);
	}
	return catalogue.items.map((medicine) => {
		const bySeverity = { mild: 0, moderate: 0, severe: 0, critical: 0 };
		let total = 0;
		for (const severity of SEVERITIES) {
			const course = medicine.course[severity];
			bySeverity[severity] = course
				? cases[severity] * course.units * (course.share ?? 0)
				: 0;
			total += bySeverity[severity];
		}
		return {
			medicine,
			bySeverity,
			total,
			costUsd: medicine.priceUsd === null ? null : total * medicine.priceUsd,
		};
	});
}
