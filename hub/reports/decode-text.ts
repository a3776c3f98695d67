import type { ENCODINGS } from "../../core/mapping/mapping.ts";

/** In what a text was, and its bytes in UTF-8. */
export interface DecodedText {
	encoding: "utf-8" | "utf-16" | "windows-1252";
	utf8: Uint8Array;
}

/**
 * A text in UTF-8, whatever it was in: UTF-16 where a mark at its beginning says so, UTF-8 where it is that, and Windows-1252 only where a person
 * said that the texts of its source may be. What cannot be decoded so is returned as it is, and its lines are refused by whoever reads them.
 */
export function decodedText(
	bytes: Uint8Array,
	stated: (typeof ENCODINGS)[number],
): DecodedText {
	const mark =
		bytes[0] === 0xff && bytes[1] === 0xfe
			? "utf-16le"
			: bytes[0] === 0xfe && bytes[1] === 0xff
				? "utf-16be"
				: null;
	try {
		if (mark) return { encoding: "utf-16", utf8: again(bytes, mark) };
		if (stated === "windows-1252" && !isUtf8(bytes) && !bytes.includes(0))
			return { encoding: "windows-1252", utf8: again(bytes, "windows-1252") };
	} catch {
		// Half a character at the end: no text of that encoding.
	}
	return { encoding: "utf-8", utf8: bytes };
}

/** Whether bytes are text in UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder("utf-8", { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

function again(bytes: Uint8Array, encoding: string): Uint8Array {
	return new TextEncoder().encode(
		new TextDecoder(encoding, { fatal: true }).decode(bytes),
	);
}
