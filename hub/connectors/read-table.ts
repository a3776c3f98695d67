import { type CsvError, type Info, parse } from "csv-parse/sync";
import type { RowError } from "../intake/report.ts";
import { readText } from "./read-text.ts";

export interface TableRow {
	/** 1-based line in the file. */
	line: number;
	cells: Record<string, string>;
}

export interface Table {
	/** Names of the columns as they stand in the file; empty when the file could not be read as a table. */
	columns: string[];
	rows: TableRow[];
	errors: RowError[];
	/** Data rows seen, good and bad. */
	seen: number;
}

/** The columns that a connector knows, by name: their order in the file means nothing. */
export interface ColumnSet {
	required: readonly string[];
	/** May be there and is kept with the row. */
	optional: readonly string[];
}

/**
 * Reads a CSV file (comma or semicolon, UTF-8 with or without mark) with one of the column sets given.
 * The first set of which every required column is there is taken. A file that fits none is one error and has no rows; a column that
 * the set does not know is an error of the header, and its rows are kept; a row with more or fewer cells than columns is an error.
 */
export function readTable(
	bytes: Uint8Array,
	sets: readonly ColumnSet[],
): Table & { set: ColumnSet | undefined } {
	const { text, errors } = readText(bytes);
	const skipped: CsvError[] = [];
	let records: { record: string[]; info: Info }[] = [];
	const firstLine = text.slice(0, text.search(/\r?\n|$/));
	try {
		records = parse(text, {
			bom: true,
			delimiter:
				firstLine.split(";").length > firstLine.split(",").length ? ";" : ",",
			info: true,
			relax_column_count: true,
			skip_empty_lines: true,
			skip_records_with_error: true,
			on_skip: (error) => {
				if (error) skipped.push(error);
				return undefined;
			},
		}) as unknown as typeof records;
	} catch (error) {
		skipped.push(error as CsvError);
	}
	for (const error of skipped)
		errors.push({
			line: typeof error.lines === "number" ? error.lines : null,
			column: null,
			reason: "columns",
			found: error.message,
			expected: "a row of CSV",
		});
	const header = records.shift();
	const columns = (header?.record ?? []).map((name) => name.trim());
	const none = { columns: [], rows: [], seen: records.length };
	if (!header) {
		if (errors.length === 0)
			errors.push(headerError(1, null, "an empty file", "a header and rows"));
		return { ...none, errors, set: undefined };
	}
	const line = header.info.lines;
	const repeated = columns.find((name, at) => columns.indexOf(name) !== at);
	if (repeated !== undefined) {
		errors.push(
			headerError(line, repeated, `${repeated} twice`, "each column once"),
		);
		return { ...none, errors, set: undefined };
	}
	const set = sets.find(({ required }) =>
		required.every((name) => columns.includes(name)),
	);
	if (!set) {
		errors.push(
			headerError(
				line,
				missingFrom(columns, sets),
				columns.join(","),
				sets.map(({ required }) => required.join(",")).join(" or "),
			),
		);
		return { ...none, errors, set: undefined };
	}
	const known = [...set.required, ...set.optional];
	for (const name of columns)
		if (!known.includes(name))
			errors.push(headerError(line, name, name, `one of ${known.join(",")}`));
	const rows: TableRow[] = [];
	for (const { record, info } of records) {
		if (record.length !== columns.length) {
			errors.push({
				line: info.lines,
				column: null,
				reason: "columns",
				found: `${record.length} cells: ${record.join(",").slice(0, 200)}`,
				expected: `${columns.length} cells`,
			});
			continue;
		}
		rows.push({
			line: info.lines,
			cells: Object.fromEntries(columns.map((name, at) => [name, record[at]])),
		});
	}
	return {
		columns,
		rows,
		errors,
		seen: records.length + skipped.length,
		set,
	};
}

/** The first required column that is missing from the set that fits best. */
function missingFrom(
	columns: readonly string[],
	sets: readonly ColumnSet[],
): string | null {
	const missing = sets
		.map(({ required }) => required.filter((name) => !columns.includes(name)))
		.sort((a, b) => a.length - b.length);
	return missing[0]?.[0] ?? null;
}

function headerError(
	line: number,
	column: string | null,
	found: string,
	expected: string,
): RowError {
	return { line, column, reason: "columns", found, expected };
}
