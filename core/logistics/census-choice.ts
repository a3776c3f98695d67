/** Which way patients ahead are projected, and what a person chooses of it. The models themselves are in census-projection.ts. */

import { z } from "zod";
import type { ChimeParameters } from "../epidemic/chime.ts";
import type {
	Duration,
	HospitalParameters,
} from "../epidemic/hospital-demand.ts";
import type { Day } from "../series/day.ts";
import { dayText } from "../series/day-text.ts";
import type { Severity } from "./needs-scenario.ts";

/** CHIME with what is not read from reports. Shares are 0…1, stays whole days. */
export interface ChimeChoice {
	method: "chime";
	/** What is known of the start: cases double in so many days, or the day of the first patient, from which the doubling time is fitted. */
	fit:
		| { by: "doubling-time"; doublingTime: number }
		| { by: "first-hospitalized"; day: Day };
	/** By how much contacts fall, 0…1, from `mitigation` on; without a day: from the day of the reports. */
	contactReduction: number;
	mitigation: Day | null;
	/** Share of all patients of the population who come to these hospitals. */
	marketShare: number;
	infectiousDays: number;
	recovered: number;
	dispositions: ChimeParameters["dispositions"];
}

/** The renewal projection. */
export interface RenewalChoice {
	method: "renewal";
	/** Cases double in so many days from now on (negative: halve); null: R stays as it is. */
	doublingDays: number | null;
	hospital: HospitalParameters;
}

/** Numbers of a person: people in hospital by week and severity, null: not known. */
export interface HandChoice {
	method: "hand";
	weeks: readonly Record<Severity, number | null>[];
}

/** Which way patients are projected, with all that a person chooses of it. */
export type CensusChoice =
	| { method: "held" }
	| ChimeChoice
	| RenewalChoice
	| HandChoice;

/** What Penn CHIME 1.1.5 takes where nothing is said. */
export const CHIME_DEFAULTS = {
	marketShare: 1,
	infectiousDays: 14,
	recovered: 0,
	contactReduction: 0,
	dispositions: {
		hospitalized: { rate: 0.025, lengthOfStay: 7 },
		icu: { rate: 0.0075, lengthOfStay: 9 },
		ventilated: { rate: 0.005, lengthOfStay: 10 },
	},
} as const;

/**
 * Admissions, delays and stays where nothing is said: planning assumptions, not Indonesian findings. They shape how patients follow cases;
 * how many there are is what hospitals report.
 */
export const HOSPITAL_DEFAULTS: HospitalParameters = {
	admissionShare: 0.15,
	admissionDelay: { mean: 4, sd: 3 } satisfies Duration,
	icuShare: 0.12,
	wardStay: { mean: 10, sd: 6 },
	icuStay: { mean: 12, sd: 8 },
};

const share = z.number().min(0).max(1);
const partOf = z.number().gt(0).max(1);
const stay = z.strictObject({
	mean: z.number().min(0.1).max(365),
	sd: z.number().min(0.1).max(365),
});
const disposition = z.strictObject({
	rate: share,
	lengthOfStay: z.int().min(1).max(365),
});
const people = z.number().min(0).max(1e9).nullable();

/** Longest path, weeks; what a person gives by hand is of at most as many. */
export const LONGEST_CENSUS_WEEKS = 26;
/** Which way patients are projected, and all that a person chooses of it: in an address as JSON, in a scenario as it is. Days as YYYY-MM-DD. */
export const CensusChoiceForm = z.discriminatedUnion("method", [
	z.strictObject({ method: z.literal("held") }),
	z.strictObject({
		method: z.literal("chime"),
		fit: z.discriminatedUnion("by", [
			z.strictObject({
				by: z.literal("doubling-time"),
				doublingTime: z
					.number()
					.refine((x) => Math.abs(x) >= 0.5 && Math.abs(x) <= 1000),
			}),
			z.strictObject({ by: z.literal("first-hospitalized"), day: dayText }),
		]),
		contactReduction: share.default(CHIME_DEFAULTS.contactReduction),
		mitigation: dayText.nullable().default(null),
		marketShare: partOf.default(CHIME_DEFAULTS.marketShare),
		infectiousDays: z
			.number()
			.min(1)
			.max(365)
			.default(CHIME_DEFAULTS.infectiousDays),
		recovered: z.number().min(0).max(1e9).default(CHIME_DEFAULTS.recovered),
		dispositions: z
			.strictObject({
				hospitalized: disposition.extend({ rate: partOf }),
				icu: disposition,
				ventilated: disposition,
			})
			.default(CHIME_DEFAULTS.dispositions),
	}),
	z.strictObject({
		method: z.literal("renewal"),
		/** Cases double in so many days from now on (negative: halve); null: R stays as it is. */
		doublingDays: z
			.number()
			.refine((x) => Math.abs(x) >= 1 && Math.abs(x) <= 1000)
			.nullable()
			.default(null),
		hospital: z
			.strictObject({
				admissionShare: partOf,
				admissionDelay: stay,
				icuShare: share,
				wardStay: stay,
				icuStay: stay,
			})
			.default(HOSPITAL_DEFAULTS),
	}),
	z.strictObject({
		method: z.literal("hand"),
		/** People in hospital, week by week; null: not known. */
		weeks: z
			.strictObject({
				mild: people,
				moderate: people,
				severe: people,
				critical: people,
			})
			.array()
			.min(1)
			.max(LONGEST_CENSUS_WEEKS),
	}),
]);
export type CensusChoiceForm = z.input<typeof CensusChoiceForm>;
