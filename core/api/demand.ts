import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { NOT_ESTIMABLE_REASONS } from "../epidemic/not-estimable.ts";
import {
	CensusChoiceForm,
	LONGEST_CENSUS_WEEKS,
} from "../logistics/census-choice.ts";
import { CENSUS_METHODS } from "../logistics/census-path.ts";
import { FACTS } from "./figures.ts";
import { areaId, asKnown, day, facilityId } from "./parameter.ts";
import { query } from "./route.ts";
import { SourceName } from "./sources.ts";

export const DEMAND_WEEKS = 12;

const NO_CENSUS =
	"how patients are projected, as JSON (held, chime, renewal, hand)";

/** A text of JSON read as a value of a schema, and written back. */
function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export const censusChoice = z.codec(
	z
		.string({ error: NO_CENSUS })
		.max(4000, { error: NO_CENSUS })
		.refine((text) => CensusChoiceForm.safeParse(jsonOf(text)).success, {
			error: NO_CENSUS,
		})
		.optional(),
	z.custom<z.output<typeof CensusChoiceForm>>(),
	{
		decode: (text) =>
			text === undefined
				? { method: "held" as const }
				: CensusChoiceForm.parse(jsonOf(text)),
		encode: (choice) => JSON.stringify(CensusChoiceForm.encode(choice)),
	},
);

const weeks = z.codec(
	z
		.string()
		.regex(/^([1-9]|1\d|2[0-6])$/, {
			error: `weeks, 1 to ${LONGEST_CENSUS_WEEKS}`,
		})
		.optional(),
	z.int(),
	{
		decode: (text) => Number(text ?? DEMAND_WEEKS),
		encode: (value) => (value === DEMAND_WEEKS ? undefined : String(value)),
	},
);

/** Whether patients are counted in bed with no more beds than are reported. */
const inBeds = z.codec(z.literal("1").optional(), z.boolean(), {
	decode: (text) => text === "1",
	encode: (value) => (value ? "1" : undefined),
});

/** Why there is no number. */
export const DEMAND_REFUSALS = [
	"doubling-time-at-limit",
	"peak-before-today",
	"census-not-reached",
	...NOT_ESTIMABLE_REASONS,
	"too-short",
	"no-recent-report",
	"census-not-reported",
	"no-patients",
	"no-population",
	"out-of-range",
] as const;

const Line = z.number().nullable().array();
/** One value for each day; null: not known. */
const BySeverityLine = z.object({
	mild: Line,
	moderate: Line,
	severe: Line,
	critical: Line,
});
const BySeverityCount = z.object({
	mild: z.number().nullable(),
	moderate: z.number().nullable(),
	severe: z.number().nullable(),
	critical: z.number().nullable(),
});
const Band = z.object({ low: BySeverityLine, high: BySeverityLine });
const Told = z.object({ median: Line, low: Line, high: Line });
const ByDisposition = z.object({
	hospitalized: Line,
	icu: Line,
	ventilated: Line,
});

/** What a demand was made from, all of it as known on the day of knowledge. */
export const DemandBasis = z.object({
	/** The area whose growth is taken: that asked for, or of a facility the nearest above it that tells one. */
	area: z.int(),
	/** People in hospital in the last reports; null: nobody told. */
	reported: BySeverityCount,
	patients: z.number().nullable(),
	/** Hospitals that told of their patients, those of them that told them by severity, and all. */
	telling: z.int(),
	tellingSeverity: z.int(),
	hospitals: z.int(),
	/** Days from the oldest of these reports to the day asked for; null: there is none. */
	oldest: z.int().nullable(),
	sources: SourceName.array(),
	population: z.number().nullable(),
	/** New confirmed cases of the seven days up to the last one known, their marks (core/series/mark), and the days that the model was given. */
	cases: z.object({
		firstDay: z.int().nullable(),
		lastDay: z.int().nullable(),
		lastWeek: z.number().nullable(),
		/** Days of these seven that have a figure. */
		weekDays: z.int(),
		/** Of the last four weeks (of seven days, back from the last one known), those with a day whose figure is missing or of a short week. */
		shortWeeks: z.int(),
		/** The day from which on confirmed cases are counted otherwise, where the series holds it; null: none. */
		definitionChange: z.int().nullable(),
		/** Of the last week. */
		marks: z.int(),
		/** Days without a figure between the first and the last. */
		missing: z.int(),
	}),
	/** Beds for COVID-19 in the last reports, and hospitals that told them; null: nobody told. */
	beds: z.object({
		ward: z.number().nullable(),
		intensive: z.number().nullable(),
		telling: z.int(),
	}),
});
export type DemandBasis = z.infer<typeof DemandBasis>;

/** What a fit of CHIME found. */
const ChimeFit = z.object({
	doublingTime: z.number(),
	daysSinceFirst: z.int(),
	basicReproduction: z.number(),
	mitigatedReproduction: z.number(),
});

/** R of the last days, and the R that is taken for a doubling time asked for (null: R as it is). */
const RenewalFit = z.object({
	reproduction: z.object({
		mean: z.number(),
		low: z.number(),
		high: z.number(),
	}),
	reproductionAsked: z.number().nullable(),
});

/** What the model behind patients ahead found; of a fit that is refused its doubling time. */
export const ModelFound = z.object({
	chime: ChimeFit.nullable(),
	renewal: RenewalFit.nullable(),
	refusedDoublingTime: z.number().nullable(),
});
export type ModelFound = z.infer<typeof ModelFound>;

export const DemandOutcome = z.discriminatedUnion("status", [
	z.object({
		status: z.literal("projected"),
		firstDay: z.int(),
		days: z.int(),
		/** People in hospital; with beds capped those who have one. */
		census: BySeverityLine,
		/** All severities together, of days on which any is known. */
		total: Line,
		/** With a probability of 90 %, and of 50 %, between these; null where the method tells none. */
		wide: Band.nullable(),
		half: Band.nullable(),
		totalWide: z.object({ low: Line, high: Line }).nullable(),
		totalHalf: z.object({ low: Line, high: Line }).nullable(),
		/** Those who find no bed; null: beds are not capped. */
		waiting: BySeverityLine.nullable(),
		/** The day with most people in hospital, and how many; null: none is known. */
		peak: z.object({ day: z.int(), people: z.number() }).nullable(),
		/** Days for which the model is meant; null: as long as what it rests on holds. */
		trustedDays: z.int().nullable(),
		/** People whom the model has in hospital on the day asked for, before it is joined to what hospitals report; null: no model. */
		modelled: z.object({ ward: z.number(), intensive: z.number() }).nullable(),
		chime: ChimeFit.extend({
			/** The tool's own series from the day of the reports on, before they are joined to what hospitals report. */
			census: ByDisposition,
			admissions: ByDisposition,
		}).nullable(),
		renewal: RenewalFit.extend({
			casesAge: z.int(),
			/** The model's own, from the first day on; between low and high with a probability of 90 %. */
			cases: Told,
			admissions: Told,
			wardCensus: Told,
			icuCensus: Told,
		}).nullable(),
	}),
	z.object({
		status: z.literal("refused"),
		reason: z.enum(DEMAND_REFUSALS),
		/** Of the fit that is refused. */
		doublingTime: z.number().nullable(),
		explanation: z.string(),
	}),
]);
export type DemandOutcome = z.infer<typeof DemandOutcome>;

export const Demand = z.object({
	area: z.int(),
	facility: z.int().nullable(),
	day: z.int(),
	method: z.enum(CENSUS_METHODS),
	basis: DemandBasis,
	outcome: DemandOutcome,
});
export type Demand = z.infer<typeof Demand>;

export const DemandOf = query({
	path: "/api/demand",
	about:
		"Patients ahead of an area, or of a hospital in it, by day and severity: as last reported, by CHIME, by the renewal projection, or as a person gives them. May take seconds; how far it is comes as `progress`, and closing the request ends it.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: [...FACTS, "facility", "facility_report", "file"],
	request: z.strictObject({
		area: areaId,
		facility: facilityId.optional(),
		day,
		as_known: asKnown,
		weeks,
		census: censusChoice,
		beds: inBeds,
	}),
	answer: Demand,
});
