/** What a spreadsheet program must be told; `excel` is Excel with Indonesian settings. */
export type CsvKind = "plain" | "excel";

export const CSV_SEPARATOR = ";";

/** Byte order mark: without it Excel reads UTF-8 as Windows-1252. */
export const BOM = "\uFEFF";

/**
 * Writes a cell for a CSV of Indonesian settings: comma as decimal sign, no thousands sign (both programs then read a number),
 * nothing for "not reported". Codes are text: Excel would read `35.24` as 3524, so it gets them as a text formula.
 */
export function csvCell(
	value: unknown,
	column: "number" | "code" | "text",
	kind: CsvKind,
): string {
	if (value === null || value === undefined) return "";
	if (column === "number" && typeof value === "number")
		return String(Number(value.toFixed(4))).replace(".", ",");
	const text = String(value);
	if (column === "code") return kind === "excel" ? `="${text}"` : text;
	// A cell that begins like a formula would be run by the program that opens the file.
	return /^[=+@-]/.test(text) ? `'${text}` : text;
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
