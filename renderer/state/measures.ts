import { type Measure, measuresOf } from "../../core/api/situation.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";

/** The measure asked for, or the one that comes nearest to it where the indicator does not have it. */
export function nearestMeasure(
	indicator: IndicatorKey,
	measure: Measure,
): Measure {
	if (measuresOf(indicator).includes(measure)) return measure;
	if (measure === "new7per100k") return "per100k";
	return measure === "new7" ? "change7" : "new7";
}
