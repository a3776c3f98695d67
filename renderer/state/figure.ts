import type { Figures } from "../../core/api/figures.ts";
import type { Measure } from "../../core/series/measure.ts";

/** The figure of a measure as the backend computed it; null where there is none. */
export function figureOf(figures: Figures, measure: Measure): number | null {
	switch (measure) {
		case "total":
			return figures.value;
		case "per100k":
			return figures.per100k;
		case "new7":
		case "change7":
			return figures.week.value;
		case "new7per100k":
			return figures.week.per100k;
	}
}

/** Whether a measure speaks of the week that ends on the day. */
export function isWeekly(measure: Measure): boolean {
	return measure !== "total" && measure !== "per100k";
}

/** The areas directly below that are in a figure, and those that could be; null where it is no sum of theirs. */
export function partOf(
	figures: Figures,
	measure: Measure,
): { reporting: number; expected: number } | null {
	const { reporting, expected } = isWeekly(measure) ? figures.week : figures;
	return reporting === null || expected === null
		? null
		: { reporting, expected };
}

/** False where the figure is one of so few areas below that it must not stand for the whole. */
export function isWhole(figures: Figures, measure: Measure): boolean {
	return isWeekly(measure) ? figures.week.whole : figures.whole;
}
