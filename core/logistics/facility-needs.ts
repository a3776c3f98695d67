/**
 * Daily needs of many facilities at once, as dense arrays: every facility x day x item. The same rates as the forecast,
 * driven by the patients each facility has. A day whose patients were not reported has needs that are not known (NaN).
 */

import { workersPerPatient } from "./care-workforce.ts";
import {
	type Catalogues,
	DRIVERS,
	type Driver,
	type SupplyItem,
} from "./catalogue.ts";

/** Patients of each facility and day, at facility * days + day. People; NaN: not reported. */
export interface FacilityPatients {
	facilities: number;
	days: number;
	severe: Float32Array;
	critical: Float32Array;
	admittedSevere: Float32Array;
	admittedCritical: Float32Array;
	/** People screened in the day; absent: none is done here. */
	screened?: Float32Array;
	/** Laboratory tests in the day by kind; absent: none is done here. */
	tests?: Partial<
		Record<
			"highThroughputTest" | "nearPatientTest" | "manualTest" | "antigenTest",
			Float32Array
		>
	>;
	/** Laboratory technicians and cleaners on duty; absent: none. */
	labTechnicians?: Float32Array;
	labCleaners?: Float32Array;
}

/** Needs of every item, facility and day. */
export interface FacilityNeeds {
	/** Catalogue ids: supplies with a rate, then medicines. */
	ids: string[];
	facilities: number;
	days: number;
	/** Units at (item * facilities + facility) * days + day. Held items: only what is not held yet on that day. */
	values: Float32Array;
}

/** Daily drivers of every facility. Absent drivers are nobody's and stay undefined. */
function facilityDrivers(
	patients: FacilityPatients,
	catalogues: Catalogues,
): Partial<Record<Driver, Float32Array>> {
	const { defaults, workforce } = catalogues;
	const size = patients.facilities * patients.days;
	for (const name of [
		"severe",
		"critical",
		"admittedSevere",
		"admittedCritical",
	] as const)
		if (patients[name].length !== size)
			throw new RangeError(
				`${name}: found ${patients[name].length} values, expected ${patients.facilities} facilities x ${patients.days} days = ${size}`,
			);
	const { severe, critical, admittedSevere, admittedCritical } = patients;
	const blend = (
		a: Float32Array,
		perA: number,
		b: Float32Array,
		perB: number,
	): Float32Array => {
		const out = new Float32Array(size);
		for (let at = 0; at < size; at++) out[at] = a[at] * perA + b[at] * perB;
		return out;
	};
	const scaled = (a: Float32Array, by: number): Float32Array => {
		const out = new Float32Array(size);
		for (let at = 0; at < size; at++) out[at] = a[at] * by;
		return out;
	};
	const worker = (severity: "severe" | "critical") =>
		workersPerPatient(workforce, "health-worker", severity);
	const cleaner = (severity: "severe" | "critical") =>
		workersPerPatient(workforce, "cleaner", severity) *
		workforce.cleanerMultiplier;
	const beds = blend(severe, 1, critical, 1);
	const { workforce: staff, laboratory } = defaults;
	const drivers: Partial<Record<Driver, Float32Array>> = {
		severeBed: severe,
		criticalBed: critical,
		inpatientBed: beds,
		severeAdmission: admittedSevere,
		criticalAdmission: admittedCritical,
		inpatientAdmission: blend(admittedSevere, 1, admittedCritical, 1),
		inpatientHealthWorker: blend(
			severe,
			worker("severe"),
			critical,
			worker("critical"),
		),
		inpatientCleaner: blend(
			severe,
			cleaner("severe"),
			critical,
			cleaner("critical"),
		),
		inpatientCaregiver: scaled(beds, staff.caregiversPerInpatient),
		ambulanceWorker: scaled(beds, staff.ambulanceWorkersPerBed),
		biomedicalEngineer: scaled(beds, staff.biomedicalEngineersPerBed),
		labTechnician: patients.labTechnicians,
		labCleaner: patients.labCleaners,
	};
	if (patients.screened) {
		drivers.screenedPatient = patients.screened;
		drivers.screeningHealthWorker = scaled(
			patients.screened,
			workersPerPatient(workforce, "health-worker", "screening"),
		);
	}
	if (patients.tests) {
		const { highThroughputTest, nearPatientTest, manualTest, antigenTest } =
			patients.tests;
		drivers.highThroughputTest = highThroughputTest;
		drivers.nearPatientTest = nearPatientTest;
		drivers.antigenTest = antigenTest;
		if (manualTest)
			drivers.manualTestKit = scaled(
				manualTest,
				1 / (laboratory.manualKitTests * (1 - laboratory.manualKitWastage)),
			);
		const total = new Float32Array(size);
		for (const part of [
			highThroughputTest,
			nearPatientTest,
			manualTest,
			antigenTest,
		])
			if (part)
				for (let at = 0; at < size; at++) total[at] = total[at] + part[at];
		drivers.test = total;
	}
	return drivers;
}

function addItem(
	item: SupplyItem,
	drivers: Partial<Record<Driver, Float32Array>>,
	patients: FacilityPatients,
	out: Float32Array,
): void {
	const { facilities, days } = patients;
	for (const rate of item.rates) {
		const driver = drivers[rate.per];
		if (!driver) continue;
		if (rate.every !== "stock") {
			const amount = rate.every === "week" ? rate.amount / 7 : rate.amount;
			for (let at = 0; at < out.length; at++)
				out[at] = out[at] + driver[at] * amount;
			continue;
		}
		for (let facility = 0; facility < facilities; facility++) {
			let held = 0;
			for (let at = facility * days; at < (facility + 1) * days; at++) {
				const heads = driver[at] * rate.amount;
				const target = item.wholeUnits ? Math.ceil(heads - 1e-6) : heads;
				const more = Math.max(0, target - held);
				// NaN stays NaN in the day's need, and what is held is not touched by a day that was not reported.
				out[at] = out[at] + more;
				if (more > 0) held += more;
			}
		}
	}
}

/**
 * Needs of every facility, day and item.
 * @throws RangeError when the arrays do not have facilities x days values.
 */
export function facilityNeeds(
	patients: FacilityPatients,
	catalogues: Catalogues,
): FacilityNeeds {
	const drivers = facilityDrivers(patients, catalogues);
	const known = new Set<Driver>(
		DRIVERS.filter((driver) => drivers[driver] !== undefined),
	);
	const items = catalogues.supplies.items.filter((item) =>
		item.rates.some((rate) => known.has(rate.per)),
	);
	const medicines = catalogues.medicines.items.filter(
		({ course }) => course.severe ?? course.critical,
	);
	const { facilities, days } = patients;
	const size = facilities * days;
	const values = new Float32Array((items.length + medicines.length) * size);
	let offset = 0;
	for (const item of items) {
		addItem(item, drivers, patients, values.subarray(offset, offset + size));
		offset += size;
	}
	const { admittedSevere, admittedCritical } = patients;
	for (const { course } of medicines) {
		const perSevere = (course.severe?.units ?? 0) * (course.severe?.share ?? 0);
		const perCritical =
			(course.critical?.units ?? 0) * (course.critical?.share ?? 0);
		const out = values.subarray(offset, offset + size);
		for (let at = 0; at < size; at++)
			out[at] =
				admittedSevere[at] * perSevere + admittedCritical[at] * perCritical;
		offset += size;
	}
	return {
		ids: [...items, ...medicines].map(({ id }) => id),
		facilities,
		days,
		values,
	};
}
