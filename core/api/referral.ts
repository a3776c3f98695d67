import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { BED_KINDS } from "../facilities/free-bed.ts";
import { areaId, asKnown, day } from "./parameter.ts";
import { query } from "./route.ts";
import { SourceName } from "./sources.ts";

const NO_POINT = "a place as latitude,longitude, such as -7.98,112.63";

/** A place in degrees, WGS 84; null: the seat of the area. */
const point = z.codec(
	z
		.string({ error: NO_POINT })
		.regex(/^-?\d{1,2}(\.\d{1,6})?,-?\d{1,3}(\.\d{1,6})?$/, { error: NO_POINT })
		.optional(),
	z.object({ lat: z.number(), lng: z.number() }).nullable(),
	{
		decode: (text) => {
			if (text === undefined) return null;
			const [lat = 0, lng = 0] = text.split(",").map(Number);
			return { lat, lng };
		},
		encode: (value) =>
			value === null ? undefined : `${value.lat},${value.lng}`,
	},
);

/** Most hospitals of one answer: nobody refers further than the nearest of these. */
export const MOST_REFERRALS = 300;

/** A hospital seen from where a bed is needed. */
export const ReferralRow = z.object({
	facility: z.int(),
	/** In which it lies. */
	area: z.int(),
	/** Along the great circle; no road is this short. */
	km: z.number(),
	/** It stands at the seat of its area, since its own position is not known: the distance is about that. */
	atSeat: z.boolean(),
	/** "unknown": no report of the last week tells it, which is neither free nor full. */
	state: z.enum(["free", "full", "unknown"]),
	/** Free beds of the kind; below zero: more people than beds; null as `unknown`. */
	free: z.int().nullable(),
	/** Beds of the kind that there are; null: not stated. */
	of: z.int().nullable(),
	/** People who wait in the emergency room; null: not stated. */
	queue: z.int().nullable(),
	/** Day of the report that tells it, and its age in days; null: there is none. */
	day: z.int().nullable(),
	age: z.int().nullable(),
	/** The report is older than a day: whoever refers by it telephones first. */
	old: z.boolean(),
	source: SourceName.nullable(),
});
export type ReferralRow = z.infer<typeof ReferralRow>;

export const Referral = z.object({
	/** From where: the place asked for, or the seat of the area; null: the area has none that is known. */
	from: z.object({ lat: z.number(), lng: z.number() }).nullable(),
	day: z.int(),
	/** Of all hospitals that the person may see and that have a place, by state. */
	counts: z.object({ free: z.int(), full: z.int(), unknown: z.int() }),
	/** Hospitals without any place: no distance can be told. */
	withoutPlace: z.int(),
	/** Nearest first. */
	rows: ReferralRow.array(),
});
export type Referral = z.infer<typeof Referral>;

export const ReferralOf = query({
	path: "/api/referral",
	about: `Hospitals with a free bed of a kind, nearest first from an area or a place, at most ${MOST_REFERRALS}, each with the age of that fact; of all hospitals, also those that are full or do not say.`,
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: ["facility", "facility_report", "file", "source", "area"],
	request: z.strictObject({
		area: areaId,
		at: point,
		bed: z.enum(BED_KINDS),
		/** Only those that have one, or all. */
		show: z.enum(["free", "all"]),
		/** Only hospitals named for COVID-19 referral, or any. */
		only: z.enum(["referral", "any"]),
		day,
		as_known: asKnown,
	}),
	answer: Referral,
});
