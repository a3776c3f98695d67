import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { CENSUS_METHODS } from "../logistics/census-path.ts";
import { DEMAND_REFUSALS, DemandBasis, DemandOf } from "./demand.ts";
import { query } from "./route.ts";

const Weekly = z.number().array();

/** What one rate of an item comes to: its driver in each week, and units. Formula: driver x amount (x 7 where it is of each day). */
const NeedPart = z.object({
	driver: z.string(),
	amount: z.number(),
	every: z.enum(["day", "week", "event", "stock"]),
	drivers: Weekly,
	units: z.number(),
});

const ItemNeed = z.object({
	id: z.string(),
	name: z.object({ id: z.string(), en: z.string() }),
	kind: z.enum(["hygiene", "ppe", "diagnostics", "case-management"]),
	unit: z.string(),
	packSize: z.number().nullable(),
	/** What it is divided by is nobody's published number. */
	packAssumed: z.boolean(),
	wholeUnits: z.boolean(),
	/** Null: the source gives no rate, which is not zero. */
	total: z.number().nullable(),
	/** Whole packs of them; null: no total, or no pack is known. */
	packs: z.number().nullable(),
	weekly: z.number().nullable().array(),
	priceUsd: z.number().nullable(),
	costUsd: z.number().nullable(),
	parts: NeedPart.array(),
});

const BySeverity = z.object({
	mild: z.number(),
	moderate: z.number(),
	severe: z.number(),
	critical: z.number(),
});

const MedicineNeed = z.object({
	id: z.string(),
	name: z.string(),
	unit: z.string(),
	/** New patients of the weeks, dosage forms of a course and share of patients who get it, by severity. */
	patients: BySeverity,
	perPatient: BySeverity,
	total: z.number(),
	costUsd: z.number().nullable(),
});

/** A week of oxygen: as of a day in it. */
const OxygenWeek = z.object({
	severe: z.number(),
	critical: z.number(),
	litresPerMinute: z.number(),
	cubicMetresPerDay: z.number(),
	tonnesPerDay: z.number(),
	concentrators: z.number(),
	cylindersPerDay: z.record(z.string(), z.number()),
});

const StaffWeek = z.object({
	inpatientWorkersNeeded: z.number(),
	inpatientCleaners: z.number(),
	inpatientCaregivers: z.number(),
	ambulanceWorkers: z.number(),
	biomedicalEngineers: z.number(),
	isolationCaregivers: z.number(),
	screeningWorkersNeeded: z.number(),
	labStaff: z.number(),
	labCleaners: z.number(),
});

export const Needs = z.object({
	area: z.int(),
	facility: z.int().nullable(),
	day: z.int(),
	method: z.enum(CENSUS_METHODS),
	basis: DemandBasis,
	catalogue: z.object({ version: z.string(), source: z.string() }),
	outcome: z.discriminatedUnion("status", [
		z.object({
			status: z.literal("known"),
			/** First days of the weeks. */
			weeks: z.int().array(),
			/** In care in each week. */
			patients: BySeverity.array(),
			items: ItemNeed.array(),
			medicines: MedicineNeed.array(),
			oxygen: OxygenWeek.array(),
			oxygenRates: z.object({
				severe: z.number(),
				critical: z.number(),
				cubicMetresPerTonne: z.number(),
				concentratorLitresPerMinute: z.number(),
				/** Contents of cylinders, which nobody published. */
				cylinders: z.record(z.string(), z.number()),
			}),
			staff: StaffWeek.array(),
			/** Tests wanted and those that the machines of the place can do. */
			tests: z.object({ wanted: Weekly, done: Weekly }),
			costUsd: z.number(),
			/** Names of what is needed and has no price. */
			unpriced: z.int(),
		}),
		z.object({
			status: z.literal("refused"),
			reason: z.enum(DEMAND_REFUSALS),
			explanation: z.string(),
		}),
	]),
});
export type Needs = z.infer<typeof Needs>;

export const NeedsOf = query({
	path: "/api/logistics/needs",
	about:
		"What an area, or a hospital in it, will need of every item of the catalogue for its patients ahead (as /api/demand has them): supplies, medicines, oxygen, health workers, tests and cost, each with the rate and the drivers that it comes from.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: [...DemandOf.reads, "item"],
	request: DemandOf.request,
	answer: Needs,
});
