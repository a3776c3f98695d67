import { z } from "zod";
import { PUBLISHED_INTERVALS } from "../../../core/epidemic/interval-name.ts";

/** Windows that are offered, in days. */
export const WINDOWS = ["7", "10", "14"] as const;

/** What of the screen stands in its address: which view (views.ts), and what each view keeps there. */
export const epidemicSearch = z.object({
	view: z.string().max(20).default("rt"),
	/** Whose figures colour the map and stand in the ranking. */
	level: z.enum(["province", "regency"]).default("province"),
	window: z.enum(WINDOWS).default("7"),
	interval: z.enum(PUBLISHED_INTERVALS).default("nishiura"),
	/** Of the curve: the serial interval is drawn within what is not known of it, or taken as published. */
	draw: z.enum(["uncertain", "fixed"]).default("uncertain"),
	/** As the question of the projection has them (core/api/projection). */
	measures: z
		.string()
		.regex(/^[\d._-]{0,200}$/)
		.default(""),
});
export type EpidemicSearch = z.output<typeof epidemicSearch>;
