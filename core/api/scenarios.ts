import { z } from "zod";
import { PEOPLE } from "../access/role.ts";
import { STOCK_COLUMNS } from "../logistics/watched-item.ts";
import { KeptScenario, Made } from "../workspace/scenarios.ts";
import { DEMAND_REFUSALS, ModelFound } from "./demand.ts";
import { FACTS } from "./figures.ts";
import { STOCKS } from "./logistics.ts";
import { nothing } from "./parameter.ts";
import { command, query } from "./route.ts";

/** A scenario is a few thousand characters; its result some more. */
const LONGEST_FILE = 400_000;

/** What is told of a scenario, in the order in which it is shown. */
export const SCENARIO_FIGURES = [
	"tellPatients",
	"peak",
	"peakDay",
	"peakCritical",
	"withoutBed",
	"tellStock",
	"need",
	"netNeed",
	"arriving",
	"uncovered",
	"unmet",
	"runsOut",
	"firstOut",
	"lasts",
	"lacking",
	"tellLaboratories",
	"able",
	"waiting",
	"waitingAfter",
	"waitDays",
] as const;
export type ScenarioFigure = (typeof SCENARIO_FIGURES)[number];

const Figure = z.object({
	key: z.enum(SCENARIO_FIGURES),
	/** Of which item; null: of patients or laboratories. */
	item: z.enum(STOCK_COLUMNS).nullable(),
	/** "day": a day of the calendar. */
	unit: z.enum(["people", "units", "facilities", "day", "specimens", "days"]),
	/** Null: not known, or it does not happen within the weeks of the scenario. */
	value: z.number().nullable(),
});

/** What follows from a scenario. The same inputs on the same publication and catalogue give the same, to the last digit. */
export const ScenarioResult = z.object({
	/** Why patients cannot be told; null: they can. Figures that follow from them are then not known. */
	refused: z.enum(DEMAND_REFUSALS).nullable(),
	/** Patients in hospital, with a 90 % band where the method tells one; null: not known. */
	census: z
		.object({
			firstDay: z.int(),
			total: z.number().nullable().array(),
			low: z.number().nullable().array().nullable(),
			high: z.number().nullable().array().nullable(),
		})
		.nullable(),
	figures: Figure.array(),
	/** Facilities that are named and are not in the dataset. */
	unknownFacilities: z.string().array(),
});
export type ScenarioResult = z.infer<typeof ScenarioResult>;

/** What goes into the figures of a scenario: a screen has the words. */
export const SCENARIO_TERMS = [
	"mild",
	"moderate",
	"severe",
	"critical",
	"firstDay",
	"use",
	"grown",
	"need",
	"left",
	"incoming",
	"expiring",
	"surplus",
	"netNeed",
	"warehouses",
	"toWarehouses",
	"toUnknown",
	"shipments",
	"onTheWay",
	"planned",
	"later",
	"arriving",
	"known",
	"knownLaboratories",
	"arrived",
	"used",
	"able",
	"stopped",
	"lasting",
	"waiting",
	"received",
	"arrivalDays",
	"tested",
] as const;
export type ScenarioTerm = (typeof SCENARIO_TERMS)[number];

/** How a figure is reckoned, with what went into it. It stands beside the result and is no part of it: files keep what they state. */
export const ScenarioFormula = z.object({
	key: z.enum(SCENARIO_FIGURES),
	item: z.enum(STOCK_COLUMNS).nullable(),
	/** Names of inputs in braces; + - * / ( ) max. Null: it was counted, or found day by day, from what the inputs say. */
	expression: z.string().nullable(),
	/** What the expression comes to: the figure itself, but of `lasts` what is left on that day, or on the last one. */
	result: z.number(),
	inputs: z
		.object({
			name: z.enum(SCENARIO_TERMS),
			value: z.number(),
			/** How many told it, of how many; null: all. Whoever told nothing is not in the value, and what nobody told is no input. */
			told: z.int().nullable(),
			of: z.int().nullable(),
		})
		.array(),
	/** The day that the inputs are of; null: of the reports. */
	day: z.int().nullable(),
	/** Id of the facility that the figure is of; null: of no single one. */
	facility: z.int().nullable(),
	/** Hospitals, or laboratories, over which was summed; null: none. */
	over: z.int().nullable(),
	/** The figure is at most, or at least, this: capacities in it are the most that they can be. Null: neither. */
	bound: z.enum(["most", "least"]).nullable(),
});
export type ScenarioFormula = z.infer<typeof ScenarioFormula>;

export const ScenariosKept = query({
	path: "/api/scenarios",
	about: "The scenarios that whoever sits at this window keeps.",
	role: PEOPLE,
	keeps: "open",
	from: "backend",
	reads: ["workspace", "session"],
	request: nothing,
	answer: z.object({
		scenarios: KeptScenario.array(),
		/** Changes that can be taken back. */
		stepsBack: z.int(),
	}),
});

const NO_IDS = "ids of 1 to 4 scenarios, joined by commas";
const ids = z.codec(
	z
		.string({ error: NO_IDS })
		.regex(/^[a-z0-9-]{1,40}(,[a-z0-9-]{1,40}){0,3}$/, { error: NO_IDS }),
	z.string().array(),
	{ decode: (text) => text.split(","), encode: (list) => list.join(",") },
);

export const ScenarioComparison = z.object({
	/** In the order asked for; those that are not kept, or not of the person's part of the country, are left out. */
	scenarios: z
		.object({
			id: z.string(),
			name: z.string(),
			/** Code of its area, and the last day of reports that it goes on from. */
			area: z.string(),
			day: z.int(),
			result: ScenarioResult,
			/** Of the figures that are known. */
			formulas: ScenarioFormula.array(),
			/** Behind the patients; as the formulas no part of the result. */
			model: ModelFound,
			made: Made,
			/** What it assumes otherwise than the first; values as JSON. */
			changed: z
				.object({
					input: z.string(),
					before: z.string(),
					after: z.string(),
				})
				.array(),
			/** Of one that came in a file: what is not as it was where the file was made; empty: the result is the same to the last digit. */
			differsFromFile: z
				.enum(["dataset", "publication", "catalogue", "result"])
				.array()
				.nullable(),
		})
		.array(),
	/** Each figure beside each other, and what each is more or less than the first (days: later or earlier). */
	rows: z
		.object({
			key: z.enum(SCENARIO_FIGURES),
			item: z.enum(STOCK_COLUMNS).nullable(),
			unit: Figure.shape.unit,
			values: z.number().nullable().array(),
			differences: z.number().nullable().array(),
		})
		.array(),
});
export type ScenarioComparison = z.infer<typeof ScenarioComparison>;

export const ScenariosCompared = query({
	path: "/api/scenarios/compare",
	about:
		"Up to four kept scenarios side by side: patients, needs, what runs out, laboratories, with what each is more or less than the first.",
	role: PEOPLE,
	keeps: "narrowed",
	from: "replica",
	reads: [...FACTS, ...STOCKS, "workspace", "session"],
	request: z.strictObject({ ids }),
	answer: ScenarioComparison,
});

export const ScenarioFileOf = query({
	path: "/api/scenarios/file",
	about:
		"A kept scenario with its result as the text of a file; null: it is not kept, or not of the person's part of the country.",
	role: PEOPLE,
	keeps: "narrowed",
	from: "replica",
	reads: [...FACTS, ...STOCKS, "workspace", "session"],
	request: z.strictObject({ id: KeptScenario.shape.id }),
	answer: z.object({ text: z.string() }).nullable(),
});

const became = z.object({
	became: z.enum(["kept", "too-many"]),
});

export const KeepScenario = command({
	name: "keep-scenario",
	about: "Keep a scenario, or change one that is kept.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: KeptScenario.omit({ from: true }),
	answer: became,
});

export const RemoveScenario = command({
	name: "remove-scenario",
	about: "Keep a scenario no longer.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ id: KeptScenario.shape.id }),
	answer: z.object({ removed: z.boolean() }),
});

export const TakeBackScenarioChange = command({
	name: "take-back-scenario-change",
	about: "Put the scenarios back as they were before the last change.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: nothing,
	answer: z.object({ takenBack: z.boolean() }),
});

export const ImportScenario = command({
	name: "import-scenario",
	about: "Keep the scenario of a file.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({
		id: KeptScenario.shape.id,
		text: z.string().min(1).max(LONGEST_FILE),
	}),
	answer: z.object({
		became: z.enum(["kept", "too-many", "damaged", "newer"]),
	}),
});
