import { type Day, dayFromIso, isoFromDay } from "./day.ts";

/** What the figure of a day is held against: that of one day, whichever is looked at, or that of so many days before it. */
export type Against =
	| { readonly kind: "on"; readonly day: Day }
	| { readonly kind: "before"; readonly days: number };

/** Most days between the two: longer than anything there is of an epidemic so far. */
export const FURTHEST = 999;

/** Writes it as it stands in an address: `2020-06-01`, or `28d` for the 28th day before. */
export function textOfAgainst(against: Against): string {
	return against.kind === "on" ? isoFromDay(against.day) : `${against.days}d`;
}

/** Reads what `textOfAgainst` writes; undefined for anything else. */
export function againstFromText(text: string): Against | undefined {
	const days = Number(/^([1-9]\d{0,2})d$/.exec(text)?.[1]);
	if (days <= FURTHEST) return { kind: "before", days };
	const day = dayFromIso(text);
	return day === undefined ? undefined : { kind: "on", day };
}

/** The day that a day is held against. */
export function dayAgainst(against: Against, day: Day): Day {
	return against.kind === "on" ? against.day : day - against.days;
}
