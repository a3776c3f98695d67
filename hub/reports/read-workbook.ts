import { crc32 } from "node:zlib";
import { unzipSync } from "fflate";
import { excerpt } from "../../core/reading/fault.ts";
import type { Day } from "../../core/series/day.ts";
import { csvText } from "../../core/writing/csv.ts";
import type { RowError } from "./report.ts";

/** Bytes that one part of a workbook may unfold into: sheets of stock are a thousandth of that, an archive made to fill the memory is not. */
const MOST_BYTES = 64 * 1024 * 1024;
/** The rows that Excel has, the columns that a table may have, and cells of all facilities and items many times over. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 1000;
const MOST_CELLS = 10_000_000;

/** The day before the first that Excel counts; programs of old Macs count from 1904, and say so in their workbooks. */
const DAY_ZERO = { 1900: -25569, 1904: -24107 } as const;

/** A table as CSV, and the day 0 of the days that are written as numbers in it. */
export interface WrittenTable {
	csv: Uint8Array;
	dayZero: Day;
	/** Further sheets that are not hidden and hold something: nothing of them is read. */
	sheetsUnread: readonly string[];
}

/**
 * The first sheet of an XLSX workbook that is not hidden, as CSV: row n of the sheet is line n, so that an error of a line is found in Excel
 * under its number. A CSV is returned as it is. What a cell shows by its format is not asked, only what it holds: a formula is what it came to
 * when the workbook was saved, and stays one where nothing reckoned it.
 */
export function asCsv(bytes: Uint8Array): WrittenTable | { error: RowError } {
	// "PK": the archive that a workbook is.
	if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
		return { csv: bytes, dayZero: DAY_ZERO[1900], sheetsUnread: [] };
	try {
		const { rows, ...rest } = firstSheet(bytes);
		return { csv: new TextEncoder().encode(csvText(rows)), ...rest };
	} catch (error) {
		return {
			error: {
				line: null,
				column: null,
				reason: "format",
				found: excerpt(`a workbook that cannot be read: ${error}`),
				expected:
					"an XLSX workbook of which the first sheet is the table, or CSV",
			},
		};
	}
}

function firstSheet(
	bytes: Uint8Array,
): Omit<WrittenTable, "csv"> & { rows: string[][] } {
	const sums = checksums(bytes);
	/** A part of the archive, as it was put in: fflate holds nothing against its checksum. */
	const part = (name: string): string | undefined => {
		const found = unzipSync(bytes, {
			filter: ({ name: one, originalSize }) => {
				if (one === name && originalSize > MOST_BYTES)
					throw new Error(`${name} has ${originalSize} bytes`);
				return one === name;
			},
		})[name];
		if (found && crc32(found) !== sums.get(name))
			throw new Error(`${name} is damaged`);
		return found && new TextDecoder("utf-8", { fatal: true }).decode(found);
	};
	/** Ids and names of the sheets that are not hidden. */
	const shown: { id: string; name: string }[] = [];
	let dayZero: Day = DAY_ZERO[1900];
	for (const tag of tagsOf(part("xl/workbook.xml") ?? "")) {
		if (tag.name === "workbookPr" && /^(?:1|true)$/.test(tag.of("date1904")))
			dayZero = DAY_ZERO[1904];
		if (tag.name === "sheet" && !/^(?:very)?hidden$/i.test(tag.of("state")))
			shown.push({ id: tag.of(":id"), name: tag.of("name") });
	}
	const places = new Map<string, string>();
	for (const tag of tagsOf(part("xl/_rels/workbook.xml.rels") ?? ""))
		if (tag.name === "Relationship")
			places.set(
				tag.of("Id"),
				tag.of("Target").replace(/^\/?(?:xl\/)?/, "xl/"),
			);
	const sheetOf = (one: { id: string } | undefined) => {
		const place = one && places.get(one.id);
		return place === undefined ? undefined : part(place);
	};
	const [first, ...further] = shown;
	const sheet = sheetOf(first);
	if (sheet === undefined) throw new Error("no sheet");
	return {
		rows: rowsOf(sheet, textsOf(part("xl/sharedStrings.xml") ?? "")),
		dayZero,
		// A chart, and the blank sheets that older programs add to each workbook, have no cell with a value.
		sheetsUnread: further
			.filter((one) => /<(?:\w+:)?(?:v|is)[\s>]/.test(sheetOf(one) ?? ""))
			.map(({ name }) => excerpt(name)),
	};
}

/** What the directory at the end of an archive says of its parts (APPNOTE.TXT, 4.3.12 and 4.3.16). @throws RangeError where there is none */
function checksums(bytes: Uint8Array): Map<string, number> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let end = bytes.length - 22;
	while (view.getUint32(end, true) !== 0x06054b50) end--;
	const sums = new Map<string, number>();
	let at = view.getUint32(end + 16, true);
	for (let left = view.getUint16(end + 10, true); left > 0; left--) {
		const length = view.getUint16(at + 28, true);
		const name = bytes.subarray(at + 46, at + 46 + length);
		sums.set(new TextDecoder().decode(name), view.getUint32(at + 16, true));
		at +=
			46 +
			length +
			view.getUint16(at + 30, true) +
			view.getUint16(at + 32, true);
	}
	return sums;
}

interface Tag {
	/** Without its prefix. */
	name: string;
	opens: boolean;
	closes: boolean;
	/** An attribute; of `:id` with any prefix. "": there is none. */
	of(attribute: string): string;
	/** What stands behind it up to the next tag. */
	text: string;
}

/** The tags of a part one after the other: each costs its own length, however they are put together. */
function* tagsOf(xml: string): Generator<Tag> {
	// Excel writes neither; a cell within them would be taken, or one passed over.
	if (/<!(?:--|\[|D)/.test(xml))
		throw new Error("comments, CDATA or a DOCTYPE");
	for (const [, inside = "", text = ""] of xml.matchAll(/<([^<>]*)>([^<]*)/g)) {
		const [, end, name = ""] =
			/^(\/?)(?:[^\s:/]+:)?([^\s:/]+)/.exec(inside) ?? [];
		yield {
			name,
			opens: end === "",
			closes: end === "/" || inside.endsWith("/"),
			of: (attribute) =>
				unescaped(
					new RegExp(
						`\\s${attribute.replace(/^:/, "[\\w.-]+:")}\\s*=\\s*["']([^"']*)`,
					).exec(inside)?.[1] ?? "",
				),
			text: unescaped(text),
		};
	}
}

/** The texts that cells name by their number. */
function textsOf(xml: string): string[] {
	const texts: string[] = [];
	let aloud = false;
	for (const { name, opens, closes, text } of tagsOf(xml)) {
		if (name === "si" && opens) texts.push("");
		// What is read aloud beside a text is none of it.
		if (name === "rPh") aloud = !closes;
		if (name === "t" && opens && !closes && !aloud)
			texts[texts.length - 1] += text;
	}
	return texts;
}

interface OpenCell {
	place: number;
	type: string;
	formula: string;
	value: string;
	text: string;
}

function rowsOf(xml: string, texts: readonly string[]): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let cell: OpenCell | undefined;
	let cells = 0;
	for (const { name, opens, closes, of, text } of tagsOf(xml)) {
		if (name === "row" && opens) {
			const number = Number(of("r") || rows.length + 1);
			if (!(number > rows.length && number <= MOST_ROWS))
				throw new Error(`row ${number} after row ${rows.length}`);
			while (rows.length < number - 1) rows.push([]);
			row = [];
			rows.push(row);
		} else if (name === "c" && opens) {
			const letters = /^[A-Z]{1,3}(?=\d)/.exec(of("r"))?.[0];
			cell = {
				place: letters === undefined ? (cell?.place ?? -1) + 1 : at(letters),
				...{ type: of("t"), formula: "", value: "", text: "" },
			};
		}
		if (name === "row") cell = undefined;
		if (!cell) continue;
		if (opens && name === "v") cell.value += text;
		if (opens && name === "f") cell.formula += text || "?";
		if (opens && name === "t") cell.text += text;
		if (!closes || name !== "c") continue;
		const said = saidIn(cell, texts);
		if (said === "") continue;
		if (cell.place >= MOST_COLUMNS)
			throw new Error(`a cell in column ${cell.place + 1}`);
		cells += Math.max(0, cell.place + 1 - row.length);
		if (cells > MOST_CELLS) throw new Error(`more than ${MOST_CELLS} cells`);
		while (row.length < cell.place) row.push("");
		row[cell.place] = said;
	}
	// A row ends with its last cell that says something, and a line has a cell for each column.
	const filled = rows.filter(({ length }) => length > 0);
	const width = filled[0]?.length ?? 0;
	if (filled.length * width > MOST_CELLS)
		throw new Error(`more than ${MOST_CELLS} cells`);
	for (const one of filled) while (one.length < width) one.push("");
	return rows;
}

function at(letters: string): number {
	let place = 0;
	for (const letter of letters) place = place * 26 + letter.charCodeAt(0) - 64;
	return place - 1;
}

/** What a cell holds, as a person would write it into a CSV. */
function saidIn(
	{ type, formula, value, text }: OpenCell,
	texts: readonly string[],
): string {
	switch (type) {
		case "s": {
			const shared = texts[Number(value)];
			if (shared === undefined) throw new Error(`no text ${value}`);
			return oneLine(shared);
		}
		case "inlineStr":
			return oneLine(text);
		case "str":
			return oneLine(value);
		case "b":
			return value === "0" ? "FALSE" : "TRUE";
		default:
			if (value === "") return formula && `=${formula}`;
			// With a point whatever the screen shows, and never in thousands: that must not be in doubt where it stands among texts.
			return /^-?\d{1,3}\.\d{3}$/.test(value) ? `${value}0` : value;
	}
}

/** A line is a row: what Excel breaks within a cell is one text here. */
function oneLine(text: string): string {
	return text
		.split(/[\r\n]+/)
		.map((part) => part.trim())
		.join(" ");
}

const ENTITIES: Readonly<Record<string, string>> = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
};

function unescaped(text: string): string {
	return text.replace(
		/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
		(all, hex, number, name) =>
			name === undefined
				? String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(number))
				: (ENTITIES[name] ?? all),
	);
}
