import { z } from "zod";
import { LARGEST_SET } from "../../../core/api/parameter.ts";
import { areasFromText } from "../../../core/areas/area-set.ts";
import { periodFromText } from "../../../core/series/period.ts";
import { SCALES } from "../../../core/statistics/scale.ts";
import { compareSearch } from "./compare-search.ts";
import { KINDS } from "./event-kinds.ts";
import { MARK_KINDS, marksFromText } from "./mark-kinds.ts";
import { zoneSearch } from "./zone-search.ts";

/** Days per second: half a day for who explains, sixty for who looks for a wave. */
export const SPEEDS = [0.5, 2, 5, 10, 20, 60] as const;

/** How much is said in the legends; empty: as the room allows (parts/map/legend-stack). */
export const LEGENDS = ["", "strip", "full"] as const;

/** A switch that stands in the address only where it is on. */
const off = z
	.codec(z.literal("1").optional(), z.boolean(), {
		decode: (text) => text === "1",
		encode: (value) => (value ? "1" : undefined),
	})
	.optional();

/** What of the spread stands in its address besides area, day, indicator, measure, level and knowledge. */
export const spreadSearch = z.object({
	/** The days that the figure of a day is of (core/series/period); empty: as the measure says. */
	period: z
		.string()
		.refine((text) => text === "" || periodFromText(text) !== undefined)
		.default(""),
	scale: z.enum(SCALES).default("log"),
	/** The class that is shown alone (parts/map/class-legend). */
	only: z
		.string()
		.regex(/^(\d|zero|none)?$/)
		.default(""),
	...compareSearch,
	/** Days per second. */
	speed: z.enum(SPEEDS.map(String) as [string, ...string[]]).default("5"),
	/** Seven days at a time. */
	weekly: off,
	/** After the last day comes the first. */
	loop: off,
	/** Kinds of events that stand on the line of time. */
	events: z.codec(z.string().optional(), z.array(z.enum(KINDS)), {
		decode: (text) =>
			text === undefined
				? [...KINDS]
				: KINDS.filter((kind) => text.split(".").includes(kind)),
		encode: (kinds) =>
			kinds.length === KINDS.length ? undefined : kinds.join("."),
	}),
	/** The areas in their order beside the map. */
	race: off,
	/** What stands on the map besides its colours. */
	marks: z.codec(z.string().optional(), z.array(z.enum(MARK_KINDS)), {
		decode: marksFromText,
		encode: (kinds) => (kinds.length === 0 ? undefined : kinds.join(".")),
	}),
	legend: z.enum(LEGENDS).default(""),
	/** Seen from above even under columns. */
	flat: off,
	/** Areas taken together (core/areas/area-set). */
	set: z
		.string()
		.refine((text) => {
			const areas = areasFromText(text);
			return areas !== undefined && areas.length <= LARGEST_SET;
		})
		.default(""),
	/** The map shows official zones. */
	zones: off,
	...zoneSearch,
});
export type SpreadSearch = z.output<typeof spreadSearch>;
