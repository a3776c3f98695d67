import { FACILITY_MEASURES } from "../facilities/measure.ts";
import { INDICATORS } from "../series/indicator.ts";
import { MEASURES } from "../series/measure.ts";
import type { Entry, Term } from "./entry.ts";
import { FACILITY_ENTRIES } from "./facility-figures.ts";
import { INDICATOR_ENTRIES } from "./indicators.ts";
import { MEASURE_ENTRIES } from "./measures.ts";

const ENTRIES: Readonly<Record<Term, Entry>> = {
	...INDICATOR_ENTRIES,
	...MEASURE_ENTRIES,
	...FACILITY_ENTRIES,
};

/** All terms by what they are of, in reading order. */
export const TERMS = {
	indicator: INDICATORS.map(({ key }) => key),
	measure: [...MEASURES],
	facility: FACILITY_MEASURES.map(({ key }) => key),
} as const satisfies Record<string, readonly Term[]>;
export type TermGroup = keyof typeof TERMS;

export function entryOf(term: Term): Entry {
	return ENTRIES[term];
}

export function isTerm(text: string): text is Term {
	return Object.hasOwn(ENTRIES, text);
}

/** What a term is of. */
export function groupOf(term: Term): TermGroup {
	const found = (Object.keys(TERMS) as TermGroup[]).find((group) =>
		(TERMS[group] as readonly Term[]).includes(term),
	);
	// Every term is in one of the groups: they are made of the same lists as the entries.
	return found as TermGroup;
}
