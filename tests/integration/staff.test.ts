import { readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FacilityStaff } from "../../core/api/staff.ts";
import { monthOf } from "../../core/series/day.ts";
import { facilityStaff } from "../../main/backend/query/facility-staff.ts";
import {
	AREA,
	LAST,
	type Row,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

const home = temporaryFolder();
let db: Database.Database;

const report = (facility: number, back: number, stated: Row): Row => ({
	month: monthOf(LAST - back),
	day: LAST - back,
	facility,
	as_of: LAST - back,
	file: 1,
	...stated,
});
const ROSTER = {
	doctors: 10,
	doctors_needed: 12,
	nurses: 30,
	nurses_needed: 30,
	other_workers: 5,
	other_workers_needed: 4,
};

beforeAll(() => {
	const rows = twoProvinces();
	const path = writeReplica(home.folder, {
		...rows,
		facility: (["hospital", "hospital", "hospital", "laboratory"] as const).map(
			(kind, at) => ({
				id: at + 1,
				code: `F${at + 1}`,
				kind,
				name: `F${at + 1}`,
				area: AREA.malang,
				referral: 0,
				beds: "{}",
				lat: null,
				lng: null,
				position_source: null,
			}),
		),
		facility_report: [
			// The roster of three days ago stands beside the patients of today.
			report(1, 3, ROSTER),
			report(1, 0, { patients_severe: 20, patients_critical: 4 }),
			// Told in part: doctors today, nurses never, needs of another day.
			report(2, 2, { doctors_needed: 9 }),
			report(2, 0, { doctors: 3, patients_severe: 1, patients_critical: 0 }),
			// Eight days ago says nothing of today.
			report(3, 8, { ...ROSTER, patients_severe: 1, patients_critical: 1 }),
			report(4, 1, { laboratory_staff: 6, laboratory_staff_needed: 9 }),
		],
	});
	db = new Database(path, { readonly: true });
});
afterAll(() => {
	db.close();
	home.remove();
});

const staffOf = (facility: number, day = LAST) =>
	FacilityStaff.parse(facilityStaff(db, { facility, day, asKnownOn: null }));

test("who was present stands with its age beside who was needed by the facility's own word and by its patients, and what is missing of each", () => {
	const found = staffOf(1);
	expect(
		found.groups.map(({ group, present, needed, short }) => [
			group,
			present?.value,
			present?.age,
			needed?.value,
			short,
		]),
	).toEqual([
		["doctors", 10, 3, 12, 2],
		["nurses", 30, 3, 30, 0],
		["other_workers", 5, 3, 4, 0],
	]);
	expect(found.workers).toMatchObject({ value: 45, age: 3 });
	// By the rates as they are shipped, added up here by hand of the file.
	const { occupations, shiftHours } = JSON.parse(
		readFileSync(
			new URL(
				"../../resources/catalogue/workforce-and-laboratories.json",
				import.meta.url,
			),
			"utf8",
		),
	);
	let hours = 0;
	for (const { group, hoursPerPatientDay } of occupations)
		if (group === "health-worker")
			hours += 20 * hoursPerPatientDay.severe + 4 * hoursPerPatientDay.critical;
	expect(hours).toBeGreaterThan(0);
	expect(found.modelled).toBeCloseTo(hours / shiftHours, 9);
	expect(found.short).toBeCloseTo(Math.max(0, hours / shiftHours - 45), 9);
});

test("what was not told is not known, and never zero or a shortage", () => {
	const part = staffOf(2);
	expect(part.groups.map(({ short }) => short)).toEqual([null, null, null]);
	expect(part.groups[0]).toMatchObject({
		present: { value: 3, age: 0 },
		needed: { value: 9, age: 2 },
	});
	expect(part.groups[1]).toMatchObject({ present: null, needed: null });
	expect([part.workers, part.short]).toEqual([null, null]);
	expect(part.modelled).toBeGreaterThan(0);
	const old = staffOf(3);
	expect(old).toMatchObject({
		workers: null,
		patients: null,
		modelled: null,
		short: null,
	});
	expect(staffOf(3, LAST - 1).workers).toMatchObject({ value: 45, age: 7 });
});

test("a laboratory has its own staff, and nobody's patients", () => {
	expect(staffOf(4)).toMatchObject({
		groups: [{ group: "laboratory_staff", short: 3 }],
		workers: null,
		modelled: null,
	});
	expect(facilityStaff(db, { facility: 99, day: LAST, asKnownOn: null })).toBe(
		null,
	);
});
