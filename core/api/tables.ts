import { z } from "zod";
import { DRIFTS, QUESTIONS } from "../mapping/fit.ts";
import {
	ColumnMeaning,
	MappedColumn,
	TABLE_LEVELS,
	TableMapping,
	THOUSANDS,
} from "../mapping/mapping.ts";
import { CADENCES } from "../quality/cadence.ts";
import { DATA_MANAGERS } from "./data-managers.ts";
import { reason } from "./decisions.ts";
import { asKnown, dayNumber, nothing, text } from "./parameter.ts";
import { command, query } from "./route.ts";

/** Tables of any form that data managers give to the hub, and how those of each source are read. */

/** No table that is given at a screen is larger (bytes); larger ones are taken in at the hub itself. */
export const LARGEST_TABLE = 16 * 1024 * 1024;

const sourceKey = z.string().regex(/^[a-z][a-z0-9-]{2,39}$/, {
	error: "a key of small letters, digits and hyphens, such as dinkes-jabar",
});

const sourceName = z.string().trim().min(3).max(80);

/** Who reports, of a source that is not known yet. */
export const NewSource = z.strictObject({
	names: z.strictObject({ id: sourceName, en: sourceName }),
	/** 1 is asked first. */
	rank: z.int().min(1).max(99),
	cadence: z.enum(CADENCES.filter((one) => one !== "once")),
});

/** A table that was given, and what became of it. */
export const GivenTable = z.object({
	table: z.int(),
	name: z.string(),
	bytes: z.int(),
	/** Milliseconds since 1970. */
	at: z.number(),
	/** Who gave it. */
	person: z.string(),
	/** Key of the source under which it was taken in, by which version of its mapping; null: it was not. */
	taken: z
		.object({
			source: z.string(),
			version: z.int(),
			file: z.int(),
			lines: z.int(),
			accepted: z.int(),
			quarantined: z.int(),
			skipped: z.int(),
			withdrawn: z.boolean(),
			/** Why nothing of it was taken, where a person has to say something first. */
			held: z.array(
				z.object({
					column: z.string().nullable(),
					found: z.string(),
					expected: z.string(),
				}),
			),
		})
		.nullable(),
});
export type GivenTable = z.infer<typeof GivenTable>;

export const GivenTables = query({
	path: "/api/given-tables",
	about:
		"Tables that were given at the desk and what became of them, newest first, at most 1,000; from the hub.",
	role: DATA_MANAGERS,
	keeps: "narrowed",
	from: "hub",
	reads: ["dataset", "file", "outbox", "session"],
	request: nothing,
	answer: GivenTable.array(),
});

/** A version of how the tables of a source are read. */
export const MappingVersion = z.object({
	source: z.string(),
	names: z.object({ id: z.string(), en: z.string() }),
	rank: z.int(),
	cadence: z.enum(CADENCES),
	version: z.int(),
	at: z.number(),
	person: z.string(),
	reason: z.string(),
	/** Null: from this version on tables of the source are not read by a mapping. */
	mapping: TableMapping.nullable(),
});
export type MappingVersion = z.infer<typeof MappingVersion>;

export const Mappings = query({
	path: "/api/mappings",
	about:
		"How the tables of each source are read: all versions, the newest of each source first; and the sources that may have one. From the hub.",
	role: DATA_MANAGERS,
	keeps: "open",
	from: "hub",
	reads: ["dataset", "outbox", "session"],
	request: nothing,
	answer: z.object({
		versions: MappingVersion.array(),
		sources: z
			.object({
				key: z.string(),
				names: z.object({ id: z.string(), en: z.string() }),
				rank: z.int(),
			})
			.array(),
	}),
});

/** A mapping before it is saved: without the names of the columns that say nothing. */
export const MappingDraft = z.strictObject({
	level: z.enum(TABLE_LEVELS),
	columns: z.array(MappedColumn).max(60),
	thousands: z.enum(THOUSANDS),
	encoding: TableMapping.shape.encoding,
});
export type MappingDraft = z.infer<typeof MappingDraft>;

/** Longest draft in an address, as JSON: Node reads no head of more than 16 KB. */
export const LONGEST_DRAFT = 6000;

const Fault = z.object({
	line: z.int().nullable(),
	column: z.string().nullable(),
	reason: z.string(),
	found: z.string(),
	expected: z.string(),
	/** Errors that are alike. */
	count: z.int(),
});

const Drifted = z.object({
	kind: z.enum(DRIFTS),
	column: z.string().nullable(),
	found: z.string(),
});

export const TablePreview = z.object({
	table: z.int(),
	name: z.string(),
	lines: z.int(),
	encoding: z.string(),
	delimiter: z.string(),
	/** Lines above its header. */
	titleLines: z.int(),
	sheetsUnread: z.array(z.string()),
	/** Why it is no table that can be read at all. */
	faults: Fault.array(),
	header: z.array(z.string()),
	/** The first rows, by the number of their line. */
	rows: z.array(z.object({ line: z.int(), cells: z.array(z.string()) })),
	/** What its columns seem to mean. */
	guess: z.object({
		level: z.enum(TABLE_LEVELS),
		thousands: z.enum(THOUSANDS),
		columns: z.array(
			z.object({
				name: z.string(),
				meaning: ColumnMeaning.nullable(),
				fits: z.int(),
				of: z.int(),
				doubt: z.enum(["day-form", "scheme"]).nullable(),
			}),
		),
	}),
	/** What would become of it by the draft, or by the mapping of the source that was named; null: neither was. */
	trial: z
		.object({
			accepted: z.int(),
			quarantined: z.int(),
			skipped: z.int(),
			faults: Fault.array(),
			/** What is otherwise than when the mapping was made, and does not matter. */
			drift: Drifted.array(),
			/** What a person has to say first. */
			questions: z.array(
				z.object({
					kind: z.enum(QUESTIONS),
					column: z.string(),
					found: z.string(),
					candidates: z.array(z.string()),
				}),
			),
			/** What the first rows would say. */
			says: z.array(
				z.object({
					line: z.int(),
					code: z.string(),
					name: z.string(),
					day: z.int(),
					values: z.record(z.string(), z.number()),
				}),
			),
		})
		.nullable(),
});
export type TablePreview = z.infer<typeof TablePreview>;

export const TablePreviewOf = query({
	path: "/api/given-table",
	about:
		"The first rows of a table that was given, what its columns seem to mean, and what would become of it by a mapping; from the hub.",
	role: DATA_MANAGERS,
	keeps: "open",
	from: "hub",
	reads: ["dataset", "outbox", "session"],
	request: z.strictObject({
		given: z.codec(
			z.string({ error: "the number of a table" }).regex(/^[1-9]\d{0,8}$/, {
				error: "the number of a table",
			}),
			z.int(),
			{ decode: Number, encode: String },
		),
		/** Key of a source whose mapping is tried. */
		source: text(40, "the key of a source"),
		/** The day it speaks as of, where neither it nor its name says so. */
		as_of: asKnown,
		/** JSON of a MappingDraft. */
		draft: text(LONGEST_DRAFT, "a mapping as JSON of at most 6,000 characters"),
	}),
	answer: TablePreview,
});

/** What the audit trail keeps of a mapping. */
const MappingStanding = z.object({
	source: z.string(),
	version: z.int(),
	columns: z.array(z.string()),
});

export const SaveMapping = command({
	name: "save-mapping",
	about:
		"Say how the tables of a source are read, or that they are not any more; earlier versions are kept.",
	role: DATA_MANAGERS,
	scope: "nation",
	whenOffline: "wait",
	request: z.strictObject({
		source: sourceKey,
		/** Of a source that is not known yet; null: it is. */
		register: NewSource.nullable(),
		mapping: TableMapping.nullable(),
		reason,
	}),
	answer: MappingStanding,
});

/** What the audit trail keeps of a table that was taken in; before it ever was, nothing. */
const TakenTable = z.object({
	file: z.string(),
	lines: z.int(),
	accepted: z.int(),
	quarantined: z.int(),
});

export const TakeInTable = command({
	name: "take-in-table",
	about:
		"Take in a table that was given, by the mapping of its source; again after the mapping has changed.",
	role: DATA_MANAGERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({
		table: z.int().positive(),
		source: sourceKey,
		/** Of the mapping by which it was tried; a newer one is refused. */
		version: z.int().positive(),
		/** The day it speaks as of, where neither it nor its name says so. */
		asOf: dayNumber.nullable(),
		reason,
	}),
	answer: TakenTable,
});
