import { excerpt, type ReadingFault } from "./fault.ts";
import { endOfString } from "./json.ts";

/** Lines of CSV under a header, with the faults of those that could not be made any: each under the number that it has there. */
export interface ObjectLines {
	lines: (string | null)[];
	faults: ReadingFault[];
}

const EXPECTED =
	"an object on one line whose values are texts without control characters, numbers or null, each name once";

/** So many values may be left out in a file: a line that names one column costs as much as one that fills them all. */
const MOST_LEFT_OUT = 16_000_000;

/**
 * Makes lines of CSV of newline-delimited JSON (an object a line, its names the columns): line n of the file is line n + 1 behind a header
 * of all names. A value that is left out, or null, is an empty cell. A line that is no such object is a fault, as is a number that is no more
 * the one that was written once it is read (whole ones beyond 2^53). Of objects that have more names together than a table has columns there
 * is the header alone, which is refused; where they leave out more than MOST_LEFT_OUT values the header is a fault.
 * @returns undefined where the first line that says something is no flat object: then the file is none of this form
 */
export function linesOfObjects(
	lines: readonly (string | null)[],
	mostColumns: number,
): ObjectLines | undefined {
	const first = lines.find((line) => line === null || line.trim() !== "");
	if (first == null) return undefined;
	const begin = objectIn(first);
	if (!begin || [...begin.keys()].every((name) => name.trim() === ""))
		return undefined;
	const faults: ReadingFault[] = [];
	const columns = new Map<string, number>();
	const header = () => [...columns.keys()].map(quoted).join(",");
	const objects: (ReadonlyMap<string, string> | string | null)[] = [];
	let read = 0;
	let stated = 0;
	for (const line of lines) {
		if (line === null || line.trim() === "") {
			objects.push(line);
			continue;
		}
		const object = objectIn(line);
		objects.push(object ?? null);
		if (!object) {
			faults.push({
				...{ line: objects.length + 1, column: null, reason: "format" },
				...{ found: excerpt(line), expected: EXPECTED },
			});
			continue;
		}
		for (const name of object.keys())
			if (!columns.has(name)) columns.set(name, columns.size);
		read++;
		stated += object.size;
		// Before a row is made: a small file of ever other names makes a table that fills the memory.
		if (columns.size > mostColumns) return { faults, lines: [header()] };
		if (read * columns.size - stated > MOST_LEFT_OUT) {
			faults.unshift({
				...{ line: 1, column: null, reason: "columns" },
				found: `${columns.size} columns, and more than ${MOST_LEFT_OUT} values of them left out`,
				expected: "objects that have the same names",
			});
			return { faults, lines: [null] };
		}
	}
	const names = [...columns.keys()];
	return {
		faults,
		lines: [
			// Quoted, so that no name is taken for what a file of another form begins with.
			header(),
			...objects.map((object) =>
				typeof object === "string" || object === null
					? object
					: names.map((name) => cellOf(object.get(name) ?? "")).join(","),
			),
		],
	};
}

/** What no cell holds: a table keeps to its lines, and a database takes neither a zero nor half a character. */
const IN_NO_CELL = /[^\P{Cc}\t]|\p{Cs}/u;

/** The values of a flat object as text; undefined for whatever else a line holds. */
function objectIn(line: string): Map<string, string> | undefined {
	if (!line.trimStart().startsWith("{")) return undefined;
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		return undefined;
	}
	const entries = Object.entries(value as object);
	// Of a name that stands twice JSON.parse keeps the last value, in silence.
	if (namesIn(line) !== entries.length) return undefined;
	const said = new Map<string, string>();
	for (const [name, one] of entries) {
		const text = textOf(one);
		if (text === undefined || IN_NO_CELL.test(name) || IN_NO_CELL.test(text))
			return undefined;
		said.set(name, text);
	}
	return said;
}

/** So many names stand in the text of a flat object, repeated ones too. */
function namesIn(line: string): number {
	let names = 0;
	const colon = /\s*:/y;
	for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at)) {
		at = endOfString(line, at);
		colon.lastIndex = at;
		if (colon.test(line)) names++;
	}
	return names;
}

function textOf(value: unknown): string | undefined {
	if (value === null) return "";
	if (typeof value === "string") return value;
	if (typeof value !== "number") return undefined;
	return Number.isInteger(value) && !Number.isSafeInteger(value)
		? undefined
		: String(value);
}

const cellOf = (text: string): string =>
	/[",]/.test(text) ? quoted(text) : text;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
