/** Kinds of events; corrections are found in the figures, all others are of the reference file. */
export const KINDS = [
	"epidemic",
	"rule",
	"definition",
	"holiday",
	"correction",
] as const;
export type EventKind = (typeof KINDS)[number];
