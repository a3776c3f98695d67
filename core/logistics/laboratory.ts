/** Laboratories: what they can test in a day, the queue that forms, the wait, and the reagents it takes. */

import { requireQuantity } from "./quantity.ts";

/** Samples on one 96-well plate; two wells are controls. */
export const SAMPLES_PER_PLATE = 94;

/** What a laboratory has on one day; absent or NaN: not told, and nothing is taken for it. Samples are specimens, not wells. */
export interface LaboratoryDay {
	/** Tests a day by its own word. */
	stated?: number;
	/** Samples the extraction can prepare. */
	extraction?: number;
	/** PCR machines running plates, and plates of one of them in the day. */
	pcr?: { machines: number; runs: number } | null;
	/** People on duty and what each can handle. */
	staff?: { people: number; samplesEach: number } | null;
	/** Tests for which there are reagents. */
	reagentTests?: number;
}

/** In this order the one that is named where several are as narrow: what a stated capacity comes from rather than the statement. */
export const LABORATORY_LIMITS = [
	"extraction",
	"pcr",
	"staff",
	"reagents",
	"stated",
] as const;
export type LaboratoryLimit = (typeof LABORATORY_LIMITS)[number];

/** Parts that are rates; reagents are a stock. */
export const LABORATORY_RATES = [
	"extraction",
	"pcr",
	"staff",
	"stated",
] as const;
export type LaboratoryRate = (typeof LABORATORY_RATES)[number];

export function perLimit<T>(
	of: (limit: LaboratoryLimit) => T,
): Record<LaboratoryLimit, T> {
	return Object.fromEntries(
		LABORATORY_LIMITS.map((limit) => [limit, of(limit)]),
	) as Record<LaboratoryLimit, T>;
}

export function perRate<T>(
	of: (rate: LaboratoryRate) => T,
): Record<LaboratoryRate, T> {
	return Object.fromEntries(
		LABORATORY_RATES.map((rate) => [rate, of(rate)]),
	) as Record<LaboratoryRate, T>;
}

/** What a capacity follows from; the laboratory's own word is no cause. */
export const CAPACITY_CAUSES = LABORATORY_LIMITS.filter(
	(one) => one !== "stated",
);

/** Tests a day and what holds them down. */
export interface LaboratoryCapacity {
	/** The least of what is told: no more than this. NaN: nothing but reagents is told, which are a stock and no capacity. */
	tests: number;
	/** Null: `tests` is not known. */
	limit: LaboratoryLimit | null;
	/** The same without reagents: what could be tested day after day. */
	lasting: number;
	/** `tests` is the most that it can be: a cause is not told or is refuted. Of 0 there is no less. */
	isMost: boolean;
	/** The same of `lasting`. */
	lastingIsMost: boolean;
}

/** Tests a day that each part allows; NaN: not told. */
export type LaboratoryParts = Readonly<Record<LaboratoryLimit, number>>;

/** @throws RangeError */
export function laboratoryParts(lab: LaboratoryDay): LaboratoryParts {
	const { pcr, staff } = lab;
	const told = (name: string, value: number | undefined) =>
		value === undefined || Number.isNaN(value)
			? Number.NaN
			: requireQuantity(name, value);
	return {
		extraction: told("extraction", lab.extraction),
		pcr:
			ofEach(told("pcr.machines", pcr?.machines), told("pcr.runs", pcr?.runs)) *
			SAMPLES_PER_PLATE,
		staff: ofEach(
			told("staff.people", staff?.people),
			told("staff.samplesEach", staff?.samplesEach),
		),
		reagents: told("reagentTests", lab.reagentTests),
		stated: told("stated", lab.stated),
	};
}

/**
 * Capacity = min(extraction, machines x runs x 94, staff, reagents, its own word), over those that are told and that its own tests do not refute.
 * @param refuted parts that hold nothing down
 */
export function laboratoryCapacity(
	parts: LaboratoryParts,
	refuted: readonly LaboratoryRate[] = [],
): LaboratoryCapacity {
	const holds = (one: LaboratoryLimit) =>
		!Number.isNaN(parts[one]) && !refuted.some((part) => part === one);
	const narrowest = (of: readonly LaboratoryLimit[]) =>
		of.reduce<LaboratoryLimit | null>(
			(least, one) =>
				!holds(one) || (least && parts[least] <= parts[one]) ? least : one,
			null,
		);
	const rate = narrowest(LABORATORY_RATES);
	const limit = rate && narrowest(LABORATORY_LIMITS);
	const tests = limit ? parts[limit] : Number.NaN;
	const lasting = rate ? parts[rate] : Number.NaN;
	return {
		tests,
		limit,
		lasting,
		isMost: tests > 0 && !CAPACITY_CAUSES.every(holds),
		lastingIsMost:
			lasting > 0 &&
			!CAPACITY_CAUSES.every((one) => one === "reagents" || holds(one)),
	};
}

/**
 * Whether a sum of capacities is the most that it can be for all laboratories: all told theirs, and `most` of them the most that it can be. Of a
 * sum that lacks some nothing is a bound: neither of what all can do, nor of a queue and wait that those left out might shorten.
 */
export function sumIsMost(of: {
	told: number;
	all: number;
	most: number;
}): boolean {
	return of.told === of.all && of.most > 0;
}

/** So many of which each does so much: nothing comes of none of either, whatever the other is (NaN: not told). */
export function ofEach(units: number, each: number): number {
	return units === 0 || each === 0 ? 0 : units * each;
}

/** One day of a laboratory's queue. */
export interface QueueDay {
	arrived: number;
	tested: number;
	/** Waiting at the end of the day. */
	waiting: number;
	/** Days until the last sample of this day is tested, at the capacity of the days ahead; undefined: not in the series. */
	waitOfLast: number | undefined;
	/** Age in days of the oldest sample still waiting at the end of the day. */
	oldest: number;
}

/**
 * First come first served queue: waiting = max(0, waiting before + arrivals - capacity).
 * A day whose arrivals were not reported (NaN) cannot be queued: the caller decides what to assume.
 * @param capacity tests of each day, same length as `arrivals`.
 * @throws RangeError
 */
export function laboratoryQueue(
	arrivals: readonly number[],
	capacity: readonly number[],
	waitingBefore = 0,
): QueueDay[] {
	if (capacity.length !== arrivals.length)
		throw new RangeError(
			`capacity: found ${capacity.length} days, expected ${arrivals.length}`,
		);
	let waiting = requireQuantity("waitingBefore", waitingBefore);
	let arrivedSoFar = waiting;
	let testedSoFar = 0;
	const arrivedBy: number[] = [];
	const testedBy: number[] = [];
	const days: QueueDay[] = arrivals.map((arrived, index) => {
		requireQuantity(`arrivals[${index}]`, arrived);
		const able = requireQuantity(`capacity[${index}]`, capacity[index]);
		const tested = Math.min(able, waiting + arrived);
		waiting = waiting + arrived - tested;
		arrivedSoFar += arrived;
		testedSoFar += tested;
		arrivedBy.push(arrivedSoFar);
		testedBy.push(testedSoFar);
		return { arrived, tested, waiting, waitOfLast: undefined, oldest: 0 };
	});
	const enough = (tested: number, arrived: number) =>
		tested >= arrived - 1e-9 * Math.max(1, arrived);
	let finish = 0;
	let front = 0;
	days.forEach((row, index) => {
		const mine = arrivedBy[index];
		finish = Math.max(finish, index);
		while (finish < days.length && !enough(testedBy[finish], mine)) finish++;
		row.waitOfLast = finish < days.length ? finish - index : undefined;
		while (front <= index && enough(testedBy[index], arrivedBy[front])) front++;
		row.oldest = row.waiting > 0 ? index - Math.min(front, index) : 0;
	});
	return days;
}

/** Reagents for a number of results: tests x (1 + repeats) / (1 - wastage). Shares are 0-1. @throws RangeError */
export function reagentNeed(
	tests: number,
	repeatShare: number,
	wastage: number,
): number {
	requireQuantity("tests", tests);
	requireQuantity("repeatShare", repeatShare);
	if (!(wastage >= 0 && wastage < 1))
		throw new RangeError(
			`wastage: found ${wastage}, expected 0 or more and below 1`,
		);
	return (tests * (1 + repeatShare)) / (1 - wastage);
}

/** Days that a stock of reagents lasts; Infinity when nothing is tested. */
export function reagentDays(
	reagents: number,
	testsPerDay: number,
	repeatShare: number,
	wastage: number,
): number {
	const perDay = reagentNeed(testsPerDay, repeatShare, wastage);
	return perDay > 0
		? requireQuantity("reagents", reagents) / perDay
		: Number.POSITIVE_INFINITY;
}

/**
 * Tests a week that Inmendagri 15/2021 asks for, by the positivity of the week: 1, 5, 10 or 15 per 1,000 people.
 * @param positivity 0-1. (The source is press reports that agree; see the model documentation.)
 */
export function weeklyTestingTarget(
	population: number,
	positivity: number,
): number {
	requireQuantity("population", population);
	if (!(positivity >= 0 && positivity <= 1))
		throw new RangeError(`positivity: found ${positivity}, expected 0 to 1`);
	const perThousand =
		positivity < 0.05 ? 1 : positivity < 0.15 ? 5 : positivity < 0.25 ? 10 : 15;
	return (population / 1000) * perThousand;
}
