/** The most of a file's own text that is ever repeated: a cell of 50 MB is neither printed nor stored again. */
export const EXCERPT_LENGTH = 200;

export const READING_REASONS = [
	"negative",
	"not-a-day",
	"impossible-day",
	"not-a-number",
	"columns",
	"encoding",
	"format",
] as const;

/** Why a line of a file, or a cell of it, cannot be used, in terms a person can act on. */
export interface ReadingFault {
	/** 1-based line in the file; null for the file as a whole. */
	line: number | null;
	column: string | null;
	reason: (typeof READING_REASONS)[number];
	found: string;
	expected: string;
}

/** What a value may be, or why it is none: the reason and what was expected of it. */
export type Reading<T> =
	| { ok: true; value: T }
	| { ok: false; reason: ReadingFault["reason"]; expected: string };

/** The beginning of a text, at most EXCERPT_LENGTH characters, for a message or for keeping. Whole characters, also those of two halves. */
export function excerpt(text: string): string {
	if (text.length <= EXCERPT_LENGTH) return text;
	const cut = EXCERPT_LENGTH - 1;
	const isHalf = (text.codePointAt(cut - 1) ?? 0) > 0xffff;
	return `${text.slice(0, isHalf ? cut - 1 : cut)}…`;
}

/** A text for a terminal, which what a file holds must not steer: only line ends and tabs are left of what is not seen. */
export function printable(text: string): string {
	return text.replace(/[^\P{Cc}\n\t]/gu, "\ufffd");
}
