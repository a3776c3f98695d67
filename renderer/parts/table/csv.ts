import { harmlessText } from "../../../core/writing/csv.ts";

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

/** Name of a file: `blc-situasi_35_confirmed_2020-04-12.csv`, with LATIHAN first when the data is of an exercise. */
export function csvName(parts: {
	exercise: boolean;
	area: string;
	indicator: string;
	day: string;
}): string {
	const prefix = parts.exercise ? "LATIHAN_" : "";
	return `${prefix}blc-situasi_${parts.area}_${parts.indicator}_${parts.day}.csv`;
}
