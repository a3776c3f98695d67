/**
 * R of many areas over many days at once, for maps and time-lapses: the same estimate as `reproduction-number.ts`, in
 * typed arrays, with sliding windows.
 */

import { gammaQuantileFor } from "../statistics/gamma-distribution.ts";
import { ModelInputError, requireNumber } from "./input-error.ts";
import {
	NOT_ESTIMABLE_REASONS,
	type NotEstimableReason,
} from "./not-estimable.ts";
import {
	DEFAULT_PRIOR,
	PRECISION_RULE,
	type PrecisionRule,
	priorShapeScale,
	type ReproductionPrior,
	requireProbabilities,
	UNREPORTED_SHARE,
} from "./reproduction-number.ts";
import {
	type SerialInterval,
	serialIntervalMoments,
} from "./serial-interval.ts";

/** Code of each reason in `ReproductionCube.reason`; 0 = estimated. */
export const REASON_CODES: readonly ("estimated" | NotEstimableReason)[] = [
	"estimated",
	...NOT_ESTIMABLE_REASONS,
];
const [
	ESTIMATED,
	FEW_CASES,
	LOW_INFECTIOUSNESS,
	DAY_NOT_REPORTED,
	HISTORY_NOT_REPORTED,
	TOO_EARLY,
] = REASON_CODES.keys() as unknown as [
	number,
	number,
	number,
	number,
	number,
	number,
];

/** Area-major columns of areas x days; the value at a day is that of the window ending on it. */
export type ReproductionCube = {
	mean: Float32Array;
	/** One column per probability asked for. */
	quantiles: Float32Array[];
	/** See REASON_CODES; where it is not 0 the values are NaN. */
	reason: Uint8Array;
};

export type ReproductionCubeInput = {
	areas: number;
	days: number;
	/** Local cases, area-major, NaN = not reported; corrections kept apart, so never negative. */
	local: ArrayLike<number>;
	serialInterval: SerialInterval;
	windowDays?: number;
	prior?: ReproductionPrior;
	rule?: PrecisionRule;
	/** Default 0.025, 0.5, 0.975. */
	probabilities?: readonly number[];
};

/** Less of the serial interval than this changes no estimate that is shown: ΣΛ of a shown window is at least 1. */
const NEGLIGIBLE = 1e-12;

/** Days that carry all of the serial interval but a negligible rest, so that the convolution stays short. */
function reachOfAlmostAll(w: SerialInterval): number {
	let rest = 0;
	let reach = w.length - 1;
	while (reach > 0 && rest + w[reach] < NEGLIGIBLE) rest += w[reach--];
	return reach;
}

/**
 * Estimates R for every area and day.
 * @throws ModelInputError for a cube of the wrong size, a negative count, an impossible prior
 */
export function estimateReproductionCube(
	input: ReproductionCubeInput,
): ReproductionCube {
	const { areas, days, local, serialInterval } = input;
	const windowDays = input.windowDays ?? 7;
	const rule = input.rule ?? PRECISION_RULE;
	requireNumber(
		"windowDays",
		windowDays,
		"whole days >= 1",
		(x) => Number.isInteger(x) && x >= 1,
	);
	if (local.length !== areas * days)
		throw new ModelInputError(
			"local",
			`${local.length} values`,
			`${areas} areas x ${days} days`,
		);
	const { shape: a0, scale: b0 } = priorShapeScale(
		input.prior ?? DEFAULT_PRIOR,
	);
	const reach = reachOfAlmostAll(serialInterval);
	const meanInterval = serialIntervalMoments(serialInterval).mean;
	const probabilities = input.probabilities ?? [0.025, 0.5, 0.975];
	requireProbabilities(probabilities);
	const quantileAt = probabilities.map(gammaQuantileFor);
	const size = areas * days;
	const mean = new Float32Array(size).fill(Number.NaN);
	const quantiles = probabilities.map(() =>
		new Float32Array(size).fill(Number.NaN),
	);
	const reason = new Uint8Array(size).fill(TOO_EARLY);
	// Of one area: what was counted (0 where unreported), which days are unreported, and sums up to each day.
	const counted = new Float64Array(days);
	const silent = new Uint8Array(days);
	const cases = new Float64Array(days + 1);
	const silentDays = new Float64Array(days + 1);
	const infectiousness = new Float64Array(days + 1);
	const unreported = new Float64Array(days + 1);
	for (let area = 0; area < areas; area++) {
		const at = area * days;
		let anySilent = false;
		let firstCase = days;
		for (let t = 0; t < days; t++) {
			const value = local[at + t];
			if (Number.isNaN(value)) {
				silent[t] = 1;
				counted[t] = 0;
				anySilent = true;
			} else if (value >= 0) {
				silent[t] = 0;
				counted[t] = value;
				if (value > 0 && t < firstCase) firstCase = t;
			} else
				throw new ModelInputError(
					`local of area ${area}, day ${t}`,
					value,
					"a count >= 0, or NaN for a day that was not reported",
				);
			cases[t + 1] = cases[t] + counted[t];
			silentDays[t + 1] = silentDays[t] + silent[t];
		}
		for (let t = 0; t < days; t++) {
			let sum = 0;
			let missing = 0;
			const back = Math.min(t - firstCase, reach);
			for (let s = 1; s <= back; s++) sum += counted[t - s] * serialInterval[s];
			if (anySilent)
				for (let s = 1; s <= Math.min(t, reach); s++)
					missing += silent[t - s] * serialInterval[s];
			infectiousness[t + 1] = infectiousness[t] + sum;
			unreported[t + 1] = unreported[t] + missing;
		}
		for (let last = windowDays; last < days; last++) {
			const first = last - windowDays + 1;
			const over = (sums: Float64Array) => sums[last + 1] - sums[first];
			const localCases = over(cases);
			const total = over(infectiousness);
			const cell = at + last;
			if (last + 1 <= meanInterval) reason[cell] = TOO_EARLY;
			else if (over(silentDays) > 0) reason[cell] = DAY_NOT_REPORTED;
			else if (over(unreported) / windowDays > UNREPORTED_SHARE)
				reason[cell] = HISTORY_NOT_REPORTED;
			else if (localCases < rule.minimumCases) reason[cell] = FEW_CASES;
			else if (total < rule.minimumInfectiousness)
				reason[cell] = LOW_INFECTIOUSNESS;
			else {
				const shape = a0 + localCases;
				const scale = 1 / (1 / b0 + total);
				reason[cell] = ESTIMATED;
				mean[cell] = shape * scale;
				for (let q = 0; q < quantileAt.length; q++)
					(quantiles[q] as Float32Array)[cell] =
						(quantileAt[q] as (shape: number) => number)(shape) * scale;
			}
		}
	}
	return { mean, quantiles, reason };
}
