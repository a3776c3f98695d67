import {
	entryOf,
	groupOf,
	TERMS,
	type TermGroup,
} from "../../../core/dictionary/dictionary.ts";
import type { Entry, Term } from "../../../core/dictionary/entry.ts";
import {
	type FacilityMeasure,
	facilityMeasure,
} from "../../../core/facilities/measure.ts";
import {
	indicatorByKey,
	type StoredKey,
} from "../../../core/series/indicator.ts";
import type { dictionaryId } from "../../i18n/dictionary-id.ts";
import { folded } from "../../navigation/find.ts";

/** How a term counts, by the words that the texts have for it. */
export function countingOf(
	term: Term,
): keyof (typeof dictionaryId)["countings"] {
	switch (groupOf(term)) {
		case "indicator": {
			const { kind, derived } = indicatorByKey(term as StoredKey);
			return derived ? "derived" : kind;
		}
		case "measure":
			return "measure";
		case "facility":
			return facilityMeasure(term as FacilityMeasure).per === undefined
				? "reported"
				: "quotient";
	}
}

/** Of what a term is stated; null of a measure, which is of whatever is chosen. */
export function statedOf(
	term: Term,
): keyof (typeof dictionaryId)["levels"] | null {
	switch (groupOf(term)) {
		case "indicator":
			return indicatorByKey(term as StoredKey).only ?? "all";
		case "measure":
			return null;
		case "facility":
			return facilityMeasure(term as FacilityMeasure).kind;
	}
}

/** The terms that hold what was typed, in name, key or meaning of either language, by their group. */
export function termsLike(
	typed: string,
	namesOf: (term: Term) => readonly string[],
): readonly { group: TermGroup; terms: readonly Term[] }[] {
	const sought = folded(typed);
	return (Object.keys(TERMS) as TermGroup[]).flatMap((group) => {
		const terms = (TERMS[group] as readonly Term[]).filter((term) => {
			const { means }: Entry = entryOf(term);
			return [term, ...namesOf(term), means.id, means.en].some((text) =>
				folded(text).includes(sought),
			);
		});
		return terms.length === 0 ? [] : [{ group, terms }];
	});
}
