import { excerpt, type ReadingFault } from "./fault.ts";

/** Every machine that runs this has it; core sees no DOM and no Node, so that its shape is stated here. */
declare const TextDecoder: new (
	label: "utf-8",
	options: { fatal: true },
) => { decode(bytes: Uint8Array): string };

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Two years of every kabupaten/kota are a fifth of that; more would fill the memory before a row is looked at. */
const MOST_LINES = 2_000_000;

/** The lines of a file in their order. */
export interface TextLines {
	/** Without their ends; a line that could not be decoded is null. The text behind the last line end is a line only if there is any. */
	lines: (string | null)[];
	/** Lines of the file, also of one that is no text. */
	count: number;
	faults: ReadingFault[];
}

/**
 * Decodes UTF-8, with or without a byte order mark, and splits it into lines (LF, CR LF, or CR where a file knows no LF).
 * A line that is not UTF-8 (Windows-1252) becomes a fault and null, so that the others keep their numbers. What is no text in UTF-8
 * at all (UTF-16, a workbook, an archive) is one fault of the file and has no lines. Never guesses an encoding.
 */
export function readLines(bytes: Uint8Array): TextLines {
	const count = countLines(bytes);
	const format =
		binaryFormat(bytes) ??
		(count > MOST_LINES
			? { reason: "format" as const, found: `${count} lines` }
			: undefined);
	if (format)
		return {
			lines: [],
			count,
			faults: [
				{
					line: null,
					column: null,
					reason: format.reason,
					found: format.found,
					expected: `text in UTF-8 of at most ${MOST_LINES} lines`,
				},
			],
		};
	const decoder = new TextDecoder("utf-8", { fatal: true });
	const end = bytes.includes(NEWLINE) ? NEWLINE : CARRIAGE_RETURN;
	try {
		const lines: string[] = decoder
			.decode(bytes)
			.split(end === NEWLINE ? /\r?\n/ : "\r");
		if (lines.at(-1) === "") lines.pop();
		return { lines, count: lines.length, faults: [] };
	} catch {
		// Find the lines that are at fault.
	}
	const faults: ReadingFault[] = [];
	const lines: (string | null)[] = [];
	for (let start = 0, line = 1; start < bytes.length; line++) {
		const next = bytes.indexOf(end, start);
		const stop = next < 0 ? bytes.length : next;
		const last =
			stop > start && bytes[stop - 1] === CARRIAGE_RETURN ? stop - 1 : stop;
		const part = bytes.subarray(start, last);
		try {
			lines.push(decoder.decode(part));
		} catch {
			lines.push(null);
			faults.push(encodingFault(line, part));
		}
		start = stop + 1;
	}
	return { lines, count: lines.length, faults };
}

function countLines(bytes: Uint8Array): number {
	let count = 0;
	for (
		let at = bytes.indexOf(NEWLINE);
		at >= 0;
		at = bytes.indexOf(NEWLINE, at + 1)
	)
		count++;
	return bytes.at(-1) === NEWLINE ? count : count + 1;
}

/** What a file is that is no text in UTF-8, by its first bytes. */
function binaryFormat(
	bytes: Uint8Array,
): { reason: "encoding" | "format"; found: string } | undefined {
	const begins = (...start: number[]) =>
		start.every((byte, at) => bytes[at] === byte);
	if (begins(0xff, 0xfe) || begins(0xfe, 0xff))
		return { reason: "encoding", found: `UTF-16 (${shown(bytes)})` };
	if (begins(0x50, 0x4b, 0x03, 0x04))
		return {
			reason: "format",
			found: "a ZIP archive or an Excel workbook (XLSX)",
		};
	if (begins(0xd0, 0xcf, 0x11, 0xe0))
		return { reason: "format", found: "an old Excel workbook (XLS)" };
	if (begins(0x1f, 0x8b)) return { reason: "format", found: "a gzip archive" };
	if (begins(0x25, 0x50, 0x44, 0x46))
		return { reason: "format", found: "a PDF" };
	if (bytes.includes(0))
		return {
			reason: "encoding",
			found: `UTF-16 or no text (${shown(bytes)})`,
		};
	return undefined;
}

/** What a text is that is no table, by how it begins. */
export function documentFormat(text: string): "JSON" | "HTML" | "XML" | null {
	const start = text.slice(0, 1000).trimStart();
	if (/^[[{]/.test(start)) return "JSON";
	if (/^<(!doctype html|html|head|body|table)\b/i.test(start)) return "HTML";
	return start.startsWith("<") ? "XML" : null;
}

function encodingFault(line: number, bytes: Uint8Array): ReadingFault {
	const at = Math.max(
		0,
		bytes.findIndex((byte) => byte > 0x7f),
	);
	return {
		line,
		column: null,
		reason: "encoding",
		found: excerpt(shown(bytes.subarray(at))),
		expected: "text in UTF-8",
	};
}

function shown(bytes: Uint8Array): string {
	return `bytes ${[...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ")}`;
}
