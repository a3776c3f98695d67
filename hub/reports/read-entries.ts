import { excerpt } from "../../core/reading/fault.ts";
import { jsonInWords, readJson } from "../../core/reading/json.ts";
import type { Day } from "../../core/series/day.ts";
import { type Parsed, type RowError, unreadable } from "./report.ts";
import type { vintageOf } from "./vintage.ts";

/** One object of a list in JSON. */
export type Entry = Readonly<Record<string, unknown>>;

/** What a cell of a table would say: a text, a number as it is written, nothing for what is not there. */
export function textOf(value: unknown): string {
	if (value === undefined || value === null) return "";
	return typeof value === "string" ? value : excerpt(JSON.stringify(value));
}

interface ListForm {
	/** Every entry has these keys. */
	columns: readonly string[];
	/** In words, for whoever gives another file. */
	expected: string;
	/** Why no entry can be used, whatever it says; null: they can. */
	refused: RowError | null;
	vintage: ReturnType<typeof vintageOf>;
	/** The day as of which the list speaks when neither its name nor a person says. */
	received: Day;
}

/**
 * Reads a list of objects in JSON, each of which counts as a line, the first as 1.
 * @param read what an entry says, or why it cannot be used
 * @param said what the list says, from all that was read
 */
export function readEntries<Said>(
	bytes: Uint8Array,
	{ columns, expected, refused, vintage, received }: ListForm,
	read: (entry: Entry, line: number, asOf: Day) => Said | RowError,
	said: (
		all: Said[],
	) => Partial<Pick<Parsed, "facilities" | "facilityReports" | "remarks">>,
): Parsed {
	const json = readJson(bytes);
	if ("fault" in json) {
		const { line, found } = json.fault;
		return unreadable({
			...json.fault,
			// A line of its text is none of its entries.
			line: null,
			found: excerpt(line === null ? found : `in line ${line}: ${found}`),
		});
	}
	const { value } = json;
	const isEntry = (one: unknown): one is Entry =>
		typeof one === "object" &&
		one !== null &&
		columns.every((column) => column in one);
	if (!Array.isArray(value) || !value.some(isEntry))
		return unreadable({
			line: null,
			column: null,
			reason: "format",
			found: jsonInWords(Array.isArray(value) ? value[0] : value),
			expected,
		});
	if (refused) return unreadable(refused, value.length);
	if ("error" in vintage) return unreadable(vintage.error, value.length);
	const asOf = vintage.day ?? received;
	const all: Said[] = [];
	const errors: RowError[] = [];
	for (const [at, entry] of value.entries()) {
		const line = at + 1;
		const one: Said | RowError = isEntry(entry)
			? read(entry, line, asOf)
			: {
					line,
					column: null,
					reason: "format",
					found: jsonInWords(entry),
					expected,
				};
		if (typeof one === "object" && one !== null && "reason" in one)
			errors.push(one as RowError);
		else all.push(one as Said);
	}
	return {
		reports: [],
		facilityReports: [],
		...said(all),
		errors,
		lines: value.length,
		skipped: {},
		unread: 0,
		asOf,
	};
}
