import { describe, expect, it } from "vitest";
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
});
