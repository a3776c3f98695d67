import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import {
	LABORATORY_LIMITS,
	LABORATORY_RATES,
} from "../logistics/laboratory.ts";
import { areaId, asKnown, day } from "./parameter.ts";
import { query } from "./route.ts";
import { SourceName } from "./sources.ts";
import { COUNTS_OF_STOCK } from "./stock.ts";

/** What is read to tell how laboratories stand. */
const LABORATORIES = [...COUNTS_OF_STOCK, "area"] as const;

const Known = z.number().nullable();

/** A number, and the day of the report that tells it. */
const Dated = z.object({ value: Known, day: z.int().nullable() });

export const PositivityTold = z.object({
	tests: z.number(),
	positives: z.number(),
	/** 0…1; null: nothing was tested on a day that told both. */
	share: Known,
	/** Days that told both; of several laboratories the days of all. */
	days: z.int(),
});

/** A laboratory as it stands by its reports (core/logistics/laboratory-standing). Null: not known. */
export const LaboratoryRow = z.object({
	facility: z.int(),
	area: z.int(),
	/** The day of its newest report, and how many days old that is; null: none that still holds. */
	day: z.int().nullable(),
	age: z.int().nullable(),
	sources: SourceName.array(),
	/** Tests that can be made in a day: the least of what is told (core/logistics/laboratory), and what that is. */
	able: Known,
	limit: z.enum(LABORATORY_LIMITS).nullable(),
	/** The same without reagents, which are a stock: what can be tested day after day. */
	lasting: Known,
	/** Tests a day by each; `stated` is its own word. */
	parts: z.record(z.enum(LABORATORY_LIMITS), Known),
	/** It is at most `able`, and at most `lasting`: what a capacity follows from is not all told, or is refuted by the laboratory's own tests. */
	isMost: z.boolean(),
	lastingIsMost: z.boolean(),
	/** Parts that its own tests refute, and they hold nothing down: the newest day on which it tested too many, a mean of `days` days where those before told none. */
	refuted: z
		.object({
			part: z.enum(LABORATORY_RATES),
			day: z.int(),
			tested: z.number(),
			days: z.int(),
		})
		.array(),
	/** What the parts are made of (so many, and what each does; of one number alone `each` is 1), with days and the source; null: not told. */
	rates: z.record(
		z.enum(LABORATORY_RATES),
		z
			.object({
				units: Dated,
				each: Dated,
				source: SourceName.nullable(),
			})
			.nullable(),
	),
	waiting: Known,
	/** Days until the last that waits is tested, without resupply of reagents; null: not known, or never. Where `isMost` it is at least this. */
	waitDays: Known,
	/** The queue does not end: nothing can be tested, or reagents end before it and none come. */
	endless: z.boolean(),
	receivedPerDay: Known,
	testedPerDay: Known,
	/** Tested a day as a part of `lasting`: a rate of a rate, and not of what the reagents of one day allow. Null: not known. */
	load: Known,
	/** Days of the last seven that told what came, and what was tested. */
	receivedDays: z.int(),
	testedDays: z.int(),
	positivity: PositivityTold,
	reagent: Known,
	/** Where there are none 0, whatever is tested. */
	reagentDays: Known,
	/** Of reagents that are there nothing is used: they last for ever. */
	reagentUnused: z.boolean(),
	vtm: Known,
	vtmDays: Known,
	/** Of VTM that is there nothing is used, since nothing comes in. */
	vtmUnused: z.boolean(),
	/** The days after: what can be tested on each while reagents run down and none come, and waiting at its end; empty: not known. */
	ahead: z.object({ able: z.number(), waiting: z.number() }).array(),
	/** The pool that takes the fewest tests at this positivity (1: one by one), and the wait with it; null: too few tests. */
	pool: z
		.object({
			size: z.int(),
			testsPerSpecimen: z.number(),
			reach: z.number(),
			waitDays: Known,
		})
		.nullable(),
});
export type LaboratoryRow = z.infer<typeof LaboratoryRow>;

export const Laboratories = z.object({
	area: z.int(),
	day: z.int(),
	laboratories: LaboratoryRow.array(),
	/** Of those that told it, how many these are beside each. */
	total: z.object({
		laboratories: z.int(),
		telling: z.int(),
		able: Known,
		/** How many told what they can test, and of how many of these it is the most that it can be. */
		ableTold: z.int(),
		ableMost: z.int(),
		/** All of them together can test at most `able`; of a sum that lacks laboratories that is not known. */
		ableIsMost: z.boolean(),
		/** Laboratories by what holds them down. */
		heldBy: z.record(z.enum(LABORATORY_LIMITS), z.int()),
		/** Laboratories that told it, and those whose own tests refute it. */
		partsTold: z.record(z.enum(LABORATORY_LIMITS), z.int()),
		refuted: z.record(z.enum(LABORATORY_RATES), z.int()),
		waiting: Known,
		waitingTold: z.int(),
		/** The longest wait, and whose; null: none is known, or nobody waits. With `isLeast` it can be longer, there or elsewhere. */
		longest: z
			.object({ facility: z.int(), days: z.number(), isLeast: z.boolean() })
			.nullable(),
		/** Laboratories whose queue does not end. */
		endless: z.int(),
		/** Laboratories whose wait is longer than this many days; `lateIsLeast`: others may be among them. */
		late: z.int(),
		lateIsLeast: z.boolean(),
		lateAfter: z.number(),
		receivedPerDay: Known,
		testedPerDay: Known,
		positivity: PositivityTold,
		/** Laboratories whose reagents last less than seven days. */
		fewReagents: z.int(),
	}),
	/** The weeks before, day by day; null: nobody told. */
	history: z.object({
		firstDay: z.int(),
		/** Waiting by the last reports of at most seven days, and how many of these there were. */
		waiting: Known.array(),
		waitingTold: z.int().array(),
		/** Of the reports of the day itself, and how many there were. */
		received: Known.array(),
		tested: Known.array(),
		/** Positives of those tested on the days that told both, 0…1. */
		positivity: Known.array(),
		telling: z.int().array(),
	}),
	assumptions: z.object({
		/** Reagents lost of those taken. */
		reagentWastage: z.number(),
		/** Fewer tests than this give no advice on pools. */
		leastTests: z.int(),
		largestPool: z.int(),
		/** Specimens on a plate of 96 wells; the others are controls. */
		samplesPerPlate: z.int(),
		/** A part is refuted by more than so many times the tests that it allows. */
		refutedAbove: z.number(),
	}),
});
export type Laboratories = z.infer<typeof Laboratories>;

export const LaboratoriesOf = query({
	path: "/api/laboratories",
	about:
		"How the laboratories of an area stand as of a day: capacity and what holds it down, queue and wait, reagents, positivity, advice on pools, and the weeks before.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: LABORATORIES,
	request: z.strictObject({ area: areaId, day, as_known: asKnown }),
	answer: Laboratories,
});

/** Furthest that specimens are sent, kilometres. */
export const SPECIMEN_REACH = [100, 250, 500, 1000, 3000] as const;
const NO_REACH = `kilometres: one of ${SPECIMEN_REACH.join(", ")}`;
const reach = z.codec(
	z.enum(SPECIMEN_REACH.map(String) as [string, ...string[]], {
		error: NO_REACH,
	}),
	z.int(),
	{ decode: Number, encode: String },
);

export const SpecimenRoutes = z.object({
	area: z.int(),
	day: z.int(),
	/** Specimens that wait or come in a day, of the laboratories that told it. */
	specimens: z.number(),
	/** Of these tested in the day: where they are, and elsewhere. */
	testedWhereTheyAre: z.number(),
	sent: z.number(),
	untested: z.number(),
	/** Specimens times kilometres, along great circles. */
	specimenKilometres: z.number(),
	routes: z
		.object({
			from: z.int(),
			to: z.int(),
			specimens: z.number(),
			/** Along the great circle; the road is longer. */
			kilometres: z.number(),
		})
		.array(),
	/** Left at the end of the day, by laboratory. */
	left: z.object({ facility: z.int(), specimens: z.number() }).array(),
	/** Laboratories at which one more test a day would test one specimen more. */
	wouldTestMore: z.int().array(),
	/** Laboratories of which what waits, what comes or what can be tested is not known, or where they lie. */
	leftOut: z.int(),
	laboratories: z.int(),
	/** Laboratories that can test at most what the program took for it: what is tested is at most this then, and what is left at least. */
	ableMost: z.int(),
	/** Of each laboratory only so many nearest others are considered. */
	nearest: z.int(),
});
export type SpecimenRoutes = z.infer<typeof SpecimenRoutes>;

export const SpecimenRoutesOf = query({
	path: "/api/laboratories/routing",
	about:
		"Which laboratory of an area takes whose specimens on a day: as many as can be tested, with the least way (a transport program).",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: LABORATORIES,
	request: z.strictObject({ area: areaId, day, as_known: asKnown, reach }),
	answer: SpecimenRoutes,
});
