import type Database from "better-sqlite3";
import type { CubeHeader } from "../../../core/api/figures.ts";
import type { SpreadSeries } from "../../../core/api/spread.ts";
import type { Level } from "../../../core/areas/codes.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import {
	endingOf,
	hasPeriod,
	type Period,
	textOfPeriod,
} from "../../../core/series/period.ts";
import { allDays } from "./base.ts";
import { cubeBody } from "./cube-body.ts";
import {
	districtsWithin,
	newOverDays,
	orNull,
	per100k,
	type Spot,
	shownDays,
	spotAt,
	spotsOf,
	treeWith,
} from "./figures.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { perPublication } from "./per-publication.ts";
import { position } from "./position.ts";
import { Refusal } from "./refusal.ts";

export interface AskedOfSpread {
	indicator: IndicatorKey;
	period: Period;
	rate: boolean;
	asKnownOn: Day | null;
}

export interface SpreadAnswer {
	header: Omit<CubeHeader, "measure"> & {
		period: string;
		rate: boolean;
		within: number[] | null;
	};
	body: ArrayBuffer;
}

/**
 * What is new in a period that ends on each day, for all areas of a level.
 * @param asked.within of the level of kecamatan: those in these areas alone; their classes are of what is asked for.
 */
export function spread(
	db: Database.Database,
	asked: AskedOfSpread & { level: Level; within: readonly number[] | null },
): SpreadAnswer {
	refuseWithout(asked);
	const { indicator, level, period, rate, within } = asked;
	refuseWithin(db, level, within);
	const known = knownDay(db, asked.asKnownOn);
	const { header, body } = kept(
		db,
		indicator,
		level,
		period,
		rate,
		known,
		within,
	);
	// Copied: whoever answers gives the memory away.
	return { header, body: body.slice(0) };
}

/** A playback asks again for what it left: the figure of the day and of everything up to it. */
const kept = perPublication(
	(
		indicator: IndicatorKey,
		level: Level,
		period: Period,
		rate: boolean,
		known: Day | null,
		within: readonly number[] | null,
	) =>
		`${indicator} ${level} ${textOfPeriod(period)} ${rate} ${known} ${within}`,
	(db, indicator, level, period, rate, known, within): SpreadAnswer => {
		const spots = spotsAsked(db, level, indicator, known, within);
		const { firstDay, days } = allDays(db);
		const computed = new Map();
		const body = cubeBody(spots, days, (spot) =>
			overPeriod(spot, period, rate, computed),
		);
		return {
			header: {
				indicator,
				level,
				period: textOfPeriod(period),
				rate,
				within: within && [...within],
				firstDay,
				days,
				areas: spots.length,
				seq: position(db).seq,
				pending: [],
			},
			body,
		};
	},
	2,
);

/** The same of one area. */
export function spreadSeries(
	db: Database.Database,
	asked: AskedOfSpread & { area: number },
): SpreadSeries {
	refuseWithout(asked);
	const { indicator, period, rate } = asked;
	const spot = spotAt(
		db,
		indicator,
		knownDay(db, asked.asKnownOn),
		knownArea(db, asked.area),
	);
	const { value, corrected, marks } = overPeriod(spot, period, rate, new Map());
	return {
		indicator,
		area: asked.area,
		period: textOfPeriod(period),
		rate,
		firstDay: spot.tree.firstDay,
		seq: position(db).seq,
		value: Array.from(value, orNull),
		corrected: Array.from(corrected, orNull),
		marks: Array.from(marks),
	};
}

/** What is told of an area over a period, on all days. */
export function overPeriod(
	spot: Spot,
	period: Period,
	rate: boolean,
	computed: Parameters<typeof newOverDays>[2],
): { value: Float64Array; corrected: Float64Array; marks: Uint16Array } {
	const { tree } = spot;
	if (isAsReported(tree.indicator, period)) {
		return {
			...shownDays(spot, rate),
			corrected: new Float64Array(tree.days).fill(Number.NaN),
		};
	}
	const { value, corrected, marks, people } = newOverDays(
		spot,
		endingOf(period, tree.firstDay),
		computed,
	);
	return {
		value: rate
			? value.map((count, day) => per100k(count, people[day]))
			: value,
		corrected,
		marks,
	};
}

/** Whether the figure of a period is the value itself. A state of the day is what it is, on the day and up to it. */
export function isAsReported(indicator: IndicatorKey, period: Period): boolean {
	return (
		period.kind === "all" || indicatorByKey(indicator).kind !== "cumulative"
	);
}

/** @throws Refusal 400 where an indicator has no figures of such a period */
export function refuseWithout({
	indicator,
	period,
}: Pick<AskedOfSpread, "indicator" | "period">): void {
	if (!hasPeriod(indicator, period))
		throw new Refusal(
			400,
			"period",
			`period: found ${textOfPeriod(period)} of ${indicator}, which is a state of the day; expected day or all`,
		);
}

/** @throws Refusal 400 where kecamatan of some areas are asked for at another level, or such an area is not there */
export function refuseWithin(
	db: Database.Database,
	level: Level,
	within: readonly number[] | null,
): void {
	if (within !== null && level !== "district")
		throw new Refusal(
			400,
			"within",
			`within: found areas with the level ${level}, expected none or the level district`,
		);
	for (const area of within ?? []) knownArea(db, area);
}

/** All areas of a level, or the kecamatan in some areas, in order of id. */
export function spotsAsked(
	db: Database.Database,
	level: Level,
	indicator: IndicatorKey,
	known: Day | null,
	within: readonly number[] | null,
): Spot[] {
	return within === null
		? spotsOf(treeWith(db, level, indicator, known), level)
		: districtsWithin(db, indicator, known, within);
}
