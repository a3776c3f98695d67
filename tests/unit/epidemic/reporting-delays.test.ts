import { describe, expect, it } from "vitest";
import {
	delaysByWeek,
	weekdayEffects,
} from "../../../core/epidemic/reporting-delays.ts";
import { weekday } from "../../../core/series/day.ts";
import { createRandom } from "../../../core/statistics/random.ts";
import { studentQuantile } from "../../../core/statistics/student-quantile.ts";

/** A Sunday. */
const FIRST = 18_300 + ((7 - weekday(18_300)) % 7);
const LONGEST = 2;

function triangle(rows: number[][]) {
	return { firstDay: FIRST, longestDelay: LONGEST, counts: rows };
}

describe("how late reports are", () => {
	it("is told week by week up to the last day of which all delays have passed", () => {
		const rows = Array.from({ length: 18 }, (_, day) =>
			day < 9 ? [6, 2, 2] : [2, 2, 6],
		);
		// Of sixteen days all delays have passed: two weeks of them, and two days before.
		expect(delaysByWeek(triangle(rows))).toEqual([
			{ firstDay: FIRST + 2, events: 70, mean: 0.6, sameDay: 0.6 },
			{ firstDay: FIRST + 9, events: 70, mean: 1.4, sameDay: 0.2 },
		]);
	});

	it("leaves out days that were not reported, and tells nothing of a week without events", () => {
		const rows = Array.from({ length: 16 }, (_, day) =>
			day < 7
				? day % 2
					? [Number.NaN, Number.NaN, Number.NaN]
					: [1, 0, 1]
				: [0, 0, 0],
		);
		const [first, second] = delaysByWeek(triangle(rows));
		expect(first).toMatchObject({ events: 8, mean: 1 });
		expect(second).toMatchObject({ events: 0, mean: Number.NaN });
	});
});

describe("weekdays", () => {
	const random = createRandom(31);
	/** Eight weeks of some 200 a day, rougher than chance, in a wave; a share of them on Sundays. */
	const weeks = (sunday: number) =>
		triangle(
			Array.from({ length: 58 }, (_, day) => {
				const count = random.negativeBinomial(
					200 * (1 + 0.3 * Math.sin(day / 15)),
					30,
				);
				return [
					Math.round(count * (weekday(FIRST + day) === 0 ? sunday : 1)),
					0,
					0,
				];
			}),
		);

	it("are seldom said to be under-reported by chance, and one that is reported by half is found", () => {
		let wrong = 0;
		let found = 0;
		for (let world = 0; world < 400; world++) {
			if (weekdayEffects(weeks(1)).some(({ high }) => high < 1)) wrong++;
			const half = weekdayEffects(weeks(0.5));
			if ((half[0]?.high ?? 1) < 1) found++;
		}
		expect(wrong / 400).toBeLessThan(0.08);
		expect(found / 400).toBeGreaterThan(0.9);
	});

	it("are not said to be under-reported by chance where counts are small", () => {
		for (const mean of [0.1, 0.3, 1, 3, 10]) {
			let wrong = 0;
			for (let world = 0; world < 400; world++) {
				const rows = Array.from({ length: 58 }, () => [
					random.poisson(mean),
					0,
					0,
				]);
				if (weekdayEffects(triangle(rows)).some(({ high }) => high < 1))
					wrong++;
			}
			expect(wrong / 400, `${mean} a day`).toBeLessThan(0.02);
		}
	});

	it("are told by hand: half on Sundays is 0.5 of 6.5 sevenths", () => {
		const rows = Array.from({ length: 44 }, (_, day) =>
			weekday(FIRST + day) === 0 ? [20, 20, 10] : [50, 30, 20],
		);
		const [sunday, monday] = weekdayEffects(triangle(rows));
		expect(sunday).toMatchObject({ days: 5, sameDay: 0.4 });
		expect(sunday?.ratio).toBeCloseTo(50 / (650 / 7), 12);
		// They are all alike: what is left is chance, √(5 · 650/7) over their sum, at Student's 4.9 with four degrees of freedom.
		expect((sunday?.high ?? 0) - (sunday?.ratio ?? 0)).toBeCloseTo(
			studentQuantile(1 - 0.05 / 14, 4) / Math.sqrt((5 * 650) / 7),
			12,
		);
		expect(monday).toMatchObject({ sameDay: 0.5 });
		expect(monday?.ratio).toBeCloseTo(100 / (650 / 7), 12);
	});

	it("that are silent are told to be so, and their shares of the next report are no count of theirs", () => {
		// Silent each Sunday: Monday tells of both, half of it each.
		const rows = Array.from({ length: 44 }, () => [50, 30, 20]);
		const on = (which: number) =>
			new Set(
				rows.flatMap((_, day) =>
					weekday(FIRST + day) === which ? [FIRST + day] : [],
				),
			);
		const effects = weekdayEffects(triangle(rows), {
			silent: on(0),
			shared: on(1),
		});
		expect(effects.map(({ all, silent, days }) => [all, silent, days])).toEqual(
			[
				[6, 6, 0],
				[6, 0, 0],
				...[2, 3, 4, 5, 6].map((which) => [6, 0, effects[which]?.days]),
			],
		);
		expect(effects.map(({ ratio }) => ratio)).toEqual([
			Number.NaN,
			Number.NaN,
			...new Array(5).fill(expect.closeTo(1, 12)),
		]);
	});

	it("are not told from fewer than three of them", () => {
		const rows = Array.from({ length: 20 }, () => [5, 3, 2]);
		expect(weekdayEffects(triangle(rows)).map(({ ratio }) => ratio)).toEqual(
			new Array(7).fill(Number.NaN),
		);
	});
});
