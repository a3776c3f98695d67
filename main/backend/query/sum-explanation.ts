import type Database from "better-sqlite3";
import type { SumExplanation } from "../../../core/api/sum.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import {
	endingOf,
	firstDayOf,
	type Period,
	textOfPeriod,
} from "../../../core/series/period.ts";
import { figureOf, nameOf } from "./explain.ts";
import { daysOf, newOn, newOverDays, orNull, spotsBelow } from "./figures.ts";
import { knownDay } from "./known-day.ts";
import { spotOfSet } from "./set-of-areas.ts";
import { isAsReported, refuseWithout } from "./spread.ts";
import { setAsked } from "./sum.ts";

/** What the sum of several areas is made of on a day: its terms, and what each of the areas tells, from whom. */
export function sumExplanation(
	db: Database.Database,
	asked: {
		indicator: IndicatorKey;
		areas: readonly number[];
		period: Period;
		day: Day;
		asKnownOn: Day | null;
	},
): SumExplanation {
	refuseWithout(asked);
	const { indicator, period, day } = asked;
	const areas = setAsked(db, asked.areas);
	const asKnownOn = knownDay(db, asked.asKnownOn);
	const spot = spotOfSet(db, indicator, asKnownOn, areas);
	const { firstDay, days } = spot.tree;
	const over = isAsReported(indicator, period) ? null : period;
	const figure = figureOf(db, spot, false, over, day, asKnownOn, (key) =>
		spotOfSet(db, key, asKnownOn, areas),
	);
	const ending = over && endingOf(over, firstDay);
	const on = day - firstDay;
	const isInside = on >= 0 && on < days;
	return {
		indicator,
		period: textOfPeriod(period),
		from: over && firstDayOf(over, day, firstDay),
		day,
		asKnownOn,
		figure: { ...figure, of: null },
		areas: spotsBelow(spot).map((child) => {
			const { branch } = child;
			const total = isInside ? daysOf(child, branch.value)[on] : Number.NaN;
			const marks = isInside ? daysOf(child, branch.marks)[on] : 0;
			const told = over
				? newOn(child, on, marks, () => newOverDays(child, ending, new Map()))
				: { value: orNull(total), marks };
			return {
				area: child.area.id,
				value: told.value,
				marks: told.marks,
				source: Number.isNaN(total)
					? null
					: nameOf(db, daysOf(child, branch.voice)[on]),
			};
		}),
	};
}
