import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	delayDistribution,
	hospitalDemandOf,
	stayingShare,
} from "../../../core/epidemic/hospital-demand.ts";
import {
	intervalScore,
	scoreProjection,
} from "../../../core/epidemic/projection-score.ts";
import {
	type Bands,
	estimateDispersion,
	type ProjectionInput,
	projectIncidence,
	projectRenewal,
} from "../../../core/epidemic/renewal-projection.ts";
import { discretiseSerialInterval } from "../../../core/epidemic/serial-interval.ts";
import { NISHIURA_UNCERTAINTY } from "../../../core/epidemic/uncertain-serial-interval.ts";
import { createRandom } from "../../../core/statistics/random.ts";

const interval = discretiseSerialInterval(4.7, 2.9, 60);
const past = Array.from({ length: 40 }, (_, day) =>
	Math.round(10 * 1.05 ** day),
);
const hospital = {
	admissionShare: 0.15,
	admissionDelay: { mean: 4, sd: 3 },
	icuShare: 0.12,
	wardStay: { mean: 10, sd: 6 },
	icuStay: { mean: 12, sd: 8 },
};
const input: ProjectionInput = {
	incidence: past,
	serialInterval: NISHIURA_UNCERTAINTY,
	horizonDays: 14,
	draws: 300,
	hospital,
};
const projected = (change: Partial<ProjectionInput> = {}, seed = 1) => {
	const result = projectRenewal({ ...input, ...change }, createRandom(seed));
	if (result.status !== "projected") throw new Error(result.reason);
	return result;
};

describe("the expected projection", () => {
	it("is proportional to the past and grows with R", () => {
		fc.assert(
			fc.property(
				fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 40 }),
				fc.double({ min: 0, max: 3, noNaN: true }),
				fc.integer({ min: 2, max: 9 }),
				(cases, r, factor) => {
					const base = projectIncidence(cases, r, interval, 14);
					const scaled = projectIncidence(
						cases.map((x) => x * factor),
						r,
						interval,
						14,
					);
					const higher = projectIncidence(cases, r + 0.1, interval, 14);
					for (let t = 0; t < base.length; t++) {
						expect(scaled[t]).toBeCloseTo(base[t] * factor, 5);
						expect(higher[t]).toBeGreaterThanOrEqual(base[t]);
					}
				},
			),
		);
	});

	it("stays level at R = 1 after a level past", () => {
		const level = projectIncidence(new Array(80).fill(100), 1, interval, 28);
		for (const cases of level) expect(cases).toBeCloseTo(100, 3);
	});

	it("refuses an unreported day instead of taking it as 0", () => {
		expect(() => projectIncidence([1, Number.NaN, 3], 1, interval, 7)).toThrow(
			/incidence\[1\].*not reported/,
		);
	});

	it("stays finite for an absurd R", () => {
		for (const cases of projectIncidence(past, 1e6, interval, 365))
			expect(Number.isFinite(cases)).toBe(true);
	});
});

describe("hospital demand", () => {
	it("admits everybody it should and keeps them as long as it says", () => {
		const pulse = new Array(200).fill(0).with(0, 1000);
		const demand = hospitalDemandOf(hospital)(pulse);
		const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
		expect(sum(demand.admissions)).toBeCloseTo(150, 6);
		const stay = sum(stayingShare(hospital.wardStay));
		expect(sum(demand.wardCensus)).toBeCloseTo(150 * 0.88 * stay, 6);
		expect(
			delayDistribution(hospital.admissionDelay).reduce((a, b) => a + b),
		).toBeCloseTo(1, 12);
	});

	it("names a share that is none and a stay that is none", () => {
		expect(() => hospitalDemandOf({ ...hospital, icuShare: 2 })).toThrow(
			/icuShare/,
		);
		expect(() =>
			hospitalDemandOf({ ...hospital, wardStay: { mean: 0, sd: 1 } }),
		).toThrow(/stay mean/);
	});
});

describe("the projection with draws", () => {
	it("has nested bands around the median for every quantity", () => {
		const result = projected();
		for (const quantity of [
			result.incidence,
			result.admissions,
			result.wardCensus,
			result.icuCensus,
			result.oxygenM3PerDay,
		] as Bands[]) {
			const [half, most, nearly] = quantity.bands as [
				Bands["bands"][number],
				Bands["bands"][number],
				Bands["bands"][number],
			];
			expect([half.level, most.level, nearly.level]).toEqual([0.5, 0.8, 0.95]);
			for (let day = 0; day < 14; day++) {
				const ladder = [
					nearly.low[day],
					most.low[day],
					half.low[day],
					quantity.median[day],
					half.high[day],
					most.high[day],
					nearly.high[day],
				] as number[];
				expect(ladder.every(Number.isFinite)).toBe(true);
				expect(ladder).toEqual(ladder.toSorted((a, b) => a - b));
			}
		}
	});

	it("is the same for the same seed, another for another", () => {
		expect(projected({}, 5)).toEqual(projected({}, 5));
		expect(projected({}, 5).incidence.median).not.toEqual(
			projected({}, 6).incidence.median,
		);
	});

	it("widens with more noise and falls with a lower R", () => {
		const width = (dispersion: number) => {
			const band = projected({ dispersion }).incidence
				.bands[2] as Bands["bands"][number];
			return band.high[0] - band.low[0];
		};
		expect(width(1)).toBeGreaterThan(width(Number.POSITIVE_INFINITY));
		expect(
			projected({ reproductionFactors: [0.5] }).incidence.median[13],
		).toBeLessThan(projected().incidence.median[13]);
	});

	it("finds how noisy the reported counts are, and widens with it", () => {
		const noisy = (size: number, seed: number) => {
			const random = createRandom(seed);
			const cases: number[] = [];
			for (let day = 0; day < 90; day++)
				cases.push(random.negativeBinomial(400, size));
			return cases;
		};
		const found = Array.from({ length: 15 }, (_, seed) =>
			estimateDispersion(noisy(5, seed), interval),
		).toSorted((a, b) => a - b);
		expect(found[7]).toBeGreaterThan(3);
		expect(found[7]).toBeLessThan(8);
		expect(estimateDispersion(new Array(60).fill(100), interval)).toBe(
			Number.POSITIVE_INFINITY,
		);
		expect(projected({ incidence: noisy(2, 1) }).dispersion).toBeLessThan(
			projected({ incidence: noisy(1000, 1) }).dispersion,
		);
		const calm = projected({ dispersion: Number.POSITIVE_INFINITY });
		const rough = projected({ dispersion: 2 });
		const spread = ({ reproductionDraws: r }: typeof calm) =>
			(r.at(-1) as number) - r[0];
		expect(rough.dispersion).toBeLessThan(calm.dispersion);
		expect(spread(rough)).toBeGreaterThan(2 * spread(calm));
	});

	it("gives the reason and no curve when the last week gives no R", () => {
		const reasonFor = (incidence: number[]) =>
			projectRenewal({ ...input, incidence }, createRandom(1));
		expect(reasonFor([])).toEqual({
			status: "not-projected",
			reason: "too-short",
		});
		expect(reasonFor(new Array(30).fill(0))).toMatchObject({
			reason: "few-cases",
		});
		expect(reasonFor(past.with(-1, Number.NaN))).toMatchObject({
			reason: "day-not-reported",
		});
	});

	it("covers what it should when the world follows its own model", () => {
		const random = createRandom(3);
		let inside = 0;
		let days = 0;
		for (let world = 0; world < 25; world++) {
			const cases: number[] = new Array(10).fill(30);
			while (cases.length < 54) {
				const t = cases.length;
				let lambda = 0;
				for (let s = 1; s <= Math.min(t, 30); s++)
					lambda += interval[s] * cases[t - s];
				cases.push(random.poisson(1.05 * lambda));
			}
			const { incidence } = projected(
				{
					incidence: cases.slice(0, 40),
					dispersion: Number.POSITIVE_INFINITY,
					hospital: undefined,
				},
				world,
			);
			const score = scoreProjection(incidence, cases.slice(40));
			inside += (score.coverage[2]?.share as number) * score.scored;
			days += score.scored;
		}
		expect(inside / days).toBeGreaterThan(0.85);
	});
});

describe("scores of past projections", () => {
	const bands: Bands = {
		median: Float64Array.of(5, 5),
		bands: [
			{ level: 0.8, low: Float64Array.of(0, 0), high: Float64Array.of(10, 10) },
		],
	};

	it("has the interval score of Gneiting and Raftery", () => {
		expect(intervalScore(0, 10, 5, 0.8)).toBe(10);
		expect(intervalScore(0, 10, 12, 0.8)).toBeCloseTo(10 + 10 * 2, 12);
	});

	it("weights intervals as Bracher et al. 2021 and splits into its parts", () => {
		const score = scoreProjection(bands, [12, 5]);
		// (0.5 |12-5| + 0.1 * 30) / 1.5 and (0 + 0.1 * 10) / 1.5, averaged.
		expect(score.weightedIntervalScore).toBeCloseTo(
			(6.5 / 1.5 + 1 / 1.5) / 2,
			12,
		);
		expect(score.coverage).toEqual([{ level: 0.8, share: 0.5 }]);
		expect(
			score.sharpness + score.underprediction + score.overprediction,
		).toBeCloseTo(score.weightedIntervalScore, 12);
	});

	it("leaves out days that were not observed instead of taking them as 0", () => {
		const score = scoreProjection(bands, [5, Number.NaN]);
		expect(score).toMatchObject({
			scored: 1,
			notObserved: 1,
			absoluteError: 0,
		});
		expect(
			scoreProjection(bands, [Number.NaN, Number.NaN]).weightedIntervalScore,
		).toBeNaN();
		expect(() => scoreProjection(bands, [1])).toThrow(/observed/);
	});
});
