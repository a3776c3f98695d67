import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { BpsCode, KemendagriCode } from "../../../core/areas/codes.ts";
import { day } from "../../../core/series/day.ts";
import { facilityNames } from "../../../hub/connectors/facility-names.ts";
import { rsOnline } from "../../../hub/connectors/rs-online.ts";
import { rsRujukan } from "../../../hub/connectors/rs-rujukan.ts";
import { siranap } from "../../../hub/connectors/siranap.ts";
import type {
	Connector,
	ConnectorContext,
} from "../../../hub/reports/connector.ts";
import type { RegisteredFacility } from "../../../hub/reports/facility-names.ts";
import type { Parsed } from "../../../hub/reports/report.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

const tree = loadAreaTree();
/** Pairs of BPS and Kemendagri codes as the ministries' bridge of 2020 has them. */
const PAIRS: Record<string, string> = {
	"1107": "11.05",
	"1112": "11.12",
	"3374": "33.74",
	"3403": "34.03",
	"3578": "35.78",
	"3604": "36.04",
	"3671": "36.71",
	"6271": "62.71",
	"6404": "64.08",
	"9101": "92.03",
};
const bridge = {
	toKemendagri: (code: BpsCode) => PAIRS[code] as KemendagriCode | undefined,
};
function parse(
	connector: Connector,
	text: string,
	context: Partial<ConnectorContext> = {},
): Parsed {
	const parsed = connector.parse(new TextEncoder().encode(text), {
		tree,
		bridge,
		people: () => null,
		path: "/in/file",
		asOf: null,
		received: day("2021-09-01"),
		...context,
	});
	const wrong = new Set(
		parsed.errors.flatMap(({ line }) => (line === null ? [] : [line])),
	);
	const taken = new Set(
		[...(parsed.facilities ?? []), ...parsed.facilityReports].map(
			({ line }) => line,
		),
	);
	expect(
		taken.size +
			wrong.size +
			parsed.unread +
			Object.values(parsed.skipped).reduce((sum, lines) => sum + lines, 0),
		"every line is taken in, wrong, or skipped",
	).toBe(parsed.lines);
	return parsed;
}

/** An entry as RS Online writes it (clumsyyyy/Milestone02_K01, data/dataRumahSakit.js). */
const entry = (
	code: number | string,
	name: string,
	province: string,
	beds: number | string,
	hospitalClass = "C",
) => ({
	"d.kode_rs": code,
	"d.nama_rs": name,
	"d.nama_prop": province,
	"d.jenis_rs": "RSU",
	"d.kelas": hospitalClass,
	"d.pemilik": "Pemkab",
	"(d.total_tt)": beds,
});

describe("the register of RS Online", () => {
	it("has beds as numbers and as texts with a comma; 0 says that nobody entered any", () => {
		const { facilities, errors } = parse(
			rsOnline,
			JSON.stringify([
				entry(
					3578016,
					"RS Umum Daerah Dr. Soetomo",
					"JAWA TIMUR",
					"1,103",
					"A",
				),
				entry(
					3374010,
					"RS Umum Pusat Dr. Kariadi",
					"JAWA TENGAH",
					"1,054",
					"A",
				),
				entry(
					"3578797S",
					"RS Lapangan Indrapura",
					"JAWA TIMUR",
					0,
					"Belum Ditetapkan",
				),
				entry(3403010, "RS Umum Daerah Wonosari", "D I YOGYAKARTA", 150),
				entry(3578017, "RS Salah", "JAWA TIMUR", "1.103"),
			]),
		);
		expect(
			facilities?.map((one) => [
				one.code,
				one.area,
				one.class,
				one.beds?.total,
			]),
		).toEqual([
			["3578016", "35.78", "A", 1103],
			["3374010", "33.74", "A", 1054],
			["3578797S", "35.78", undefined, undefined],
			["3403010", "34.03", "C", 150],
		]);
		expect(errors).toMatchObject([
			{ line: 5, column: "(d.total_tt)", reason: "not-a-number" },
		]);
	});

	it("places no hospital by a code of another province: by a kabupaten/kota in its name, else under the province", () => {
		const { facilities } = parse(
			rsOnline,
			JSON.stringify([
				entry(9219044, "RS Hendrik Fintay Kabupaten Sarmi", "PAPUA", 25),
				// Nabire was never in Merauke or Jayawijaya, whose old number it bears.
				entry(9202012, "RS Umum Nabire", "PAPUA", 106),
				entry(9202013, "RS Umum Wamena", "PAPUA", 166),
				// A kabupaten and a kota are called so.
				entry(9271012, "RS Umum Jayapura", "PAPUA", 307),
				// 6404 is Kutai Timur today, 9101 is Fakfak in Papua Barat.
				entry(6404021, "RS Umum Daerah Tanjung Selor", "KALIMANTAN UTARA", 135),
				entry(9101021, "RS PT. Freeport Indonesia", "PAPUA", 0),
				entry(
					2072012,
					"RS Umum Daerah Kota Tanjung Pinang",
					"KEPULAUAN RIAU",
					125,
				),
			]),
		);
		expect(facilities?.map(({ area }) => area)).toEqual([
			"91.10",
			"91.04",
			"91",
			"91",
			"65",
			"91",
			"21.72",
		]);
	});

	it("takes no object, no book and no heap of brackets for a name", () => {
		const book = "x".repeat(1_000_000);
		const { facilities, errors } = parse(
			rsOnline,
			JSON.stringify([
				{ ...entry(3578016, "", "JAWA TIMUR", 1), "d.nama_rs": { a: 1 } },
				entry(3578017, book, "JAWA TIMUR", 1),
			]),
		);
		expect(facilities).toEqual([]);
		expect(errors).toMatchObject([
			{ line: 1, column: "d.nama_rs", found: '{"a":1}' },
			{ line: 2, column: "d.nama_rs" },
		]);
		const heap = JSON.stringify([entry(3578016, "@", "JAWA TIMUR", 1)]).replace(
			'"@"',
			"[".repeat(100_000) + "]".repeat(100_000),
		);
		expect(parse(rsOnline, heap).errors).toMatchObject([
			{
				line: null,
				reason: "format",
				found: expect.stringMatching(/in line 1: more than 100/),
			},
		]);
	});

	it("waits for the bridge of codes, and says so of another file", () => {
		const text = JSON.stringify([entry(3578016, "RS X", "JAWA TIMUR", 1)]);
		expect(parse(rsOnline, text, { bridge: null })).toMatchObject({
			errors: [{ line: null, reason: "no-bridge" }],
			unread: 1,
		});
		for (const other of ["[]", "{}", '[{"a": 1}]', "no JSON"])
			expect(parse(rsOnline, other).errors).toMatchObject([
				{ line: null, reason: "format" },
			]);
	});
});

const REGISTERED: RegisteredFacility[] = (
	[
		["1107001", "RS Umum Daerah Cut Nyak Dhien", "11.05"],
		["1107002", "RS Tingkat IV IM 07.02", "11.05"],
		["1112001", "RS Umum Daerah Teungku Peukan", "11.12"],
		["3604013", "RS Umum Daerah dr. Drajat Prawiranegara", "36.04"],
		["3671203", "RS Primaya Tangerang", "36.71"],
		["6271011", "RS Umum Daerah dr. Doris Sylvanus", "62.71"],
	] as const
).map(([code, name, area]) => ({
	code,
	name,
	area: area as KemendagriCode,
	kind: "hospital",
}));

describe("the referral hospitals with their positions", () => {
	const hospital = (
		name: string,
		region: string,
		province: string,
		lat: number,
		long: number,
	) => ({ name, address: "", region, phone: "", province, lat, long });

	it("become positions of registered hospitals; one in a wrong region or at a wrong place waits for a person", () => {
		const { facilities, errors, remarks } = parse(
			rsRujukan,
			JSON.stringify([
				hospital(
					"RS UMUM DAERAH  CUT NYAK DHIEN",
					"ACEH BARAT, ACEH",
					"Aceh",
					4.14,
					96.13,
				),
				// As published: the hospital of Palangka Raya in Murung Raya, one of Serang in Tangerang.
				hospital(
					"RS UMUM DAERAH DR. DORIS SYLVANUS",
					"MURUNG RAYA, KALIMANTAN TENGAH",
					"Kalimantan Tengah",
					-2.2105545,
					113.920296,
				),
				hospital(
					"RS UMUM DAERAH DR. DRAJAT PRAWIRANEGARA",
					"TANGERANG, BANTEN",
					"Banten",
					-6.12,
					106.15,
				),
				// A sign was lost: this is in the Java Sea.
				hospital(
					"RS PRIMAYA TANGERANG",
					"KOTA TANGERANG, BANTEN",
					"Banten",
					6.13,
					106.86,
				),
			]),
			{ facilities: REGISTERED },
		);
		expect(facilities).toMatchObject([
			{ code: "1107001", referral: true, position: { lat: 4.14, lng: 96.13 } },
		]);
		expect(errors).toMatchObject([
			{ line: 2, reason: "two-areas" },
			{
				line: 3,
				reason: "doubtful-facility",
				expected: expect.stringContaining("3604013, Jaro-Winkler 1"),
			},
			{ line: 4, reason: "two-areas" },
		]);
		expect(remarks).toEqual([
			{ method: "Jaro-Winkler", exact: 1, byScore: [] },
		]);
	});

	it("cannot be found before there is a register", () => {
		const text = JSON.stringify([
			hospital("RS X", "SERANG, BANTEN", "Banten", -6, 106),
		]);
		expect(parse(rsRujukan, text)).toMatchObject({
			errors: [{ line: null, reason: "unknown-facility" }],
			unread: 1,
		});
	});
});

/** Lines as R wrote them (jswsean/siranap_hospital_data, csv/covid_bed_data_all_0712.csv). */
const EMERGENCY =
	'"","hospital","address","bed_availability","queue","last_update","tlp_number","province","district","scraped_at","bed_type"';
const emergency = (
	name: string,
	free: string,
	queue: string,
	age: string,
	district = "1107",
	address = "Jl. Gajah Mada",
	scraped = "2021-07-12 21:53:21",
	province = district.slice(0, 2),
) =>
	`"1","${name}","${address}","${free}","${queue}","${age}","08","${province}","${district}",${scraped},"COVID-19"`;
const BY_CLASS =
	'"","hospital","address","bed_class1","last_update_class1","bed_class2","last_update_class2","bed_class3","last_update_class3","tlp_number","province","district","scraped_at","bed_type"';

describe("what a person decided of names", () => {
	it("is of hospitals alone, of names that a line holds, and not of tomorrow", () => {
		const table = (code: string, name = "RS A") =>
			`nama,kode,kode_rs\n${name},11.05,${code}\n`;
		const facilities: RegisteredFacility[] = [
			...REGISTERED,
			{
				code: "LAB1",
				name: "Lab A",
				area: "11.05" as KemendagriCode,
				kind: "laboratory",
			},
		];
		const read = (text: string, context: Partial<ConnectorContext> = {}) =>
			parse(facilityNames, text, { facilities, ...context });
		expect(read(table("1107001")).facilities).toHaveLength(1);
		expect(read(table("LAB1"))).toMatchObject({
			facilities: [],
			errors: [{ line: 2, column: "kode_rs", found: "LAB1" }],
		});
		expect(read(table("1107001", "x".repeat(1_000_000)))).toMatchObject({
			facilities: [],
			errors: [{ line: 2, column: "nama" }],
		});
		expect(
			read(table("1107001"), { asOf: day("2031-01-01") }).errors,
		).toMatchObject([{ line: null, reason: "impossible-day" }]);
	});
});

describe("a scrape of SIRANAP", () => {
	const read = (...lines: string[]) =>
		parse(siranap, `${lines.join("\n")}\n`, { facilities: REGISTERED });
	const scraped = day("2021-07-12");

	it("is not taken at a line whose province is not that of its district, by code or by name; one that names none is", () => {
		const line = (province: string) =>
			emergency(
				"RS Umum Daerah Cut Nyak Dhien",
				"Tersedia 2 bed kosong IGD",
				"tanpa antrian pasien.",
				"13 jam",
				"1107",
				"Jl. Gajah Mada",
				"2021-07-12 21:53:21",
				province,
			);
		const { facilityReports, errors } = read(
			EMERGENCY,
			line("11"),
			line(""),
			line("ACEH"),
			line("35"),
			line("JAWA TIMUR"),
			line("Entah"),
		);
		expect(facilityReports.map(({ line }) => line)).toEqual([2, 3, 4]);
		expect(
			errors.map(({ line, column, reason, found, expected }) => [
				line,
				column,
				reason,
				found,
				expected,
			]),
		).toEqual(
			[
				[5, "35"],
				[6, "JAWA TIMUR"],
				[7, "Entah"],
			].map(([at, found]) => [
				at,
				"province",
				"two-areas",
				found,
				"the province of the district 1107: 11",
			]),
		);
	});

	it("says numbers in sentences and days by ages: full is 0 free, 47 hours before a Monday night is Saturday", () => {
		const { facilityReports, errors, asOf } = read(
			EMERGENCY,
			emergency(
				"RS Umum Daerah Cut Nyak Dhien",
				"Tersedia 2 bed kosong IGD",
				"dengan antrian 12 pasien",
				"13 jam",
			),
			emergency(
				"RS Tingkat IV IM 07.02",
				"Bed IGD Penuh!",
				"tanpa antrian pasien.",
				"47 jam",
			),
			emergency(
				"RS Umum Daerah Teungku Peukan",
				"Tersedia 3 bed kosong IGD",
				"tanpa antrian pasien.",
				"kurang dari 1 menit",
				"1112",
			),
		);
		expect(errors).toEqual([]);
		expect(asOf).toBe(scraped);
		expect(
			facilityReports.map(({ facility, day: on, asOf: known, values }) => [
				facility,
				on,
				known,
				values,
			]),
		).toEqual([
			["1107001", scraped, scraped, { emergency_free: 2, emergency_queue: 12 }],
			[
				"1107002",
				scraped - 2,
				scraped,
				{ emergency_free: 0, emergency_queue: 0 },
			],
			["1112001", scraped, scraped, { emergency_free: 3, emergency_queue: 0 }],
		]);
	});

	it("takes no sentence, age or place that it does not know for a number", () => {
		const good = ["Bed IGD Penuh!", "tanpa antrian pasien.", "1 jam"] as const;
		const { facilityReports, errors } = read(
			EMERGENCY,
			emergency(
				"RS Umum Daerah Cut Nyak Dhien",
				"Tersedia banyak bed",
				good[1],
				good[2],
			),
			emergency(
				"RS Umum Daerah Cut Nyak Dhien",
				good[0],
				"antrian panjang",
				good[2],
			),
			emergency("RS Umum Daerah Cut Nyak Dhien", good[0], good[1], "kemarin"),
			emergency("RS Umum Daerah Cut Nyak Dhien", ...good, "9999"),
			emergency(
				"RS Umum Daerah Cut Nyak Dhien",
				...good,
				"1107",
				"Jl.",
				"2021-07-12",
			),
		);
		expect(facilityReports).toEqual([]);
		expect(
			errors.map(({ line, column, reason }) => [line, column, reason]),
		).toEqual([
			[2, "bed_availability", "not-a-number"],
			[3, "queue", "not-a-number"],
			[4, "last_update", "not-a-day"],
			[5, "district", "unknown-area"],
			[6, "scraped_at", "not-a-day"],
		]);
	});

	it("has free beds by class with an age of each, NA where nothing is said, and addresses over several lines", () => {
		const { facilityReports, errors, skipped } = read(
			BY_CLASS,
			'"1","RS Umum Daerah Cut Nyak Dhien","Jl. Gajah',
			'Mada",42,"23 jam",NA,NA,11,"55 menit","08","11","1107",2021-07-12 21:57:00,"Non COVID-19"',
			'"2","RS Umum Daerah Teungku Peukan","Jl.",7,NA,NA,NA,NA,NA,"08","11","1112",2021-07-12 21:57:00,"Non COVID-19"',
		);
		expect(errors).toEqual([]);
		// Seven beds of nobody knows when are of no day.
		expect(skipped).toEqual({ header: 1, empty: 1, "no counts": 1 });
		expect(
			facilityReports.map(({ facility, day: on, line, values }) => [
				facility,
				on,
				line,
				values,
			]),
		).toEqual([
			["1107001", scraped - 1, 2, { class1_free: 42 }],
			["1107001", scraped, 2, { class3_free: 11 }],
		]);
	});

	it("knows an age of before the disease, and a table of other beds, for a mistake; a byte order mark is none", () => {
		const good = ["Bed IGD Penuh!", "tanpa antrian pasien."] as const;
		const name = "RS Umum Daerah Cut Nyak Dhien";
		const { facilityReports, errors } = read(
			`\ufeff${EMERGENCY}`,
			emergency(name, ...good, "999 hari"),
			emergency(name, ...good, "kurang dari 20 hari"),
			emergency(name, ...good, "1 jam").replace("COVID-19", "Non COVID-19"),
			emergency("x".repeat(1_000_000), ...good, "1 jam"),
			emergency(name, ...good, "1 jam"),
		);
		expect(errors.map(({ line, column }) => [line, column])).toEqual([
			[2, "last_update"],
			[3, "last_update"],
			[4, "bed_type"],
			[5, "hospital"],
		]);
		expect(facilityReports.map(({ line }) => line)).toEqual([6]);
		expect(
			read(
				BY_CLASS,
				`"1","${name}","Jl.",7,"1 jam",NA,NA,NA,NA,"08","11","1107",2021-07-12 21:57:00,"COVID-19"`,
			),
		).toMatchObject({
			facilityReports: [],
			errors: [{ line: 2, column: "bed_type", found: "COVID-19" }],
		});
	});

	it("joins no hospital silently: one of a near name, and one that lies elsewhere, wait with the candidates and their score", () => {
		const good = ["Bed IGD Penuh!", "tanpa antrian pasien.", "1 jam"] as const;
		const { facilityReports, errors, remarks } = read(
			EMERGENCY,
			emergency("RS Tingkat IV IM 07.03", ...good),
			emergency("RSUD dr. Doris Sylvanus", ...good),
			emergency("RS Umum Teungku Peukan", ...good),
			emergency("RSUD Cut Nyak Dien", ...good),
		);
		expect(errors.map(({ line, reason }) => [line, reason])).toEqual([
			[2, "doubtful-facility"],
			[3, "unknown-facility"],
			[4, "doubtful-facility"],
		]);
		expect(errors[0].expected).toMatch(
			/RS Tingkat IV IM 07\.02 \(1107002, Jaro-Winkler 0\.9\d+\)/,
		);
		expect(errors[2].expected).toMatch(/1112001.*in 11\.12/);
		expect(facilityReports.map(({ facility }) => facility)).toEqual([
			"1107001",
		]);
		expect(remarks).toMatchObject([
			{
				method: "Jaro-Winkler",
				exact: 0,
				byScore: [{ said: "RSUD Cut Nyak Dien", code: "1107001" }],
			},
		]);
	});
});

const REAL = "../shared/data";
describe.runIf(existsSync(REAL))("the files themselves, beside", () => {
	const pairs = () =>
		Object.fromEntries(
			readFileSync(
				`${REAL}/09-kode-wilayah/bridge_bps_kemendagri_kabkota.csv`,
				"utf8",
			)
				.split("\n")
				.slice(1)
				.filter(Boolean)
				.map((line) => {
					const [bps, , dagri = ""] = line.split(",");
					return [bps, `${dagri.slice(0, 2)}.${dagri.slice(2)}`];
				}),
		);
	const whole = () => {
		const known = pairs();
		return {
			toKemendagri: (code: BpsCode) =>
				known[code] as KemendagriCode | undefined,
		};
	};
	const file = (name: string) => readFileSync(`${REAL}/${name}`, "utf8");

	it("are 2,925 hospitals with 271,859 beds, of which 48 are kept under their province; 102 of 128 for referral and four fifths of each scrape are found by name", () => {
		const context = { bridge: whole() };
		const { facilities = [], errors } = parse(
			rsOnline,
			file("08-rumah-sakit/rs_online_tempat_tidur.json"),
			context,
		);
		expect(errors).toEqual([]);
		expect(facilities).toHaveLength(2925);
		expect(
			facilities.reduce((sum, { beds }) => sum + (beds?.total ?? 0), 0),
		).toBe(271_859);
		expect(facilities.filter(({ beds }) => !beds)).toHaveLength(120);
		expect(facilities.filter(({ area }) => area?.length === 2)).toHaveLength(
			48,
		);
		const registered = {
			...context,
			facilities: facilities as RegisteredFacility[],
		};
		const referral = parse(
			rsRujukan,
			file("08-rumah-sakit/rs_rujukan_koordinat.json"),
			registered,
		);
		expect(referral.facilities).toHaveLength(102);
		expect(referral.errors).toHaveLength(26);
		for (const [name, rows] of [
			["covid_bed_data_all_0712.csv", 1482],
			["covid_bed_data_all_0730.csv", 1713],
			["covid_bed_data_all_0806.csv", 1735],
			["covid_bed_data_all_0824.csv", 1713],
			["noncovid_bed_data_all_0712.csv", 755],
			["noncovid_bed_data_all_0806.csv", 861],
		] as const) {
			const scrape = parse(siranap, file(`07-siranap-bed/${name}`), registered);
			const found = new Set(scrape.facilityReports.map(({ line }) => line));
			const waiting = new Set(scrape.errors.map(({ line }) => line));
			expect(
				found.size + waiting.size + (scrape.skipped["no counts"] ?? 0),
				name,
			).toBe(rows);
			expect(
				scrape.errors.every(({ reason }) => /-facility$/.test(reason)),
				name,
			).toBe(true);
			expect(found.size / (found.size + waiting.size), name).toBeGreaterThan(
				0.87,
			);
		}
	});
});
