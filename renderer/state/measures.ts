import { MEASURES, type Measure } from "../../core/api/situation.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../core/series/indicator.ts";

/** The measures that an indicator has: a state of the day (active cases) has no new cases. */
export function measuresOf(indicator: IndicatorKey): readonly Measure[] {
	return indicatorByKey(indicator).kind === "stock"
		? ["total", "per100k"]
		: MEASURES;
}

/** The measure asked for, or the one that comes nearest to it where the indicator does not have it. */
export function nearestMeasure(
	indicator: IndicatorKey,
	measure: Measure,
): Measure {
	if (measuresOf(indicator).includes(measure)) return measure;
	return measure === "new7per100k" ? "per100k" : "total";
}
