import { useMemo } from "react";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { isRate, type Measure } from "../../../core/series/measure.ts";
import {
	type Period,
	periodFromText,
	periodShown,
	textOfPeriod,
} from "../../../core/series/period.ts";
import { nearestMeasure } from "../../state/measures.ts";
import { useSearch } from "../../state/search.ts";
import { upperLevel, useViewOf } from "../../state/view-state.ts";
import { spreadSearch } from "./search.ts";

const ALL: Period = { kind: "all" };
const WEEK: Period = { kind: "last", days: 7 };

/** The period that a measure speaks of. */
function periodOf(measure: Measure): Period {
	return measure === "total" || measure === "per100k" ? ALL : WEEK;
}

/** The measure that comes nearest to a period, for the screens that know no other. */
export function measureOf(
	indicator: IndicatorKey,
	period: Period,
	rate: boolean,
): Measure {
	const measure =
		period.kind === "last" || period.kind === "day"
			? rate
				? "new7per100k"
				: "new7"
			: rate
				? "per100k"
				: "total";
	return nearestMeasure(indicator, measure);
}

/** What is looked at: indicator, period, whether for each 100,000 people, and by which scale. */
export function useChoice() {
	const { indicator, measure, mapLevel, asKnown, change } = useViewOf(
		"indicator",
		"measure",
		"mapLevel",
		"asKnown",
		"change",
	);
	const [search, changeSearch] = useSearch(spreadSearch);
	const rate = isRate(measure);
	const asked = periodFromText(search.period) ?? periodOf(measure);
	// A state of the day knows no other; the choice comes back with the next indicator that is counted.
	const text = textOfPeriod(periodShown(indicator, asked));
	const period = useMemo(() => periodFromText(text) ?? ALL, [text]);
	return {
		indicator,
		period,
		rate,
		/** Of which areas a map draws the values that has no kecamatan. */
		level: upperLevel(mapLevel),
		mapLevel,
		asKnown,
		search,
		changeSearch,
		choosePeriod(next: Period, perPeople = rate) {
			const nearest = measureOf(indicator, next, perPeople);
			change({ measure: nearest });
			const says = textOfPeriod(periodOf(nearest)) === textOfPeriod(next);
			changeSearch({ period: says ? "" : textOfPeriod(next), only: "" });
		},
	};
}
export type Choice = ReturnType<typeof useChoice>;
