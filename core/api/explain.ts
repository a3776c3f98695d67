import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { MEASURES } from "../series/measure.ts";
import type { Period } from "../series/period.ts";
import { Completeness, FACTS, Origin, SourceChange } from "./figures.ts";
import {
	areaId,
	asKnown,
	day,
	indicator,
	measure,
	period,
} from "./parameter.ts";
import { query } from "./route.ts";
import { SourceName } from "./sources.ts";

const receivedFrom = { source: SourceName, asOf: z.int() };

/** What is said less `fact.value`; null where no value is shown. */
const gap = z.number().nullable();

/**
 * What a figure is made of. `value` of the figure is, in the order of the terms:
 * report: the one report; sum: the sum of the areas' values; active: the sum of sign x value; week: the sum of the days' `new`, its
 * corrections that of their `correction`; change: the sum of now - before; rate: count x 100,000 / people.
 */
export const FigureTerm = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("report"),
		value: z.number(),
		source: SourceName.nullable(),
		asOf: z.int(),
	}),
	/** An area below; null: it did not report, and is not in the sum. */
	z.object({
		kind: z.literal("area"),
		area: z.int(),
		value: z.number().nullable(),
		marks: z.int(),
		source: SourceName.nullable(),
	}),
	/** What a sum holds beyond the values shown for the areas: another source's figures were summed. */
	z.object({ kind: z.literal("rest"), value: z.number() }),
	z.object({
		kind: z.literal("indicator"),
		indicator: z.string(),
		sign: z.union([z.literal(1), z.literal(-1)]),
		value: z.number(),
		origin: Origin,
		/** Areas of the common set, for a sum. */
		areas: z.array(z.int()),
		marks: z.int(),
	}),
	z.object({
		kind: z.literal("day"),
		day: z.int(),
		/** Null: it cannot be told what was new. */
		new: z.number().nullable(),
		correction: z.number().nullable(),
		marks: z.int(),
	}),
	z.object({
		kind: z.literal("ends"),
		area: z.int(),
		now: z.number().nullable(),
		before: z.number().nullable(),
		/** False: not in the change, for want of one of the two or because the source changed. */
		counted: z.boolean(),
	}),
	z.object({ kind: z.literal("count"), value: z.number() }),
	z.object({
		kind: z.literal("people"),
		value: z.number(),
		year: z.int().nullable(),
		source: z.string().nullable(),
	}),
]);
export type FigureTerm = z.infer<typeof FigureTerm>;

/** A figure and its proof. */
export const ExplainedFigure = z.object({
	how: z.enum(["report", "sum", "active", "week", "change", "rate", "none"]),
	value: z.number().nullable(),
	/** Of a weekly figure: the falls by correction, kept apart. */
	corrected: z.number().nullable(),
	unit: z.enum(["count", "per100k"]),
	marks: z.int(),
	whole: z.boolean(),
	reporting: z.int().nullable(),
	expected: z.int().nullable(),
	sourceChange: SourceChange.nullable(),
	terms: z.array(FigureTerm),
});

/** "Dari mana angka ini?": everything known about one cell. */
export const Explanation = z.object({
	indicator: z.string(),
	measure: z.enum(MEASURES),
	/** The days that it was shown of, where that was asked for. */
	period: z.string().nullable(),
	/** The first of the days over which it counts what is new; null where it is the value itself. */
	from: z.int().nullable(),
	area: z.int(),
	day: z.int(),
	/** The day of the report that stands for it: the day itself, or an earlier one (core/quality/last-report), of which all else is told. */
	reportDay: z.int(),
	asKnownOn: z.int().nullable(),
	/** The figure that was clicked, and its proof. Of a rate, `of` is the count that it divides. */
	figure: ExplainedFigure.extend({ of: ExplainedFigure.nullable() }),
	completeness: Completeness,
	/** The value of the indicator itself on the day. Null when no source ever spoke of this cell and none was expected to. */
	fact: z
		.object({
			value: z.number().nullable(),
			rule: z.string(), // RuleKey, or "derived" for active = confirmed - recovered - deaths
			marks: z.int(),
			asOf: z.int(),
			source: SourceName.nullable(),
			reporting: z.int().nullable(),
			expected: z.int().nullable(),
		})
		.nullable(),
	/** Newest claim of each source first in source order, then older ones (`current: false`). */
	claims: z.array(
		z.object({
			...receivedFrom,
			value: z.number(),
			gap,
			marks: z.int(),
			receivedAt: z.number(), // ms
			file: z.string(),
			/** Number of the file, by which it is withdrawn. */
			fileId: z.int(),
			line: z.int(),
			current: z.boolean(),
			/** The day on which the file was withdrawn; such a claim is never current. */
			withdrawn: z.int().nullable(),
			/** Whether the source sent the table of the day before again for this day. */
			repeated: z.boolean(),
		}),
	),
	/** What the areas below add up to, whether the rule chose it or not; null when none of them reported. */
	sum: z
		.object({
			value: z.number(),
			gap,
			reporting: z.int(),
			expected: z.int(),
			/** Key of the source whose areas were summed, null if several. */
			source: SourceName.nullable(),
		})
		.nullable(),
	/** How far what is said now lies apart: the largest less the smallest of what sources are heard to say (core/quality/choice) and the sum; 0 where they agree. */
	apart: z.number(),
	silent: z.array(z.int()),
	/** Every value that the indicator itself has shown for the day, newest first. */
	revisions: z.array(
		z.object({
			asOf: z.int(),
			value: z.number().nullable(),
			rule: z.string(),
			marks: z.int(),
			source: SourceName.nullable(),
		}),
	),
	/** The order of those sources that speak of the area or of areas below it, as stated by the hub. */
	order: z.array(
		z.object({
			...SourceName.shape,
			id_order: z.string(),
			en_order: z.string(),
		}),
	),
});
export type Explanation = z.infer<typeof Explanation>;

/** The days that the figure was shown of (core/series/period), or as its measure says. */
const periodShownOf = z.codec(period.optional(), z.custom<Period | null>(), {
	decode: (value) => value ?? null,
	encode: (value) => value ?? undefined,
});

export const Explain = query({
	path: "/api/explain",
	about: "Where a number comes from: its terms, claims, rule and revisions.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: [...FACTS, "claim", "file"],
	request: z.strictObject({
		indicator,
		measure,
		period: periodShownOf,
		area: areaId,
		day,
		as_known: asKnown,
	}),
	answer: Explanation,
});
