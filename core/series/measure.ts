import { type IndicatorKey, indicatorByKey } from "./indicator.ts";

export const MEASURES = [
	"total",
	"per100k",
	"new7",
	"new7per100k",
	"change7",
] as const;
/**
 * total: the indicator as reported. The weekly figure is one: of what is counted cumulatively `new7`, new over the seven days that end on
 * the day, corrections kept apart; of a state (active, otg) `change7`, its difference to seven days before, like for like. Asking for
 * the other one is a 400. Rates are for each 100,000 people of the areas that reported.
 */
export type Measure = (typeof MEASURES)[number];

/** The measures that an indicator has. */
export function measuresOf(indicator: IndicatorKey): readonly Measure[] {
	switch (indicatorByKey(indicator).kind) {
		case "cumulative":
			return MEASURES.filter((measure) => measure !== "change7");
		case "category":
			return [];
		default:
			return ["total", "per100k", "change7"];
	}
}

/** Whether a measure is for each 100,000 people. */
export function isRate(measure: Measure): boolean {
	return measure === "per100k" || measure === "new7per100k";
}
