/**
 * The register of hospitals (RS Online) and a day of bed availability (SIRANAP) as they are published, from the files through the hub and the
 * replica to what Logistik and Rujukan ask: own files that restate facts of the real ones, and the real ones where they lie beside.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day } from "../../core/series/day.ts";
import { rsOnline } from "../../hub/connectors/rs-online.ts";
import { siranap } from "../../hub/connectors/siranap.ts";
import { stockSheet } from "../../hub/connectors/stock-sheet.ts";
import { warehouses } from "../../hub/connectors/warehouses.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { publish } from "../../hub/publish/publish.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import type { Connector } from "../../hub/reports/connector.ts";
import { areas } from "../../main/backend/query/areas.ts";
import { dispatchInput } from "../../main/backend/query/dispatch-input.ts";
import {
	facilities,
	facilitySeries,
} from "../../main/backend/query/facilities.ts";
import { referral } from "../../main/backend/query/referral.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import {
	type FeedHub,
	openFeedHub,
	startWorkstation,
	type Workstation,
} from "./feed-fixture.ts";

interface Files {
	register: string;
	beds: string;
	/** Pairs of codes, BPS and Kemendagri. */
	bridge: readonly (readonly [string, string])[];
	hospitals: number;
	total: number;
}

const hospital = (
	code: number,
	name: string,
	province: string,
	total: number | string,
) => ({
	...{ "d.kode_rs": code, "d.nama_rs": name, "d.nama_prop": province },
	...{ "d.kelas": "A", "(d.total_tt)": total },
});

/** Three hospitals of the register as they stand in it: of two the total is a text with a comma. */
const OWN: Files = {
	register: JSON.stringify([
		hospital(1703045, "RS Hana Charitas Arga Makmur", "BENGKULU", 63),
		hospital(3578016, "RS Umum Daerah Dr. Soetomo", "JAWA TIMUR", "1,103"),
		hospital(3374010, "RS Umum Pusat Dr. Kariadi", "JAWA TENGAH", "1,054"),
	]),
	beds: [
		"hospital,bed_availability,queue,last_update,district,scraped_at",
		"RS Umum Daerah Dr. Soetomo,Tersedia 2 bed kosong IGD,tanpa antrian pasien.,1 jam,3578,2021-07-12 21:53:21",
		"RS Umum Pusat Dr. Kariadi,Bed IGD Penuh!,tanpa antrian pasien.,2 jam,3374,2021-07-12 21:53:21",
		"",
	].join("\n"),
	bridge: [
		["1703", "17.03"],
		["3578", "35.78"],
		["3374", "33.74"],
	],
	hospitals: 3,
	total: 63 + 1103 + 1054,
};

const DATA = "../shared/data";
const file = (name: string) => readFileSync(`${DATA}/${name}`, "utf8");
/** Those that were published where they lie beside, which have all that is restated in them. */
const FILES: Files = existsSync(DATA)
	? {
			register: file("08-rumah-sakit/rs_online_tempat_tidur.json"),
			beds: file("07-siranap-bed/covid_bed_data_all_0712.csv"),
			bridge: file("09-kode-wilayah/bridge_bps_kemendagri_kabkota.csv")
				.split("\n")
				.slice(1)
				.filter(Boolean)
				.map((line) => {
					const [bps = "", , dagri = ""] = line.split(",");
					return [bps, `${dagri.slice(0, 2)}.${dagri.slice(2)}`] as const;
				}),
			hospitals: 2925,
			total: 271_859,
		}
	: OWN;

/** A register as Excel saves it: semicolons, and a mark of UTF-8 before the first letter. */
const REGISTER = [
	"\uFEFFkode_gudang;nama;kode_wilayah;lintang;bujur",
	"GUDANG-HALIM;Gudang Halim Perdanakusuma;ID;-6.266;106.891",
	"GUDANG-35;Gudang Dinkes Jawa Timur;35;;",
	"GUDANG-99;Gudang di mana pun;99;;",
	"",
].join("\r\n");

const SHEET = [
	"kode_faskes,faskes,kode_wilayah,tanggal,sejak,barang,stok_awal,penerimaan,pemakaian,sisa_stok,lot,kedaluwarsa,permintaan",
	"GUDANG-HALIM,,,2021-07-12,,respirator,,,,5000,W1,2023-01-31,",
	"GUDANG-35,,,2021-07-12,,respirator,,,,40,W2,2023-01-31,",
	",RS Umum Daerah Dr. Soetomo,35.78,2021-07-05,,respirator,,,,300,,,",
	",RS Umum Daerah Dr. Soetomo,35.78,2021-07-12,2021-07-06,respirator,300,0,210,90,L1,2022-01-31,420",
	"GUDANG-35,,,2021-07-12,,gown-protective,,,,1.500,,,",
	"",
].join("\n");

describe("the files of hospitals", () => {
	let hub: FeedHub;
	let server: FeedServer;
	let workstation: Workstation;
	const files = FILES;
	let sheet: Awaited<ReturnType<typeof ingest>>;
	const folder = mkdtempSync(join(tmpdir(), "blc-hospital-files-"));

	beforeAll(async () => {
		hub = await openFeedHub();
		for (const pair of files.bridge)
			await hub.db.pool.query(
				"INSERT INTO code_bridge VALUES ($1, $2) ON CONFLICT DO NOTHING",
				[...pair],
			);
		const tree = loadAreaTree();
		const give = (connector: Connector, path: string, text: string) =>
			ingest(hub.db, connector, tree, {
				path,
				bytes: new TextEncoder().encode(text),
				receivedAt: Date.UTC(2021, 6, 13),
			});
		await give(rsOnline, "/in/rs_online.json", files.register);
		await give(siranap, "/in/covid_bed_data_all_0712.csv", files.beds);
		await give(warehouses, "/in/gudang.csv", REGISTER);
		sheet = await give(stockSheet, "/in/lplpo_2021-07-12.csv", SHEET);
		server = await serveFeed(
			{ pool: hub.db.pool, dataFolder: hub.dataFolder },
			{ port: 0 },
		);
		const done = await publish(hub.db);
		workstation = startWorkstation(folder, server);
		if (done) await workstation.untilAt(done.seq);
	}, 240_000);
	afterAll(async () => {
		await workstation?.close();
		await server?.close();
		await hub?.remove();
		rmSync(folder, { recursive: true, force: true });
	});

	it("are all hospitals with all their beds, those whose total is written with a comma too, and each is in Rujukan as free, full or unknown", () => {
		const db = new Database(currentReplica(join(folder, "replica")) as string, {
			readonly: true,
		});
		try {
			const all = facilities(db, { kind: "hospital" });
			expect(all).toHaveLength(files.hospitals);
			expect(all.reduce((sum, { beds }) => sum + (beds.total ?? 0), 0)).toBe(
				files.total,
			);
			const named = (code: string) => all.find((one) => one.code === code);
			const soetomo = named("3578016");
			expect(soetomo?.beds.total).toBe(1103);
			expect(named("3374010")?.beds.total).toBe(1054);
			const surabaya = areas(db).find(({ code }) => code === "35.78");
			const near = referral(db, {
				...{ area: surabaya?.id ?? 0, at: null, bed: "emergency" },
				...{ show: "all", only: "any", inside: null },
				...{ day: day("2021-07-12"), asKnownOn: null },
			});
			const { free, full, unknown } = near.counts;
			expect(free + full + unknown + near.withoutPlace).toBe(files.hospitals);
			// Who told nothing of the day is neither free nor full.
			const telling = files.beds.split("\n").length - 2;
			expect(free).toBeGreaterThan(0);
			expect(full).toBeGreaterThan(0);
			expect(free + full).toBeLessThanOrEqual(telling);
			expect(near.rows[0]?.area).toBe(surabaya?.id);
		} finally {
			db.close();
		}
	});

	it("with a register of warehouses and a sheet of stock make a plan: what the nation holds goes to the province whose hospital runs out, and what its SIRANAP told is there beside it", () => {
		// The count with a sign for thousands is no count, and says where it stands.
		expect(sheet).toMatchObject({ accepted: 4, quarantined: 1 });
		const db = new Database(currentReplica(join(folder, "replica")) as string, {
			readonly: true,
		});
		try {
			expect(
				facilities(db, { kind: "warehouse" }).map(({ code, name }) => [
					code,
					name,
				]),
			).toEqual([
				["GUDANG-35", "Gudang Dinkes Jawa Timur"],
				["GUDANG-HALIM", "Gudang Halim Perdanakusuma"],
			]);
			const { items, warehouses, places } = dispatchInput(db, {
				day: day("2021-07-12"),
				cover: 28,
			});
			const respirator = items.findIndex(({ id }) => id === "respirator");
			expect(
				warehouses.map(({ code, province, free }) => [
					...[code, province === null, free[respirator]],
				]),
			).toEqual([
				["GUDANG-35", false, 40],
				["GUDANG-HALIM", true, 5000],
			]);
			const soetomo = facilities(db, { kind: "hospital" }).find(
				({ code }) => code === "3578016",
			);
			const needs = places.find(({ facility }) => facility === soetomo?.id)
				?.needs[respirator];
			// 210 in seven days are 30 a day: 28 days need 840, of which 90 are there.
			expect(needs).toMatchObject({ units: 750, use: 30 });
			const series = facilitySeries(db, {
				facility: soetomo?.id ?? 0,
				asKnownOn: null,
			});
			expect(
				series?.values.emergency_free?.filter((value) => value !== null),
			).toHaveLength(1);
			expect(series?.values.beds?.filter((value) => value !== null)).toEqual(
				[],
			);
		} finally {
			db.close();
		}
	});
});
