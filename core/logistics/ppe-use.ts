/**
 * Use of protective equipment from contacts or from staff (Penn Medicine PPE calculator), and by stratum of care:
 * conventional, contingency, crisis (CDC). Reuse divides a single-use figure by the times a piece is worn.
 */

import type { PpeContactRates } from "./catalogue.ts";
import { requireQuantity } from "./quantity.ts";
import type { Stratum } from "./stratum.ts";

/** Contact-based: patients x contacts a patient-day / contacts before it is thrown away. Pieces a day. */
export function contactBasedUse(
	patients: number,
	contactsPerPatientDay: number,
	contactsBeforeDiscard: number,
): number {
	if (!(contactsBeforeDiscard > 0))
		throw new RangeError(
			`contactsBeforeDiscard: found ${contactsBeforeDiscard}, expected above 0`,
		);
	requireQuantity("patients", patients);
	requireQuantity("contactsPerPatientDay", contactsPerPatientDay);
	return (patients * contactsPerPatientDay) / contactsBeforeDiscard;
}

/** Staff-based: one set for each shift worked, over the shifts a set is worn. Pieces a day. */
export function staffBasedUse(
	patients: number,
	patientsPerStaff: number,
	shiftHours: number,
	shiftsOfUse = 1,
): number {
	for (const [name, value] of Object.entries({
		patientsPerStaff,
		shiftHours,
		shiftsOfUse,
	}))
		if (!(value > 0))
			throw new RangeError(`${name}: found ${value}, expected above 0`);
	requireQuantity("patients", patients);
	return (patients * (24 / shiftHours)) / patientsPerStaff / shiftsOfUse;
}

/** Contacts of all staff with one patient in a day on a unit ("icu", "step-down", "floor", "emergency"). */
export function contactsOnUnit(rates: PpeContactRates, unit: string): number {
	let contacts = 0;
	for (const units of Object.values(rates.contactsPerPatientDay))
		contacts += units[unit] ?? 0;
	return contacts;
}

/**
 * Conventional use of a day by contacts on one unit. Where both masks and N95 are worn, `share` is the part of contacts
 * with this item (18/19 surgical masks, 1/19 N95 in the calculator).
 */
export function conventionalUse(
	rates: PpeContactRates,
	item: string,
	unit: string,
	patients: number,
): number {
	const discard = rates.contactsBeforeDiscard[item];
	if (discard === undefined)
		throw new RangeError(
			`item: found "${item}", expected one of ${Object.keys(rates.contactsBeforeDiscard).join(", ")}`,
		);
	return contactBasedUse(patients, contactsOnUnit(rates, unit), discard);
}

/** Published use per patient-day of an item on a unit and stratum; undefined when there is none. */
export function perPatientDay(
	rates: PpeContactRates,
	unit: string,
	stratum: Stratum,
	item: string,
): number | undefined {
	return rates.perPatientDay[unit]?.[stratum][item];
}

/**
 * A burn rate measured under one stratum, carried to another by the ratio of the published rates.
 * @returns undefined when a rate is not published: no guess is made.
 */
export function burnUnder(
	burnPerDay: number,
	rates: PpeContactRates,
	unit: string,
	item: string,
	from: Stratum,
	to: Stratum,
): number | undefined {
	const before = perPatientDay(rates, unit, from, item);
	const after = perPatientDay(rates, unit, to, item);
	if (before === undefined || after === undefined || !(before > 0))
		return undefined;
	return (burnPerDay * after) / before;
}

/**
 * By how much use changes from one stratum to another where patients lie on several units: the published rates weighted by the patients.
 * @param patients on each unit of the rates; where there are none, or nobody knows, the units weigh alike
 * @returns undefined when a rate is not published: no guess is made.
 */
export function stratumFactor(
	rates: PpeContactRates,
	patients: Readonly<Record<string, number>>,
	item: string,
	from: Stratum,
	to: Stratum,
): number | undefined {
	const told = Object.values(patients).some((count) => count > 0);
	let before = 0;
	let after = 0;
	for (const [unit, count] of Object.entries(patients)) {
		const weight = told ? (count > 0 ? count : 0) : 1;
		const one = perPatientDay(rates, unit, from, item);
		const other = perPatientDay(rates, unit, to, item);
		if (one === undefined || other === undefined) return undefined;
		before += weight * one;
		after += weight * other;
	}
	return before > 0 ? after / before : undefined;
}

/** Burn rate when each piece is worn `times` (1 = single use). */
export function burnWithReuse(burnPerDay: number, times: number): number {
	if (!(times >= 1))
		throw new RangeError(`times: found ${times}, expected 1 or more`);
	return burnPerDay / times;
}
