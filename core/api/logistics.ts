import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { FORMULA_INPUTS, FORMULA_KEYS } from "../logistics/formula-names.ts";
import { STOCK_FAULTS } from "../logistics/stock-fault.ts";
import { STRATA } from "../logistics/stratum.ts";
import { SUPPLY_CLASSES } from "../logistics/supply-class.ts";
import { STOCK_COLUMNS } from "../logistics/watched-item.ts";
import { areaId, asKnown, day, facilityId } from "./parameter.ts";
import { query } from "./route.ts";
import { SourceName } from "./sources.ts";
import { COUNTS_OF_STOCK } from "./stock.ts";

/** What is read to tell how stocks stand. */
export const STOCKS = [
	...COUNTS_OF_STOCK,
	"dispatch_order",
	"dispatch_step",
] as const;

/** Longest horizon of what is missing, in days: twelve weeks. */
export const LONGEST_HORIZON = 84;

const NO_HORIZON = `days ahead: a whole number from 1 to ${LONGEST_HORIZON}`;
export const horizon = z.codec(
	z
		.string({ error: NO_HORIZON })
		.regex(/^[1-9]\d?$/, { error: NO_HORIZON })
		.refine((text) => Number(text) <= LONGEST_HORIZON, { error: NO_HORIZON }),
	z.int(),
	{ decode: Number, encode: String },
);

const NO_REUSE = "how often a piece is worn: a number from 1 to 20";
const reuse = z.codec(
	z
		.string()
		.regex(/^\d{1,2}(\.\d)?$/, { error: NO_REUSE })
		.refine((text) => Number(text) >= 1 && Number(text) <= 20, {
			error: NO_REUSE,
		})
		.optional(),
	z.number(),
	{
		decode: (text) => (text === undefined ? 1 : Number(text)),
		encode: (value) => (value === 1 ? undefined : String(value)),
	},
);

export const stockItem = z.enum(STOCK_COLUMNS, {
	error: `one of ${STOCK_COLUMNS.join(", ")}`,
});

/** How what is used is reckoned, the same for every question of a stock. */
export const stockOptions = {
	day,
	as_known: asKnown,
	/** Days ahead for which is told what is missing. */
	horizon,
	/** The care that protective equipment is used for (CDC); measured use is taken for conventional. */
	stratum: z.enum(STRATA, { error: `one of ${STRATA.join(", ")}` }),
	reuse,
	/** Which use is reckoned with where both are known. */
	use: z.enum(["reported", "modelled"], { error: "reported or modelled" }),
};

const Known = z.number().nullable();
const DayOrNone = z.int().nullable();

/** What is stated of the days that a stock lasts. */
const DaysOfSupply = {
	/** Null: not known, or nothing is used. */
	daysOfSupply: Known,
	/** Nothing is used: it lasts for ever. */
	unused: z.boolean(),
	supply: z.enum(SUPPLY_CLASSES),
};

/** One item of one facility. Units, units a day; null: not known. */
export const PlaceCell = z.object({
	onHand: Known,
	countDay: DayOrNone,
	age: z.int().nullable(),
	/** The newest count, where it is held: in no figure until a person has accepted it. */
	doubtful: z
		.object({
			day: z.int(),
			stated: z.number(),
			fault: z.enum(STOCK_FAULTS),
			/** What was probably meant; null: that cannot be told. */
			meant: Known,
		})
		.nullable(),
	/** Whose report the count is. */
	sources: SourceName.array(),
	reportedUse: Known,
	modelledUse: Known,
	disagrees: z.boolean(),
	/** The use that the rest is reckoned with, its 90 % interval, and which of the two it is. */
	use: Known,
	useLow: Known,
	useHigh: Known,
	useFrom: z.enum(["reported", "modelled"]).nullable(),
	/** What orders brought since the count, which is part of `left`. */
	delivered: Known,
	left: Known,
	...DaysOfSupply,
	stockOut: DayOrNone,
	stockOutEarly: DayOrNone,
	stockOutLate: DayOrNone,
	need: Known,
	/** By the orders that are known, whether a count is or not. */
	incoming: z.number(),
	/** Null: nothing is known of lots. */
	expiring: Known,
	netNeed: Known,
	surplus: Known,
	reorderPoint: Known,
});
export type PlaceCell = z.infer<typeof PlaceCell>;

/** One item of an area. */
export const AreaCell = z.object({
	facilities: z.int(),
	/** Of how many a count is known, and of how many its use too: what follows `stock` is of these. */
	told: z.int(),
	both: z.int(),
	stock: Known,
	left: Known,
	use: Known,
	...DaysOfSupply,
	/** Facilities of each class, in the order of core/logistics/supply-class. */
	classes: z.int().array(),
	/** Of which critical or short. */
	below: z.int(),
	need: Known,
	incoming: Known,
	/** Of those of which lots are known; null: of none. */
	expiring: Known,
	netNeed: Known,
	surplus: Known,
	doubtful: z.int(),
	/** Reported and modelled use of those of which both are known, how many they are, and of how many the two disagree. */
	reportedUse: Known,
	modelledUse: Known,
	compared: z.int(),
	disagree: z.int(),
	/** The first stock-out day, and whose. */
	firstOut: DayOrNone,
	firstFacility: z.int().nullable(),
	/** What lies in the warehouses of the area, of how many that told it. */
	warehouse: Known,
	warehousesTold: z.int(),
	warehouses: z.int(),
});
export type AreaCell = z.infer<typeof AreaCell>;

/** An item that is watched, in the words of the catalogue. */
export const WatchedRow = z.object({
	column: stockItem,
	/** Its id in the catalogue. */
	item: z.string(),
	name: z.object({ id: z.string(), en: z.string() }),
	unit: z.string(),
	packSize: z.number().nullable(),
	/** Where the rate of the modelled use comes from; null: there is none. */
	stratumKnown: z.boolean(),
});
export type WatchedRow = z.infer<typeof WatchedRow>;

/** A facility and item that runs out. */
export const FirstOut = z.object({
	facility: z.int(),
	area: z.int(),
	column: stockItem,
	cell: PlaceCell,
});
export type FirstOut = z.infer<typeof FirstOut>;

export const Shortage = z.object({
	area: z.int(),
	day: z.int(),
	horizon: z.int(),
	cutOffs: z.object({
		critical: z.number(),
		short: z.number(),
		watch: z.number(),
		staleAfter: z.number(),
	}),
	items: WatchedRow.array(),
	/** Of the area itself, in the order of `items`, as every list of cells. */
	total: AreaCell.array(),
	/** The areas below, of the level that was asked for; with `own` what lies in the area and in none of them. */
	parts: z
		.object({ area: z.int(), own: z.boolean(), cells: AreaCell.array() })
		.array(),
	/** Every facility of the area, where those were asked for; null: it keeps no such item. */
	facilities: z
		.object({
			facility: z.int(),
			area: z.int(),
			cells: PlaceCell.nullable().array(),
		})
		.array(),
	/** What runs out within seven days, the first first; at most FIRST_OUT of them. */
	firstOut: FirstOut.array(),
	/** How many there are. */
	runningOut: z.int(),
});
export type Shortage = z.infer<typeof Shortage>;

/** So many of what runs out first are listed. */
export const FIRST_OUT = 200;

export const ShortageOf = query({
	path: "/api/logistics/shortage",
	about:
		"How the watched supplies stand in an area as of a day: stock, use, days of supply, class and what is missing to the end of a horizon, of its parts or facilities, and what runs out first.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: STOCKS,
	request: z.strictObject({
		area: areaId,
		rows: z.enum(["province", "regency", "facility"], {
			error: "province, regency or facility",
		}),
		/** One item alone; left out: all. */
		item: stockItem.optional(),
		...stockOptions,
	}),
	answer: Shortage,
});

const Inputs = z
	.object({
		name: z.enum(FORMULA_INPUTS),
		value: z.number().nullable(),
		/** The day that the value is of, or that it is. */
		day: z.int().nullable(),
	})
	.array();

/** What a number is reckoned from: names in braces, arithmetic between them; null: not known. */
export const Formula = z.object({
	of: z.enum(FORMULA_KEYS),
	expression: z.string(),
	inputs: Inputs,
	result: z.number().nullable(),
});

export const StockFormulas = z.object({
	area: z.int(),
	facility: z.int().nullable(),
	item: stockItem,
	day: z.int(),
	formulas: Formula.array(),
	/** Of a facility: what was used between counts, and why a span is left out; of an area none. */
	spans: z
		.object({
			from: z.int(),
			to: z.int(),
			used: z.number(),
			days: z.int(),
			excluded: z
				.enum([
					"stock-rose-without-receipt",
					"recount",
					"receipt-not-reported",
					"nothing-to-use",
					"outlier",
				])
				.nullable(),
		})
		.array(),
	sources: SourceName.array(),
});
export type StockFormulas = z.infer<typeof StockFormulas>;

export const StockFormulasOf = query({
	path: "/api/logistics/formula",
	about:
		"How the figures of an item in an area, or at a facility in it, are reckoned: each formula with its inputs filled in.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: STOCKS,
	request: z.strictObject({
		area: areaId,
		facility: facilityId.optional(),
		item: stockItem,
		...stockOptions,
	}),
	answer: StockFormulas,
});

/** A day of the projected line of an item: units at the end of it, at the expected, high and low use. */
const ProjectedDay = z.object({
	day: z.int(),
	onHand: z.number(),
	low: z.number(),
	high: z.number(),
	arrived: z.number(),
	expired: z.number(),
});

export const FacilitySupply = z.object({
	facility: z.int(),
	area: z.int(),
	day: z.int(),
	horizon: z.int(),
	items: z
		.object({
			about: WatchedRow,
			cell: PlaceCell,
			/** Those that count, of the days before. */
			counts: z.object({ day: z.int(), onHand: z.number() }).array(),
			/** From the day after the count to the end of the horizon; empty where the use is not known. */
			projected: ProjectedDay.array(),
		})
		.array(),
});
export type FacilitySupply = z.infer<typeof FacilitySupply>;

export const FacilitySupplyOf = query({
	path: "/api/logistics/facility",
	about:
		"The watched supplies of one facility as of a day, as counted and as they will go on; null: there is none, or not for whoever asks.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: STOCKS,
	request: z.strictObject({ facility: facilityId, ...stockOptions }),
	answer: FacilitySupply.nullable(),
});
