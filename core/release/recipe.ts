import { z } from "zod";
import { SUMMED_LEVELS } from "../areas/codes.ts";
import { COUNTED_INDICATORS, type IndicatorKey } from "../series/indicator.ts";

/**
 * What may leave the house: active cases are what a reader subtracts, and would tell one of three withheld counts; tables of one moment by
 * kecamatan have no meaning that is published.
 */
const RELEASABLE = COUNTED_INDICATORS.filter(
	({ derived, only }) => !derived && only === undefined,
).map(({ key }) => key) as [IndicatorKey, ...IndicatorKey[]];

/** The last days of the periods of which a release has figures. */
export const GRAINS = ["day", "week", "month"] as const;
export type Grain = (typeof GRAINS)[number];

/** By what a release is made. A recipe that changes gets another version: two releases of one version were made by the same rules. */
export const Recipe = z
	.strictObject({
		name: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
		version: z.int().positive(),
		indicators: z.array(z.enum(RELEASABLE)).min(1),
		levels: z.array(z.enum(SUMMED_LEVELS)).min(1),
		every: z.enum(GRAINS),
		/** Days before the last day of the dataset of which nothing is released yet: late reports and corrections come first. */
		delay: z.int().nonnegative().max(365),
		/** Counts from 1 to one less are small, and withheld (1: none is). */
		threshold: z.int().positive().max(1000),
		/** Whether no case is shown as 0, or withheld as a small count is. */
		zero: z.enum(["shown", "withheld"]),
		/**
		 * Whether what was new from one period to the next, what a correction changed since an earlier release, and who is ill still (of confirmed less
		 * recovered and died) is a count of people that may be small, too. Without it only the stated counts are.
		 */
		changes: z.enum(["protected", "not-protected"]),
		/**
		 * A count of which the `areas` greatest parts that are not released themselves make more than `percent` tells these parts, and is withheld
		 * ((n, k) rule).
		 */
		dominance: z
			.strictObject({
				areas: z.int().positive().max(5),
				percent: z.number().gt(50).lt(100),
			})
			.nullable(),
		/** What is shown is rounded to multiples of this; 1: not at all. No protection is reckoned with it. */
		rounding: z.int().positive().max(1000),
	})
	.refine(
		({ indicators, levels }) =>
			new Set(indicators).size === indicators.length &&
			new Set(levels).size === levels.length,
		{ error: "an indicator or a level twice" },
	)
	// Of counts that are small and not 0 there would be one, and everybody who sees it withheld would know it.
	.refine(({ threshold, zero }) => threshold !== 2 || zero === "withheld", {
		error: "a threshold of 2 hides nothing where 0 is shown",
	})
	.refine(({ rounding, threshold }) => rounding <= 2 * threshold, {
		error: "rounded to so much a count of some would be shown as 0",
	});
export type Recipe = z.infer<typeof Recipe>;

/**
 * The recipe of this country's weekly release, until another is given. Its threshold is between those of others: fewer than 3 in seven days
 * (UKHSA, small areas of England), 1 to 10 (CMS), fewer than 10 (Washington State).
 */
export const WEEKLY: Recipe = {
	name: "mingguan",
	version: 1,
	indicators: ["confirmed", "recovered", "deaths"],
	levels: ["nation", "province", "regency"],
	every: "week",
	delay: 7,
	threshold: 5,
	zero: "shown",
	changes: "protected",
	dominance: null,
	rounding: 1,
};
