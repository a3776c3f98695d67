import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ModelInputError } from "../../../core/epidemic/input-error.ts";
import {
	estimateReproductionCube,
	REASON_CODES,
} from "../../../core/epidemic/reproduction-cube.ts";
import {
	estimateReproductionNumber,
	NO_PRECISION_RULE,
	overallInfectiousness,
	slidingWindows,
} from "../../../core/epidemic/reproduction-number.ts";
import {
	discretiseSerialInterval,
	givenSerialInterval,
} from "../../../core/epidemic/serial-interval.ts";
import {
	estimateReproductionNumberUncertain,
	NISHIURA_UNCERTAINTY,
} from "../../../core/epidemic/uncertain-serial-interval.ts";
import { createRandom } from "../../../core/statistics/random.ts";

const interval = discretiseSerialInterval(4.7, 2.9, 60);
const counts = (max: number, minLength = 0) =>
	fc.array(fc.oneof(fc.nat({ max }), fc.constant(Number.NaN)), {
		minLength,
		maxLength: 60,
	});
const growing = Array.from({ length: 30 }, (_, day) =>
	Math.round(3 * 1.1 ** day),
);

describe("a window that carries too little has a reason and no number", () => {
	it("fewer than 11 local cases", () => {
		const [estimate] = estimateReproductionNumber({
			local: [0, 2, 1, 1, 2, 1, 2, 1],
			serialInterval: interval,
			keepEarlyWindows: true,
		});
		expect(estimate).toMatchObject({
			status: "not-estimable",
			reason: "few-cases",
			localCases: 10,
		});
		expect(estimate).not.toHaveProperty("mean");
	});

	it("many cases but hardly anybody before who could have infected them", () => {
		const estimates = estimateReproductionNumber({
			local: [0, 0, 0, 0, 0, 0, 0, 40],
			serialInterval: interval,
		});
		expect(estimates[0]).toMatchObject({
			status: "not-estimable",
			reason: "low-infectiousness",
		});
	});

	it("a day that was not reported, which is not a zero", () => {
		const local = [...growing];
		local[20] = Number.NaN;
		const estimates = estimateReproductionNumber({
			local,
			serialInterval: interval,
		});
		for (const estimate of estimates)
			if (estimate.first <= 20 && estimate.last >= 20)
				expect(estimate).toMatchObject({
					status: "not-estimable",
					reason: "day-not-reported",
				});
		expect(
			estimates.filter(({ status }) => status === "estimated"),
		).not.toEqual([]);
	});

	it("days before the window that were not reported and would carry the infectiousness", () => {
		const local = growing.map((cases, day) =>
			day >= 15 && day < 20 ? Number.NaN : cases,
		);
		const estimate = estimateReproductionNumber({
			local,
			serialInterval: interval,
			windows: [{ first: 20, last: 26 }],
		})[0];
		expect(estimate).toMatchObject({ reason: "history-not-reported" });
	});

	it("a window that ends within one mean serial interval of the start", () => {
		const [estimate] = estimateReproductionNumber({
			local: growing,
			serialInterval: interval,
			windows: [{ first: 1, last: 3 }],
		});
		expect(estimate).toMatchObject({ reason: "too-early" });
	});
});

describe("the estimate behaves as theory says", () => {
	it("never lets NaN out of an estimated window, whatever is counted", () => {
		fc.assert(
			fc.property(
				counts(1_000_000_000),
				fc.double({ min: 1.01, max: 40, noNaN: true }),
				fc.double({ min: 0.05, max: 40, noNaN: true }),
				fc.double({ min: 0.01, max: 1000, noNaN: true }),
				fc.double({ min: 0.01, max: 1000, noNaN: true }),
				(local, mean, sd, priorMean, priorSd) => {
					for (const estimate of estimateReproductionNumber({
						local,
						serialInterval: discretiseSerialInterval(mean, sd, 60),
						prior: { mean: priorMean, sd: priorSd },
						rule: NO_PRECISION_RULE,
					})) {
						if (estimate.status !== "estimated") continue;
						for (const value of [
							estimate.mean,
							estimate.sd,
							...estimate.quantiles,
						])
							expect(Number.isFinite(value) && value >= 0).toBe(true);
						const [low, median, high] = estimate.quantiles as [
							number,
							number,
							number,
						];
						expect(low).toBeLessThanOrEqual(median);
						expect(median).toBeLessThanOrEqual(high);
					}
				},
			),
			{ numRuns: 150 },
		);
	});

	it("rises with the cases of the window and falls with those before it", () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 1, max: 500 }), {
					minLength: 20,
					maxLength: 40,
				}),
				fc.integer({ min: 1, max: 500 }),
				(local, more) => {
					const window = { first: local.length - 7, last: local.length - 1 };
					const mean = (series: number[]) => {
						const [estimate] = estimateReproductionNumber({
							local: series,
							serialInterval: interval,
							windows: [window],
							rule: NO_PRECISION_RULE,
						});
						if (estimate?.status !== "estimated")
							throw new Error("not estimated");
						return estimate.mean;
					};
					// The last day infects nobody inside the window; the one before the window does.
					const inside = local.with(-1, (local.at(-1) as number) + more);
					const before = local.with(-8, (local.at(-8) as number) + more);
					expect(mean(inside)).toBeGreaterThan(mean(local));
					expect(mean(before)).toBeLessThan(mean(local));
				},
			),
		);
	});

	it("does not depend on the unit of the counts once they outweigh the prior", () => {
		const at = (scale: number) => {
			const estimate = estimateReproductionNumber({
				local: growing.map((cases) => cases * scale),
				serialInterval: interval,
			}).at(-1);
			if (estimate?.status !== "estimated") throw new Error("not estimated");
			return estimate;
		};
		expect(at(1e8).mean / at(1e6).mean).toBeCloseTo(1, 6);
		expect(at(1e8).sd).toBeLessThan(at(1e6).sd);
	});

	it("takes imported cases as infecting but not as infected here", () => {
		const imported = growing.map(() => 2);
		const asLocal = growing.map((cases, day) => cases + imported[day]);
		const last = (input: { local: number[]; imported?: number[] }) => {
			const estimate = estimateReproductionNumber({
				...input,
				serialInterval: interval,
			}).at(-1);
			if (estimate?.status !== "estimated") throw new Error("not estimated");
			return estimate;
		};
		const split = last({ local: growing, imported });
		const together = last({ local: asLocal });
		expect(split.infectiousness).toBeCloseTo(together.infectiousness, 10);
		expect(split.mean).toBeLessThan(together.mean);
	});

	it("gives nothing for an empty series and for a single day", () => {
		for (const local of [[], [5]])
			expect(
				estimateReproductionNumber({ local, serialInterval: interval }),
			).toEqual([]);
		expect(slidingWindows(8)).toEqual([{ first: 1, last: 7 }]);
		expect(slidingWindows(16, 7, 7)).toEqual([
			{ first: 1, last: 7 },
			{ first: 8, last: 14 },
		]);
		expect(() => slidingWindows(8, 7, 0)).toThrow(/window step/);
	});

	it("spreads further when the serial interval is uncertain, around the same centre", () => {
		const local = Array.from({ length: 40 }, (_, day) =>
			Math.round(20 * 1.08 ** day),
		);
		const fixed = estimateReproductionNumber({
			local,
			serialInterval: interval,
		}).at(-1);
		const [pooled, again] = [1, 1].map((seed) =>
			estimateReproductionNumberUncertain(
				{ local },
				NISHIURA_UNCERTAINTY,
				createRandom(seed),
			).at(-1),
		);
		if (fixed?.status !== "estimated" || pooled?.status !== "estimated")
			throw new Error("not estimated");
		expect(pooled.sd).toBeGreaterThan(fixed.sd);
		expect(Math.abs(pooled.mean - fixed.mean)).toBeLessThan(0.1);
		expect(again).toEqual(pooled);
	});
});

describe("a wrong input is named", () => {
	it.each([
		["a negative count", { local: [1, -2, 3] }, /local\[1\].*-2/],
		[
			"imports of another length",
			{ local: [1, 2], imported: [1] },
			/imported.*1 days/,
		],
		[
			"a window outside the series",
			{ local: growing, windows: [{ first: 0, last: 5 }] },
			/windows\[0\]/,
		],
		[
			"an impossible prior",
			{ local: growing, prior: { mean: 0, sd: 1 } },
			/prior mean/,
		],
	])("%s", (_, input, message) => {
		expect(() =>
			estimateReproductionNumber({ serialInterval: interval, ...input }),
		).toThrow(message);
	});

	it("a serial interval that cannot be", () => {
		expect(() => discretiseSerialInterval(1, 2, 10)).toThrow(ModelInputError);
		expect(() => givenSerialInterval([0.1, 0.9])).toThrow(/own onset/);
		expect(() => givenSerialInterval([0, 0.5, 0.2])).toThrow(/sum/);
	});
});

describe("the serial interval", () => {
	it("is a distribution with the mean asked for", () => {
		fc.assert(
			fc.property(
				fc.double({ min: 2.5, max: 15, noNaN: true }),
				fc.double({ min: 0.5, max: 4, noNaN: true }),
				(mean, sd) => {
					const w = discretiseSerialInterval(mean, sd, 500);
					const sum = w.reduce((total, p) => total + p, 0);
					const found = w.reduce((total, p, k) => total + p * k, 0);
					expect(w[0]).toBe(0);
					expect(sum).toBeCloseTo(1, 8);
					expect(found).toBeCloseTo(mean, 5);
				},
			),
		);
	});

	it("counts an unreported day as unknown and not as no infectiousness", () => {
		const { lambda, unreportedShare } = overallInfectiousness(
			[1, Number.NaN, 1],
			givenSerialInterval([0, 0.6, 0.4]),
		);
		expect([...lambda]).toEqual([Number.NaN, 0.6, 0.4]);
		expect([...unreportedShare]).toEqual([0, 0, 0.6]);
	});
});

describe("the cube of areas", () => {
	it("says for every area and day what the single series says", () => {
		fc.assert(
			fc.property(
				fc.array(counts(200, 25), { minLength: 1, maxLength: 4 }),
				(series) => {
					const days = Math.min(...series.map(({ length }) => length));
					const rows = series.map((row) => row.slice(0, days));
					const cube = estimateReproductionCube({
						areas: rows.length,
						days,
						local: Float64Array.from(rows.flat()),
						serialInterval: interval,
					});
					for (const [area, local] of rows.entries()) {
						// The series of an area begins with its first report, as that of a file does.
						const begin = local.findIndex((one) => !Number.isNaN(one));
						for (const estimate of estimateReproductionNumber({
							local: begin < 0 ? [] : local.slice(begin),
							serialInterval: interval,
						})) {
							const cell = area * days + begin + estimate.last;
							const reason = REASON_CODES[cube.reason[cell]];
							expect(cube.cases[cell]).toBe(estimate.localCases);
							if (estimate.status === "estimated") {
								expect(reason).toBe("estimated");
								expect(cube.mean[cell]).toBe(estimate.mean);
								expect(cube.aboveOne[cell]).toBe(estimate.aboveOne);
								expect(cube.quantiles.map((one) => one[cell])).toEqual(
									estimate.quantiles,
								);
							} else {
								expect(reason).toBe(estimate.reason);
								expect(cube.mean[cell]).toBeNaN();
							}
						}
						for (let day = 0; day < days && day < begin + 7; day++)
							expect(REASON_CODES[cube.reason[area * days + day]]).toBe(
								begin < 0 || day < begin ? "day-not-reported" : "too-early",
							);
					}
				},
			),
			{ numRuns: 60 },
		);
	});

	it("is unmoved by the order of areas", () => {
		const rows = [growing, growing.toReversed(), growing.map((x) => x * 2)];
		const cubeOf = (order: number[]) =>
			estimateReproductionCube({
				areas: 3,
				days: 30,
				local: Float64Array.from(order.flatMap((row) => rows[row] as number[])),
				serialInterval: interval,
			});
		const straight = cubeOf([0, 1, 2]);
		const turned = cubeOf([2, 0, 1]);
		expect(turned.mean.slice(30, 60)).toEqual(straight.mean.slice(0, 30));
		expect(turned.reason.slice(0, 30)).toEqual(straight.reason.slice(60, 90));
	});
});
