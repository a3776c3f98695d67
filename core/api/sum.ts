import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { ExplainedFigure } from "./explain.ts";
import { FACTS } from "./figures.ts";
import { areaIds, asKnown, day, indicator, period } from "./parameter.ts";
import { query } from "./route.ts";
import { SourceName } from "./sources.ts";

/**
 * The figures of several areas taken together, on all days; arrays are parallel and `firstDay` is their first. By the rules of a sum of the
 * areas below an area: like for like, of the areas that tell the figure. Nothing that waits in the outbox is in it.
 */
export const Sum = z.object({
	indicator: z.string(),
	period: z.string(),
	firstDay: z.int(),
	/** The publication that it was read at. */
	seq: z.int(),
	/** The areas in the sum, in order of id, all of one level; and how many of them could report, those without a place left out. */
	areas: z.array(z.int()),
	expected: z.int(),
	/** People of all of them; null where that is not known of one. */
	people: z.int().nullable(),
	/** Of the areas that tell it; null where none does, and where it cannot be told. */
	value: z.array(z.number().nullable()),
	/** The falls by correction within the period (negative), kept apart; null where there was none. */
	corrected: z.array(z.number().nullable()),
	/** For each 100,000 of the people of the areas that tell it. */
	per100k: z.array(z.number().nullable()),
	marks: z.array(z.int()),
	/** How many of those expected tell the figure of the day; 0 where there is none. */
	reporting: z.array(z.int()),
	/**
	 * How many of the missing show an earlier report on the map (core/quality/last-report): what is seen there then adds up to more than the
	 * sum, which holds reports of the day alone.
	 */
	lastReport: z.array(z.int()),
	/** Those of which no report covers any day of the figure, by name: from each of these days on those that are listed, until the next. */
	missing: z.array(z.object({ day: z.int(), areas: z.array(z.int()) })),
});
export type Sum = z.infer<typeof Sum>;

export const SumOf = query({
	path: "/api/sum",
	about:
		"What is new in a period that ends on each day, in several areas of one level taken together.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({
		indicator,
		areas: areaIds,
		period,
		as_known: asKnown,
	}),
	answer: Sum,
});

/** "Dari mana angka ini?" of a sum: its terms, and what each of its areas tells. */
export const SumExplanation = z.object({
	indicator: z.string(),
	period: z.string(),
	/** The first of the days over which it counts what is new; null where it is the value itself. */
	from: z.int().nullable(),
	day: z.int(),
	asKnownOn: z.int().nullable(),
	/** The figure of /api/sum on the day, and its proof. */
	figure: ExplainedFigure.extend({ of: z.null() }),
	/** In order of id; null: it tells nothing of the day. Over several days they need not add up: a week that is half told is in the sum day by day. */
	areas: z.array(
		z.object({
			area: z.int(),
			value: z.number().nullable(),
			marks: z.int(),
			/** Who reported the value of the day; null where several did, or nobody. */
			source: SourceName.nullable(),
		}),
	),
});
export type SumExplanation = z.infer<typeof SumExplanation>;

export const SumExplain = query({
	path: "/api/sum/explain",
	about:
		"What the sum of several areas is made of on a day: its terms, and what each of the areas tells, from whom.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({
		indicator,
		areas: areaIds,
		period,
		day,
		as_known: asKnown,
	}),
	answer: SumExplanation,
});
