import type { FeedValue } from "../../core/feed/digest.ts";
import type { FeedTable } from "../../core/feed/table.ts";

const TAB = 9;
const NEWLINE = 10;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const CAPITAL_N = 78;
const BACKSLASH = 92;

const ESCAPES: Readonly<Record<string, string>> = {
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "\t",
	v: "\v",
};

/**
 * Reads rows of COPY's text format (PostgreSQL manual, COPY, "Text Format") as they arrive, straight from the bytes: numbers, which are
 * nearly all there is, never become strings.
 * @param row called with the values of each row in the order of the table's columns; the array is used again for the next row
 * @returns a function that takes the next piece of the stream
 */
export function copyTextReader(
	table: FeedTable,
	row: (values: FeedValue[]) => void,
): (piece: Buffer) => void {
	const isText = table.columns.map(({ type }) => type === "text");
	const width = table.columns.length;
	const values: FeedValue[] = new Array(width);
	let begun: Buffer[] = []; // a row that has not ended yet

	return (piece) => {
		const lastEnd = piece.lastIndexOf(NEWLINE) + 1;
		if (lastEnd === 0) {
			begun.push(piece);
			return;
		}
		const before = begun.reduce((sum, part) => sum + part.length, 0);
		const bytes = before > 0 ? Buffer.concat([...begun, piece]) : piece;
		const end = before + lastEnd;
		begun = end < bytes.length ? [bytes.subarray(end)] : [];
		let at = 0;
		while (at < end) {
			for (let column = 0; column < width; column++) {
				// Read on from there, a row without a line end behind it would be looked for without end.
				if (column > 0 && bytes[at - 1] === NEWLINE)
					throw new Error(`COPY of ${table.name}: fewer columns than expected`);
				if (
					bytes[at] === BACKSLASH &&
					bytes[at + 1] === CAPITAL_N &&
					bytes[at + 2] <= NEWLINE
				) {
					values[column] = null;
					at += 3;
				} else if (isText[column]) {
					const start = at;
					let escaped = false;
					let byte = bytes[at];
					while (byte !== TAB && byte !== NEWLINE) {
						if (byte === BACKSLASH) escaped = true;
						byte = bytes[++at];
					}
					const text = bytes.toString("utf8", start, at++);
					values[column] = escaped ? unescaped(text) : text;
				} else {
					const start = at;
					const negative = bytes[at] === MINUS;
					if (negative) at++;
					let number = 0;
					let byte = bytes[at];
					while (byte >= ZERO && byte <= NINE) {
						number = number * 10 + (byte - ZERO);
						byte = bytes[++at];
					}
					if (
						(byte === TAB || byte === NEWLINE) &&
						number <= Number.MAX_SAFE_INTEGER
					) {
						// Digit by digit is exact below 2^53, like every count and time of the feed. `0 - 0` avoids minus zero.
						values[column] = negative ? 0 - number : number;
						at++;
					} else {
						while (byte !== TAB && byte !== NEWLINE) byte = bytes[++at];
						values[column] = Number(bytes.toString("latin1", start, at++));
					}
				}
			}
			if (bytes[at - 1] !== NEWLINE)
				throw new Error(`COPY of ${table.name}: more columns than expected`);
			row(values);
		}
	};
}

function unescaped(text: string): string {
	return text.replace(
		/\\(.)/gs,
		(_, letter: string) => ESCAPES[letter] ?? letter,
	);
}
