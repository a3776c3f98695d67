/** Hospitals of a file without codes that were found by their names. */
export interface MatchedNames {
	method: "Jaro-Winkler";
	/** So many have the very name of one registered hospital of their area. */
	exact: number;
	/** Those whose name differs in spelling, with the score by which they were joined. */
	byScore: { said: string; name: string; code: string; score: number }[];
}

/** A table of facilities that says of each what another file of its source says of another day: a copy, of which nothing is taken in. */
export interface CopiedTable {
	copyOf: string;
	facilities: number;
}

/** A table of far fewer facilities than its source usually has. Those that are missing did not report; they have not closed. */
export interface ShortTable {
	facilities: number;
	usual: number;
}

/** A table of fewer than this share of the facilities that its source usually has is short. */
const SHORT_BELOW = 0.8;

/** So many facilities do not all state the same twice by chance. */
const ENOUGH_FACILITIES = 20;

/** What a table of one moment states, by the code of the facility. */
export type FacilityTable = ReadonlyMap<
	string,
	Readonly<Partial<Record<string, number>>>
>;

/**
 * Holds a table against those that the source sent before.
 * @param before other tables of the same form by the name of their file, in any order
 */
export function facilityTableRemarks(
	table: FacilityTable,
	before: ReadonlyMap<string, FacilityTable>,
): (CopiedTable | ShortTable)[] {
	for (const [name, other] of before)
		if (table.size >= ENOUGH_FACILITIES && isSameTable(table, other))
			return [{ copyOf: name, facilities: table.size }];
	const sizes = [...before.values()]
		.map(({ size }) => size)
		.sort((a, b) => a - b);
	const usual = sizes[sizes.length >> 1];
	return usual !== undefined && table.size < SHORT_BELOW * usual
		? [{ facilities: table.size, usual }]
		: [];
}

function isSameTable(a: FacilityTable, b: FacilityTable): boolean {
	if (a.size !== b.size) return false;
	for (const [code, values] of a) {
		const other = b.get(code);
		if (!other) return false;
		const keys = Object.keys(values);
		if (
			keys.length !== Object.keys(other).length ||
			keys.some((key) => values[key] !== other[key])
		)
			return false;
	}
	return true;
}
