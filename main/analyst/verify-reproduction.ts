/** How reference files of the reproduction number, serial interval and gamma quantile are recomputed. */

import {
	type DayWindow,
	estimateReproductionNumber,
	NO_PRECISION_RULE,
	overallInfectiousness,
	type ReproductionPrior,
	slidingWindows,
} from "../../core/epidemic/reproduction-number.ts";
import {
	discretiseSerialInterval,
	givenSerialInterval,
	type SerialInterval,
	serialIntervalMoments,
} from "../../core/epidemic/serial-interval.ts";
import { estimateReproductionNumberUncertain } from "../../core/epidemic/uncertain-serial-interval.ts";
import { isObject } from "../../core/reading/json.ts";
import { gammaQuantile } from "../../core/statistics/gamma-distribution.ts";
import { createRandom } from "../../core/statistics/random.ts";
import {
	countsAt,
	numberAt,
	numbersAt,
	objectAt,
	optionalNumberAt,
	textAt,
} from "./reference-file.ts";
import type { ValuePath, Verifier } from "./verify.ts";

/** Every quantile a file of this family may name, with the key it is named by. */
const QUANTILES: readonly (readonly [string, number])[] = [
	["q005", 0.005],
	["q01", 0.01],
	["q025", 0.025],
	["q05", 0.05],
	["q10", 0.1],
	["q1", 0.1],
	["q20", 0.2],
	["q25", 0.25],
	["q50", 0.5],
	["q5", 0.5],
	["median", 0.5],
	["q75", 0.75],
	["q80", 0.8],
	["q90", 0.9],
	["q9", 0.9],
	["q95", 0.95],
	["q975", 0.975],
	["q99", 0.99],
	["q995", 0.995],
];

function windowsOf(config: Record<string, unknown>, days: number): DayWindow[] {
	const base = optionalNumberAt(config, "t_index_base") ?? 1;
	if (config.t_start === undefined || config.t_start === null)
		return slidingWindows(days);
	const starts = numbersAt(config, "t_start");
	const ends = numbersAt(config, "t_end");
	if (starts.length !== ends.length)
		throw new RangeError(
			`config.t_end: found ${ends.length} values, expected ${starts.length}, as many as t_start`,
		);
	return starts.map((start, index) => ({
		first: start - base,
		last: ends[index] - base,
	}));
}

function priorOf(config: Record<string, unknown>): ReproductionPrior {
	const mean = optionalNumberAt(config, "mean_prior");
	const sd = optionalNumberAt(config, "std_prior");
	if (mean !== undefined && sd !== undefined) return { mean, sd };
	const shape = optionalNumberAt(config, "prior_shape");
	const scale = optionalNumberAt(config, "prior_scale");
	if (shape !== undefined && scale !== undefined)
		return { mean: shape * scale, sd: Math.sqrt(shape) * scale };
	return { mean: mean ?? 5, sd: sd ?? 5 };
}

/** A table for days 0…T, as EpiEstim hands it on: the parametric one ends at T-1 and gets one zero more. */
function serialIntervalOf(
	config: Record<string, unknown>,
	days: number,
): SerialInterval {
	const method = textAt(config, "method");
	if (method === "parametric_si") {
		const table = new Float64Array(days + 1);
		table.set(
			discretiseSerialInterval(
				numberAt(config, "mean_si"),
				numberAt(config, "std_si"),
				days - 1,
			),
		);
		return table;
	}
	if (method === "non_parametric_si") {
		const given = givenSerialInterval(
			numbersAt(
				config,
				config.si_distr_given === undefined ? "si_distr" : "si_distr_given",
			),
		);
		const table = new Float64Array(Math.max(given.length, days + 1));
		table.set(given);
		return table;
	}
	throw new RangeError(
		`config.method: found ${method}, expected parametric_si, non_parametric_si or uncertain_si`,
	);
}

function quantileFields(quantiles: readonly number[]): Record<string, number> {
	return Object.fromEntries(
		QUANTILES.map(([key], index) => [key, quantiles[index]]),
	);
}

const probabilities = QUANTILES.map(([, probability]) => probability);

function recomputeReproduction(file: Record<string, unknown>): unknown {
	const input = objectAt(file, isObject(file.input) ? "input" : "inputs");
	const config = isObject(file.config)
		? file.config
		: objectAt(input, "config");
	const local = countsAt(
		input,
		input.incidence_local === undefined ? "incidence" : "incidence_local",
	);
	const imported =
		input.incidence_imported === undefined || input.incidence_imported === null
			? undefined
			: countsAt(input, "incidence_imported");
	const windows = windowsOf(config, local.length);
	const prior = priorOf(config);
	const base = optionalNumberAt(config, "t_index_base") ?? 1;
	if (textAt(config, "method") === "uncertain_si") {
		const estimates = estimateReproductionNumberUncertain(
			{
				local,
				imported,
				windows,
				prior,
				probabilities,
				rule: NO_PRECISION_RULE,
			},
			{
				mean: {
					mean: numberAt(config, "mean_si"),
					sd: numberAt(config, "std_mean_si"),
					low: numberAt(config, "min_mean_si"),
					high: numberAt(config, "max_mean_si"),
				},
				sd: {
					mean: numberAt(config, "std_si"),
					sd: numberAt(config, "std_std_si"),
					low: numberAt(config, "min_std_si"),
					high: numberAt(config, "max_std_si"),
				},
				pairs: numberAt(config, "n1"),
				drawsPerPair: numberAt(config, "n2"),
			},
			createRandom(optionalNumberAt(config, "seed") ?? 1),
		);
		return {
			windows: estimates.flatMap((estimate) =>
				estimate.status === "estimated"
					? [
							{
								t_start: estimate.first + base,
								t_end: estimate.last + base,
								mean: estimate.mean,
								sd: estimate.sd,
								...quantileFields(estimate.quantiles),
							},
						]
					: [],
			),
		};
	}
	const serialInterval = serialIntervalOf(config, local.length);
	const moments = serialIntervalMoments(serialInterval);
	const total = local.map((cases, day) => cases + (imported?.[day] ?? 0));
	const estimates = estimateReproductionNumber({
		local,
		imported,
		serialInterval,
		prior,
		windows,
		probabilities,
		rule: NO_PRECISION_RULE,
	});
	return {
		si_distr_used: serialInterval,
		si_mean_used: moments.mean,
		si_sd_used: moments.sd,
		lambda: overallInfectiousness(total, serialInterval).lambda,
		windows: estimates.flatMap((estimate) =>
			estimate.status === "estimated"
				? [
						{
							t_start: estimate.first + base,
							t_end: estimate.last + base,
							mean: estimate.mean,
							sd: estimate.sd,
							...quantileFields(estimate.quantiles),
							post_shape: estimate.shape,
							post_scale: estimate.scale,
						},
					]
				: [],
		),
	};
}

/** Share in a sentence such as "median within 3%": the tolerance that a Monte-Carlo file states in prose. */
function percentAfter(note: string, words: RegExp): number | undefined {
	const found = words.exec(note)?.[1];
	return found === undefined ? undefined : Number(found) / 100;
}

function monteCarloTolerance(path: ValuePath, file: unknown) {
	if (!isObject(file) || !isObject(file.config)) return undefined;
	if (file.config.method !== "uncertain_si") return undefined;
	const stated = isObject(file.tolerance) ? file.tolerance : {};
	if (typeof stated.relative === "number") return undefined;
	const [section, index, field] = path;
	if (section !== "windows" || typeof index !== "number") return undefined;
	const note = String(stated.note ?? "");
	const fewest = Number(/>=\s*(\d+)\s*cases/.exec(note)?.[1] ?? 10);
	const input = objectAt(file, "input");
	const local = countsAt(input, "incidence_local");
	// Windows that end within the mean serial interval are not estimated and have no row.
	const earliest = numberAt(file.config, "mean_si");
	const window = windowsOf(file.config, local.length).filter(
		({ last }) => last + 1 > earliest,
	)[index];
	if (window && typeof field === "string" && !field.startsWith("t_")) {
		let cases = 0;
		for (let day = window.first; day <= window.last; day++)
			cases += local[day] ?? 0;
		if (cases < fewest)
			return { notCompared: `windows with fewer than ${fewest} cases` };
		const bounds =
			percentAfter(note, /bounds within (\d+(?:\.\d+)?)\s*%/) ?? 0.08;
		const centre =
			percentAfter(note, /median within (\d+(?:\.\d+)?)\s*%/) ?? 0.03;
		return {
			relative: field === "median" || field === "mean" ? centre : bounds,
		};
	}
	return undefined;
}

export const reproductionVerifier: Verifier = {
	kind: "rt",
	recognises: (file) =>
		isObject(file) &&
		((isObject(file.config) && /_si$/.test(String(file.config.method))) ||
			(isObject(file.inputs) &&
				isObject(file.inputs.config) &&
				/_si$/.test(String(file.inputs.config.method)))),
	recompute: (_, file) =>
		recomputeReproduction(file as Record<string, unknown>),
	toleranceOf: monteCarloTolerance,
};

function casesOf(file: unknown): Record<string, unknown>[] {
	return isObject(file) && Array.isArray(file.cases)
		? file.cases.filter(isObject)
		: [];
}

/** Verifier of a file of `cases`, each with its inputs and results side by side. */
function casesVerifier(
	kind: string,
	inputs: readonly string[],
	optional: readonly string[],
	results: (given: Record<string, unknown>) => Record<string, unknown>,
): Verifier {
	return {
		kind,
		recognises: (file) => {
			const cases = casesOf(file);
			return (
				cases.length > 0 &&
				cases.every((one) => inputs.every((key) => key in one))
			);
		},
		split: (file) => {
			const cases = casesOf(file);
			const pick = (one: Record<string, unknown>, given: boolean) =>
				Object.fromEntries(
					Object.entries(one).filter(
						([key]) =>
							(inputs.includes(key) || optional.includes(key)) === given,
					),
				);
			return {
				expected: cases.map((one) => pick(one, false)),
				rest: {
					...(file as object),
					expected: undefined,
					cases: cases.map((one) => pick(one, true)),
				},
			};
		},
		recompute: (_, file) => casesOf(file).map(results),
	};
}

/** Days after which no serial interval of an acute infection has any probability left. */
const WHOLE_INTERVAL = 1000;

export const serialIntervalVerifier = casesVerifier(
	"discretised serial interval",
	["mean_si", "std_si", "k"],
	[],
	(given) => {
		const days = numbersAt(given, "k");
		const table = discretiseSerialInterval(
			numberAt(given, "mean_si"),
			numberAt(given, "std_si"),
			// The published sums run on until nothing is left, beyond the days listed.
			Math.max(WHOLE_INTERVAL, ...days),
		);
		return { w: days.map((k) => table[k]), sum: table.reduce((a, b) => a + b) };
	},
);

export const gammaQuantileVerifier = casesVerifier(
	"gamma quantile",
	["shape", "p"],
	["scale"],
	(given) => ({
		q: gammaQuantile(
			numberAt(given, "p"),
			numberAt(given, "shape"),
			optionalNumberAt(given, "scale") ?? 1,
		),
	}),
);
