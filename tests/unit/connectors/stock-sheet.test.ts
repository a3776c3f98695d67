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
