import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Sum } from "../../../core/api/sum.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import {
	endingOf,
	type Period,
	textOfPeriod,
} from "../../../core/series/period.ts";
import {
	daysOf,
	newOverDays,
	orNull,
	peopleIn,
	per100k,
	reportShownOn,
	type Spot,
	spotsBelow,
} from "./figures.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { position } from "./position.ts";
import { Refusal } from "./refusal.ts";
import { spotOfSet } from "./set-of-areas.ts";
import { isAsReported, refuseWithout } from "./spread.ts";

/** Several areas of one level taken together, over a period, on all days of the dataset. */
export function sum(
	db: Database.Database,
	asked: {
		indicator: IndicatorKey;
		areas: readonly number[];
		period: Period;
		asKnownOn: Day | null;
	},
): Sum {
	refuseWithout(asked);
	const { indicator, period } = asked;
	const areas = setAsked(db, asked.areas);
	const spot = spotOfSet(db, indicator, knownDay(db, asked.asKnownOn), areas);
	const { firstDay, days } = spot.tree;
	const told = overPeriod(spot, period);
	const counted = told.below.filter(({ area }) => !area.unknownPlace);
	const reporting: number[] = [];
	const lastReport: number[] = [];
	const missing: Sum["missing"] = [];
	for (let day = 0; day < days; day++) {
		const silent = counted.filter(({ tells }) => !tells(day));
		reporting.push(
			Number.isNaN(told.value[day]) ? 0 : counted.length - silent.length,
		);
		lastReport.push(silent.filter(({ isShown }) => isShown(day)).length);
		const ids = silent.map(({ area }) => area.id);
		if (String(missing.at(-1)?.areas ?? "") !== String(ids))
			missing.push({ day: firstDay + day, areas: ids });
	}
	return {
		indicator,
		period: textOfPeriod(period),
		firstDay,
		seq: position(db).seq,
		areas: areas.map(({ id }) => id),
		expected: counted.length,
		people: spot.area.population || null,
		value: Array.from(told.value, orNull),
		corrected: Array.from(told.corrected, orNull),
		per100k: Array.from(told.value, (value, day) =>
			orNull(per100k(value, told.people[day])),
		),
		marks: Array.from(told.marks),
		reporting,
		lastReport,
		missing,
	};
}

/**
 * The areas of a set by their ids.
 * @throws Refusal 400 where they are not all of one level: areas that lie in one another are not added up
 */
export function setAsked(
	db: Database.Database,
	ids: readonly number[],
): AreaRow[] {
	const areas = ids.map((id) => knownArea(db, id));
	const level = areas[0]?.level;
	if (level === "nation" || areas.some((area) => area.level !== level))
		throw new Refusal(
			400,
			"areas",
			"areas: found areas that lie in one another, expected provinces, kabupaten/kota or kecamatan alone",
		);
	return areas;
}

interface Told {
	value: Float64Array;
	corrected: Float64Array;
	marks: Uint16Array;
	/** Of the areas that tell the value. */
	people: Float64Array;
	below: {
		area: Spot["area"];
		tells: (day: number) => boolean;
		/** Whether an earlier report is shown of it on a day, which no sum holds. */
		isShown: (day: number) => boolean;
	}[];
}

function overPeriod(spot: Spot, period: Period): Told {
	const { tree, branch, row } = spot;
	if (isAsReported(tree.indicator, period))
		return {
			value: daysOf(spot, branch.value),
			corrected: new Float64Array(tree.days).fill(Number.NaN),
			marks: daysOf(spot, branch.marks),
			people: Float64Array.from({ length: tree.days }, (_, day) =>
				peopleIn(branch, row, day),
			),
			below: spotsBelow(spot).map((child) => {
				const value = daysOf(child, child.branch.value);
				return {
					area: child.area,
					tells: (day) => !Number.isNaN(value[day]),
					isShown: (day) => reportShownOn(child, day) < day,
				};
			}),
		};
	const ending = endingOf(period, tree.firstDay);
	const computed = new Map();
	return {
		...newOverDays(spot, ending, computed),
		below: spotsBelow(spot).map((child) => {
			const { covered } = newOverDays(child, ending, computed);
			return {
				area: child.area,
				tells: (day) => (covered[day] ?? 0) > 0,
				isShown: () => false,
			};
		}),
	};
}
