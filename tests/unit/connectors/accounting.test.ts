import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneOfNumber } from "../../../core/epidemic/zone-transition.ts";
import { EXCERPT_LENGTH } from "../../../core/reading/fault.ts";
import { day } from "../../../core/series/day.ts";
import { CONNECTORS } from "../../../hub/connectors/all.ts";
import { covid19goidProvinsi } from "../../../hub/connectors/covid19goid-provinsi.ts";
import { jatimKabkota } from "../../../hub/connectors/jatim-kabkota.ts";
import { kabkotaCsv } from "../../../hub/connectors/kabkota-csv.ts";
import type {
	Connector,
	ConnectorContext,
} from "../../../hub/reports/connector.ts";
import type { Parsed } from "../../../hub/reports/report.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

const tree = loadAreaTree();

function read(
	connector: Connector,
	text: string | Uint8Array,
	context: Partial<ConnectorContext> = {},
): Parsed {
	return connector.parse(
		typeof text === "string" ? new TextEncoder().encode(text) : text,
		{
			tree,
			bridge: null,
			people: () => null,
			path: "/in/prov_as-of_2020-06-08.csv",
			asOf: null,
			received: day("2020-06-30"),
			...context,
		},
	);
}

/** What became of each line. */
function account({ reports, errors, lines, skipped, unread }: Parsed) {
	const wrong = new Set(errors.map(({ line }) => line));
	wrong.delete(null);
	return {
		lines,
		takenIn: reports.length,
		quarantined: wrong.size + unread,
		skipped: Object.values(skipped).reduce((sum, count) => sum + count, 0),
	};
}

const dinkes = (
	text: string | Uint8Array,
	context?: Partial<ConnectorContext>,
) => read(kabkotaCsv, text, { path: "/in/dinkes.csv", ...context });
/** area: confirmed */
const confirmed = ({ reports }: Parsed) =>
	Object.fromEntries(reports.map((one) => [one.area, one.values.confirmed]));

const GOOD: Record<string, string[]> = {
	"jatim-kabkota": [
		"kode,created_at,updated_at,deleted_at,otg,odp,pdp,confirm,sembuh,meninggal",
		"35.01,2020-05-01 16:00:00,2020-05-01 16:00:00,,1,1,1,103,3,1",
		"35.02,2020-05-01 16:00:00,2020-05-01 16:00:00,NULL,1,1,1,204,3,1",
		"35.03,2020-05-01 16:00:00,2020-05-01 16:00:00,2020-05-02 08:00:00,1,1,1,204,3,1",
	],
	"covid19goid-provinsi": [
		"provinsi,tanggal,AKUMULASI_KASUS,AKUMULASI_SEMBUH,AKUMULASI_MENINGGAL",
		"JAWA TIMUR,2020-06-07,100.0,10.0,1.0",
		"BALI,2020-06-07,50,5,1",
		"ACEH,2020-06-07,,,",
	],
	"kecamatan-csv": [
		"kode;kecamatan;tanggal;konfirmasi;sembuh;",
		"35.78.09;Sukolilo;2020-05-01;40;5;",
		'357810;"Tambaksari";2020-05-01;41;6;',
		";;;;;",
	],
	"blc-kecamatan": [
		"levelKerawanan,jumlah_penduduk,total,kode_kecamatan,nama_kecamatan,nama_kabupatenKota,nama_provinsi",
		"2,10734,55,150212,Batang Masumai,KAB. MERANGIN,JAMBI",
		"2,264252,1319,317103,Kemayoran,KOTA ADM. JAKARTA PUSAT,DKI JAKARTA",
		"0,0,0,531404,Rote Tengah,KAB. ROTE NDAO,NUSA TENGGARA TIMUR",
	],
	"kabkota-csv": [
		"kode;nama;tanggal;konfirmasi;sembuh;",
		"35.07;Malang;2020-05-01;40;5;",
		'35.73;"Kota ""Malang""";2020-05-01;41;6;',
		";;;;;",
	],
	zonasi: [
		"tanggal,prov,kode_prov,kota,kode_kota,hasil",
		"7 Juni 2020,JAWA TIMUR,35,MALANG,3507,RESIKO SEDANG",
		'7 Juni 2020,JAWA TIMUR,35,"KOTA MALANG",3573,RESIKO TINGGI',
		"14 Juni 2020,JAWA TIMUR,35,MALANG,3507,RESIKO RENDAH",
	],
};

/** Those that read tables; an answer in JSON has entries and no lines (covid19goid-json.test). */
const TABLES = CONNECTORS.filter(({ key }) => key in GOOD);

describe("a code that means another place than it seems", () => {
	it("is not heard from the portal of another province, which would outrank whoever knows", () => {
		const [header, row] = GOOD["jatim-kabkota"];
		const { reports, errors } = read(
			jatimKabkota,
			[header, row, row.replace("35.01", "32.01")].join("\n"),
		);
		expect(reports.map(({ area }) => area)).toEqual(["35.01"]);
		expect(errors).toMatchObject([
			{ line: 3, column: "kode", reason: "unknown-area", found: "32.01" },
		]);
	});

	it("is no guess where a spreadsheet took a zero: 32.1 is 32.10 or 32.01", () => {
		const { reports, errors } = dinkes(
			"kode,tanggal,konfirmasi\n32.1,2020-05-01,100\n",
		);
		expect(reports).toEqual([]);
		expect(errors).toMatchObject([
			{
				line: 2,
				column: "kode",
				expected: expect.stringMatching(/32\.10.*32\.01/),
			},
		]);
	});
});

describe("days put one below the other", () => {
	it.each(TABLES.map(({ key }) => key))(
		"say what their files say apart, whatever the order of the columns in each: %s",
		(key) => {
			const connector = CONNECTORS.find((one) => one.key === key) as Connector;
			const delimiter = GOOD[key][0].includes(";") ? ";" : ",";
			const records = GOOD[key].map((text) => text.split(delimiter));
			fc.assert(
				fc.property(
					fc.shuffledSubarray([...records[0].keys()], {
						minLength: records[0].length,
					}),
					(order) => {
						const turned = records.map((record) =>
							order.map((at) => record[at]).join(delimiter),
						);
						const said = (text: string) =>
							read(connector, text).reports.map(({ area, values }) => ({
								area,
								values,
							}));
						const first = GOOD[key].join("\n");
						expect(said(`${first}\n${turned.join("\n")}\n`)).toEqual([
							...said(first),
							...said(first),
						]);
					},
				),
				{ numRuns: 60 },
			);
		},
	);
});

describe("every line of a file", () => {
	it.each(TABLES.map(({ key }) => key))(
		"is taken in, in quarantine or skipped, however the file is mangled: %s",
		(key) => {
			const connector = CONNECTORS.find((one) => one.key === key) as Connector;
			const good = GOOD[key];
			const junk = fc.constantFrom(
				'"',
				'""',
				",",
				";",
				"\n",
				"\r\n",
				"\n\n",
				"\r",
				" ",
				"NULL",
				"\\N",
				"-1",
				"40.5",
				"{",
				"<",
				"\u00e9",
				"\ud83d\ude00",
				"99.99",
				"2029-05-02",
				good[0],
				`\n${good[0]}\n`,
				"sep=;\n",
			);
			const cuts = fc.array(
				fc.record({ at: fc.nat(), remove: fc.nat(30), put: junk }),
				{ maxLength: 6 },
			);
			const lines = fc.array(fc.nat(3), { maxLength: 8 });
			fc.assert(
				fc.property(lines, cuts, fc.boolean(), (order, edits, latin) => {
					let text = [good[0], ...order.map((at) => good[at]), ""].join("\n");
					for (const { at, remove, put } of edits) {
						const place = at % (text.length + 1);
						text = text.slice(0, place) + put + text.slice(place + remove);
					}
					const bytes = latin
						? Uint8Array.from(text, (letter) => letter.charCodeAt(0))
						: new TextEncoder().encode(text);
					const parsed = read(connector, bytes);
					const { takenIn, quarantined, skipped, ...file } = account(parsed);
					expect(takenIn + quarantined + skipped).toBe(file.lines);
					const ends = text.includes("\n") ? "\n" : "\r";
					const parts = text.split(ends);
					expect(file.lines).toBe(parts.length - (parts.at(-1) === "" ? 1 : 0));
					// What cannot be used is named, and what is taken in states something that stands on its own line.
					if (quarantined > 0) expect(parsed.errors).not.toEqual([]);
					for (const { line, values, raw } of parsed.reports) {
						expect(Object.keys(values)).not.toEqual([]);
						for (const [key, value] of Object.entries(values))
							expect(parts[line - 1].toUpperCase()).toContain(
								key === "zone"
									? zoneOfNumber(value)?.replaceAll("-", " ").toUpperCase()
									: String(value),
							);
						for (const cell of Object.values(raw))
							expect(cell.length).toBeLessThanOrEqual(EXCERPT_LENGTH);
					}
				}),
				{ numRuns: 400 },
			);
		},
	);

	it("stands under its own number where a quote does not close, and no value moves to another area", () => {
		const rows = Array.from(
			{ length: 20 },
			(_, at) =>
				`35.${String(at + 1).padStart(2, "0")},${at === 2 ? '"' : ""}Kab ${at + 1}${at === 14 ? '"' : ""},2020-05-01,${at + 1}`,
		);
		const parsed = dinkes(
			["kode,nama,tanggal,konfirmasi", ...rows, ""].join("\n"),
		);
		expect(account(parsed)).toEqual({
			lines: 21,
			takenIn: 18,
			quarantined: 2,
			skipped: 1,
		});
		expect(parsed.errors.map(({ line }) => line)).toEqual([4, 16]);
		for (const { area, values } of parsed.reports)
			expect(area).toBe(`35.${String(values.confirmed).padStart(2, "0")}`);
	});

	it("is counted as deleted only where deleted_at is a day; NULL and \\N are nothing, other words are refused", () => {
		const row = (code: string, deleted: string) =>
			`${code},2020-05-01,2020-05-01,${deleted},1,1,1,40,1,0`;
		const parsed = read(
			jatimKabkota,
			[
				GOOD["jatim-kabkota"][0],
				row("35.01", "NULL"),
				row("35.02", "\\N"),
				row("35.03", ""),
				row("35.04", "2020-05-02 10:00:00"),
				row("35.05", "ya"),
			].join("\n"),
		);
		expect(parsed.reports.map(({ area }) => area)).toEqual([
			"35.01",
			"35.02",
			"35.03",
		]);
		expect(parsed.skipped).toEqual({ header: 1, deleted: 1 });
		expect(parsed.errors).toMatchObject([
			{ line: 6, column: "deleted_at", reason: "not-a-day", found: "ya" },
		]);
	});

	it("is skipped where it states nothing, with the reason", () => {
		const parsed = dinkes(
			"kode,tanggal,konfirmasi,sembuh\n35.01,2020-05-01,,NULL\n,,,\n\nkode,tanggal,konfirmasi,sembuh\n35.02,2020-05-01,4,\n",
		);
		expect(parsed.skipped).toEqual({
			header: 1,
			"no counts": 1,
			empty: 2,
			"repeated header": 1,
		});
		expect(confirmed(parsed)).toEqual({ "35.02": 4 });
	});
});

describe("the columns of a file", () => {
	it.each([
		[
			"empty ones at the edge",
			"kode,tanggal,konfirmasi,,\n35.07,2020-05-01,40,,\n",
		],
		["surplus separators", "kode;tanggal;konfirmasi\n35.07;2020-05-01;40;;\n"],
		["capitals", "KODE,Tanggal,Konfirmasi\n35.07,2020-05-01,40\n"],
		["another name", "kode,tanggal,positif,pulih\n35.07,2020-05-01,40,5\n"],
		[
			"whole counts with .0",
			"kode,tanggal,konfirmasi\n35.07,2020-05-01,40.0\n",
		],
		[
			"two names, one of them empty",
			"kode,tanggal,konfirmasi,confirmed\n35.07,2020-05-01,,40\n",
		],
		[
			"two names that agree",
			"kode,tanggal,confirmed,konfirmasi\n35.07,2020-05-01,40,40\n",
		],
	])("are understood: %s", (_, text) => {
		const parsed = dinkes(text);
		expect(parsed.errors).toEqual([]);
		expect(confirmed(parsed)).toEqual({ "35.07": 40 });
	});

	it("are refused in a row where two of one indicator differ", () => {
		const parsed = dinkes(
			"kode,tanggal,konfirmasi,confirmed\n35.07,2020-05-01,40,99\n35.73,2020-05-01,41,\n",
		);
		expect(parsed.errors).toMatchObject([
			{
				line: 2,
				column: "konfirmasi",
				reason: "columns",
				found: "konfirmasi 40, confirmed 99",
			},
		]);
		expect(confirmed(parsed)).toEqual({ "35.73": 41 });
	});

	it("keep their own names in the row that is stored", () => {
		expect(
			dinkes("kode,tanggal,Positif\n35.07,2020-05-01,40\n").reports[0].raw,
		).toEqual({ kode: "35.07", tanggal: "2020-05-01", Positif: "40" });
	});

	it.each(["kode,tanggal", "kode,tanggal,tests", "kode,tanggal,spesimen"])(
		"are refused when none is a count of people: %s",
		(header) => {
			const text = `${header}\n${header.split(",").map((name) => (name === "kode" ? "35.07" : name === "tanggal" ? "2020-05-01" : "40"))}\n`;
			const parsed = dinkes(text);
			expect(parsed.errors).toMatchObject([
				{
					line: 1,
					reason: "columns",
					expected: expect.stringContaining("at least one of konfirmasi"),
				},
			]);
			expect(account(parsed)).toMatchObject({ takenIn: 0, quarantined: 2 });
		},
	);

	it("name specimens as something that is not people tested, beside counts that are read", () => {
		const parsed = dinkes(
			"kode,tanggal,konfirmasi,tests\n35.07,2020-05-01,40,900\n",
		);
		expect(parsed.reports[0].values).toEqual({ confirmed: 40 });
		expect(parsed.errors).toMatchObject([{ line: 1, column: "tests" }]);
		expect(
			dinkes("kode,tanggal,orang_diperiksa\n35.07,2020-05-01,9\n").reports[0]
				.values,
		).toEqual({ tests: 9 });
	});

	it("are refused at once when there are a million", () => {
		const names = Array.from({ length: 1_000_000 }, (_, at) => `k${at}`);
		const parsed = dinkes(`kode,tanggal,konfirmasi,${names}\n35.07\n`);
		expect(parsed.errors).toHaveLength(1);
		expect(parsed.errors[0].expected).toContain("at most 1000 columns");
		expect(parsed.errors[0].found.length).toBeLessThanOrEqual(EXCERPT_LENGTH);
	});
});

describe("a day or count that cannot be", () => {
	it("is a day after the day of receipt", () => {
		const parsed = read(
			jatimKabkota,
			[
				GOOD["jatim-kabkota"][0],
				"35.01,2029-05-02 16:00:00,2029-05-02 16:00:00,,1,1,1,40,1,0",
				"35.02,2020-06-30 16:00:00,2020-06-30 16:00:00,,1,1,1,40,1,0",
				"35.03,2020-06-30 16:00:00,2020-07-01 00:00:00,,1,1,1,40,1,0",
			].join("\n"),
			{ path: "/in/jatim.csv" },
		);
		expect(confirmed(parsed)).toEqual({ "35.02": 40 });
		expect(parsed.errors.map(({ line, column }) => [line, column])).toEqual([
			[2, "created_at"],
			[2, "updated_at"],
			[4, "updated_at"],
		]);
	});

	it.each([
		["in the name of the file", { path: "/in/dinkes_as-of_2020-07-01.csv" }],
		["that is no day", { path: "/in/dinkes_as-of_2020-02-31.csv" }],
		["from the person", { path: "/in/dinkes.csv", asOf: day("2020-07-01") }],
	])("is a vintage after the day of receipt: %s", (_, context) => {
		const parsed = read(
			kabkotaCsv,
			"kode,tanggal,konfirmasi\n35.07,2020-05-01,40\n",
			context,
		);
		expect(parsed.errors).toMatchObject([
			{ line: null, reason: "impossible-day" },
		]);
		expect(account(parsed)).toEqual({
			lines: 2,
			takenIn: 0,
			quarantined: 1,
			skipped: 1,
		});
	});

	it.each(["dinkes_02-05-2020.csv", "dinkes 2 Mei 2020.csv"])(
		"is no vintage that is guessed: %s is refused until somebody says the day",
		(name) => {
			const text = "kode,tanggal,konfirmasi\n35.07,2020-05-01,40\n";
			const refused = dinkes(text, { path: `/in/${name}` });
			expect(refused.errors).toMatchObject([
				{ line: null, reason: "not-a-day" },
			]);
			expect(account(refused)).toMatchObject({ takenIn: 0, quarantined: 1 });
			const told = dinkes(text, {
				path: `/in/${name}`,
				asOf: day("2020-05-02"),
			});
			expect(told.reports).toMatchObject([{ asOf: day("2020-05-02") }]);
		},
	);

	it.each([
		["kabkota-csv", "/in/dinkes_as-of_2020-05-02.csv"],
		["kabkota-csv", "/in/daily_to_2020-05-02/dinkes.csv"],
		["kabkota-csv", "/in/dinkes_20200502.csv"],
		["kabkota-csv", "/in/dinkes 2020_05_02.csv"],
		["kabkota-csv", "/in/as_of_2020-05-02_downloaded_2020-06-08.csv"],
		["jatim-kabkota", "/in/jatim_as-of_2020-05-02.csv"],
		["covid19goid-provinsi", "/in/prov_as-of_2020-05-02.csv"],
	])(
		"is a day after the vintage in the name of file or folder: %s %s",
		(key, path) => {
			const texts: Record<string, string> = {
				"kabkota-csv":
					"kode,tanggal,konfirmasi\n35.07,2020-05-01,40\n35.07,2020-05-03,41\n",
				"jatim-kabkota": `${GOOD["jatim-kabkota"][0]}\n35.07,2020-05-01,2020-05-02,,1,1,1,40,1,0\n35.07,2020-05-03,2020-05-03,,1,1,1,41,1,0\n`,
				"covid19goid-provinsi": `${GOOD["covid19goid-provinsi"][0]}\nBALI,2020-05-01,40,1,0\nBALI,2020-05-03,41,1,0\n`,
			};
			const connector = CONNECTORS.find((one) => one.key === key) as Connector;
			const { reports, errors } = read(connector, texts[key], { path });
			expect(reports).toMatchObject([
				{ asOf: day("2020-05-02"), values: { confirmed: 40 } },
			]);
			expect(new Set(errors.map(({ line }) => line))).toEqual(new Set([3]));
		},
	);

	it("is a count above the people of the area, twice the people where they are a rule of thumb, and fifty times for tests", () => {
		const text =
			"kode,tanggal,konfirmasi,diperiksa\n35.07,2020-05-01,1000,50000\n35.07,2020-05-02,1001,1\n35.07,2020-05-03,1,50001\n35.08,2020-05-01,2000,1\n35.08,2020-05-02,2147483648,1\n";
		const parsed = dinkes(text, {
			people: (area) => ({ people: 1000, counted: area === "35.07" }),
		});
		expect(parsed.reports.map(({ line }) => line)).toEqual([2, 5]);
		expect(
			parsed.errors.map(({ line, column, reason }) => [line, column, reason]),
		).toEqual([
			[3, "konfirmasi", "impossible-count"],
			[4, "diperiksa", "impossible-count"],
			[6, "konfirmasi", "impossible-count"],
		]);
	});
});

describe("what a file says of itself", () => {
	it.each([
		['{"update": {"harian": []}}\n', "JSON"],
		['[{"provinsi": "JAWA TIMUR"}]\n', "JSON"],
		["<!DOCTYPE html><html>\n<body>\n", "HTML"],
		["PK\u0003\u0004....", "XLSX"],
		["%PDF-1.4\n", "PDF"],
		["\u001f\u008b..", "gzip"],
	])("is one line when it is no CSV: %j is %s", (text, kind) => {
		const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
		for (const connector of TABLES) {
			const parsed = read(connector, bytes);
			expect(parsed.errors).toMatchObject([
				{ line: null, reason: "format", found: expect.stringContaining(kind) },
			]);
			const { lines, quarantined } = account(parsed);
			expect(quarantined).toBe(lines);
		}
	});

	it("is refused whole when it has millions of lines, and in a line when that has millions of cells, without cutting them up", () => {
		const many = dinkes(new Uint8Array(20_000_000).fill(0x0a));
		expect(many.errors).toMatchObject([
			{ line: null, reason: "format", found: "20000000 lines" },
		]);
		expect(account(many).quarantined).toBe(20_000_000);
		const wide = dinkes(
			`kode,tanggal,konfirmasi\n35.07,2020-05-01,40${",".repeat(3_000_000)}7\n35.73,2020-05-01,41\n`,
		);
		expect(confirmed(wide)).toEqual({ "35.73": 41 });
		expect(wide.errors).toMatchObject([{ line: 2, reason: "columns" }]);
	});

	it("is never quoted at more than 200 characters, and never cut through a character", () => {
		const long = "\ud83d\ude00".repeat(100_000);
		for (const text of [
			`kode,tanggal,konfirmasi,${long}\n35.07,2020-05-01,1,1\n`,
			`kode,tanggal,konfirmasi\n${long},${long},${long}\n`,
			`kode,tanggal,konfirmasi\n${long}\n`,
			`kode,nama,tanggal,konfirmasi\n35.07,x${long},2020-05-01,1\n`,
		]) {
			const parsed = dinkes(text);
			for (const { found, column, expected } of parsed.errors)
				for (const quoted of [found, column ?? "", expected]) {
					expect(quoted.length).toBeLessThanOrEqual(EXCERPT_LENGTH);
					expect(quoted.isWellFormed()).toBe(true);
				}
			for (const { raw } of parsed.reports)
				for (const [name, cell] of Object.entries(raw)) {
					expect(name.length).toBeLessThanOrEqual(EXCERPT_LENGTH);
					expect(cell.length).toBeLessThanOrEqual(EXCERPT_LENGTH);
					expect(cell.isWellFormed()).toBe(true);
				}
		}
		const parsed = read(
			covid19goidProvinsi,
			`${GOOD["covid19goid-provinsi"][0]}\n${"BALI ".repeat(200_000)},2020-06-07,1,1,1\n`,
		);
		expect(parsed.errors[0].found.length).toBeLessThanOrEqual(EXCERPT_LENGTH);
	});
});
