import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { LEVELS } from "../areas/codes.ts";
import { mapLevel } from "./parameter.ts";
import { query } from "./route.ts";

/** Mobility between areas that is simulated (core/areas/simulated-mobility) and no data: whoever shows it says so. */
export const Mobility = z.object({
	simulated: z.literal(true),
	level: z.enum(LEVELS),
	/** Areas that are in it: those with a place and people. */
	areas: z.int(),
	/** Of each area the pairs with the greatest shares, each once, the greatest first. */
	pairs: z.array(
		z.object({
			a: z.int(),
			b: z.int(),
			/** Of all journeys between any two of the areas, 0 to 1. */
			share: z.number(),
		}),
	),
});
export type Mobility = z.infer<typeof Mobility>;

export const MobilityOf = query({
	path: "/api/mobility",
	about:
		"Between which areas of a level people would travel most by a gravity model: simulated, no data.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: ["area"],
	request: z.strictObject({ level: mapLevel }),
	answer: Mobility,
});
