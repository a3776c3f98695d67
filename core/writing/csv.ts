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

/** How cells become lines. */
export interface LineForm {
	readonly separator: "," | ";" | "\t";
	readonly lineEnd: "\n" | "\r\n";
	/** Around which cells; `none` is for cells that hold neither separators nor line ends. */
	readonly quotes: "needed" | "all" | "none";
}

/**
 * Writes cells, harmless already, as lines after RFC 4180. A package would do this line and no more: those there are (csv-stringify,
 * papaparse) know no formula behind spaces or a line end, and take the sign of a number in a text for one.
 */
export function csvLines(
	rows: readonly (readonly string[])[],
	{ separator, lineEnd, quotes }: LineForm,
): string {
	const special = new RegExp(`["\\n\\r${separator}]`);
	const written = (cell: string) =>
		quotes === "all" || (quotes === "needed" && special.test(cell))
			? `"${cell.replaceAll('"', '""')}"`
			: cell;
	return rows
		.map((row) => `${row.map(written).join(separator)}${lineEnd}`)
		.join("");
}

/**
 * Writes rows as CSV with commas and line feeds: numbers with a decimal point, text so that no spreadsheet runs it, in quotes where it
 * holds a separator, a quote or a line end.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
	return csvLines(
		rows.map((row) => row.map(harmlessCell)),
		{ separator: ",", lineEnd: "\n", quotes: "needed" },
	);
}

function harmlessCell(value: Cell): string {
	if (value === undefined || value === null || Number.isNaN(value)) return "";
	return typeof value === "number" ? String(value) : harmlessText(value);
}
