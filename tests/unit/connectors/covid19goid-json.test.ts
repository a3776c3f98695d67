import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import { covid19goidJson } from "../../../hub/connectors/covid19goid-json.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

const tree = loadAreaTree();
const read = (
	text: string | Uint8Array,
	received = "2020-09-30",
	file = "prov.json",
) =>
	covid19goidJson.parse(
		typeof text === "string" ? new TextEncoder().encode(text) : text,
		{
			tree,
			bridge: null,
			people: () => null,
			path: `/in/${file}`,
			asOf: null,
			received: day(received),
		},
	);

/**
 * Five of the 35 entries of the portal's answer for 3 September 2020 (data.covid19.go.id/public/api/prov.json, as kept in
 * cperdiansyah/Indovinter-bffewd at 5e4b33d), restated: the counts, the share in percent, and the entry of cases without a province,
 * which bears the name of Papua Barat with two spaces and has no place.
 */
const entry = (
	key: string,
	[kasus, sembuh, meninggal]: readonly [number, number, number],
	lokasi: object | null = { lon: 106.8, lat: -6.2 },
) => ({
	key,
	doc_count: 23.55,
	jumlah_kasus: kasus,
	jumlah_sembuh: sembuh,
	jumlah_meninggal: meninggal,
	jumlah_dirawat: kasus - sembuh - meninggal,
	jenis_kelamin: [{ key: "LAKI-LAKI", doc_count: 1 }],
	lokasi,
});
const ANSWER = {
	last_date: "2020-09-03",
	current_data: 99.99,
	tanpa_provinsi: 24,
	list_data: [
		entry("DKI JAKARTA", [43_400, 32_441, 1_246]),
		entry("JAWA TIMUR", [34_655, 27_117, 2_459]),
		entry("DAERAH ISTIMEWA YOGYAKARTA", [1_507, 1_075, 43]),
		entry("PAPUA BARAT", [837, 599, 15]),
		entry("PAPUA  BARAT", [24, 0, 0], null),
	],
};

test("the portal's own answer is read: each province on its day, shares in percent are no counts", () => {
	const { reports, asOf, lines } = read(JSON.stringify(ANSWER));
	expect([asOf, lines]).toEqual([day("2020-09-03"), 5]);
	expect(reports.map(({ area, values }) => [area, values])).toEqual([
		["31", { confirmed: 43_400, recovered: 32_441, deaths: 1_246 }],
		["35", { confirmed: 34_655, recovered: 27_117, deaths: 2_459 }],
		["34", { confirmed: 1_507, recovered: 1_075, deaths: 43 }],
		["92", { confirmed: 837, recovered: 599, deaths: 15 }],
	]);
	expect(new Set(reports.map((report) => report.day))).toEqual(
		new Set([day("2020-09-03")]),
	);
});

test("cases of no province, which stand as a second Papua Barat, are put in quarantine and are not Papua Barat's", () => {
	const { errors } = read(JSON.stringify(ANSWER));
	expect(errors).toEqual([
		{
			line: 5,
			column: "lokasi",
			reason: "unknown-area",
			found: "",
			expected: expect.stringContaining("no province"),
		},
	]);
});

test("what is missing is not zero, and what is no count or no province is refused by its entry", () => {
	const { reports, errors } = read(
		JSON.stringify({
			...ANSWER,
			list_data: [
				{ ...entry("BALI", [5_710, 4_752, 79]), jumlah_sembuh: null },
				{ ...entry("RIAU", [1, 1, 1]), jumlah_kasus: "banyak" },
				entry("NUSANTARA", [1, 1, 1]),
				entry("ACEH", [-3, 0, 0]),
			],
		}),
	);
	expect(reports.map(({ values }) => values)).toEqual([
		{ confirmed: 5_710, deaths: 79 },
	]);
	expect(errors.map(({ line, column }) => [line, column])).toEqual([
		[2, "jumlah_kasus"],
		[3, "key"],
		[4, "jumlah_kasus"],
	]);
});

test.each([
	["half of it", JSON.stringify(ANSWER).slice(0, -5), "format"],
	["another answer", '{"update":{"harian":[]}}', "format"],
	[
		"a day that is none",
		JSON.stringify({ ...ANSWER, last_date: "2020-02-30" }),
		"not-a-day",
	],
	[
		"a day to come",
		JSON.stringify({ ...ANSWER, last_date: "2020-10-03" }),
		"impossible-day",
	],
])("%s is refused as a whole, with what was expected", (_, text, reason) => {
	const { reports, errors, lines, unread } = read(text);
	expect(reports).toEqual([]);
	expect(errors.map((error) => error.reason)).toEqual([reason]);
	expect(unread).toBe(lines);
});

test.each([
	[
		"of another system",
		'{"resourceType": "Bundle", "entry": [{}, {}]}',
		"an object with resourceType, entry",
	],
	["of a list", '[{"date": "2020-04-12"}]', "a list of 1"],
	[
		"whose entry names no province",
		JSON.stringify({ ...ANSWER, list_data: [entry("BALI", [1, 0, 0]), {}] }),
		"list_data, entry 2, key: nothing",
	],
	[
		"whose day is a number",
		JSON.stringify({ ...ANSWER, last_date: 20200903 }),
		"last_date: 20200903",
	],
	[
		"cut off",
		'{"last_date": "2020-09-03",\n"list_data": [',
		'in line 2: "list_data": [',
	],
	[
		"that is none",
		"Gangguan 😀\nsementara",
		"text that begins with Gangguan 😀",
	],
])(
	"JSON %s is refused in one line of ours: what was found, what is expected",
	(_, text, found) => {
		const { errors } = read(text);
		expect(errors).toHaveLength(1);
		expect(errors[0]).toMatchObject({ line: null, found });
		const said = `${errors[0]?.found} ${errors[0]?.expected}`;
		expect(said).not.toMatch(/[\n\u2716\ufffd]|Invalid|Unexpected|received/);
		expect(errors[0]?.expected).toMatch(/JSON|the portal's answer/);
	},
);

test.each([
	["all provinces", () => ANSWER],
	["the nation", () => NATION_BY_DAY],
	["one province", () => ONE_PROVINCE],
])(
	"however the answer for %s is mangled, each entry is taken in, skipped or named, and nothing is thrown",
	(_, answer) => {
		const text = JSON.stringify(answer());
		const cut = fc.record({
			at: fc.nat(text.length),
			remove: fc.nat(30),
			put: fc.constantFrom("", "{", "}", "[", '"', "null", "-1", "1e400", "\0"),
		});
		fc.assert(
			fc.property(fc.array(cut, { maxLength: 4 }), (cuts) => {
				let mangled = text;
				for (const { at, remove, put } of cuts)
					mangled = mangled.slice(0, at) + put + mangled.slice(at + remove);
				const { reports, errors, skipped, lines, unread } = read(
					mangled,
					"2022-06-01",
				);
				const bad = new Set(errors.flatMap(({ line }) => line ?? []));
				const left = Object.values(skipped).reduce((sum, n) => sum + n, 0);
				expect(reports.length + bad.size + left + unread).toBe(lines);
				if (reports.length === 0)
					expect(errors.length + left).toBeGreaterThan(0);
			}),
		);
	},
);

/**
 * Three of the 804 days of the nation (data.covid19.go.id/public/api/update.json as of 14 May 2022, as kept in
 * fahry54/Exploration_Data_Analyst_COVID-19_Indonesia_JawaBarat at 0d0615a), restated.
 */
const nationOn = (
	key: unknown,
	[positif, sembuh, meninggal]: readonly [unknown, unknown, unknown],
	more: object = {},
) => ({
	key,
	doc_count: 1,
	jumlah_positif: { value: 308 },
	jumlah_positif_kum: { value: positif },
	jumlah_sembuh_kum: { value: sembuh },
	jumlah_meninggal_kum: { value: meninggal },
	...more,
});
const NATION_BY_DAY = {
	data: { jumlah_odp: 3_953, jumlah_pdp: 0, total_spesimen: 97_245_391 },
	update: {
		penambahan: { tanggal: "2022-05-14", created: "2022-05-14 17:27:17" },
		harian: [
			nationOn(1_583_107_200_000, [2, 0, 0], {
				key_as_string: "2020-03-02T00:00:00.000Z",
			}),
			nationOn(1_586_649_600_000, [4_241, 359, 373]),
			nationOn(1_652_486_400_000, [6_050_519, 5_889_241, 156_453]),
		],
		total: { jumlah_positif: 6_050_519 },
	},
};

/** Two of the 785 days of Jawa Barat (prov_detail_JAWA_BARAT.json as of 26 April 2022, from the same repository), restated. */
const ONE_PROVINCE = {
	last_date: "2022-04-26",
	provinsi: "JAWA BARAT",
	kasus_tanpa_tgl: 0,
	meninggal_persen: 1.425618974712569,
	meninggal_tanpa_tgl: 3,
	sembuh_tanpa_tgl: 23,
	list_perkembangan: [
		{
			tanggal: 1_583_193_600_000,
			KASUS: 1,
			AKUMULASI_KASUS: 1,
			AKUMULASI_SEMBUH: 0,
			AKUMULASI_MENINGGAL: 1,
		},
		{
			tanggal: 1_650_931_200_000,
			KASUS: 104,
			DIRAWAT_OR_ISOLASI: -2_175,
			AKUMULASI_KASUS: 1_105_134,
			AKUMULASI_SEMBUH: 1_086_129,
			AKUMULASI_MENINGGAL: 15_752,
		},
	],
};

test("the nation by day: a midnight of UTC is the day in Indonesia, and what stands as of no day is not read", () => {
	const { reports, errors, asOf, lines } = read(
		JSON.stringify(NATION_BY_DAY),
		"2022-06-01",
		"update.json",
	);
	expect(errors).toEqual([]);
	expect([asOf, lines]).toEqual([day("2022-05-14"), 3]);
	expect(
		reports.map((one) => [one.area, one.day, one.asOf, one.values]),
	).toEqual([
		["ID", day("2020-03-02"), asOf, { confirmed: 2, recovered: 0, deaths: 0 }],
		[
			"ID",
			day("2020-04-12"),
			asOf,
			{ confirmed: 4_241, recovered: 359, deaths: 373 },
		],
		[
			"ID",
			day("2022-05-14"),
			asOf,
			{ confirmed: 6_050_519, recovered: 5_889_241, deaths: 156_453 },
		],
	]);
});

test("one province by day: its counts, and in a remark what it cannot put on a day", () => {
	const { reports, errors, asOf, remarks } = read(
		JSON.stringify(ONE_PROVINCE),
		"2022-06-01",
		"prov_detail_JAWA_BARAT.json",
	);
	expect([errors, asOf]).toEqual([[], day("2022-04-26")]);
	expect(reports.map((one) => [one.area, one.day, one.values])).toEqual([
		["32", day("2020-03-03"), { confirmed: 1, recovered: 0, deaths: 1 }],
		[
			"32",
			day("2022-04-26"),
			{ confirmed: 1_105_134, recovered: 1_086_129, deaths: 15_752 },
		],
	]);
	expect(remarks).toEqual([{ withoutDay: { recovered: 23, deaths: 3 } }]);
});

test.each([
	["midnight of Jakarta", 1_586_624_400_000, "key", "not-a-day"],
	["seconds for milliseconds", 1_586_649_600, "key", "not-a-day"],
	["a text", "2020-04-12", "key", "not-a-day"],
	["nothing", null, "key", "not-a-day"],
	["less than nothing", -86_400_000, "key", "not-a-day"],
	["a day before the disease", 0, "key", "impossible-day"],
	["a day after the answer's own", 1_652_572_800_000, "key", "impossible-day"],
])(
	"%s in the place of a midnight of UTC is refused by its entry, and the others are read",
	(_, key, column, reason) => {
		const { reports, errors } = read(
			JSON.stringify({
				update: {
					...NATION_BY_DAY.update,
					harian: [
						...NATION_BY_DAY.update.harian,
						nationOn(key, [4_241, 359, 373]),
					],
				},
			}),
			"2022-06-01",
		);
		expect(reports).toHaveLength(3);
		expect(errors).toMatchObject([{ line: 4, column, reason }]);
	},
);

test("an entry whose two days differ is of neither, and a count that is none refuses its entry", () => {
	const { reports, errors } = read(
		JSON.stringify({
			update: {
				...NATION_BY_DAY.update,
				harian: [
					nationOn(1_586_649_600_000, [4_241, 359, 373], {
						key_as_string: "2020-04-11T00:00:00.000Z",
					}),
					nationOn(1_586_736_000_000, [4_557, null, 399]),
					nationOn(1_586_822_400_000, ["4.839", 426, 459]),
					nationOn(1_586_908_800_000, [{ value: 5_136 }, 446, 469]),
				],
			},
		}),
		"2022-06-01",
	);
	expect(reports.map(({ values }) => values)).toEqual([
		{ confirmed: 4_557, deaths: 399 },
	]);
	expect(errors.map(({ line, column }) => [line, column])).toEqual([
		[1, "key_as_string"],
		[3, "jumlah_positif_kum"],
		[4, "jumlah_positif_kum"],
	]);
});

test("a series of a place that is no province is refused whole, by its name", () => {
	const { reports, errors, lines, unread } = read(
		JSON.stringify({ ...ONE_PROVINCE, provinsi: "JAWA" }),
		"2022-06-01",
	);
	expect(reports).toEqual([]);
	expect(errors).toMatchObject([
		{ line: null, column: "provinsi", found: "JAWA" },
	]);
	expect(unread).toBe(lines);
});

const FOLDER = path.resolve(
	import.meta.dirname,
	"../../../../shared/data/03-covid19goid-api-json",
);
if (existsSync(FOLDER)) {
	test("the whole answer has all 34 provinces and one entry of no province", () => {
		const { reports, errors } = read(
			readFileSync(path.join(FOLDER, "prov.json")),
		);
		expect(reports).toHaveLength(34);
		expect(new Set(reports.map(({ area }) => area)).size).toBe(34);
		expect(
			reports.reduce((sum, { values }) => sum + (values.confirmed ?? 0), 0),
		).toBe(184_244);
		expect(errors.map(({ line }) => line)).toEqual([35]);
	});

	test("the whole series are read without a row error: 804 days of the nation, 785 of Jawa Barat", () => {
		for (const [file, days] of [
			["update.json", 804],
			["prov_detail_JAWA_BARAT.json", 785],
		] as const) {
			const { reports, errors, lines } = read(
				readFileSync(path.join(FOLDER, file)),
				"2022-06-01",
				file,
			);
			expect([errors, lines]).toEqual([[], days]);
			expect(new Set(reports.map((report) => report.day)).size).toBe(days);
		}
	});
}
