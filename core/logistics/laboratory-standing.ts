/**
 * How a laboratory stands by what it reports each day: what it can test, how long its queue takes, how long reagents last, what is positive,
 * and whether pools would help. What holds the capacity down is told from what the laboratory states of extraction, PCR machines and staff;
 * where it states less, from less (core/logistics/laboratory laboratoryCapacity).
 */

import type { Day } from "../series/day.ts";
import {
	LABORATORY_RATES,
	type LaboratoryCapacity,
	type LaboratoryParts,
	type LaboratoryRate,
	laboratoryCapacity,
	laboratoryParts,
	perRate,
	reagentDays,
} from "./laboratory.ts";
import { type DayAhead, daysToTest, queueAhead } from "./laboratory-ahead.ts";
import {
	type FactorsTold,
	type RateTold,
	type Refutation,
	rateTold,
	refutation,
} from "./laboratory-rates.ts";
import { bestPool, type PoolingChoice } from "./specimen-pooling.ts";

/** What a laboratory stated for a day; NaN: not stated. Specimens and tests. */
export interface LaboratoryReport {
	day: Day;
	/** What each source tells of what can be done in a day, in the order in which they are heard. */
	rates: Readonly<Record<LaboratoryRate, readonly FactorsTold[]>>;
	received: number;
	tested: number;
	/** Positives, and the tests that they are among: both of the first source that tells both, which need not be the one that told `tested`. */
	positives: number;
	positivesOf: number;
	backlog: number;
}

/** What lies on its shelf by the last count that counts; NaN: not known. Tests, and sets. */
export interface LaboratoryStock {
	reagent: number;
	vtm: number;
}

/** Days back from the day asked for that rates are of. */
export const LABORATORY_WINDOW = 7;
/** Fewer tests in the window tell no positivity that a pool could be chosen by. */
export const LEAST_TESTS = 50;
/** Days that the queue is reckoned ahead. */
export const QUEUE_DAYS = 14;
/** Reagents lost of those taken, as the WHO forecasting tool has it for manual kits; a planning assumption for others. */
export const REAGENT_WASTAGE = 0.1;

/** How many were tested and positive on the days that told both. */
export interface Positivity {
	tests: number;
	positives: number;
	/** 0…1; NaN: nothing was tested. */
	share: number;
	/** Days that told both. */
	days: number;
}

export interface LaboratoryStanding {
	/** What the parts of the capacity are made of; null: not told. */
	rates: Record<LaboratoryRate, RateTold | null>;
	parts: LaboratoryParts;
	/** Parts that its own tests refute, and by which: they hold nothing down. */
	refuted: ({ part: LaboratoryRate } & Refutation)[];
	/** What can be tested in a day, and what holds it down. */
	capacity: LaboratoryCapacity;
	waiting: number;
	/** Days until the last that waits now is tested, without resupply; Infinity: never; NaN: not known. Where `capacity.isMost` at least. */
	waitDays: number;
	/** A day, on average over the days of the window that told it; NaN: none did. */
	receivedPerDay: number;
	testedPerDay: number;
	/** Days of the window that told what came, and what was tested. */
	receivedDays: number;
	testedDays: number;
	positivity: Positivity;
	reagent: number;
	/** Days that reagents last at the tests of the window; 0: there are none, whatever is tested. Infinity: nothing is tested. NaN: not known. */
	reagentDays: number;
	vtm: number;
	vtmDays: number;
	/** The days after, if as many come as in the window and all that can be is tested, while reagents run down and none come; empty: not known. */
	ahead: DayAhead[];
	/** The pool that takes the fewest tests at this positivity; null: too few tests tell it. */
	pool: PoolingChoice | null;
	/** Days until the last that waits now is tested if pools of that size are used. */
	waitPooled: number;
}

/**
 * @param reports of one laboratory in the window and as far before it as the last one holds, in order of days
 * @param day the day asked for
 */
export function laboratoryStanding(
	reports: readonly LaboratoryReport[],
	{ reagent, vtm }: LaboratoryStock,
	day: Day,
): LaboratoryStanding {
	const window = reports.filter((one) => one.day > day - LABORATORY_WINDOW);
	const rates = perRate((of) => rateTold(reports, of));
	const reagentTests = reagent * (1 - REAGENT_WASTAGE);
	const parts = laboratoryParts({
		stated: rates.stated?.units.value,
		extraction: rates.extraction?.units.value,
		pcr: rates.pcr && {
			machines: rates.pcr.units.value,
			runs: rates.pcr.each.value,
		},
		staff: rates.staff && {
			people: rates.staff.units.value,
			samplesEach: rates.staff.each.value,
		},
		reagentTests,
	});
	const refuted = LABORATORY_RATES.flatMap((part) => {
		const rate = rates[part];
		const by =
			rate &&
			refutation(parts[part], part, rate, reports, day - LABORATORY_WINDOW);
		return by ? [{ part, ...by }] : [];
	});
	const capacity = laboratoryCapacity(
		parts,
		refuted.map(({ part }) => part),
	);
	const waiting =
		reports.findLast(({ backlog }) => !Number.isNaN(backlog))?.backlog ??
		Number.NaN;
	const receivedPerDay = meanOf(window.map(({ received }) => received));
	const testedPerDay = meanOf(window.map(({ tested }) => tested));
	const { lasting } = capacity;
	const positivity = positivityOf(window);
	const pool =
		positivity.tests >= LEAST_TESTS ? bestPool(positivity.share) : null;
	return {
		rates,
		parts,
		refuted,
		capacity,
		waiting,
		waitDays: daysToTest(waiting, [{ lasting, reagentTests }]),
		receivedPerDay,
		testedPerDay,
		receivedDays: window.filter(({ received }) => !Number.isNaN(received))
			.length,
		testedDays: window.filter(({ tested }) => !Number.isNaN(tested)).length,
		positivity,
		reagent,
		reagentDays: lasts(reagent, testedPerDay, REAGENT_WASTAGE),
		vtm,
		vtmDays: lasts(vtm, receivedPerDay, 0),
		ahead: [waiting, receivedPerDay, lasting].some(Number.isNaN)
			? []
			: queueAhead(Array<number>(QUEUE_DAYS).fill(receivedPerDay), waiting, [
					{ lasting, reagentTests },
				]),
		pool,
		// Of so many specimens the same tests and reagents.
		waitPooled: pool
			? daysToTest(waiting, [
					{
						lasting: lasting * pool.reach,
						reagentTests: reagentTests * pool.reach,
					},
				])
			: Number.NaN,
	};
}

/** Of the days that told both. */
export function positivityOf(
	reports: readonly Pick<LaboratoryReport, "positives" | "positivesOf">[],
): Positivity {
	// Of what is not told neither is at most the other.
	const told = reports.filter(
		({ positives, positivesOf }) => positives <= positivesOf,
	);
	const tests = told.reduce((sum, one) => sum + one.positivesOf, 0);
	const positives = told.reduce((sum, one) => sum + one.positives, 0);
	return {
		tests,
		positives,
		share: tests > 0 ? positives / tests : Number.NaN,
		days: told.length,
	};
}

function lasts(stock: number, perDay: number, wastage: number): number {
	// Who has none tests nothing: that is no stock that is not used.
	if (stock === 0) return 0;
	return Number.isNaN(stock) || Number.isNaN(perDay)
		? Number.NaN
		: reagentDays(stock, perDay, 0, wastage);
}

/** Of those that are known; NaN: none is. */
function meanOf(values: readonly number[]): number {
	const known = values.filter((value) => !Number.isNaN(value));
	return known.length === 0
		? Number.NaN
		: known.reduce((sum, value) => sum + value, 0) / known.length;
}
