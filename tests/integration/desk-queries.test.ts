import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MATRIX_DAYS } from "../../core/api/desk.ts";
import { day, monthOf } from "../../core/series/day.ts";
import { INDICATORS } from "../../core/series/indicator.ts";
import { conflicts } from "../../main/backend/query/conflicts.ts";
import { freshness } from "../../main/backend/query/freshness.ts";
import { reporting, sourceScores } from "../../main/backend/query/reporting.ts";
import { stated } from "../../main/backend/query/stated.ts";
import {
	AREA,
	LAST,
	type Row,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

const SILENT = day("2020-04-04");

describe("what the desk is told", () => {
	const home = temporaryFolder();
	let db: Database.Database;
	beforeAll(() => {
		db = new Database(writeReplica(home.folder, twoProvinces()), {
			readonly: true,
		});
	});
	afterAll(() => {
		db.close();
		home.remove();
	});
	const all = (on: number) => ({ day: on, inside: null });

	test("who reported and who did not, by source and day; what a daily source did not say is silence, and is reminded of", () => {
		const { firstDay, rows, reminders } = reporting(db, all(SILENT));
		expect(firstDay).toBe(SILENT - MATRIX_DAYS + 1);
		const [office, portal] = rows;
		const areas = [AREA.tulungagung, AREA.malang, AREA.lamongan];
		expect(office?.expected).toBe(areas.length);
		const at = SILENT - firstDay;
		expect(office?.cells[at]).toMatchObject({ reported: 2, silent: 1 });
		expect(office?.cells[at - 1]).toMatchObject({ reported: 3, silent: 0 });
		expect(portal?.source.key).not.toBe(office?.source.key);
		expect(
			reminders.filter(({ source }) => source.key === office?.source.key),
		).toMatchObject([
			{ area: AREA.lamongan, code: "35.24", lastDay: SILENT - 1 },
		]);
	});

	test("which sources state an indicator, of how many areas and of which days, as the claims themselves say", () => {
		for (const { key, id } of INDICATORS.filter(({ derived }) => !derived)) {
			const told = stated(db, { term: key, inside: null });
			const said = db
				.prepare(
					`SELECT s.key, min(c.day) AS firstDay, max(c.day) AS lastDay,
						count(DISTINCT CASE WHEN a.code NOT LIKE '%.00' THEN a.id END) AS units
					 FROM claim c JOIN source s ON s.id = c.source JOIN area a ON a.id = c.area
					 WHERE c.indicator = ? AND s.cadence <> 'once' GROUP BY s.id ORDER BY s.rank, s.id`,
				)
				.all(id);
			expect(
				told.map(({ source, firstDay, lastDay, levels }) => ({
					...{ key: source.key, firstDay, lastDay },
					units: levels.reduce((sum, { units }) => sum + units, 0),
				})),
				key,
			).toEqual(said);
		}
		const inside = stated(db, { term: "confirmed", inside: [AREA.malang] });
		expect(inside.length).toBeGreaterThan(0);
		for (const { levels } of inside)
			expect(levels).toEqual([{ level: "regency", units: 1 }]);
		expect(stated(db, { term: "confirmed", inside: [] })).toEqual([]);
	});

	test("a daily source that has said nothing for longer than the matrix is silent, and not forgotten", () => {
		const on = LAST + 3 * MATRIX_DAYS;
		const { rows, reminders } = reporting(db, all(on));
		const office = rows[0];
		const { n } = db
			.prepare(
				`SELECT count(DISTINCT area) AS n FROM claim JOIN area ON area.id = area
				 WHERE source = 1 AND code NOT LIKE '%.00'`,
			)
			.get() as { n: number };
		expect(office).toMatchObject({ cadence: "daily", expected: n });
		expect(office?.cells.at(-1)).toMatchObject({ reported: 0, silent: n });
		expect(reminders.find(({ area }) => area === AREA.malang)?.lastDay).toBe(
			LAST,
		);
		// One that has not begun misses nobody.
		expect(reporting(db, all(day("2020-01-10"))).reminders).toEqual([]);
	});

	test("of more reminders than a list has those of whom one heard last are kept, and all are counted", () => {
		const many = 5_001;
		const rows = twoProvinces();
		const files = temporaryFolder();
		const ids = Array.from({ length: many }, (_, at) => at + 1);
		const large = new Database(
			writeReplica(files.folder, {
				...rows,
				facility: ids.map((id) => ({
					...{ id, code: `F${id}`, kind: "hospital", name: `RS ${id}` },
					...{ area: AREA.malang, referral: 0, beds: "{}" },
					...{ lat: null, lng: null, position_source: null },
				})),
				facility_report: ids.map((facility) => {
					const on = facility === many ? LAST - 1 : LAST - 3;
					return {
						...{ month: monthOf(on), day: on, as_of: on },
						...{ facility, file: 1, beds: 10 },
					};
				}),
			}),
			{ readonly: true },
		);
		try {
			const { silent, reminders } = reporting(large, all(LAST));
			expect(silent).toBe(many);
			expect(reminders).toHaveLength(5_000);
			expect(reminders.at(-1)).toMatchObject({
				code: `F${many}`,
				lastDay: LAST - 1,
			});
		} finally {
			large.close();
			files.remove();
		}
	});

	test("an area that has been silent for longer than the matrix is missed beside those that go on; a source that has just begun misses nobody before its first day", () => {
		const two = twoProvinces();
		// From here on the office speaks of Malang alone, and of Badung as before: Tulungagung and Lamongan are not heard of any more.
		const on = LAST + MATRIX_DAYS + 1;
		const claim = [...(two.claim ?? [])];
		for (let at = LAST + 1; at <= on; at++)
			claim.push({
				...{ indicator: 1, month: monthOf(at), area: AREA.malang, day: at },
				...{ source: 1, as_of: at, file: 1, line: 900 + at, value: 30 },
				marks: 0,
			});
		const NEW = 3;
		for (const at of [on - 2, on])
			claim.push({
				...{ indicator: 1, month: monthOf(at), area: AREA.badung, day: at },
				...{ source: NEW, as_of: at, file: NEW, line: at, value: 1 },
				marks: 0,
			});
		const made = temporaryFolder();
		const replica = new Database(
			writeReplica(made.folder, {
				...two,
				claim,
				source: [
					...(two.source ?? []),
					{ ...two.source?.[0], id: NEW, key: "baru", rank: 3 },
				],
				file: [...(two.file ?? []), { ...two.file?.[0], id: NEW, source: NEW }],
				dataset: (two.dataset ?? []).map((row) =>
					row.key === "last_day" ? { ...row, value: String(on) } : row,
				),
			}),
			{ readonly: true },
		);
		try {
			const told = reporting(replica, all(on));
			// By another road: of each source and area the first day and the last of all that was said.
			const spoken = replica
				.prepare(
					`SELECT source, area, max(day) AS last, count(DISTINCT CASE WHEN day > ? THEN day END) AS days FROM claim JOIN area ON area.id = area
					 WHERE code NOT LIKE '%.00' GROUP BY source, area`,
				)
				.all(on - MATRIX_DAYS) as {
				source: number;
				area: number;
				last: number;
				days: number;
			}[];
			for (const [id, key] of [
				[1, "jatim"],
				[NEW, "baru"],
			] as const) {
				const of = spoken.filter(({ source }) => source === id);
				const row = told.rows.find(({ source }) => source.key === key);
				expect(row?.expected).toBe(of.length);
				expect(
					told.reminders
						.filter(({ source }) => source.key === key)
						.map(({ area, lastDay }) => [area, lastDay])
						.sort(),
				).toEqual(
					of
						.filter(({ last }) => last < on)
						.map(({ area, last }) => [area, last])
						.sort(),
				);
				const reported = of.reduce((sum, { days }) => sum + days, 0);
				const first = (
					replica
						.prepare("SELECT min(day) AS first FROM claim WHERE source = ?")
						.get(id) as { first: number }
				).first;
				const due =
					of.length * (on - Math.max(first, on - MATRIX_DAYS + 1) + 1);
				expect(row?.complete).toBe(reported / due);
				expect(row?.cells.reduce((sum, { silent }) => sum + silent, 0)).toBe(
					due - reported,
				);
			}
			const begun = told.rows.find(({ source }) => source.key === "baru");
			expect(begun?.cells.map(({ silent }) => silent)).toEqual([
				...new Array(MATRIX_DAYS - 2).fill(0),
				1,
				0,
			]);
			expect(sourceScores(replica, all(on)).scores[0]?.complete).toBe(
				told.rows[0]?.complete,
			);
		} finally {
			replica.close();
			made.remove();
		}
	});

	test("of files a province is told nothing, and not that there were none", () => {
		const asked = { day: LAST, inside: [AREA.bali, AREA.badung] };
		for (const { cells } of reporting(db, asked).rows)
			expect(cells.every(({ empty }) => empty === null)).toBe(true);
		const [score] = sourceScores(db, asked).scores;
		expect(score).toMatchObject({
			...{ files: null, accepted: null, quarantined: null },
		});
		expect(score?.values).toBeGreaterThan(0);
		expect(sourceScores(db, all(LAST)).scores[0]?.files).not.toBeNull();
	});

	test("of a source that speaks of facilities no values of areas are told, and not that there were none", () => {
		const two = twoProvinces();
		const made = temporaryFolder();
		const replica = new Database(
			writeReplica(made.folder, {
				...two,
				source: [
					...(two.source ?? []),
					{ ...two.source?.[0], id: 3, key: "gudang", rank: 3 },
				],
				file: [...(two.file ?? []), { ...two.file?.[0], id: 3, source: 3 }],
				facility: [
					{
						...{ id: 1, code: "G-35", kind: "warehouse", name: "Gudang" },
						...{ area: AREA.jatim, referral: 0, beds: "{}" },
					},
				],
				facility_report: [
					{
						...{ month: monthOf(LAST), day: LAST, facility: 1 },
						...{ as_of: LAST, file: 3, line: 2 },
					},
				],
			}),
			{ readonly: true },
		);
		try {
			const { scores } = sourceScores(replica, all(LAST));
			expect(
				scores.find(({ source }) => source.key === "gudang"),
			).toMatchObject({
				...{ complete: 1, delays: [1, 0, 0, 0, 0] },
				...{ values: null, restated: null, corrections: null },
			});
		} finally {
			replica.close();
			made.remove();
		}
	});

	test("a figure of facilities is stated by who says all of which it is made of a day, be it in two files; to a province only of its own", () => {
		const two = twoProvinces();
		const made = temporaryFolder();
		const told = (
			facility: number,
			on: number,
			stated: { beds?: number; beds_occupied?: number },
			file = 1,
		) => ({
			...{ month: monthOf(on), day: on, as_of: on, facility, file },
			...stated,
		});
		const replica = new Database(
			writeReplica(made.folder, {
				...two,
				file: [...(two.file ?? []), { ...two.file?.[0], id: 9 }],
				facility: [AREA.malang, AREA.badung].map((area, at) => ({
					...{ id: at + 1, code: `F${at}`, kind: "hospital", name: "RS" },
					...{ area, referral: 0, beds: "{}" },
				})),
				facility_report: [
					told(1, LAST - 2, { beds: 10 }),
					told(1, LAST - 1, { beds: 10 }),
					told(1, LAST - 1, { beds_occupied: 4 }, 9),
					told(2, LAST, { beds: 10, beds_occupied: 4 }),
				],
			}),
			{ readonly: true },
		);
		try {
			const of = (
				term: "beds" | "bed-occupancy",
				inside: number[] | null = null,
			) =>
				stated(replica, { term, inside }).map(
					({ facilities, levels, firstDay, lastDay }) => [
						...[facilities, levels.length, firstDay - LAST, lastDay - LAST],
					],
				);
			expect(of("beds")).toEqual([[2, 0, -2, 0]]);
			expect(of("bed-occupancy")).toEqual([[2, 0, -1, 0]]);
			expect(of("bed-occupancy", [AREA.malang])).toEqual([[1, 0, -1, -1]]);
		} finally {
			replica.close();
			made.remove();
		}
	});

	test("to whoever answers for a province nothing is counted or named of another", () => {
		const { rows, reminders } = reporting(db, {
			day: SILENT,
			inside: [AREA.bali, AREA.badung],
		});
		expect(rows.every(({ expected }) => expected > 0 && expected <= 2)).toBe(
			true,
		);
		expect(reminders.map(({ area }) => area)).not.toContain(AREA.lamongan);
	});

	test("where sources differ: what each says, how far apart, since when, and what it is measured by", () => {
		const { day: on, conflicts: found } = conflicts(db, { day: LAST });
		expect(on).toBe(LAST);
		const [conflict, ...others] = found;
		expect(others).toEqual([]);
		expect(conflict).toMatchObject({
			...{ indicator: "confirmed", area: AREA.jatim, code: "35", days: 13 },
			tolerance: { absolute: 5, relative: 0.02 },
		});
		// By another road than the query's: the claims of the day, source by source.
		const said = db
			.prepare(
				`SELECT source, sum(value) AS value FROM claim WHERE indicator = 1 AND day = ? AND area IN (?, ?, ?, ?, ?) GROUP BY source ORDER BY source`,
			)
			.all(
				LAST,
				AREA.jatim,
				AREA.tulungagung,
				AREA.malang,
				AREA.lamongan,
				AREA.jatimUnknown,
			) as { value: number }[];
		const values = said.map(({ value }) => value);
		expect(conflict?.statements.map(({ value }) => value)).toEqual(values);
		expect(conflict?.gap).toBe(Math.max(...values) - Math.min(...values));
		expect(conflict?.share).toBeCloseTo(
			(conflict?.gap ?? 0) / Math.max(...values),
		);
	});

	test("how well a source does: what came of its files, how late, how much it said otherwise later", () => {
		const { scores } = sourceScores(db, all(LAST));
		const office = scores[0];
		expect(office?.delays.reduce((sum, count) => sum + count, 0)).toBe(
			reporting(db, all(LAST)).rows[0]?.cells.reduce(
				(sum, { reported }) => sum + reported,
				0,
			),
		);
		const { n } = db
			.prepare("SELECT count(*) AS n FROM claim WHERE source = 1")
			.get() as { n: number };
		expect(office?.values).toBe(n);
		expect(office?.complete).toBeLessThan(1);
	});
});

test("of a detail that follows whoever spoke up to an earlier day is neither silent nor reminded of; a source of areas that is silent still is", () => {
	const rows = twoProvinces();
	const [source] = rows.source as [Row];
	const [file] = rows.file as [Row];
	const HOSPITALS = 3;
	const SILENT_OFFICE = 4;
	const spoken = LAST - 5;
	const follows = (details: string) => {
		const home = temporaryFolder();
		const db = new Database(
			writeReplica(home.folder, {
				...rows,
				source: [
					...(rows.source ?? []),
					{ ...source, id: HOSPITALS, key: "latihan-rs", rank: 3 },
					{ ...source, id: SILENT_OFFICE, key: "latihan-dinkes", rank: 4 },
				],
				file: [
					...(rows.file ?? []),
					{ ...file, id: HOSPITALS, source: HOSPITALS, name: "rs.csv" },
				],
				facility: [
					{
						...{ id: 1, code: "1", kind: "hospital", name: "RS" },
						...{ area: AREA.malang, referral: 0, beds: "{}" },
					},
				],
				facility_report: [
					{
						...{ month: monthOf(spoken), day: spoken, facility: 1 },
						...{ as_of: spoken, file: HOSPITALS, beds: 100 },
					},
				],
				dataset: [
					...(rows.dataset ?? []),
					{ key: "details_follow", value: details },
				],
			}),
			{ readonly: true },
		);
		try {
			const { reminders, rows: matrix } = reporting(db, {
				...{ day: LAST, inside: null },
			});
			const ofHospitals = (one: { source: { key: string } }) =>
				one.source.key === "latihan-rs";
			return {
				follows: freshness(db).flatMap((one) =>
					one.follows ? one.source.key : [],
				),
				reminded: reminders.some(ofHospitals),
				missed: matrix
					.find(ofHospitals)
					?.cells.reduce((sum, { silent }) => sum + silent, 0),
				others: reminders.filter((one) => !ofHospitals(one)).length,
			};
		} finally {
			db.close();
			home.remove();
		}
	};
	const [whole, kecamatan, facilities] = [
		"[]",
		'["kecamatan"]',
		'["facilities"]',
	].map(follows);
	const silent = { follows: [], reminded: true, missed: LAST - spoken };
	expect(whole).toMatchObject(silent);
	expect(kecamatan).toEqual(whole);
	expect(facilities).toEqual({
		...{ follows: ["latihan-rs"], reminded: false, missed: 0 },
		others: whole?.others,
	});
});
