import { unzipSync } from "fflate";
import { excerpt } from "../../core/reading/fault.ts";
import { csvText } from "../../core/writing/csv.ts";
import type { RowError } from "./report.ts";

/** Bytes that one part of a workbook may unfold into: sheets of stock are a thousandth of that, an archive made to fill the memory is not. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The first sheet of an XLSX workbook as CSV: row n of the sheet is line n, so that an error of a line is found in Excel under its number.
 * A CSV is returned as it is. A workbook writes numbers with a point, whatever its screen shows.
 */
export function asCsv(
	bytes: Uint8Array,
): { csv: Uint8Array; decimal: "point" | "unknown" } | { error: RowError } {
	// "PK": the archive that a workbook is.
	if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
		return { csv: bytes, decimal: "unknown" };
	try {
		const rows = rowsOf(bytes);
		return { csv: new TextEncoder().encode(csvText(rows)), decimal: "point" };
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

function rowsOf(bytes: Uint8Array): string[][] {
	const parts = unzipSync(bytes, {
		filter: ({ name, originalSize }) => {
			const wanted =
				/^xl\/(worksheets\/sheet\d+|sharedStrings|workbook|_rels\/workbook)\.xml(\.rels)?$/.test(
					name,
				);
			if (wanted && originalSize > MOST_BYTES)
				throw new Error(`${name} has ${originalSize} bytes`);
			return wanted;
		},
	});
	const text = (name: string): string | undefined => {
		const part = parts[name];
		return part && new TextDecoder().decode(part);
	};
	const sheet = text(firstSheet(text) ?? "xl/worksheets/sheet1.xml");
	if (sheet === undefined) throw new Error("no sheet");
	const shared = [
		...(text("xl/sharedStrings.xml") ?? "").matchAll(/<si>(.*?)<\/si>/gs),
	].map(([, item]) => textOf(item ?? ""));
	const rows: string[][] = [];
	for (const [, attributes = "", cells = ""] of sheet.matchAll(
		/<row\b([^>]*?)(?:\/>|>(.*?)<\/row>)/gs,
	)) {
		const number = Number(
			/\br="(\d+)"/.exec(attributes)?.[1] ?? rows.length + 1,
		);
		if (number > 1_048_576 || number <= rows.length)
			throw new Error(`row ${number} after row ${rows.length}`);
		while (rows.length < number - 1) rows.push([]);
		rows.push(cellsOf(cells, shared));
	}
	const width = Math.max(0, ...rows.map((row) => row.length));
	return rows.map((row) => [
		...row,
		...new Array<string>(width - row.length).fill(""),
	]);
}

/** The part of the sheet that stands first in the workbook. */
function firstSheet(
	text: (name: string) => string | undefined,
): string | undefined {
	const id = /<sheet\b[^>]*\br:id="([^"]+)"/.exec(
		text("xl/workbook.xml") ?? "",
	)?.[1];
	if (id === undefined) return undefined;
	for (const [relation] of (text("xl/_rels/workbook.xml.rels") ?? "").matchAll(
		/<Relationship\b[^>]*>/g,
	))
		if (relation.includes(`Id="${id}"`)) {
			const target = /Target="\/?(?:xl\/)?([^"]+)"/.exec(relation)?.[1];
			return target && `xl/${target}`;
		}
	return undefined;
}

function cellsOf(xml: string, shared: readonly string[]): string[] {
	const cells: string[] = [];
	for (const [, attributes = "", content = ""] of xml.matchAll(
		/<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs,
	)) {
		const letters = /\br="([A-Z]{1,3})\d+"/.exec(attributes)?.[1];
		const place = letters === undefined ? cells.length : placeOf(letters);
		while (cells.length < place) cells.push("");
		const type = /\bt="(\w+)"/.exec(attributes)?.[1];
		const value = /<v>(.*?)<\/v>/s.exec(content)?.[1] ?? "";
		cells[place] =
			type === "s"
				? (shared[Number(value)] ?? "")
				: type === "inlineStr"
					? textOf(content)
					: unescaped(value);
	}
	// A line is a row: what Excel breaks within a cell is one text here.
	return cells.map((cell) => cell.replace(/\s*[\r\n]+\s*/g, " "));
}

function placeOf(letters: string): number {
	let place = 0;
	for (const letter of letters) place = place * 26 + letter.charCodeAt(0) - 64;
	return place - 1;
}

/** The text of its runs, without what is read aloud beside it. */
function textOf(xml: string): string {
	return [
		...xml.replace(/<rPh\b.*?<\/rPh>/gs, "").matchAll(/<t\b[^>]*>(.*?)<\/t>/gs),
	]
		.map(([, run]) => unescaped(run ?? ""))
		.join("");
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
