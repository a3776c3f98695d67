import { z } from "zod";
import { PLAN_POLICIES } from "../../../core/logistics/allocation/policy.ts";
import { STRATA } from "../../../core/logistics/stratum.ts";
import { STOCK_COLUMNS } from "../../../core/logistics/watched-item.ts";

/** What is told of each area and item in the matrix. */
export const MATRIX_FIGURES = ["days", "below", "need", "out"] as const;
export type MatrixFigure = (typeof MATRIX_FIGURES)[number];

/** Which of the doubtful counts are shown. */
export const HELD_SHOWN = ["waiting", "decided", "all"] as const;
export type HeldShown = (typeof HELD_SHOWN)[number];

/** Which of the items of the catalogue are shown. */
export const ITEMS_SHOWN = ["all", "unverified", "changed"] as const;
export type ItemsShown = (typeof ITEMS_SHOWN)[number];

/** Weeks ahead for which is reckoned what is missing. */
export const HORIZONS = ["1", "2", "4", "8", "12"] as const;
/** Rounds in which is sent until then. */
export const PLAN_ROUNDS = ["1", "2", "3", "4", "6"] as const;
/** How often a piece is worn. */
export const REUSES = ["1", "2", "3", "5"] as const;

/** What of how stocks are reckoned and shown stands in the address; the same for every view that shows them. */
const stockSearch = {
	item: z.enum(STOCK_COLUMNS).default("stock_gown"),
	weeks: z.enum(HORIZONS).default("4"),
	stratum: z.enum(STRATA).default("conventional"),
	reuse: z.enum(REUSES).default("1"),
	use: z.enum(["reported", "modelled"]).default("reported"),
	/** How the patients are told for whom is reckoned what will be needed (census-way), and whether they have no more beds than are reported. */
	census: z.string().max(4000).default("held"),
	beds: z.enum(["0", "1"]).default("0"),
	patients: z.enum(["chart", "table"]).default("chart"),
	/** Whose figures colour the map of stocks. */
	level: z.enum(["province", "regency"]).default("regency"),
	figure: z.enum(MATRIX_FIGURES).default("days"),
	/** The matrix shows every facility of the area. */
	rows: z.enum(["areas", "facilities"]).default("areas"),
	/** The facility that is looked at, by its number. */
	facility: z
		.string()
		.regex(/^([1-9]\d{0,8})?$/)
		.default(""),
};

/** What of the laboratories is looked at. */
const laboratorySearch = {
	/** The laboratory whose queue is shown, by its number; none: all. */
	lab: z
		.string()
		.regex(/^([1-9]\d{0,8})?$/)
		.default(""),
	/** Kilometres that specimens are sent at most. */
	reach: z.enum(["100", "250", "500", "1000", "3000"]).default("250"),
	routes: z.enum(["map", "table"]).default("map"),
};

/** What of the records behind the figures is looked at. */
const recordSearch = {
	items: z.enum(ITEMS_SHOWN).default("all"),
	/** The item of the catalogue that is looked at, by its id; of a book also one that no daily report states. */
	about: z
		.string()
		.regex(/^[\w.-]{0,200}$/)
		.default(""),
	held: z.enum(HELD_SHOWN).default("waiting"),
	/** The doubtful count that is looked at (held-counts). */
	count: z
		.string()
		.regex(/^([1-9]\d{0,8}\/[\w.-]{1,200}\/\d{1,6})?$/)
		.default(""),
};

/** How a plan is made and shown. The horizon is that of the stocks. */
const planSearch = {
	/** For the nation; a province plans for itself. */
	tier: z.enum(["centre", "both"]).default("centre"),
	reserve: z.enum(["0", "10", "20", "30", "50"]).default("10"),
	floor: z.enum(["0", "10", "25", "50", "75"]).default("0"),
	policy: z.enum(PLAN_POLICIES).default("lexicographic"),
	trips: z.enum(["parts", "whole"]).default("parts"),
	/** Rounds into which the plan is divided, and which of them is shown. */
	periods: z.enum(PLAN_ROUNDS).default("1"),
	round: z.enum(["1", "2", "3", "4", "5", "6"]).default("1"),
	/** As the question of the plan has them (core/api/plan). */
	pins: z
		.string()
		.regex(/^[\w.-]{0,12000}$/)
		.default(""),
	stage: z.enum(["before", "after"]).default("after"),
	part: z.enum(["lines", "items", "orders"]).default("lines"),
};

/** What of the screen stands in its address: which view (views.ts), and what each view keeps there. */
export const logisticsSearch = z.object({
	view: z.string().default("kekurangan"),
	...stockSearch,
	...laboratorySearch,
	...recordSearch,
	/** The scenarios that are compared, by their ids, joined by commas. */
	scenarios: z.string().max(200).default(""),
	...planSearch,
});
export type LogisticsSearch = z.output<typeof logisticsSearch>;
