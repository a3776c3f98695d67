import { describe, expect, it } from "vitest";
import { linesOfObjects } from "../../../core/reading/ndjson.ts";
import { readTable } from "../../../core/reading/table.ts";

const SET = {
	required: ["kode", "tanggal"],
	optional: ["konfirmasi"],
	otherNames: { konfirmasi: ["positif"] },
};

const read = (...lines: string[]) =>
	readTable(new TextEncoder().encode(`${lines.join("\n")}\n`), [SET]);

/** Lines that a person is told of, taken rows and skipped ones: each line of the file once. */
function expectEveryLineOnce(table: ReturnType<typeof readTable>): void {
	const wrong = new Set(table.errors.map(({ line }) => line));
	wrong.delete(null);
	const skipped = Object.values(table.skipped).reduce((sum, n) => sum + n, 0);
	expect(table.rows.length + wrong.size + skipped + table.unread).toBe(
		table.lines,
	);
}

describe("lines that are objects of JSON", () => {
	it("are rows under the numbers that they have in the file", () => {
		const table = read(
			'{"kode":"32.73","tanggal":"2020-04-12","positif":1103}',
			"",
			'{"tanggal":"2020-04-12","kode":"32.04"}',
		);
		expect(table.rows.map(({ line, cells }) => ({ line, ...cells }))).toEqual([
			{ line: 1, kode: "32.73", tanggal: "2020-04-12", konfirmasi: "1103" },
			{ line: 3, kode: "32.04", tanggal: "2020-04-12", konfirmasi: "" },
		]);
		expect(table).toMatchObject({
			lines: 3,
			skipped: { empty: 1 },
			errors: [],
		});
	});

	it.each([
		[
			"a name that stands twice",
			'{"kode":"32.73","tanggal":"2020-04-12","kode":"32.04"}',
		],
		["a list", '{"kode":["32.73"],"tanggal":"2020-04-12"}'],
		["an object in it", '{"kode":{},"tanggal":"2020-04-12"}'],
		["yes or no", '{"kode":true,"tanggal":"2020-04-12"}'],
		[
			"a number that reading changes",
			'{"kode":12345678901234567890,"tanggal":"2020-04-12"}',
		],
		["a cell of two lines", '{"kode":"32.73\\n32.04","tanggal":"2020-04-12"}'],
		["a zero in a text", '{"kode":"32.73\\u0000","tanggal":"2020-04-12"}'],
		["a zero in a name", '{"kode":"32.73","tanggal":"2020-04-12","\\u0000":1}'],
		["half a character", '{"kode":"\\ud83d","tanggal":"2020-04-12"}'],
		["half a character in a name", '{"kode":"1","tanggal":"2","\\udc00":1}'],
		["a line cut off", '{"kode":"32.73","tanggal":"2020'],
		["a row of CSV", "32.73,2020-04-12"],
	])("costs its own line alone: %s", (_, wrong) => {
		const good = '{"kode":"32.73","tanggal":"2020-04-13","konfirmasi":"5"}';
		const table = read(good, wrong, good);
		expect(table.rows.map(({ line }) => line)).toEqual([1, 3]);
		expect(table.errors).toMatchObject([{ line: 2, reason: "format" }]);
		expectEveryLineOnce(table);
	});

	it("name an unknown column of the whole file and keep the rows", () => {
		const table = read('{"kode":"32.73","tanggal":"2020-04-12","lain":1}');
		expect(table.errors).toMatchObject([
			{ line: null, column: "lain", reason: "columns" },
		]);
		expect(table.rows).toHaveLength(1);
		expectEveryLineOnce(table);
	});

	it("are refused whole where a column is missing, every line unread", () => {
		const table = read('{"kode":"32.73"}', '{"kode":"32.04"}');
		expect(table).toMatchObject({ rows: [], lines: 2, unread: 2 });
		expect(table.errors).toMatchObject([{ line: null, column: "tanggal" }]);
		expectEveryLineOnce(table);
	});

	it.each([
		'{"type":"FeatureCollection","features":[]}',
		'{"":1}',
		"{",
		'["kode"]',
	])("are none where the first line is another document: %s", (text) => {
		expect(read(text).errors).toMatchObject([
			{ line: null, reason: "format", found: "JSON, no CSV" },
		]);
	});

	it("hold quotes and separators in their cells", () => {
		const [row] = read(
			'{"kode":"32,73 \\"x\\"; |","tanggal":"2020-04-12","kon|f;":"a"}',
		).rows;
		expect(row?.cells.kode).toBe('32,73 "x"; |');
	});

	it("keep the number of a line that is not UTF-8", () => {
		const good = '{"kode":"32.73","tanggal":"2020-04-12"}\n';
		const bytes = new Uint8Array([
			...new TextEncoder().encode(good),
			...[0x7b, 0xff, 0x0a],
			...new TextEncoder().encode(good),
		]);
		const table = readTable(bytes, [SET]);
		expect(table.errors).toMatchObject([{ line: 2, reason: "encoding" }]);
		expectEveryLineOnce(table);
	});

	it("keep characters of two halves and escaped quotes", () => {
		const [row] = read(
			'{"kode":"\\ud83d\\ude37 \\"a\\\\","tanggal" : "2020-04-12"}',
		).rows;
		expect(row?.cells.kode).toBe('\u{1f637} "a\\');
	});

	it("are refused before a row of them is made where each has another name, so that a small file cannot fill the memory", () => {
		const lines = Array.from({ length: 3000 }, (_, n) => `{"a${n}":1}`);
		const made = linesOfObjects(lines, 1000);
		expect(made?.lines).toHaveLength(1);
		const table = read(...lines);
		expect(table).toMatchObject({ rows: [], lines: 3000, unread: 3000 });
		expect(table.errors).toMatchObject([
			{ line: null, reason: "columns", expected: "at most 1000 columns" },
		]);
		expectEveryLineOnce(table);
	});

	it("are refused where nearly all of many columns are left out in many lines", () => {
		const wide = Array.from({ length: 900 }, (_, n) => `"a${n}":1`).join();
		const lines = Array.from({ length: 20_000 }, () => '{"kode":"1"}');
		const all = ['{"kode":"1","tanggal":"2"}', "x", `{${wide}}`, ...lines];
		const table = read(...all);
		expect(table.rows).toEqual([]);
		expect(table.errors).toMatchObject([
			{ line: null, reason: "columns" },
			{ line: 2, reason: "format" },
		]);
		expectEveryLineOnce(table);
	});

	it("are read with a value of many megabytes", () => {
		const long = "x".repeat(12_000_000);
		const table = read(`{"kode":"${long}","tanggal":"2020-04-12"}`);
		expect(table.rows).toHaveLength(1);
		expect(table.errors).toEqual([]);
	});

	it("have no header among them: what looks like one turns no columns round and hides no lines", () => {
		const table = read(
			'{"kode":"a","tanggal":"1","konfirmasi":"5"}',
			'{"kode":"tanggal","tanggal":"kode","konfirmasi":"konfirmasi"}',
			'{"kode":"b","tanggal":"2","konfirmasi":"7"}',
			'{"kode":"kode;tanggal","tanggal":"tanggal"}',
			'{"kode":"c","tanggal":"3","konfirmasi":"9"}',
		);
		expect(table.rows.map(({ cells }) => cells.kode)).toEqual([
			...["a", "tanggal", "b", "kode;tanggal", "c"],
		]);
		expect(table).toMatchObject({ unread: 0, errors: [] });
		expectEveryLineOnce(table);
	});

	it("have a header of their own where their names are signs that part cells", () => {
		const table = read('{";":"kode","|":"tanggal"}', '{";":"1","|":"2"}');
		expect(table).toMatchObject({ rows: [], unread: 2 });
		expectEveryLineOnce(table);
	});
});
