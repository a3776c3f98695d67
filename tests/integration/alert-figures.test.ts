import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import type { AlertKind } from "../../core/epidemic/alert-rule.ts";
import { ruleId } from "../../core/quality/rule.ts";
import { type Day, monthOf } from "../../core/series/day.ts";
import {
	ALERT_CHUNK,
	alertFigures,
} from "../../main/backend/query/alert-figures.ts";
import {
	AREA,
	CONFIRMED,
	FIRST,
	type Row,
	type Rows,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

let home: ReturnType<typeof temporaryFolder> | undefined;
let db: Database.Database | undefined;
const computed = new Map<Day, ReturnType<typeof alertFigures>>();
afterEach(() => {
	computed.clear();
	db?.close();
	home?.remove();
});

/**
 * Cumulative counts of regencies of Jawa Timur; the province is their sum. After the last of a series its source sends nothing at all.
 * @param late days after which a count becomes known
 * @param of2 areas of the source that writes changes alone; the other reports daily
 */
function replica(
	of: Record<number, readonly (number | null)[]>,
	more: Rows = {},
	{ late = 0, of2 = [] as number[] } = {},
) {
	const days = Math.max(...Object.values(of).map((one) => one.length));
	const fact: Row[] = [];
	const put = (area: number, at: number, value: number | null, sum = false) =>
		fact.push({
			...{ indicator: CONFIRMED, month: monthOf(FIRST + at), area },
			...{ day: FIRST + at, value },
			source: sum ? null : of2.includes(area) ? 2 : 1,
			rule: ruleId(
				sum ? "sum-of-areas" : value === null ? "silent" : "only-source",
			),
			...{ marks: value === null ? 1 : 0, as_of: FIRST + at + late },
			...{ reporting: null, expected: null },
		});
	for (let at = 0; at < days; at++) {
		const told = Object.entries(of).flatMap(([area, values]) => {
			if (at >= values.length) return [];
			const value = values[at] ?? null;
			put(Number(area), at, value);
			return value === null ? [] : [value];
		});
		if (told.length > 0)
			put(
				AREA.jatim,
				at,
				told.reduce((a, b) => a + b, 0),
				true,
			);
	}
	const rows = twoProvinces();
	home = temporaryFolder();
	const path = writeReplica(home.folder, {
		...rows,
		dataset: (rows.dataset ?? []).map((row) =>
			row.key === "last_day"
				? { ...row, value: String(FIRST + days - 1 + late) }
				: row,
		),
		area: (rows.area ?? []).map((row) =>
			row.parent === AREA.jatim && row.id !== AREA.jatimUnknown
				? { ...row, population: 13_000_000 }
				: row,
		),
		...{ fact, fact_revision: [], claim: [] },
		...more,
	});
	db = new Database(path, { readonly: true });
	return db;
}

/** A figure as it was known on its day. */
function told(
	from: Database.Database,
	kind: AlertKind,
	area: number,
	day: Day,
): { value: number; size: number; against: number } {
	const begin = Math.floor(day / ALERT_CHUNK) * ALERT_CHUNK;
	const chunk = computed.get(begin) ?? alertFigures(from, { begin });
	computed.set(begin, chunk);
	for (const { ids, asKnown } of chunk.levels) {
		const row = ids.indexOf(area);
		if (row < 0) continue;
		const at = row * chunk.days + day - chunk.firstDay;
		const { value, size, against } = asKnown[kind];
		return {
			value: value[at] as number,
			size: size[at] as number,
			against: against[at] as number,
		};
	}
	throw new Error(`no figures of area ${area}`);
}

const total = (fresh: readonly number[]) =>
	fresh.map((_, at) => fresh.slice(0, at + 1).reduce((a, b) => a + b, 0));
/** Thirty new cases a day, told from one day on up to another. */
const steady = (days: number, from = 0, until = days) =>
	Array.from({ length: days }, (_, at) =>
		at >= from && at < until ? (at - from) * 30 : null,
	);

test("growth that is exactly the threshold is not above it: 36 cases after 24 are 1.5 times", () => {
	const fresh = [0, 4, 4, 4, 3, 3, 3, 3, 6, 5, 5, 5, 5, 5, 5];
	const from = replica({ [AREA.malang]: total(fresh) });
	expect(told(from, "growth", AREA.malang, FIRST + 14)).toEqual({
		...{ value: 1.5, size: 36, against: 24 },
	});
});

test("what comes a day late is judged on the day on which it is known, and not before", () => {
	const fresh = [0, 4, 4, 4, 3, 3, 3, 3, 6, 5, 5, 5, 5, 5, 5];
	const from = replica({ [AREA.malang]: total(fresh) }, {}, { late: 1 });
	expect(told(from, "growth", AREA.malang, FIRST + 14).size).not.toBe(36);
	expect(told(from, "growth", AREA.malang, FIRST + 15)).toMatchObject({
		...{ value: 1.5, size: 36 },
	});
});

test("a province whose areas begin or cease to tell neither grows nor falls by it", () => {
	const days = 80;
	const [begin, cease] = [40, 62];
	const from = replica({
		[AREA.tulungagung]: steady(days),
		[AREA.malang]: steady(days),
		[AREA.lamongan]: steady(days, begin, cease),
	});
	// As many fall ill on each day: 630 cases after 420 would be 1.5 times, 420 after 630 a fall by a third.
	for (let on = 21; on < days; on++)
		for (const kind of ["growth", "rt"] as const) {
			const { value } = told(from, kind, AREA.jatim, FIRST + on);
			if (Number.isNaN(value)) {
				const since = on - (on < cease ? begin : cease);
				expect(since >= 0 && since < 14).toBe(true);
				continue;
			}
			// Up to the difference in people that is let pass; of R it is the lower end.
			expect(value).toBeGreaterThan(0.85);
			expect(value).toBeLessThan(1.06);
		}
	for (const on of [30, begin + 20, days - 1])
		expect(told(from, "growth", AREA.jatim, FIRST + on).value).toBeCloseTo(1);
});

test("where a source that reports daily sends nothing at all, every day since is a day of silence", () => {
	const from = replica(
		{
			[AREA.tulungagung]: steady(40),
			[AREA.malang]: steady(20),
			[AREA.lamongan]: steady(20),
			[AREA.badung]: steady(40, 0, 20),
		},
		{},
		{ of2: [AREA.lamongan] },
	);
	const silence = (area: number, at: number) =>
		told(from, "silence", area, FIRST + at).value;
	for (const [at, days] of [
		[19, 0],
		[20, 1],
		[22, 3],
		[39, 20],
	] as const) {
		expect(silence(AREA.tulungagung, at)).toBe(0);
		expect(silence(AREA.malang, at)).toBe(days);
		// Whoever writes changes alone has none to write.
		expect(silence(AREA.lamongan, at)).toBe(0);
		// Marked as silent, since its source speaks of others.
		expect(silence(AREA.badung, at)).toBe(days);
	}
});

const facilities = (kind: string, count: number): Row[] =>
	Array.from({ length: count }, (_, at) => ({
		...{ id: at + 1, code: `F${at + 1}`, kind, name: `Faskes ${at + 1}` },
		...{ class: null, referral: 0, area: AREA.malang, beds: "[]" },
		...{ lat: null, lng: null, position_source: null },
	}));

test("half of the hospitals with few of the beds are no occupancy of a province", () => {
	const days = 30;
	const hospital = (
		facility: number,
		last: number,
		beds: number,
		beds_occupied: number,
	): Row[] =>
		Array.from({ length: last + 1 }, (_, at) => ({
			...{ facility, day: FIRST + at, month: monthOf(FIRST + at) },
			...{ as_of: FIRST + at, file: 1, beds, beds_occupied },
		}));
	const from = replica(
		{ [AREA.malang]: steady(days) },
		{
			facility: facilities("hospital", 2),
			facility_report: [
				...hospital(1, 13, 300, 150),
				...hospital(2, days - 1, 100, 95),
			],
		},
	);
	const on = (at: number) => told(from, "occupancy", AREA.jatim, FIRST + at);
	// The last report of the larger one stands for a week.
	expect(on(20)).toEqual({ value: 245 / 400, size: 400, against: 245 });
	for (let at = 21; at <= 27; at++) expect(on(at).value).toBeNaN();
	// For two weeks it told nothing: nobody waits for it.
	expect(on(28)).toMatchObject({ value: 0.95, size: 100 });
});

test("specimens of few laboratories are no positivity of a province", () => {
	const days = 28;
	const lab = (facility: number, last: number, positives: number): Row[] =>
		Array.from({ length: last + 1 }, (_, at) => ({
			...{ facility, day: FIRST + at, month: monthOf(FIRST + at) },
			...{ as_of: FIRST + at, file: 1, tests_done: 100, positives },
		}));
	const from = replica(
		{ [AREA.malang]: steady(days) },
		{
			facility: facilities("laboratory", 3),
			facility_report: [
				...lab(1, days - 1, 40),
				...lab(2, 13, 5),
				...lab(3, 13, 5),
			],
		},
	);
	const on = (at: number) => told(from, "positivity", AREA.jatim, FIRST + at);
	expect(on(13)).toMatchObject({ size: 2100, against: 350 });
	expect(on(13).value).toBeCloseTo(350 / 2100);
	// Six days on two of the three still have a day of the week.
	expect(on(19)).toMatchObject({ size: 900, against: 290 });
	// One of three that told within two weeks: 40 % is its own, and not the province's.
	for (let at = 20; at <= 27; at++) expect(on(at).value).toBeNaN();
});
