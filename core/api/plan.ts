import { z } from "zod";
import { EVERYBODY, PEOPLE } from "../access/role.ts";
import { PLAN_POLICIES } from "../logistics/allocation/policy.ts";
import { RISK_ZONES } from "../logistics/distribution-demand.ts";
import { CARRIAGES } from "../logistics/transport.ts";
import { STOCKS } from "./logistics.ts";
import { HANDOVERS } from "./orders.ts";
import { areaId, day } from "./parameter.ts";
import { query } from "./route.ts";

/** Plans of who is sent what: computed on the workstation, whole in their address. */

/** The centre gives to provinces; a province to its own; "both": the centre first, then each province with what it is given. */
export const PLAN_TIERS = ["centre", "province", "both"] as const;
export type PlanTier = (typeof PLAN_TIERS)[number];

/** Days until the end of which needs are met. */
export const LONGEST_COVER = 84;
/** Most rounds into which a plan is divided. */
export const MOST_PERIODS = 6;
/** Most pins of one plan. */
export const MOST_PINS = 200;

/** A decision that a person holds fast: so many units of an item from one facility to another. */
export const PlanPin = z.object({
	from: z.int(),
	to: z.int(),
	item: z.string(),
	atLeast: z.int().nonnegative(),
	/** Null: no more than there is. 0: nothing goes this way. */
	atMost: z.int().nonnegative().nullable(),
});
export type PlanPin = z.infer<typeof PlanPin>;

const NO_PINS = `at most ${MOST_PINS} pins as FROM.TO.ITEM.LEAST.MOST joined by _`;
const PIN = /^[1-9]\d{0,8}\.[1-9]\d{0,8}\.[a-z0-9-]{1,60}\.\d{1,12}\.\d{0,12}$/;

/** Pins in an address: `12.845.respirator.200.200`, joined by `_`; an empty last part: no upper limit. */
export const pins = z.codec(
	z
		.string({ error: NO_PINS })
		.refine(
			(text) =>
				text.split("_").length <= MOST_PINS &&
				text.split("_").every((pin) => PIN.test(pin)),
			{ error: NO_PINS },
		)
		.optional(),
	z.array(PlanPin),
	{
		decode: (text) =>
			(text?.split("_") ?? []).map((pin) => {
				const [from, to, item = "", least, most] = pin.split(".");
				return {
					from: Number(from),
					to: Number(to),
					item,
					atLeast: Number(least),
					atMost: most === "" ? null : Number(most),
				};
			}),
		encode: (list) =>
			list.length === 0
				? undefined
				: list
						.map(({ from, to, item, atLeast, atMost }) =>
							[from, to, item, atLeast, atMost ?? ""].join("."),
						)
						.join("_"),
	},
);

function wholeNumber(least: number, most: number, standard: number) {
	const error = `a whole number from ${least} to ${most}`;
	return z.codec(
		z
			.string({ error })
			.regex(/^\d{1,3}$/, { error })
			.refine((text) => Number(text) >= least && Number(text) <= most, {
				error,
			})
			.optional(),
		z.int(),
		{
			decode: (text) => (text === undefined ? standard : Number(text)),
			encode: (value) => (value === standard ? undefined : String(value)),
		},
	);
}

/** What a plan is made by, the same in the address of the screen and of the question. */
export const planOptions = {
	tier: z
		.enum(PLAN_TIERS, { error: `one of ${PLAN_TIERS.join(", ")}` })
		.default("centre"),
	/** Days until the end of which needs shall be met. */
	cover: wholeNumber(1, LONGEST_COVER, 21),
	/** Per cent of its stock that a warehouse keeps. */
	reserve: wholeNumber(0, 90, 10),
	/** Per cent of its need that every place gets at least. */
	floor: wholeNumber(0, 100, 0),
	policy: z
		.enum(PLAN_POLICIES, { error: `one of ${PLAN_POLICIES.join(", ")}` })
		.default("lexicographic"),
	/** "whole": trips are counted whole, each with its cost. */
	trips: z
		.enum(["parts", "whole"], { error: "parts or whole" })
		.default("parts"),
	/** Rounds in which is sent until then; of more than one the pins are of the first. */
	periods: wholeNumber(1, MOST_PERIODS, 1),
	pins,
};

const Known = z.number().nullable();

const PlanItem = z.object({
	/** Id of the catalogue. */
	item: z.string(),
	name: z.object({ id: z.string(), en: z.string() }),
	unit: z.string(),
	pack: Known,
	/** Nobody has verified the pack. */
	packAssumed: z.boolean(),
	volumeM3: z.number(),
	volumeAssumed: z.boolean(),
	/** Units in the warehouses that told it; null: none did. */
	stock: Known,
	/** Of which promised by orders, kept in reserve, and there to be given. */
	promised: z.number(),
	reserve: z.number(),
	free: z.number(),
	/** Comes to the warehouses in time to be given too: in any round, or in one round through both tiers to those of provinces. */
	arrives: z.number(),
	demand: z.number(),
	sent: z.number(),
	unmet: z.number(),
	/** Sent above what is asked, because packs are whole. */
	surplus: z.number(),
	left: z.number(),
	/** Lowest part of a need that is met, over places that can be reached; null: there is none. */
	lowest: Known,
	placesShort: z.int(),
	/** Places of which nothing is known: no report. */
	notReported: z.int(),
	/** The same plan by simple rules: lowest part met and places short. */
	equalShare: z
		.object({ lowest: Known, placesShort: z.int(), unmet: z.number() })
		.nullable(),
	byPopulation: z
		.object({ lowest: Known, placesShort: z.int(), unmet: z.number() })
		.nullable(),
	/** Of several rounds each of them; of one none. */
	byPeriod: z
		.object({
			/** Comes to the warehouses in time to be given in the round. */
			arrives: z.number(),
			/** Of no use after the round, and lost in the warehouses. */
			lost: z.number(),
			demand: z.number(),
			sent: z.number(),
			unmet: z.number(),
			/** That may be given in later rounds. */
			left: z.number(),
			lowest: Known,
			placesShort: z.int(),
		})
		.array(),
});
export type PlanItem = z.infer<typeof PlanItem>;

const PlanEnd = z.object({
	facility: z.int(),
	code: z.string(),
	name: z.string(),
	area: z.int(),
	lat: Known,
	lng: Known,
	/** Id of the province in which it lies; null: it is the nation's. */
	province: z.int().nullable(),
});
export type PlanEnd = z.infer<typeof PlanEnd>;

/** Why a place gets what it gets, in terms of what holds it. */
export const PLAN_REASONS = [
	"met",
	"supply-used-up",
	"no-route",
	"too-late",
	"depot-capacity",
	"pinned",
	"less-than-a-pack",
	"not-worth-it",
] as const;
export type PlanReason = (typeof PLAN_REASONS)[number];

/** What one place is sent of one item, and why. Units. */
export const PlanLine = z.object({
	tier: z.enum(["centre", "province"]),
	/** Place of its round among those of the plan: `sent` leaves in it, `demand` and `unmet` are of its days. */
	period: z.int(),
	to: z.int(),
	item: z.string(),
	/** Who sends it; several warehouses are several lines of `from`. */
	from: z
		.object({
			facility: z.int(),
			units: z.number(),
			carriage: z.enum(CARRIAGES),
			handover: z.enum(HANDOVERS),
			km: z.number(),
			days: z.number(),
			pin: z.boolean(),
		})
		.array(),
	demand: z.number(),
	sent: z.number(),
	unmet: z.number(),
	coverage: z.number(),
	/** Days of supply of what is there, without and with what is sent up to and in the round; null: nothing is used, or it is not known. */
	before: Known,
	after: Known,
	reason: z.enum(PLAN_REASONS),
	/** The official zone that its need weighs by, of a province that of most of it; null: none is known, which weighs as green. */
	zone: z.enum(RISK_ZONES).nullable(),
	/** By the simple rules; null: not told for this plan. */
	equalShare: Known,
	byPopulation: Known,
});
export type PlanLine = z.infer<typeof PlanLine>;

/** An area and item: how long its stock lasts without and with the plan. */
export const PlanArea = z.object({
	area: z.int(),
	period: z.int(),
	item: z.string(),
	before: Known,
	after: Known,
	demand: z.number(),
	sent: z.number(),
});
export type PlanArea = z.infer<typeof PlanArea>;

const PlanStep = z.object({
	objective: z.enum(["coverage", "unmet", "transport", "weighted"]),
	value: z.number(),
	status: z.string(),
	/** The largest part of its value by which it could still be lower; null: nothing is known. */
	gap: Known,
	seconds: z.number(),
});

/** What stands in the way when there is no plan, and by how much it must give. */
const PlanClash = z.object({
	kind: z.enum(["pin", "share", "supply", "depot-capacity", "trips"]),
	from: z.int().nullable(),
	to: z.int().nullable(),
	item: z.string().nullable(),
	/** Of a pin whether its least or its most is in the way. */
	limit: z.enum(["at-least", "at-most"]).nullable(),
	stands: z.number(),
	/** In its own unit (of a share, units of the item); 0: another one gives way instead. */
	give: z.number(),
	because: z
		.enum(["banned", "lead-time", "no-supply", "no-demand", "not-nearest"])
		.nullable(),
});
export type PlanClash = z.infer<typeof PlanClash>;

/** A province that is in no plan, since none of its warehouses is registered: nothing can be sent to it, or within it. */
const LeftOut = z.object({
	area: z.int(),
	/** Its facilities that lack something, and what they lack of each item. */
	facilities: z.int(),
	needs: z
		.object({
			item: z.string(),
			/** Null: none of them reported it, so that nothing is known. */
			units: z.number().nullable(),
			/** Facilities that keep it and did not report: what they lack is not in the units. */
			notReported: z.int(),
		})
		.array(),
});

export const Plan = z.object({
	/** Names the plan: the publication, what it was asked with, and nothing else. The same id is the same plan. */
	id: z.string(),
	kind: z.enum(["plan", "conflict", "time-limit", "nothing"]),
	tier: z.enum(PLAN_TIERS),
	/** The area that is planned for. */
	area: z.int(),
	day: z.int(),
	cover: z.int(),
	/** The rounds in which is sent, by their first and last days. */
	periods: z.object({ from: z.int(), to: z.int() }).array(),
	items: PlanItem.array(),
	warehouses: PlanEnd.array(),
	places: PlanEnd.array(),
	/** Of those that are planned for. */
	leftOut: LeftOut.array(),
	lines: PlanLine.array(),
	/** Of a plan of the centre or of both tiers each province, of one of a province each kabupaten/kota: what the map is coloured by. */
	areas: PlanArea.array(),
	conflicts: PlanClash.array(),
	steps: PlanStep.array(),
	/** Thousands of rupiah, by the assumed terms of transport. */
	transport: z.number(),
	trips: z.int(),
	/** Places that might still get more: rounds or time ended first. */
	unsettled: z.int(),
	/** The largest gap of its steps; null: nothing is known. */
	gap: Known,
	/** Seconds that the solver was given; null: as many as it takes. */
	limit: Known,
	seconds: z.number(),
	/** Only pins changed since a plan that was at hand: it was solved from there. */
	warm: z.boolean(),
	/** Provinces that were solved apart; 0: one problem. */
	apart: z.int(),
});
export type Plan = z.infer<typeof Plan>;

/** Stocks, and the official zones by which needs weigh. */
const READS = [...STOCKS, "fact", "fact_revision"] as const;

export const PlanOf = query({
	path: "/api/plan",
	about:
		"Who is sent what of the watched supplies, from stocks less reserves and net needs, with why; pins stand in the address, so that a plan can be shared and undone.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: READS,
	request: z.strictObject({ area: areaId, day, ...planOptions }),
	answer: Plan,
});

/** What one more unit of each item in each warehouse would do: planning again with it, which takes as long as the plan for each. */
export const PlanValuesOf = query({
	path: "/api/plan/values",
	about:
		"What one more unit of each item in each warehouse of a plan would save, in weighted units that are missing; null: it cannot be told of this plan.",
	role: PEOPLE,
	keeps: "area",
	from: "replica",
	reads: READS,
	request: z.strictObject({ area: areaId, day, ...planOptions }),
	answer: z.object({
		/** Of the plan. */
		id: z.string(),
		values: z
			.object({ facility: z.int(), item: z.string(), saves: z.number() })
			.array()
			.nullable(),
	}),
});
