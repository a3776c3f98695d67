import { excerpt, type ReadingFault } from "./fault.ts";
import { readLines } from "./text.ts";

/**
 * Reads JSON in UTF-8 without guessing: a name that stands twice in one object (of which JSON.parse would keep the last without a word)
 * and a number too large for a double are faults, with the line on which they stand.
 */
export function readJson(
	bytes: Uint8Array,
): { value: unknown } | { fault: ReadingFault } {
	const { lines, faults } = readLines(bytes);
	if (faults[0]) return { fault: faults[0] };
	const text = lines.join("\n");
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		return {
			fault: {
				line: null,
				column: null,
				reason: "format",
				found: excerpt(error instanceof Error ? error.message : String(error)),
				expected: "JSON",
			},
		};
	}
	const fault = firstAmbiguity(text);
	return fault ? { fault } : { value };
}

/** Strings, brackets and numbers of a text that is known to be JSON. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]|-?\d[\d.eE+-]*/g;

function firstAmbiguity(text: string): ReadingFault | undefined {
	const open: (Set<string> | null)[] = [];
	for (const match of text.matchAll(TOKEN)) {
		const [token] = match;
		const end = match.index + token.length;
		if (token === "{") open.push(new Set());
		else if (token === "[") open.push(null);
		else if (token === "}" || token === "]") open.pop();
		else if (token.startsWith('"')) {
			const names = open.at(-1);
			if (!names || !/^\s*:/.test(text.slice(end, end + 200))) continue;
			const name = JSON.parse(token) as string;
			if (names.has(name))
				return faultAt(text, match.index, `"${name}" twice`, "each name once");
			names.add(name);
		} else if (!Number.isFinite(Number(token)))
			return faultAt(text, match.index, token, "a number below 1e308");
	}
	return undefined;
}

function faultAt(
	text: string,
	at: number,
	found: string,
	expected: string,
): ReadingFault {
	return {
		line: text.slice(0, at).split("\n").length,
		column: null,
		reason: "format",
		found: excerpt(found),
		expected,
	};
}
