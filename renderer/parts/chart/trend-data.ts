import type { Series } from "../../../core/api/figures.ts";
import {
	definitionChangeOf,
	isIndicatorKey,
} from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";

export type TrendView = "daily" | "total";

/** Something that has to be seen beside the line: where, and with which sign. */
export interface TrendSign {
	readonly index: number;
	readonly kind: "correction" | "silent" | "partial" | "source" | "terms";
}

/** Where the terms changed under a series: the place of the break in it, undefined when it is comparable throughout or ends before. */
function termsChangeAt(series: Series): number | undefined {
	const change =
		isIndicatorKey(series.indicator) && definitionChangeOf(series.indicator);
	if (!change) return undefined;
	const index = change - series.firstDay;
	return index > 0 && index < series.value.length ? index : undefined;
}

/**
 * The signs of a series: each correction, each silent day, each day on which a sum misses an area, each on which the source changed, and
 * the day on which the term was redefined or ended. A day may carry several.
 */
export function trendSigns(series: Series): TrendSign[] {
	const signs: TrendSign[] = [];
	const terms = termsChangeAt(series);
	if (terms !== undefined) signs.push({ index: terms, kind: "terms" });
	series.marks.forEach((marks, index) => {
		const corrected =
			(marks & MARKS.correction) !== 0 ||
			(series.correction[index] ?? null) !== null;
		if ((marks & MARKS.sourceChanged) !== 0)
			signs.push({ index, kind: "source" });
		if (corrected) signs.push({ index, kind: "correction" });
		const missing = (series.value[index] ?? null) === null;
		if (missing && (marks & MARKS.silent) !== 0)
			signs.push({ index, kind: "silent" });
		else if ((marks & MARKS.partial) !== 0)
			signs.push({ index, kind: "partial" });
	});
	return signs;
}

/** What is drawn as bars or as a line; daily values below zero cannot occur, and are refused rather than drawn. */
export function trendValues(
	series: Series,
	view: TrendView,
): (number | null)[] {
	if (view === "total") return series.value;
	return series.daily.map((value) =>
		value === null || value < 0 ? null : value,
	);
}
