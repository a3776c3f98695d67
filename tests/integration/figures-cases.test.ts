import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, describe, expect, test } from "vitest";
import type { Kpi } from "../../core/api/figures.ts";
import { ruleId } from "../../core/quality/rule.ts";
import { day, monthOf } from "../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../core/series/indicator.ts";
import { MARKS } from "../../core/series/mark.ts";
import { explain } from "../../main/backend/query/explain.ts";
import { figures } from "../../main/backend/query/kpis.ts";
import { series } from "../../main/backend/query/series.ts";
import { type Row, type Rows, writeReplica } from "./backend-fixture.ts";

const FIRST = day("2021-01-01");
const NATION = 1;
const ACEH = 2;
const SUMUT = 3;
const RIAU = 4;

/** Nation; Aceh with two regencies (5, 6), Sumatera Utara with one (7), Riau with none. People in thousands. */
const AREAS: [number, string, number, number | null, number][] = [
	[NATION, "ID", 0, null, 1000],
	[ACEH, "11", 1, NATION, 300],
	[SUMUT, "12", 1, NATION, 600],
	[RIAU, "14", 1, NATION, 100],
	[5, "11.01", 2, ACEH, 100],
	[6, "11.02", 2, ACEH, 200],
	[7, "12.01", 2, SUMUT, 600],
];

type Value = number | null;
interface Said {
	indicator: IndicatorKey;
	area: number;
	values: readonly Value[];
	/** Number of the source; 0 for a sum of areas. One for all days, or one for each. */
	source?: number | readonly number[];
	asOf?: number;
}

let folder = "";
let db: Database.Database | undefined;
afterEach(() => {
	db?.close();
	rmSync(folder, { recursive: true, force: true });
});

function replica(said: readonly Said[]): Database.Database {
	const fact = said.flatMap(({ indicator, area, values, source = 1, asOf }) =>
		values.map((value, on): Row => {
			const from = typeof source === "number" ? source : source[on];
			return {
				indicator: indicatorByKey(indicator).id,
				month: monthOf(FIRST + on),
				area,
				day: FIRST + on,
				value,
				source: from || null,
				rule: ruleId(
					value === null ? "silent" : from ? "only-source" : "sum-of-areas",
				),
				marks: value === null ? MARKS.silent : 0,
				as_of: asOf ?? FIRST + on,
			};
		}),
	);
	const days = Math.max(...said.map(({ values }) => values.length));
	const rows: Rows = {
		dataset: [
			{ key: "first_day", value: String(FIRST) },
			{ key: "last_day", value: String(FIRST + days - 1) },
		],
		area: AREAS.map(([id, code, level, parent, people]) => ({
			id,
			code,
			level,
			parent,
			name: code,
			population: people * 1000,
			population_year: 2020,
			population_source: "census-2020",
			successors: "[]",
		})),
		source: [1, 2].map((id) => ({
			id,
			key: `source-${id}`,
			id_name: `Sumber ${id}`,
			en_name: `Source ${id}`,
			id_order: "",
			en_order: "",
			rank: id,
			cadence: "daily",
		})),
		fact,
	};
	folder = mkdtempSync(join(tmpdir(), "blc-cases-"));
	db = new Database(writeReplica(folder, rows), { readonly: true });
	return db;
}

function of(
	from: Database.Database,
	indicator: IndicatorKey,
	area: number,
	on: number,
	asKnownOn: number | null = null,
): Kpi {
	return figures(from, { indicator, area, day: FIRST + on, asKnownOn });
}
const week = (values: (on: number) => Value) =>
	Array.from({ length: 8 }, (_, on) => values(on));

describe("figures", () => {
	test("a silent regency makes no fall of the nation, and both it and its province are partial", () => {
		const from = replica([
			{ indicator: "confirmed", area: 5, values: week((on) => 100 + on) },
			{
				indicator: "confirmed",
				area: 6,
				values: week((on) => (on === 7 ? null : 5000)),
			},
			{ indicator: "confirmed", area: 7, values: week((on) => 10 + on) },
			{
				indicator: "confirmed",
				area: ACEH,
				source: 0,
				values: week((on) => 100 + on + (on === 7 ? 0 : 5000)),
			},
			{
				indicator: "confirmed",
				area: SUMUT,
				source: 0,
				values: week((on) => 10 + on),
			},
			{
				indicator: "confirmed",
				area: NATION,
				source: 0,
				values: week((on) => 110 + 2 * on + (on === 7 ? 0 : 5000)),
			},
		]);
		const nation = of(from, "confirmed", NATION, 7);
		expect(nation.week).toMatchObject({ value: 14, corrected: null });
		expect(nation.week.marks & MARKS.partial).toBe(MARKS.partial);
		expect(nation.week.marks & MARKS.correction).toBe(0);
		// Divided by the people of those who reported: 11.01 and 12.01.
		expect(nation.people).toBe(700_000);
		expect(of(from, "confirmed", ACEH, 7).completeness).toMatchObject({
			reporting: 1,
			expected: 2,
			missing: [6],
			peopleShare: 1 / 3,
		});
	});

	test("active cases of a sum are of the areas of which all three are known", () => {
		const one = (indicator: IndicatorKey, area: number, value: Value) => ({
			indicator,
			area,
			values: [value],
			source: area === ACEH ? 0 : 1,
		});
		const from = replica([
			one("confirmed", 5, 2000),
			one("confirmed", 6, 400),
			one("confirmed", ACEH, 2400),
			one("recovered", 5, 500),
			one("recovered", 6, 100),
			one("recovered", ACEH, 600),
			one("deaths", 5, 72),
			one("deaths", 6, null),
			one("deaths", ACEH, 72),
		]);
		const active = of(from, "active", ACEH, 0);
		expect(active).toMatchObject({ value: 1428, reporting: 1, expected: 2 });
		expect(active.marks & MARKS.partial).toBe(MARKS.partial);
		const { figure } = explain(from, {
			indicator: "active",
			measure: "total",
			area: ACEH,
			day: FIRST,
			asKnownOn: null,
		});
		expect(figure.terms).toMatchObject([
			{ indicator: "confirmed", sign: 1, value: 2000, areas: [5] },
			{ indicator: "recovered", sign: -1, value: 500 },
			{ indicator: "deaths", sign: -1, value: 72 },
		]);
	});

	test("one province of three is not the nation's figure", () => {
		const from = replica([
			{ indicator: "odp", area: RIAU, values: [14_092] },
			{ indicator: "odp", area: NATION, values: [14_092], source: 0 },
		]);
		const odp = of(from, "odp", NATION, 0);
		expect(odp).toMatchObject({
			value: 14_092,
			whole: false,
			completeness: { reporting: 1, expected: 3, missing: [ACEH, SUMUT] },
		});
		expect(odp.per100k).toBeCloseTo((14_092 * 100_000) / 100_000, 6);
		expect(odp.marks & MARKS.fewAreas).toBe(MARKS.fewAreas);
	});

	test("through a long silence, too, the week of one province of three is said to be that of one", () => {
		// 104 on day 8, silent for ten days, 204 on day 19; then another seven days.
		const silent = Array.from({ length: 10 }, () => null);
		const values = [
			...[100, 101, 103, 104, 104, 104, 104, 104, 104],
			...silent,
			...[204, 205, 206, 207, 208, 209, 210, 211],
		];
		const from = replica([
			{ indicator: "confirmed", area: RIAU, values },
			{ indicator: "confirmed", area: NATION, values, source: 0 },
		]);
		for (let on = 6; on < values.length; on++) {
			const { week } = of(from, "confirmed", NATION, on);
			expect(week, `day ${on}`).toMatchObject({
				whole: false,
				reporting: 1,
				expected: 3,
			});
			// Riau's people, not the nation's.
			expect(week.per100k, `day ${on}`).toBeCloseTo(
				((week.value as number) * 100_000) / 100_000,
				6,
			);
			const { figure } = explain(from, {
				indicator: "confirmed",
				measure: "new7",
				area: NATION,
				day: FIRST + on,
				asKnownOn: null,
			});
			expect(figure).toMatchObject({ whole: false, reporting: 1, expected: 3 });
		}
	});

	test("shares that meet again in whole reports add up to whole numbers", () => {
		const from = replica([
			{
				indicator: "confirmed",
				area: 5,
				values: [0, null, null, null, null, null, null, 1, 8],
			},
		]);
		expect(of(from, "confirmed", 5, 7).week.value).toBe(1);
		expect(of(from, "confirmed", 5, 8).week.value).toBeCloseTo(7 + 6 / 7, 9);
	});

	test("a province's own change of active cases is whole although a few regencies had filled in between", () => {
		const ends = (value: number) => [
			value,
			null,
			null,
			null,
			null,
			null,
			null,
			value,
		];
		const between = [null, 3, 3, 3, null, null, null, null];
		const aceh = (all: number) =>
			ends(all).map((value, on) => value ?? between[on] ?? null);
		const own = [1, 0, 0, 0, 1, 1, 1, 1];
		const from = replica([
			{
				indicator: "confirmed",
				area: ACEH,
				values: [90, 3, 3, 3, null, null, null, 95],
				source: own,
			},
			{
				indicator: "recovered",
				area: ACEH,
				values: aceh(0).map((v) => v && 0),
				source: own,
			},
			{
				indicator: "deaths",
				area: ACEH,
				values: aceh(0).map((v) => v && 0),
				source: own,
			},
			...(["confirmed", "recovered", "deaths"] as const).map((indicator) => ({
				indicator,
				area: 5,
				values:
					indicator === "confirmed" ? between : between.map((v) => v && 0),
			})),
		]);
		const { week } = of(from, "active", ACEH, 7);
		expect(week).toMatchObject({ value: 5, whole: true, reporting: null });
	});

	test("days that one regency tells and days that the province itself tells make no week together", () => {
		const regency = Array.from({ length: 12 }, (_, on) => 30 + on);
		const from = replica([
			{ indicator: "confirmed", area: 5, values: regency },
			{
				indicator: "confirmed",
				area: ACEH,
				values: regency.map((value, on) => (on < 4 ? value : 1000 + 20 * on)),
				source: regency.map((_, on) => (on < 4 ? 0 : 2)),
			},
		]);
		for (const on of [5, 6, 7, 8, 9, 10])
			expect(of(from, "confirmed", ACEH, on).week).toMatchObject({
				value: null,
				per100k: null,
				marks: MARKS.sourceChanged,
			});
		// From the sixth to the twelfth day all is the province's own.
		expect(of(from, "confirmed", ACEH, 11).week).toMatchObject({
			value: 140,
			whole: true,
			reporting: null,
			per100k: (140 * 100_000) / 300_000,
		});
	});

	test("a source that fills a gap of the regencies and gives way again leaves a week of both, over all people", () => {
		// Both regencies tell 1 a day but on days 5 to 7, which the portal fills with 40 a day.
		const told = (start: number) =>
			Array.from({ length: 14 }, (_, on) =>
				on >= 5 && on < 8 ? null : start + on,
			);
		const from = replica([
			{ indicator: "confirmed", area: 5, values: told(10) },
			{ indicator: "confirmed", area: 6, values: told(20) },
			{
				indicator: "confirmed",
				area: ACEH,
				values: told(10).map((value, on) =>
					value === null ? 300 + 40 * on : 30 + 2 * on,
				),
				source: told(10).map((value) => (value === null ? 2 : 0)),
			},
		]);
		const week = (on: number) => of(from, "confirmed", ACEH, on).week;
		// Day 5 is the first of the portal: what the regencies tell afterwards covers it. 2 a day from them, 40 on days 6 and 7.
		expect(week(7)).toMatchObject({ value: 5 * 2 + 40 + 40, whole: true });
		expect(week(8)).toMatchObject({ value: 5 * 2 + 40 + 40, whole: true });
		expect(week(8).per100k).toBeCloseTo((90 * 100_000) / 300_000, 9);
		expect(week(8).marks & MARKS.spread).toBe(MARKS.spread);
		// All seven days are the regencies' again.
		expect(week(13)).toMatchObject({ value: 7 * 2 - 2 + 40, whole: true });
	});

	test("a change of source is marked, named, and not subtracted across", () => {
		const from = replica([
			{
				indicator: "confirmed",
				area: 5,
				values: [8, 9, 10, 11, 12, 13, 14, 7],
				source: [1, 1, 1, 1, 1, 1, 1, 2],
			},
		]);
		const last = of(from, "confirmed", 5, 7);
		expect(last.week.value).toBeNull();
		expect(last.marks & MARKS.sourceChanged).toBe(MARKS.sourceChanged);
		expect(last.week.marks & MARKS.sourceChanged).toBe(MARKS.sourceChanged);
		expect(last.sourceChange).toMatchObject({
			day: FIRST + 7,
			from: { source: { key: "source-1" }, sum: false },
			to: { source: { key: "source-2" }, sum: false },
		});
	});

	test("counts above 16,777,216 keep their last digits in value and difference", () => {
		const from = replica([
			{
				indicator: "tests",
				area: 5,
				values: [16_777_215, 16_777_217, 16_777_219, 20_000_001],
			},
		]);
		const line = series(from, { indicator: "tests", area: 5, asKnownOn: null });
		expect(line.value).toEqual([
			16_777_215, 16_777_217, 16_777_219, 20_000_001,
		]);
		expect(line.daily).toEqual([null, 2, 2, 3_222_782]);
	});

	test("active cases below zero carry a mark", () => {
		const from = replica([
			{ indicator: "confirmed", area: 5, values: [4] },
			{ indicator: "recovered", area: 5, values: [9] },
			{ indicator: "deaths", area: 5, values: [1] },
		]);
		const active = of(from, "active", 5, 0);
		expect(active.value).toBe(-6);
		expect(active.marks & MARKS.belowZero).toBe(MARKS.belowZero);
	});

	test("what was not known yet is not called silent, and a day before any report is refused", () => {
		const from = replica([
			{ indicator: "confirmed", area: 5, values: [1, 2, 3] },
		]);
		const then = of(from, "confirmed", 5, 2, FIRST + 1);
		expect(then).toMatchObject({ value: null, marks: MARKS.notYetKnown });
		expect(() => of(from, "confirmed", 5, 2, day("1990-01-01"))).toThrow(
			"as_known: found 1990-01-01, expected a day from 2021-01-01",
		);
		expect(() => of(from, "confirmed", 5, 2, day("2990-01-01"))).toThrow(
			"found 2990-01-01",
		);
	});
});
