import type { IndicatorKey } from "../series/indicator.ts";
import type { Period } from "../series/period.ts";
import { TRANSMISSION_EDGES } from "./community-level.ts";

/**
 * Lower bounds of classes that an authority has set for the cases or deaths of a week per 100,000 people: levels 1 to 4 of community
 * transmission of KMK HK.01.07/MENKES/4805/2021 (30 June 2021). A value of exactly the upper edge of level 3 (150, or 5) belongs to level 3
 * there and to the highest class here.
 * @returns null where nobody set any
 */
export function fixedClasses(
	indicator: IndicatorKey,
	period: Period,
	rate: boolean,
): number[] | null {
	if (!rate || period.kind !== "last" || period.days !== 7) return null;
	const edges =
		indicator === "confirmed"
			? TRANSMISSION_EDGES.cases
			: indicator === "deaths"
				? TRANSMISSION_EDGES.deaths
				: null;
	// The lowest class has no lower bound but zero; it is named "> 0".
	return edges && [0, edges.level2, edges.level3, edges.above3];
}
