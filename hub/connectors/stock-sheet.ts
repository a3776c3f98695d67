import { STOCK_SHEET } from "../../core/logistics/stock-sheet.ts";
import { readDay, readNumber } from "../../core/reading/cell.ts";
import type { ColumnSet } from "../../core/reading/table.ts";
import type { Day } from "../../core/series/day.ts";
import type { CataloguedItem, Connector } from "../reports/connector.ts";
import { countedDay, readFacilityForm } from "../reports/facility-form.ts";
import type { RowReader } from "../reports/read-row.ts";
import type { Parsed, StockRow } from "../reports/report.ts";

const SHEET: ColumnSet = {
	required: ["tanggal", "barang"],
	optional: STOCK_SHEET.map(({ name }) => name).filter(
		(name) => name !== "tanggal" && name !== "barang",
	),
	oneOf: ["kode_faskes", "faskes"],
	otherNames: Object.fromEntries(
		STOCK_SHEET.map(({ name, other }) => [name, [other]]),
	),
};

/** Columns of which a line of the empty form has none filled. */
const STATING = STOCK_SHEET.map(({ name }) => name).filter(
	(name) => name !== "barang" && name !== "satuan",
);

/** Columns that state an amount, and what they state. */
const AMOUNTS = [
	["stok_awal", "opening"],
	["penerimaan", "received"],
	["pemakaian", "used"],
	["sisa_stok", "closing"],
	["dalam_perjalanan", "in_transit"],
	["permintaan", "requested"],
] as const;

/**
 * What the packs of the catalogue are called otherwise, by their names there. A dus may be the box or a carton of many, a tabung of 1 m³ or of 6:
 * of such a word the size is not known.
 */
const PACKS: Readonly<Record<string, RegExp>> = {
	bottle: /^(?:bottles|botol)$/i,
	box: /^(?:boxes|boks|kotak)$/i,
	"cylinder 6m3": /^tabung 6 ?m[3³]$/i,
	pack: /^(?:packs|pak)$/i,
	rack: /^(?:racks|rak)$/i,
	roll: /^(?:rolls|rol)$/i,
};
const UNITS: Readonly<Record<string, RegExp>> = {
	Each: /^(?:each|buah|pcs|pieces?|biji|lembar|unit)$/i,
	Pair: /^(?:pairs?|pasang)$/i,
	Unit: /^(?:units?|set|buah)$/i,
	"1T/kit": /^(?:1t\/kit|tes|tests?|reaksi)$/i,
	m3: /^(?:m3|m³)$/i,
	Kg: /^kg$/i,
	Lt: /^(?:lt|l|liter|litre)$/i,
};

/**
 * A sheet of stock in the form of the LPLPO (request and use report): a line for each item of a facility, further lines for further lots of it.
 * CSV, or the first sheet of an XLSX workbook; docs/operations.md describes the columns.
 */
export const stockSheet: Connector = {
	key: "stock-sheet",
	describes:
		"a sheet of stock in the form of the LPLPO, CSV or XLSX (kode_faskes or faskes and kode_wilayah, tanggal, barang, stok_awal, penerimaan, pemakaian, sisa_stok, lot, …); `hub template stock` writes an empty one. Doubtful counts are taken in and wait for a person",
	source: {
		key: "stock-sheet",
		idName: "Lembar stok (LPLPO)",
		enName: "Sheets of stock (LPLPO)",
		idOrder:
			"Satu-satunya sumber penerimaan, pemakaian, lot, dan permintaan; untuk sisa stok setelah laporan harian",
		enOrder:
			"The only source of what was received and used, of lots and requests; of stock after the daily report",
		rank: 23,
		cadence: "irregular",
	},

	parse(bytes, context): Parsed {
		const items = new Map(context.items?.map((item) => [item.id, item]));
		return readFacilityForm<StockRow>(
			bytes,
			SHEET,
			context,
			(reader) => STATING.some((name) => reader.cell(name).trim() !== ""),
			({ reader, facility, asOf, dayZero, ...row }) => {
				const day = row.day("tanggal");
				const firstDay =
					reader.cell("sejak").trim() === ""
						? day
						: row.day("sejak", day ?? asOf);
				const item = items.get(reader.cell("barang").trim());
				if (!item)
					reader.fail(
						"barang",
						"unknown-item",
						"the id of an item of the catalogue (hub template stock lists them)",
					);
				const size = item && unitsOf(reader, item);
				const values: StockRow["values"] = {};
				for (const [column, name] of AMOUNTS) {
					const amount = amountOf(reader, column, {
						size,
						mayBeNegative: name === "closing",
					});
					if (amount !== undefined) values[name] = amount;
				}
				const lot = lotOf(reader, { dayZero, size }, values.closing);
				if (
					facility === undefined ||
					day === undefined ||
					firstDay === undefined ||
					!item
				)
					return undefined;
				if (Object.keys(values).length === 0 && lot === undefined) return null;
				return {
					...{ facility, item: item.id, day, firstDay, asOf },
					...{ line: reader.line, values },
					...(lot ? { lot } : {}),
				};
			},
			(stock) => ({ stock }),
		);
	},
};

/** Units of the catalogue in one of what the row counts. */
function unitsOf(reader: RowReader, item: CataloguedItem): number | undefined {
	const written = reader.cell("satuan").trim();
	if (written === "" || written.toLowerCase() === item.unit.toLowerCase())
		return 1;
	if (UNITS[item.unit]?.test(written)) return 1;
	const { pack } = item;
	if (
		pack &&
		(/^(?:kemasan|packs?)$/i.test(written) ||
			written.toLowerCase() === pack.name.toLowerCase() ||
			PACKS[pack.name]?.test(written))
	)
		return pack.size;
	return reader.fail(
		"satuan",
		"unknown-unit",
		pack
			? `${item.unit}, or kemasan (${pack.name} of ${pack.size})`
			: `${item.unit}: no pack is known of this item`,
	);
}

interface AmountForm {
	size: number | undefined;
	/** A count below nothing is taken in and waits for a person; a receipt below nothing is none. */
	mayBeNegative?: boolean;
}

function amountOf(
	reader: RowReader,
	column: string,
	{ size, mayBeNegative = false }: AmountForm,
): number | undefined {
	const text = reader.cell(column);
	if (text === "") return undefined;
	const reading = readNumber(text);
	if (!reading.ok) return reader.fail(column, reading.reason, reading.expected);
	if (reading.value < 0 && !mayBeNegative)
		return reader.fail(column, "negative", "an amount of 0 or more");
	if (Math.abs(reading.value) > MOST_UNITS)
		return reader.fail(column, "not-a-number", `at most ${MOST_UNITS}`);
	return reading.value * (size ?? 1);
}

/** No shelf holds more. */
const MOST_UNITS = 1e9;

function lotOf(
	reader: RowReader,
	{ dayZero, size }: AmountForm & { dayZero: Day },
	closing: number | undefined,
): StockRow["lot"] {
	const units = amountOf(reader, "jumlah_lot", { size });
	const id = reader.cell("lot").trim();
	const expiry = reader.cell("kedaluwarsa").trim();
	if (id === "" && expiry === "" && units === undefined) return undefined;
	if (id === "" || id.length > 60)
		return reader.fail("lot", "columns", "the number of the lot");
	const reading = expiry === "" ? undefined : readDay(expiry);
	const expires =
		countedDay(expiry, dayZero) ?? (reading?.ok ? reading.value : undefined);
	if (reading && expires === undefined)
		return reader.fail("kedaluwarsa", "not-a-day", "a day such as 2021-12-31");
	const held = units ?? closing;
	if (held === undefined || held < 0)
		return reader.fail("jumlah_lot", "not-a-number", "the units of the lot");
	return { id, units: held, expires: expires ?? null };
}
