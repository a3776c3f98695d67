import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ModelInputError } from "../../../core/epidemic/input-error.ts";
import {
	chainLadderFactors,
	delayHazards,
	lawlessColumns,
	nowcast,
} from "../../../core/epidemic/nowcast.ts";
import {
	type ReportingTriangle,
	type Revision,
	reportingTriangle,
} from "../../../core/epidemic/reporting-triangle.ts";
import { createRandom } from "../../../core/statistics/random.ts";
import { nowcastCoverage, reportLate } from "../../fixtures/late-reports.ts";

const NR = Number.NaN;
const triangleOf = (counts: number[][]): ReportingTriangle => ({
	firstDay: 18300,
	longestDelay: (counts[0]?.length ?? 1) - 1,
	counts,
});

/** Ten events a day, 5 at once, 3 a day later, 2 two days later: half, then 80 % reported. */
const steady = triangleOf(Array.from({ length: 12 }, () => [5, 3, 2]));

const triangles = fc
	.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 25 }))
	.chain(([delay, days]) =>
		fc.array(
			fc.array(fc.oneof(fc.nat({ max: 1000 }), fc.constant(Number.NaN)), {
				minLength: delay + 1,
				maxLength: delay + 1,
			}),
			{ minLength: days, maxLength: days },
		),
	)
	.map(triangleOf);

describe("the nowcast", () => {
	it("finds what steady delays leave to come", () => {
		const [dayBefore, yesterday, today] = nowcast(steady).slice(-3);
		expect(dayBefore).toMatchObject({
			estimate: 10,
			variance: 0,
			low: 10,
			high: 10,
		});
		expect(yesterday).toMatchObject({ observed: 8 });
		expect(yesterday?.completeness).toBeCloseTo(0.8, 12);
		expect(today?.completeness).toBeCloseTo(0.5, 12);
		if (today?.status !== "estimated") throw new Error("not estimated");
		expect(today.estimate).toBeCloseTo(10, 12);
		// By hand: g(1) = 33/88, g(2) = 20/100, W = 0.5, N = 5: (5·6·Σ g/(N(1-g)) + 5·0.5) / W².
		const spread = 0.375 / (88 * 0.625) + 0.2 / (100 * 0.8);
		expect(today.variance).toBeCloseTo((30 * spread + 2.5) / 0.25, 10);
		expect(today.low).toBeGreaterThanOrEqual(5);
		expect(today.high).toBeGreaterThan(10);
	});

	it("says that nothing can be told from a recent day without reports, instead of 0", () => {
		const counts = steady.counts.map((row) => Array.from(row));
		counts[11] = [0, 0, 0];
		expect(nowcast(triangleOf(counts)).at(-1)).toMatchObject({
			status: "not-estimable",
			reason: "no-reports",
		});
	});

	it("says so when less than 15 % of a day is expected to be in", () => {
		const slow = triangleOf(Array.from({ length: 20 }, () => [1, 1, 18]));
		expect(nowcast(slow).at(-1)).toMatchObject({
			status: "not-estimable",
			reason: "too-incomplete",
		});
		expect(nowcast(slow, { minimumCompleteness: 0.01 }).at(-1)).toMatchObject({
			status: "estimated",
		});
	});

	it("says so when no past day shows the delays", () => {
		expect(nowcast(triangleOf([[3, 0, 0]])).at(-1)).toMatchObject({
			reason: "delay-unknown",
		});
	});

	it("keeps a delay that was never observable unknown, and counts it as none only when asked", () => {
		const young = triangleOf([[3, NR, NR]]);
		expect(lawlessColumns(young).completeness[0]).toBeNaN();
		expect(lawlessColumns(young, undefined, "none").completeness[0]).toBe(1);
	});

	it("never lets NaN out of an estimate and never goes below what is reported", () => {
		fc.assert(
			fc.property(triangles, (triangle) => {
				const estimates = nowcast(triangle);
				expect(estimates).toHaveLength(triangle.counts.length);
				for (const estimate of estimates) {
					if (estimate.status === "not-estimable") {
						expect(estimate).not.toHaveProperty("estimate");
						continue;
					}
					for (const value of [
						estimate.estimate,
						estimate.variance,
						estimate.low,
						estimate.high,
					])
						expect(Number.isFinite(value)).toBe(true);
					expect(estimate.low).toBeGreaterThanOrEqual(estimate.observed);
					expect(estimate.estimate).toBeGreaterThanOrEqual(estimate.observed);
					expect(estimate.high).toBeGreaterThanOrEqual(estimate.low);
				}
			}),
		);
	});

	it("is proportional to the counts where delays are alike, and its completeness does not change with them", () => {
		fc.assert(
			fc.property(
				triangles,
				fc.integer({ min: 2, max: 50 }),
				(triangle, factor) => {
					const scaled = nowcast(
						{
							...triangle,
							counts: triangle.counts.map((row) =>
								Array.from(row, (x) => x * factor),
							),
						},
						{ delays: "alike" },
					);
					for (const [day, estimate] of nowcast(triangle, {
						delays: "alike",
					}).entries()) {
						const other = scaled[day];
						expect(other?.status).toBe(estimate.status);
						if (
							estimate.status === "estimated" &&
							other?.status === "estimated"
						)
							expect(other.estimate).toBeCloseTo(estimate.estimate * factor, 6);
					}
				},
			),
		);
	});

	it("has an interval that holds what is known later about as often as it says", () => {
		const random = createRandom(20110502);
		const weights = Array.from({ length: 9 }, (_, delay) => 0.7 ** delay);
		let held = 0;
		let days = 0;
		for (let world = 0; world < 60; world++) {
			const counts = Array.from({ length: 40 }, (_, day) =>
				weights.map((weight) => random.poisson(8 * 1.03 ** day * weight)),
			);
			for (const [day, estimate] of nowcast(triangleOf(counts)).entries()) {
				if (estimate.status !== "estimated" || estimate.variance === 0)
					continue;
				const truth = (counts[day] as number[]).reduce((a, b) => a + b, 0);
				days++;
				if (truth >= estimate.low && truth <= estimate.high) held++;
			}
		}
		expect(days).toBeGreaterThan(400);
		expect(held / days).toBeGreaterThan(0.91);
		expect(held / days).toBeLessThan(0.99);
	});

	it("holds what is known later at its stated rate where delays are known, also where little is entered at weekends", () => {
		const random = createRandom(19);
		for (const lateness of ["alike", "weekend"] as const) {
			const worlds = Array.from({ length: 12 }, (_, world) =>
				reportLate(
					Array.from({ length: 120 }, (_, day) =>
						random.poisson(300 * (1 + 0.5 * Math.sin(day / 20 + world))),
					),
					18300 + world,
					lateness,
					random,
				),
			);
			const span = { from: 60, to: 119 - 14 };
			for (const level of [0.5, 0.9, 0.95]) {
				const { held, nowcasts } = nowcastCoverage(worlds, 18300, span, {
					level,
				});
				expect(nowcasts).toBeGreaterThan(3000);
				expect(
					Math.abs(held - level),
					`${lateness} ${level}: ${held}`,
				).toBeLessThan(0.035);
			}
			const by = nowcastCoverage(worlds, 18300, span, {});
			const alike = nowcastCoverage(worlds, 18300, span, { delays: "alike" });
			// To tell weekdays apart costs little where they are alike, and halves the error where they are not.
			expect(by.error / alike.error).toBeLessThan(
				lateness === "alike" ? 1.15 : 0.6,
			);
			expect(by.error).toBeLessThan(by.reportedError / 4);
		}
	});

	it("has a wider interval where delays differ from day to day beyond chance", () => {
		const random = createRandom(8);
		const counts = Array.from({ length: 120 }, () => 400);
		const rows = reportLate(counts, 18300, "uneven", random);
		const { held } = nowcastCoverage(
			[rows],
			18300,
			{ from: 60, to: 105 },
			{ delays: "alike" },
		);
		expect(held).toBeGreaterThan(0.85);
	});

	it("is not inflated by days on which nothing was told at all", () => {
		const random = createRandom(12);
		const within = [50, 70, 90, 100];
		for (const silent of [0.2, 0.4]) {
			const told = Array.from({ length: 60 }, () => {
				const speaks = Array.from(
					{ length: 57 },
					(_, day) => day === 56 || random.uniform() >= silent,
				);
				const revisions = speaks.flatMap((isOn, asOf) =>
					isOn
						? speaks.slice(0, asOf + 1).map((_, eventDay) => ({
								eventDay,
								asOf,
								count: within[Math.min(3, asOf - eventDay)] ?? 0,
							}))
						: [],
				);
				const { triangle } = reportingTriangle(revisions, {
					firstDay: 0,
					now: 56,
					longestDelay: 14,
				});
				const one = nowcast(triangle).at(-1);
				if (one?.status !== "estimated") throw new Error("not estimated");
				return one.estimate;
			});
			const mean = told.reduce((a, b) => a + b, 0) / told.length;
			expect(Math.abs(mean - 100), `${silent}: ${mean}`).toBeLessThan(8);
		}
	});

	it("is that of the chain ladder worked by hand on cumulative counts", () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.array(fc.integer({ min: 1, max: 500 }), {
						minLength: 4,
						maxLength: 4,
					}),
					{
						minLength: 5,
						maxLength: 20,
					},
				),
				(rows) => {
					const days = rows.length;
					const cumulative = rows.map((row) =>
						row.map((_, delay) =>
							row.slice(0, delay + 1).reduce((a, b) => a + b, 0),
						),
					);
					const seen = (day: number, delay: number) => day + delay < days;
					const estimates = nowcast(triangleOf(rows), {
						delays: "alike",
						minimumCompleteness: 0,
					});
					for (let day = 0; day < days; day++) {
						let delay = Math.min(3, days - 1 - day);
						let expected = cumulative[day]?.[delay] ?? Number.NaN;
						for (; delay < 3; delay++) {
							let before = 0;
							let after = 0;
							for (let other = 0; other < days; other++)
								if (seen(other, delay + 1)) {
									before += cumulative[other]?.[delay] ?? 0;
									after += cumulative[other]?.[delay + 1] ?? 0;
								}
							expected *= after / before;
						}
						const one = estimates[day];
						if (one?.status !== "estimated") throw new Error("not estimated");
						expect(one.estimate / expected).toBeCloseTo(1, 12);
					}
				},
			),
		);
	});

	it("has the variance of the negative binomial where the delays are as good as known", () => {
		// Of N events C are in, each with probability W: N - C is negative binomial with C + 1 and W, from a flat prior.
		const many = triangleOf([
			...Array.from({ length: 300 }, () => [5000, 3000, 2000]),
			[400, 300, 200],
			[50, 30, 20],
		]);
		const one = nowcast(many, { delays: "alike" }).at(-1);
		if (one?.status !== "estimated") throw new Error("not estimated");
		const [share, seen] = [0.5, 50];
		expect(one.estimate).toBeCloseTo(seen / share, 1);
		expect(
			one.variance / (((seen + 1) * (1 - share)) / share ** 2),
		).toBeCloseTo(1, 1);
	});

	it("has the chain ladder's factors", () => {
		expect([...chainLadderFactors(delayHazards(steady))]).toEqual([
			expect.closeTo(1.6, 12),
			expect.closeTo(1.25, 12),
		]);
	});

	it("refuses a window shorter than the longest delay, and ragged rows", () => {
		expect(() => nowcast(steady, { window: 1 })).toThrow(ModelInputError);
		expect(() => nowcast({ ...steady, counts: [[1, 2, 3], [1]] })).toThrow(
			/triangle\[1\].*1 delays/,
		);
	});
});

describe("the reporting triangle built from revisions", () => {
	const range = { firstDay: 100, now: 105, longestDelay: 3 };

	it("puts each increase at its delay and folds long delays into the last", () => {
		const { triangle, corrections } = reportingTriangle(
			[
				{ eventDay: 100, asOf: 105, count: 9 },
				{ eventDay: 100, asOf: 100, count: 4 },
				{ eventDay: 100, asOf: 101, count: 6 },
				{ eventDay: 103, asOf: 104, count: 5 },
			],
			range,
		);
		expect([...(triangle.counts[0] as Float64Array)]).toEqual([4, 2, 0, 3]);
		expect([...(triangle.counts[3] as Float64Array)]).toEqual([NR, 5, 0, 0]);
		expect(corrections).toEqual([]);
	});

	it("leaves a day that nobody reported unreported", () => {
		const { triangle } = reportingTriangle(
			[{ eventDay: 100, asOf: 100, count: 4 }],
			range,
		);
		expect([...(triangle.counts[2] as Float64Array)]).toEqual(
			new Array(4).fill(Number.NaN),
		);
		expect(nowcast(triangle)[2]).toMatchObject({ status: "not-estimable" });
	});

	it("keeps a revision downward apart and takes it from the newest reports", () => {
		const { triangle, corrections } = reportingTriangle(
			[
				{ eventDay: 100, asOf: 100, count: 4 },
				{ eventDay: 100, asOf: 101, count: 6 },
				{ eventDay: 100, asOf: 102, count: 3 },
			],
			range,
		);
		expect([...(triangle.counts[0] as Float64Array)]).toEqual([3, 0, 0, 0]);
		expect(corrections).toEqual([{ eventDay: 100, asOf: 102, from: 6, to: 3 }]);
	});

	it("ends at the last known count whatever the revisions and their order", () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(
					fc.record({
						eventDay: fc.integer({ min: 100, max: 105 }),
						lag: fc.nat({ max: 5 }),
						count: fc.nat({ max: 500 }),
					}),
					{ selector: ({ eventDay, lag }) => `${eventDay}+${lag}` },
				),
				(list) => {
					const revisions: Revision[] = list
						.map(({ eventDay, lag, count }) => ({
							eventDay,
							asOf: eventDay + lag,
							count,
						}))
						.filter(({ asOf }) => asOf <= range.now);
					const { triangle } = reportingTriangle(revisions, range);
					const turned = reportingTriangle(revisions.toReversed(), range);
					expect(turned.triangle).toEqual(triangle);
					for (const [index, row] of triangle.counts.entries()) {
						const last = revisions
							.filter(({ eventDay }) => eventDay === 100 + index)
							.toSorted((a, b) => b.asOf - a.asOf)[0];
						const known = Array.from(row).filter((one) => !Number.isNaN(one));
						expect(known.length > 0).toBe(last !== undefined);
						if (last) expect(known.reduce((a, b) => a + b, 0)).toBe(last.count);
						for (const count of Array.from(row)) expect(count < 0).toBe(false);
					}
				},
			),
		);
	});

	it("names a revision before its day and two counts for one day and date", () => {
		expect(() =>
			reportingTriangle([{ eventDay: 102, asOf: 101, count: 1 }], range),
		).toThrow(/known on 1970-04-12/);
		expect(() =>
			reportingTriangle(
				[
					{ eventDay: 102, asOf: 103, count: 1 },
					{ eventDay: 102, asOf: 103, count: 2 },
				],
				range,
			),
		).toThrow(/one count/);
	});
});
