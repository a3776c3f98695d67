import type { IndicatorKey } from "../series/indicator.ts";

/** The people of an area, as far as they are known. */
export interface KnownPeople {
	people: number;
	/** False for a rule of thumb: people of a whole divided over its parts. */
	counted: boolean;
}

/** How often the people of an area a count may be: nobody is confirmed twice in a cumulative count. */
const AT_MOST_TIMES = {
	/** Of a census or a register. */
	counted: 1,
	/** The true number may be twice that of a rule of thumb. */
	divided: 2,
	/** Tests are made of one person many times, and some sources count specimens. */
	tests: 50,
};

/**
 * The largest count that an area can have; what lies above is a slip (a number of another cell, a digit too many, an overflow).
 * @returns null when nothing is known of the people
 */
export function mostPossible(
	indicator: IndicatorKey,
	known: KnownPeople | null,
): number | null {
	if (known === null || known.people <= 0) return null;
	const times = known.counted ? AT_MOST_TIMES.counted : AT_MOST_TIMES.divided;
	return (
		known.people * times * (indicator === "tests" ? AT_MOST_TIMES.tests : 1)
	);
}
