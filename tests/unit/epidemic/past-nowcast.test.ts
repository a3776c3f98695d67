import { describe, expect, it } from "vitest";
import {
	type KnownCount,
	pastNowcasts,
	revisionsKnown,
	scoreOfNowcasts,
} from "../../../core/epidemic/past-nowcast.ts";

const NOT = Number.NaN;
/** Ten events a day: five known at once, three a day later, two after two days. */
const steady: KnownCount[] = Array.from({ length: 20 }, (_, eventDay) =>
	[5, 8, 10].map((count, delay) => ({
		eventDay,
		asOf: eventDay + delay,
		count,
	})),
).flat();
const range = { firstDay: 0, now: 21, longestDelay: 2 };

describe("what was known on a day", () => {
	it("is nothing that became known later", () => {
		expect(revisionsKnown(steady, 0)).toEqual([
			{ eventDay: 0, asOf: 0, count: 5 },
		]);
	});

	it("is nothing of a day whose count could then no longer be told, and its reports again once it can", () => {
		const known = [
			{ eventDay: 3, asOf: 3, count: 5 },
			{ eventDay: 3, asOf: 4, count: NOT },
			{ eventDay: 3, asOf: 6, count: 9 },
		];
		expect(revisionsKnown(known, 3)).toHaveLength(1);
		expect(revisionsKnown(known, 5)).toEqual([]);
		expect(revisionsKnown(known, 6).map(({ count }) => count)).toEqual([5, 9]);
	});
});

describe("past nowcasts", () => {
	it("are made of what was known on their day and held against what came", () => {
		const past = pastNowcasts(steady, range, [12], [0, 1, 2]);
		expect(
			past.map(({ lag, observed, came }) => [lag, observed, came]),
		).toEqual([
			[0, 5, 10],
			[1, 8, 10],
			[2, 10, 10],
		]);
		for (const { estimate } of past) expect(estimate).toBeCloseTo(10, 9);
	});

	it("know nothing of what became known after their day: what came is another, the estimate the same", () => {
		const slow = steady.map((one) =>
			one.eventDay === 8 && one.asOf === 8 ? { ...one, count: 1 } : one,
		);
		const of = (known: KnownCount[]) =>
			pastNowcasts(known, range, [12], [0])[0];
		expect(of(slow)?.estimate).not.toBe(of(steady)?.estimate);
		for (const later of [
			{ eventDay: 12, asOf: 21, count: 30 },
			// The count of a day that taught its delays can no longer be told.
			{ eventDay: 8, asOf: 20, count: NOT },
		])
			expect(of([...slow, later])?.estimate).toBe(of(slow)?.estimate);
		expect(of([...steady, { eventDay: 12, asOf: 21, count: 30 }])?.came).toBe(
			30,
		);
	});

	it("are not scored while what was awaited is still coming in", () => {
		expect(pastNowcasts(steady, { ...range, now: 13 }, [12], [0])).toEqual([]);
		expect(pastNowcasts(steady, { ...range, now: 14 }, [12], [0])).toHaveLength(
			1,
		);
	});

	it("are scored by their interval, and beside the count as it stood; of none there is no score", () => {
		const one = { eventDay: 1, lag: 0, observed: 5, estimate: 9 };
		expect(
			scoreOfNowcasts([
				{ ...one, low: 6, high: 12, came: 10 },
				{ ...one, low: 6, high: 12, came: 13 },
			]),
		).toEqual({
			scored: 2,
			coverage: 0.5,
			absoluteError: 2.5,
			reportedError: 6.5,
		});
		expect(scoreOfNowcasts([])).toBeNull();
	});
});
