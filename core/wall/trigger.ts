import { z } from "zod";
import type { Day } from "../series/day.ts";
import { COUNTED_INDICATORS, type IndicatorKey } from "../series/indicator.ts";
import { MEASURES } from "../series/measure.ts";
import { ageInDays, isStale, type Told } from "./panel-age.ts";
import { WallId } from "./scene.ts";

/** Days for which the newest figure is taken for that of now. */
const STILL_KNOWN = 7;

export const SHORTEST_STAND = 10;
export const LONGEST_STAND = 3600;
export const MOST_TRIGGERS = 20;

/** A figure that is watched, and from where on it is too high or too low. */
const watched = {
	indicator: z.enum(
		COUNTED_INDICATORS.map(({ key }) => key) as [
			IndicatorKey,
			...IndicatorKey[],
		],
	),
	measure: z.enum(MEASURES),
	/** Code of the area: itself, or the one that holds those that are watched. */
	area: z.string().regex(/^[0-9A-Z.]{1,20}$/),
	direction: z.enum(["above", "below"]),
	value: z.number(),
	/** Days in a row, each with a figure, on which it holds. */
	days: z.int().min(1).max(28),
};

export const Rule = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("publication") }),
	/** A source has not reported for more than so many days. */
	z.strictObject({
		kind: z.literal("stale"),
		source: z.string().regex(/^[\w.-]{1,80}$/),
		days: z.int().min(1).max(90),
	}),
	/** The figure of an area is beyond a value, for as long as it is. */
	z.strictObject({ kind: z.literal("threshold"), ...watched }),
	/** The figure of any area of a level within an area has crossed a value in the last days (core/epidemic/rolling-alert). */
	z.strictObject({
		kind: z.literal("alert"),
		level: z.enum(["province", "regency"]),
		...watched,
	}),
]);
export type Rule = z.infer<typeof Rule>;
export type WatchingRule = Extract<Rule, { kind: "threshold" | "alert" }>;

/** A rule that brings a scene up by itself while a playlist runs. */
export const Trigger = z
	.strictObject({
		id: WallId,
		scene: WallId,
		rule: Rule,
		/** How long the scene stands; null: as long as the rule holds. */
		seconds: z.int().min(SHORTEST_STAND).max(LONGEST_STAND).nullable(),
	})
	.refine(
		({ rule, seconds }) => rule.kind !== "publication" || seconds !== null,
		{
			message: "a publication does not end: how long the scene stands",
			path: ["seconds"],
		},
	);
export type Trigger = z.infer<typeof Trigger>;

/** A figure on a day; null: not known. */
export interface OnDay {
	readonly day: Day;
	readonly value: number | null;
}

/** What is known now of what a rule asks for. Figures are those that every screen states. */
export type Fact =
	| { readonly kind: "publication"; readonly seq: number; readonly at: number }
	/** Null: it never reported; undefined: there is no such source, of which nothing can be said. */
	| { readonly kind: "stale"; readonly lastDay: Day | null | undefined }
	/** The figure day by day, the newest last. */
	| { readonly kind: "threshold"; readonly days: readonly OnDay[] }
	/** Crossings of the last days, in any order. */
	| { readonly kind: "alert"; readonly crossings: readonly Crossing[] };

export const Crossing = z.object({
	/** Code of the area. */
	area: z.string(),
	day: z.int(),
	value: z.number(),
});
export type Crossing = z.infer<typeof Crossing>;

/** Why a rule holds, as it is put into words. */
export const Why = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("publication"), seq: z.int(), at: z.number() }),
	z.object({
		kind: z.literal("stale"),
		source: z.string(),
		lastDay: z.int().nullable(),
		age: z.int().nullable(),
	}),
	/** `since`: the first of the days in a row on which it holds. */
	z.object({
		kind: z.literal("threshold"),
		day: z.int(),
		value: z.number(),
		since: z.int(),
	}),
	/** The newest crossings first. */
	z.object({ kind: z.literal("alert"), crossings: Crossing.array().min(1) }),
]);
export type Why = z.infer<typeof Why>;

const isBeyond = (
	{ direction, value: limit }: Pick<WatchingRule, "direction" | "value">,
	value: number,
): boolean => (direction === "above" ? value > limit : value < limit);

/**
 * Whether a rule holds by what is known, and why; null: it does not. A day without a figure is no day on which a figure was beyond a value,
 * and what is judged is the newest figure there is, of the last seven days, whose day is told.
 * @param now ms since 1970-01-01 UTC
 */
export function whyHeld(
	rule: Rule,
	fact: Fact,
	dataset: Told,
	now: number,
): Why | null {
	if (rule.kind === "publication" && fact.kind === "publication")
		return { kind: "publication", seq: fact.seq, at: fact.at };
	if (rule.kind === "stale" && fact.kind === "stale") {
		if (fact.lastDay === undefined) return null;
		const age = ageInDays(fact.lastDay, dataset, now);
		return isStale(age, rule.days)
			? { kind: "stale", source: rule.source, lastDay: fact.lastDay, age }
			: null;
	}
	if (rule.kind === "threshold" && fact.kind === "threshold") {
		const newest = fact.days.findLastIndex(({ value }) => value !== null);
		// What nobody has told for a week is no figure of now.
		if (newest < fact.days.length - STILL_KNOWN) return null;
		let first = newest;
		while (first >= 0) {
			const value = fact.days[first]?.value ?? null;
			if (value === null || !isBeyond(rule, value)) break;
			first--;
		}
		const last = fact.days[newest];
		const since = fact.days[first + 1];
		return last?.value != null && since && newest - first >= rule.days
			? {
					kind: "threshold",
					...{ day: last.day, value: last.value },
					since: since.day,
				}
			: null;
	}
	if (rule.kind === "alert" && fact.kind === "alert") {
		const crossings = [...fact.crossings].sort((a, b) => b.day - a.day);
		return crossings.length > 0 ? { kind: "alert", crossings } : null;
	}
	return null;
}

/** What tells one occasion of a rule from the next: another publication, another silence, another row of days. */
function occasionOf(why: Why): string {
	switch (why.kind) {
		case "publication":
			return String(why.seq);
		case "stale":
			return String(why.lastDay);
		case "threshold":
			return String(why.since);
		case "alert":
			return why.crossings
				.map(({ area, day }) => `${area} ${day}`)
				.sort()
				.join();
	}
}

/** A trigger of a playlist whose rule holds. */
export const Raised = z.object({
	playlist: WallId,
	trigger: WallId,
	scene: WallId,
	rule: Rule,
	why: Why,
	/** When that was noticed, and when its scene goes (ms since 1970-01-01 UTC); null: when the rule holds no more. */
	at: z.number(),
	until: z.number().nullable(),
	/** Somebody holds it off until the rule holds anew. */
	heldOff: z.boolean(),
});
export type Raised = z.infer<typeof Raised>;

/** What is remembered of a trigger: the occasion on which its rule held last, when that was noticed, and whether it is held off. */
export interface Noticed {
	readonly occasion: string;
	readonly at: number;
	readonly heldOff: boolean;
}

/** By playlist and trigger (`noticedKey`). */
export type AllNoticed = ReadonlyMap<string, Noticed>;

export const noticedKey = (playlist: string, trigger: string): string =>
	`${playlist}/${trigger}`;

/**
 * The triggers of a playlist whose rules hold, and what is remembered of them afterwards.
 * @param why of each trigger, in their order; null: its rule does not hold
 * @param at when an occasion that was not known before counts as noticed (ms): now, or, of one that was there when the program started,
 * the time of the publication, so that nothing comes up again because a machine was started anew
 */
export function raise(
	playlist: string,
	triggers: readonly Trigger[],
	why: readonly (Why | null)[],
	before: AllNoticed,
	at: number,
): { raised: Raised[]; noticed: Map<string, Noticed> } {
	const noticed = new Map<string, Noticed>();
	const raised = triggers.flatMap((trigger, place): Raised[] => {
		const reason = why[place];
		if (!reason) return [];
		const key = noticedKey(playlist, trigger.id);
		const occasion = occasionOf(reason);
		const known = before.get(key);
		const now: Noticed =
			known?.occasion === occasion ? known : { occasion, at, heldOff: false };
		noticed.set(key, now);
		return [
			{
				...{ playlist, trigger: trigger.id, scene: trigger.scene },
				...{ rule: trigger.rule, why: reason, at: now.at },
				until:
					trigger.seconds === null ? null : now.at + trigger.seconds * 1000,
				heldOff: now.heldOff,
			},
		];
	});
	return { raised, noticed };
}

/** What is remembered after somebody held a trigger off, or let it come up again; as it was where its rule does not hold. */
export function heldOff(
	before: AllNoticed,
	playlist: string,
	trigger: string,
	off: boolean,
): AllNoticed {
	const key = noticedKey(playlist, trigger);
	const known = before.get(key);
	return known ? new Map(before).set(key, { ...known, heldOff: off }) : before;
}

/**
 * What stands on a wall in the place of its playlist at a moment: of the triggers that hold and are not held off the first in the order
 * of the playlist; null: the playlist itself.
 */
export function standing(
	raised: readonly Raised[],
	playlist: string,
	now: number,
): Raised | null {
	return (
		raised.find(
			(one) =>
				one.playlist === playlist &&
				!one.heldOff &&
				one.at <= now &&
				(one.until === null || now < one.until),
		) ?? null
	);
}
