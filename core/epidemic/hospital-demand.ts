/**
 * From cases to admissions, beds in use and oxygen: admissions = IHR Σ p(d) I(t-d), census = Σ S(u) admissions(t-u), with p
 * the delay from case to admission and S the share of patients still in after u days, both gamma.
 */

import { gammaCdf, gammaSurvival } from "../statistics/gamma-distribution.ts";
import { ModelInputError, requireNumber } from "./input-error.ts";

/** Mean and standard deviation in days, of a gamma distribution. */
export type Duration = { mean: number; sd: number };

/** From infections (or cases) to beds and oxygen. */
export type HospitalParameters = {
	/** Admissions for each case, 0…1. */
	admissionShare: number;
	admissionDelay: Duration;
	/** Share of the admitted in intensive care, 0…1; the others are on the ward. */
	icuShare: number;
	wardStay: Duration;
	icuStay: Duration;
	/** Litres of oxygen per minute and patient. Default 10 and 30 (WHO interim guidance, 4 April 2020). */
	oxygen?: { wardLitresPerMinute: number; icuLitresPerMinute: number };
};

/** One value per day, over the past and the horizon. */
export type HospitalDemand = {
	admissions: Float64Array;
	wardCensus: Float64Array;
	icuCensus: Float64Array;
	oxygenM3PerDay: Float64Array;
};

/** Means and spreads outside are no delay or stay, and overflow the shape of the gamma. Days. */
const SHORTEST_DURATION = 0.01;
const LONGEST_DURATION = 1000;
const LONGEST_ADMISSION_DELAY = 30;
const LONGEST_STAY = 90;
const OXYGEN = { wardLitresPerMinute: 10, icuLitresPerMinute: 30 };

function requireDuration(name: string, duration: Duration): void {
	for (const key of ["mean", "sd"] as const)
		requireNumber(
			`${name} ${key}`,
			duration[key],
			`days from ${SHORTEST_DURATION} to ${LONGEST_DURATION}`,
			(x) => x >= SHORTEST_DURATION && x <= LONGEST_DURATION,
		);
}

function shapeScale({ mean, sd }: Duration): { shape: number; scale: number } {
	return { shape: (mean / sd) ** 2, scale: sd ** 2 / mean };
}

/** Probability of d whole days from case to admission, d = 0…30, summing to 1. */
export function delayDistribution(
	delay: Duration,
	longest = LONGEST_ADMISSION_DELAY,
): Float64Array {
	requireDuration("delay", delay);
	const { shape, scale } = shapeScale(delay);
	const mass = Float64Array.from(
		{ length: longest + 1 },
		(_, d) => gammaCdf(d + 1, shape, scale) - gammaCdf(d, shape, scale),
	);
	const total = mass.reduce((sum, p) => sum + p, 0);
	if (!(total > 0))
		throw new ModelInputError(
			"delay",
			`mean ${delay.mean}, sd ${delay.sd} days`,
			`some probability within ${longest} days`,
		);
	return mass.map((p) => p / total);
}

/** Share of patients still in after u whole days, u = 0…90. */
export function stayingShare(
	stay: Duration,
	longest = LONGEST_STAY,
): Float64Array {
	requireDuration("stay", stay);
	const { shape, scale } = shapeScale(stay);
	return Float64Array.from({ length: longest + 1 }, (_, u) =>
		gammaSurvival(u, shape, scale),
	);
}

function convolve(
	series: ArrayLike<number>,
	kernel: Float64Array,
): Float64Array {
	const result = new Float64Array(series.length);
	for (let t = 0; t < series.length; t++) {
		let sum = 0;
		for (let lag = 0; lag <= Math.min(t, kernel.length - 1); lag++)
			sum += kernel[lag] * series[t - lag];
		result[t] = sum;
	}
	return result;
}

/** Prepares the kernels once, for many series. */
export function hospitalDemandOf(
	parameters: HospitalParameters,
): (incidence: ArrayLike<number>) => HospitalDemand {
	const share = (x: number) => x >= 0 && x <= 1;
	requireNumber("admissionShare", parameters.admissionShare, "0…1", share);
	requireNumber("icuShare", parameters.icuShare, "0…1", share);
	const { wardLitresPerMinute, icuLitresPerMinute } =
		parameters.oxygen ?? OXYGEN;
	requireNumber(
		"ward oxygen",
		wardLitresPerMinute,
		"0 to 1000 L/min",
		(x) => x >= 0 && x <= 1000,
	);
	requireNumber(
		"ICU oxygen",
		icuLitresPerMinute,
		"0 to 1000 L/min",
		(x) => x >= 0 && x <= 1000,
	);
	const admission = delayDistribution(parameters.admissionDelay).map(
		(p) => p * parameters.admissionShare,
	);
	const ward = stayingShare(parameters.wardStay).map(
		(p) => p * (1 - parameters.icuShare),
	);
	const icu = stayingShare(parameters.icuStay).map(
		(p) => p * parameters.icuShare,
	);
	return (incidence) => {
		const admissions = convolve(incidence, admission);
		const wardCensus = convolve(admissions, ward);
		const icuCensus = convolve(admissions, icu);
		return {
			admissions,
			wardCensus,
			icuCensus,
			oxygenM3PerDay: wardCensus.map(
				(patients, t) =>
					((wardLitresPerMinute * patients +
						icuLitresPerMinute * icuCensus[t]) *
						1440) /
					1000,
			),
		};
	};
}
