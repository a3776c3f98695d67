import type { IndicatorKey } from "../../core/series/indicator.ts";
import { type Measure, measuresOf } from "../../core/series/measure.ts";

/** The measures that a map can be coloured by: a change has two directions, and the colours of amounts have one. */
export function mapMeasures(indicator: IndicatorKey): readonly Measure[] {
	return measuresOf(indicator).filter((measure) => measure !== "change7");
}

/** The measure asked for, or the one that comes nearest to it where the indicator does not have it. */
export function nearestMeasure(
	indicator: IndicatorKey,
	measure: Measure,
): Measure {
	if (mapMeasures(indicator).includes(measure)) return measure;
	return measure === "new7per100k" ? "per100k" : "total";
}
