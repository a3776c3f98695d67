import type { Kpi } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
	isInUse,
} from "../../../core/series/indicator.ts";
import { SHOWN_INDICATORS } from "../../state/shown-indicators.ts";

/** KMK 413/2020 ended some terms and began others, with no one-to-one map between them. */
function isTermOfOneSide(indicator: IndicatorKey): boolean {
	const { vocabulary } = indicatorByKey(indicator);
	return (
		vocabulary === "before-2020-07-13" || vocabulary === "since-2020-07-13"
	);
}

/**
 * The tiles of a day, in reading order: what holds on both sides of KMK 413/2020; of the terms in use on the day those that the area ever
 * reported (the first of them where it never did, so that this is said once); of the others those that are reported all the same, since
 * regions changed their terms on days of their own; and the one that is looked at.
 * @param figures undefined while they are asked for
 */
export function tilesOf(
	day: Day,
	figures: readonly Kpi[] | undefined,
	chosen: IndicatorKey,
): IndicatorKey[] {
	const figure = (key: IndicatorKey) =>
		figures?.find(({ indicator }) => indicator === key);
	const inUse = SHOWN_INDICATORS.filter(
		(key) => isTermOfOneSide(key) && isInUse(key, day),
	);
	const reported = figures
		? inUse.filter((key) => figure(key)?.lastReported != null)
		: inUse;
	const terms = new Set(reported.length > 0 ? reported : inUse.slice(0, 1));
	return SHOWN_INDICATORS.filter(
		(key) =>
			key === chosen ||
			!isTermOfOneSide(key) ||
			terms.has(key) ||
			figure(key)?.value != null,
	);
}
