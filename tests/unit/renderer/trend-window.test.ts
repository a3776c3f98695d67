import fc from "fast-check";
import { expect, test } from "vitest";
import type { Series } from "../../../core/api/figures.ts";
import {
	panned,
	wholeWindow,
	within,
	zoomed,
} from "../../../renderer/parts/chart/trend-window.ts";

const seriesOf = (value: (number | null)[]) =>
	({ firstDay: 18_341, value }) as Series;

test("a short series has an axis of its own days, not of the whole dataset", () => {
	const year = new Array<number | null>(300).fill(null);
	year.fill(5, 20, 44);
	expect(wholeWindow(seriesOf(year))).toEqual({
		from: 18_360.5,
		to: 18_384.5,
	});
});

test("one report, or none, still has an axis of two weeks and more", () => {
	const { from, to } = wholeWindow(seriesOf([null, 3, null]));
	expect(to - from).toBe(14);
	expect((from + to) / 2).toBe(18_342);
	const none = wholeWindow(seriesOf(new Array(40).fill(null)));
	expect(none.to - none.from).toBe(40);
});

test("zooming keeps the day under the pointer where it is, never leaves the series, and comes back to the whole", () => {
	const whole = { from: 0, to: 200 };
	const near = zoomed(whole, whole, 0.5, 50);
	expect((50 - near.from) / (near.to - near.from)).toBeCloseTo(0.25);
	expect(zoomed(near, whole, 100)).toEqual(whole);
	fc.assert(
		fc.property(
			fc.double({ min: 0, max: 200, noNaN: true }),
			fc.array(fc.double({ min: 0.2, max: 5, noNaN: true }), { maxLength: 12 }),
			fc.double({ min: -90, max: 90, noNaN: true }),
			(around, factors, days) => {
				let window = whole;
				for (const factor of factors)
					window = panned(zoomed(window, whole, factor, around), whole, days);
				expect(window.from).toBeGreaterThanOrEqual(whole.from);
				expect(window.to).toBeLessThanOrEqual(whole.to + 1e-9);
				expect(window.to - window.from).toBeGreaterThanOrEqual(7 - 1e-9);
			},
		),
	);
	expect(within({ from: 20, to: 21 }, whole)).toEqual({ from: 20, to: 27 });
});
