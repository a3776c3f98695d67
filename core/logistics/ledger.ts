/**
 * The book of a store: what came, what was given out, and what was counted. The book goes on by its own arithmetic, so that what does not add up
 * stays in sight: a gap is shown and never smoothed away.
 */

import type { Day } from "../series/day.ts";

/** What is known of a store up to a day. Units; null: not stated. */
export interface Movement {
	readonly day: Day;
	/** First day of the period of what came and went. */
	readonly firstDay: Day;
	readonly opening: number | null;
	readonly received: number | null;
	readonly given: number | null;
	/** At the end of the day. */
	readonly counted: number | null;
}

export interface LedgerLine extends Movement {
	/** What the book says is there at the end of the day; null: it cannot be told, since nobody stated where it begins or what moved. */
	readonly book: number | null;
	/** Counted less book: what nobody accounted for. Null where either is not known. */
	readonly gap: number | null;
	/** The part of the gap that came up in this period. */
	readonly newGap: number | null;
}

/**
 * Keeps the book of one item in one store.
 * @param movements in the order of days. One without a receipt and a use is a count alone: it is held against the book and moves nothing.
 * Where the periods leave days out nothing is known of what moved in them, and the book begins anew with the next opening or count.
 */
export function ledger(movements: readonly Movement[]): LedgerLine[] {
	const lines: LedgerLine[] = [];
	let book: number | null = null;
	let until: Day | null = null;
	let gapBefore = 0;
	for (const movement of movements) {
		const { day, firstDay, opening, received, given, counted } = movement;
		const moves = received !== null || given !== null;
		if (moves) {
			if (book === null || (until !== null && firstDay > until + 1)) {
				book = opening;
				gapBefore = 0;
			}
			// What a sheet leaves empty of its two columns is not known: the book cannot go on over it.
			book =
				book === null || received === null || given === null
					? null
					: book + received - given;
			until = day;
		}
		const gap = book === null || counted === null ? null : counted - book;
		lines.push({
			...movement,
			book,
			gap,
			newGap: gap === null ? null : gap - gapBefore,
		});
		if (gap !== null) gapBefore = gap;
		if (book === null && moves) {
			book = counted;
			gapBefore = 0;
		}
	}
	return lines;
}
