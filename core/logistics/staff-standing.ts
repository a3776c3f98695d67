import { workersPerPatient } from "./care-workforce.ts";
import type { WorkforceCatalogue } from "./catalogue.ts";

/** Health workers for one patient of a severity, all shifts of a day together (ESFT). */
export interface WorkersPerPatient {
	severe: number;
	critical: number;
}

export function workersForPatients(
	workforce: WorkforceCatalogue,
): WorkersPerPatient {
	return {
		severe: workersPerPatient(workforce, "health-worker", "severe"),
		critical: workersPerPatient(workforce, "health-worker", "critical"),
	};
}

/**
 * Health workers that the patients of a hospital take in a day by the rates of the forecast (care-workforce). Mild and moderate patients take
 * none in a bed by these.
 * @param patients severe and critical in a bed; null: not reported
 * @returns null where the patients are not known, which is not 0
 */
export function workersNeeded(
	patients: { severe: number; critical: number } | null,
	per: WorkersPerPatient,
): number | null {
	return (
		patients && patients.severe * per.severe + patients.critical * per.critical
	);
}

/** How many are missing; null where one of the two is not known. Whoever is more than needed is no debt of others. */
export function staffShort(
	present: number | null,
	needed: number | null,
): number | null {
	return present === null || needed === null
		? null
		: Math.max(0, needed - present);
}
