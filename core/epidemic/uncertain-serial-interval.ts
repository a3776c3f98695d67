/**
 * R when the serial interval itself is uncertain: pairs of its mean and sd are drawn, R is drawn from the posterior of
 * each pair, and the draws are pooled (Cori 2013, web appendix).
 */

import type { Random } from "../statistics/random.ts";
import { requireNumber } from "./input-error.ts";
import type { NotEstimableReason } from "./not-estimable.ts";
import {
	allCases,
	DEFAULT_PRIOR,
	DEFAULT_PROBABILITIES,
	estimateReproductionNumber,
	overallInfectiousness,
	priorShapeScale,
	type ReproductionEstimate,
	type ReproductionInput,
	requireProbabilities,
} from "./reproduction-number.ts";
import {
	discretiseSerialInterval,
	LONGEST_INTERVAL,
} from "./serial-interval.ts";

/** What is known of the serial interval when its mean and sd are uncertain: truncated normals. Days. */
export type SerialIntervalUncertainty = {
	mean: { mean: number; sd: number; low: number; high: number };
	sd: { mean: number; sd: number; low: number; high: number };
	/** How many pairs of mean and sd are drawn. */
	pairs: number;
	/** How many values of R are drawn from the posterior of each pair. */
	drawsPerPair: number;
};

/** Serial interval of Nishiura, Linton & Akhmetzhanov 2020 (IJID 93:284) with the bounds commonly used with it. */
export const NISHIURA_UNCERTAINTY: SerialIntervalUncertainty = {
	mean: { mean: 4.7, sd: 0.6, low: 3.7, high: 6 },
	sd: { mean: 2.9, sd: 0.5, low: 1.9, high: 4.9 },
	pairs: 200,
	drawsPerPair: 50,
};

/** More pairs, or more draws of each, change no digit that is shown; they only fill the memory. */
export const MOST_PAIRS = 2000;
export const MOST_DRAWS_PER_PAIR = 1000;

/** Draws pairs of mean and sd of the serial interval. */
export function drawSerialIntervalPairs(
	uncertainty: SerialIntervalUncertainty,
	random: Random,
): { mean: number; sd: number }[] {
	const { mean, sd, pairs } = uncertainty;
	for (const [name, spread, lowest] of [
		["mean", mean, 1],
		["sd", sd, 0],
	] as const) {
		const what = `serial interval ${name}`;
		requireNumber(`${what}, low`, spread.low, `> ${lowest}`, (x) => x > lowest);
		requireNumber(
			`${what}, high`,
			spread.high,
			`from ${spread.low} to ${LONGEST_INTERVAL} days`,
			(x) => x >= spread.low && x <= LONGEST_INTERVAL,
		);
		requireNumber(
			`${what}, centre`,
			spread.mean,
			`from ${spread.low} to ${spread.high} days`,
			(x) => x >= spread.low && x <= spread.high,
		);
		requireNumber(
			`${what}, spread`,
			spread.sd,
			`0 to ${LONGEST_INTERVAL} days`,
			(x) => x >= 0 && x <= LONGEST_INTERVAL,
		);
	}
	requireNumber(
		"serial interval pairs",
		pairs,
		`a whole number from 1 to ${MOST_PAIRS}`,
		(x) => Number.isInteger(x) && x >= 1 && x <= MOST_PAIRS,
	);
	requireNumber(
		"draws per pair",
		uncertainty.drawsPerPair,
		`a whole number from 1 to ${MOST_DRAWS_PER_PAIR}`,
		(x) => Number.isInteger(x) && x >= 1 && x <= MOST_DRAWS_PER_PAIR,
	);
	return Array.from({ length: pairs }, () => ({
		mean: random.truncatedNormal(mean.mean, mean.sd, mean.low, mean.high),
		sd: random.truncatedNormal(sd.mean, sd.sd, sd.low, sd.high),
	}));
}

/** Quantile of sorted values with linear interpolation between order statistics (R type 7). */
export function sortedQuantile(
	sorted: ArrayLike<number>,
	probability: number,
): number {
	if (sorted.length === 0) return Number.NaN;
	const position = (sorted.length - 1) * probability;
	const below = Math.floor(position);
	const low = sorted[below];
	const high = sorted[Math.min(below + 1, sorted.length - 1)];
	return low + (position - below) * (high - low);
}

/** R with the uncertainty of the serial interval pooled in. No closed form: quantiles of pooled draws. */
export type PooledReproductionEstimate = Omit<
	ReproductionEstimate,
	"shape" | "scale" | "status" | "reason"
> &
	(
		| {
				status: "estimated";
				mean: number;
				sd: number;
				aboveOne: number;
				quantiles: number[];
		  }
		| { status: "not-estimable"; reason: NotEstimableReason }
	);

/**
 * R in every window with an uncertain serial interval: draws pairs of mean and sd, draws R from the posterior of each
 * pair, pools. The precision rule is applied to the serial interval of the central mean and sd.
 * @param goesOn asked before each window, with how many are done of how many: false ends it
 * @returns null when it was ended
 */
export function estimateReproductionNumberUncertain(
	input: Omit<ReproductionInput, "serialInterval">,
	uncertainty: SerialIntervalUncertainty,
	random: Random,
): PooledReproductionEstimate[];
export function estimateReproductionNumberUncertain(
	input: Omit<ReproductionInput, "serialInterval">,
	uncertainty: SerialIntervalUncertainty,
	random: Random,
	goesOn: (done: number, of: number) => boolean,
): PooledReproductionEstimate[] | null;
export function estimateReproductionNumberUncertain(
	input: Omit<ReproductionInput, "serialInterval">,
	uncertainty: SerialIntervalUncertainty,
	random: Random,
	goesOn: (done: number, of: number) => boolean = () => true,
): PooledReproductionEstimate[] | null {
	const days = input.local.length;
	const reach = Math.max(1, days - 1);
	const central = estimateReproductionNumber({
		...input,
		probabilities: [],
		serialInterval: discretiseSerialInterval(
			uncertainty.mean.mean,
			uncertainty.sd.mean,
			reach,
		),
	});
	const total = allCases(input.local, input.imported);
	const { shape: a0, scale: b0 } = priorShapeScale(
		input.prior ?? DEFAULT_PRIOR,
	);
	const { drawsPerPair } = uncertainty;
	const pairs = drawSerialIntervalPairs(uncertainty, random);
	const cumulativeLambdas = pairs.map(({ mean, sd }) => {
		const { lambda } = overallInfectiousness(
			total,
			discretiseSerialInterval(mean, sd, reach),
		);
		const cumulative = new Float64Array(days + 1);
		for (let t = 0; t < days; t++)
			cumulative[t + 1] = cumulative[t] + (t === 0 ? 0 : lambda[t]);
		return cumulative;
	});
	const probabilities = input.probabilities ?? DEFAULT_PROBABILITIES;
	requireProbabilities(probabilities);
	const draws = new Float64Array(pairs.length * drawsPerPair);
	const pooled = (
		estimate: ReproductionEstimate,
	): PooledReproductionEstimate => {
		if (estimate.status === "not-estimable") return estimate;
		const { first, last, localCases, infectiousness } = estimate;
		let filled = 0;
		let sum = 0;
		let squares = 0;
		let above = 0;
		for (const cumulative of cumulativeLambdas) {
			const scale = 1 / (1 / b0 + cumulative[last + 1] - cumulative[first]);
			for (let draw = 0; draw < drawsPerPair; draw++) {
				const value = random.gamma(a0 + localCases, scale);
				draws[filled++] = value;
				sum += value;
				squares += value * value;
				if (value > 1) above++;
			}
		}
		draws.sort();
		const mean = sum / filled;
		return {
			first,
			last,
			localCases,
			infectiousness,
			status: "estimated",
			mean,
			aboveOne: above / filled,
			sd: Math.sqrt(
				Math.max(0, (squares - filled * mean * mean) / Math.max(1, filled - 1)),
			),
			quantiles: probabilities.map((probability) =>
				sortedQuantile(draws, probability),
			),
		};
	};
	const estimates: PooledReproductionEstimate[] = [];
	for (const estimate of central) {
		if (!goesOn(estimates.length, central.length)) return null;
		estimates.push(pooled(estimate));
	}
	return estimates;
}
