import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { CubeHeader, FACTS } from "./figures.ts";
import {
	against,
	areaId,
	asKnown,
	indicator,
	level,
	period,
	rate,
	scale,
	within,
} from "./parameter.ts";
import { bytes, query } from "./route.ts";

/** What every question of the spread asks for: of what, over which days, and as it was known when. */
export const ofSpread = { indicator, period, rate, as_known: asKnown };

/**
 * The body of /api/spread is laid out as that of /api/cube. The figure of each day is of the period that ends on it (core/series/period), by
 * the rules of the weekly figure. Nothing that waits in the outbox is in it.
 */
export const SpreadHeader = CubeHeader.omit({ measure: true }).extend({
	/** As it was asked for. */
	period: z.string(),
	rate: z.boolean(),
	/** The areas that the kecamatan of the rows lie in, as they were asked for; null: all of the level. */
	within: z.array(z.int()).nullable(),
	scale: z.string(),
	/** Lower bounds of the classes, which hold for all days, and how many values above zero they rest on. */
	classes: z.object({ bounds: z.array(z.number()), values: z.int() }),
});
export type SpreadHeader = z.infer<typeof SpreadHeader>;

/** The figures of a period of one area on all days; arrays are parallel and `firstDay` is their first. */
export const SpreadSeries = z.object({
	indicator: z.string(),
	area: z.int(),
	period: z.string(),
	rate: z.boolean(),
	firstDay: z.int(),
	/** The publication that it was read at. */
	seq: z.int(),
	/** Null where there is none: not reported, or not to be told. */
	value: z.array(z.number().nullable()),
	/** The falls by correction within the period (negative), kept apart; null where there was none. */
	corrected: z.array(z.number().nullable()),
	marks: z.array(z.int()),
});
export type SpreadSeries = z.infer<typeof SpreadSeries>;

export const SpreadOf = query({
	path: "/api/spread",
	about:
		"What is new in a period that ends on each day, for all areas of a level or the kecamatan of some areas, with the classes of a map.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ ...ofSpread, level, scale, within }),
	answer: bytes(SpreadHeader),
});

export const SpreadSeriesOf = query({
	path: "/api/spread/series",
	about: "What is new in a period that ends on each day, in one area.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ ...ofSpread, area: areaId }),
	answer: SpreadSeries,
});

/**
 * The body of /api/spread/difference is laid out as that of /api/cube: the figure of each day less that of the day it is held against
 * (core/series/against), like for like; NaN where either is not known.
 */
export const DifferenceHeader = SpreadHeader.extend({
	/** As it was asked for. */
	against: z.string(),
	/** Lower bounds of the classes of what a difference is without its sign: the same for rises and for falls. */
	classes: SpreadHeader.shape.classes,
});
export type DifferenceHeader = z.infer<typeof DifferenceHeader>;

/** The differences of one area on all days; arrays are parallel and `firstDay` is their first. */
export const DifferenceSeries = SpreadSeries.extend({
	/** As it was asked for. */
	against: z.string(),
	/**
	 * Of all up to a day, the falls by correction between the two days (with the sign of the difference), kept apart; else null: each of the two
	 * figures has its own beside it.
	 */
	corrected: z.array(z.number().nullable()),
});
export type DifferenceSeries = z.infer<typeof DifferenceSeries>;

/** Most classes of a difference on either side of none. */
export const DIFFERENCE_STEPS = 4;

export const SpreadDifference = query({
	path: "/api/spread/difference",
	about:
		"What is new in a period that ends on each day, less the same of another day, for all areas of a level or the kecamatan of some areas, with the classes of a map.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({
		...ofSpread,
		level,
		// Classes that somebody gave are of figures, and not of their differences.
		scale: scale.exclude(["fixed"]),
		against,
		within,
	}),
	answer: bytes(DifferenceHeader),
});

export const SpreadDifferenceSeries = query({
	path: "/api/spread/difference/series",
	about:
		"What is new in a period that ends on each day, less the same of another day, in one area.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ ...ofSpread, area: areaId, against }),
	answer: DifferenceSeries,
});

/** The figures of one area less those of another on the same days; arrays are parallel and `firstDay` is their first. */
export const AreasApart = SpreadSeries.omit({ corrected: true }).extend({
	/** Whose figures are taken off. */
	beside: z.int(),
});
export type AreasApart = z.infer<typeof AreasApart>;

export const SpreadAreasApart = query({
	path: "/api/spread/difference/areas",
	about:
		"What is new in a period that ends on each day in one area, less the same of another area (`beside`).",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ ...ofSpread, area: areaId, beside: areaId }),
	answer: AreasApart,
});
