import { excerpt, type ReadingFault } from "./fault.ts";

/** Lines of CSV under a header, with the faults of those that could not be made any: each under the number that it has there. */
export interface ObjectLines {
	lines: (string | null)[];
	faults: ReadingFault[];
}

const EXPECTED =
	"an object on one line whose values are texts, numbers or null, each name once";

/**
 * Makes lines of CSV of newline-delimited JSON (an object a line, its names the columns): line n of the file is line n + 1 behind a header
 * of all names. A value that is left out, or null, is an empty cell. A line that is no such object is a fault, as is a number that is no more
 * the one that was written once it is read (whole ones beyond 2^53).
 * @returns undefined where the first line that says something is no flat object: then the file is none of this form
 */
export function linesOfObjects(
	lines: readonly (string | null)[],
): ObjectLines | undefined {
	const first = lines.find((line) => line === null || line.trim() !== "");
	if (first == null) return undefined;
	const begin = objectIn(first);
	if (!begin || [...begin.keys()].every((name) => name.trim() === ""))
		return undefined;
	const faults: ReadingFault[] = [];
	const columns = new Map<string, number>();
	const objects = lines.map((line, index) => {
		if (line === null || line.trim() === "") return line;
		const object = objectIn(line);
		if (!object) {
			faults.push({
				...{ line: index + 2, column: null, reason: "format" },
				...{ found: excerpt(line), expected: EXPECTED },
			});
			return null;
		}
		for (const name of object.keys())
			if (!columns.has(name)) columns.set(name, columns.size);
		return object;
	});
	const names = [...columns.keys()];
	return {
		faults,
		lines: [
			// Quoted, so that no name is taken for what a file of another form begins with.
			names.map(quoted).join(","),
			...objects.map((object) =>
				typeof object === "string" || object === null
					? object
					: names.map((name) => cellOf(object.get(name) ?? "")).join(","),
			),
		],
	};
}

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
		if (text === undefined || /[\r\n]/.test(name + text)) return undefined;
		said.set(name, text);
	}
	return said;
}

/** So many names stand in the text of a flat object, repeated ones too. */
function namesIn(line: string): number {
	let names = 0;
	for (const [, colon] of line.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g))
		if (colon) names++;
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
