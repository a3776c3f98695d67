import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { LEVELS } from "../areas/codes.ts";
import { FACILITY_MEASURES } from "../facilities/measure.ts";
import { INDICATORS } from "../series/indicator.ts";
import { oneOf } from "./parameter.ts";
import { query } from "./route.ts";
import { SourceName } from "./sources.ts";

/** What sources state themselves: what is computed from it has none of its own. */
export const STATED_TERMS = [
	...INDICATORS.flatMap(({ key, derived }) => (derived ? [] : [key])),
	...FACILITY_MEASURES.map(({ key }) => key),
];

/** A source that states an indicator or a figure of facilities. */
export const StatedBy = z.object({
	source: SourceName,
	/** Of how many areas of which levels; none of facilities. */
	levels: z.array(z.object({ level: z.enum(LEVELS), units: z.int() })),
	/** Of how many facilities; null: it is stated of areas. */
	facilities: z.int().nullable(),
	/** The first and the last day of which it states it. */
	firstDay: z.int(),
	lastDay: z.int(),
});
export type StatedBy = z.infer<typeof StatedBy>;

export const StatedOf = query({
	path: "/api/stated",
	about:
		"Which sources state an indicator of areas or a figure of facilities, in their order: of how many, and from which day to which.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: ["area", "source", "file", "claim", "facility", "facility_report"],
	request: z.strictObject({ term: oneOf(STATED_TERMS) }),
	answer: StatedBy.array(),
});
