import { z } from "zod";
import { BED_KINDS } from "../../../core/facilities/free-bed.ts";

/** A place as it is written in the address, or nothing. */
export const POINT = /^-?\d{1,2}(\.\d{1,6})?,-?\d{1,3}(\.\d{1,6})?$/;

/** What is looked for, as it stands in the address. */
export const referralSearch = z.object({
	bed: z.enum(BED_KINDS).default("isolation"),
	show: z.enum(["free", "all"]).default("free"),
	only: z.enum(["referral", "any"]).default("any"),
	/** Latitude and longitude; empty: the seat of the chosen area. */
	at: z.string().regex(POINT).or(z.literal("")).default(""),
	/** The hospital that is looked at, by its number. */
	facility: z
		.string()
		.regex(/^([1-9]\d{0,8})?$/)
		.default(""),
});
export type ReferralSearch = z.output<typeof referralSearch>;
