import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Against, dayAgainst } from "../../core/series/against.ts";
import { day } from "../../core/series/day.ts";
import { MARKS } from "../../core/series/mark.ts";
import type { Period } from "../../core/series/period.ts";
import { areas, areasAt } from "../../main/backend/query/areas.ts";
import {
	areasApart,
	difference,
	differenceSeries,
} from "../../main/backend/query/difference.ts";
import { figures } from "../../main/backend/query/kpis.ts";
import { spreadSeries } from "../../main/backend/query/spread.ts";
import { DAYS, FIRST_DAY, smallCountry } from "../fixtures/small-country.ts";
import { writeReplica } from "./backend-fixture.ts";

/** The day from which on deaths are counted by KMK 413/2020. */
const DEFINED_ANEW = day("2020-07-13");

const against: fc.Arbitrary<Against> = fc.oneof(
	fc.integer({ min: 1, max: DAYS - 1 }).map(
		(days): Against => ({
			kind: "before",
			days,
		}),
	),
	fc
		.integer({ min: -1, max: DAYS })
		.map((one): Against => ({ kind: "on", day: FIRST_DAY + one })),
);
const period: fc.Arbitrary<Period> = fc.constantFrom<Period>(
	{ kind: "day" },
	{ kind: "last", days: 7 },
	{ kind: "since", from: FIRST_DAY + 3 },
);

function withReplica(
	country: Parameters<typeof writeReplica>[1],
	check: (db: Database.Database) => void,
): void {
	const folder = mkdtempSync(join(tmpdir(), "blc-difference-"));
	const db = new Database(writeReplica(folder, country), { readonly: true });
	try {
		check(db);
	} finally {
		db.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

test("a difference is one figure less the other where both are known and nowhere else; a sum's is that of its areas; corrections stand beside what is new", () => {
	const seen = { subtracted: 0, corrected: 0, summed: 0, across: 0 };
	fc.assert(
		fc.property(
			smallCountry(true),
			fc.constantFrom("confirmed", "deaths", "active", "otg" as const),
			period,
			against,
			fc.boolean(),
			(country, indicator, asked, against, rate) => {
				if ((country.rows.fact ?? []).length === 0) return;
				const isState = indicator === "active" || indicator === "otg";
				const periods: Period[] = isState
					? [{ kind: "day" }]
					: [asked, { kind: "all" }];
				withReplica(country.rows, (db) => {
					for (const over of periods) {
						const of = { indicator, asKnownOn: null, period: over } as const;
						const all = areas(db);
						const told = new Map(
							all.map(({ id }) => [
								id,
								differenceSeries(db, { ...of, area: id, rate, against }),
							]),
						);
						const counts = new Map(
							all.map(({ id }) => [
								id,
								differenceSeries(db, { ...of, area: id, rate: false, against }),
							]),
						);
						for (const area of all) {
							const single = spreadSeries(db, { ...of, area: area.id, rate });
							const found = told.get(area.id) as typeof single & object;
							const parts = all.filter(({ parent }) => parent === area.id);
							found.value.forEach((value, on) => {
								const at = FIRST_DAY + on;
								const from = dayAgainst(against, at) - FIRST_DAY;
								const now = single.value[on] ?? null;
								const then = single.value[from] ?? null;
								const where = `${area.code} ${indicator} ${over.kind} ${on} against ${from}`;
								if (now === null || then === null) {
									expect(value, where).toBeNull();
									return;
								}
								const marks = found.marks[on] ?? 0;
								if (value === null) return;
								const crosses =
									Math.min(at, dayAgainst(against, at)) < DEFINED_ANEW &&
									Math.max(at, dayAgainst(against, at)) >= DEFINED_ANEW;
								if (marks & MARKS.definitionChanged) seen.across++;
								if (parts.length === 0) {
									if (indicator === "deaths" && over.kind !== "all" && crosses)
										expect(marks & MARKS.definitionChanged, where).not.toBe(0);
									if (marks & MARKS.sourceChanged && over.kind === "all")
										return;
									const fell = rate ? 0 : (found.corrected[on] ?? 0);
									if (rate && found.corrected[on] !== null) return;
									expect(value + fell, where).toBeCloseTo(now - then, 6);
									seen.subtracted++;
									if (fell !== 0) seen.corrected++;
								} else if (!rate && over.kind !== "all") {
									// Like for like where the areas below tell both figures.
									const sum = parts.reduce(
										(sum, { id }) => sum + (counts.get(id)?.value[on] ?? 0),
										0,
									);
									const isTold = (on: number) =>
										over.kind === "last" &&
										figures(db, {
											indicator,
											area: area.id,
											day: FIRST_DAY + on,
											asKnownOn: null,
										}).week.reporting !== null;
									if (isTold(on) && isTold(from)) {
										expect(value, where).toBeCloseTo(sum, 6);
										if (Math.abs(now - then - sum) > 0.5) seen.summed++;
									} else if (Math.abs(sum - value) > 1e-6)
										expect(value, where).toBeCloseTo(now - then, 6);
								}
							});
						}
						for (const level of ["nation", "province", "regency"] as const) {
							const { header, body } = difference(db, {
								...of,
								level,
								within: null,
								rate,
								against,
							});
							const cells = header.areas * header.days;
							const value = new Float64Array(body, 0, cells);
							const marks = new Uint16Array(body, cells * 8, cells);
							areasAt(db, level).forEach(({ id, code }, row) => {
								const own = told.get(id);
								const cut = row * header.days;
								expect(
									Array.from(value.subarray(cut, cut + header.days), (one) =>
										Number.isNaN(one) ? null : one,
									),
									code,
								).toEqual(own?.value);
								expect(
									Array.from(marks.subarray(cut, cut + header.days)),
									code,
								).toEqual(own?.marks);
							});
						}
					}
				});
			},
		),
		{ numRuns: 30, endOnFailure: true },
	);
	for (const [what, times] of Object.entries(seen))
		expect(times, what).toBeGreaterThan(0);
}, 240_000);

test("between two days it is the same in either direction, but for its sign", () => {
	fc.assert(
		fc.property(
			smallCountry(true),
			fc.constantFrom<Period>({ kind: "all" }, { kind: "last", days: 7 }),
			fc.nat(DAYS - 1),
			fc.nat(DAYS - 1),
			(country, period, one, other) => {
				if ((country.rows.fact ?? []).length === 0) return;
				withReplica(country.rows, (db) => {
					for (const { id, code } of areas(db)) {
						const at = (on: number, from: number) => {
							const { value, corrected, marks } = differenceSeries(db, {
								indicator: "deaths",
								asKnownOn: null,
								period,
								rate: false,
								area: id,
								against: { kind: "on", day: FIRST_DAY + from },
							});
							return [value[on], corrected[on], marks[on]] as const;
						};
						const there = at(one, other);
						const back = at(other, one);
						const turned = (value: number | null | undefined) =>
							value === null ? null : 0 - (value ?? 0);
						expect(back, code).toEqual([
							turned(there[0]),
							turned(there[1]),
							there[2],
						]);
					}
				});
			},
		),
		{ numRuns: 6, endOnFailure: true },
	);
}, 240_000);

test("two areas are apart by one figure less the other on each day where both are known, and nowhere else", () => {
	const seen = { apart: 0, unknown: 0 };
	fc.assert(
		fc.property(
			smallCountry(true),
			period,
			fc.boolean(),
			(country, period, rate) => {
				if ((country.rows.fact ?? []).length === 0) return;
				withReplica(country.rows, (db) => {
					const of = {
						indicator: "confirmed",
						asKnownOn: null,
						period,
						rate,
					} as const;
					const all = areas(db);
					for (const { id: area } of all)
						for (const { id: beside } of all.slice(0, 3)) {
							const one = spreadSeries(db, { ...of, area });
							const other = spreadSeries(db, { ...of, area: beside });
							const { value, marks } = areasApart(db, { ...of, area, beside });
							for (const [day, found] of value.entries()) {
								const [a, b] = [
									one.value[day] ?? null,
									other.value[day] ?? null,
								];
								if (a === null || b === null) {
									expect(found).toBeNull();
									seen.unknown++;
									continue;
								}
								expect(found).toBe(a - b);
								expect(marks[day]).toBe(
									(one.marks[day] ?? 0) | (other.marks[day] ?? 0),
								);
								seen.apart++;
							}
						}
				});
			},
		),
		{ numRuns: 8, endOnFailure: true },
	);
	for (const [what, times] of Object.entries(seen))
		expect(times, what).toBeGreaterThan(0);
});
