import { csvLines, harmlessText } from "../../../core/writing/csv.ts";

/** How a table leaves the screen: the program that reads it decides. */
export interface CsvForm {
	readonly separator: "," | ";" | "\t";
	readonly decimal: "." | ",";
	/** Excel reads `35.24` as a number, or as 3524; a text formula keeps the code. */
	readonly codes: "bare" | "formula";
	/** The byte order mark without which Excel reads UTF-8 as Windows-1252. */
	readonly mark: boolean;
}

/** What R, pandas and an English Excel read without being told anything: comma, decimal point, UTF-8. */
export const PLAIN: CsvForm = {
	separator: ",",
	decimal: ".",
	codes: "bare",
	mark: false,
};

/** What Excel with Indonesian settings reads: semicolon and decimal comma. */
export const EXCEL: CsvForm = {
	separator: ";",
	decimal: ",",
	codes: "formula",
	mark: true,
};

/** What is pasted into a spreadsheet: its decimal sign is that of the language the person works in. */
export function clipboardForm(language: "id" | "en"): CsvForm {
	return {
		separator: "\t",
		decimal: language === "id" ? "," : ".",
		codes: "bare",
		mark: false,
	};
}

export const BOM = "\uFEFF";

/**
 * Writes a cell: a number with the decimal sign of the form and no thousands sign, nothing for "not reported", any text so that it
 * cannot be run. Quotes are the writer's, except where there are none to be had: a cell for the clipboard holds no tab or line end.
 */
export function csvCell(
	value: unknown,
	column: "number" | "code" | "text",
	form: CsvForm,
): string {
	if (value === null || value === undefined) return "";
	if (column === "number" && typeof value === "number")
		return String(Number(value.toFixed(4))).replace(".", form.decimal);
	const text = String(value);
	if (column === "code" && form.codes === "formula" && /^[\w.-]+$/.test(text))
		return `="${text}"`;
	const safe = harmlessText(text);
	return form.separator === "\t" ? safe.replace(/[\t\r\n]+/g, " ") : safe;
}

/** A cell with the kind of its column. */
export interface CsvCell {
	readonly value: string | number | null;
	readonly kind: "number" | "code" | "text";
}

/**
 * Writes a table, its head first, every cell in quotes, lines ended as RFC 4180 has it; for the clipboard with tabs and without quotes.
 */
export function csvTable(
	heads: readonly string[],
	rows: readonly (readonly CsvCell[])[],
	form: CsvForm,
): string {
	const lines = csvLines(
		[
			heads.map((head) => csvCell(head, "text", form)),
			...rows.map((row) =>
				row.map(({ value, kind }) => csvCell(value, kind, form)),
			),
		],
		{
			separator: form.separator,
			lineEnd: "\r\n",
			quotes: form.separator === "\t" ? "none" : "all",
		},
	);
	return `${form.mark ? BOM : ""}${lines}`;
}

/** What a file is of: said in its name, so that two of them are told apart in a folder. */
export interface ExportOf {
	readonly exercise: boolean;
	/** What of the screen: "situasi", "tren". */
	readonly part: string;
	/** Code of the area. */
	readonly area: string;
	readonly indicator: string;
	/** ISO. */
	readonly day: string;
	/** ISO: "as known on", where that was asked for. */
	readonly asKnown: string | null;
}

export type ExportEnding = "csv" | "png" | "xlsx" | "geojson" | "mp4" | "webm";

/** Name of a file: `blc-situasi_35_confirmed_2020-04-12.csv`; LATIHAN first when the data is of an exercise. */
export function exportName(of: ExportOf, ending: ExportEnding): string {
	return [
		...(of.exercise ? ["LATIHAN"] : []),
		`blc-${of.part}`,
		of.area,
		of.indicator,
		of.day,
		...(of.asKnown === null ? [] : [`diketahui-${of.asKnown}`]),
	]
		.join("_")
		.concat(`.${ending}`);
}
