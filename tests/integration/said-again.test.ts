import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day, isoFromDay } from "../../core/series/day.ts";
import { blcKecamatan } from "../../hub/connectors/blc-kecamatan.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { restoreFile, withdrawFile } from "../../hub/intake/withdraw.ts";
import { reconcile } from "../../hub/reconcile/reconcile.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import "../fixtures/property-seed.ts";

const tree = loadAreaTree();
const AREAS = ["357809", "357810", "910514"];

/** A table of one moment: its day, and the total of each kecamatan. */
interface Table {
	iso: string;
	totals: readonly number[];
}

/** All orders of a list. */
function orders<Item>(list: readonly Item[]): Item[][] {
	return list.length === 0
		? [[]]
		: list.flatMap((first, at) =>
				orders(list.toSpliced(at, 1)).map((rest) => [first, ...rest]),
			);
}

describe("a table of one moment that says again what another says", {
	timeout: 240_000,
}, () => {
	const data = mkdtempSync(path.join(os.tmpdir(), "blc-said-again-"));
	let db: HubDatabase;
	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: data });
	}, 120_000);
	afterAll(async () => {
		await db?.stop();
		rmSync(data, { recursive: true, force: true });
	});

	const take = ({ iso, totals }: Table) =>
		ingest(db, blcKecamatan, tree, {
			path: path.join(data, `rawan_${iso}.csv`),
			bytes: new TextEncoder().encode(
				[
					"kode_kecamatan,total",
					...totals.map((total, at) => `${AREAS[at]},${total}`),
					"",
				].join("\n"),
			),
			receivedAt: Date.parse("2020-12-31T05:00:00Z"),
		});
	/** Facts and what was known before them, on every day on which something was. */
	const known = async () => {
		await inTransaction(db.pool, reconcile);
		const { rows } = await db.pool.query(
			`SELECT told.*, area.code FROM (
				SELECT area, indicator, day, value, rule, marks, as_of FROM fact
				UNION ALL SELECT area, indicator, day, value, rule, marks, as_of FROM fact_revision
			 ) AS told JOIN area ON area.id = told.area ORDER BY code, indicator, day, as_of`,
		);
		return rows;
	};
	/** What is known after tables came in this order, and nothing before them. */
	const knownOf = async (tables: readonly Table[]) => {
		await db.pool.query(
			`TRUNCATE file, report, fact, fact_revision, claim, withdrawal, withdrawn_span, source_span, source_area, touched, dirty,
				quarantine, reconciled CASCADE`,
		);
		for (const table of tables) await take(table);
		return known();
	};
	const first: Table = { iso: "2020-06-08", totals: [4, 9, 57] };
	const copy: Table = { ...first, iso: "2020-08-10" };
	const other: Table = { iso: "2020-09-10", totals: [5, 9, 57] };
	const lateCopy: Table = { ...first, iso: "2020-10-01" };

	it("is not heard, and in every order in which the tables come the same is known as if it had never come", async () => {
		const expected = await knownOf([first, other]);
		expect(expected.map(({ code, day, value }) => [code, day, value])).toEqual(
			["35.78.09", "35.78.10", "91.05.14"].flatMap((code, at) => [
				[code, day(first.iso), first.totals[at]],
				[code, day(other.iso), other.totals[at]],
			]),
		);
		for (const order of orders([first, copy, other, lateCopy]))
			expect(await knownOf(order), order.map(({ iso }) => iso).join()).toEqual(
				expected,
			);
	});

	it("is any of the tables whose like has an earlier day, whatever they hold and however they come", async () => {
		const table = fc.record({
			iso: fc
				.integer({ min: 0, max: 5 })
				.map((days) => isoFromDay(day("2020-06-01") + 7 * days)),
			totals: fc.array(fc.integer({ min: 0, max: 1 }), {
				minLength: 1,
				maxLength: 2,
			}),
		});
		await fc.assert(
			fc.asyncProperty(
				fc
					.uniqueArray(table, {
						minLength: 2,
						maxLength: 5,
						selector: ({ iso }) => iso,
					})
					.chain((tables) =>
						fc.tuple(
							fc.constant(tables),
							fc.shuffledSubarray(tables, { minLength: tables.length }),
						),
					),
				async ([tables, shuffled]) => {
					const sorted = tables.toSorted((a, b) => (a.iso < b.iso ? -1 : 1));
					const fresh = sorted.filter(
						({ totals }, at) =>
							!sorted
								.slice(0, at)
								.some((before) => `${before.totals}` === `${totals}`),
					);
					expect(await knownOf(shuffled)).toEqual(await knownOf(fresh));
				},
			),
			{ numRuns: 12 },
		);
	});

	it("is heard from the day on which the earlier one is withdrawn, until that one is back; and when somebody brings it back, beside it", async () => {
		const days = async () => [
			...new Set((await known()).map(({ day }) => isoFromDay(day))),
		];
		await knownOf([copy]);
		const early = await take(first);
		expect(early.repeatedBy).toEqual(["rawan_2020-08-10.csv"]);
		expect(await days()).toEqual([first.iso]);
		const at = { day: day("2020-12-31") };
		const change = (act: typeof withdrawFile, id: number) =>
			inTransaction(db.pool, (client) => act(client, id, at));
		await change(withdrawFile, early.fileId);
		const now = async () =>
			(
				await db.pool.query(
					"SELECT DISTINCT day FROM fact WHERE value IS NOT NULL ORDER BY day",
				)
			).rows.map((row) => isoFromDay(row.day));
		await known();
		expect(await now()).toEqual([copy.iso]);
		await change(restoreFile, early.fileId);
		await known();
		expect(await now()).toEqual([first.iso]);
		const again = (
			await db.pool.query("SELECT id FROM file WHERE name = $1", [
				"rawan_2020-08-10.csv",
			])
		).rows[0].id;
		await change(restoreFile, again);
		await known();
		expect(await now()).toEqual([first.iso, copy.iso]);
		expect((await take(lateCopy)).repeats).toBe("rawan_2020-06-08.csv");
	});
});
