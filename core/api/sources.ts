import { z } from "zod";
import { EVERYBODY, PEOPLE } from "../access/role.ts";
import { fileId, nothing, text } from "./parameter.ts";
import { query } from "./route.ts";

export const SourceName = z.object({
	key: z.string(),
	id_name: z.string(),
	en_name: z.string(),
});
export type SourceName = z.infer<typeof SourceName>;

/** So many workbooks with sheets that were not read are named of a source. */
export const UNREAD_SHOWN = 5;

export const Freshness = z.object({
	source: SourceName,
	lastDay: z.int().nullable(),
	/** Of a detail that follows, it has yet to be published up to the last day of the dataset: it is not silent. */
	follows: z.boolean(),
	receivedAt: z.number().nullable(),
	files: z.int(),
	accepted: z.int(),
	quarantined: z.int(),
	/** Days whose table is that of the day before, newest first: so many growing areas stand still in all counts. */
	repeated: z.array(z.object({ day: z.int(), areas: z.int() })),
	/** Workbooks of which only the first sheet was read although others hold something, the newest first, at most `UNREAD_SHOWN`. */
	unread: z.array(z.object({ file: z.string(), sheets: z.string().array() })),
	/** Areas with a report on the source's last day, of those expected. */
	reporting: z.int().nullable(),
	expected: z.int().nullable(),
});
export type Freshness = z.infer<typeof Freshness>;

export const QuarantineRow = z.object({
	file: z.string(),
	fileId: z.int(),
	line: z.int().nullable(),
	column: z.string().nullable(),
	reason: z.string(),
	found: z.string(),
	expected: z.string(),
	/** Errors of the file with this reason in this column: only the first of them are rows. */
	alike: z.int(),
});
export type QuarantineRow = z.infer<typeof QuarantineRow>;

export const FreshnessOf = query({
	path: "/api/freshness",
	about: "How far each source reports, and how completely.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: [
		"source",
		"file",
		"claim",
		"facility_report",
		"stock_line",
		"dataset",
	],
	request: nothing,
	answer: Freshness.array(),
});

export const Quarantine = query({
	path: "/api/quarantine",
	about: "Rows that could not be used, newest file first, at most 2,000.",
	role: PEOPLE,
	keeps: "narrowed",
	from: "replica",
	reads: ["file", "quarantine"],
	request: z.strictObject({ file: text(500, "the name of a file") }),
	answer: QuarantineRow.array(),
});

/** A file that came in, and what of the figures it speaks of: what its withdrawal would touch. */
export const FileReach = z.object({
	file: z.int(),
	name: z.string(),
	source: SourceName,
	/** Milliseconds since 1970. */
	receivedAt: z.number(),
	/** The day on which it was withdrawn. */
	withdrawn: z.int().nullable(),
	/** Of each area that it speaks of: how many values, of which days. */
	areas: z.array(
		z.object({
			area: z.int(),
			values: z.int(),
			firstDay: z.int(),
			lastDay: z.int(),
		}),
	),
	/** Of all of these together; null where it speaks of none. */
	told: z
		.object({ values: z.int(), firstDay: z.int(), lastDay: z.int() })
		.nullable(),
	/** Whether it speaks of areas outside the person's part of the country: then only somebody of the nation may withdraw it. */
	elsewhere: z.boolean(),
});
export type FileReach = z.infer<typeof FileReach>;

export const FileOf = query({
	path: "/api/file",
	about: "A file by its number, and what it speaks of; null: none is known.",
	role: PEOPLE,
	keeps: "narrowed",
	from: "replica",
	reads: ["file", "claim", "facility_report"],
	request: z.strictObject({ file: fileId }),
	answer: FileReach.nullable(),
});
