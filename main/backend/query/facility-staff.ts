import type Database from "better-sqlite3";
import type { FacilityStaff, ToldStaff } from "../../../core/api/staff.ts";
import {
	type ReportColumn,
	STAFF_GROUPS,
	type StaffGroup,
} from "../../../core/facilities/report.ts";
import {
	staffShort,
	workersForPatients,
	workersNeeded,
} from "../../../core/logistics/staff-standing.ts";
import type { Day } from "../../../core/series/day.ts";
import { cataloguesNow } from "./catalogue.ts";
import { facilities, lastTold } from "./facilities.ts";
import { knownDay } from "./known-day.ts";
import { sourceNames } from "./source.ts";

const SEVERITIES = ["patients_severe", "patients_critical"] as const;

/** Who works at a facility for COVID-19 as of a day, beside whom it says that it needs and whom its patients take; null: there is none. */
export function facilityStaff(
	db: Database.Database,
	asked: { facility: number; day: Day; asKnownOn: Day | null },
): FacilityStaff | null {
	const one = facilities(db, {}).find(({ id }) => id === asked.facility);
	if (!one) return null;
	const { day } = asked;
	const asKnownOn = knownDay(db, asked.asKnownOn);
	const names = sourceNames(db);
	/** The sum of some columns, of one source and day. */
	const told = (columns: readonly ReportColumn[]): ToldStaff | null => {
		if (columns.length === 0) return null;
		const found = lastTold(db, one, day, columns, asKnownOn);
		return (
			found && {
				value: columns.reduce(
					(sum, column) => sum + (found.together.values[column] ?? 0),
					0,
				),
				day: found.day,
				age: day - found.day,
				source: names.get(found.together.source) ?? null,
			}
		);
	};
	const groups: readonly StaffGroup[] = STAFF_GROUPS[one.kind];
	const patients =
		one.kind === "hospital"
			? lastTold(db, one, day, SEVERITIES, asKnownOn)
			: null;
	const inBed = patients && {
		severe: patients.together.values.patients_severe ?? 0,
		critical: patients.together.values.patients_critical ?? 0,
	};
	const perPatient = workersForPatients(cataloguesNow(db).workforce);
	const workers = one.kind === "hospital" ? told(groups) : null;
	const modelled = workersNeeded(inBed, perPatient);
	return {
		facility: one.id,
		area: one.area,
		day,
		groups: groups.map((group) => {
			const present = told([group]);
			const needed = told([`${group}_needed`]);
			// Who was there on one day and who was needed on another are no shortage.
			const same = present && needed && present.day === needed.day;
			return {
				group,
				present,
				needed,
				short: same ? staffShort(present.value, needed.value) : null,
			};
		}),
		workers,
		patients: patients &&
			inBed && {
				...inBed,
				day: patients.day,
				age: day - patients.day,
				source: names.get(patients.together.source) ?? null,
			},
		perPatient,
		modelled,
		short: staffShort(workers?.value ?? null, modelled),
	};
}
