import type { FacilityMeasure } from "../facilities/measure.ts";
import type { Day } from "../series/day.ts";
import type { StoredKey } from "../series/indicator.ts";
import type { Measure } from "../series/measure.ts";

/** A text in both languages, in whole sentences. */
export interface Both {
	readonly id: string;
	readonly en: string;
}

/** What can be looked up: an indicator of areas, a measure in which it is shown, a figure of facilities. */
export type Term = StoredKey | Measure | FacilityMeasure;

/** What a figure means: nothing here is computed by, and nothing is shown without it being the same everywhere. */
export interface Entry {
	/** What is counted, and when somebody or something counts. */
	readonly means: Both;
	readonly unit: Both;
	/** What must be known before two of them are compared. */
	readonly caution: Both | null;
	/** Days on which its curve is broken, since it means something else from then on: what lies on either side is never subtracted. Other changes are told in `caution`. */
	readonly breaks: readonly { readonly day: Day; readonly says: Both }[];
	/** What it is taken for, came from, or is computed from. */
	readonly related: readonly Term[];
	/** Where the definition stands. */
	readonly documents: readonly string[];
}

/** What no document of others defines, and has meant the same throughout. */
export const undocumented = (
	means: Both,
	unit: Both,
	caution: Both | null,
	related: Entry["related"],
): Entry => ({ means, unit, caution, breaks: [], related, documents: [] });
