import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { NOT_ESTIMABLE_REASONS } from "../epidemic/not-estimable.ts";
import { FACTS } from "./figures.ts";
import { areaId, asKnown } from "./parameter.ts";
import { query } from "./route.ts";

/** R of one area over all days; arrays are parallel and `firstDay` is their first. */
export const Reproduction = z.object({
	area: z.int(),
	firstDay: z.int(),
	/** Each value is of so many days, the last of which is its day. */
	window: z.int(),
	/** Days from the onset of a case to the onset of one that it infects, on average; `low` to `high` contain what is not known of it. */
	serialInterval: z.object({ mean: z.number(), sd: z.number() }),
	/** Persons whom one infects, on average. Null where `reason` says why it cannot be told. */
	mean: z.array(z.number().nullable()),
	/** Between these it lies with a probability of 95 %. */
	low: z.array(z.number().nullable()),
	high: z.array(z.number().nullable()),
	reason: z.array(z.enum(NOT_ESTIMABLE_REASONS).nullable()),
	/** New confirmed cases of the window, a report after silence shared out evenly over the days it covers; null where a day has none. */
	cases: z.array(z.number().nullable()),
	/** Marks of the days of the window (core/series/mark). */
	marks: z.array(z.int()),
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
	request: z.strictObject({ area: areaId, as_known: asKnown }),
	answer: Reproduction,
});
