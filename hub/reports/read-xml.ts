import { SaxesParser } from "saxes";
import { excerpt } from "../../core/reading/fault.ts";
import type { RowError } from "./report.ts";

/** What a reader of XML is told, element by element, in the order of the file. Names come without their prefix. */
export interface XmlReader {
	/** @param depth 0 for the outermost element */
	open(name: string, attributes: Record<string, string>, depth: number): void;
	/** @param text what stands in the element itself, not in those in it */
	close(name: string, text: string, depth: number): void;
}

/** Bytes that are decoded and read at once. */
const CHUNK = 65_536;
/** No file of counts is deeper. */
const DEEPEST = 100;
/** Nor has an element of theirs more attributes. */
const MOST_ATTRIBUTES = 200;
/** Text of an element beyond this is no code, name or number, and is not kept. */
const LONGEST_TEXT = 10_000;

class Refusal extends Error {
	readonly found: string;
	readonly expected: string;

	constructor(found: string, expected: string) {
		super(found);
		this.found = found;
		this.expected = expected;
	}
}

/** Whether bytes begin as XML does, and so as no JSON and no table. */
export function isXml(bytes: Uint8Array): boolean {
	const head = new TextDecoder().decode(bytes.subarray(0, 200));
	return head.trimStart().startsWith("<");
}

/**
 * Reads XML in UTF-8 piece by piece. Nothing is expanded but the five entities of XML itself and characters by their number: a file with a
 * document type, which may define others or name files of the machine, is refused before anything in it is believed.
 * @returns what is wrong with the whole, without any of its text; null: it was read to its end
 */
export function readXml(bytes: Uint8Array, reader: XmlReader): RowError | null {
	const parser = new SaxesParser();
	const texts: string[] = [];
	const names: string[] = [];
	parser.on("xmldecl", ({ encoding }) => {
		if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding))
			throw new Refusal(`the encoding ${excerpt(encoding)}`, "XML in UTF-8");
	});
	parser.on("doctype", () => {
		throw new Refusal(
			"a document type (<!DOCTYPE>)",
			"XML without one: what it defines is neither expanded nor fetched",
		);
	});
	let stated = 0;
	parser.on("attribute", () => {
		if (++stated > MOST_ATTRIBUTES)
			throw new Refusal(
				`more than ${MOST_ATTRIBUTES} attributes of one element`,
				`at most ${MOST_ATTRIBUTES}`,
			);
	});
	parser.on("opentag", ({ name, attributes }) => {
		stated = 0;
		if (names.length >= DEEPEST)
			throw new Refusal(
				`more than ${DEEPEST} elements, one in another`,
				`at most ${DEEPEST}`,
			);
		const own = withoutPrefix(name);
		reader.open(own, attributes, names.length);
		names.push(own);
		texts.push("");
	});
	parser.on("text", (text) => {
		const last = texts.length - 1;
		if (last >= 0 && (texts[last] as string).length < LONGEST_TEXT)
			texts[last] += text.slice(0, LONGEST_TEXT);
	});
	parser.on("cdata", (text) => {
		const last = texts.length - 1;
		if (last >= 0 && (texts[last] as string).length < LONGEST_TEXT)
			texts[last] += text.slice(0, LONGEST_TEXT);
	});
	parser.on("closetag", () => {
		const text = texts.pop() ?? "";
		reader.close(names.pop() ?? "", text.trim(), names.length);
	});
	const decoder = new TextDecoder("utf-8", { fatal: true });
	const refused = (
		reason: RowError["reason"],
		found: string,
		expected: string,
	): RowError => ({ line: null, column: null, reason, found, expected });
	for (let at = 0; at < bytes.length; at += CHUNK) {
		let text: string;
		try {
			text = decoder.decode(bytes.subarray(at, at + CHUNK), {
				stream: at + CHUNK < bytes.length,
			});
		} catch {
			return refused(
				"encoding",
				`bytes that are no UTF-8, near line ${parser.line}`,
				"XML in UTF-8",
			);
		}
		try {
			parser.write(text);
		} catch (error) {
			return notWhole(error);
		}
	}
	try {
		parser.close();
	} catch (error) {
		return notWhole(error);
	}
	return null;

	function notWhole(error: unknown): RowError {
		return error instanceof Refusal
			? refused("format", error.found, error.expected)
			: refused(
					"format",
					`XML that breaks off or is wrong in line ${parser.line}`,
					"XML, whole and well-formed",
				);
	}
}

function withoutPrefix(name: string): string {
	return name.slice(name.indexOf(":") + 1);
}
