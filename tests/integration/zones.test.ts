import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day, isoFromDay } from "../../core/series/day.ts";
import { zonasi } from "../../hub/connectors/zonasi.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { reconcile } from "../../hub/reconcile/reconcile.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { zonesFile } from "../fixtures/zone-tables.ts";

const tree = loadAreaTree();

describe("official zones at the hub", { timeout: 240_000 }, () => {
	const data = mkdtempSync(path.join(os.tmpdir(), "blc-zones-"));
	let db: HubDatabase;
	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: data });
	}, 120_000);
	afterAll(async () => {
		await db.stop();
		rmSync(data, { recursive: true, force: true });
	});

	const take = (labels?: ReadonlyMap<string, number>) =>
		ingest(db, zonasi, tree, {
			path: path.join(data, "zonasi.csv"),
			bytes: new TextEncoder().encode(zonesFile()),
			receivedAt: Date.parse("2022-08-15T05:00:00Z"),
			labels,
		});
	const facts = async () =>
		(
			await db.pool.query(
				"SELECT code, day, value FROM fact JOIN area ON area.id = fact.area WHERE indicator = 13 ORDER BY code, day",
			)
		).rows as { code: string; day: number; value: number }[];

	it("are values of kabupaten/kota alone, and nothing adds them up; the weeks that are missing stay so", async () => {
		const { accepted, quarantined, remarks } = await take();
		expect([accepted, quarantined]).toEqual([120, 8]);
		expect(remarks).toMatchObject([
			{ label: "09 Desember 2021" },
			{ label: "13 Februari 2021" },
		]);
		await inTransaction(db.pool, reconcile);
		const rows = await facts();
		expect(new Set(rows.map(({ code }) => code))).toEqual(
			new Set(["11.07", "32.01", "32.71", "91.71"]),
		);
		expect(rows).toHaveLength(120);
		// Of the restated table the zone of Pidie rises each week from none to high.
		expect(
			rows.slice(0, 4).map(({ day: of, value }) => [isoFromDay(of), value]),
		).toEqual([
			["2021-11-07", 2],
			["2021-11-14", 3],
			["2021-11-21", 4],
			["2021-11-28", 5],
		]);
	});

	it("come in from the same file once a person says what its labels stand for, and what stood there stays", async () => {
		const before = await facts();
		expect((await take()).duplicate).toBe(true);
		const taken = await take(
			new Map([
				["09 Desember 2021", day("2022-01-09")],
				["13 Februari 2021", day("2022-03-20")],
			]),
		);
		expect(taken.duplicate).toBe(false);
		await inTransaction(db.pool, reconcile);
		const rows = await facts();
		expect(rows).toHaveLength(128);
		expect(rows).toEqual(expect.arrayContaining(before));
		const { rows: files } = await db.pool.query(
			"SELECT name FROM file ORDER BY id",
		);
		expect(files.map(({ name }) => name)).toEqual([
			"zonasi.csv",
			"zonasi.csv (09 Desember 2021 = 2022-01-09; 13 Februari 2021 = 2022-03-20)",
		]);
	});
});
