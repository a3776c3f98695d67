import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import writeXlsxFile from "write-excel-file/node";
import { day } from "../../../core/series/day.ts";
import { stockTemplate } from "../../../hub/command/template.ts";
import { stockSheet } from "../../../hub/connectors/stock-sheet.ts";
import type { ConnectorContext } from "../../../hub/reports/connector.ts";
import type { Parsed } from "../../../hub/reports/report.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { loadItems } from "../../../resources/catalogue/load.ts";

const tree = loadAreaTree();
const CONTEXT: ConnectorContext = {
	tree,
	bridge: null,
	people: () => null,
	facilities: [
		{
			code: "3573001",
			kind: "hospital",
			name: "RSUD Dr. Saiful Anwar",
			area: "35.73",
		},
		{
			code: "GUDANG-35",
			kind: "warehouse",
			name: "Gudang Jawa Timur",
			area: "35",
		},
	] as unknown as ConnectorContext["facilities"],
	items: loadItems().items.map(({ id, unit, pack }) => ({
		id,
		unit,
		pack: pack?.value ?? null,
	})),
	path: "/in/lplpo_2020-12-26.csv",
	asOf: null,
	received: day("2020-12-27"),
};

function parse(bytes: Uint8Array): Parsed {
	const parsed = stockSheet.parse(bytes, CONTEXT);
	const wrong = new Set(
		parsed.errors.flatMap(({ line }) => (line === null ? [] : [line])),
	);
	expect(
		(parsed.stock?.length ?? 0) +
			wrong.size +
			parsed.unread +
			Object.values(parsed.skipped).reduce((sum, lines) => sum + lines, 0),
		"every line is taken in, wrong or skipped",
	).toBe(parsed.lines);
	return parsed;
}
const csv = (...lines: string[]) =>
	parse(new TextEncoder().encode(`${lines.join("\n")}\n`));

const HEADER =
	"kode_faskes;faskes;kode_wilayah;tanggal;sejak;barang;satuan;stok_awal;penerimaan;pemakaian;sisa_stok;lot;kedaluwarsa;jumlah_lot;dalam_perjalanan;permintaan";

describe("a sheet of stock", () => {
	it("states amounts in units of the catalogue, also where the sheet counts packs, with further lots on further lines", () => {
		const { stock, errors, asOf } = csv(
			HEADER,
			"3573001;;;2020-12-26;2020-12-01;mask-health-worker;box;10;4;6;8;A1;2021-05-31;5;2;20",
			"3573001;;;2020-12-26;;mask-health-worker;kemasan;;;;;B7;;3;;",
			"GUDANG-35;;;2020-12-26;;gloves-examination;pasang;;;;1.200,5;;;;;",
		);
		expect(errors).toEqual([]);
		expect(asOf).toBe(day("2020-12-26"));
		expect(stock).toEqual([
			{
				facility: "3573001",
				item: "mask-health-worker",
				day: day("2020-12-26"),
				firstDay: day("2020-12-01"),
				asOf: day("2020-12-26"),
				line: 2,
				values: {
					opening: 500,
					received: 200,
					used: 300,
					closing: 400,
					in_transit: 100,
					requested: 1000,
				},
				lot: { id: "A1", units: 250, expires: day("2021-05-31") },
			},
			expect.objectContaining({
				line: 3,
				values: {},
				lot: { id: "B7", units: 150, expires: null },
			}),
			expect.objectContaining({
				facility: "GUDANG-35",
				values: { closing: 1200.5 },
			}),
		]);
	});

	it("names each error by row and column, with what was found and what is expected", () => {
		const { stock, errors } = csv(
			HEADER,
			"9999999;;;2020-12-26;;respirator;;;;;5;;;;;",
			"3573001;;;26/12/2020;;respirator;;;;;5;;;;;",
			"3573001;;;2020-12-26;;masker;;;;;5;;;;;",
			"3573001;;;2020-12-26;;x-ray;dus;;;;5;;;;;",
			"3573001;;;2020-12-26;;respirator;;;-4;;5;;;;;",
			"3573001;;;2020-12-26;;respirator;;;;;1.103;;;;;",
			"3573001;;;2020-12-28;;respirator;;;;;5;;;;;",
		);
		expect(stock).toEqual([]);
		expect(
			errors.map(({ line, column, reason, found }) => [
				line,
				column,
				reason,
				found,
			]),
		).toEqual([
			[2, "kode_faskes", "unknown-facility", "9999999"],
			[3, "tanggal", "not-a-day", "26/12/2020"],
			[4, "barang", "unknown-item", "masker"],
			[5, "satuan", "unknown-unit", "dus"],
			[6, "penerimaan", "negative", "-4"],
			[7, "sisa_stok", "not-a-number", "1.103"],
			[8, "tanggal", "impossible-day", "2020-12-28"],
		]);
		expect(errors.every(({ expected }) => expected !== "")).toBe(true);
	});

	it("a pack by its own name in both languages is one; a word that may be a pack of another size is none", () => {
		const units = (item: string, unit: string) =>
			csv(HEADER, `3573001;;;2020-12-26;;${item};${unit};;;;2;;;;;`).stock?.map(
				({ values }) => values.closing,
			);
		for (const unit of ["kemasan", "box", "boks", "Kotak"])
			expect(units("mask-patient", unit), unit).toEqual([100]);
		expect(units("oxygen", "tabung 6m3")).toEqual([12]);
		expect(units("hand-rub", "botol")).toEqual([1]);
		// A carton of boxes, a cylinder of one cubic metre, a roll of what comes in boxes.
		expect(units("mask-patient", "dus")).toEqual([]);
		expect(units("mask-patient", "rol")).toEqual([]);
		expect(units("oxygen", "tabung")).toEqual([]);
	});

	it("the code of one facility beside the place of another is no line of either", () => {
		const of = (code: string, place: string) =>
			csv(HEADER, `${code};;${place};2020-12-26;;respirator;;;;;5;;;;;`);
		for (const place of ["35.73", "35", "", "Kota Malang"])
			expect(of("3573001", place).errors, place).toEqual([]);
		expect(of("GUDANG-35", "35.73").errors).toEqual([]);
		for (const place of ["35.78", "32", "32.73"]) {
			const { stock, errors } = of("3573001", place);
			expect(stock, place).toEqual([]);
			expect(errors).toMatchObject([
				{ line: 2, column: "kode_wilayah", reason: "two-areas" },
			]);
		}
	});

	it("finds a hospital without a code by its name in its area with a stated score, and lets a doubtful one wait", () => {
		const { stock, errors, remarks } = csv(
			HEADER,
			";RSUD Dr Saiful Anwar;35.73;2020-12-26;;respirator;;;;;5;;;;;",
			";RSUD Saiful;35.73;2020-12-26;;respirator;;;;;5;;;;;",
			";;;2020-12-26;;respirator;;;;;5;;;;;",
		);
		expect(stock?.map(({ facility }) => facility)).toEqual(["3573001"]);
		expect(remarks).toMatchObject([{ method: "Jaro-Winkler" }]);
		expect(errors.map(({ line, column }) => [line, column])).toEqual([
			[3, "faskes"],
			[4, "kode_faskes"],
		]);
	});

	it("takes a count below nothing in, so that a person sees it, and an empty cell for nothing at all", () => {
		const { stock, skipped } = csv(
			HEADER,
			"3573001;;;2020-12-26;;respirator;;;;;-5;;;;;",
			"3573001;;;2020-12-26;;face-shield;;;;;;;;;;",
		);
		expect(stock?.map(({ values }) => values)).toEqual([{ closing: -5 }]);
		expect(skipped["no counts"]).toBe(1);
	});

	it("is read from an Excel workbook as from CSV, by the numbers of its rows, days as Excel keeps them too", async () => {
		const columns = [
			"kode_faskes",
			"tanggal",
			"barang",
			"sisa_stok",
			"lot",
			"kedaluwarsa",
		];
		const text = (value: string) => ({ value });
		const workbook = await writeXlsxFile([
			columns.map(text),
			[
				text("3573001"),
				{
					value: new Date(Date.UTC(2020, 11, 26)),
					type: Date,
					format: "yyyy-mm-dd",
				},
				text("respirator"),
				{ value: 2.125, type: Number },
				text("A & B"),
				text("2021-05-31"),
			],
			[],
			[text("3573001"), text("2020-12-26"), text("masker"), text("5")],
		]).toBuffer();
		const { stock, errors } = parse(workbook);
		expect(stock).toMatchObject([
			{
				line: 2,
				day: day("2020-12-26"),
				values: { closing: 2.125 },
				lot: { id: "A & B", units: 2.125, expires: day("2021-05-31") },
			},
		]);
		expect(errors).toMatchObject([
			{ line: 4, column: "barang", found: "masker" },
		]);
	});

	describe("in a workbook of another program than Excel, or of nobody's good will", () => {
		const COLUMNS = ["kode_faskes", "tanggal", "barang", "sisa_stok", "lot"];
		const inline = (text: string, at = "") =>
			`<c${at && ` r="${at}"`} t="inlineStr"><is><t>${text}</t></is></c>`;
		const HEAD = `<row r="1">${COLUMNS.map((name) => inline(name)).join("")}</row>`;
		const line = (count: string, more = "") =>
			`<row r="2">${["3573001", "2020-12-26", "respirator"].map((text) => inline(text)).join("")}${count}${more}</row>`;
		const parts = (
			rows: string,
			{
				shared = "",
				sheets = '<sheet name="A" sheetId="1" r:id="r1"/>',
				properties = "",
			} = {},
		) => ({
			"xl/workbook.xml": strToU8(
				`<workbook>${properties}<sheets>${sheets}</sheets></workbook>`,
			),
			"xl/_rels/workbook.xml.rels": strToU8(
				'<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
			),
			"xl/worksheets/sheet1.xml": strToU8(
				`<worksheet><sheetData>${rows}</sheetData></worksheet>`,
			),
			...(shared && {
				"xl/sharedStrings.xml": strToU8(`<sst>${shared}</sst>`),
			}),
		});
		const workbook = (...given: Parameters<typeof parts>) =>
			parse(zipSync(parts(...given)));
		const closings = ({ stock }: Parsed) =>
			stock?.map(({ values }) => values.closing);

		it("a count that was typed as text is read as in CSV: 1.500 may be one and a half", () => {
			const typed = workbook(HEAD + line(inline("1.500")));
			expect(typed.stock).toEqual([]);
			expect(typed.errors).toMatchObject([
				{ line: 2, column: "sisa_stok", found: "1.500" },
			]);
			expect(closings(workbook(HEAD + line("<c><v>1.125</v></c>")))).toEqual([
				1.125,
			]);
		});

		it("an empty shared text keeps its number, so that no item takes the name of the one after it", () => {
			const shared =
				"<si/><si><t/></si><si><t>respirator</t></si><si><t>face-shield</t></si>";
			const { stock } = workbook(
				`${HEAD}<row r="2">${inline("3573001")}${inline("2020-12-26")}<c t="s"><v>2</v></c><c><v>5</v></c></row>`,
				{ shared },
			);
			expect(stock).toMatchObject([{ item: "respirator" }]);
		});

		it("tags under a prefix, runs of a text and cells of one tag are read", () => {
			const rows = HEAD + line("<c><v>5</v></c>", '<c r="E2" s="1"/>');
			const { stock, errors } = workbook(
				rows
					.replace("<t>respirator</t>", "<r><t/></r><r><t>respirator</t></r>")
					.replace(/<(\/?)(\w)/g, "<$1x:$2"),
			);
			expect(errors).toEqual([]);
			expect(stock).toMatchObject([{ values: { closing: 5 } }]);
		});

		it("a formula that no program has reckoned, an error and a yes are no counts", () => {
			for (const cell of [
				"<c><f>C2+C3</f></c>",
				"<c><f>C2+C3</f><v></v></c>",
				'<c t="e"><v>#REF!</v></c>',
				'<c t="b"><v>1</v></c>',
			]) {
				const { stock, errors } = workbook(HEAD + line(cell));
				expect(stock).toEqual([]);
				expect(errors).toMatchObject([{ line: 2, column: "sisa_stok" }]);
			}
			expect(
				closings(workbook(HEAD + line("<c><f>2+3</f><v>5</v></c>"))),
			).toEqual([5]);
		});

		it("days that are counted from 1904 are those days", () => {
			const rows = (HEAD + line("<c><v>5</v></c>")).replace(
				inline("2020-12-26"),
				"<c><v>42729</v></c>",
			);
			for (const date1904 of ["1", "true"])
				expect(
					workbook(rows, {
						properties: `<workbookPr date1904="${date1904}"/>`,
					}).stock,
				).toMatchObject([{ day: day("2020-12-26") }]);
			expect(
				workbook(rows, { properties: '<workbookPr date1904="0"/>' }).stock,
			).toMatchObject([{ day: day("2016-12-25") }]);
		});

		it("the first sheet is the first that is shown", () => {
			const { stock } = parse(
				zipSync({
					...parts(HEAD + line("<c><v>1</v></c>"), {
						sheets:
							'<sheet name="Lama" sheetId="1" state="hidden" r:id="r1"/><sheet name="Baru" sheetId="2" r:id="r2"/>',
					}),
					"xl/worksheets/sheet2.xml": strToU8(HEAD + line("<c><v>2</v></c>")),
				}),
			);
			expect(stock).toMatchObject([{ values: { closing: 2 } }]);
		});

		it("further sheets that hold something are named, and nothing of them is read", () => {
			const sheets = ["Januari", "Februari", "Kosong"];
			const { stock, remarks } = parse(
				zipSync({
					...parts(HEAD + line("<c><v>1</v></c>"), {
						sheets: sheets
							.map(
								(name, at) =>
									`<sheet name="${name}" sheetId="${at + 1}" r:id="r${at + 1}"/>`,
							)
							.join(""),
					}),
					"xl/worksheets/sheet2.xml": strToU8(HEAD + line("<c><v>2</v></c>")),
				}),
			);
			expect(stock).toMatchObject([{ values: { closing: 1 } }]);
			expect(remarks).toEqual([{ sheetsUnread: ["Februari"] }]);
			expect(workbook(HEAD + line("<c><v>1</v></c>")).remarks).toEqual([]);
		});

		it("is refused whole where one byte of it is another, or it is not all there", () => {
			const bytes = zipSync(parts(HEAD + line("<c><v>500</v></c>")), {
				level: 0,
			});
			const at = Buffer.from(bytes).indexOf("<v>500");
			const changed = bytes.slice();
			changed[at + 3] = "9".charCodeAt(0);
			for (const wrong of [changed, bytes.subarray(0, -30)]) {
				const { stock, errors } = parse(wrong);
				expect(stock).toBeUndefined();
				expect(errors).toMatchObject([{ line: null, reason: "format" }]);
			}
		});

		it("that would fill the memory is refused in words, and one of very many lines is not", () => {
			for (const rows of [
				`${HEAD}${line("")}<row r="3">${inline("x", "ZZZ3")}</row>`,
				`${HEAD}<row r="2">${`${inline("x", "ALL2")}</row><row>`.repeat(10_500)}</row>`,
				`${HEAD}<row r="9999999">${inline("x")}</row>`,
				`${HEAD}<!-- <row r="2">-->`,
			]) {
				const { stock, errors } = workbook(rows);
				expect(stock).toBeUndefined();
				expect(errors).toMatchObject([{ line: null, reason: "format" }]);
			}
			const many = workbook(
				`${HEAD}${`<row>${inline("x")}</row>`.repeat(130_000)}`,
			);
			expect(many.lines).toBe(130_001);
			expect(many.errors.every(({ reason }) => reason !== "format")).toBe(true);
		});

		it("a cell of ten megabytes of blanks, and a hundred thousand rows that never end, cost no more than their length", () => {
			expect(
				workbook(HEAD + line("<c><v>5</v></c>", inline(" ".repeat(1e7)))).stock,
			).toMatchObject([{ values: { closing: 5 } }]);
			expect(workbook(HEAD + "<row><c><is>".repeat(1e5)).stock).toEqual([]);
		});
	});

	it("that is no workbook although it begins as one is refused whole, in words", () => {
		const { stock, errors } = parse(new TextEncoder().encode("PK no archive"));
		expect(stock).toBeUndefined();
		expect(errors).toMatchObject([{ line: null, reason: "format" }]);
	});
});

it("reads the form that `hub template stock` writes, filled in: each column and each item of it is known", () => {
	const items = CONTEXT.items ?? [];
	const [head, ...lines] = stockTemplate(items).trimEnd().split("\n");
	expect(lines).toHaveLength(items.length);
	// A line that nobody filled in says nothing.
	expect(parse(new TextEncoder().encode(stockTemplate(items)))).toMatchObject({
		errors: [],
		stock: [],
		skipped: { header: 1, "no counts": items.length },
	});
	const filled = lines.map((line) => {
		const cells = line.split(",");
		const at = (name: string) => head?.split(",").indexOf(name) ?? -1;
		cells[at("kode_faskes")] = "3573001";
		cells[at("tanggal")] = "2020-12-26";
		cells[at("sisa_stok")] = "10";
		return cells.join(",");
	});
	const { errors, stock } = parse(
		new TextEncoder().encode([head, ...filled].join("\n")),
	);
	expect(errors).toEqual([]);
	expect(stock).toHaveLength(items.length);
});
