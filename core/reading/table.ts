import { isNothing } from "./cell.ts";
import { EXCERPT_LENGTH, excerpt, type ReadingFault } from "./fault.ts";
import { documentFormat, readLines } from "./text.ts";

export interface TableRow {
	/** 1-based line in the file. */
	line: number;
	/** By the name under which the column set knows the column, else as it stands in the file. */
	cells: Record<string, string>;
	/** As the file has it, by its own names; the beginning of a cell that is too long to be kept. */
	raw: Record<string, string>;
}

/** Why a line is neither a row nor wrong. */
export type SkipReason = "header" | "repeated header" | "empty" | "separator";

export interface Table {
	/** Names of the columns as the set knows them, else as they stand in the file; empty when the file could not be read as a table. */
	columns: string[];
	rows: TableRow[];
	errors: ReadingFault[];
	/** Lines of the file: each is a row, or skipped, or unread, or has an error under its own number. */
	lines: number;
	/** Lines of which nothing is known because the header, or the file as a whole, could not be read. */
	unread: number;
	/** Lines that say nothing, by reason. A header with an error is not among them. */
	skipped: Partial<Record<SkipReason, number>>;
	/** What the cells are parted by. */
	delimiter: Delimiter;
}

export type Delimiter = "," | ";";

/** The columns that a reader knows, by name: their order in the file means nothing. */
export interface ColumnSet {
	required: readonly string[];
	/** May be there and is kept with the row. */
	optional: readonly string[];
	/** Of these at least one is there too: without them a row states nothing. */
	oneOf?: readonly string[];
	/** What else a column may be called. Of two columns for one thing the filled one counts; where both are, they must agree. */
	otherNames?: Readonly<Record<string, readonly string[]>>;
}

/** No table of reports has more columns; a header of a million is refused before anything is looked up. */
const MOST_COLUMNS = 1000;

/** A line with as many cells is no row, and is not cut up further. */
const MOST_CELLS = 5000;

/** Unknown columns that are named one by one. */
const MOST_NAMED = 10;

/**
 * Reads a CSV file (comma or semicolon, UTF-8 with or without mark) with one of the column sets given.
 * The first set of which every required column is there, under any of its names and in capitals or not, is taken. A file that fits none is one error and has no rows; a column that
 * the set does not know is an error of the header, and its rows are kept; a row with more or fewer cells than columns is an error.
 * Without sets every column is known.
 *
 * A line is a row: a quoted cell ends on the line on which it begins, so that a stray quote costs its own line and never swallows
 * others. Columns without name and without content (Excel writes them at the edge) say nothing, nor do lines without content, the header
 * where it comes again, and Excel's `sep=;`.
 */
export function readTable(
	bytes: Uint8Array,
	sets?: readonly ColumnSet[],
): Table & { set: ColumnSet | undefined } {
	const { lines, count, faults: errors } = readLines(bytes);
	const skipped: Table["skipped"] = {};
	const skip = (reason: SkipReason) => {
		skipped[reason] = (skipped[reason] ?? 0) + 1;
	};
	const none = {
		columns: [],
		rows: [],
		errors,
		lines: count,
		unread: 0,
		skipped,
		delimiter: "," as Delimiter,
		set: undefined,
	};
	const nothing = () => {
		const known = new Set(errors.map(({ line }) => line));
		known.delete(null);
		const said = Object.values(skipped).reduce((sum, n) => sum + n, 0);
		return { ...none, unread: count - said - known.size };
	};
	let at = 0;
	for (; at < lines.length; at++) {
		const text = lines[at] ?? null;
		if (isBlank(text)) skip("empty");
		else if (text !== null && /^sep=[,;]$/i.test(text)) skip("separator");
		else break;
	}
	const header = lines[at];
	if (header === undefined) {
		if (errors.length === 0)
			errors.push(
				headerError(null, null, "an empty file", "a header and rows"),
			);
		return nothing();
	}
	// A header that cannot be decoded: no row may be taken for it.
	if (header === null) return nothing();
	const line = at + 1;
	const refused = (column: string | null, found: string, expected: string) => {
		errors.push(headerError(line, column, found, expected));
		return nothing();
	};
	const format = documentFormat(header);
	if (format) {
		errors.push({
			line: null,
			column: null,
			reason: "format",
			found: `${format}, no CSV`,
			expected: "a header and rows of CSV",
		});
		return nothing();
	}
	const delimiter = delimiterOf(header);
	const cells = cellsOf(header, delimiter);
	if (!cells) return refused(null, header, QUOTES);
	const own = cells.map((name) => name.trim());
	if (own.length < MOST_CELLS) while (own.at(-1) === "") own.pop();
	if (own.length > MOST_COLUMNS)
		return refused(
			null,
			`${own.length < MOST_CELLS ? own.length : `${MOST_CELLS} or more`} columns: ${header.slice(0, EXCERPT_LENGTH)}`,
			`at most ${MOST_COLUMNS} columns`,
		);
	const repeated = firstRepeated(sets ? own.map(folded) : own);
	if (repeated !== undefined)
		return refused(repeated, `${repeated} twice`, "each column once");
	const found = sets && bestSet(own, sets);
	if (sets && !found)
		return refused(
			missingFrom(own, sets),
			own.join(delimiter),
			sets.map(({ required }) => required.join(",")).join(" or "),
		);
	const columns = found ? found.columns : own;
	const names = new Set(columns.filter((name) => name !== ""));
	const { oneOf } = found?.set ?? {};
	if (oneOf && !oneOf.some((name) => names.has(name)))
		return refused(
			null,
			own.join(delimiter),
			`at least one of ${oneOf.join(",")}`,
		);
	if (found) {
		const known = new Set([...found.set.required, ...found.set.optional]);
		const expected = `one of ${[...known].join(",")}`;
		const unknown = [...names].filter((name) => !known.has(name));
		for (const name of unknown.slice(0, MOST_NAMED))
			errors.push(headerError(line, name, name, expected));
		if (unknown.length > MOST_NAMED)
			errors.push(
				headerError(
					line,
					null,
					`${unknown.length - MOST_NAMED} more columns: ${unknown.slice(MOST_NAMED, 2 * MOST_NAMED).join(",")}`,
					expected,
				),
			);
	}
	const isShared = names.size < columns.filter((name) => name !== "").length;
	const kept = own.map(excerpt);
	const isRenamed = columns.some((name, position) => name !== kept[position]);
	const heading = own.map(folded).join("\n");
	const nameless = new Set<number>();
	const rows: TableRow[] = [];
	for (let index = at + 1; index < lines.length; index++) {
		const text = lines[index];
		if (text === null || text === undefined) continue;
		if (isBlank(text)) {
			skip("empty");
			continue;
		}
		const record = cellsOf(text, delimiter);
		if (!record) {
			errors.push(rowError(index + 1, text, QUOTES));
			continue;
		}
		const isCut = record.length === MOST_CELLS;
		while (
			!isCut &&
			record.length > columns.length &&
			record.at(-1)?.trim() === ""
		)
			record.pop();
		if (record.length !== columns.length) {
			errors.push(
				rowError(
					index + 1,
					`${record.length}${isCut ? " or more" : ""} cells: ${text.slice(0, EXCERPT_LENGTH)}`,
					`${columns.length} cells`,
				),
			);
			continue;
		}
		if (
			folded(record[0] ?? "") === folded(own[0] ?? "") &&
			record.map(folded).join("\n") === heading
		) {
			skip("repeated header");
			continue;
		}
		const named: [string, string][] = [];
		const raw: [string, string][] = [];
		let disagree: string | undefined;
		let isLong = false;
		for (let position = 0; position < columns.length; position++) {
			const name = columns[position] as string;
			const cell = record[position] as string;
			if (name === "") {
				if (cell.trim() !== "") nameless.add(position);
				continue;
			}
			isLong ||= cell.length > EXCERPT_LENGTH;
			if (isRenamed) raw.push([kept[position] as string, cell]);
			named.push([name, cell]);
		}
		if (isShared) disagree = join(named);
		if (disagree !== undefined) {
			errors.push({
				line: index + 1,
				column: disagree,
				reason: "columns",
				found: excerpt(
					raw
						.filter((_, place) => named[place]?.[0] === disagree)
						.map(([name, cell]) => `${name} ${cell}`)
						.join(", "),
				),
				expected: "the same in both columns, or one of them empty",
			});
			continue;
		}
		const known = Object.fromEntries(named);
		rows.push({
			line: index + 1,
			cells: known,
			raw: isLong
				? Object.fromEntries(
						columns.flatMap((name, position) =>
							name === ""
								? []
								: [[kept[position], excerpt(record[position] as string)]],
						),
					)
				: isRenamed
					? Object.fromEntries(raw)
					: known,
		});
	}
	// R and pandas number the rows in a first column without a name: where any column is taken, that one says nothing.
	if (!sets) nameless.delete(0);
	for (const position of nameless)
		errors.push(
			headerError(
				line,
				null,
				`content below column ${position + 1}, which has no name`,
				"a name for each column that says something",
			),
		);
	if (errors.every((error) => error.line !== line)) skip("header");
	errors.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
	return { ...none, columns: [...names], rows, delimiter, set: found?.set };
}

function isBlank(text: string | null): boolean {
	return text !== null && /^[\s,;"]*$/.test(text);
}

/** Names of columns are compared without regard to capitals and to blanks for underscores. */
function folded(name: string): string {
	return name.trim().toLowerCase().replace(/\s+/g, "_");
}

/** The first set that the header fits, and what it calls each column; a column that it does not know keeps its name. */
function bestSet(
	own: readonly string[],
	sets: readonly ColumnSet[],
): { set: ColumnSet; columns: string[] } | undefined {
	for (const set of sets) {
		const names = namesOf(set);
		const columns = own.map((name) => names.get(folded(name)) ?? name);
		const there = new Set(columns);
		if (set.required.every((name) => there.has(name))) return { set, columns };
	}
	return undefined;
}

/** The name that a set has for a column, by all its names. */
function namesOf({
	required,
	optional,
	otherNames,
}: ColumnSet): Map<string, string> {
	return new Map([
		...Object.entries(otherNames ?? {}).flatMap(([name, others]) =>
			others.map((other): [string, string] => [folded(other), name]),
		),
		...[...required, ...optional].map((name): [string, string] => [
			folded(name),
			name,
		]),
	]);
}

/**
 * Joins cells of the same name: the one that says something counts, in the place of the last.
 * @returns the first name of which two cells differ
 */
function join(cells: [string, string][]): string | undefined {
	const said = new Map<string, string>();
	for (const cell of cells) {
		const [name, text] = cell;
		const before = said.get(name);
		if (before !== undefined && !isNothing(before)) {
			if (!isNothing(text) && text.trim() !== before.trim()) return name;
			cell[1] = before;
		}
		said.set(name, cell[1]);
	}
	return undefined;
}

const QUOTES = "a quoted cell that ends on its line, with its quotes doubled";

/**
 * The cells of one line of CSV. A cell that begins with a quote ends with one, before a separator or the end of the line; quotes in it
 * are doubled.
 * @returns undefined when the quotes do not close on the line, or stand within a cell
 */
function cellsOf(line: string, delimiter: Delimiter): string[] | undefined {
	if (!line.includes('"')) return line.split(delimiter, MOST_CELLS);
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
		if (at >= line.length || cells.length === MOST_CELLS) return cells;
		if (line[at] !== delimiter) return undefined;
	}
}

/** What parts the header into more names. */
function delimiterOf(header: string): Delimiter {
	const count = (delimiter: Delimiter) =>
		(cellsOf(header, delimiter) ?? header.split(delimiter, MOST_CELLS)).length;
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
	own: readonly string[],
	sets: readonly ColumnSet[],
): string | null {
	const missing = sets
		.map((set) => {
			const names = namesOf(set);
			const there = new Set(own.map((name) => names.get(folded(name))));
			return set.required.filter((name) => !there.has(name));
		})
		.sort((a, b) => a.length - b.length);
	return missing[0]?.[0] ?? null;
}

function headerError(
	line: number | null,
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
