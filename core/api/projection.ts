import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import {
	type DatedMeasure,
	GREATEST_CHANGE,
	LEAST_CHANGE,
	MOST_MEASURES,
} from "../epidemic/dated-measure.ts";
import { NOT_ESTIMABLE_REASONS } from "../epidemic/not-estimable.ts";
import { dayFromIso, isoFromDay } from "../series/day.ts";
import { FACTS } from "./figures.ts";
import { areaId, asKnown, day } from "./parameter.ts";
import { query } from "./route.ts";

/** Days ahead that are projected: four weeks, beyond which R is not what it is now. */
export const PROJECTION_DAYS = 28;
/** Days ahead over which past projections are scored, and from one of them to the next. */
export const SCORED_DAYS = 14;
export const SCORED_EVERY = 7;

const NO_MEASURES = `at most ${MOST_MEASURES} measures as YYYY-MM-DD.percent, joined by _; percent from ${LEAST_CHANGE} to ${GREATEST_CHANGE}`;
const ONE = /^(\d{4}-\d{2}-\d{2})\.(-?\d{1,3})$/;

function measuresFrom(text: string): DatedMeasure[] | null {
	if (text === "") return [];
	const read = text.split("_").map((one): DatedMeasure | null => {
		const [, iso = "", percent = ""] = ONE.exec(one) ?? [];
		const at = dayFromIso(iso);
		const change = Number(percent);
		return at === undefined ||
			percent === "" ||
			change < LEAST_CHANGE ||
			change > GREATEST_CHANGE
			? null
			: { day: at, percent: change };
	});
	return read.length > MOST_MEASURES || read.includes(null)
		? null
		: (read as DatedMeasure[]).sort(
				(a, b) => a.day - b.day || a.percent - b.percent,
			);
}

/** Measures as dated changes of R, in the order of their days. */
export const measures = z.codec(
	z
		.string({ error: NO_MEASURES })
		.max(200, { error: NO_MEASURES })
		.refine((text) => measuresFrom(text) !== null, { error: NO_MEASURES })
		.optional(),
	z.custom<DatedMeasure[]>(),
	{
		decode: (text) => measuresFrom(text ?? "") ?? [],
		encode: (list) =>
			list.length === 0
				? undefined
				: list
						.map(({ day, percent }) => `${isoFromDay(day)}.${percent}`)
						.join("_"),
	},
);

const Line = z.array(z.number());
/** Median and central bands, one value for each day; the narrowest band first. */
export const ProjectedBands = z.object({
	median: Line,
	bands: z.array(z.object({ level: z.number(), low: Line, high: Line })),
});
export type ProjectedBands = z.infer<typeof ProjectedBands>;

export const RenewalProjected = z.object({
	area: z.int(),
	/** The day asked for. */
	day: z.int(),
	/** New cases by day up to the last that is told; null: not known. Their last day is the one that is projected from. */
	cases: z.object({
		firstDay: z.int(),
		values: z.array(z.number().nullable()),
	}),
	/** What came after the day that is projected from, where it is known by now. */
	came: z.array(z.number().nullable()),
	outcome: z.discriminatedUnion("status", [
		z.object({
			status: z.literal("projected"),
			firstDay: z.int(),
			/** R of the last week, which is held but for the measures; of the draws that are projected with 95 % lie between low and high. */
			reproduction: z.object({
				mean: z.number(),
				low: z.number(),
				high: z.number(),
			}),
			incidence: ProjectedBands,
			/** The same without any measure; null: there is none. */
			without: ProjectedBands.nullable(),
		}),
		z.object({
			status: z.literal("not-projected"),
			reason: z.enum([...NOT_ESTIMABLE_REASONS, "too-short"]),
		}),
	]),
});
export type RenewalProjected = z.infer<typeof RenewalProjected>;

export const ProjectionOf = query({
	path: "/api/projection",
	about:
		"New confirmed cases of an area four weeks ahead by the renewal equation, with bands of 50, 80 and 95 %, and with measures as dated changes of R. May take seconds; how far it is comes as `progress`.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({
		area: areaId,
		day,
		as_known: asKnown,
		measures,
	}),
	answer: RenewalProjected,
});

/** How past projections of an area did. */
export const ProjectionScores = z.object({
	area: z.int(),
	/** Projected from each of these days. */
	past: z.array(
		z.object({
			firstDay: z.int(),
			median: Line,
			/** With a probability of 95 % between these. */
			low: Line,
			high: Line,
			weightedIntervalScore: z.number().nullable(),
		}),
	),
	/** Origins from which nothing was projected: the week before gave no R. */
	notProjected: z.int(),
	/** Null where nothing could be scored. */
	score: z
		.object({
			/** Days of all of them that were reported later. */
			scored: z.int(),
			coverage: z.array(z.object({ level: z.number(), share: z.number() })),
			weightedIntervalScore: z.number(),
			absoluteError: z.number(),
		})
		.nullable(),
});
export type ProjectionScores = z.infer<typeof ProjectionScores>;

export const ProjectionScoresOf = query({
	path: "/api/projection/scores",
	about: `Projections of an area as they would have been made on past days, each from the cases of the days before it (as they are known on the day of knowledge), against what came in ${SCORED_DAYS} days: how often it lay in the bands, and the weighted interval score. Takes seconds; how far it is comes as \`progress\`.`,
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ area: areaId, day, as_known: asKnown }),
	answer: ProjectionScores,
});
