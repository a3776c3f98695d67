/**
 * Projection of the next weeks by the renewal equation, and the hospital demand that follows from it.
 *
 * I(t) = R(t) Σ_s w(s) I(t-s); admissions = IHR Σ_d p(d) I(t-d); census = Σ_u S(u) admissions(t-u) with S the share
 * still in after u days. Uncertainty by draws: a serial interval, R from the posterior that goes with it, then Poisson
 * or negative binomial noise day by day (Cori 2013; Nouvellet et al. 2018, Epidemics 22:29-35).
 *
 * Holds R as it is now: 1 to 4 weeks, no depletion of susceptibles, no change of behaviour, testing or reporting.
 */

import type { Random } from "../statistics/random.ts";
import {
	type HospitalParameters,
	hospitalDemandOf,
} from "./hospital-demand.ts";
import {
	ModelInputError,
	requireCounts,
	requireNumber,
} from "./input-error.ts";
import type { NotEstimableReason } from "./not-estimable.ts";
import {
	DEFAULT_PRIOR,
	estimateReproductionNumber,
	overallInfectiousness,
	PRECISION_RULE,
	type PrecisionRule,
	priorShapeScale,
	type ReproductionEstimate,
	type ReproductionPrior,
} from "./reproduction-number.ts";
import {
	discretiseSerialInterval,
	type SerialInterval,
	serialIntervalReach,
} from "./serial-interval.ts";
import {
	drawSerialIntervalPairs,
	type SerialIntervalUncertainty,
	sortedQuantile,
} from "./uncertain-serial-interval.ts";

/** Days of all draws together; more take minutes and give the same bands. */
const MOST_DRAWN_DAYS = 5e6;
/** A day beyond this many cases is outside any population: draws of an absurd R stop growing here. */
const CEILING = 1e12;

/**
 * Expected incidence: the past as given, then the horizon by the renewal equation without noise.
 * @param incidence cases by day, all reported
 * @param reproduction R for every day of the horizon, or one R; the last one holds beyond the end of a list
 * @throws ModelInputError for an unreported or negative day, a negative R, a horizon that is not whole
 */
export function projectIncidence(
	incidence: ArrayLike<number>,
	reproduction: number | readonly number[],
	serialInterval: SerialInterval,
	horizonDays: number,
): Float64Array {
	requireHorizon(horizonDays);
	requireCounts("incidence", incidence);
	const path = typeof reproduction === "number" ? [reproduction] : reproduction;
	if (path.length === 0)
		throw new ModelInputError("reproduction", "no value", "at least one R");
	for (const [day, value] of path.entries())
		requireNumber(
			`reproduction[${day}]`,
			value,
			"R from 0 to 1e6",
			(x) => x >= 0 && x <= 1e6,
		);
	const past = incidence.length;
	const cases = new Float64Array(past + horizonDays);
	for (let t = 0; t < past; t++) {
		const value = incidence[t];
		if (Number.isNaN(value))
			throw new ModelInputError(
				`incidence[${t}]`,
				"a day that was not reported",
				"a count (nowcast or fill the gap before projecting)",
			);
		cases[t] = value;
	}
	for (let t = past; t < cases.length; t++)
		cases[t] = Math.min(
			CEILING,
			path[Math.min(t - past, path.length - 1)] *
				infectiousnessAt(cases, t, serialInterval),
		);
	return cases;
}

function requireHorizon(horizonDays: number): void {
	requireNumber(
		"horizonDays",
		horizonDays,
		"whole days, 0 to 365",
		(x) => Number.isInteger(x) && x >= 0 && x <= 365,
	);
}

function infectiousnessAt(
	cases: Float64Array,
	t: number,
	serialInterval: SerialInterval,
): number {
	let sum = 0;
	for (let s = 1; s <= Math.min(t, serialInterval.length - 1); s++)
		sum += serialInterval[s] * cases[t - s];
	return sum;
}

/** Widths of the bands shown. */
export const BAND_LEVELS = [0.5, 0.8, 0.95] as const;

/** Median and central bands of one quantity, one value per day of the horizon. */
export type Bands = {
	median: Float64Array;
	bands: { level: number; low: Float64Array; high: Float64Array }[];
};

export type ProjectionInput = {
	/** Cases by day up to today, right edge nowcast; NaN = not reported. */
	incidence: ArrayLike<number>;
	serialInterval: SerialIntervalUncertainty;
	horizonDays: number;
	prior?: ReproductionPrior;
	rule?: PrecisionRule;
	/** Days of the window that R is estimated from. Default 7. */
	windowDays?: number;
	/**
	 * Size k of the negative binomial noise (variance m + m²/k); Infinity = Poisson. Default: estimated from the last
	 * four weeks, because batches and weekends make reported counts far noisier than chance.
	 */
	dispersion?: number;
	/** Number of draws. Default 1000. */
	draws?: number;
	/** What R is multiplied by on each day of the horizon (a scenario); the last one holds. Default 1. */
	reproductionFactors?: readonly number[];
	hospital?: HospitalParameters;
	/** Widths of the bands. Default 0.5, 0.8 and 0.95. */
	levels?: readonly number[];
};

export type Projection =
	| {
			status: "projected";
			/** R of the last window with the central serial interval. */
			reproduction: Extract<ReproductionEstimate, { status: "estimated" }>;
			/** Size of the noise used: as given, or as estimated. */
			dispersion: number;
			/** R drawn, sorted. */
			reproductionDraws: Float64Array;
			incidence: Bands;
			admissions?: Bands;
			wardCensus?: Bands;
			icuCensus?: Bands;
			oxygenM3PerDay?: Bands;
	  }
	| { status: "not-projected"; reason: NotEstimableReason | "too-short" };

/** Bands of draws given as rows of days. */
function bandsOf(
	rows: readonly Float64Array[],
	days: number,
	levels: readonly number[],
): Bands {
	const column = new Float64Array(rows.length);
	const median = new Float64Array(days);
	const bands = levels.map((level) => ({
		level,
		low: new Float64Array(days),
		high: new Float64Array(days),
	}));
	for (let day = 0; day < days; day++) {
		for (const [draw, row] of rows.entries()) column[draw] = row[day];
		column.sort();
		median[day] = sortedQuantile(column, 0.5);
		for (const band of bands) {
			band.low[day] = sortedQuantile(column, (1 - band.level) / 2);
			band.high[day] = sortedQuantile(column, (1 + band.level) / 2);
		}
	}
	return { median, bands };
}

const DISPERSION_DAYS = 28;
const LEAST_DISPERSION = 0.5;

/**
 * Size k of the noise by moments: what the squared distances from the expected counts exceed chance by, over the last
 * four weeks. The expected count of a day is R Λ with R of the window centred on it.
 * @returns Infinity when the counts are no noisier than chance, at least 0.5
 */
export function estimateDispersion(
	incidence: ArrayLike<number>,
	serialInterval: SerialInterval,
	windowDays = 7,
): number {
	const { lambda } = overallInfectiousness(incidence, serialInterval);
	const last = incidence.length - 1;
	const half = Math.floor(windowDays / 2);
	let excess = 0;
	let squares = 0;
	for (
		let day = Math.max(1 + half, last - DISPERSION_DAYS + 1);
		day <= last;
		day++
	) {
		// At the right edge the window is moved back to lie inside the series.
		const end = Math.min(last, day + half);
		let cases = 0;
		let force = 0;
		for (let t = Math.max(1, end - windowDays + 1); t <= end; t++) {
			cases += incidence[t];
			force += lambda[t];
		}
		const expected = (cases / force) * lambda[day];
		const distance = incidence[day] - expected;
		if (!Number.isFinite(distance) || !(expected > 0)) continue;
		excess +=
			distance ** 2 * (windowDays / Math.max(1, windowDays - 1)) - expected;
		squares += expected ** 2;
	}
	if (!(excess > 0)) return Number.POSITIVE_INFINITY;
	return Math.max(LEAST_DISPERSION, squares / excess);
}

/**
 * Projects cases, and hospital demand when its parameters are given, with 50/80/95 % bands.
 *
 * Each draw takes one serial interval and the R drawn from the posterior that belongs to it: the two errors
 * compensate, so they are never mixed. The same generator state gives the same bands.
 * @param told called before each draw; false ends it, and null is returned
 * @returns the reason instead when the last window gives no R
 * @throws ModelInputError
 */
export function projectRenewal(
	input: ProjectionInput,
	random: Random,
): Projection;
export function projectRenewal(
	input: ProjectionInput,
	random: Random,
	told: (done: number, of: number) => boolean,
): Projection | null;
export function projectRenewal(
	input: ProjectionInput,
	random: Random,
	told: (done: number, of: number) => boolean = () => true,
): Projection | null {
	const { incidence, horizonDays } = input;
	requireHorizon(horizonDays);
	requireCounts("incidence", incidence);
	const windowDays = input.windowDays ?? 7;
	const draws = input.draws ?? 1000;
	const factors = input.reproductionFactors ?? [1];
	requireNumber(
		"windowDays",
		windowDays,
		"whole days, 1 to 365",
		(x) => Number.isInteger(x) && x >= 1 && x <= 365,
	);
	requireNumber(
		"draws",
		draws,
		"a whole number from 10 to 100,000",
		(x) => Number.isInteger(x) && x >= 10 && x <= 100_000,
	);
	if (draws * horizonDays > MOST_DRAWN_DAYS)
		throw new ModelInputError(
			"draws",
			draws,
			`at most ${Math.floor(MOST_DRAWN_DAYS / horizonDays)} for ${horizonDays} days`,
		);
	if (input.dispersion !== undefined && !(input.dispersion >= 0.01))
		throw new ModelInputError(
			"dispersion",
			input.dispersion,
			"0.01 or more, or Infinity",
		);
	if (factors.length === 0)
		throw new ModelInputError("reproductionFactors", "none", "at least one");
	for (const [day, factor] of factors.entries())
		requireNumber(
			`reproductionFactors[${day}]`,
			factor,
			"0 to 1e6",
			(x) => x >= 0 && x <= 1e6,
		);
	const past = incidence.length;
	if (past < windowDays + 1)
		return { status: "not-projected", reason: "too-short" };
	const { mean, sd } = input.serialInterval;
	const reach = past + horizonDays;
	const window = { first: past - windowDays, last: past - 1 };
	const [reproduction] = estimateReproductionNumber({
		local: incidence,
		serialInterval: discretiseSerialInterval(mean.mean, sd.mean, reach),
		prior: input.prior,
		rule: input.rule ?? PRECISION_RULE,
		windows: [window],
	});
	if (reproduction?.status !== "estimated")
		return {
			status: "not-projected",
			reason: reproduction?.reason ?? "too-short",
		};

	const { shape: a0, scale: b0 } = priorShapeScale(
		input.prior ?? DEFAULT_PRIOR,
	);
	const dispersion =
		input.dispersion ??
		estimateDispersion(
			incidence,
			discretiseSerialInterval(mean.mean, sd.mean, reach),
			windowDays,
		);
	// Noisy days tell less of R than as many Poisson cases would: the likelihood counts for 1/φ of itself.
	const inflation = 1 + reproduction.localCases / windowDays / dispersion;
	// An old unreported day left in (its weight is below the rule's share) adds no infectiousness.
	const known = Float64Array.from(incidence, (cases) =>
		Number.isNaN(cases) ? 0 : cases,
	);
	const demandOf = input.hospital
		? hospitalDemandOf(input.hospital)
		: undefined;
	const drawnR = new Float64Array(draws);
	const rows = {
		incidence: [] as Float64Array[],
		admissions: [] as Float64Array[],
		wardCensus: [] as Float64Array[],
		icuCensus: [] as Float64Array[],
		oxygenM3PerDay: [] as Float64Array[],
	};
	const pairs = drawSerialIntervalPairs(
		{
			...input.serialInterval,
			pairs: Math.min(draws, input.serialInterval.pairs),
		},
		random,
	);
	const perPair = pairs.map((pair) => {
		const full = discretiseSerialInterval(pair.mean, pair.sd, reach);
		const w = full.slice(0, serialIntervalReach(full) + 1);
		const { lambda } = overallInfectiousness(incidence, w);
		let total = 0;
		for (let t = window.first; t <= window.last; t++) total += lambda[t];
		return { w, scale: 1 / (1 / b0 + total / inflation) };
	});
	for (let draw = 0; draw < draws; draw++) {
		if (!told(draw, draws)) return null;
		const { w, scale } = perPair[draw % perPair.length] as {
			w: SerialInterval;
			scale: number;
		};
		const r = random.gamma(a0 + reproduction.localCases / inflation, scale);
		drawnR[draw] = r;
		const cases = new Float64Array(reach);
		cases.set(known);
		for (let t = past; t < reach; t++) {
			const factor = factors[Math.min(t - past, factors.length - 1)];
			const expected = Math.min(
				CEILING,
				r * factor * infectiousnessAt(cases, t, w),
			);
			cases[t] = random.negativeBinomial(expected, dispersion);
		}
		rows.incidence.push(cases.subarray(past));
		if (demandOf) {
			const demand = demandOf(cases);
			rows.admissions.push(demand.admissions.subarray(past));
			rows.wardCensus.push(demand.wardCensus.subarray(past));
			rows.icuCensus.push(demand.icuCensus.subarray(past));
			rows.oxygenM3PerDay.push(demand.oxygenM3PerDay.subarray(past));
		}
	}
	const bands = (of: readonly Float64Array[]) =>
		bandsOf(of, horizonDays, input.levels ?? BAND_LEVELS);
	const projected: Projection = {
		status: "projected",
		reproduction,
		dispersion,
		reproductionDraws: drawnR.sort(),
		incidence: bands(rows.incidence),
	};
	if (demandOf) {
		projected.admissions = bands(rows.admissions);
		projected.wardCensus = bands(rows.wardCensus);
		projected.icuCensus = bands(rows.icuCensus);
		projected.oxygenM3PerDay = bands(rows.oxygenM3PerDay);
	}
	return projected;
}
