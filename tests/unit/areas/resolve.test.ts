import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAreaCode } from "../../../core/areas/codes.ts";
import {
	type ResolveOptions,
	resolveArea,
} from "../../../core/areas/resolve.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { WRITTEN_NAMES } from "../../fixtures/area-facts.ts";
import { DATA, dotted, hasData, json, table } from "./shared.ts";

const tree = loadAreaTree();
const province: ResolveOptions = { level: "province" };
const regency: ResolveOptions = { level: "regency" };
const codeOf = (name: string, options: ResolveOptions): string => {
	const found = resolveArea(tree, name, options);
	return found.ok
		? found.area.code
		: `${found.reason}: ${found.candidates.map((area) => area.code).join(" ")}`;
};

describe("names as sources write them", () => {
	it.each([
		["DKI JAKARTA", "31"],
		["Daerah Khusus Ibukota Jakarta", "31"],
		["DI YOGYAKARTA", "34"],
		["DAERAH_ISTIMEWA_YOGYAKARTA", "34"],
		["D.I. Yogyakarta", "34"],
		["P A P U A", "91"],
		["PAPUA  BARAT", "92"],
		["PROV. JAWA TIMUR", "35"],
		["Kep. Bangka Belitung", "19"],
		["KEPULAUAN_RIAU", "21"],
		["Kalimantan Uta", "65"],
		["Nusa Ténggara Barat", "52"],
	])("finds the province %s", (name, code) => {
		expect(codeOf(name, province)).toBe(code);
	});

	it.each([
		["KAB. MALANG", "35.07"],
		["KABUPATEN MALANG", "35.07"],
		["Kab.Malang", "35.07"],
		["KOTA MALANG", "35.73"],
		["KOTA ADM. JAKARTA PUSAT", "31.71"],
		["KAB. ADM. KEP. SERIBU", "31.01"],
		["KAB. TOBA SAMOSIR", "12.12"],
		["KAB. TOLI TOLI", "72.04"],
		["KOTA BAU-BAU", "74.72"],
		["KOTABARU", "63.02"],
		["KOTA BARU", "63.02"],
		["KAB. OGAN KOMERING ULU SELA", "16.09"],
		["Surabaya", "35.78"],
	])("finds the kabupaten or kota %s", (name, code) => {
		expect(codeOf(name, regency)).toBe(code);
	});

	it("does not choose between a kabupaten and a kota of one name unless the source's convention says so", () => {
		expect(codeOf("BOGOR", regency)).toBe("ambiguous: 32.01 32.71");
		expect(codeOf("BOGOR", { ...regency, bareMeansKabupaten: true })).toBe(
			"32.01",
		);
		expect(codeOf("KOTA BOGOR", { ...regency, bareMeansKabupaten: true })).toBe(
			"32.71",
		);
	});

	it("does not choose between two areas that begin alike", () => {
		expect(codeOf("SULAWESI TENG", province)).toBe("ambiguous: 72 74");
		expect(codeOf("KAB. MALUKU BARAT", regency)).toBe("81.08");
		expect(codeOf("KAB. MALUKU T", regency)).toMatch(
			/^ambiguous: 81\.01 81\.02/,
		);
	});

	it("does not correct a misspelling but says what it may have meant", () => {
		expect(codeOf("KAB. MALNAG", regency)).toMatch(/^unknown/);
		expect(codeOf("JAWA TIMOR", province)).toMatch(/^unknown: 35/);
		expect(codeOf("NATIONAL", province)).toBe("unknown: ");
		expect(codeOf("", province)).toBe("unknown: ");
		expect(codeOf("KOTA", regency)).toMatch(/^unknown/);
	});

	it("finds a kecamatan only inside the place given where its name repeats", () => {
		const within = parseAreaCode("35.07");
		expect(codeOf("KEC. PAKIS", { level: "district", within })).toBe(
			"35.07.18",
		);
		expect(codeOf("PAKIS", { level: "district" })).toBe(
			"ambiguous: 33.08.16 35.07.18",
		);
	});

	it("finds every area by its own name, in capitals, with underscores or with its letters spaced", () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...tree.at("province"), ...tree.at("regency")),
				fc.constantFrom(
					(name: string) => name.toUpperCase(),
					(name: string) => name.replaceAll(" ", "_"),
					(name: string) => `  ${name.replaceAll(" ", "  ")} `,
					(name: string) => name.replace(/^Kabupaten/, "KAB."),
				),
				({ code, name, level }, write) => {
					expect(codeOf(write(name), { level })).toBe(code);
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe("names as the portals write them", () => {
	it("of all that differ from Kemendagri's every one finds its area", () => {
		const options: Record<string, ResolveOptions> = {
			p: province,
			r: regency,
			b: { ...regency, bareMeansKabupaten: true },
		};
		const lines = WRITTEN_NAMES.trim().split("\n");
		expect(lines.length).toBeGreaterThan(50);
		for (const line of lines) {
			const [form = "", name = "", code = ""] = line.split(";");
			const found = resolveArea(
				tree,
				name,
				options[form] ?? {
					...regency,
					within: parseAreaCode(code.slice(0, 2)),
				},
			);
			expect(found.ok && found.area.code, line).toBe(code);
		}
	});

	it("a bare name that a kabupaten and a kota share is ambiguous", () => {
		for (const name of ["BOGOR", "MALANG", "KEDIRI", "TEGAL"])
			expect(resolveArea(tree, name, regency)).toMatchObject({
				ok: false,
				reason: "ambiguous",
			});
	});
});

const inRealFiles = () => {
	const wrong = (rows: [string, string | undefined, ResolveOptions][]) => {
		const seen = new Map(rows.map((row) => [JSON.stringify(row), row]));
		return [...seen.values()]
			.filter(([name, code, options]) => {
				const found = resolveArea(tree, name, options);
				return !found.ok || (code !== undefined && found.area.code !== code);
			})
			.map(([name, code]) => `${name} ${code}`);
	};

	it("resolves all 34 provinces and 514 kabupaten/kota of the risk zones (04), where kabupaten have no level word", () => {
		const rows = table("04-zonasi-kabkota/zonasi.csv");
		expect(
			wrong(rows.map((row) => [row.prov, row.kode_prov, province])),
		).toEqual([]);
		expect(
			wrong(
				rows.map((row) => [
					row.kota,
					dotted(row.kode_kota),
					{ ...regency, bareMeansKabupaten: true },
				]),
			),
		).toEqual([]);
	});

	it("resolves all 38 of East Java (05)", () => {
		const rows = table("05-jatim-kabkota/covid-jatim.csv");
		expect(wrong(rows.map((row) => [row.kabko, row.kode, regency]))).toEqual(
			[],
		);
	});

	it("resolves the provinces of the national portal in tables, file names and its API (02, 03)", () => {
		const rows = table(
			"02-covid19goid-provinsi/vintages/prov_as-of_2020-06-08.csv",
		);
		expect(
			wrong(rows.map((row) => [row.provinsi, undefined, province])),
		).toEqual([]);
		const files = readdirSync(
			`${DATA}/02-covid19goid-provinsi/daily_to_2020-09-21`,
		);
		expect(
			wrong(
				files.map((file) => [file.replace(".csv", ""), undefined, province]),
			),
		).toEqual(["NATIONAL undefined"]);
		const { list_data } = json<{ list_data: { key: string }[] }>(
			"03-covid19goid-api-json/prov.json",
		);
		expect(
			wrong(list_data.map(({ key }) => [key, undefined, province])),
		).toEqual([]);
	});

	it("resolves the provinces of the hospital lists, and of their regions all but bare names of two areas (08)", () => {
		const beds = json<Record<string, string>[]>(
			"08-rumah-sakit/rs_online_tempat_tidur.json",
		);
		expect(
			wrong(beds.map((row) => [row["d.nama_prop"], undefined, province])),
		).toEqual([]);
		const referral = json<{ region: string }[]>(
			"08-rumah-sakit/rs_rujukan_koordinat.json",
		);
		const names = [
			...new Set(referral.map(({ region }) => region.split(",")[0])),
		];
		const failed = names
			.map((name) => resolveArea(tree, name, regency))
			.filter((found) => !found.ok);
		expect(failed.map((found) => !found.ok && found.reason)).toEqual(
			Array(15).fill("ambiguous"),
		);
	});

	it("resolves the old and the new names of all 514 in the ministry's list and in the boundary file (09, 10)", () => {
		const list = table(
			"09-kode-wilayah/wilayah_kemendagri_2019_prov_kab_kec.csv",
		);
		expect(
			wrong(
				list
					.filter(({ kode }) => kode.length === 5)
					.map((row) => [row.nama, row.kode, regency]),
			),
		).toEqual([]);
		const { features } = json<{
			features: { properties: Record<string, string> }[];
		}>("10-batas-wilayah/adm2_kabkota_514_kode2020.geojson");
		expect(
			wrong(
				features.flatMap(
					({ properties: p }): [string, string, ResolveOptions][] => [
						[p.nama_2020, p.kode_kemendagri_2020, regency],
						[p.nama_2025, p.kode_kemendagri_2020, regency],
					],
				),
			),
		).toEqual([]);
	});

	it("resolves the spaced province name and all 504 kabupaten/kota of the portal's risk table (01)", () => {
		const rows = table("01-blc-kecamatan/rawan_schema-a_2020-06-08.csv");
		expect(rows.some((row) => row.nama_provinsi === "P A P U A")).toBe(true);
		expect(
			wrong(
				rows.map((row) => [
					row.nama_provinsi,
					row.kode_kecamatan.slice(0, 2),
					province,
				]),
			),
		).toEqual([]);
		const places = rows.map((row): [string, string, ResolveOptions] => [
			row.nama_kabupatenKota,
			dotted(row.kode_kecamatan).slice(0, 5),
			{ ...regency, within: parseAreaCode(row.kode_kecamatan.slice(0, 2)) },
		]);
		expect(wrong(places)).toEqual([]);
	});
};
if (hasData) describe("names in the real files", inRealFiles);
