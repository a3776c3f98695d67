import { z } from "zod";
import type { ReproductionAreas } from "../../../core/api/reproduction.ts";
import { PUBLISHED_INTERVALS } from "../../../core/epidemic/interval-name.ts";

/** Windows that are offered, in days. */
export const WINDOWS = ["7", "10", "14"] as const;

/** Parts of the view of alerts, and which of them its inbox shows. */
export const ALERT_PARTS = ["masuk", "aturan"] as const;
export const ALERTS_SHOWN = ["open", "snoozed", "closed", "all"] as const;

/** What of the screen stands in its address: which view (views.ts), and what each view keeps there. */
export const epidemicSearch = z.object({
	view: z.string().max(20).default("rt"),
	/** Whose figures colour the map and stand in the ranking. */
	level: z.enum(["province", "regency"]).default("province"),
	window: z.enum(WINDOWS).default("7"),
	interval: z.enum(PUBLISHED_INTERVALS).default("nishiura"),
	/** Of the curve: the serial interval is drawn within what is not known of it, or taken as published. */
	draw: z.enum(["uncertain", "fixed"]).default("uncertain"),
	/** Whose counts are nowcast. */
	counted: z.enum(["confirmed", "deaths"]).default("confirmed"),
	/** As the question of the projection has them (core/api/projection). */
	measures: z
		.string()
		.regex(/^[\d._-]{0,200}$/)
		.default(""),
	/** Of alerts: what came in, or the rules. */
	alerts: z.enum(ALERT_PARTS).default("masuk"),
	turn: z.enum(ALERTS_SHOWN).default("open"),
	/** The alert that is open, as `rt/35.07/2020-04-12`, and the rule. */
	alert: z.string().max(80).default(""),
	rule: z.string().max(40).default(""),
});
export type EpidemicSearch = z.output<typeof epidemicSearch>;

/**
 * The answer where it is of the choice that is made; of the last one, which stays while the new one is computed or after that was stopped, nothing:
 * which interval is chosen is written beside it, and the screen would say nothing of what is at work.
 */
export function ofTheChoice<
	A extends Pick<ReproductionAreas, "level" | "window" | "serialInterval">,
>(
	answer: A | undefined,
	{ level, window, interval }: Omit<EpidemicSearch, "view" | "draw">,
): A | null {
	return answer?.level === level &&
		answer.window === Number(window) &&
		answer.serialInterval.key === interval
		? answer
		: null;
}
