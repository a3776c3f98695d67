import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { PUBLISHED_INTERVALS } from "../epidemic/interval-name.ts";
import { NOT_ESTIMABLE_REASONS } from "../epidemic/not-estimable.ts";
import { FACTS } from "./figures.ts";
import { areaId, areaIds, asKnown, day, mapLevel, oneOf } from "./parameter.ts";
import { query } from "./route.ts";

/** Days of the windows of which an R may be asked for. */
export const SHORTEST_WINDOW = 3;
export const LONGEST_WINDOW = 28;
const USUAL_WINDOW = 7;

const NO_WINDOW = `days of the window, ${SHORTEST_WINDOW} to ${LONGEST_WINDOW}`;
const window = z.codec(
	z
		.string({ error: NO_WINDOW })
		.regex(/^\d{1,2}$/, { error: NO_WINDOW })
		.refine(
			(text) =>
				Number(text) >= SHORTEST_WINDOW && Number(text) <= LONGEST_WINDOW,
			{ error: NO_WINDOW },
		)
		.optional(),
	z.int(),
	{
		decode: (text) => Number(text ?? USUAL_WINDOW),
		encode: (days) => (days === USUAL_WINDOW ? undefined : String(days)),
	},
);

/** Which published serial interval; left out: that of Nishiura 2020. */
const interval = z.codec(
	oneOf(PUBLISHED_INTERVALS).optional(),
	z.enum(PUBLISHED_INTERVALS),
	{
		decode: (key) => key ?? "nishiura",
		encode: (key) => (key === "nishiura" ? undefined : key),
	},
);

/** Whether mean and sd of the serial interval are drawn within what is not known of them (left out), or taken as published. */
const fixed = z.codec(z.literal("1").optional(), z.boolean(), {
	decode: (text) => text === "1",
	encode: (value) => (value ? "1" : undefined),
});

/** Why there is no R of a window. */
export const REPRODUCTION_GAPS = [
	...NOT_ESTIMABLE_REASONS,
	/** A day of the window has no new count because its source changed. */
	"source-changed",
	/** On a day of the window the count fell by a correction: what was new cannot be told. */
	"corrected",
	/** On a day of the window so few areas reported that their sum is not the figure of the area. */
	"few-areas",
	/** Fewer of the areas below told than in the days before: it would read as a fall. */
	"fewer-tell",
	/** A day of the window was not known yet on the day of knowledge. */
	"not-yet-known",
	/** The window holds days that not all who are expected have told: it would read as a fall. Of many areas on one day alone; a series has `told`. */
	"still-coming",
] as const;
export type ReproductionGap = (typeof REPRODUCTION_GAPS)[number];

const Interval = z.object({
	key: z.enum(PUBLISHED_INTERVALS),
	/** Days from the onset of a case to the onset of one that it infects, on average. */
	mean: z.number(),
	sd: z.number(),
	/** Whether mean and sd are drawn within what is not known of them. */
	uncertain: z.boolean(),
});

/** R of one area over all days; arrays are parallel and `firstDay` is their first. */
export const Reproduction = z.object({
	area: z.int(),
	firstDay: z.int(),
	/** Each value is of so many days, the last of which is its day. */
	window: z.int(),
	serialInterval: Interval,
	/** Persons whom one infects, on average. Null where `reason` says why it cannot be told. */
	mean: z.array(z.number().nullable()),
	/** Between these it lies with a probability of 95 %. */
	low: z.array(z.number().nullable()),
	high: z.array(z.number().nullable()),
	/** Probability that it is above 1. */
	aboveOne: z.array(z.number().nullable()),
	reason: z.array(z.enum(REPRODUCTION_GAPS).nullable()),
	/** New confirmed cases of the window, a report after silence shared out evenly over the days it covers; null where a day has none. */
	cases: z.array(z.number().nullable()),
	/** Marks of the days of the window (core/series/mark). */
	marks: z.array(z.int()),
	/** The last day that is told by all who are expected. Windows that end later hold days whose counts are still coming in: they are no fall. */
	told: z.int(),
});
export type Reproduction = z.infer<typeof Reproduction>;

export const ReproductionOf = query({
	path: "/api/reproduction",
	about:
		"How fast it spreads in an area: R by day, from its confirmed cases by the day of their report. Takes seconds; how far it is comes as `progress`, and closing the request ends it.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({
		area: areaId,
		as_known: asKnown,
		window,
		interval,
		fixed,
	}),
	answer: Reproduction,
});

/** What every question about many areas asks for. The serial interval is taken as published: drawing it for each would take minutes. */
const ofAreas = { level: mapLevel, as_known: asKnown, window, interval };

/** R of all areas of a level on one day. */
export const ReproductionAreas = z.object({
	level: z.enum(["province", "regency"]),
	/** The day asked for. */
	day: z.int(),
	/** The day that the values are of: that asked for, or the last that is told where what comes after is still coming in. */
	shown: z.int(),
	window: z.int(),
	serialInterval: Interval,
	rows: z.array(
		z.object({
			area: z.int(),
			mean: z.number().nullable(),
			low: z.number().nullable(),
			high: z.number().nullable(),
			aboveOne: z.number().nullable(),
			reason: z.enum(REPRODUCTION_GAPS).nullable(),
			cases: z.number().nullable(),
			marks: z.int(),
			/** The same a window earlier: of other days altogether. Null where it cannot be told. */
			before: z.number().nullable(),
		}),
	),
});
export type ReproductionAreas = z.infer<typeof ReproductionAreas>;
export type ReproductionRow = ReproductionAreas["rows"][number];

export const ReproductionOfAreas = query({
	path: "/api/reproduction/areas",
	about:
		"How fast it spreads in each area of a level on a day: R with its interval, the probability that it is above 1, or why it cannot be told. Computed once for all days of a publication; how far it is comes as `progress`.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ ...ofAreas, day }),
	answer: ReproductionAreas,
});

/** Most areas that are drawn beside one another. */
export const MOST_LINES = 24;

/** R of some areas over the days up to one; arrays are parallel and `firstDay` is their first. */
export const ReproductionLines = z.object({
	firstDay: z.int(),
	lines: z.array(
		z.object({
			area: z.int(),
			mean: z.array(z.number().nullable()),
			low: z.array(z.number().nullable()),
			high: z.array(z.number().nullable()),
			told: z.int(),
		}),
	),
});
export type ReproductionLines = z.infer<typeof ReproductionLines>;

export const ReproductionLinesOf = query({
	path: "/api/reproduction/lines",
	about: `R of some areas of a level (at most ${MOST_LINES}) over the twelve weeks up to a day.`,
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({
		...ofAreas,
		day,
		areas: areaIds,
	}),
	answer: ReproductionLines,
});
