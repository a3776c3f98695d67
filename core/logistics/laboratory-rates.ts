/**
 * What a laboratory told of what it can do in a day: its own word, its extraction, its machines and its staff, by source and day, and whether its
 * own tests refute it.
 */

import { type Day, weekday } from "../series/day.ts";
import { type LaboratoryRate, ofEach } from "./laboratory.ts";

/** So many, and what each does in a day, as one source told them for one day; NaN: not told. Of one number alone `each` is 1. */
export interface FactorsTold {
	source: number;
	units: number;
	each: number;
}

/** A number of the last days, and the day that it was told for; NaN and null: not told. */
export interface Dated {
	value: number;
	day: Day | null;
}

/** What stands of a rate, all of one source. */
export interface RateTold {
	source: number;
	units: Dated;
	each: Dated;
}

interface Report {
	day: Day;
	rates: Readonly<Record<LaboratoryRate, readonly FactorsTold[]>>;
	tested: number;
}

/** A capacity is a round number: it is not refuted by tests that are at most so many times as many. */
export const REFUTED_ABOVE = 1.1;

const NOT_TOLD: Dated = { value: Number.NaN, day: null };

/**
 * The newest number of each factor, both of one source: of those heard on the newest day that tells either, the first that makes the part whole.
 * An older pair of another source does not stand against a newer half.
 *
 * Staff are those who were there on a day, which is no roster: of them the most on any of the days counts, and nothing where only Saturdays and
 * Sundays are told.
 * @param reports that still hold, in order of days
 */
export function rateTold(
	reports: readonly Report[],
	of: LaboratoryRate,
): RateTold | null {
	const newest = reports.findLast(({ rates }) => rates[of].length > 0);
	const all = (newest?.rates[of] ?? []).map(({ source }): RateTold => {
		const told = (factor: "units" | "each"): Dated[] =>
			reports.flatMap(({ day, rates }) => {
				const value = rates[of].find((one) => one.source === source)?.[factor];
				return value === undefined || Number.isNaN(value)
					? []
					: [{ value, day }];
			});
		const units = told("units");
		return {
			source,
			units: (of === "staff" ? mostPresent(units) : units.at(-1)) ?? NOT_TOLD,
			each: told("each").at(-1) ?? NOT_TOLD,
		};
	});
	return all.find(isWhole) ?? all[0] ?? null;
}

function isWhole({ units, each }: RateTold): boolean {
	return !Number.isNaN(ofEach(units.value, each.value));
}

function mostPresent(told: readonly Dated[]): Dated | undefined {
	return told.some(({ day }) => day !== null && ![0, 6].includes(weekday(day)))
		? told.reduce((most, one) => (one.value >= most.value ? one : most))
		: undefined;
}

/** Tests of a day that are more than a part allows: the mean of `days` days where those before told none. */
export interface Refutation {
	day: Day;
	tested: number;
	days: number;
}

/**
 * The newest day on which more was tested than a part allows; null: none. Of what can break down only days since it was told to be so low speak
 * against it: not the day on which it fell, nor those before. Who was there on a day tells of no change: all days speak against staff.
 * @param part tests a day that it allows; NaN: not told
 * @param reports as of `rateTold`
 * @param after only days after this one speak
 */
export function refutation(
	part: number,
	of: LaboratoryRate,
	{ source }: RateTold,
	reports: readonly Report[],
	after: Day,
): Refutation | null {
	const since = of === "staff" ? after + 1 : soLowSince(reports, of, source);
	return (
		testedOn(reports).findLast(
			({ day, tested }) =>
				day > after && day >= since && tested > REFUTED_ABOVE * part,
		) ?? null
	);
}

/** The first day on which a source told no more of it than it last did, all days after it too; where it fell then, the day after. */
function soLowSince(
	reports: readonly Report[],
	of: LaboratoryRate,
	source: number,
): Day {
	let [units, each] = [Number.NaN, Number.NaN];
	const told = reports.flatMap(({ day, rates }) => {
		const own = rates[of].find((one) => one.source === source);
		if (!own) return [];
		if (!Number.isNaN(own.units)) units = own.units;
		if (!Number.isNaN(own.each)) each = own.each;
		return [{ day, value: ofEach(units, each) }];
	});
	const now = told.at(-1)?.value ?? Number.NaN;
	const higher = told.findLastIndex(({ value }) => !(value <= now));
	const first = told[higher + 1]?.day ?? Number.POSITIVE_INFINITY;
	return higher >= 0 ? first + 1 : first;
}

/** Tests of a day. What is entered after days of none is of those days too: results of several days are entered at once. */
function testedOn(reports: readonly Report[]): Refutation[] {
	let none = 0;
	return reports.flatMap(({ day, tested }) => {
		const days = none + 1;
		none = tested === 0 ? days : 0;
		return tested > 0 ? [{ day, tested: tested / days, days }] : [];
	});
}
