import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { FACTS } from "./figures.ts";
import { areaId, asKnown, day, oneOf } from "./parameter.ts";
import { query } from "./route.ts";

/** Delays beyond are folded into it; as of the command line. Days. */
export const NOWCAST_LONGEST_DELAY = 14;
/** Days whose counts the delays are learnt from, and on which past nowcasts are made. */
export const NOWCAST_DAYS = 56;
/** Days of known history without which delays are not told: each delay seen on at least a week of days. */
export const NOWCAST_LEAST_DAYS = NOWCAST_LONGEST_DELAY + 7;

export const NOWCAST_INDICATORS = ["confirmed", "deaths"] as const;
export type NowcastIndicator = (typeof NOWCAST_INDICATORS)[number];

/** Why an event day has no estimate. */
export const NOWCAST_GAPS = [
	"no-reports",
	"not-reported",
	"too-incomplete",
	"delay-unknown",
] as const;

export const Nowcast = z.object({
	area: z.int(),
	indicator: z.enum(NOWCAST_INDICATORS),
	/** The day asked for. */
	day: z.int(),
	/** The day of knowledge: what was known at its end. */
	known: z.int(),
	outcome: z.discriminatedUnion("status", [
		z.object({
			status: z.literal("told"),
			/** Event days, oldest first; the last is the day asked for, or the day of knowledge where that is earlier. */
			days: z.array(
				z.object({
					day: z.int(),
					/** Reported so far; null: not reported, or what was new cannot be told. */
					observed: z.number().nullable(),
					/** Share of the day's count that is expected to be in; null: the delays do not tell. */
					completeness: z.number().nullable(),
					/** What will be known once all is in, with 95 % between low and high; null where `reason` says why not. */
					estimate: z.number().nullable(),
					low: z.number().nullable(),
					high: z.number().nullable(),
					reason: z.enum(NOWCAST_GAPS).nullable(),
				}),
			),
			/** The first day that is still coming in; null: none of those shown. */
			coming: z.int().nullable(),
			/** Share of a day's count that is known within 0, 1, 2, … days, over all weekdays; null where not known. */
			within: z.array(z.number().nullable()),
			/** Corrections that took counts back: taken from the newest reports of their day. */
			corrections: z.int(),
			/** How late reports are, of the area and then of those directly below, week by week; only weeks of which nothing is awaited any more. */
			delays: z.object({
				/** The first of seven event days of each, oldest first. */
				weeks: z.array(z.int()),
				areas: z.array(
					z.object({
						area: z.int(),
						/** Days from the event to its report, on average; null: no events, or not known when they became known. */
						mean: z.array(z.number().nullable()),
						/** Share known on the day of the event itself. */
						sameDay: z.array(z.number().nullable()),
					}),
				),
			}),
			/** The seven weekdays, from Monday on. */
			weekdays: z.array(
				z.object({
					/** 0 Sunday to 6 Saturday. */
					weekday: z.int(),
					/** Such days of which nothing is awaited any more, and how many of them were not reported. */
					all: z.int(),
					silent: z.int(),
					/** Such days from which the ratio is told: without those that share a report with silent days. */
					days: z.int(),
					/** Its counts over the mean of the seven days around each, with an interval that allows for all seven being looked at; null: too few days. */
					ratio: z.number().nullable(),
					low: z.number().nullable(),
					high: z.number().nullable(),
					/** Whether the interval lies wholly below 1. */
					under: z.boolean(),
					/** Share of its events that is known on the day itself. */
					sameDay: z.number().nullable(),
				}),
			),
			/** How nowcasts that were made on past days did; null where none could be scored. */
			score: z
				.object({
					scored: z.int(),
					coverage: z.number(),
					absoluteError: z.number(),
					reportedError: z.number(),
				})
				.nullable(),
			/** Those that were made on the day after the event. */
			past: z.array(
				z.object({
					day: z.int(),
					observed: z.number(),
					estimate: z.number(),
					low: z.number(),
					high: z.number(),
					came: z.number(),
				}),
			),
		}),
		z.object({
			status: z.literal("not-known"),
			/** "settled": all delays of the day asked for have passed on the day of knowledge, nothing is awaited any more. */
			reason: z.enum(["history-too-short", "settled"]),
			/** The first day of which it is known when it became known; null: there is none. */
			from: z.int().nullable(),
			/** Days of such a history up to the last on which anything was told. */
			has: z.int(),
		}),
	]),
});
export type Nowcast = z.infer<typeof Nowcast>;
export type ToldNowcast = Extract<Nowcast["outcome"], { status: "told" }>;

export const NowcastOf = query({
	path: "/api/nowcast",
	about: `What the counts of the last days of an area will be once all reports are in (Lawless 1994), from when counts of the last ${NOWCAST_DAYS} days became known; how long reports take, also in the areas below and by weekday, and how nowcasts made on past days did. Takes seconds; how far it is comes as \`progress\`.`,
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({
		area: areaId,
		indicator: oneOf(NOWCAST_INDICATORS),
		day,
		as_known: asKnown,
	}),
	answer: Nowcast,
});
