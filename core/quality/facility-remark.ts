/** Hospitals of a file without codes that were found by their names. */
export interface MatchedNames {
	method: "Jaro-Winkler";
	/** So many have the very name of one registered hospital of their area. */
	exact: number;
	/** Those whose name differs in spelling, with the score by which they were joined. */
	byScore: { said: string; name: string; code: string; score: number }[];
}

/** A table of far fewer facilities than its source usually has. Those that are missing did not report; they have not closed. */
export interface ShortTable {
	facilities: number;
	usual: number;
}

/** A table of fewer than this share of the facilities that its source usually has is short. */
const SHORT_BELOW = 0.8;

/**
 * Holds the size of a table against those that the source sent before.
 * @param before the facilities in other tables of the same form, in any order
 */
export function shortTable(
	facilities: number,
	before: readonly number[],
): ShortTable[] {
	const sizes = before.toSorted((a, b) => a - b);
	const usual = sizes[sizes.length >> 1];
	return usual !== undefined && facilities < SHORT_BELOW * usual
		? [{ facilities, usual }]
		: [];
}
