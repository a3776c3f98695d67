import type { RowError } from "../intake/report.ts";

const NEWLINE = 0x0a;

/**
 * Decodes UTF-8. Lines that are not UTF-8 become errors and are emptied, so that the others keep their numbers.
 * A file of another encoding altogether (UTF-16, or binary) is one error.
 */
export function readText(bytes: Uint8Array): {
	text: string;
	errors: RowError[];
} {
	const decoder = new TextDecoder("utf-8", { fatal: true });
	try {
		const text = decoder.decode(bytes);
		if (!text.includes("\0")) return { text, errors: [] };
		return { text: "", errors: [encodingError(null, bytes.subarray(0, 8))] };
	} catch {
		// Find the lines that are at fault.
	}
	if (bytes.subarray(0, 4096).includes(0))
		return { text: "", errors: [encodingError(null, bytes.subarray(0, 8))] };
	const errors: RowError[] = [];
	const lines: string[] = [];
	for (let start = 0, line = 1; start < bytes.length; line++) {
		const newline = bytes.indexOf(NEWLINE, start);
		const end = newline < 0 ? bytes.length : newline;
		const part = bytes.subarray(start, end);
		try {
			lines.push(decoder.decode(part));
		} catch {
			lines.push("");
			errors.push(encodingError(line, part));
		}
		start = end + 1;
	}
	return { text: lines.join("\n"), errors };
}

function encodingError(line: number | null, bytes: Uint8Array): RowError {
	const at = Math.max(
		0,
		bytes.findIndex((byte) => byte > 0x7f),
	);
	const shown = [...bytes.subarray(at, at + 4)].map((byte) =>
		byte.toString(16).padStart(2, "0"),
	);
	return {
		line,
		column: null,
		reason: "encoding",
		found: `bytes ${shown.join(" ")}`,
		expected: "text in UTF-8",
	};
}
