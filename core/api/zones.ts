import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { ZONES } from "../epidemic/zone-transition.ts";
import { FACTS } from "./figures.ts";
import { areaId, asKnown, day } from "./parameter.ts";
import { query } from "./route.ts";
import { SourceName } from "./sources.ts";

/** The official risk zones of kabupaten/kota: words of a list, as they were published. */

const zone = z.enum(ZONES);

/** Areas of each zone in the order of ZONES, and those of which none was published. */
const ZoneCounts = z.object({ areas: z.array(z.int()), none: z.int() });

/** One publication: the zones that are of one day. */
const ZonePublication = z.object({
	day: z.int(),
	/** Whose zones these are. */
	sources: z.array(SourceName),
	/** The day on which the last of them became known, and when the hub had the file (ms). */
	asOf: z.int(),
	receivedAt: z.number().nullable(),
	/** Of each area of `areas` the number of its zone (core/epidemic/zone-transition), 0 where none was published. */
	zones: z.array(z.int()),
});

/** A label that breaks the order of its file, and whose rows are therefore held back (core/quality/label-order). */
export const HeldLabel = z.object({
	label: z.string(),
	after: z.int().nullable(),
	before: z.int().nullable(),
	possible: z.array(z.int()),
	file: z.string(),
	source: SourceName,
	receivedAt: z.number(),
});
export type HeldLabel = z.infer<typeof HeldLabel>;

export const Zones = z.object({
	/** Ids of the kabupaten/kota. */
	areas: z.array(z.int()),
	/** The earliest first. */
	publications: z.array(ZonePublication),
	held: z.array(HeldLabel),
});
export type Zones = z.infer<typeof Zones>;

export const ZonesOf = query({
	path: "/api/zones",
	about:
		"The official zones of all kabupaten/kota, publication by publication.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: [...FACTS, "claim", "file"],
	request: z.strictObject({ as_known: asKnown }),
	answer: Zones,
});

/** How zones moved in an area: how many of its kabupaten/kota were of each zone, and from which to which they went. */
export const ZoneCourse = z.object({
	area: z.int(),
	/** How many kabupaten/kota it has. */
	expected: z.int(),
	/** Each publication that speaks of some of them, the earliest first. */
	publications: z.array(z.object({ day: z.int(), counts: ZoneCounts })),
	/** Null where one of the two days has no publication. */
	transition: z
		.object({
			from: z.int(),
			to: z.int(),
			/** Cells with an area in them. */
			cells: z.array(
				z.object({ from: zone, to: zone, areas: z.array(z.int()) }),
			),
			worsened: z.int(),
			improved: z.int(),
			unchanged: z.int(),
			/** With a zone in only one of the two: no transition. */
			onlyBefore: z.array(z.int()),
			onlyAfter: z.array(z.int()),
		})
		.nullable(),
});
export type ZoneCourse = z.infer<typeof ZoneCourse>;

/** A day of a publication; left out: the last, or the one before that. */
const publication = z.codec(day.optional(), z.int().nullable(), {
	decode: (value) => value ?? null,
	encode: (value) => value ?? undefined,
});

export const ZoneCourseOf = query({
	path: "/api/zones/course",
	about:
		"How the zones of an area's kabupaten/kota moved: counts by publication, and the transitions from one publication to another (the last two, unless days are named).",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({
		area: areaId,
		from: publication,
		to: publication,
		as_known: asKnown,
	}),
	answer: ZoneCourse,
});

/** What was said of the zone of one kabupaten/kota, the newest publication first. */
export const ZoneHistory = z.object({
	area: z.int(),
	said: z.array(
		z.object({
			day: z.int(),
			zone,
			source: SourceName,
			asOf: z.int(),
			receivedAt: z.number(),
			file: z.string(),
			line: z.int(),
			/** Whether it is what is shown: not said anew since, not withdrawn, and of the source that is asked first. */
			shown: z.boolean(),
			withdrawn: z.int().nullable(),
		}),
	),
});
export type ZoneHistory = z.infer<typeof ZoneHistory>;

export const ZoneHistoryOf = query({
	path: "/api/zones/history",
	about:
		"Where the zones of a kabupaten/kota come from: source, file, line and when they were known.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: [...FACTS, "claim", "file"],
	request: z.strictObject({ area: areaId, as_known: asKnown }),
	answer: ZoneHistory,
});
