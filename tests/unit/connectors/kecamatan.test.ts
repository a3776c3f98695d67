import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { BpsCode, KemendagriCode } from "../../../core/areas/codes.ts";
import { day } from "../../../core/series/day.ts";
import { blcKecamatan } from "../../../hub/connectors/blc-kecamatan.ts";
import { kabkotaCsv } from "../../../hub/connectors/kabkota-csv.ts";
import { kecamatanCsv } from "../../../hub/connectors/kecamatan-csv.ts";
import type {
	Connector,
	ConnectorContext,
} from "../../../hub/reports/connector.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

const tree = loadAreaTree();
const DATA = path.resolve(
	import.meta.dirname,
	"../../../../shared/data/01-blc-kecamatan",
);

function read(
	connector: Connector,
	text: string | Uint8Array,
	context: Partial<ConnectorContext> = {},
) {
	return connector.parse(
		typeof text === "string" ? new TextEncoder().encode(text) : text,
		{
			tree,
			bridge: null,
			people: () => null,
			path: "/in/file.csv",
			asOf: null,
			received: day("2020-12-31"),
			...context,
		},
	);
}

// Rows of aiosk/covidn dist/rawan.csv (MIT) in its first and in its later form.
const FIRST = `levelKerawanan,jumlah_penduduk,total,kode_kecamatan,nama_kecamatan,nama_kabupatenKota,nama_provinsi
2,10734,55,150212,Batang Masumai,KAB. MERANGIN,JAMBI
2,264252,1319,317103,Kemayoran,KOTA ADM. JAKARTA PUSAT,DKI JAKARTA
2,932,57,910514,Pulau Yerui,KAB. KEPULAUAN YAPEN,P A P U A
0,0,0,531404,Rote Tengah,KAB. ROTE NDAO,NUSA TENGGARA TIMUR
`;
const LATER = `nama_provinsi,kode_provinsi,nama_kabupatenkota,kode_kabupatenkota,nama_kecamatan,kode_kecamatan,jumlah_penduduk,total,density,level_kerawanan
PAPUA,91,KAB. KEPULAUAN YAPEN,91.05,Pulau Yerui,910514,932,57,0.0611587982832618,2
JAMBI,15,KAB. MERANGIN,15.02,Batang Masumai,150212,10734,55,0.005,2
NUSA TENGGARA TIMUR,53,KAB. ROTE NDAO,53.14,Rote Tengah,531404,0,0,0,0
DKI JAKARTA,31,KOTA ADM. JAKARTA PUSAT,31.71,Kemayoran,317103,264252,1319,0.005,2
`;
const counted = ({ reports }: ReturnType<typeof read>) =>
	Object.fromEntries(reports.map(({ area, values }) => [area, values]));

describe("BLC's table of places at risk", () => {
	it("says the same in both of its forms, as a count of its own and never as confirmed cases", () => {
		const first = read(blcKecamatan, FIRST, {
			path: "/in/rawan_2020-06-08.csv",
		});
		const later = read(blcKecamatan, LATER, { asOf: day("2020-06-08") });
		expect(first.errors).toEqual([]);
		expect(later.errors).toEqual([]);
		expect(counted(first)).toEqual({
			"15.02.12": { "blc-count": 55 },
			"31.71.03": { "blc-count": 1319 },
			"91.05.14": { "blc-count": 57 },
			"53.14.04": { "blc-count": 0 },
		});
		expect(counted(later)).toEqual(counted(first));
		for (const { day: of, asOf } of [...first.reports, ...later.reports])
			expect([of, asOf]).toEqual([day("2020-06-08"), day("2020-06-08")]);
		expect(first.reports[0].raw).toMatchObject({ levelKerawanan: "2" });
	});

	it("is refused while nobody says of which day it is", () => {
		const { reports, errors, unread } = read(blcKecamatan, FIRST);
		expect(reports).toEqual([]);
		expect(errors).toMatchObject([{ line: null, reason: "not-a-day" }]);
		expect(unread).toBe(4);
	});

	it("holds a row back that names another kecamatan, kabupaten or province than its code", () => {
		const { reports, errors } = read(
			blcKecamatan,
			[
				LATER.split("\n")[0],
				"JAMBI,15,KAB. MERANGIN,15.02,Tabir,150212,10734,55,0.005,2",
				"JAMBI,15,KAB. KERINCI,15.01,Batang Masumai,150212,10734,55,0.005,2",
				"BALI,51,KAB. MERANGIN,15.02,Batang Masumai,150212,10734,55,0.005,2",
				"JAMBI,15,KAB. MERANGIN,15.02,Batang Masumai,1502,10734,55,0.005,2",
				"JAMBI,15,KAB. MERANGIN,15.02,Batang Masumai,150299,10734,55,0.005,2",
			].join("\n"),
			{ asOf: day("2020-06-08") },
		);
		expect(reports).toEqual([]);
		expect(
			errors.map(({ line, column, reason }) => [line, column, reason]),
		).toEqual([
			[2, "nama_kecamatan", "two-areas"],
			[3, "nama_kabupatenkota", "two-areas"],
			[4, "nama_provinsi", "two-areas"],
			[5, "kode_kecamatan", "unknown-area"],
			[6, "kode_kecamatan", "unknown-area"],
		]);
	});

	it.runIf(existsSync(DATA))(
		"is read whole as it was published, both times 5,201 kecamatan and 128,549",
		() => {
			for (const name of [
				"rawan_schema-a_2020-06-08.csv",
				"rawan_schema-e_2020-08-10.csv",
			]) {
				const { reports, errors, lines } = read(
					blcKecamatan,
					readFileSync(path.join(DATA, name)),
					{ path: `/in/${name}` },
				);
				expect([lines, reports.length, errors]).toEqual([5202, 5201, []]);
				expect(
					reports.reduce((sum, one) => sum + (one.values["blc-count"] ?? 0), 0),
				).toBe(128_549);
			}
		},
	);
});

describe("a plain table by kecamatan", () => {
	it("is read by codes with and without dots, and by those of BPS over the bridge", () => {
		const bridge = {
			toKemendagri: (code: BpsCode) =>
				code === "3578090" ? ("35.78.09" as KemendagriCode) : undefined,
		};
		for (const text of [
			"kode,tanggal,positif\n35.78.09,2020-06-01,12\n",
			"kode_kecamatan;tgl;konfirmasi;nama_kecamatan;kabkota;provinsi\n357809;2020-06-01;12;Kec. Sukolilo;KOTA SURABAYA;JAWA TIMUR\n",
			"kode_bps,tanggal,konfirmasi,kecamatan\n3578090,2020-06-01,12,SUKOLILO\n",
		]) {
			const { reports, errors } = read(kecamatanCsv, text, { bridge });
			expect(errors).toEqual([]);
			expect(reports).toMatchObject([
				{ area: "35.78.09", day: day("2020-06-01"), values: { confirmed: 12 } },
			]);
		}
	});

	it("takes no kabupaten/kota, and a table of kabupaten/kota no kecamatan: a level is not guessed from a code", () => {
		for (const code of [
			"35.78",
			"3578",
			"35",
			"3578090",
			"35.78.9",
			"35.78.99",
		])
			expect(
				read(kecamatanCsv, `kode,tanggal,konfirmasi\n${code},2020-06-01,1\n`),
			).toMatchObject({
				reports: [],
				errors: [{ line: 2, column: "kode", reason: "unknown-area" }],
			});
		expect(
			read(kabkotaCsv, "kode,tanggal,konfirmasi\n35.78.09,2020-06-01,1\n"),
		).toMatchObject({
			reports: [],
			errors: [
				{
					reason: "unknown-area",
					expected: expect.stringContaining("kecamatan-csv"),
				},
			],
		});
	});

	it("holds a row back whose kecamatan lies in another kabupaten/kota than it says", () => {
		const { reports, errors } = read(
			kecamatanCsv,
			"kode,tanggal,konfirmasi,nama,nama_kabkota\n35.78.09,2020-06-01,1,Sukolilo,Kabupaten Pati\n",
		);
		expect(reports).toEqual([]);
		expect(errors).toMatchObject([
			{ line: 2, column: "nama_kabkota", reason: "two-areas" },
		]);
	});
});
