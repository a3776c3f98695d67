import { excerpt, type ReadingFault } from "./fault.ts";
import { documentFormat, readLines } from "./text.ts";

export interface TableRow {
	/** 1-based line in the file. */
	line: number;
	cells: Record<string, string>;
}

export interface Table {
	/** Names of the columns as they stand in the file; empty when the file could not be read as a table. */
	columns: string[];
	rows: TableRow[];
	errors: ReadingFault[];
	/** Lines behind the header that hold something: each is a row or has an error under its own number. */
	seen: number;
	/** Lines that hold nothing: empty, or separators only. With the header, `seen + blank + 1` are the lines of the file. */
	blank: number;
	/** What the cells are parted by. */
	delimiter: Delimiter;
}

export type Delimiter = "," | ";";

/** The columns that a reader knows, by name: their order in the file means nothing. */
export interface ColumnSet {
	required: readonly string[];
	/** May be there and is kept with the row. */
	optional: readonly string[];
}

/**
 * Reads a CSV file (comma or semicolon, UTF-8 with or without mark) with one of the column sets given.
 * The first set of which every required column is there is taken. A file that fits none is one error and has no rows; a column that
 * the set does not know is an error of the header, and its rows are kept; a row with more or fewer cells than columns is an error.
 * Without sets every column is known.
 *
 * A line is a row: a quoted cell ends on the line on which it begins, so that a stray quote costs its own line and never swallows
 * others. Columns without name and without content (Excel writes them at the edge) say nothing.
 */
export function readTable(
	bytes: Uint8Array,
	sets?: readonly ColumnSet[],
): Table & { set: ColumnSet | undefined } {
	const { lines, faults: errors } = readLines(bytes);
	const isBlank = (text: string | null) =>
		text !== null && /^[\s,;"]*$/.test(text);
	const at = lines.findIndex((text) => !isBlank(text));
	const seen = lines.reduce(
		(sum, text, index) => sum + (index > at && !isBlank(text) ? 1 : 0),
		0,
	);
	const none = {
		columns: [],
		rows: [],
		errors,
		seen,
		blank: lines.length - seen - (at < 0 ? 0 : 1),
		delimiter: "," as Delimiter,
		set: undefined,
	};
	const header = lines[at];
	if (header === undefined) {
		if (errors.length === 0)
			errors.push(headerError(1, null, "an empty file", "a header and rows"));
		return none;
	}
	// A header that cannot be decoded: no row may be taken for it.
	if (header === null) return none;
	const line = at + 1;
	const format = documentFormat(header);
	if (format) {
		errors.push({
			line: null,
			column: null,
			reason: "format",
			found: `${format}, no CSV`,
			expected: "a header and rows of CSV",
		});
		return none;
	}
	const delimiter = delimiterOf(header);
	const cells = cellsOf(header, delimiter);
	if (!cells) {
		errors.push(headerError(line, null, header, QUOTES));
		return none;
	}
	const columns = cells.map((name) => name.trim());
	while (columns.at(-1) === "") columns.pop();
	const repeated = firstRepeated(columns);
	if (repeated !== undefined) {
		errors.push(
			headerError(line, repeated, `${repeated} twice`, "each column once"),
		);
		return none;
	}
	const names = new Set(columns.filter((name) => name !== ""));
	const set = sets?.find(({ required }) =>
		required.every((name) => names.has(name)),
	);
	if (sets && !set) {
		errors.push(
			headerError(
				line,
				missingFrom(names, sets),
				columns.join(delimiter),
				sets.map(({ required }) => required.join(",")).join(" or "),
			),
		);
		return none;
	}
	if (set) {
		const known = new Set([...set.required, ...set.optional]);
		const expected = `one of ${[...known].join(",")}`;
		for (const name of names)
			if (!known.has(name))
				errors.push(headerError(line, name, name, expected));
	}
	const nameless = new Set<number>();
	const rows: TableRow[] = [];
	for (let index = at + 1; index < lines.length; index++) {
		const text = lines[index];
		if (text === null || text === undefined || isBlank(text)) continue;
		const record = cellsOf(text, delimiter);
		if (!record) {
			errors.push(rowError(index + 1, text, QUOTES));
			continue;
		}
		while (record.length > columns.length && record.at(-1)?.trim() === "")
			record.pop();
		if (record.length !== columns.length) {
			errors.push(
				rowError(
					index + 1,
					`${record.length} cells: ${text}`,
					`${columns.length} cells`,
				),
			);
			continue;
		}
		const named: [string, string][] = [];
		for (const [position, name] of columns.entries()) {
			const cell = record[position] ?? "";
			if (name !== "") named.push([name, cell]);
			else if (cell.trim() !== "") nameless.add(position);
		}
		rows.push({ line: index + 1, cells: Object.fromEntries(named) });
	}
	for (const position of nameless)
		errors.push(
			headerError(
				line,
				null,
				`content below column ${position + 1}, which has no name`,
				"a name for each column that says something",
			),
		);
	errors.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
	return { ...none, columns: [...names], rows, delimiter, set };
}

const QUOTES = "a quoted cell that ends on its line, with its quotes doubled";

/**
 * The cells of one line of CSV. A cell that begins with a quote ends with one, before a separator or the end of the line; quotes in it
 * are doubled.
 * @returns undefined when the quotes do not close on the line, or stand within a cell
 */
function cellsOf(line: string, delimiter: Delimiter): string[] | undefined {
	if (!line.includes('"')) return line.split(delimiter);
	const cells: string[] = [];
	for (let at = 0; ; at++) {
		if (line[at] === '"') {
			let cell = "";
			for (at++; ; ) {
				const quote = line.indexOf('"', at);
				if (quote < 0) return undefined;
				cell += line.slice(at, quote);
				at = quote + 1;
				if (line[at] !== '"') break;
				cell += '"';
				at++;
			}
			cells.push(cell);
		} else {
			const next = line.indexOf(delimiter, at);
			const cell = line.slice(at, next < 0 ? undefined : next);
			if (cell.includes('"')) return undefined;
			cells.push(cell);
			at += cell.length;
		}
		if (at >= line.length) return cells;
		if (line[at] !== delimiter) return undefined;
	}
}

/** What parts the header into more names. */
function delimiterOf(header: string): Delimiter {
	const count = (delimiter: Delimiter) =>
		(cellsOf(header, delimiter) ?? header.split(delimiter)).length;
	return count(";") > count(",") ? ";" : ",";
}

function firstRepeated(names: readonly string[]): string | undefined {
	const seen = new Set<string>();
	for (const name of names) {
		if (name !== "" && seen.has(name)) return name;
		seen.add(name);
	}
	return undefined;
}

/** The first required column that is missing from the set that fits best. */
function missingFrom(
	columns: ReadonlySet<string>,
	sets: readonly ColumnSet[],
): string | null {
	const missing = sets
		.map(({ required }) => required.filter((name) => !columns.has(name)))
		.sort((a, b) => a.length - b.length);
	return missing[0]?.[0] ?? null;
}

function headerError(
	line: number,
	column: string | null,
	found: string,
	expected: string,
): ReadingFault {
	return {
		line,
		column: column === null ? null : excerpt(column),
		reason: "columns",
		found: excerpt(found),
		expected: excerpt(expected),
	};
}

function rowError(line: number, found: string, expected: string): ReadingFault {
	return {
		line,
		column: null,
		reason: "columns",
		found: excerpt(found),
		expected,
	};
}
