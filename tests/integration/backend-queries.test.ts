import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { day } from "../../core/series/day.ts";
import { COUNTED_INDICATORS } from "../../core/series/indicator.ts";
import { MARKS } from "../../core/series/mark.ts";
import { areas, areasAt } from "../../main/backend/query/areas.ts";
import { type CubeRequest, cube } from "../../main/backend/query/cube.ts";
import { dataset } from "../../main/backend/query/dataset.ts";
import { explain } from "../../main/backend/query/explain.ts";
import { treeOf } from "../../main/backend/query/figures.ts";
import { freshness } from "../../main/backend/query/freshness.ts";
import { knownDay } from "../../main/backend/query/known-day.ts";
import { kpis } from "../../main/backend/query/kpis.ts";
import { quarantine } from "../../main/backend/query/quarantine.ts";
import { series } from "../../main/backend/query/series.ts";
import {
	AREA,
	COMMITTED,
	EPOCH,
	FIRST,
	LAST,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

const home = temporaryFolder();
let db: Database.Database;
beforeAll(() => {
	db = new Database(writeReplica(home.folder, twoProvinces(), 3), {
		readonly: true,
	});
});
afterAll(() => {
	db.close();
	home.remove();
});

/** The values of one area in an answer of /api/cube, by day. */
function valuesOf(request: Partial<CubeRequest>, area: number): number[] {
	const { header, body } = cube(db, {
		indicator: "confirmed",
		measure: "total",
		level: "regency",
		asKnownOn: null,
		...request,
	});
	const at = areasAt(db, header.level).findIndex(({ id }) => id === area);
	const value = new Float64Array(body, 0, header.areas * header.days);
	return Array.from(value.subarray(at * header.days, (at + 1) * header.days));
}
const on = (iso: string): number => day(iso) - FIRST;

describe("what the replica holds", () => {
	test("the state names the publication and its span of days", () => {
		expect(dataset(db)).toEqual({
			exercise: false,
			follow: [],
			label: "",
			scope: "ID",
			stamp: expect.stringContaining(EPOCH),
			title: "Uji",
			firstDay: FIRST,
			lastDay: LAST,
			knownFrom: expect.any(Number),
			epoch: EPOCH,
			seq: 3,
			committedAt: COMMITTED,
		});
	});

	test("the first day of knowledge, found by months, is the least of all that is stored", () => {
		const least = db
			.prepare(
				`SELECT min(as_of) FROM (SELECT as_of FROM fact UNION ALL SELECT as_of FROM fact_revision
				 UNION ALL SELECT as_of FROM facility_report UNION ALL SELECT as_of FROM stock_line)`,
			)
			.pluck()
			.get();
		expect(dataset(db).knownFrom).toBe(least);
	});

	test("areas come in order of id, without kecamatan, and say which is no place", () => {
		expect(areas(db).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
		expect(areas(db).filter(({ unknownPlace }) => unknownPlace)).toMatchObject([
			{ code: "35.00", level: "regency" },
		]);
	});
});

describe("cubes", () => {
	test("a silent day is not reported, and carries its mark", () => {
		const lamongan = valuesOf({}, AREA.lamongan);
		expect(lamongan[on("2020-04-04")]).toBeNaN();
		expect(lamongan[on("2020-04-05")]).toBe(12);
		const { header, body } = cube(db, {
			indicator: "confirmed",
			measure: "total",
			level: "regency",
			asKnownOn: null,
		});
		const marks = new Uint16Array(body, header.areas * header.days * 8);
		const at = areasAt(db, "regency").findIndex(
			({ id }) => id === AREA.lamongan,
		);
		expect(marks[at * header.days + on("2020-04-04")]).toBe(MARKS.silent);
	});

	test("an area nobody reports on is not reported, never zero", () => {
		expect(valuesOf({}, AREA.badung).every(Number.isNaN)).toBe(true);
	});

	test("as known on a day shows what was known then and nothing after it", () => {
		const known = (asKnownOn: string) =>
			valuesOf({ level: "province", asKnownOn: day(asKnownOn) }, AREA.bali);
		expect(known("2020-04-10")[0]).toBe(40);
		expect(known("2020-04-09")[0]).toBe(35);
		expect(known("2020-04-01")).toEqual([
			30,
			41,
			...Array(11).fill(Number.NaN),
		]);
	});

	test("a weekly cube that was given away is whole when it is asked for again", () => {
		const asked = {
			indicator: "confirmed",
			measure: "new7",
			level: "regency",
			asKnownOn: null,
		} as const;
		const first = cube(db, asked);
		const bytes = Buffer.from(first.body).toString("hex");
		structuredClone(first.body, { transfer: [first.body] });
		const again = cube(db, asked);
		expect(Buffer.from(again.body).toString("hex")).toBe(bytes);
		expect(again.header).toEqual(first.header);
	});

	test("a cube that is missing is read from the facts and says the same", () => {
		const kept = valuesOf({ level: "province" }, AREA.jatim);
		const writable = new Database(db.name);
		const rows = writable.prepare("SELECT * FROM cube").all() as Record<
			string,
			unknown
		>[];
		writable.exec("DELETE FROM cube");
		expect(valuesOf({ level: "province" }, AREA.jatim)).toEqual(kept);
		const insert = writable.prepare(
			"INSERT INTO cube VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		);
		for (const row of rows) insert.run(Object.values(row));
		writable.close();
	});

	test("a rate is for each 100,000 inhabitants and needs their number", () => {
		expect(
			valuesOf({ measure: "per100k" }, AREA.malang)[on("2020-04-12")],
		).toBeCloseTo((23 * 100_000) / 2_500_000, 6);
	});

	test("new cases of a sum over a week pass over silence and keep corrections apart", () => {
		// From 2020-04-06 to 04-12: 35.04 falls to 5 and rises to 10, 35.07 goes from 9 to 23, 35.24 from 12 to 26.
		expect(
			valuesOf({ level: "province", measure: "new7" }, AREA.jatim)[
				on("2020-04-12")
			],
		).toBe(5 + 14 + 14);
	});

	test("a state has no new cases, and the refusal says so", () => {
		expect(() =>
			valuesOf({ indicator: "active", measure: "new7" }, AREA.jatim),
		).toThrow(/found new7 of active, expected one of total, per100k, change7/);
	});
});

describe("one area over time", () => {
	const jatim = () =>
		series(db, { indicator: "confirmed", area: AREA.jatim, asKnownOn: null });

	test("the silence of 35.24 is neither a fall nor a jump of the province", () => {
		const { value, daily, correction, silent, reporting, expected } = jatim();
		const silence = on("2020-04-04");
		expect(value.slice(silence - 1, silence + 2)).toEqual([19, 13, 27]);
		expect(daily.slice(silence - 1, silence + 2)).toEqual([6, 3, 5]);
		expect(correction[silence]).toBeNull();
		expect(silent).toEqual([
			{ day: day("2020-04-04"), areas: [AREA.lamongan] },
		]);
		expect([reporting[silence], expected[silence]]).toEqual([2, 3]);
	});

	test("the fall of 35.04 is a correction of the province, not fewer new cases", () => {
		const { daily, correction } = jatim();
		expect(correction[on("2020-04-06")]).toBe(-1);
		expect(daily[on("2020-04-06")]).toBe(4);
	});

	test("active cases have values, and no daily new ones", () => {
		const active = series(db, {
			indicator: "active",
			area: AREA.jatim,
			asKnownOn: null,
		});
		expect(active.value[on("2020-04-11")]).toBe(54 - 11 - 1);
		expect(active.value[on("2020-04-12")]).toBeNull(); // no deaths reported
		expect(active.daily.every((value) => value === null)).toBe(true);
	});

	test("an unknown area is refused", () => {
		expect(() =>
			series(db, { indicator: "confirmed", area: 99, asKnownOn: null }),
		).toThrow("area: found 99, expected the id of an area");
	});
});

describe("key figures", () => {
	const of = (area: number, iso: string, indicator: string) =>
		kpis(db, { area, day: day(iso), asKnownOn: null }).find(
			(kpi) => kpi.indicator === indicator,
		);

	test("a silent day has no value, and the last report is named with its day", () => {
		expect(of(AREA.lamongan, "2020-04-04", "confirmed")).toMatchObject({
			value: null,
			lastReported: { day: day("2020-04-03"), value: 9 },
			pending: null,
			// 9 of 03-30 to 04-03, and half of the 3 that the next report tells of two days.
			week: { value: 9 + 3 / 2, marks: MARKS.spread | MARKS.shortWeek },
			per100k: null,
			marks: MARKS.silent,
		});
	});

	test("the change over a week of a sum with a silent area is like for like", () => {
		// From 04-05 to 04-11. 35.24 was silent on 04-04: half of the 3 that its next report tells is of that day. 35.04 fell on 04-06.
		expect(of(AREA.jatim, "2020-04-11", "confirmed")).toMatchObject({
			value: 54,
			week: {
				value: 4 + 14 + (12 + 3 / 2),
				corrected: -1,
			},
			reporting: 3,
			expected: 3,
		});
	});

	test("active cases are not reported when one part is missing, and the last full day is named", () => {
		expect(of(AREA.jatim, "2020-04-12", "active")).toMatchObject({
			value: null,
			lastReported: { day: day("2020-04-11"), value: 42 },
			pending: null,
		});
	});

	test("those of another day are read from what was kept of every indicator: none is computed anew", () => {
		of(AREA.nation, "2020-04-11", "confirmed");
		const kept = COUNTED_INDICATORS.map(({ key }) => treeOf(db, key, null));
		of(AREA.nation, "2020-04-12", "confirmed");
		COUNTED_INDICATORS.forEach(({ key }, at) => {
			expect(treeOf(db, key, null)).toBe(kept[at]);
		});
	});

	test("an indicator without any report has nothing at all", () => {
		expect(of(AREA.jatim, "2020-04-12", "odp")).toMatchObject({
			indicator: "odp",
			value: null,
			lastReported: null,
			pending: null,
			week: { value: null },
			per100k: null,
			marks: 0,
			reporting: null,
			expected: null,
		});
	});
});

describe("where a number came from", () => {
	test("a sum names what others said and who was silent", () => {
		const told = explain(db, {
			indicator: "confirmed",
			measure: "total",
			area: AREA.jatim,
			day: day("2020-04-04"),
			asKnownOn: null,
		});
		expect(told.fact).toMatchObject({
			value: 13,
			rule: "sum-of-areas",
			reporting: 2,
			expected: 3,
		});
		expect(told.claims).toMatchObject([
			{
				source: { key: "portal" },
				value: 8,
				gap: -5,
				file: "portal.csv",
				current: true,
			},
		]);
		expect(told.apart).toBe(5);
		expect(told.silent).toEqual([AREA.lamongan]);
		expect(told.sum).toMatchObject({
			value: 13,
			gap: 0,
			reporting: 2,
			expected: 3,
		});
		expect(told.order.map(({ key }) => key)).toEqual(["jatim", "portal"]);
	});

	test("a number from elsewhere is set beside the sum of the areas below", () => {
		const told = explain(db, {
			indicator: "confirmed",
			measure: "total",
			area: AREA.nation,
			day: day("2020-04-12"),
			asKnownOn: null,
		});
		expect(told.fact).toMatchObject({ value: 620, rule: "source-order" });
		expect(told.sum).toEqual({
			value: 59 + 52,
			gap: 59 + 52 - 620,
			reporting: 2,
			expected: 2,
			source: null,
		});
	});

	test("active cases say that they are computed, and from what day on they were known", () => {
		const told = explain(db, {
			indicator: "active",
			measure: "total",
			area: AREA.jatim,
			day: day("2020-04-11"),
			asKnownOn: null,
		});
		expect(told.fact).toMatchObject({
			value: 42,
			rule: "derived",
			asOf: day("2020-04-11"),
		});
		expect(told.claims).toEqual([]);
	});

	test("revisions are told newest first, and only those known on the day asked for", () => {
		const values = (asKnownOn: number | null) =>
			explain(db, {
				indicator: "confirmed",
				measure: "total",
				area: AREA.bali,
				day: FIRST,
				asKnownOn,
			}).revisions.map(({ value }) => value);
		expect(values(null)).toEqual([40, 35, 30]);
		expect(values(FIRST + 2)).toEqual([35, 30]);
	});

	test("a cell nobody spoke of has no fact", () => {
		const told = explain(db, {
			indicator: "tests",
			measure: "total",
			area: AREA.badung,
			day: FIRST,
			asKnownOn: null,
		});
		expect(told).toMatchObject({ fact: null, claims: [], sum: null, apart: 0 });
	});
});

describe("freshness and quarantine", () => {
	test("each source says its last day, who reported on it and what was refused", () => {
		expect(freshness(db)).toMatchObject([
			{
				source: { key: "jatim" },
				lastDay: LAST,
				reporting: 3,
				expected: 4,
				files: 1,
				accepted: 100,
			},
			{
				source: { key: "portal" },
				lastDay: LAST,
				expected: null,
				quarantined: 1,
				repeated: [],
				unread: [],
			},
		]);
	});

	test("a refused row names file, line, column, found and expected", () => {
		expect(quarantine(db, { file: "portal.csv", sources: null })).toEqual([
			{
				// By its number: several readings of a table may have one name.
				fileId: 2,
				file: "portal.csv",
				line: 7,
				column: "KASUS",
				reason: "negative",
				found: "-3",
				expected: "a count of 0 or more",
				alike: 1,
			},
		]);
		expect(quarantine(db, { file: "jatim.csv", sources: null })).toEqual([]);
	});
});

test("'as known on' is answered up to today, which begins at midnight in Jakarta", () => {
	vi.useFakeTimers({ toFake: ["Date"] });
	try {
		const asked = (now: string, asKnownOn: string) => {
			vi.setSystemTime(Date.parse(now));
			return knownDay(db, day(asKnownOn));
		};
		expect(asked("2020-09-20T17:00Z", "2020-09-21")).toBe(day("2020-09-21"));
		expect(() => asked("2020-09-20T16:59Z", "2020-09-21")).toThrow("to today");
		// A clock that stands before the publication.
		expect(asked("1990-01-01T00:00Z", "2020-04-13")).toBe(day("2020-04-13"));
	} finally {
		vi.useRealTimers();
	}
});
