import type { CellState, ShownCell } from "./shown-cell.ts";

const WITHHELD = "x";
const PARTIAL = "p";

/**
 * Writes a series in few bytes, a word a day between commas: nothing where nothing was reported, `x` where it is withheld, else by how much the
 * count is more than the last that is shown, with a `p` behind it where areas below did not report.
 */
export function packSeries(cells: readonly ShownCell[]): string {
	let last = 0;
	return cells
		.map(({ state, value }) => {
			if (state === "dirahasiakan") return WITHHELD;
			if (value === null) return "";
			const more = value - last;
			last = value;
			return `${more}${state === "sebagian" ? PARTIAL : ""}`;
		})
		.join();
}

/** Reads what `packSeries` wrote. */
export function readSeries(text: string): ShownCell[] {
	let last = 0;
	return text.split(",").map((word) => {
		if (word === WITHHELD) return { state: "dirahasiakan", value: null };
		if (word === "") return { state: "tidak-dilaporkan", value: null };
		last += Number.parseInt(word, 10);
		return {
			state: word.endsWith(PARTIAL) ? "sebagian" : "tersedia",
			value: last,
		};
	});
}

/**
 * What stands where a period has no count of what was new in it: its own state, that there is no period before it, or that its count is of those
 * who are it on that day and does not go on.
 */
export type NewState = CellState | "tanpa-pembanding" | "bukan-kumulatif";
export interface NewCell {
	readonly state: NewState;
	readonly value: number | null;
}

/**
 * What was new in each period of a count that goes on, as anybody can reckon it from two counts that are shown; of the first there is nothing to
 * compare with. Below 0 where the count was corrected downwards. From a sum that lacks an area nothing is reckoned: another may lack others.
 */
export function newInPeriods(
	cells: readonly ShownCell[],
	countsUp: boolean,
): NewCell[] {
	return cells.map((cell, at) => {
		if (!countsUp) return { state: "bukan-kumulatif", value: null };
		const before = cells[at - 1];
		if (cell.value === null) return cell;
		if (before === undefined) return { state: "tanpa-pembanding", value: null };
		if (before.value === null) return before;
		if ([cell.state, before.state].includes("sebagian"))
			return { state: "sebagian", value: null };
		return { state: "tersedia", value: cell.value - before.value };
	});
}
