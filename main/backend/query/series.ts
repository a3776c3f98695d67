import type Database from "better-sqlite3";
import type { Series } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { meanOverWeek } from "../../../core/series/week.ts";
import {
	BELOW,
	branchAt,
	countsOf,
	daysOf,
	origin,
	orNull,
	type Spot,
	setOf,
	sourceChange,
	spotAt,
	spotsBelow,
	weeksOf,
} from "./figures.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { isSum, type Voice } from "./voice.ts";

export interface SeriesRequest {
	indicator: IndicatorKey;
	area: number;
	asKnownOn: Day | null;
}

/** One area and indicator over all days of the dataset. */
export function series(
	db: Database.Database,
	{ indicator, area: id, asKnownOn }: SeriesRequest,
): Series {
	const area = knownArea(db, id);
	const spot = spotAt(db, indicator, knownDay(db, asKnownOn), area);
	const { firstDay, days } = spot.tree;
	const marks = Array.from(daysOf(spot, spot.branch.marks));
	const weeks = weeksOf(spot);
	const isCounted = indicatorByKey(indicator).kind === "cumulative";
	const counts = isCounted ? countsOf(spot) : null;
	const sets = setsOf(spot);
	const voices = voicesOf(spot);
	const heard = [...new Set(voices)].filter((voice) => voice !== null);
	return {
		indicator,
		area: id,
		firstDay,
		value: nullable(daysOf(spot, spot.branch.value)),
		daily: counts ? nullable(counts.daily) : nulls(days),
		span: counts ? Array.from(counts.span) : new Array(days).fill(0),
		correction: counts ? nullable(counts.correction) : nulls(days),
		mean7: counts ? nullable(meanOverWeek(weeks)) : nulls(days),
		week: nullable(weeks.value),
		corrected7: nullable(weeks.corrected),
		weekMarks: Array.from(weeks.marks),
		marks,
		sourceChanges: marks.flatMap((mark, on) =>
			mark & MARKS.sourceChanged ? [sourceChange(db, spot, on)] : [],
		),
		origins: heard.map((voice) => origin(db, voice)),
		origin: voices.map((voice) =>
			voice === null ? null : heard.indexOf(voice),
		),
		reporting: sets.map((set) => set?.reporting ?? null),
		expected: sets.map((set) => set?.expected ?? null),
		silent: silentBelow(spot),
	};
}

/** For each day with a value: whose it is. */
function voicesOf(spot: Spot): (Voice | null)[] {
	const voice = daysOf(spot, spot.branch.voice);
	return Array.from(daysOf(spot, spot.branch.value), (value, day) =>
		Number.isNaN(value) ? null : voice[day],
	);
}

/** For each day on which the value is a sum: the areas in it. */
function setsOf({ tree, branch, row }: Spot) {
	const below = BELOW[branch.level];
	return Array.from({ length: tree.days }, (_, day) =>
		below && isSum(branch.voice[row * tree.days + day])
			? setOf(branch, branchAt(tree, below), row, day)
			: null,
	);
}

/** For each day the areas below that were expected and silent. */
function silentBelow(spot: Spot): Series["silent"] {
	const below = spotsBelow(spot);
	const silent: Series["silent"] = [];
	for (let day = 0; day < spot.tree.days; day++) {
		const areas = below
			.filter((child) => daysOf(child, child.branch.marks)[day] & MARKS.silent)
			.map((child) => child.area.id);
		if (areas.length > 0) silent.push({ day: spot.tree.firstDay + day, areas });
	}
	return silent;
}

function nullable(values: Float64Array): (number | null)[] {
	return Array.from(values, orNull);
}

function nulls(length: number): null[] {
	return new Array(length).fill(null);
}
