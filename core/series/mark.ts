/**
 * Marks: a bit set of sixteen. The first eight bits are of facts and claims and travel in the feed; the others are of figures, and are
 * found by whoever computes them. Bits are stored in feed and replica: never reuse one.
 */
export const MARKS = {
	/** No report although one was expected. */
	silent: 1,
	/** A cumulative value fell against the last reported day of the same source. */
	correction: 2,
	/** A later vintage of the same source changed the value of an older day. */
	restated: 4,
	/** Two sources differ on this cell. */
	conflict: 8,
	/** A zero after a positive cumulative count. */
	implausibleZero: 16,
	/** A sum in which at least one expected area is missing. */
	partial: 32,
	/** The value comes from another source than that of the reported day before. */
	sourceChanged: 256,
	/** Part of it is an even share of a report that covers several days. */
	spread: 512,
	/** A weekly figure of which reports cover four to six days only. */
	shortWeek: 1024,
	/** Nothing was known of it yet on the day asked for, or it is still being published: not the same as not reported. */
	notYetKnown: 2048,
	/** A sum of so few areas or people that it is not the figure of the whole. */
	fewAreas: 4096,
	/** A count below zero: the parts it is computed from are out of step. */
	belowZero: 8192,
	/** A difference between values of which the later one is counted by another definition (core/series/indicator definitionChangeOf). */
	definitionChanged: 16384,
	/** The last report of a source that speaks on days of its own choosing, of an earlier day (core/quality/last-report). */
	lastReport: 32768,
} as const;

/** The marks that no value of a day has, only what is computed over several: beside the day's own they are not mistaken for them. */
export const WEEKLY_MARKS =
	MARKS.spread | MARKS.shortWeek | MARKS.definitionChanged;

export type MarkKey = keyof typeof MARKS;

/** The names of the marks set in `bits`, in the order of their definition. */
export function marksIn(bits: number): MarkKey[] {
	return (Object.keys(MARKS) as MarkKey[]).filter(
		(key) => (bits & MARKS[key]) !== 0,
	);
}
