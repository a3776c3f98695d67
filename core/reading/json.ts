import { brokenLine } from "./broken-json.ts";
import { excerpt, type ReadingFault } from "./fault.ts";
import { readLines } from "./text.ts";

/**
 * Reads JSON in UTF-8 without guessing: a name that stands twice in one object (of which JSON.parse would keep the last without a word)
 * a number too large for a double, text that no database takes, and lists in lists without an end in sight are faults, with the line on which they stand.
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
		return { fault: brokenAt(lines, error) };
	}
	const fault = firstAmbiguity(text);
	return fault ? { fault } : { value };
}

/** What the machine says of a text that is no JSON is its own and changes with it; where it breaks off is all that is taken from it. */
function brokenAt(
	lines: readonly (string | null)[],
	error: unknown,
): ReadingFault {
	const line = brokenLine(lines, error);
	return {
		line,
		column: null,
		reason: "format",
		found: excerpt(
			line === null
				? `text that begins with ${lines.find((text) => text?.trim())?.trim() ?? "nothing"}`
				: (lines[line - 1] ?? "").trim(),
		),
		expected: line === null ? "JSON" : "JSON, whole",
	};
}

/** Whether a value of JSON is an object, which null and a list are not. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Why a text is no JSON, with nothing of it: what stands there may be a remark or a person's name. */
export function brokenInWords({ line }: ReadingFault): string {
	return `no JSON that can be used${line === null ? "" : `, from line ${line} on`}`;
}

/** What a value of JSON is, in a few words, for a message: its kind, and what it is made of. */
export function jsonInWords(value: unknown): string {
	if (value === undefined || value === null) return "nothing";
	if (Array.isArray(value)) return `a list of ${value.length}`;
	if (typeof value === "object") {
		const names = Object.keys(value);
		return names.length === 0
			? "an object with nothing in it"
			: excerpt(
					`an object with ${names.slice(0, NAMES_TOLD).join(", ")}${names.length > NAMES_TOLD ? `, and ${names.length - NAMES_TOLD} more` : ""}`,
				);
	}
	return excerpt(JSON.stringify(value));
}

const NAMES_TOLD = 8;

/** Where strings begin, brackets and numbers of a text that is known to be JSON. */
const TOKEN = /["{}[\]]|-?\d[\d.eE+-]*/g;

/** No file of counts, settings or scenarios is deeper; what is can be parsed, and then not be written down again. */
const DEEPEST = 100;

function firstAmbiguity(text: string): ReadingFault | undefined {
	const open: (Set<string> | null)[] = [];
	const tokens = new RegExp(TOKEN);
	const hasEscapes = text.includes("\\u");
	for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
		const [token] = match;
		if (token === "{") open.push(new Set());
		else if (token === "[") open.push(null);
		else if (token === "}" || token === "]") open.pop();
		else if (token === '"') {
			const end = endOfString(text, match.index);
			tokens.lastIndex = end;
			if (hasEscapes && isUnstorable(text.slice(match.index, end)))
				return faultAt(
					text,
					match.index,
					text.slice(match.index, end),
					"text without \\u0000 and without half a character",
				);
			const names = open.at(-1);
			if (!names || !/^\s*:/.test(text.slice(end, end + 200))) continue;
			const name = JSON.parse(text.slice(match.index, end)) as string;
			if (names.has(name))
				return faultAt(text, match.index, `"${name}" twice`, "each name once");
			names.add(name);
		} else if (!Number.isFinite(Number(token)))
			return faultAt(text, match.index, token, "a number below 1e308");
		if (open.length > DEEPEST)
			return faultAt(
				text,
				match.index,
				`more than ${DEEPEST} lists and objects, one in another`,
				`at most ${DEEPEST}`,
			);
	}
	return undefined;
}

/** Whether a string, as it is written, holds what no database takes: a zero, or half a character. */
function isUnstorable(written: string): boolean {
	return (
		written.includes("\\u") && /\0|\p{Cs}/u.test(JSON.parse(written) as string)
	);
}

/** Where the string that begins at a place is over. An expression that takes it in one would need a stack as long as the string. */
export function endOfString(text: string, begin: number): number {
	for (let at = begin + 1; ; at++) {
		at = text.indexOf('"', at);
		let before = at;
		while (text[before - 1] === "\\") before--;
		if ((at - before) % 2 === 0) return at + 1;
	}
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
