/**
 * Instantaneous reproduction number R(t) of one series.
 *
 * Method: Cori et al. 2013, Am J Epidemiol 178:1505-1512, doi:10.1093/aje/kwt133; imported cases as in Thompson et
 * al. 2019, Epidemics 29:100356. Cases of day t are Poisson with mean R Λ(t), Λ(t) = Σ I(t-s) w(s), R constant inside
 * a window; with a gamma prior the posterior is Gamma(a0 + Σ local, 1 / (1/b0 + Σ Λ)).
 *
 * Use onset (or specimen) dates with the right edge nowcast; published batch dates shift R.
 */

import {
	gammaQuantileFor,
	gammaSurvival,
} from "../statistics/gamma-distribution.ts";
import {
	ModelInputError,
	requireCounts,
	requireNumber,
} from "./input-error.ts";
import type { NotEstimableReason } from "./not-estimable.ts";
import {
	type SerialInterval,
	serialIntervalMoments,
	serialIntervalReach,
} from "./serial-interval.ts";

/** Gamma prior of R. Default mean 5, sd 5 (Cori 2013): wide, so that an epidemic is not believed over too early. */
export type ReproductionPrior = { mean: number; sd: number };

export const DEFAULT_PRIOR: ReproductionPrior = { mean: 5, sd: 5 };

/** A window of days, both ends included, counted from 0 at the first day of the series. first >= 1. */
export type DayWindow = { first: number; last: number };

/** When a window carries too little to speak of R: a coefficient of variation above 0.3 at the default prior. */
export type PrecisionRule = {
	/** Fewest local cases in the window. */
	minimumCases: number;
	/** Least total infectiousness ΣΛ in the window. */
	minimumInfectiousness: number;
};

export const PRECISION_RULE: PrecisionRule = {
	minimumCases: 11,
	minimumInfectiousness: 1,
};

/** No rule: every window gives its posterior, even if it is hardly more than the prior. For comparison with EpiEstim. */
export const NO_PRECISION_RULE: PrecisionRule = {
	minimumCases: 0,
	minimumInfectiousness: 0,
};

/** Share of the serial interval that may fall on unreported days before Λ of a window counts as unknown. */
export const UNREPORTED_SHARE = 0.1;

/** R in one window, or the reason why there is none. Indices count days from 0. */
export type ReproductionEstimate = {
	first: number;
	last: number;
	/** Local cases in the window (NaN when a day was not reported). */
	localCases: number;
	/** ΣΛ over the window. */
	infectiousness: number;
} & (
	| {
			status: "estimated";
			/** Posterior gamma distribution. */
			shape: number;
			scale: number;
			mean: number;
			sd: number;
			/** Probability that R is above 1. */
			aboveOne: number;
			/** In the order of the probabilities asked for. */
			quantiles: number[];
	  }
	| { status: "not-estimable"; reason: NotEstimableReason }
);

export type ReproductionInput = {
	/** Local cases by day; NaN = not reported. Counts of the first day are taken as imported. */
	local: ArrayLike<number>;
	/** Imported cases by day, same length: they infect, but are not infected here. */
	imported?: ArrayLike<number> | undefined;
	/** Probabilities w[k] of k days. */
	serialInterval: SerialInterval;
	prior?: ReproductionPrior;
	/** Default: every 7 days, sliding by one day. */
	windows?: readonly DayWindow[];
	/** Default 0.025, 0.5, 0.975. */
	probabilities?: readonly number[];
	rule?: PrecisionRule;
	/** Estimate also windows that end within one mean serial interval of the start. Default false. */
	keepEarlyWindows?: boolean;
};

export const DEFAULT_PROBABILITIES = [0.025, 0.5, 0.975] as const;

/**
 * Windows of `length` days from the second day of the series on, each `step` days after the one before: 1 slides day by
 * day, 7 with a length of 7 gives weeks that do not overlap. Empty when the series is too short.
 */
export function slidingWindows(
	days: number,
	length = 7,
	step = 1,
): DayWindow[] {
	for (const [name, value] of [
		["window length", length],
		["window step", step],
	] as const)
		requireNumber(
			name,
			value,
			"a whole number of days >= 1",
			(x) => Number.isInteger(x) && x >= 1,
		);
	const windows: DayWindow[] = [];
	for (let first = 1; first + length - 1 < days; first += step)
		windows.push({ first, last: first + length - 1 });
	return windows;
}

/** @throws ModelInputError for a probability of which there is no quantile */
export function requireProbabilities(probabilities: readonly number[]): void {
	for (const [index, probability] of probabilities.entries())
		requireNumber(
			`probabilities[${index}]`,
			probability,
			"between 0 and 1",
			(x) => x > 0 && x < 1,
		);
}

/** Shape and scale of the gamma prior. */
export function priorShapeScale(prior: ReproductionPrior): {
	shape: number;
	scale: number;
} {
	for (const key of ["mean", "sd"] as const)
		requireNumber(
			`prior ${key}`,
			prior[key],
			"0.001 to 1000",
			(x) => x >= 0.001 && x <= 1000,
		);
	return {
		shape: (prior.mean / prior.sd) ** 2,
		scale: prior.sd ** 2 / prior.mean,
	};
}

/**
 * Infectiousness Λ(t) = Σ_{s>=1} I(t-s) w(s) of every day.
 * @param incidence all cases by day; an unreported day (NaN) adds nothing and is counted in `unreportedShare`
 * @returns Λ with NaN on day 0 (nobody before), and the share of w falling on unreported days
 */
export function overallInfectiousness(
	incidence: ArrayLike<number>,
	serialInterval: SerialInterval,
): { lambda: Float64Array; unreportedShare: Float64Array } {
	const days = incidence.length;
	const reach = serialIntervalReach(serialInterval);
	const lambda = new Float64Array(days);
	const unreportedShare = new Float64Array(days);
	if (days > 0) lambda[0] = Number.NaN;
	for (let t = 1; t < days; t++) {
		let sum = 0;
		let unreported = 0;
		for (let s = 1; s <= Math.min(t, reach); s++) {
			const cases = incidence[t - s];
			const weight = serialInterval[s];
			if (Number.isNaN(cases)) unreported += weight;
			else sum += cases * weight;
		}
		lambda[t] = sum;
		unreportedShare[t] = unreported;
	}
	return { lambda, unreportedShare };
}

/**
 * Local and imported cases together: all of them infect.
 * The cases of the first day count as imported (nobody in the series can have infected them); windows begin on the second
 * day, so they never count as infected here.
 */
export function allCases(
	local: ArrayLike<number>,
	imported: ArrayLike<number> | undefined,
): Float64Array {
	requireCounts("local", local);
	if (imported) {
		requireCounts("imported", imported);
		if (imported.length !== local.length)
			throw new ModelInputError(
				"imported",
				`${imported.length} days`,
				`${local.length} days, as many as local`,
			);
	}
	return Float64Array.from(local, (cases, day) =>
		imported ? cases + imported[day] : cases,
	);
}

function requireWindow(window: DayWindow, days: number, index: number): void {
	const { first, last } = window;
	if (
		!Number.isInteger(first) ||
		!Number.isInteger(last) ||
		first < 1 ||
		last < first ||
		last >= days
	)
		throw new ModelInputError(
			`windows[${index}]`,
			`${first}…${last}`,
			`whole days with 1 <= first <= last <= ${days - 1}`,
		);
}

/** Sums of one window and, if there is one, the reason not to estimate from it. */
export type WindowSums = {
	localCases: number;
	infectiousness: number;
	reason: NotEstimableReason | undefined;
};

export function windowSums(
	window: DayWindow,
	local: ArrayLike<number>,
	lambda: Float64Array,
	unreportedShare: Float64Array,
	meanInterval: number,
	rule: PrecisionRule,
	keepEarlyWindows: boolean,
): WindowSums {
	let localCases = 0;
	let infectiousness = 0;
	let unreported = 0;
	for (let t = window.first; t <= window.last; t++) {
		localCases += local[t];
		infectiousness += lambda[t];
		unreported += unreportedShare[t];
	}
	const length = window.last - window.first + 1;
	let reason: NotEstimableReason | undefined;
	if (!keepEarlyWindows && window.last + 1 <= meanInterval)
		reason = "too-early";
	else if (Number.isNaN(localCases)) reason = "day-not-reported";
	else if (unreported / length > UNREPORTED_SHARE)
		reason = "history-not-reported";
	else if (localCases < rule.minimumCases) reason = "few-cases";
	else if (infectiousness < rule.minimumInfectiousness)
		reason = "low-infectiousness";
	return { localCases, infectiousness, reason };
}

/**
 * Estimates R in every window.
 * @returns one value per window, in their order; empty for a series shorter than one window plus one day
 * @throws ModelInputError for negative counts, windows outside the series, an impossible prior
 */
export function estimateReproductionNumber(
	input: ReproductionInput,
): ReproductionEstimate[] {
	const { local } = input;
	const total = allCases(local, input.imported);
	const { shape: a0, scale: b0 } = priorShapeScale(
		input.prior ?? DEFAULT_PRIOR,
	);
	const windows = input.windows ?? slidingWindows(local.length);
	const rule = input.rule ?? PRECISION_RULE;
	const { lambda, unreportedShare } = overallInfectiousness(
		total,
		input.serialInterval,
	);
	const meanInterval = serialIntervalMoments(input.serialInterval).mean;
	const probabilities = input.probabilities ?? DEFAULT_PROBABILITIES;
	requireProbabilities(probabilities);
	const quantileAt = probabilities.map(gammaQuantileFor);
	return windows.map((window, index) => {
		requireWindow(window, local.length, index);
		const { localCases, infectiousness, reason } = windowSums(
			window,
			local,
			lambda,
			unreportedShare,
			meanInterval,
			rule,
			input.keepEarlyWindows ?? false,
		);
		const { first, last } = window;
		if (reason)
			return {
				first,
				last,
				localCases,
				infectiousness,
				status: "not-estimable",
				reason,
			};
		const shape = a0 + localCases;
		const scale = 1 / (1 / b0 + infectiousness);
		return {
			first,
			last,
			localCases,
			infectiousness,
			status: "estimated",
			shape,
			scale,
			mean: shape * scale,
			sd: Math.sqrt(shape) * scale,
			aboveOne: gammaSurvival(1, shape, scale),
			quantiles: quantileAt.map((quantile) => quantile(shape) * scale),
		};
	});
}
