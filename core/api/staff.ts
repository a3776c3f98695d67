import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { STAFF_GROUPS } from "../facilities/report.ts";
import { asKnown, day, facilityId } from "./parameter.ts";
import { query } from "./route.ts";
import { SourceName } from "./sources.ts";

/** People, of the newest report that tells it and still holds. */
const ToldStaff = z.object({
	value: z.number(),
	day: z.int(),
	/** Days from that day to the day asked for. */
	age: z.int(),
	source: SourceName.nullable(),
});
export type ToldStaff = z.infer<typeof ToldStaff>;

export const FacilityStaff = z.object({
	facility: z.int(),
	area: z.int(),
	day: z.int(),
	/** Of a warehouse none. */
	groups: z
		.object({
			group: z.enum([...STAFF_GROUPS.hospital, ...STAFF_GROUPS.laboratory]),
			/** Null: not reported, which is not 0. */
			present: ToldStaff.nullable(),
			/** By its own word. */
			needed: ToldStaff.nullable(),
			/** Null: not both of one day are known. */
			short: z.number().nullable(),
		})
		.array(),
	/** Health workers of all groups, where one report tells each of them. */
	workers: ToldStaff.nullable(),
	/** In a bed; null: not reported, or this is no hospital. */
	patients: z
		.object({
			severe: z.number(),
			critical: z.number(),
			day: z.int(),
			age: z.int(),
			source: SourceName.nullable(),
		})
		.nullable(),
	/** Health workers for one patient, all shifts of a day (WHO ESFT). */
	perPatient: z.object({ severe: z.number(), critical: z.number() }),
	/** severe x its rate + critical x its rate; null: the patients are not known. */
	modelled: z.number().nullable(),
	/** Of the modelled need; null: one of the two is not known. */
	short: z.number().nullable(),
});
export type FacilityStaff = z.infer<typeof FacilityStaff>;

export const FacilityStaffOf = query({
	path: "/api/logistics/staff",
	about:
		"Who works at a hospital or laboratory for COVID-19 as of a day, by its last report of at most seven days, beside whom it says that it needs and whom its patients take by the model; null: there is none, or not for whoever asks.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: ["facility", "facility_report", "file", "source", "item"],
	request: z.strictObject({ facility: facilityId, day, as_known: asKnown }),
	answer: FacilityStaff.nullable(),
});
