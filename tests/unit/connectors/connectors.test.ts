import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { BpsCode, KemendagriCode } from "../../../core/areas/codes.ts";
import { day } from "../../../core/series/day.ts";
import { covid19goidProvinsi } from "../../../hub/connectors/covid19goid-provinsi.ts";
import { jatimKabkota } from "../../../hub/connectors/jatim-kabkota.ts";
import { kabkotaCsv } from "../../../hub/connectors/kabkota-csv.ts";
import type {
	Connector,
	ConnectorContext,
} from "../../../hub/reports/connector.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import {
	type MadeFile,
	nationFile,
	provincesFile,
} from "../../fixtures/spring-2020.ts";

const tree = loadAreaTree();
const DATA = path.resolve(import.meta.dirname, "../../../../shared/data");

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
			received: day("2020-09-30"),
			...context,
		},
	);
}

const JATIM = "kode,created_at,updated_at,otg,odp,pdp,confirm,sembuh,meninggal";
const jatim = (...rows: string[]) =>
	read(jatimKabkota, [JATIM, ...rows, ""].join("\n"));
const good = "35.07,2020-04-06 10:00:00,2020-04-06 10:00:00,1,20,3,7,1,0";

describe("Jawa Timur", () => {
	it("reads a row: the day it speaks of, the day it was known, and only what it states", () => {
		const { reports, errors, lines } = jatim(
			"35.24,2020-04-04 13:41:24,2020-04-05 10:38:12,,20,3,7,1,0",
		);
		expect(errors).toEqual([]);
		expect(lines).toBe(2);
		expect(reports).toEqual([
			{
				area: "35.24",
				day: day("2020-04-04"),
				asOf: day("2020-04-05"),
				line: 2,
				values: { odp: 20, pdp: 3, confirmed: 7, recovered: 1, deaths: 0 },
				raw: expect.objectContaining({ otg: "", confirm: "7" }),
			},
		]);
	});

	it("knows columns by name, in any order, with semicolons and a byte order mark", () => {
		const columns = JATIM.split(",").reverse();
		const cells = good.split(",").reverse();
		const { reports, errors } = read(
			jatimKabkota,
			`\ufeff${columns.join(";")}\r\n${cells.join(";")}\r\n`,
		);
		expect(errors).toEqual([]);
		expect(reports[0]).toMatchObject({
			area: "35.07",
			values: { confirmed: 7, deaths: 0 },
		});
	});

	it.each([
		["kode", "35.7", "unknown-area"],
		["kode", "3507", "unknown-area"],
		["kode", "99.07", "unknown-area"],
		["confirm", "-1", "negative"],
		["confirm", "1,5", "not-a-number"],
		["confirm", "tujuh", "not-a-number"],
		["created_at", "06/04/2020", "not-a-day"],
		["created_at", "2020-02-30 10:00:00", "impossible-day"],
		["created_at", "2002-04-06 10:00:00", "impossible-day"],
		["updated_at", "2020-04-05 10:00:00", "impossible-day"],
	])(
		"refuses a row with %s %s as %s, naming line and column, and keeps the others",
		(column, found, reason) => {
			const columns = JATIM.split(",");
			const bad = good.split(",");
			bad[columns.indexOf(column)] = `"${found}"`;
			const { reports, errors, lines } = jatim(good, bad.join(","), good);
			expect(lines).toBe(4);
			expect(reports.map(({ line }) => line)).toEqual([2, 4]);
			expect(errors).toEqual([
				{ line: 3, column, reason, found, expected: expect.any(String) },
			]);
		},
	);

	it("holds back a row whose kode and kabko are of two areas", () => {
		const { reports, errors } = read(
			jatimKabkota,
			`${JATIM},kabko\n${good},KAB. MALANG\n${good},KOTA MALANG\n`,
		);
		expect(reports.map(({ line }) => line)).toEqual([2]);
		expect(errors).toMatchObject([
			{ line: 3, column: "kabko", reason: "two-areas" },
		]);
	});

	it("refuses rows with more or fewer cells than columns", () => {
		const { reports, errors } = jatim(good, `${good},9`, "35.07,2020-04-06");
		expect(reports).toHaveLength(1);
		expect(errors).toMatchObject([
			{ line: 3, reason: "columns", expected: "9 cells" },
			{ line: 4, reason: "columns", expected: "9 cells" },
		]);
	});

	it("refuses a file without a column it needs, naming it", () => {
		const { reports, errors } = read(
			jatimKabkota,
			`${JATIM.replace("confirm", "positif")}\n${good}\n`,
		);
		expect(reports).toEqual([]);
		expect(errors).toMatchObject([
			{ line: 1, column: "confirm", reason: "columns" },
		]);
	});

	it("says so when a file has a column it does not know, and still reads the others", () => {
		const { reports, errors } = read(
			jatimKabkota,
			`${JATIM},suspek\n${good},4\n`,
		);
		expect(reports).toHaveLength(1);
		expect(errors).toMatchObject([
			{ line: 1, column: "suspek", reason: "columns", found: "suspek" },
		]);
	});

	it("refuses a file that names a column twice", () => {
		const { reports, errors } = read(jatimKabkota, `${JATIM},odp\n${good},4\n`);
		expect(reports).toEqual([]);
		expect(errors).toMatchObject([{ column: "odp", reason: "columns" }]);
	});

	it("refuses only the lines that are not UTF-8", () => {
		const text = new TextEncoder().encode(`${JATIM}\n${good}\nX\n${good}\n`);
		text[text.indexOf("X".charCodeAt(0))] = 0xe9;
		const { reports, errors } = read(jatimKabkota, text);
		expect(reports.map(({ line }) => line)).toEqual([2, 4]);
		expect(errors).toEqual([
			{
				line: 3,
				column: null,
				reason: "encoding",
				found: "bytes e9",
				expected: "text in UTF-8",
			},
		]);
	});

	it("refuses a file in UTF-16", () => {
		const { reports, errors } = read(
			jatimKabkota,
			Buffer.from(`\ufeff${JATIM}\n${good}\n`, "utf16le"),
		);
		expect(reports).toEqual([]);
		expect(errors).toMatchObject([{ line: null, reason: "encoding" }]);
	});

	it("refuses an empty file", () => {
		expect(read(jatimKabkota, "").errors).toMatchObject([
			{ reason: "columns", found: "an empty file" },
		]);
	});
});

describe("the national portal", () => {
	const PROV =
		"provinsi,tanggal,AKUMULASI_KASUS,AKUMULASI_SEMBUH,AKUMULASI_MENINGGAL";
	const vintage = { path: "/x/prov_as-of_2020-06-08.csv" };

	it("takes the day of the vintage from the name of the file, of its folder, or from the person", () => {
		const text = `${PROV}\nPAPUA  BARAT,2020-05-01,5,1,0\n`;
		const asOf = (context: Partial<ConnectorContext>) =>
			read(covid19goidProvinsi, text, context).reports[0]?.asOf;
		expect(asOf(vintage)).toBe(day("2020-06-08"));
		expect(asOf({ path: "/daily_to_2020-09-21/p.csv" })).toBe(
			day("2020-09-21"),
		);
		expect(asOf({ path: "/x/p.csv", asOf: day("2020-07-01") })).toBe(
			day("2020-07-01"),
		);
		expect(read(covid19goidProvinsi, text, { path: "/x/p.csv" })).toMatchObject(
			{
				reports: [],
				errors: [{ line: null, reason: "not-a-day" }],
			},
		);
	});

	it("refuses a day after the vintage and a province that no one knows, with what it may have meant", () => {
		const { reports, errors } = read(
			covid19goidProvinsi,
			`${PROV}\nPAPUA  BARAT,2020-06-09,5,1,0\nJAWA TIMOR,2020-05-01,5,1,0\nACEH,2020-05-01,5,1,0\n`,
			vintage,
		);
		expect(reports.map(({ area }) => area)).toEqual(["11"]);
		expect(errors).toMatchObject([
			{ line: 2, column: "tanggal", reason: "impossible-day" },
			{
				line: 3,
				column: "provinsi",
				reason: "unknown-area",
				found: "JAWA TIMOR",
				expected: expect.stringContaining("Jawa Timur (35)"),
			},
		]);
	});

	it("takes the place of a file of one place from its name", () => {
		const text =
			"date,total_confirmed,total_recover,total_death\n2020-05-01,9,2,1\n";
		const area = (name: string) =>
			read(covid19goidProvinsi, text, { path: `/to_2020-09-21/${name}` })
				.reports[0]?.area;
		expect(area("DAERAH_ISTIMEWA_YOGYAKARTA.csv")).toBe("34");
		expect(area("NATIONAL.csv")).toBe("ID");
		// A day of vintage may stand in the same name, and what a browser adds to a second download.
		expect(area("NATIONAL_20200608 (1).csv")).toBe("ID");
		expect(area("JAWA_TIMUR_as-of_2020-06-08.csv")).toBe("35");
		expect(
			read(covid19goidProvinsi, text, {
				path: "/to_2020-09-21/ATLANTIS.csv",
			}),
		).toMatchObject({
			reports: [],
			errors: [{ line: null, reason: "unknown-area", found: "ATLANTIS" }],
		});
	});

	const folder = path.join(DATA, "02-covid19goid-provinsi");
	const whole = (name: string) => {
		const file = path.join(folder, name);
		return { path: file, bytes: readFileSync(file) };
	};
	const vintages = [
		provincesFile("2020-06-08"),
		provincesFile("2020-06-14"),
		nationFile("2020-06-08"),
		nationFile("2020-06-14"),
	];
	const sets: [string, MadeFile[]][] = [["restated", vintages]];
	if (existsSync(DATA))
		sets.push(["as published", vintages.map((file) => whole(file.path))]);
	it.each(sets)(
		"reads both vintages to the same meaning although their columns stand in another order (%s)",
		(_, files) => {
			const cell = (at: number, area: string, on: string) => {
				const file = files[at] as MadeFile;
				const parsed = read(covid19goidProvinsi, file.bytes, {
					path: file.path,
				});
				expect(parsed.errors).toEqual([]);
				return parsed.reports.find(
					(report) => report.area === area && report.day === day(on),
				)?.values;
			};
			// By hand from the files.
			expect(cell(0, "53", "2020-06-01")).toEqual({
				confirmed: 97,
				recovered: 14,
				deaths: 1,
			});
			expect(cell(1, "53", "2020-06-10")).toEqual({
				confirmed: 105,
				recovered: 37,
				deaths: 1,
			});
			expect(cell(2, "ID", "2020-06-07")).toEqual({
				confirmed: 31186,
				recovered: 10498,
				deaths: 1851,
			});
			expect(cell(3, "ID", "2020-06-14")).toEqual({
				confirmed: 38277,
				recovered: 14531,
				deaths: 2134,
			});
		},
	);

	it("knows the place of every file of one place by the name that the portal gives it", () => {
		const text =
			"date,total_confirmed,total_recover,total_death\n2020-05-01,9,2,1\n";
		const names = [
			"NATIONAL",
			...tree
				.at("province")
				.map(({ code, name }) =>
					code === "34"
						? "DAERAH_ISTIMEWA_YOGYAKARTA"
						: name.toUpperCase().replaceAll(" ", "_"),
				),
		];
		const places = names.map(
			(name) =>
				read(covid19goidProvinsi, text, {
					path: `/daily_to_2020-09-21/${name}.csv`,
				}).reports[0]?.area,
		);
		expect(places).toEqual([
			"ID",
			...tree.at("province").map(({ code }) => code),
		]);
	});

	if (existsSync(DATA))
		it("knows the place of every daily file as published", () => {
			const daily = path.join(folder, "daily_to_2020-09-21");
			const places = readdirSync(daily).map((name) => {
				const file = path.join(daily, name);
				const { reports, errors } = read(
					covid19goidProvinsi,
					readFileSync(file),
					{ path: file },
				);
				expect(errors).toEqual([]);
				expect(reports).toHaveLength(205);
				return reports[0]?.area;
			});
			expect(new Set(places)).toEqual(
				new Set(["ID", ...tree.at("province").map(({ code }) => code)]),
			);
		});
});

describe("plain tables of health offices", () => {
	const bps = "kode_bps;tanggal;konfirmasi\n1107;2020-05-01;9\n";

	it("refuses BPS codes while there is no bridge: the digits mean another place in the other scheme", () => {
		expect(read(kabkotaCsv, bps)).toMatchObject({
			reports: [],
			errors: [{ line: null, column: "kode_bps", reason: "no-bridge" }],
		});
	});

	it("translates BPS codes with the bridge, and refuses one the bridge does not have", () => {
		const bridge = {
			toKemendagri: (code: BpsCode) =>
				code === "1107" ? ("11.05" as KemendagriCode) : undefined,
		};
		const { reports, errors } = read(kabkotaCsv, `${bps}1108;2020-05-01;9\n`, {
			bridge,
			asOf: day("2020-05-02"),
		});
		expect(reports).toMatchObject([
			{ area: "11.05", asOf: day("2020-05-02"), values: { confirmed: 9 } },
		]);
		expect(errors).toMatchObject([
			{ line: 3, column: "kode_bps", reason: "unknown-area", found: "1108" },
		]);
	});

	const named = (code: string, name: string) =>
		read(
			kabkotaCsv,
			`kode,nama,tanggal,konfirmasi\n${code},${name},2020-05-01,9\n35.07,Malang,2020-05-01,8\n`,
			{ asOf: day("2020-05-02") },
		);

	it.each([
		[
			"35.01",
			"Kota Surabaya",
			"35.01 is Kabupaten Pacitan, Kota Surabaya is Kota Surabaya (35.78)",
		],
		[
			"35.07",
			"KOTA MALANG",
			"35.07 is Kabupaten Malang, KOTA MALANG is Kota Malang (35.73)",
		],
		[
			"35.01",
			"Malang",
			"Malang is Kabupaten Malang (35.07) or Kota Malang (35.73)",
		],
		[
			"35.01",
			"Jawa Timur",
			"35.01 is Kabupaten Pacitan, Jawa Timur is Jawa Timur (35)",
		],
		["35", "Jawa Barat", "35 is Jawa Timur, Jawa Barat is Jawa Barat (32)"],
		[
			"35",
			"Kab. Pacitan",
			"35 is Jawa Timur, Kab. Pacitan is Kabupaten Pacitan (35.01)",
		],
	])(
		"holds back a row whose code %s and name %s are of two areas, naming both, and keeps the others",
		(code, name, expected) => {
			const { reports, errors } = named(code, name);
			expect(reports.map(({ line }) => line)).toEqual([3]);
			expect(errors).toEqual([
				{
					line: 2,
					column: "nama",
					reason: "two-areas",
					found: `${code} and ${name}`,
					expected: expect.stringContaining(expected),
				},
			]);
		},
	);

	it.each([
		["35.78", "KOTA SURABAYA"],
		["35.78", "Surabaya"],
		["35.73", "Malang"],
		["35.07", "Malang"],
		["75", "Gorontalo"],
		["75.71", "Gorontalo"],
		["35.01", "Pactian"],
		["35.01", ""],
		["31", "DKI"],
	])(
		"goes by the code %s where the name %s may mean it, or nothing that is known",
		(code, name) => {
			const { reports, errors } = named(code, name);
			expect(errors).toEqual([]);
			expect(reports[0]).toMatchObject({
				area: code,
				values: { confirmed: 9 },
			});
		},
	);

	it("says of a code that ends in zeros that it may mean the whole or cases without a place", () => {
		for (const code of ["35.00", "3500"])
			expect(named(code, "Jawa Timur").errors).toEqual([
				{
					line: 2,
					column: "kode",
					reason: "unknown-area",
					found: code,
					expected: `35 for all of Jawa Timur, or the code of a kabupaten/kota: ${code} may mean either all of it or cases without a place`,
				},
			]);
		for (const code of ["00", "99.00"])
			expect(named(code, "").errors).toMatchObject([
				{
					expected: `the code of a province or kabupaten/kota: ${code} is none`,
				},
			]);
	});

	it("names both areas by BPS code too", () => {
		const bridge = { toKemendagri: () => "11.05" as KemendagriCode };
		const { reports, errors } = read(
			kabkotaCsv,
			"kode_bps;nama;tanggal;konfirmasi\n1107;Kab. Pidie;2020-05-01;9\n3500;;2020-05-01;9\n",
			{ bridge, asOf: day("2020-05-02") },
		);
		expect(reports).toEqual([]);
		expect(errors).toMatchObject([
			{
				reason: "two-areas",
				expected:
					"one area: 1107 is Kabupaten Aceh Barat (11.05), Kab. Pidie is Kabupaten Pidie (11.07)",
			},
			{ found: "3500", expected: expect.stringContaining("35 for all of") },
		]);
	});

	it("reads suspek, probable and kontak erat, the terms in use since 13 July 2020", () => {
		const { reports, errors } = read(
			kabkotaCsv,
			"kode,tanggal,suspek,probable,kontak_erat\n35.78,2020-07-20,812,41,2305\n",
		);
		expect(errors).toEqual([]);
		expect(reports).toMatchObject([
			{ values: { suspek: 812, probable: 41, "kontak-erat": 2305 } },
		]);
	});

	it("was known on the day of receipt when nobody says otherwise", () => {
		const { reports } = read(
			kabkotaCsv,
			"kode,tanggal,meninggal\n11.05,2020-05-01,2\n",
		);
		expect(reports).toMatchObject([
			{ area: "11.05", asOf: day("2020-09-30"), values: { deaths: 2 } },
		]);
	});
});
