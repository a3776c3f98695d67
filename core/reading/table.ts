import { isNothing } from "./cell.ts";
import { EXCERPT_LENGTH, excerpt, type ReadingFault } from "./fault.ts";
import { linesOfObjects, type ObjectLines } from "./ndjson.ts";
import { documentFormat, readLines, type TextLines } from "./text.ts";

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

/** What cells are parted by, in the order in which they are preferred where a header could be read by two. */
const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

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
 * Reads a CSV file (comma, semicolon, tab or bar, whichever parts its header into the most names; UTF-8 with or without mark) with one of
 * the column sets given.
 * The first set of which every required column is there, under any of its names and in capitals or not, is taken. A file that fits none is one error and has no rows; a column that
 * the set does not know is an error of the header, and its rows are kept; a row with more or fewer cells than columns is an error.
 * Without sets every column is known. Lines that are objects of JSON (NDJSON) are rows as well, the names of their values the columns.
 *
 * A line is a row: a quoted cell ends on the line on which it begins, so that a stray quote costs its own line and never swallows
 * others. Columns without name and without content (Excel writes them at the edge) say nothing, nor do lines without content, the header
 * where it comes again, and Excel's `sep=;`. A header that comes again with its columns in another order, or under their other names, is
 * what the lines below it are read by; below one that cannot be read nothing is.
 */
export function readTable(
	bytes: Uint8Array,
	sets?: readonly ColumnSet[],
): TableOf {
	const text = readLines(bytes);
	const objects = linesOfObjects(text.lines, MOST_COLUMNS);
	return objects ? tableOfObjects(text, objects, sets) : tableIn(text, sets);
}

type TableOf = Table & { set: ColumnSet | undefined };

/** A table whose rows are objects, by the numbers that their lines have in the file. */
function tableOfObjects(
	text: TextLines,
	{ lines, faults }: ObjectLines,
	sets: readonly ColumnSet[] | undefined,
): TableOf {
	const undecoded = text.faults.map((fault) => ({
		...fault,
		line: fault.line === null ? null : fault.line + 1,
	}));
	const table = tableIn(
		{ lines, count: text.count + 1, faults: [...undecoded, ...faults] },
		sets,
		true,
	);
	const { header: _, ...skipped } = table.skipped;
	return {
		...table,
		...{ skipped, lines: text.count },
		rows: table.rows.map((row) => ({ ...row, line: row.line - 1 })),
		// What is wrong with the names is so in the whole file: no line of it is a header.
		errors: table.errors.map((error) => ({
			...error,
			line: error.line === null || error.line === 1 ? null : error.line - 1,
		})),
	};
}

/** @param areObjects the first line is the header and no other: each object has its own names beside its values */
function tableIn(
	{ lines, count, faults: errors }: TextLines,
	sets: readonly ColumnSet[] | undefined,
	areObjects = false,
): TableOf {
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
	for (; at < lines.length && !areObjects; at++) {
		const text = lines[at] ?? null;
		if (isBlank(text)) skip("empty");
		else if (text !== null && /^sep=[,;\t|]$/i.test(text)) skip("separator");
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
	const own = trimmed(cells);
	if (own.length > MOST_COLUMNS)
		return refused(
			null,
			`${own.length < MOST_CELLS ? own.length : `${MOST_CELLS} or more`} columns: ${header.slice(0, EXCERPT_LENGTH)}`,
			`at most ${MOST_COLUMNS} columns`,
		);
	const repeated = firstRepeated(sets ? own.map(folded) : own);
	if (repeated !== undefined)
		return refused(repeated, `${repeated} twice`, "each column once");
	const set = sets && bestSet(own, sets);
	if (sets && !set)
		return refused(
			missingFrom(own, sets),
			own.join(delimiter),
			sets.map(({ required }) => required.join(",")).join(" or "),
		);
	const names = set ? namesOf(set) : undefined;
	const known = names ?? new Map(own.map((name) => [folded(name), name]));
	let heading: Heading | undefined = headingOf(line, cells.length, own, names);
	const columns = new Set(heading.columns.filter((name) => name !== ""));
	const { oneOf } = set ?? {};
	if (oneOf && !oneOf.some((name) => columns.has(name)))
		return refused(
			null,
			own.join(delimiter),
			`at least one of ${oneOf.join(",")}`,
		);
	const headings = [heading];
	if (set) errors.push(...unknownColumns(heading, set));
	let rows: TableRow[] = [];
	let unread = 0;
	/** Rows of as many cells as columns; rows with empty cells behind them; and of these the lines in which `1,103` may be one number. */
	let fitting = 0;
	let wider = 0;
	const doubtful = new Set<number>();
	for (let index = at + 1; index < lines.length; index++) {
		const text = lines[index];
		if (text === null || text === undefined) continue;
		if (isBlank(text)) {
			skip("empty");
			continue;
		}
		const record = cellsOf(text, delimiter);
		if (!areObjects && record && isHeading(record, known)) {
			// Days were put one below the other, and the columns are not always in one order: what follows goes by its own heading.
			const next = trimmed(record);
			if (heading && next.map(folded).join("\n") === heading.folded) {
				skip("repeated header");
				continue;
			}
			const fits =
				firstRepeated(next.map(folded)) === undefined &&
				(set
					? bestSet(next, [set]) !== undefined
					: next.length === own.length &&
						next.every((name) => known.has(folded(name))));
			if (fits) {
				heading = headingOf(index + 1, record.length, next, known);
				headings.push(heading);
				for (const name of heading.columns) if (name !== "") columns.add(name);
				if (set) errors.push(...unknownColumns(heading, set));
			} else {
				heading = undefined;
				errors.push(
					rowError(
						index + 1,
						text,
						"the columns of the first header, in any order",
					),
				);
			}
			continue;
		}
		if (!areObjects && isHeadingOtherwiseParted(text, delimiter, known)) {
			heading = undefined;
			errors.push(
				rowError(
					index + 1,
					text,
					"the columns of the first header, parted by the same sign",
				),
			);
			continue;
		}
		if (!heading) {
			unread++;
			continue;
		}
		if (!record) {
			errors.push(rowError(index + 1, text, QUOTES));
			continue;
		}
		const { columns: expected, kept, isShared, isRenamed, nameless } = heading;
		const isCut = record.length === MOST_CELLS;
		const isWider = record.length > heading.width;
		while (
			!isCut &&
			record.length > expected.length &&
			record.at(-1)?.trim() === ""
		)
			record.pop();
		if (record.length !== expected.length) {
			errors.push(
				rowError(
					index + 1,
					`${record.length}${isCut ? " or more" : ""} cells: ${text.slice(0, EXCERPT_LENGTH)}`,
					`${expected.length} cells`,
				),
			);
			continue;
		}
		if (!isWider) fitting++;
		else if (delimiter === "," && maySplitThousands(record))
			doubtful.add(index + 1);
		else wider++;
		const named: [string, string][] = [];
		const raw: [string, string][] = [];
		let disagree: string | undefined;
		let isLong = false;
		for (let position = 0; position < expected.length; position++) {
			const name = expected[position];
			const cell = record[position];
			if (name === "") {
				if (cell.trim() !== "") nameless.add(position);
				continue;
			}
			isLong ||= cell.length > EXCERPT_LENGTH;
			if (isRenamed) raw.push([kept[position], cell]);
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
		const said = Object.fromEntries(named);
		rows.push({
			line: index + 1,
			cells: said,
			raw: isLong
				? Object.fromEntries(
						expected.flatMap((name, position) =>
							name === "" ? [] : [[kept[position], excerpt(record[position])]],
						),
					)
				: isRenamed
					? Object.fromEntries(raw)
					: said,
		});
	}
	// Where every row ends in a comma more, that comma says nothing; where only such rows do, it may stand behind a count cut in two.
	if (fitting > 0 || wider === 0) {
		rows = rows.filter(({ line }) => !doubtful.has(line));
		for (const line of doubtful)
			errors.push(
				rowError(
					line,
					lines[line - 1] ?? "",
					"as many cells as columns: here a comma may part thousands",
				),
			);
	}
	for (const [place, { line, nameless }] of headings.entries()) {
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
		if (errors.every((error) => error.line !== line))
			skip(place === 0 ? "header" : "repeated header");
	}
	errors.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
	return { ...none, columns: [...columns], rows, unread, delimiter, set };
}

/** What the lines below a header are read by. */
interface Heading {
	line: number;
	/** Its cells, with those behind the last name that say nothing. */
	width: number;
	/** As the file has it, folded, to know it where it comes again. */
	folded: string;
	/** Names of the columns as the set knows them, else as they stand in the file. */
	columns: readonly string[];
	/** Names of the columns as they stand in the file, where too long cut off. */
	kept: readonly string[];
	/** Two columns say one thing. */
	isShared: boolean;
	isRenamed: boolean;
	/** Positions without a name below which something stands. */
	nameless: Set<number>;
}

function headingOf(
	line: number,
	width: number,
	own: readonly string[],
	names: ReadonlyMap<string, string> | undefined,
): Heading {
	const columns = own.map((name) => names?.get(folded(name)) ?? name);
	const kept = own.map(excerpt);
	const named = columns.filter((name) => name !== "");
	return {
		line,
		width,
		folded: own.map(folded).join("\n"),
		columns,
		kept,
		isShared: new Set(named).size < named.length,
		isRenamed: columns.some((name, position) => name !== kept[position]),
		nameless: new Set(),
	};
}

/** Whether a line names columns: two cells of a row are never what columns are called. */
function isHeading(
	record: readonly string[],
	known: ReadonlyMap<string, string>,
): boolean {
	if (known.size === 1)
		return record.length === 1 && known.has(folded(record[0] ?? ""));
	let found = 0;
	for (const cell of record)
		if (cell !== "" && !/^[\s\d]/.test(cell) && known.has(folded(cell)))
			if (++found === 2) return true;
	return false;
}

/** Whether a line names columns, but parts them by another sign than the first header: what follows may be in their order. */
function isHeadingOtherwiseParted(
	line: string,
	delimiter: Delimiter,
	known: ReadonlyMap<string, string>,
): boolean {
	// Of rows hardly any begins with what a column is called.
	const begin = /^[^,;\t|]*/.exec(line)?.[0] ?? "";
	if (!known.has(folded(begin.replaceAll('"', "")))) return false;
	return DELIMITERS.some((other) => {
		const cells = other === delimiter ? undefined : cellsOf(line, other);
		return cells !== undefined && cells.length > 1 && isHeading(cells, known);
	});
}

/** Whether two cells side by side may be one number, its thousands parted by a comma: `1,103`. */
function maySplitThousands(record: readonly string[]): boolean {
	return record.some(
		(cell, place) =>
			/^\s*[1-9]\d{0,2}$/.test(cell) &&
			/^\d{3}\s*$/.test(record[place + 1] ?? ""),
	);
}

/** The names of a header, without the nameless ones that Excel writes at the edge. */
function trimmed(cells: readonly string[]): string[] {
	const own = cells.map((name) => name.trim());
	if (own.length < MOST_CELLS) while (own.at(-1) === "") own.pop();
	return own;
}

/** The columns that a set does not know, the first ones by name. */
function unknownColumns(
	{ line, columns }: Heading,
	set: ColumnSet,
): ReadingFault[] {
	const known = new Set([...set.required, ...set.optional]);
	const expected = `one of ${[...known].join(",")}`;
	const unknown = [...new Set(columns)].filter(
		(name) => name !== "" && !known.has(name),
	);
	const errors = unknown
		.slice(0, MOST_NAMED)
		.map((name) => headerError(line, name, name, expected));
	if (unknown.length > MOST_NAMED)
		errors.push(
			headerError(
				line,
				null,
				`${unknown.length - MOST_NAMED} more columns: ${unknown.slice(MOST_NAMED, 2 * MOST_NAMED).join(",")}`,
				expected,
			),
		);
	return errors;
}

function isBlank(text: string | null): boolean {
	return text !== null && /^[\s,;|"]*$/.test(text);
}

/** Names of columns are compared without regard to capitals, to blanks for underscores, and to signs of no width that web pages put in. */
function folded(name: string): string {
	return name
		.replace(/[\u200b-\u200d\u2060]/g, "")
		.trim()
		.toLowerCase()
		.replace(/\s+/g, "_");
}

/** The first set that the header fits. */
function bestSet(
	own: readonly string[],
	sets: readonly ColumnSet[],
): ColumnSet | undefined {
	return sets.find((set) => {
		const names = namesOf(set);
		const there = new Set(own.map((name) => names.get(folded(name))));
		return set.required.every((name) => there.has(name));
	});
}

/** Of the sets of a connector once: of many small files that come one after the other each would fold them anew. */
const foldedNames = new WeakMap<ColumnSet, ReadonlyMap<string, string>>();

/** The name that a set has for a column, by all its names. */
function namesOf(set: ColumnSet): ReadonlyMap<string, string> {
	const known = foldedNames.get(set);
	if (known) return known;
	const { required, optional, otherNames } = set;
	const names = new Map([
		...Object.entries(otherNames ?? {}).flatMap(([name, others]) =>
			others.map((other): [string, string] => [folded(other), name]),
		),
		...[...required, ...optional].map((name): [string, string] => [
			folded(name),
			name,
		]),
	]);
	foldedNames.set(set, names);
	return names;
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

/** What parts the header into the most names, of what leaves its quoted names whole. */
function delimiterOf(header: string): Delimiter {
	const count = (delimiter: Delimiter) =>
		cellsOf(header, delimiter)?.length ?? 0;
	return DELIMITERS.reduce((best, one) =>
		count(one) > count(best) ? one : best,
	);
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
