import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MARKS } from "../../core/series/mark.ts";
import type { Period } from "../../core/series/period.ts";
import { areas } from "../../main/backend/query/areas.ts";
import { figures } from "../../main/backend/query/kpis.ts";
import { spreadSeries } from "../../main/backend/query/spread.ts";
import { sum } from "../../main/backend/query/sum.ts";
import { sumExplanation } from "../../main/backend/query/sum-explanation.ts";
import {
	DAYS,
	FIRST_DAY,
	INDICATORS_OF_COUNTRY,
	type SmallCountry,
	smallCountry,
} from "../fixtures/small-country.ts";
import {
	AREA,
	FIRST,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

const PERIODS: readonly Period[] = [
	{ kind: "all" },
	{ kind: "day" },
	{ kind: "last", days: 7 },
	{ kind: "since", from: FIRST_DAY + 2 },
];
const ALL: Period = { kind: "all" };

/** Marks of a sum; how many people an area has as a whole, and what others say of it, is its own. */
const alike = (marks: number) => marks & ~(MARKS.fewAreas | MARKS.conflict);

function inReplica(
	{ rows }: SmallCountry,
	check: (db: Database.Database) => void,
): void {
	const folder = mkdtempSync(join(tmpdir(), "blc-sum-"));
	const db = new Database(writeReplica(folder, rows), { readonly: true });
	try {
		check(db);
	} finally {
		db.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

test("a sum that is asked about is explained by terms that come to it, and names who tells each of its areas", () => {
	const proven = { sum: 0, active: 0, week: 0 };
	fc.assert(
		fc.property(smallCountry(false), fc.nat(DAYS - 1), (country, on) => {
			inReplica(country, (db) => {
				const of = areas(db)
					.filter(({ level }) => level === "regency")
					.map(({ id }) => id);
				for (const indicator of INDICATORS_OF_COUNTRY)
					for (const period of PERIODS) {
						if (
							(indicator === "active" || indicator === "otg") &&
							period.kind !== "all" &&
							period.kind !== "day"
						)
							continue;
						const asked = { indicator, period, areas: of, asKnownOn: null };
						const whole = sum(db, asked);
						const told = sumExplanation(db, { ...asked, day: FIRST_DAY + on });
						const { figure } = told;
						const where = `${indicator} ${JSON.stringify(period)} ${on}`;
						expect(figure.value, where).toBe(whole.value[on] ?? null);
						expect(figure.corrected, where).toBe(whole.corrected[on] ?? null);
						expect(told.areas.map(({ area }) => area)).toEqual(whole.areas);
						if (figure.value === null) continue;
						const terms = figure.terms.flatMap((term) =>
							term.kind === "area" || term.kind === "rest"
								? [term.value ?? 0]
								: term.kind === "indicator"
									? [term.sign * term.value]
									: term.kind === "day"
										? [term.new ?? 0]
										: [],
						);
						expect(
							terms.reduce((all, one) => all + one, 0),
							where,
						).toBeCloseTo(figure.value, 6);
						if (figure.how in proven)
							proven[figure.how as keyof typeof proven]++;
						if (told.from !== null) continue;
						// Of those that reported the source is named, and they alone make the value.
						const spoke = told.areas.filter(({ value }) => value !== null);
						expect(
							spoke.reduce((all, { value }) => all + (value ?? 0), 0),
							where,
						).toBe(figure.value);
						if (indicator !== "active")
							expect(spoke.every(({ source }) => source !== null)).toBe(true);
					}
			});
		}),
		{ numRuns: 15 },
	);
	for (const [how, times] of Object.entries(proven))
		expect(times, how).toBeGreaterThan(0);
}, 120_000);

test("the kabupaten/kota of a province taken together are the province, where the province is the sum of what they report: values, periods, people, corrections", () => {
	let held = 0;
	fc.assert(
		fc.property(smallCountry(false), (country) => {
			inReplica(country, (db) => {
				for (const province of areas(db).filter(
					({ level }) => level === "province",
				)) {
					const below = areas(db)
						.filter(({ parent }) => parent === province.id)
						.map(({ id }) => id);
					for (const indicator of INDICATORS_OF_COUNTRY)
						for (const period of PERIODS) {
							if (
								(indicator === "active" || indicator === "otg") &&
								period.kind !== "all" &&
								period.kind !== "day"
							)
								continue;
							const asked = { indicator, period, asKnownOn: null };
							const set = sum(db, { ...asked, areas: below });
							const own = spreadSeries(db, {
								...asked,
								area: province.id,
								rate: false,
							});
							const where = `${indicator} ${JSON.stringify(period)} ${province.code}`;
							expect(set.value, where).toEqual(own.value);
							expect(set.corrected, where).toEqual(own.corrected);
							expect(set.marks.map(alike), where).toEqual(own.marks.map(alike));
							held += own.value.filter((value) => value !== null).length;
						}
					// The people are those of the regencies: the census knows another number of the province as a whole.
					for (let day = FIRST_DAY; day < FIRST_DAY + DAYS; day++) {
						const own = figures(db, {
							indicator: "confirmed",
							area: province.id,
							day,
							asKnownOn: null,
						});
						const set = sum(db, {
							indicator: "confirmed",
							period: ALL,
							asKnownOn: null,
							areas: below,
						});
						if (own.reporting === null) continue;
						const at = day - FIRST_DAY;
						expect([set.reporting[at], set.expected]).toEqual([
							own.reporting,
							own.expected,
						]);
						expect((set.marks[at] ?? 0) & MARKS.partial).toBe(
							own.marks & MARKS.partial,
						);
					}
				}
			});
		}),
		{ numRuns: 6, endOnFailure: true },
	);
	expect(held).toBeGreaterThan(500);
}, 120_000);

test("areas with nothing in common add up: two sets are what both together are, and who is missing is named beside who tells", () => {
	fc.assert(
		fc.property(
			smallCountry(true),
			fc.integer({ min: 0, max: 62 }),
			(country, split) => {
				inReplica(country, (db) => {
					const all = areas(db).filter(({ level }) => level === "regency");
					const left = all.filter((_, at) => (split >> (at % 6)) & 1);
					const right = all.filter((one) => !left.includes(one));
					if (left.length === 0 || right.length === 0) return;
					for (const period of PERIODS) {
						const of = (part: typeof all) =>
							sum(db, {
								indicator: "confirmed",
								period,
								asKnownOn: null,
								areas: part.map(({ id }) => id),
							});
						const [whole, one, other] = [of(all), of(left), of(right)];
						for (let day = 0; day < DAYS; day++) {
							// Where there is no figure nobody is counted as telling it.
							for (const { value, reporting } of [whole, one, other])
								if (value[day] === null) expect(reporting[day]).toBe(0);
							if (
								period.kind !== "all" &&
								[whole, one, other].some(({ value }) => value[day] === null)
							)
								continue;
							expect(
								(one.reporting[day] ?? 0) + (other.reporting[day] ?? 0),
							).toBe(whole.reporting[day]);
							const missing = [...whole.missing]
								.reverse()
								.find((since) => since.day <= FIRST_DAY + day);
							expect(
								(whole.reporting[day] ?? 0) + (missing?.areas.length ?? 0),
							).toBe(whole.expected);
							if (period.kind !== "all") continue;
							const parts = [one.value[day], other.value[day]].filter(
								(value) => value != null,
							);
							expect(whole.value[day]).toBe(
								parts.length === 0
									? null
									: parts.reduce((sum, value) => sum + value, 0),
							);
						}
					}
				});
			},
		),
		{ numRuns: 6, endOnFailure: true },
	);
}, 120_000);

describe("two kabupaten/kota of Jawa Timur", () => {
	const { folder, remove } = temporaryFolder();
	let db: Database.Database;
	beforeAll(() => {
		db = new Database(writeReplica(folder, twoProvinces()), { readonly: true });
	});
	afterAll(() => {
		db.close();
		remove();
	});
	const of = (period: Period, ...ids: number[]) =>
		sum(db, { indicator: "confirmed", period, asKnownOn: null, areas: ids });
	const on = (iso: string) => Date.parse(iso) / 86_400_000 - FIRST;

	test("a silent one is named, is in neither the sum nor its people, and is no zero", () => {
		const set = of(ALL, AREA.malang, AREA.lamongan);
		const at = on("2020-04-04");
		expect(set.value[at - 1]).toBe(14);
		expect(set.value[at]).toBe(7);
		expect(set.reporting[at]).toBe(1);
		expect(set.expected).toBe(2);
		expect(set.missing).toEqual([
			{ day: FIRST + at, areas: [AREA.lamongan] },
			{ day: FIRST + at + 1, areas: [] },
		]);
		expect((set.marks[at] ?? 0) & MARKS.partial).toBe(MARKS.partial);
		expect(set.per100k[at]).toBeCloseTo((7 * 100_000) / 2_500_000, 10);
		expect(set.per100k[at - 1]).toBeCloseTo((14 * 100_000) / 3_700_000, 10);
		expect(set.people).toBe(3_700_000);
	});

	test("a correction stands beside the week and is not taken off it", () => {
		const set = of({ kind: "last", days: 7 }, AREA.tulungagung, AREA.malang);
		const at = on("2020-04-09");
		// Malang 14; Tulungagung from 4 on 2 April up 2, down 1, up 3 to 8 on the 9th.
		expect(set.corrected[at]).toBe(-1);
		expect(set.value[at]).toBe(14 + 5);
		expect((set.marks[at] ?? 0) & MARKS.correction).toBe(MARKS.correction);
	});

	test("areas that lie in one another are no set", () => {
		expect(() => of(ALL, AREA.jatim, AREA.malang)).toThrow(/in one another/);
		expect(() => of(ALL, AREA.nation)).toThrow(/in one another/);
		expect(() => of(ALL, 99)).toThrow(/99/);
	});
});
