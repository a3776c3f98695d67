import { expect, it } from "vitest";
import { EXCERPT_LENGTH } from "../../../core/reading/fault.ts";
import { readTable } from "../../../core/reading/table.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const table = (text: string) => readTable(bytes(text));
const rowsOf = (text: string) =>
	table(text).rows.map(({ line, cells }) => [line, ...Object.values(cells)]);

it("takes each line for a row: a stray quote costs its own line and no other", () => {
	const { rows, errors, lines } = table(
		'kode,nama,n\n35.01,"Pacitan,1\n35.02,Ponorogo,2\n35.03,Trenggalek",3\n35.04,Tulungagung,4\n',
	);
	expect(rows.map(({ line, cells }) => [line, cells.kode, cells.n])).toEqual([
		[3, "35.02", "2"],
		[5, "35.04", "4"],
	]);
	expect(errors.map(({ line, reason }) => [line, reason])).toEqual([
		[2, "columns"],
		[4, "columns"],
	]);
	expect(lines).toBe(5);
});

it("reads quoted cells with separators and doubled quotes in them", () => {
	expect(rowsOf('a,b,c\n"1,5","say ""ah""",\n"",x,""\n')).toEqual([
		[2, "1,5", 'say "ah"', ""],
		[3, "", "x", ""],
	]);
});

it.each([
	["two empty columns", "kode,n,,\n35.01,1,,\n35.02,2,,\n", 0],
	["one empty column", "kode,n,\n35.01,1,\n35.02,2,\n", 0],
	["surplus separators in rows", "kode,n\n35.01,1,,\n35.02,2\n", 0],
	["rows of separators", "kode,n\n35.01,1\n,\n35.02,2\n,,,\n\n", 3],
	["an empty column before the others", ",kode,n\n,35.01,1\n,35.02,2\n", 0],
])("hears nothing from %s", (_, text, blank) => {
	const result = table(text);
	expect(result.errors).toEqual([]);
	expect(result.columns).toEqual(["kode", "n"]);
	expect(result.rows.map(({ cells }) => [cells.kode, cells.n])).toEqual([
		["35.01", "1"],
		["35.02", "2"],
	]);
	expect(result.skipped.empty ?? 0).toBe(blank);
});

it("names a column that says something and has no name", () => {
	const result = table("kode,n,,x\n35.01,1,7,\n");
	expect(result.rows).toHaveLength(1);
	expect(result.errors).toMatchObject([
		{ line: 1, found: expect.stringContaining("column 3") },
	]);
});

it("accounts for every line: the header, rows, faults and blanks are the lines of the file", () => {
	const text = 'a,b\n1,2\n\n3\n"4,5\n,\n6,7';
	const { rows, errors, lines, skipped } = table(text);
	expect(lines).toBe(text.split("\n").length);
	expect(skipped).toEqual({ header: 1, empty: 2 });
	expect(rows.length + errors.length + 3).toBe(lines);
});

it("refuses a name that stands twice", () => {
	expect(table("a,b,a\n1,2,3\n").errors).toMatchObject([
		{ line: 1, column: "a", found: "a twice" },
	]);
});

it("loses only the lines that are not UTF-8, and takes no row for a header that could not be read", () => {
	const latin = (text: string) =>
		Uint8Array.from(text, (letter) => letter.charCodeAt(0));
	const rows = readTable(latin("nama,n\nKédiri,1\nBlitar,2\n"));
	expect(rows.rows.map(({ cells }) => cells.nama)).toEqual(["Blitar"]);
	expect(rows.errors).toMatchObject([
		{ line: 2, reason: "encoding", found: "bytes e9 64 69 72" },
	]);
	const header = readTable(latin("daérah,n\nKediri,1\nBlitar,2\n"));
	expect(header.rows).toEqual([]);
	expect(header.errors).toMatchObject([{ line: 1, reason: "encoding" }]);
});

it.each([
	["UTF-16", "\ufeffa,b\n1,2\n", "encoding", "UTF-16"],
	["JSON", '{"a": [1,\n2]}', "format", "JSON"],
	["HTML", "<!DOCTYPE html>\n<html>\n</html>", "format", "HTML"],
	["an archive", "PK\u0003\u0004rest", "format", "ZIP"],
])(
	"says in one line what a file is that is no CSV: %s",
	(kind, text, reason, found) => {
		const file =
			kind === "UTF-16"
				? Uint8Array.from(text, (letter) => letter.charCodeAt(0)).reduce<
						number[]
					>((out, _, at) => {
						const unit = text.charCodeAt(at);
						out.push(unit & 0xff, unit >> 8);
						return out;
					}, [])
				: [...bytes(text)];
		const { rows, errors } = readTable(Uint8Array.from(file));
		expect(rows).toEqual([]);
		expect(errors).toHaveLength(1);
		expect(errors[0]).toMatchObject({
			line: null,
			reason,
			found: expect.stringContaining(found),
		});
	},
);

it("reads a file whose lines end with CR alone, or with CR LF", () => {
	expect(rowsOf("a,b\r1,2\r3,4\r")).toEqual([
		[2, "1", "2"],
		[3, "3", "4"],
	]);
	expect(rowsOf("a;b\r\n1;2\r\n")).toEqual([[2, "1", "2"]]);
});

it("repeats at most a little of what it found, and needs no time for a long header", () => {
	const long = table(`a,b\n${"x".repeat(1_000_000)}\n`);
	expect(long.errors[0].found.length).toBeLessThanOrEqual(EXCERPT_LENGTH);
	const names = Array.from({ length: 200_000 }, (_, at) => `c${at}`);
	const wide = readTable(bytes(`${names.join(",")}\n`), [
		{ required: ["kode"], optional: [] },
	]);
	expect(wide.errors).toHaveLength(1);
	expect(wide.errors[0].found.length).toBeLessThanOrEqual(EXCERPT_LENGTH);
});

it("leaves a first column without a name alone where every column is taken: R and pandas number the rows there", () => {
	const { columns, rows, errors } = readTable(
		bytes('"","date","cases"\n"1","2020-03-01",3\n"2","2020-03-02",4\n'),
	);
	expect(errors).toEqual([]);
	expect(columns).toEqual(["date", "cases"]);
	expect(rows.map(({ cells }) => cells.cases)).toEqual(["3", "4"]);
});

it("goes by the header above a row: days put one below the other have their columns in whatever order", () => {
	const { rows, errors, skipped } = readTable(
		bytes(
			"kode,tanggal,n\n35.01,2020-05-01,100\nTanggal,kode,n\n2020-05-02,35.01,105\nkode,tanggal,jumlah\n35.01,2020-05-03,107\n",
		),
		[
			{
				required: ["kode", "tanggal"],
				optional: ["n"],
				otherNames: { n: ["jumlah"] },
			},
		],
	);
	expect(errors).toEqual([]);
	expect(rows.map(({ line, cells }) => ({ line, ...cells }))).toEqual([
		{ line: 2, kode: "35.01", tanggal: "2020-05-01", n: "100" },
		{ line: 4, kode: "35.01", tanggal: "2020-05-02", n: "105" },
		{ line: 6, kode: "35.01", tanggal: "2020-05-03", n: "107" },
	]);
	expect(skipped).toEqual({ header: 1, "repeated header": 2 });
});

it("reads nothing below a header that comes again and cannot be read, until one can", () => {
	const { rows, errors, unread, lines } = table(
		"a,b,c\n1,2,3\na,b,b\n4,5,6\n7,8,9\nc,b,a\n3,2,1\n",
	);
	expect(rows.map(({ line, cells }) => [line, cells.a])).toEqual([
		[2, "1"],
		[7, "1"],
	]);
	expect(errors).toMatchObject([{ line: 3, reason: "columns" }]);
	expect(unread).toBe(2);
	expect(lines).toBe(7);
});

it("knows a column by its name also with signs of no width in it, as a web page puts them in", () => {
	const { errors, columns } = readTable(
		bytes("ko\u200bde,n\u2060\n35.01,1\n"),
		[{ required: ["kode"], optional: ["n"] }],
	);
	expect(errors).toEqual([]);
	expect(columns).toEqual(["kode", "n"]);
});

it.each([
	["tab", "\t"],
	["bar", "|"],
	["semicolon", ";"],
])(
	"a file parted by %s is read as one parted by commas, with what Excel says of it",
	(_, sign) => {
		const lines = [
			`sep=${sign}`,
			["tanggal", "nama, lengkap", "jumlah"].join(sign),
			["2020-04-12", "Surabaya, Kota", "180"].join(sign),
			["", "", ""].join(sign),
			["2020-04-12", `"Bangkalan${sign}Kab."`, "1,5"].join(sign),
		];
		const result = table(`${lines.join("\n")}\n`);
		expect(result.errors).toEqual([]);
		expect(result.delimiter).toBe(sign);
		expect(
			result.rows.map(({ line, cells }) => [line, ...Object.values(cells)]),
		).toEqual([
			[3, "2020-04-12", "Surabaya, Kota", "180"],
			[5, "2020-04-12", `Bangkalan${sign}Kab.`, "1,5"],
		]);
		expect(result.skipped).toEqual({ separator: 1, header: 1, empty: 1 });
	},
);

it("a comma file keeps its commas although a name holds a tab or a bar", () => {
	expect(rowsOf("kode,nama,n\n35.01,A|B,1\n35.02,C\tD,2\n")).toEqual([
		[2, "35.01", "A|B", "1"],
		[3, "35.02", "C\tD", "2"],
	]);
});

it.each([
	["among rows without", "35.01,7,\n35.02,1,103,\n", [[2, "35.01", "7", ""]]],
	["alone", "35.02,1,103,\n35.03,12,204,\n", []],
])(
	"a count that its thousands cut in two is not read as two counts, in rows with a comma more %s",
	(_, rows, read) => {
		const { errors } = table(`kode,konfirmasi,sembuh\n${rows}`);
		expect(rowsOf(`kode,konfirmasi,sembuh\n${rows}`)).toEqual(read);
		expect(errors).not.toEqual([]);
		expect(errors.every(({ expected }) => expected.includes("thousands"))).toBe(
			true,
		);
	},
);

it("a comma at the end of every row says nothing, whatever the counts before it", () => {
	expect(rowsOf("kode,n,m\n35.01,7,8,\n35.02,1,103,\n")).toEqual([
		[2, "35.01", "7", "8"],
		[3, "35.02", "1", "103"],
	]);
	expect(rowsOf("kode,n,m,\n35.02,1,103,\n35.03,1,103\n")).toEqual([
		[2, "35.02", "1", "103"],
		[3, "35.03", "1", "103"],
	]);
});

it("a header that comes again, in another order and parted by another sign, is not passed over: below it nothing is read by the first", () => {
	const text =
		"kode,mati,positif\n35.01,1,3\nkode;positif;mati\n35.02,3,1\nkode,mati,positif\n35.03,1,3\n";
	const { errors, unread } = table(text);
	expect(rowsOf(text)).toEqual([
		[2, "35.01", "1", "3"],
		[6, "35.03", "1", "3"],
	]);
	expect(errors.map(({ line }) => line)).toEqual([3]);
	expect(unread).toBe(1);
});

it("a quoted name may hold more commas than there are columns", () => {
	expect(table('kode;n;"catatan: a, b, c, d, e"\n35.01;1;x\n')).toMatchObject({
		delimiter: ";",
		errors: [],
		rows: [{ line: 2 }],
	});
});
