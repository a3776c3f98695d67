/**
 * Weekly sums, growth, positivity and incidence as a planner reads them: each says how much was reported, and a figure
 * that cannot be told is a reason, not a number. New counts and corrections come apart from `core/series/daily.ts`.
 */

import { LARGEST_COUNT } from "../series/count.ts";
import type { NewCounts } from "../series/daily.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { requireNumber } from "./input-error.ts";

/** New counts of the seven days that end on a day. */
export type WeekSum =
	| {
			status: "known";
			sum: number;
			/** Days of the seven that a report covers: "5 of 7 days reported". */
			reportedDays: number;
			/** Days before the week that are inside the sum, because a report after silence covers them too. */
			reachesBack: number;
	  }
	| { status: "unknown"; reportedDays: 0 };

const WEEK = 7;

/**
 * Sum of the week that ends on a day.
 * @param lastDay index of the last day of the week, 0 = first day of the series
 * @throws ModelInputError for a day outside the series
 */
export function weekSum(counts: NewCounts, lastDay: number): WeekSum {
	requireNumber(
		"lastDay",
		lastDay,
		`a day of the series, 0 to ${counts.daily.length - 1}`,
		(x) => Number.isInteger(x) && x >= 0 && x < counts.daily.length,
	);
	const firstDay = lastDay - WEEK + 1;
	let sum = 0;
	let reachesBack = 0;
	const covered = new Set<number>();
	for (let day = Math.max(0, firstDay); day <= lastDay; day++) {
		const value = counts.daily[day];
		if (Number.isNaN(value)) continue;
		sum += value;
		const from = day - counts.span[day] + 1;
		reachesBack = Math.max(reachesBack, firstDay - from);
		for (let back = Math.max(from, firstDay); back <= day; back++)
			covered.add(back);
	}
	return covered.size === 0
		? { status: "unknown", reportedDays: 0 }
		: { status: "known", sum, reportedDays: covered.size, reachesBack };
}

/** How fast new cases grow. Days to double, or to halve when they fall. */
export type Growth =
	| { status: "doubling" | "halving"; days: number; perDay: number }
	| { status: "steady"; perDay: 0 }
	| {
			status: "not-estimable";
			reason: "no-cases" | "few-days-reported" | "few-cases";
	  };

/** Fewest reported days in each of the two weeks, and fewest cases in both together. */
export type GrowthRule = { reportedDays: number; cases: number };
export const GROWTH_RULE: GrowthRule = { reportedDays: 5, cases: 10 };

/**
 * Growth between two weeks: ln of the ratio of their daily means over the seven days between their middles.
 * @param lastWeek the week before, ending seven days earlier
 */
export function growthBetween(
	thisWeek: WeekSum,
	lastWeek: WeekSum,
	rule: GrowthRule = GROWTH_RULE,
): Growth {
	if (
		thisWeek.status === "unknown" ||
		lastWeek.status === "unknown" ||
		thisWeek.reportedDays < rule.reportedDays ||
		lastWeek.reportedDays < rule.reportedDays
	)
		return { status: "not-estimable", reason: "few-days-reported" };
	if (thisWeek.sum <= 0 || lastWeek.sum <= 0)
		return { status: "not-estimable", reason: "no-cases" };
	if (thisWeek.sum + lastWeek.sum < rule.cases)
		return { status: "not-estimable", reason: "few-cases" };
	const meanOf = (week: Extract<WeekSum, { status: "known" }>) =>
		week.sum / (week.reportedDays + Math.max(0, week.reachesBack));
	const perDay = Math.log(meanOf(thisWeek) / meanOf(lastWeek)) / WEEK;
	if (perDay === 0) return { status: "steady", perDay: 0 };
	return {
		status: perDay > 0 ? "doubling" : "halving",
		days: Math.LN2 / Math.abs(perDay),
		perDay,
	};
}

/** Share of tests that were positive, with its 95 % interval (Wilson 1927). */
export type Positivity =
	| { status: "known"; percent: number; low: number; high: number }
	| {
			status: "not-estimable";
			reason: "not-reported" | "no-tests" | "more-positive-than-tested";
	  };

/** Positivity of a place and period; both counts must speak of the same people (tests of people, not specimens). */
export function positivity(
	positive: number | undefined,
	tested: number | undefined,
): Positivity {
	if (
		positive === undefined ||
		tested === undefined ||
		Number.isNaN(positive) ||
		Number.isNaN(tested)
	)
		return { status: "not-estimable", reason: "not-reported" };
	requireNumber("positive", positive, "a count >= 0", (x) => x >= 0);
	requireNumber("tested", tested, "a count >= 0", (x) => x >= 0);
	if (tested === 0) return { status: "not-estimable", reason: "no-tests" };
	if (positive > tested)
		return { status: "not-estimable", reason: "more-positive-than-tested" };
	const z = normalQuantile(0.975);
	const share = positive / tested;
	const spread =
		z * Math.sqrt((share * (1 - share) + (z * z) / (4 * tested)) / tested);
	const centre = share + (z * z) / (2 * tested);
	const scale = 100 / (1 + (z * z) / tested);
	return {
		status: "known",
		percent: 100 * share,
		low: Math.max(0, (centre - spread) * scale),
		high: Math.min(100, (centre + spread) * scale),
	};
}

/** Inhabitants counted or projected for a year. */
export type PopulationFigure = { year: number; inhabitants: number };

/** New cases per 100,000 inhabitants, with the year of the population used. */
export type Incidence =
	| { status: "known"; per100k: number; populationYear: number }
	| {
			status: "not-estimable";
			reason: "not-reported" | "population-unknown";
	  };

/**
 * The population figure nearest to a year; of two equally near the earlier one.
 * @returns undefined when there is none with inhabitants
 */
export function populationFor(
	year: number,
	figures: readonly PopulationFigure[],
): PopulationFigure | undefined {
	return figures
		.filter(({ inhabitants }) => inhabitants > 0)
		.toSorted(
			(a, b) =>
				Math.abs(a.year - year) - Math.abs(b.year - year) || a.year - b.year,
		)[0];
}

/** Incidence per 100,000 in a year; the answer carries the population's year, which may be another. */
export function incidencePer100k(
	cases: number | undefined,
	year: number,
	figures: readonly PopulationFigure[],
): Incidence {
	if (cases === undefined || Number.isNaN(cases))
		return { status: "not-estimable", reason: "not-reported" };
	requireNumber(
		"cases",
		cases,
		`a count from 0 to ${LARGEST_COUNT}`,
		(x) => x >= 0 && x <= LARGEST_COUNT,
	);
	const population = populationFor(year, figures);
	if (!population)
		return { status: "not-estimable", reason: "population-unknown" };
	return {
		status: "known",
		per100k: (cases * 100_000) / population.inhabitants,
		populationYear: population.year,
	};
}
