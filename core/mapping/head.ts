import { alike } from "./mapping.ts";

/** Lines among which the header is looked for: offices write titles, a date and their name above their tables. */
const LINES = 30;

/**
 * At which line (0-based) the names of the columns stand: the first on which two of the names that are known stand, else the first that is
 * nearly as wide as the lines below it and on which no number stands. 0 where there is none such.
 * @param lines without their ends; null: not readable
 */
export function headerAt(
	lines: readonly (string | null)[],
	known: readonly string[] = [],
): number {
	const delimiter = delimiterIn(lines.slice(0, 2 * LINES));
	const cells = lines
		.slice(0, 2 * LINES)
		.map((line) => (line ?? "").slice(0, 20_000).split(delimiter).map(plain));
	const names = new Set(known.map(alike));
	if (names.size > 1) {
		const at = cells
			.slice(0, LINES)
			.findIndex(
				(line) =>
					new Set(line.map(alike).filter((name) => names.has(name))).size > 1,
			);
		if (at >= 0) return at;
	}
	const filled = cells.map((line) => line.filter((cell) => cell !== "").length);
	for (let at = 0; at < Math.min(LINES, cells.length - 1); at++) {
		const below = filled.slice(at + 1, at + 21).filter((count) => count > 0);
		const width = below.toSorted((a, b) => a - b)[Math.floor(below.length / 2)];
		if (
			width !== undefined &&
			filled[at] > 1 &&
			filled[at] >= 0.6 * width &&
			cells[at].every((cell) => !/^[\d.,\s]+$/.test(cell))
		)
			return at;
	}
	return 0;
}

function plain(cell: string): string {
	return cell.replace(/^\s*"?|"?\s*$/g, "");
}

/** What parts most of the lines into the most cells. */
function delimiterIn(lines: readonly (string | null)[]): string {
	const count = (sign: string) =>
		lines.reduce((sum, line) => sum + ((line ?? "").split(sign).length - 1), 0);
	return [",", ";", "\t", "|"].reduce((best, one) =>
		count(one) > count(best) ? one : best,
	);
}
