/** A cell as a table has it: nothing when it is undefined, null or NaN ("not reported" is never 0). */
export type Cell = string | number | null | undefined;

/**
 * Begins what a spreadsheet runs: = + - @, also in full width and behind spaces; and tab or line ends, which such programs skip before
 * they look.
 */
const FORMULA = /^(?:[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;
/** A number with its sign, which no program runs. */
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$/;

/** The text as no spreadsheet runs it: an apostrophe before what would begin a formula. Numbers are left as they are. */
export function harmlessText(text: string): string {
	return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/**
 * Writes rows as CSV after RFC 4180, with line feeds: numbers with a decimal point, text so that no spreadsheet runs it, in quotes where
 * it holds a separator, a quote or a line end.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
	return rows.map((row) => `${row.map(csvField).join(",")}\n`).join("");
}

function csvField(value: Cell): string {
	if (value === undefined || value === null || Number.isNaN(value)) return "";
	if (typeof value === "number") return String(value);
	const text = harmlessText(value);
	return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
