import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ruleId } from "../../core/quality/rule.ts";
import { monthOf } from "../../core/series/day.ts";
import { MARKS } from "../../core/series/mark.ts";
import {
	areas,
	areasAt,
	districts,
	villages,
} from "../../main/backend/query/areas.ts";
import { cube } from "../../main/backend/query/cube.ts";
import {
	difference,
	differenceSeries,
} from "../../main/backend/query/difference.ts";
import { explain } from "../../main/backend/query/explain.ts";
import { freshness } from "../../main/backend/query/freshness.ts";
import { figures, kpis, table } from "../../main/backend/query/kpis.ts";
import { series } from "../../main/backend/query/series.ts";
import { spread } from "../../main/backend/query/spread.ts";
import { sum } from "../../main/backend/query/sum.ts";
import {
	AREA,
	CONFIRMED,
	FIRST,
	LAST,
	type Row,
	type Rows,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

const SINGOSARI = 9;
const LAWANG = 10;
const KUTA = 11;
const LOSARI = 12;
const LEGIAN = 13;
const OFFICES = 3;

/** Weekly tables of two kecamatan of Malang, of which one is silent the second time, and was restated three days later; and one in Bali. */
function withKecamatan(): Rows {
	const rows = twoProvinces();
	const [like] = rows.area ?? [];
	const [source] = rows.source ?? [];
	const [file] = rows.file ?? [];
	const fact: Row[] = [];
	const claim: Row[] = [];
	const fact_revision: Row[] = [];
	const say = (area: number, at: number, value: number, asOf = at): void => {
		const cell = { indicator: CONFIRMED, month: monthOf(at), area, day: at };
		const said = { source: OFFICES, as_of: asOf, marks: 0, value };
		fact.push({ ...cell, ...said, rule: ruleId("only-source") });
		claim.push({ ...cell, ...said, file: OFFICES, line: claim.length + 2 });
	};
	say(SINGOSARI, FIRST + 4, 4);
	say(SINGOSARI, FIRST + 11, 12, FIRST + 12);
	say(LAWANG, FIRST + 4, 2);
	say(KUTA, FIRST + 4, 30);
	say(LOSARI, FIRST + 4, 3);
	say(LEGIAN, FIRST + 4, 20);
	fact_revision.push({
		...fact[1],
		value: 10,
		as_of: FIRST + 11,
	} as Row);
	return {
		...rows,
		area: [
			...(rows.area ?? []),
			{
				...like,
				id: LAWANG,
				code: "35.07.19",
				level: 3,
				name: "Lawang",
				parent: AREA.malang,
				population: null,
				population_year: null,
			},
			{
				...like,
				id: KUTA,
				code: "51.03.01",
				level: 3,
				name: "Kuta",
				parent: AREA.badung,
				population: null,
				population_year: null,
			},
			...(
				[
					[LOSARI, "35.07.24.1001", "Losari", SINGOSARI],
					[LEGIAN, "51.03.01.1002", "Legian", KUTA],
				] as const
			).map(([id, code, name, parent]) => ({
				...like,
				id,
				code,
				level: 4,
				name,
				parent,
				lat: null,
				lng: null,
				population: null,
				population_year: null,
			})),
		],
		source: [
			...(rows.source ?? []),
			{
				...source,
				id: OFFICES,
				key: "kecamatan",
				rank: 3,
				cadence: "irregular",
				id_name: "Kecamatan",
				en_name: "Kecamatan",
			},
		],
		file: [
			...(rows.file ?? []),
			{ ...file, id: OFFICES, source: OFFICES, name: "kecamatan.csv" },
		],
		fact: [...(rows.fact ?? []), ...fact],
		claim: [...(rows.claim ?? []), ...claim],
		fact_revision: [...(rows.fact_revision ?? []), ...fact_revision],
	};
}

const home = temporaryFolder();
const without = temporaryFolder();
let db: Database.Database;
let before: Database.Database;
beforeAll(() => {
	const open = (path: string) => new Database(path, { readonly: true });
	db = open(writeReplica(home.folder, withKecamatan(), 3));
	before = open(writeReplica(without.folder, twoProvinces(), 3));
});
afterAll(() => {
	db.close();
	before.close();
	home.remove();
	without.remove();
});

const asked = { indicator: "confirmed", asKnownOn: null } as const;

describe("kecamatan on the workstation", () => {
	test("are areas of their own, and no window is given them that does not ask", () => {
		expect(areas(db).every(({ level }) => level !== "district")).toBe(true);
		expect(
			districts(db).map(({ code, level, parent }) => [code, level, parent]),
		).toEqual([
			["35.07.18", "district", AREA.malang],
			["35.07.19", "district", AREA.malang],
			["51.03.01", "district", AREA.badung],
		]);
		expect(areasAt(db, "district")).toEqual(districts(db));
	});

	test("are not known, and not silent, while they are still to be published, nor is a source that has yet to say a first word", () => {
		const rows = twoProvinces();
		const { area, source: known } = withKecamatan();
		const source = known?.map((one) => ({
			...one,
			key: one.key === "kecamatan" ? "latihan-kecamatan" : `${one.key}`,
		}));
		const dataset = [
			...(rows.dataset ?? []),
			{ key: "details_follow", value: '["kecamatan","facilities"]' },
		];
		const { folder, remove } = temporaryFolder();
		const opened = new Database(
			writeReplica(folder, { ...rows, area, source, dataset }, 3),
			{ readonly: true },
		);
		try {
			const marksOf = (id: number, level: "district" | "regency") => {
				const { header, body } = cube(opened, {
					...{ indicator: "confirmed", measure: "total" },
					...{ level, asKnownOn: null },
				});
				const cells = header.areas * header.days;
				const at = areasAt(opened, level).findIndex((one) => one.id === id);
				return new Uint16Array(body, cells * 8, cells).subarray(
					at * header.days,
					(at + 1) * header.days,
				);
			};
			expect(new Set(marksOf(LAWANG, "district"))).toEqual(
				new Set([MARKS.notYetKnown]),
			);
			expect(
				marksOf(AREA.malang, "regency").some(
					(marks) => marks & MARKS.notYetKnown,
				),
			).toBe(false);
			expect(
				figures(opened, {
					...{ indicator: "confirmed", area: LAWANG },
					...{ day: LAST, asKnownOn: null },
				}),
			).toMatchObject({ value: null, marks: MARKS.notYetKnown });
			const told = new Map(
				freshness(opened).map((one) => [one.source.key, one.follows]),
			);
			expect(told.get("latihan-kecamatan")).toBe(true);
			expect([...told.values()]).toContain(false);
			expect(freshness(db).some(({ follows }) => follows)).toBe(false);
		} finally {
			opened.close();
			remove();
		}
	});

	test("are held against another day by the reports that are shown for both, and say of which they are", () => {
		const of = {
			...asked,
			rate: false,
			period: { kind: "all" },
			against: { kind: "before", days: 7 },
		} as const;
		const { header, body } = difference(db, {
			...of,
			level: "district",
			within: [AREA.malang],
		});
		expect([header.areas, header.within]).toEqual([2, [AREA.malang]]);
		const cells = header.areas * header.days;
		const value = new Float64Array(body, 0, cells);
		const marks = new Uint16Array(body, cells * 8, cells);
		// Singosari: 4 and a week later 12; both stand for the days after them.
		for (const [on, held] of [
			[11, 0],
			[12, MARKS.lastReport],
		] as const) {
			expect(value[on]).toBe(8);
			expect((marks[on] ?? 0) & MARKS.lastReport).toBe(held);
		}
		expect(value[10]).toBeNaN();
		// Lawang was silent the second time: nothing is held against nothing.
		expect(value.subarray(header.days).every(Number.isNaN)).toBe(true);
		expect(differenceSeries(db, { ...of, area: SINGOSARI }).value).toEqual(
			Array.from(value.subarray(0, header.days), (one) =>
				Number.isNaN(one) ? null : one,
			),
		);
		// A day on which the same report is shown for both differs by nothing.
		const one = difference(db, {
			...of,
			against: { kind: "before", days: 2 },
			level: "district",
			within: null,
		});
		expect(one.header.areas).toBe(3);
		expect(new Float64Array(one.body, 0, one.header.days)[7]).toBe(0);
		expect(() =>
			difference(db, { ...of, level: "regency", within: [AREA.malang] }),
		).toThrow("within");
	});

	test("are summed as they are chosen, across kabupaten/kota, with those named that did not report", () => {
		const of = { ...asked, period: { kind: "all" } } as const;
		const { value, missing, areas } = sum(db, {
			...of,
			areas: [SINGOSARI, KUTA],
		});
		const [one, other] = [SINGOSARI, KUTA].map(
			(area) => series(db, { ...asked, area }).value,
		);
		expect(areas).toEqual([SINGOSARI, KUTA]);
		expect(value).toEqual(
			value.map((_, at) => {
				const told = [one?.[at], other?.[at]].filter((part) => part != null);
				return told.length === 0
					? null
					: told.reduce((sum, part) => sum + part, 0);
			}),
		);
		expect(missing[0]).toEqual({ day: FIRST, areas: [SINGOSARI, KUTA] });
	});

	test("are on the map of a day what their sum holds and those it counts as showing an earlier report, and nothing else", () => {
		for (const indicator of ["confirmed", "active"] as const) {
			const of = {
				indicator,
				asKnownOn: null,
				period: { kind: "all" },
			} as const;
			const { header, body } = spread(db, {
				...of,
				level: "district",
				rate: false,
				within: null,
			});
			const cells = header.areas * header.days;
			const value = new Float64Array(body, 0, cells);
			const marks = new Uint16Array(body, cells * 8, cells);
			const ids = districts(db).map(({ id }) => id);
			const together = sum(db, { ...of, areas: ids });
			for (let day = 0; day < header.days; day++) {
				let reported: number | null = null;
				let earlier = 0;
				let onDay = 0;
				ids.forEach((_, row) => {
					const at = row * header.days + day;
					if (Number.isNaN(value[at])) return;
					if ((marks[at] ?? 0) & MARKS.lastReport) earlier++;
					else {
						reported = (reported ?? 0) + (value[at] ?? 0);
						onDay++;
					}
				});
				expect(
					[
						together.value[day],
						together.reporting[day],
						together.lastReport[day],
					],
					`${indicator} ${day}`,
				).toEqual([reported, onDay, earlier]);
			}
		}
		const shown = sum(db, {
			...asked,
			period: { kind: "all" },
			areas: [SINGOSARI, KUTA],
		}).lastReport;
		expect(shown.slice(3, 13)).toEqual([0, 0, 2, 2, 2, 2, 2, 2, 0, 1]);
		// Nothing is new by a report that is of another day.
		expect(
			sum(db, {
				...asked,
				period: { kind: "last", days: 7 },
				areas: [SINGOSARI, KUTA],
			}).lastReport.some((count) => count > 0),
		).toBe(false);
	});

	test("have values on the days on which they reported, and change nothing above them", () => {
		const shown = series(db, { ...asked, area: SINGOSARI });
		const value = new Array(LAST - FIRST + 1).fill(null);
		value[4] = 4;
		value[11] = 12;
		expect(shown.value).toEqual(value);
		expect(shown.silent).toEqual([]);
		for (const area of [AREA.malang, AREA.jatim, AREA.badung, AREA.nation])
			expect(series(db, { ...asked, area })).toEqual(
				series(before, { ...asked, area }),
			);
		for (const level of ["nation", "province", "regency"] as const)
			expect(cube(db, { ...asked, measure: "new7", level }).body).toEqual(
				cube(before, { ...asked, measure: "new7", level }).body,
			);
	});

	test("of some kabupaten/kota or provinces are given alone, as they are among all, in order of id", () => {
		const of = (within: number[] | null) => {
			const { header, body } = spread(db, {
				...asked,
				level: "district",
				period: { kind: "all" },
				rate: false,
				within,
			});
			const values = new Float64Array(body, 0, header.areas * header.days);
			return {
				within: header.within,
				rows: Array.from({ length: header.areas }, (_, row) => [
					...values.subarray(row * header.days, (row + 1) * header.days),
				]),
			};
		};
		const all = of(null);
		expect(all.rows).toHaveLength(3);
		expect(of([AREA.malang]).rows).toEqual(all.rows.slice(0, 2));
		expect(of([AREA.jatim]).rows).toEqual(all.rows.slice(0, 2));
		expect(of([AREA.badung]).rows).toEqual(all.rows.slice(2));
		expect(of([AREA.jatim, AREA.badung])).toEqual({
			within: [AREA.jatim, AREA.badung],
			rows: all.rows,
		});
		expect(() =>
			spread(db, {
				...asked,
				level: "regency",
				period: { kind: "all" },
				rate: false,
				within: [AREA.jatim],
			}),
		).toThrow(/district/);
		expect(() => of([4711])).toThrow(/4711/);
	});

	test("of a kabupaten/kota are its table, with those that did not report named", () => {
		const at = (day: number) => table(db, { ...asked, area: AREA.malang, day });
		const first = at(FIRST + 4);
		expect(first.rows.map(({ area, value }) => [area, value])).toEqual([
			[SINGOSARI, 4],
			[LAWANG, 2],
		]);
		expect(first.completeness).toMatchObject({ reporting: 2, expected: 2 });
		const second = at(FIRST + 11);
		expect(second.rows.map(({ value }) => value)).toEqual([12, null]);
		expect(second.rows[1]?.lastReported).toEqual({ day: FIRST + 4, value: 2 });
		expect(second.completeness).toMatchObject({
			reporting: 1,
			expected: 2,
			missing: [LAWANG],
		});
		// Eight more in the seven days since the report before.
		expect(second.rows[0]?.week).toMatchObject({ measure: "new7", value: 8 });
	});

	test("show their last report for seven days, with its mark and day, and are then not reported; it is no report of those days", () => {
		const on = (at: number) =>
			figures(db, { ...asked, area: SINGOSARI, day: FIRST + at });
		expect(on(3).value).toBeNull();
		for (const day of [5, 10])
			expect(on(day)).toMatchObject({
				value: 4,
				marks: MARKS.lastReport,
				lastReported: { day: FIRST + 4, value: 4 },
				origin: { source: { key: "kecamatan" } },
				completeness: { reporting: 0 },
			});
		expect(on(11)).toMatchObject({ value: 12, marks: 0 });
		const lawang = (at: number) =>
			figures(db, { ...asked, area: LAWANG, day: FIRST + at });
		expect(lawang(10)).toMatchObject({ value: 2, marks: MARKS.lastReport });
		expect(lawang(11)).toMatchObject({ value: null, marks: 0 });
		expect(
			table(db, { ...asked, area: AREA.malang, day: FIRST + 6 }).rows.map(
				({ value, marks }) => [value, marks],
			),
		).toEqual([
			[4, MARKS.lastReport],
			[2, MARKS.lastReport],
		]);
		// The map of the total shows the same, the curve what was reported.
		const all = spread(db, {
			...asked,
			level: "district",
			period: { kind: "all" },
			rate: false,
			within: null,
		});
		const value = new Float64Array(all.body, 0, 3 * 13);
		const marks = new Uint16Array(all.body, 3 * 13 * 8);
		expect([...value.slice(4, 13)]).toEqual([4, 4, 4, 4, 4, 4, 4, 12, 12]);
		expect(marks[4]).toBe(0);
		expect(marks[5]).toBe(MARKS.lastReport);
		expect(series(db, { ...asked, area: SINGOSARI }).value[5]).toBeNull();
		const told = explain(db, {
			...asked,
			measure: "total",
			area: SINGOSARI,
			day: FIRST + 6,
		});
		expect(told).toMatchObject({
			day: FIRST + 6,
			reportDay: FIRST + 4,
			fact: { value: 4 },
			figure: { value: 4, how: "report", marks: MARKS.lastReport },
			claims: [{ value: 4 }],
		});
	});

	test("of the country and of a province are one table, the same figures as of their kabupaten/kota", () => {
		const day = FIRST + 4;
		const of = (area: number) =>
			table(db, { ...asked, area, day, level: "district" }).rows;
		expect(of(AREA.nation).map(({ area }) => area)).toEqual([
			SINGOSARI,
			LAWANG,
			KUTA,
		]);
		expect(of(AREA.jatim)).toEqual(of(AREA.nation).slice(0, 2));
		expect(table(db, { ...asked, area: AREA.malang, day }).rows).toEqual(
			of(AREA.jatim),
		);
		for (const row of of(AREA.nation)) {
			const { completeness, ...rest } = figures(db, {
				...asked,
				area: row.area,
				day,
			});
			expect(rest).toEqual(row);
			expect(completeness).toMatchObject({ reporting: 1, expected: 1 });
		}
		expect(kpis(db, { area: KUTA, day, asKnownOn: null })[0]).toMatchObject({
			indicator: "confirmed",
			value: 30,
			per100k: null,
		});
	});

	test("are one cube, in which what was not reported is no number", () => {
		const { header, body } = cube(db, {
			...asked,
			measure: "total",
			level: "district",
		});
		expect(header).toMatchObject({ level: "district", areas: 3, days: 13 });
		const value = new Float64Array(body, 0, 3 * 13);
		expect([...value].filter((one) => !Number.isNaN(one))).toEqual([
			...[4, 4, 4, 4, 4, 4, 4, 12, 12],
			...new Array(7).fill(2),
			...new Array(7).fill(30),
		]);
		expect([value[4], value[11], value[13 + 4], value[26 + 4]]).toEqual([
			4, 12, 2, 30,
		]);
		const week = cube(db, { ...asked, measure: "new7", level: "district" });
		expect(new Float64Array(week.body, 0, 39)[11]).toBe(8);
	});

	test("answer as they were known on a day before they were restated", () => {
		const then = { ...asked, asKnownOn: FIRST + 11 };
		expect(
			figures(db, { ...then, area: SINGOSARI, day: FIRST + 11 }),
		).toMatchObject({
			value: 10,
		});
		expect(
			new Float64Array(
				cube(db, { ...then, measure: "total", level: "district" }).body,
				0,
				13,
			)[11],
		).toBe(10);
		expect(
			figures(db, { ...then, area: SINGOSARI, day: FIRST + 12 }),
		).toMatchObject({
			value: null,
			marks: MARKS.notYetKnown,
		});
	});

	test("say where their figures come from; of a kabupaten/kota they add up to a figure beside its own", () => {
		const told = explain(db, {
			...asked,
			measure: "total",
			area: SINGOSARI,
			day: FIRST + 11,
		});
		expect(told.fact).toMatchObject({ value: 12, rule: "only-source" });
		expect(told.figure).toMatchObject({
			how: "report",
			value: 12,
			terms: [{ kind: "report", value: 12, source: { key: "kecamatan" } }],
		});
		expect(told.claims).toMatchObject([
			{ value: 12, file: "kecamatan.csv", gap: 0 },
		]);
		expect(told.revisions.map(({ value }) => value)).toEqual([12, 10]);
		expect(told.sum).toBeNull();
		const above = explain(db, {
			...asked,
			measure: "total",
			area: AREA.malang,
			day: FIRST + 4,
		});
		expect(above.fact?.value).toBe(7);
		expect(above.sum).toMatchObject({
			value: 6,
			gap: -1,
			reporting: 2,
			expected: 2,
		});
		// It is another figure, so that it lies apart from nothing.
		expect(above.apart).toBe(0);
	});

	test("have active cases where all three parts are known, and none here", () => {
		expect(
			figures(db, {
				...asked,
				indicator: "active",
				area: SINGOSARI,
				day: FIRST + 4,
			}),
		).toMatchObject({ value: null });
	});

	test("of which kelurahan report are opened into them: areas of their own, their table, cube and explanation, in no kecamatan", () => {
		const day = FIRST + 4;
		expect(
			villages(db).map(({ code, level, parent, lat }) => [
				code,
				level,
				parent,
				lat,
			]),
		).toEqual([
			["35.07.24.1001", "village", SINGOSARI, null],
			["51.03.01.1002", "village", KUTA, null],
		]);
		expect(figures(db, { ...asked, area: KUTA, day }).value).toBe(30);
		const of = (area: number, level?: "village" | "district") =>
			table(db, { ...asked, area, day, ...(level && { level }) }).rows.map(
				({ area: one, value }) => [one, value],
			);
		expect(of(KUTA)).toEqual([[LEGIAN, 20]]);
		expect(of(LAWANG)).toEqual([]);
		for (const area of [SINGOSARI, AREA.malang, AREA.jatim])
			expect(of(area, "village")).toEqual([[LOSARI, 3]]);
		expect(of(AREA.nation, "village")).toEqual([
			[LOSARI, 3],
			[LEGIAN, 20],
		]);
		expect(of(AREA.malang, "district")).toEqual(of(AREA.malang));
		const { header, body } = cube(db, {
			...asked,
			measure: "total",
			level: "village",
		});
		expect(header).toMatchObject({ level: "village", areas: 2 });
		expect(new Float64Array(body, 0, 2 * 13)[13 + 4]).toBe(20);
		const told = explain(db, { ...asked, measure: "total", area: KUTA, day });
		expect(told.sum).toMatchObject({ value: 20, reporting: 1, expected: 1 });
		expect(told.apart).toBe(0);
		expect(
			explain(db, { ...asked, measure: "total", area: LEGIAN, day }).fact,
		).toMatchObject({ value: 20, rule: "only-source" });
	});
});
