import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { reconcileFamily } from "../../core/quality/reconcile.ts";
import { isConflict, toleranceOf } from "../../core/quality/tolerance.ts";
import { monthOf } from "../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../core/series/indicator.ts";
import { MARKS } from "../../core/series/mark.ts";
import { conflicts } from "../../main/backend/query/conflicts.ts";
import { explain } from "../../main/backend/query/explain.ts";
import { heardOf } from "../../main/backend/query/heard.ts";
import {
	DAYS,
	FIRST_DAY,
	SOURCES,
	smallCountry,
} from "../fixtures/small-country.ts";
import {
	AREA,
	LAST,
	type Row,
	type Rows,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

function inReplica(rows: Rows, check: (db: Database.Database) => void): void {
	const folder = mkdtempSync(join(tmpdir(), "blc-heard-"));
	const db = new Database(writeReplica(folder, rows), { readonly: true });
	try {
		check(db);
	} finally {
		db.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

const widthOf = (values: readonly number[]) =>
	Math.max(...values) - Math.min(...values);

test("of every cell of a small country sources are heard to differ where the hub marked it, and nowhere else; a row's gap is that of what is heard, and the drawer tells no smaller one", () => {
	fc.assert(
		fc.property(
			smallCountry(true),
			fc.integer({ min: 3, max: DAYS + 3 }),
			(country, later) => {
				if (country.rows.fact?.length === 0) return;
				inReplica(country.rows, (db) => {
					for (const [id, answers] of country.answers) {
						const indicator = indicatorByKey(
							["confirmed", "recovered", "deaths", "otg"].find(
								(key) => indicatorByKey(key as IndicatorKey).id === id,
							) as IndicatorKey,
						);
						for (let day = FIRST_DAY; day < FIRST_DAY + DAYS; day++)
							for (const asKnownOn of [null, FIRST_DAY + later]) {
								const heard = heardOf(
									db,
									{ indicator, day, asKnownOn },
									country.areas,
								);
								for (const { area, revisions } of answers) {
									const shown = revisions.findLast(
										(one) =>
											one.day === day &&
											(asKnownOn === null || one.asOf <= asKnownOn),
									);
									const values = (heard.get(area) ?? []).map(
										({ value }) => value,
									);
									// The country is reconciled without a tolerance.
									expect(
										values.length > 1 && widthOf(values) > 0,
										`${indicator.key} of ${area} on ${day}, as known on ${asKnownOn}: ${values}`,
									).toBe(((shown?.marks ?? 0) & MARKS.conflict) > 0);
								}
							}
					}
					for (const row of conflicts(db, { day: FIRST_DAY + DAYS - 1 })
						.conflicts) {
						const values = row.statements.map(({ value }) => value);
						expect(row.gap).toBe(widthOf(values));
						const told = explain(db, {
							...{ indicator: row.indicator as IndicatorKey, measure: "total" },
							...{ area: row.area, day: FIRST_DAY + DAYS - 1, asKnownOn: null },
						});
						expect(told.apart).toBeGreaterThanOrEqual(row.gap as number);
						for (const { kind, source, value } of row.statements)
							if (kind === "own")
								expect(
									told.claims.find(
										(claim) => claim.current && claim.source.key === source.key,
									)?.value,
								).toBe(value);
					}
				});
			},
		),
		{ numRuns: 4, endOnFailure: true },
	);
}, 480_000);

/** What is said in Jawa Timur: source, area, day, value, and how many days later it was known. */
type Said = [number, number, number, number, number?];

test("a zero that took a value back is no statement, what was decided below is in a sum, and so is what a source carries on: the gap is that of the mark", () => {
	const [DECIDED, FIRST, SECOND, CHANGES] = [4, 1, 2, 3];
	const { jatim, tulungagung, malang, lamongan } = AREA;
	const day = LAST - 1;
	const said: Partial<Record<IndicatorKey, Said[]>> = {
		confirmed: [
			[FIRST, jatim, day - 1, 10],
			[FIRST, jatim, day, 100],
			[FIRST, jatim, day, 0, 1],
			[SECOND, jatim, day, 50],
			[CHANGES, jatim, day, 80],
		],
		recovered: [
			[FIRST, jatim, day, 60],
			[SECOND, tulungagung, day, 10],
			[SECOND, malang, day, 20],
			[SECOND, lamongan, day, 30],
			[DECIDED, tulungagung, day, 25],
		],
		deaths: [
			[FIRST, jatim, day, 100],
			...[tulungagung, malang].flatMap((area): Said[] => [
				[CHANGES, area, day - 1, 10],
				[CHANGES, area, day + 1, 12],
			]),
			[CHANGES, lamongan, day, 30],
		],
	};
	const rows: Required<Pick<Rows, "fact" | "claim">> = { fact: [], claim: [] };
	for (const [key, list] of Object.entries(said)) {
		const indicator = indicatorByKey(key as IndicatorKey);
		const member = (area: number) => ({
			...{ area, counted: true },
			statements: list.flatMap(([source, of, on, value, late = 0], line) =>
				of === area
					? [
							{
								...{ source, day: on, asOf: on + late, value },
								...{ file: source, line, order: source },
							},
						]
					: [],
			),
		});
		const tolerance = toleranceOf(indicator.key);
		const answers = reconcileFamily({
			...{ kind: indicator.kind, tolerance, sources: SOURCES },
			spans: new Map(),
			parent: member(jatim),
			children: [tulungagung, malang, lamongan].map(member),
		});
		for (const { area, revisions, claims } of answers) {
			const cell = (on: number): Row => ({
				...{ indicator: indicator.id, month: monthOf(on), area, day: on },
			});
			for (const { asOf, ...fact } of revisions)
				if (
					asOf === revisions.findLast((other) => other.day === fact.day)?.asOf
				)
					rows.fact.push({ ...cell(fact.day), ...fact, as_of: asOf });
			for (const { statement, marks } of claims)
				rows.claim.push({
					...cell(statement.day),
					...{ source: statement.source, as_of: statement.asOf },
					...{ file: statement.file, line: statement.line },
					...{ value: statement.value, marks },
				});
		}
	}
	const two = twoProvinces();
	const country: Rows = {
		...two,
		...rows,
		fact_revision: [],
		source: SOURCES.map((source) => ({
			...source,
			...{ key: `s${source.id}`, id_name: `S${source.id}` },
			...{ en_name: `S${source.id}`, id_order: "", en_order: "" },
		})),
		file: SOURCES.map(({ id }) => ({ ...two.file?.[0], id, source: id })),
	};
	inReplica(country, (db) => {
		const found = conflicts(db, { day }).conflicts;
		expect(
			Object.fromEntries(
				found.map(({ indicator, statements, gap }) => [
					indicator,
					[statements.map(({ source, value }) => [source.key, value]), gap],
				]),
			),
		).toEqual({
			confirmed: [
				[
					["s2", 50],
					["s3", 80],
				],
				30,
			],
			recovered: [
				[
					["s1", 60],
					["s2", 75],
				],
				15,
			],
			deaths: [
				[
					["s1", 100],
					["s3", 50],
				],
				50,
			],
		});
		for (const { indicator, statements, gap, area, tolerance } of found) {
			const values = statements.map(({ value }) => value);
			expect(
				isConflict(Math.min(...values), Math.max(...values), tolerance),
			).toBe(true);
			expect(
				explain(db, {
					...{ indicator: indicator as IndicatorKey, measure: "total" },
					...{ area, day, asKnownOn: null },
				}).apart,
			).toBe(gap);
		}
	});
});
