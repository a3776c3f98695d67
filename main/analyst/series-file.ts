/**
 * Series files of the analysts: CSV or JSON rows with a date, one or more counts and, if wanted, an area. A date without
 * a row and an empty cell are "not reported" (NaN), never 0. Errors name file, row, column, what was found and expected.
 */

import { readFile, writeFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import { csvText } from "../../core/writing/csv.ts";

/** A row of an input file that cannot be used. */
export class FileError extends Error {
	override name = "FileError";
}

/** Rows as text by column name; `line` is 1-based in the file, for messages. */
export type TableFile = {
	path: string;
	columns: string[];
	rows: { line: number; cells: Record<string, string> }[];
};

function cellText(value: unknown): string {
	return value === null || value === undefined ? "" : String(value).trim();
}

/**
 * Reads a CSV with a header, or a JSON list of objects (or an object with such a list under `rows`).
 * @throws FileError
 */
export async function readTable(path: string): Promise<TableFile> {
	let text: string;
	try {
		text = await readFile(path, "utf8");
	} catch (error) {
		throw new FileError(
			`${path}: cannot be read: ${error instanceof Error ? error.message : error}`,
		);
	}
	if (/^\s*[[{]/.test(text)) return tableFromJson(path, text);
	let records: string[][];
	try {
		records = parse(text, {
			bom: true,
			skip_empty_lines: true,
			relax_column_count: false,
		});
	} catch (error) {
		throw new FileError(
			`${path}: not a CSV: ${error instanceof Error ? error.message : error}`,
		);
	}
	const [header, ...rest] = records;
	if (!header || rest.length === 0)
		throw new FileError(`${path}: found no rows, expected a header and rows`);
	const columns = header.map((name) => name.trim());
	return {
		path,
		columns,
		rows: rest.map((record, index) => ({
			line: index + 2,
			cells: Object.fromEntries(
				columns.map((column, at) => [column, cellText(record[at])]),
			),
		})),
	};
}

function tableFromJson(path: string, text: string): TableFile {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch (error) {
		throw new FileError(
			`${path}: not JSON: ${error instanceof Error ? error.message : error}`,
		);
	}
	const list =
		Array.isArray(parsed) || typeof parsed !== "object" || parsed === null
			? parsed
			: (parsed as { rows?: unknown }).rows;
	if (
		!Array.isArray(list) ||
		list.length === 0 ||
		!list.every((row) => typeof row === "object" && row !== null)
	)
		throw new FileError(
			`${path}: expected a list of objects, or an object with such a list under "rows"`,
		);
	return {
		path,
		columns: [...new Set(list.flatMap((row) => Object.keys(row)))],
		rows: list.map((row, index) => ({
			line: index + 1,
			cells: Object.fromEntries(
				Object.entries(row).map(([key, value]) => [key, cellText(value)]),
			),
		})),
	};
}

/** Reads a JSON object, e.g. a scenario. @throws FileError */
export async function readJsonObject(
	path: string,
): Promise<Record<string, unknown>> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(await readFile(path, "utf8"));
	} catch (error) {
		throw new FileError(
			`${path}: cannot be read as JSON: ${error instanceof Error ? error.message : error}`,
		);
	}
	if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
		throw new FileError(`${path}: expected a JSON object`);
	return parsed as Record<string, unknown>;
}

/** A day in a cell. @throws FileError */
export function dayCell(
	table: TableFile,
	row: TableFile["rows"][number],
	column: string,
): Day {
	const text = row.cells[column] ?? "";
	const day = dayFromIso(text.slice(0, 10));
	if (day === undefined)
		throw new FileError(
			`${table.path}, row ${row.line}, column ${column}: found "${text}", expected a date YYYY-MM-DD`,
		);
	return day;
}

/** A count in a cell; empty = NaN, "not reported". @throws FileError */
export function countCell(
	table: TableFile,
	row: TableFile["rows"][number],
	column: string,
): number {
	const text = row.cells[column] ?? "";
	if (text === "" || /^(na|nan|null)$/i.test(text)) return Number.NaN;
	const value = Number(text);
	if (!/^-?\d/.test(text) || !Number.isFinite(value))
		throw new FileError(
			`${table.path}, row ${row.line}, column ${column}: found "${text}", expected a number or nothing`,
		);
	return value;
}

/** @throws FileError when a column is not there */
export function requireColumn(table: TableFile, column: string): void {
	if (!table.columns.includes(column))
		throw new FileError(
			`${table.path}: no column "${column}"; found ${table.columns.join(", ")}`,
		);
}

/** Series of one area, every day from the first to the last. */
export type AreaSeries = {
	/** Empty when the file has no area column. */
	area: string;
	firstDay: Day;
	/** By column, NaN = not reported. */
	counts: Record<string, Float64Array>;
};

/**
 * Groups a table by area and lays each out day by day.
 * @param columns `date`, optional `area`, and the count columns wanted
 * @throws FileError for a missing column, a bad cell, or two rows for one area and date
 */
export function areaSeries(
	table: TableFile,
	columns: { date: string; area?: string | undefined; counts: string[] },
): AreaSeries[] {
	for (const column of [columns.date, ...columns.counts])
		requireColumn(table, column);
	const areaColumn = columns.area;
	if (areaColumn) requireColumn(table, areaColumn);
	type Entry = { day: Day; line: number; values: number[] };
	const byArea = new Map<string, Entry[]>();
	for (const row of table.rows) {
		const area = areaColumn ? (row.cells[areaColumn] ?? "") : "";
		const entry: Entry = {
			day: dayCell(table, row, columns.date),
			line: row.line,
			values: columns.counts.map((column) => countCell(table, row, column)),
		};
		const list = byArea.get(area);
		if (list) list.push(entry);
		else byArea.set(area, [entry]);
	}
	return [...byArea].map(([area, entries]) => {
		entries.sort((a, b) => a.day - b.day);
		const firstDay = (entries[0] as Entry).day;
		const days = (entries.at(-1) as Entry).day - firstDay + 1;
		if (days > 20_000)
			throw new FileError(
				`${table.path}: ${area || "the series"} spans ${days} days, expected at most 20,000`,
			);
		const laidOut = columns.counts.map(() =>
			new Float64Array(days).fill(Number.NaN),
		);
		let previous: Entry | undefined;
		for (const entry of entries) {
			if (previous?.day === entry.day)
				throw new FileError(
					`${table.path}, rows ${previous.line} and ${entry.line}: two rows for ${area ? `${area}, ` : ""}${isoFromDay(entry.day)}, expected one`,
				);
			previous = entry;
			for (const [at, value] of entry.values.entries())
				(laidOut[at] as Float64Array)[entry.day - firstDay] = value;
		}
		return {
			area,
			firstDay,
			counts: Object.fromEntries(
				columns.counts.map((column, at) => [
					column,
					laidOut[at] as Float64Array,
				]),
			),
		};
	});
}

/** One row of a result; undefined and NaN are written as nothing (CSV) or null (JSON). */
export type ResultRow = Record<string, string | number | undefined>;

/** Rows as CSV (columns in the order in which they first appear) or as a JSON list. */
export function formatRows(
	rows: readonly ResultRow[],
	format: "csv" | "json",
): string {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	if (format === "json")
		return `${JSON.stringify(
			rows.map((row) =>
				Object.fromEntries(
					columns.map((column) => {
						const value = row[column];
						return [
							column,
							value === undefined ||
							(typeof value === "number" && !Number.isFinite(value))
								? null
								: value,
						];
					}),
				),
			),
			null,
			1,
		)}\n`;
	return csvText([
		columns,
		...rows.map((row) => columns.map((column) => row[column])),
	]);
}

/** Writes rows to a file, or to standard output when none is named; the name's ending decides unless a format is given. */
export async function writeRows(
	rows: readonly ResultRow[],
	options: { output?: string; format?: "csv" | "json" },
): Promise<void> {
	const format =
		options.format ?? (options.output?.endsWith(".json") ? "json" : "csv");
	const text = formatRows(rows, format);
	if (options.output) await writeFile(options.output, text);
	else process.stdout.write(text);
}
