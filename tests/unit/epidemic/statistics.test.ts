import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	gammaCdf,
	gammaQuantile,
	gammaSurvival,
} from "../../../core/statistics/gamma-distribution.ts";
import { logFactorial, logGamma } from "../../../core/statistics/log-gamma.ts";
import { normalQuantile } from "../../../core/statistics/normal-quantile.ts";
import {
	createRandom,
	DistributionDomainError,
} from "../../../core/statistics/random.ts";
import { studentQuantile } from "../../../core/statistics/student-quantile.ts";

function moments(draw: () => number, draws = 40_000) {
	let sum = 0;
	let squares = 0;
	for (let i = 0; i < draws; i++) {
		const value = draw();
		sum += value;
		squares += value * value;
	}
	const mean = sum / draws;
	return { mean, variance: squares / draws - mean * mean };
}

describe("the seeded generator", () => {
	it("gives the same stream for the same seed and another for another", () => {
		const stream = (seed: number | string) => {
			const random = createRandom(seed);
			return Array.from({ length: 20 }, () => random.uniform());
		};
		expect(stream(7)).toEqual(stream(7));
		expect(stream("drill")).toEqual(stream("drill"));
		expect(stream(7)).not.toEqual(stream(8));
	});

	it("forks by name into streams that differ", () => {
		const fork = (name: string) => createRandom(1).fork(name).uniform();
		expect(fork("cases")).toBe(fork("cases"));
		expect(fork("cases")).not.toBe(fork("stock"));
	});

	it.each([
		[
			"uniform",
			(r: ReturnType<typeof createRandom>) => r.uniform(),
			0.5,
			1 / 12,
		],
		["normal", (r: ReturnType<typeof createRandom>) => r.normal(3, 2), 3, 4],
		[
			"gamma of small shape",
			(r: ReturnType<typeof createRandom>) => r.gamma(0.3, 2),
			0.6,
			1.2,
		],
		[
			"gamma",
			(r: ReturnType<typeof createRandom>) => r.gamma(7.5, 0.3),
			2.25,
			0.675,
		],
		[
			"Poisson by inversion",
			(r: ReturnType<typeof createRandom>) => r.poisson(3),
			3,
			3,
		],
		[
			"Poisson by rejection",
			(r: ReturnType<typeof createRandom>) => r.poisson(40),
			40,
			40,
		],
		[
			"binomial by inversion",
			(r: ReturnType<typeof createRandom>) => r.binomial(10, 0.3),
			3,
			2.1,
		],
		[
			"binomial by rejection",
			(r: ReturnType<typeof createRandom>) => r.binomial(200, 0.7),
			140,
			42,
		],
		[
			"negative binomial",
			(r: ReturnType<typeof createRandom>) => r.negativeBinomial(20, 3),
			20,
			20 + 400 / 3,
		],
	] as const)(
		"%s has the mean and variance it is named for",
		(_, draw, mean, variance) => {
			const random = createRandom(20200412);
			const found = moments(() => draw(random));
			expect(Math.abs(found.mean - mean)).toBeLessThan(
				5 * Math.sqrt(variance / 40_000),
			);
			expect(found.variance / variance).toBeGreaterThan(0.92);
			expect(found.variance / variance).toBeLessThan(1.08);
		},
	);

	it.each([
		[
			"Poisson",
			(r: ReturnType<typeof createRandom>) => r.poisson(20),
			(k: number) => k * Math.log(20) - 20 - logFactorial(k),
		],
		[
			"binomial",
			(r: ReturnType<typeof createRandom>) => r.binomial(50, 0.4),
			(k: number) =>
				logFactorial(50) -
				logFactorial(k) -
				logFactorial(50 - k) +
				k * Math.log(0.4) +
				(50 - k) * Math.log(0.6),
		],
	] as const)(
		"%s counts come as often as their probabilities say (chi-square)",
		(_, draw, logMass) => {
			const random = createRandom(1948);
			const draws = 300_000;
			const seen = new Float64Array(60);
			for (let i = 0; i < draws; i++) {
				const k = Math.min(59, draw(random));
				seen[k] = seen[k] + 1;
			}
			let chiSquare = 0;
			let cells = 0;
			for (let k = 9; k <= 31; k++) {
				const expected = draws * Math.exp(logMass(k));
				chiSquare += (seen[k] - expected) ** 2 / expected;
				cells++;
			}
			expect(chiSquare).toBeLessThan(gammaQuantile(0.999, cells / 2, 2));
		},
	);

	it("draws counts that are whole and within bounds for any parameters", () => {
		fc.assert(
			fc.property(
				fc.integer(),
				fc.double({ min: 0, max: 1e9, noNaN: true }),
				fc.integer({ min: 0, max: 1_000_000 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(seed, mean, trials, probability) => {
					const random = createRandom(seed);
					expect(Number.isInteger(random.poisson(mean))).toBe(true);
					const successes = random.binomial(trials, probability);
					expect(successes).toBeGreaterThanOrEqual(0);
					expect(successes).toBeLessThanOrEqual(trials);
				},
			),
			{ numRuns: 200 },
		);
	});

	it("stays inside a truncation even when it lies far in a tail", () => {
		const random = createRandom(1);
		for (let i = 0; i < 50; i++) {
			const value = random.truncatedNormal(0, 1, 40, 41);
			expect(value).toBeGreaterThanOrEqual(40);
			expect(value).toBeLessThanOrEqual(41);
		}
	});

	it("refuses parameters outside a distribution's domain by name", () => {
		const random = createRandom(1);
		expect(() => random.poisson(-1)).toThrow(DistributionDomainError);
		expect(() => random.gamma(0, 1)).toThrow(/shape 0/);
		expect(() => createRandom(Number.NaN)).toThrow(DistributionDomainError);
	});
});

describe("the gamma distribution", () => {
	it("has quantiles that undo the distribution function, from tiny to huge shapes", () => {
		fc.assert(
			fc.property(
				fc.double({ min: -2, max: 6, noNaN: true }),
				fc.double({ min: 0.001, max: 0.999, noNaN: true }),
				(exponent, probability) => {
					const shape = 10 ** exponent;
					const quantile = gammaQuantile(probability, shape);
					// Below 1e-290 the quantile of a tiny shape is outside the range of doubles.
					fc.pre(quantile > 1e-290);
					expect(gammaCdf(quantile, shape)).toBeCloseTo(probability, 9);
				},
			),
			{ numRuns: 500 },
		);
	});

	it("keeps to the distribution far out in the tails too", () => {
		for (const shape of [80, 5000])
			for (const probability of [1e-30, 1e-6])
				expect(
					gammaCdf(gammaQuantile(probability, shape), shape) / probability,
				).toBeCloseTo(1, 8);
	});

	it("is continuous where the series takes over from Newton's method", () => {
		for (const probability of [0.025, 0.5, 0.975]) {
			const below = gammaQuantile(probability, 80 - 1e-9);
			const above = gammaQuantile(probability, 80);
			expect(Math.abs(above - below) / above).toBeLessThan(1e-10);
		}
	});

	it("has a survival that keeps its digits far in the tail", () => {
		// exp(-x) is the survival of shape 1.
		expect(gammaSurvival(200, 1) / Math.exp(-200)).toBeCloseTo(1, 12);
		expect(gammaCdf(1e-12, 1) / 1e-12).toBeCloseTo(1, 10);
	});

	it("gives NaN, not a number, outside its domain", () => {
		expect(gammaQuantile(1.5, 1)).toBeNaN();
		expect(gammaQuantile(0.5, -1)).toBeNaN();
		expect(gammaCdf(1, 0)).toBeNaN();
		expect(gammaQuantile(0, 2)).toBe(0);
		expect(gammaQuantile(1, 2)).toBe(Number.POSITIVE_INFINITY);
	});
});

describe("supporting functions", () => {
	it("have Student's quantiles of the printed tables, and the normal one for many degrees of freedom", () => {
		for (const [probability, freedom, expected] of [
			[0.975, 1, 12.7062],
			[0.95, 2, 2.91999],
			[0.975, 3, 3.18245],
			[0.995, 4, 4.60409],
			[0.975, 5, 2.57058],
			[0.975, 30, 2.04227],
			[0.975, 4001, normalQuantile(0.975)],
		] as const)
			expect(studentQuantile(probability, freedom)).toBeCloseTo(
				expected,
				freedom > 1000 ? 2 : 4,
			);
	});

	it("logGamma obeys its recurrence and the factorials", () => {
		fc.assert(
			fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), (x) => {
				const difference = logGamma(x + 1) - logGamma(x) - Math.log(x);
				expect(Math.abs(difference)).toBeLessThan(
					1e-13 * Math.max(10, Math.abs(logGamma(x + 1))),
				);
			}),
		);
		expect(logFactorial(5)).toBeCloseTo(Math.log(120), 14);
		expect(logFactorial(200)).toBeCloseTo(863.2319871924054, 9);
	});

	it("normalQuantile reaches the published values of AS 241", () => {
		expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 15);
		expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167814, 14);
		expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 13);
	});
});
