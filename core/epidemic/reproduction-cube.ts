/**
 * R of many areas over many days at once, for maps and rankings: the estimate of `reproduction-number.ts` to the last digit, in
 * typed arrays, with sliding windows.
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
import {
	NOT_ESTIMABLE_REASONS,
	type NotEstimableReason,
} from "./not-estimable.ts";
import {
	DEFAULT_PRIOR,
	DEFAULT_PROBABILITIES,
	overallInfectiousness,
	PRECISION_RULE,
	type PrecisionRule,
	priorShapeScale,
	type ReproductionPrior,
	requireProbabilities,
	windowSums,
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
const CODE_OF = new Map(REASON_CODES.map((reason, code) => [reason, code]));
const TOO_EARLY = CODE_OF.get("too-early") as number;
const NOT_REPORTED = CODE_OF.get("day-not-reported") as number;

/** Area-major columns of areas x days; the value at a day is that of the window ending on it. */
export type ReproductionCube = {
	mean: Float64Array;
	/** One column per probability asked for. */
	quantiles: Float64Array[];
	/** Probability that R is above 1. */
	aboveOne: Float64Array;
	/** Cases of the window; NaN where a day of it was not reported. */
	cases: Float64Array;
	/** See REASON_CODES; where it is not 0 the values are NaN. */
	reason: Uint8Array;
};

export type ReproductionCubeInput = {
	areas: number;
	days: number;
	/** Local cases, area-major, NaN = not reported; corrections kept apart, so never negative. The series of an area begins with its first report. */
	local: Float64Array;
	serialInterval: SerialInterval;
	windowDays?: number;
	prior?: ReproductionPrior;
	rule?: PrecisionRule;
	/** Default 0.025, 0.5, 0.975. */
	probabilities?: readonly number[];
};

/**
 * Estimates R for every area and day.
 * @param goesOn asked before each area, with how many are done of how many: false ends it
 * @returns null when it was ended
 * @throws ModelInputError for a cube of the wrong size, a negative count, an impossible prior
 */
export function estimateReproductionCube(
	input: ReproductionCubeInput,
): ReproductionCube;
export function estimateReproductionCube(
	input: ReproductionCubeInput,
	goesOn: (done: number, of: number) => boolean,
): ReproductionCube | null;
export function estimateReproductionCube(
	input: ReproductionCubeInput,
	goesOn: (done: number, of: number) => boolean = () => true,
): ReproductionCube | null {
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
	const meanInterval = serialIntervalMoments(serialInterval).mean;
	const probabilities = input.probabilities ?? DEFAULT_PROBABILITIES;
	requireProbabilities(probabilities);
	const quantileAt = probabilities.map(gammaQuantileFor);
	const size = areas * days;
	const column = () => new Float64Array(size).fill(Number.NaN);
	const cube: ReproductionCube = {
		mean: column(),
		quantiles: probabilities.map(column),
		aboveOne: column(),
		cases: column(),
		reason: new Uint8Array(size).fill(NOT_REPORTED),
	};
	for (let area = 0; area < areas; area++) {
		if (!goesOn(area, areas)) return null;
		const whole = local.subarray(area * days, (area + 1) * days);
		const begin = whole.findIndex((value) => !Number.isNaN(value));
		if (begin < 0) continue;
		const series = whole.subarray(begin);
		requireCounts(`local of area ${area}`, series);
		const { lambda, unreportedShare } = overallInfectiousness(
			series,
			serialInterval,
		);
		const at = area * days + begin;
		cube.reason.fill(TOO_EARLY, at, at + Math.min(windowDays, series.length));
		for (let last = windowDays; last < series.length; last++) {
			const { localCases, infectiousness, reason } = windowSums(
				{ first: last - windowDays + 1, last },
				series,
				lambda,
				unreportedShare,
				meanInterval,
				rule,
				false,
			);
			const cell = at + last;
			cube.cases[cell] = localCases;
			cube.reason[cell] = CODE_OF.get(reason ?? "estimated") as number;
			if (reason) continue;
			const shape = a0 + localCases;
			const scale = 1 / (1 / b0 + infectiousness);
			cube.mean[cell] = shape * scale;
			cube.aboveOne[cell] = gammaSurvival(1, shape, scale);
			for (const [q, quantile] of quantileAt.entries())
				(cube.quantiles[q] as Float64Array)[cell] = quantile(shape) * scale;
		}
	}
	return cube;
}
