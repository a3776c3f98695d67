import { z } from "zod";
import { LEVELS } from "../areas/codes.ts";
import { CADENCES } from "../quality/cadence.ts";
import { DATA_MANAGERS } from "./data-managers.ts";
import { day } from "./parameter.ts";
import { query } from "./route.ts";
import { FreshnessOf, SourceName } from "./sources.ts";

/** What data managers see of all that came in: who reported and who did not, where sources differ, and how well each of them does. */

/** Days of the matrix, the last one asked for included. */
export const MATRIX_DAYS = 28;
/** A report known this many days after its day, or earlier, came in time: what is counted in the evening is told the next morning. */
export const IN_TIME = 1;

/** What a source said of one day. */
const MatrixCell = z.object({
	/** Areas (or facilities) that it spoke of, late or not. */
	reported: z.int(),
	/** Of those the ones that it first spoke of more than a day later. */
	late: z.int(),
	/** Those that it speaks of on other days, and not on this one; none is missed of a source that need not report daily, or before its first day. */
	silent: z.int(),
	/** Files of the source that came in on this day and of which nothing could be used; null: not told, since nobody knows of which part they were. */
	empty: z.int().nullable(),
});
export type MatrixCell = z.infer<typeof MatrixCell>;

export const ReportingMatrix = z.object({
	/** The last day of the matrix. */
	day: z.int(),
	firstDay: z.int(),
	/** In the order of sources. */
	rows: z.array(
		z.object({
			source: SourceName,
			cadence: z.enum(CADENCES),
			/** Whether it speaks of facilities, not of areas. */
			facilities: z.boolean(),
			/** Those that it ever spoke of, up to the last day. */
			expected: z.int(),
			/** Reports that came, of those that were due in the matrix; null: none was. */
			complete: z.number().nullable(),
			cells: z.array(MatrixCell),
		}),
	),
	/** How many did not report on the last day, of the sources that report daily. */
	silent: z.int(),
	/** Who they are, the longest silent first; of more than 5,000 the ones that were heard of last. */
	reminders: z.array(
		z.object({
			source: SourceName,
			/** The area that did not report, or in which the facility lies. */
			area: z.int(),
			code: z.string(),
			name: z.string(),
			/** The last day before of which something was said. */
			lastDay: z.int(),
		}),
	),
});
export type ReportingMatrix = z.infer<typeof ReportingMatrix>;

export const ReportingOf = query({
	path: "/api/reporting",
	about: `Who reported, late or not at all: each source on the ${MATRIX_DAYS} days up to one, and whom to remind.`,
	role: DATA_MANAGERS,
	keeps: "narrowed",
	from: "replica",
	reads: FreshnessOf.reads,
	request: z.strictObject({ day }),
	answer: ReportingMatrix,
});

/** What a source says of a cell, of itself or by the areas below. */
const Statement = z.object({
	source: SourceName,
	kind: z.enum(["own", "sum"]),
	value: z.number(),
	/** Areas in a sum, of those below. */
	reporting: z.int().nullable(),
	expected: z.int().nullable(),
	/** Name of the file and the line; null for a sum, which has many. */
	file: z.string().nullable(),
	line: z.int().nullable(),
});

export const Conflict = z.object({
	indicator: z.string(),
	area: z.int(),
	code: z.string(),
	name: z.string(),
	level: z.enum(LEVELS),
	/** What is shown, by which rule, and of whom; null: a sum over several sources. */
	shown: z.number().nullable(),
	rule: z.string(),
	source: SourceName.nullable(),
	/** All that is said, in the order of sources. */
	statements: z.array(Statement),
	/** Between the least and the most that is said; null: of fewer than two statements there is none. */
	gap: z.number().nullable(),
	/** The gap as a share of the most. */
	share: z.number().nullable(),
	/** Days on end up to this one on which sources differ, at most 120. */
	days: z.int(),
	/** Within this much no conflict would be marked: both must be passed. */
	tolerance: z.object({ absolute: z.number(), relative: z.number() }),
});
export type Conflict = z.infer<typeof Conflict>;

const Conflicts = z.object({ day: z.int(), conflicts: Conflict.array() });
export type Conflicts = z.infer<typeof Conflicts>;

export const ConflictsOf = query({
	path: "/api/conflicts",
	about:
		"Where sources differ on a day by more than the tolerance: what each of them says, how far apart they are and since when, the widest first.",
	role: DATA_MANAGERS,
	keeps: "narrowed",
	from: "replica",
	reads: ["area", "source", "file", "fact", "claim"],
	request: z.strictObject({ day }),
	answer: Conflicts,
});

/** How well a source does, over the days up to one. */
export const SourceScore = z.object({
	source: SourceName,
	cadence: z.enum(CADENCES),
	/** Files that came in, and lines of them by what became of them; null: not told of a part of the country. */
	files: z.int().nullable(),
	accepted: z.int().nullable(),
	quarantined: z.int().nullable(),
	/** Values by how many days after their day they were first known: 0, 1, 2, 3 to 7, more. */
	delays: z.array(z.int()).length(5),
	/** Values of areas that it later said otherwise, and cumulative ones that fell, of so many that it stated; null: it speaks of facilities. */
	restated: z.int().nullable(),
	corrections: z.int().nullable(),
	values: z.int().nullable(),
	/** As in the matrix. */
	complete: z.number().nullable(),
});
export type SourceScore = z.infer<typeof SourceScore>;

const SourceScores = z.object({
	/** The last of the days. */
	day: z.int(),
	scores: SourceScore.array(),
});
export type SourceScores = z.infer<typeof SourceScores>;

export const SourceScoresOf = query({
	path: "/api/source-scores",
	about: `How well each source does over the ${MATRIX_DAYS} days up to one: files, quarantine, delays, corrections, completeness.`,
	role: DATA_MANAGERS,
	keeps: "narrowed",
	from: "replica",
	reads: FreshnessOf.reads,
	request: z.strictObject({ day }),
	answer: SourceScores,
});
