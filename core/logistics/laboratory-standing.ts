/**
 * How a laboratory stands by what it reports each day: what it can test, how long its queue takes, how long reagents last, what is positive,
 * and whether pools would help. What holds the capacity down is told from what the laboratory states of extraction, PCR machines and staff;
 * where it states less, from less (core/logistics/laboratory laboratoryCapacity).
 */

import type { Day } from "../series/day.ts";
import {
	type LaboratoryCapacity,
	laboratoryCapacity,
	laboratoryQueue,
	reagentDays,
} from "./laboratory.ts";
import { bestPool, type PoolingChoice } from "./specimen-pooling.ts";

/** What a laboratory stated for a day; NaN: not stated. Specimens and tests. */
export interface LaboratoryReport {
	day: Day;
	capacity: number;
	/** Specimens that can be extracted in a day. */
	extraction: number;
	/** Machines that work and plates that one runs in a day: both of one source. */
	machines: number;
	runs: number;
	/** People who examine specimens and how many each does in a day: both of one source. */
	staff: number;
	perWorker: number;
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

/** Of what is told together, one: where it is there the others are. */
const TOLD_TOGETHER = ["capacity", "extraction", "machines", "staff"] as const;

/** How many were tested and positive on the days that told both. */
export interface Positivity {
	tests: number;
	positives: number;
	/** 0…1; NaN: nothing was tested. */
	share: number;
	/** Days that told both. */
	days: number;
}

/** What the newest report that tells it says, and its day; NaN and null: none does. */
export interface Equipment {
	machines: number;
	runs: number;
	staff: number;
	perWorker: number;
	toldOn: Record<"stated" | "extraction" | "pcr" | "staff", Day | null>;
}

export interface LaboratoryStanding {
	equipment: Equipment;
	/** What can be tested in a day, and what holds it down. */
	capacity: LaboratoryCapacity;
	waiting: number;
	/** Days until the last that waits now is tested, at `capacity`; Infinity: never; NaN: not known. */
	waitDays: number;
	/** A day, on average over the days of the window that told it; NaN: none did. */
	receivedPerDay: number;
	testedPerDay: number;
	/** Days of the window with a report. */
	days: number;
	positivity: Positivity;
	reagent: number;
	/** Days that reagents last at the tests of the window; Infinity: nothing is tested. NaN: not known. */
	reagentDays: number;
	vtm: number;
	vtmDays: number;
	/** Waiting at the end of each of the days after, if as many come as in the window and all that can be is tested; empty: not known. */
	queueAhead: number[];
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
	const last = (of: keyof LaboratoryReport) =>
		reports.findLast((one) => !Number.isNaN(one[of]))?.[of] ?? Number.NaN;
	const newest = (of: (typeof TOLD_TOGETHER)[number]) =>
		reports.findLast((one) => !Number.isNaN(one[of]));
	const [capable, extracting, running, working] = TOLD_TOGETHER.map(newest);
	const equipment: Equipment = {
		machines: running?.machines ?? Number.NaN,
		runs: running?.runs ?? Number.NaN,
		staff: working?.staff ?? Number.NaN,
		perWorker: working?.perWorker ?? Number.NaN,
		toldOn: {
			stated: capable?.day ?? null,
			extraction: extracting?.day ?? null,
			pcr: running?.day ?? null,
			staff: working?.day ?? null,
		},
	};
	const capacity = laboratoryCapacity({
		stated: capable?.capacity,
		extraction: extracting?.extraction,
		pcr: running,
		staff: working && {
			people: working.staff,
			samplesEach: working.perWorker,
		},
		reagentTests: Number.isNaN(reagent)
			? undefined
			: reagent * (1 - REAGENT_WASTAGE),
	});
	const waiting = last("backlog");
	const receivedPerDay = meanOf(window.map(({ received }) => received));
	const testedPerDay = meanOf(window.map(({ tested }) => tested));
	const able = capacity.tests;
	const positivity = positivityOf(window);
	const pool =
		positivity.tests >= LEAST_TESTS ? bestPool(positivity.share) : null;
	return {
		equipment,
		capacity,
		waiting,
		waitDays: waitOf(waiting, able),
		receivedPerDay,
		testedPerDay,
		days: window.length,
		positivity,
		reagent,
		reagentDays: lasts(reagent, testedPerDay, REAGENT_WASTAGE),
		vtm,
		vtmDays: lasts(vtm, receivedPerDay, 0),
		queueAhead: [waiting, receivedPerDay, able].some(Number.isNaN)
			? []
			: laboratoryQueue(
					Array(QUEUE_DAYS).fill(receivedPerDay),
					Array(QUEUE_DAYS).fill(able),
					waiting,
				).map((one) => one.waiting),
		pool,
		waitPooled: pool ? waitOf(waiting, able * pool.reach) : Number.NaN,
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

/** Days until the last of a queue is tested. */
export function waitOf(waiting: number, perDay: number): number {
	if (waiting === 0) return 0;
	return perDay > 0
		? waiting / perDay
		: perDay === 0 && waiting > 0
			? Number.POSITIVE_INFINITY
			: Number.NaN;
}

function lasts(stock: number, perDay: number, wastage: number): number {
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
