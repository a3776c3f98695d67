import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { CENSUS_METHODS } from "../logistics/census-path.ts";
import { DEMAND_REFUSALS, DemandBasis, DemandOf } from "./demand.ts";
import { query } from "./route.ts";

export const ITEM_KINDS = [
	"hygiene",
	"ppe",
	"diagnostics",
	"case-management",
] as const;

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
	kind: z.enum(ITEM_KINDS),
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

/** Dosage forms of a course, and the part of the patients who get it; null: the severity gets none. */
const Course = z.object({ units: z.number(), share: z.number() }).nullable();

const MedicineNeed = z.object({
	id: z.string(),
	name: z.string(),
	unit: z.string(),
	/** New patients of the weeks. */
	patients: BySeverity,
	course: z.object({
		mild: Course,
		moderate: Course,
		severe: Course,
		critical: Course,
	}),
	total: z.number(),
	priceUsd: z.number().nullable(),
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

/** Health workers and those who work beside them. */
export const STAFF_ROLES = [
	"inpatientWorkers",
	"inpatientCleaners",
	"inpatientCaregivers",
	"ambulanceWorkers",
	"biomedicalEngineers",
	"isolationCaregivers",
	"screeningWorkers",
	"labStaff",
	"labCleaners",
] as const;

/** People of one role: in each week what they are reckoned by x rate. */
const StaffNeed = z.object({
	role: z.enum(STAFF_ROLES),
	per: z.enum([
		"inpatientBed",
		"isolationPatient",
		"screenedPatient",
		"laboratory",
	]),
	rate: z.number(),
	/** Where the rate follows from hours of care: the hours a patient takes in a day, of a shift, times a factor. */
	hours: z
		.object({
			severe: z.number(),
			critical: z.number(),
			severeShare: z.number(),
			criticalShare: z.number(),
			shift: z.number(),
			times: z.number(),
		})
		.nullable(),
	drivers: Weekly,
	weekly: Weekly,
});

/** Tests of each week by reason; `done`: the lower of all that are wanted and what the machines of the place can do. */
const TestsNeed = z.object({
	diagnosis: Weekly,
	release: Weekly,
	mild: Weekly,
	moderate: Weekly,
	suspected: Weekly,
	staff: Weekly,
	contacts: Weekly,
	wanted: Weekly,
	/** Of the machines of the place in a week. */
	capacity: z.number(),
	done: Weekly,
	/** Over the weeks. */
	total: z.object({ wanted: z.number(), done: z.number() }),
	/** Tests of suspects for each patient, of contacts for each case, and of each of the staff in a week. */
	rates: z.object({
		suspected: z.number(),
		contacts: z.number(),
		staff: z.number(),
	}),
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
			/** New patients of each week: in care - in care the week before + of those in care / stay. */
			admitted: BySeverity.array(),
			stayWeeks: BySeverity,
			/** Over the weeks. */
			arrived: BySeverity,
			staff: StaffNeed.array(),
			/** Laboratories that the machines of the place stand for: machines / 3 + modules / 4, whole. */
			laboratories: z.object({
				machines: z.number(),
				modules: z.number(),
				count: z.number(),
			}),
			tests: TestsNeed,
			costUsd: z.number(),
			/** Of what has a price; the sum is the cost. */
			costs: z
				.object({ of: z.enum([...ITEM_KINDS, "medicines"]), usd: z.number() })
				.array(),
			/** Names of what is needed and has no price. */
			unpriced: z.int(),
		}),
		z.object({
			status: z.literal("refused"),
			reason: z.enum([
				...DEMAND_REFUSALS,
				// Patients are told, but not of every severity, or no whole week of them.
				"severity-not-known",
			]),
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
