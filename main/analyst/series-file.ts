/**
 * Series files of the analysts: CSV or JSON rows with a date, one or more counts and, if wanted, an area. A date without
 * a row and an empty cell are "not reported" (NaN), never 0. Text, tables, days and numbers are read by core/reading, as the hub
 * reads them; errors name file, row, column, what was found and expected.
 */

import { readFile, writeFile } from "node:fs/promises";
import { isNothing, readDay, readNumber } from "../../core/reading/cell.ts";
import { excerpt, type ReadingFault } from "../../core/reading/fault.ts";
import { isObject, readJson as parseJson } from "../../core/reading/json.ts";
import { readTable as readCsv } from "../../core/reading/table.ts";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import { csvText } from "../../core/writing/csv.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { type Bound, mostPeople } from "./known-people.ts";
import { tell } from "./terminal.ts";

/** A row of an input file that cannot be used. */
export class FileError extends Error {
	override name = "FileError";
}

/** Rows as text by column name; `line` is 1-based in the file, for messages. */
export type TableFile = {
	path: string;
	columns: string[];
	rows: { line: number; cells: Record<string, string> }[];
	/** `point` where a point in a measured quantity can only be the decimal sign: JSON, and tables parted by commas. */
	decimal: "point" | "unknown";
	/** JSON numbers: no sign for thousands exists. */
	json: boolean;
};

type Row = TableFile["rows"][number];

/** The largest quantity that any input may state: beyond it sums are no longer exact, and solvers fail without naming it. */
const LARGEST = 1e15;
const FAULTS_SHOWN = 5;

async function bytesOf(path: string): Promise<Uint8Array> {
	try {
		return await readFile(path);
	} catch (error) {
		throw new FileError(
			`${path}: cannot be read: ${error instanceof Error ? error.message : error}`,
		);
	}
}

function faultsOf(path: string, faults: readonly ReadingFault[]): FileError {
	const lines = faults
		.slice(0, FAULTS_SHOWN)
		.map(({ line, column, found, expected }) => {
			const where = [
				path,
				...(line === null ? [] : [`row ${line}`]),
				...(column === null ? [] : [`column ${column}`]),
			].join(", ");
			return `${where}: found ${found}, expected ${expected}`;
		});
	if (faults.length > FAULTS_SHOWN)
		lines.push(`${path}: ${faults.length - FAULTS_SHOWN} more such rows`);
	return new FileError(lines.join("\n"));
}

/** A value of a row, where it stands, what was found and what is expected. */
export function cellError(
	table: TableFile,
	row: Row,
	column: string,
	expected: string,
): FileError {
	return new FileError(
		`${table.path}, row ${row.line}, column ${column}: found "${excerpt(row.cells[column] ?? "")}", expected ${expected}`,
	);
}

/**
 * Reads a CSV with a header, or a JSON list of objects (or an object with such a list under `rows`).
 * @throws FileError
 */
export async function readTable(path: string): Promise<TableFile> {
	const bytes = await bytesOf(path);
	// A byte order mark and spaces may stand before the bracket.
	const start = String.fromCharCode(...bytes.subarray(0, 64));
	if (/^(?:\u00ef\u00bb\u00bf)?\s*[[{]/.test(start))
		return tableFromJson(path, bytes);
	const { columns, rows, errors, delimiter } = readCsv(bytes);
	if (errors.length > 0) throw faultsOf(path, errors);
	if (rows.length === 0)
		throw new FileError(`${path}: found no rows, expected a header and rows`);
	for (const row of rows)
		for (const column of columns) row.cells[column] = row.cells[column].trim();
	return {
		path,
		columns,
		rows,
		decimal: delimiter === "," ? "point" : "unknown",
		json: false,
	};
}

function tableFromJson(path: string, bytes: Uint8Array): TableFile {
	const parsed = jsonOf(path, bytes);
	const list =
		Array.isArray(parsed) || typeof parsed !== "object" || parsed === null
			? parsed
			: (parsed as { rows?: unknown }).rows;
	if (!Array.isArray(list) || list.length === 0 || !list.every(isObject))
		throw new FileError(
			`${path}: expected a list of objects, or an object with such a list under "rows"`,
		);
	return {
		path,
		columns: [...new Set(list.flatMap((row) => Object.keys(row)))],
		rows: list.map((row, index) => ({
			line: index + 1,
			cells: Object.fromEntries(
				Object.entries(row).map(([key, value]) => {
					if (typeof value === "object" && value !== null)
						throw new FileError(
							`${path}, row ${index + 1}, column ${excerpt(key)}: found ${excerpt(JSON.stringify(value))}, expected a text, a number or null`,
						);
					return [key, value === null ? "" : String(value).trim()];
				}),
			),
		})),
		decimal: "point",
		json: true,
	};
}

function jsonOf(path: string, bytes: Uint8Array): unknown {
	const reading = parseJson(bytes);
	if ("fault" in reading) throw faultsOf(path, [reading.fault]);
	return reading.value;
}

/** Reads JSON. @throws FileError */
export async function readJson(path: string): Promise<unknown> {
	return jsonOf(path, await bytesOf(path));
}

/** Reads a JSON object, e.g. a scenario. @throws FileError */
export async function readJsonObject(
	path: string,
): Promise<Record<string, unknown>> {
	const parsed = await readJson(path);
	if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
		throw new FileError(`${path}: expected a JSON object`);
	return parsed as Record<string, unknown>;
}

/** A day in a cell. @param latest the last day that can be @throws FileError */
export function dayCell(
	table: TableFile,
	row: Row,
	column: string,
	latest = Number.POSITIVE_INFINITY,
): Day {
	const reading = readDay(row.cells[column] ?? "");
	if (!reading.ok)
		throw cellError(
			table,
			row,
			column,
			reading.reason === "impossible-day"
				? reading.expected
				: "a date YYYY-MM-DD",
		);
	if (reading.value > latest)
		throw cellError(
			table,
			row,
			column,
			`${isoFromDay(latest)}, today, or earlier: what was counted has happened`,
		);
	return reading.value;
}

/** A count in a cell, 0 or more; empty = NaN, "not reported". A sign for thousands that may be a decimal sign is refused. @throws FileError */
export function countCell(table: TableFile, row: Row, column: string): number {
	return numberCell(table, row, column, table.json ? "point" : "unknown");
}

/** A count of people in a cell, as `countCell`: no more of an area than it has. @throws FileError */
export function peopleCell(
	table: TableFile,
	row: Row,
	column: string,
	{ most, because }: Bound,
): number {
	const count = countCell(table, row, column);
	if (count > most)
		throw cellError(table, row, column, `at most ${most}, ${because}`);
	return count;
}

/**
 * A measured quantity (a volume, a price, a weight) in a cell, 0 or more; empty = NaN, "not known". In a table parted by commas the point
 * is the decimal sign. @throws FileError
 */
export function measureCell(
	table: TableFile,
	row: Row,
	column: string,
): number {
	return numberCell(table, row, column, table.decimal);
}

function numberCell(
	table: TableFile,
	row: Row,
	column: string,
	decimal: "point" | "unknown",
): number {
	const text = row.cells[column] ?? "";
	if (isNothing(text)) return Number.NaN;
	const reading = readNumber(text, decimal);
	if (!reading.ok)
		throw cellError(table, row, column, `${reading.expected}, or nothing`);
	if (reading.value < 0)
		throw cellError(
			table,
			row,
			column,
			"a number of 0 or more (keep corrections apart)",
		);
	if (reading.value > LARGEST)
		throw cellError(table, row, column, `at most ${LARGEST}`);
	return reading.value;
}

/** @throws FileError when a column is not there */
export function requireColumn(table: TableFile, column: string): void {
	if (!table.columns.includes(column))
		throw new FileError(
			`${table.path}: no column "${column}"; found ${excerpt(table.columns.join(", "))}`,
		);
}

/** @throws FileError when one column is to be read as two things */
export function requireDistinct(
	table: TableFile,
	columns: readonly (string | undefined)[],
): void {
	const given = columns.filter((column) => column !== undefined);
	const twice = given.find((column, at) => given.indexOf(column) !== at);
	if (twice !== undefined)
		throw new FileError(
			`${table.path}: column "${twice}" was named for two things, expected a column for each`,
		);
}

/** Names of a column in one spelling each: two that differ in capitals, spaces or the form of an accent may be one and are refused. */
export class SpelledNames {
	readonly #first = new Map<string, { name: string; line: number }>();

	/** The name in a row. @throws FileError */
	read(table: TableFile, row: Row, column: string): string {
		const name = row.cells[column] ?? "";
		if (name === "") throw cellError(table, row, column, "a name");
		const key = name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
		const known = this.#first.get(key);
		if (!known) this.#first.set(key, { name, line: row.line });
		else if (known.name !== name)
			throw new FileError(
				`${table.path}, rows ${known.line} and ${row.line}, column ${column}: found "${excerpt(known.name)}" and "${excerpt(name)}", expected one spelling of a name`,
			);
		return name;
	}
}

/** Series of one area, every day from the first to the last. */
export type AreaSeries = {
	/** Empty when the file has no area column. */
	area: string;
	firstDay: Day;
	/** By column, NaN = not reported. */
	counts: Record<string, Float64Array>;
	/** Row of the file that a day comes from; undefined for a day without a row. */
	rowOf(day: Day): number | undefined;
};

/**
 * Groups a table by area and lays each out day by day.
 * @param columns `date`, optional `area`, and the columns wanted with counts of people
 * @param latest the last day that can be, where the counts are of what has happened
 * @throws FileError for a missing column, a bad cell, more cases than people, or two rows for one area and date
 */
export function areaSeries(
	table: TableFile,
	columns: { date: string; area?: string | undefined; counts: string[] },
	latest?: Day,
): AreaSeries[] {
	const areaColumn = columns.area;
	const named = [columns.date, areaColumn, ...columns.counts];
	for (const column of named)
		if (column !== undefined) requireColumn(table, column);
	requireDistinct(table, named);
	const names = new SpelledNames();
	type Entry = { day: Day; line: number; values: number[] };
	const byArea = new Map<string, { most: Bound; entries: Entry[] }>();
	for (const row of table.rows) {
		const area =
			areaColumn === undefined ? "" : names.read(table, row, areaColumn);
		let known = byArea.get(area);
		if (!known) {
			known = { most: mostPeople(area), entries: [] };
			byArea.set(area, known);
		}
		const { most, entries } = known;
		entries.push({
			day: dayCell(table, row, columns.date, latest),
			line: row.line,
			values: columns.counts.map((column) =>
				peopleCell(table, row, column, most),
			),
		});
	}
	return [...byArea].map(([area, { entries }]) => {
		entries.sort((a, b) => a.day - b.day);
		const firstDay = (entries[0] as Entry).day;
		const lastDay = (entries.at(-1) as Entry).day;
		const days = lastDay - firstDay + 1;
		if (days > 20_000)
			throw new FileError(
				`${table.path}: ${area || "the series"} goes from ${isoFromDay(firstDay)} (row ${entries[0]?.line}) to ${isoFromDay(lastDay)} (row ${entries.at(-1)?.line}), ${days} days; expected at most 20,000`,
			);
		const laidOut = columns.counts.map(() =>
			new Float64Array(days).fill(Number.NaN),
		);
		const lines = new Map<Day, number>();
		for (const entry of entries) {
			const previous = lines.get(entry.day);
			if (previous !== undefined)
				throw new FileError(
					`${table.path}, rows ${previous} and ${entry.line}: two rows for ${area ? `${area}, ` : ""}${isoFromDay(entry.day)}, expected one`,
				);
			lines.set(entry.day, entry.line);
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
			rowOf: (day) => lines.get(day),
		};
	});
}

/** One row of a result; undefined and NaN are written as nothing (CSV) or null (JSON). */
export type ResultRow = Record<string, string | number | undefined>;

/** Rows as CSV (columns in the order in which they first appear) or as a JSON list. */
export function formatRows(
	rows: readonly ResultRow[],
	format: "csv" | "json",
	ofNone: readonly string[] = [],
): string {
	const columns =
		rows.length === 0
			? ofNone
			: [...new Set(rows.flatMap((row) => Object.keys(row)))];
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

/**
 * Writes rows to a file, or to standard output when none is named; the name's ending decides unless a format is given.
 * @param nothing why there may be none, and the columns of the empty table where that is an answer (no place is short); without columns
 * nothing is written and the command fails: an empty line is no result
 */
export async function writeRows(
	rows: readonly ResultRow[],
	options: { output?: string; format?: "csv" | "json" },
	nothing: { why: string; columns?: readonly string[] },
): Promise<void> {
	if (rows.length === 0) {
		tell(`no rows: ${nothing.why}\n`);
		if (!nothing.columns) {
			process.exitCode = EXIT.incomplete;
			return;
		}
	}
	const format =
		options.format ?? (options.output?.endsWith(".json") ? "json" : "csv");
	const text = formatRows(rows, format, nothing.columns);
	if (options.output) await writeFile(options.output, text);
	else process.stdout.write(text);
}
