/** The line on which a text breaks off, from 1; null: on the first that holds anything, so that nothing of it is JSON. */
export function brokenLine(
	lines: readonly (string | null)[],
	error: unknown,
): number | null {
	const at = /\(line (\d+) column \d+\)/.exec(String(error))?.[1];
	if (at !== undefined) return Number(at);
	if (/Unexpected end/.test(String(error)))
		return lines.length > 0 ? lines.length : null;
	// Of a sign that has no place there the machine says no line: it is the last of the fewest lines which it stands in.
	let least = lines.findIndex((text) => text?.trim());
	let most = lines.length - 1;
	const first = least;
	while (least < most) {
		const middle = (least + most) >> 1;
		if (hasNoPlace(lines.slice(0, middle + 1).join("\n"))) most = middle;
		else least = middle + 1;
	}
	return least === first ? null : least + 1;
}

function hasNoPlace(text: string): boolean {
	try {
		JSON.parse(text);
		return false;
	} catch (error) {
		return /Unexpected token/.test(String(error));
	}
}

/**
 * Parses the text of a file that a person may have saved, with the mark that Notepad sets before it (RFC 8259, 8.1: a reader may pass it
 * over), and that may hold a secret: JSON.parse repeats a piece of it in what it throws, which is logged and shown.
 * @throws SyntaxError that says no more than the line, where it is known
 */
export function parseSilently(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch (error) {
		const line = brokenLine(text.split("\n"), error);
		throw new SyntaxError(
			line === null ? "it is not JSON" : `it is not JSON, line ${line}`,
		);
	}
}
