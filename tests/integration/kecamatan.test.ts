import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day } from "../../core/series/day.ts";
import { blcKecamatan } from "../../hub/connectors/blc-kecamatan.ts";
import { jakartaKelurahan } from "../../hub/connectors/jakarta-kelurahan.ts";
import { kabkotaCsv } from "../../hub/connectors/kabkota-csv.ts";
import { kecamatanCsv } from "../../hub/connectors/kecamatan-csv.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { restoreFile, withdrawFile } from "../../hub/intake/withdraw.ts";
import { reconcile } from "../../hub/reconcile/reconcile.ts";
import type { Connector } from "../../hub/reports/connector.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { seedReference } from "../../hub/store/seed-reference.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";

const tree = loadAreaTree();

describe("kecamatan at the hub", { timeout: 240_000 }, () => {
	const data = mkdtempSync(path.join(os.tmpdir(), "blc-kecamatan-"));
	let db: HubDatabase;
	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: data });
	}, 120_000);
	afterAll(async () => {
		await db.stop();
		rmSync(data, { recursive: true, force: true });
	});

	const take = (connector: Connector, name: string, ...lines: string[]) =>
		ingest(db, connector, tree, {
			path: path.join(data, name),
			bytes: new TextEncoder().encode(`${lines.join("\n")}\n`),
			receivedAt: Date.parse("2020-12-31T05:00:00Z"),
		});
	const shown = async () =>
		Object.fromEntries(
			(
				await db.pool.query(
					"SELECT code, indicator, day, value, marks FROM fact JOIN area ON area.id = fact.area ORDER BY code, indicator, day",
				)
			).rows.map(({ code, indicator, day: at, value }) => [
				`${code} ${indicator} ${at}`,
				value,
			]),
		);
	const at = (iso: string) => day(iso);

	it("are 7,230 areas below the 514, each in its kabupaten/kota, and come to a database that was made without them", async () => {
		const count = async () =>
			(
				await db.pool.query(
					`SELECT count(*)::integer AS areas, max(area.id) AS last FROM area JOIN area AS above ON above.id = area.parent
					 WHERE area.level = 3 AND above.level = 2 AND left(area.code, 5) = above.code`,
				)
			).rows[0];
		expect((await count()).areas).toBe(7230);
		const { rows: before } = await db.pool.query(
			"SELECT id, code FROM area WHERE level < 3 ORDER BY id",
		);
		await db.pool.query("DELETE FROM area WHERE level >= 3");
		const client = await db.pool.connect();
		await seedReference(client);
		client.release();
		expect((await count()).areas).toBe(7230);
		const { rows: after } = await db.pool.query(
			"SELECT id, code FROM area WHERE level < 3 ORDER BY id",
		);
		expect(after).toEqual(before);
		const { rows: villages } = await db.pool.query(
			`SELECT count(*)::integer AS areas, count(area.lat)::integer AS positions FROM area JOIN area AS above ON above.id = area.parent
			 WHERE area.level = 4 AND above.level = 3 AND left(area.code, 8) = above.code`,
		);
		expect(villages).toEqual([{ areas: 267, positions: 0 }]);
	});

	it("have values of their own that go into no sum of kabupaten, province or nation", async () => {
		await take(
			kabkotaCsv,
			"dinkes_2020-06-07.csv",
			"kode,tanggal,konfirmasi",
			"35.78,2020-06-07,100",
			"35.79,2020-06-07,7",
		);
		await take(
			kecamatanCsv,
			"kecamatan_2020-06-07.csv",
			"kode,tanggal,konfirmasi",
			"35.78.09,2020-06-07,40",
			"35.78.10,2020-06-07,50",
			"35.07.18,2020-06-07,3",
		);
		await take(
			kecamatanCsv,
			"kecamatan_2020-06-14.csv",
			"kode,tanggal,konfirmasi",
			"35.78.09,2020-06-14,44",
		);
		await inTransaction(db.pool, reconcile);
		const june = at("2020-06-07");
		expect(await shown()).toEqual({
			[`35.78.09 1 ${june}`]: 40,
			[`35.78.10 1 ${june}`]: 50,
			[`35.07.18 1 ${june}`]: 3,
			// A week later one spoke: of the others, and of the days between, nothing is known, and none of it is silence.
			[`35.78.09 1 ${june + 7}`]: 44,
			[`35.78 1 ${june}`]: 100,
			[`35.79 1 ${june}`]: 7,
			[`35 1 ${june}`]: 107,
			[`ID 1 ${june}`]: 107,
		});
	});

	it("are told by BLC's table once: the same table under a later day, and in another form, says nothing", async () => {
		const first = await take(
			blcKecamatan,
			"rawan_2020-06-08.csv",
			"levelKerawanan,total,kode_kecamatan,nama_kabupatenKota,nama_provinsi",
			"2,57,910514,KAB. KEPULAUAN YAPEN,P A P U A",
			"1,4,357809,KOTA SURABAYA,JAWA TIMUR",
		);
		expect(first).toMatchObject({ accepted: 2, skipped: 1 });
		const again = [
			"kode_kecamatan,nama_kecamatan,total,level_kerawanan",
			"357809,Sukolilo,4,1",
			"910514,Pulau Yerui,57,2",
		];
		expect(
			await take(blcKecamatan, "rawan_2020-08-10.csv", ...again),
		).toMatchObject({
			lines: 3,
			accepted: 2,
			repeats: "rawan_2020-06-08.csv",
			duplicate: false,
		});
		const fresh = await take(
			blcKecamatan,
			"rawan_2020-09-10.csv",
			...again.with(1, "357809,Sukolilo,5,1"),
		);
		expect(fresh).toMatchObject({ accepted: 2 });
		await inTransaction(db.pool, reconcile);
		const all = await shown();
		expect(
			Object.entries(all).filter(([cell]) => cell.split(" ")[1] === "12"),
		).toEqual([
			[`35.78.09 12 ${at("2020-06-08")}`, 4],
			[`35.78.09 12 ${at("2020-09-10")}`, 5],
			[`91.05.14 12 ${at("2020-06-08")}`, 57],
			[`91.05.14 12 ${at("2020-09-10")}`, 57],
		]);
		// Nothing of it has become a case.
		expect(all[`35 1 ${at("2020-06-07")}`]).toBe(107);
		expect(all[`ID 1 ${at("2020-06-08")}`]).toBeUndefined();
	});

	it("take in the kelurahan of Jakarta, which go into no sum and end ODP with the old terms; where they lie holds while its file does", async () => {
		const json = (name: string, value: unknown) =>
			ingest(db, jakartaKelurahan, tree, {
				path: path.join(data, name),
				bytes: new TextEncoder().encode(JSON.stringify(value)),
				receivedAt: Date.parse("2020-12-31T05:00:00Z"),
			});
		const counts = (odp: number, positif: number) => ({
			odp,
			pdp: 1,
			positif,
			sembuh: 0,
			meninggal: 0,
		});
		const taken = await json("kelurahan_2020-07-18.json", {
			ANCOL: {
				"2020-07-17": counts(104, 37),
				"2020-07-16": counts(333, 38),
			},
		});
		expect(taken).toMatchObject({ lines: 2, accepted: 2, faults: [] });
		expect(taken.remarks).toEqual([
			{ day: at("2020-07-17"), terms: ["odp", "pdp"] },
		]);
		const seats = await json("kelurahan_koordinat.json", {
			ANCOL: [-6.1231, 106.8322],
			GAMBIR: [-6.1717, 106.8168],
		});
		expect(seats).toMatchObject({ lines: 2, accepted: 2, faults: [] });
		await inTransaction(db.pool, reconcile);
		const all = await shown();
		const ancol = "31.72.05.1003";
		expect(
			Object.fromEntries(
				Object.entries(all).filter(([cell]) => cell.startsWith("31")),
			),
		).toEqual({
			// A fall is a correction and no error; ODP ends with its term.
			[`${ancol} 1 ${at("2020-07-16")}`]: 38,
			[`${ancol} 1 ${at("2020-07-17")}`]: 37,
			[`${ancol} 2 ${at("2020-07-16")}`]: 0,
			[`${ancol} 2 ${at("2020-07-17")}`]: 0,
			[`${ancol} 3 ${at("2020-07-16")}`]: 0,
			[`${ancol} 3 ${at("2020-07-17")}`]: 0,
			[`${ancol} 5 ${at("2020-07-16")}`]: 333,
			[`${ancol} 6 ${at("2020-07-16")}`]: 1,
		});
		const positions = async () =>
			(
				await db.pool.query(
					"SELECT code, lat FROM area WHERE level = 4 AND lat IS NOT NULL ORDER BY code",
				)
			).rows;
		const both = [
			{ code: "31.71.01.1001", lat: -6.1717 },
			{ code: ancol, lat: -6.1231 },
		];
		expect(await positions()).toEqual(both);
		await inTransaction(db.pool, (client) =>
			withdrawFile(client, seats.fileId, { day: at("2020-12-31") }),
		);
		expect(await positions()).toEqual([]);
		await inTransaction(db.pool, (client) =>
			restoreFile(client, seats.fileId, { day: at("2020-12-31") }),
		);
		expect(await positions()).toEqual(both);
	});
});
