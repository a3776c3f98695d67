import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import { covid19goidJson } from "../../../hub/connectors/covid19goid-json.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

const tree = loadAreaTree();
const read = (text: string | Uint8Array, received = "2020-09-30") =>
	covid19goidJson.parse(
		typeof text === "string" ? new TextEncoder().encode(text) : text,
		{
			tree,
			bridge: null,
			people: () => null,
			path: "/in/prov.json",
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

test("however the answer is mangled, each entry is taken in, skipped or named, and nothing is thrown", () => {
	const text = JSON.stringify(ANSWER);
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
			const { reports, errors, skipped, lines, unread } = read(mangled);
			const bad = new Set(errors.flatMap(({ line }) => line ?? []));
			const left = Object.values(skipped).reduce((sum, n) => sum + n, 0);
			expect(reports.length + bad.size + left + unread).toBe(lines);
			if (reports.length === 0) expect(errors.length + left).toBeGreaterThan(0);
		}),
	);
});

const WHOLE = path.resolve(
	import.meta.dirname,
	"../../../../shared/data/03-covid19goid-api-json/prov.json",
);
if (existsSync(WHOLE))
	test("the whole answer has all 34 provinces and one entry of no province", () => {
		const { reports, errors } = read(readFileSync(WHOLE));
		expect(reports).toHaveLength(34);
		expect(new Set(reports.map(({ area }) => area)).size).toBe(34);
		expect(
			reports.reduce((sum, { values }) => sum + (values.confirmed ?? 0), 0),
		).toBe(184_244);
		expect(errors.map(({ line }) => line)).toEqual([35]);
	});
