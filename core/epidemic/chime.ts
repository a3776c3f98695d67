/**
 * CHIME: hospital census from a discrete SIR model fitted to the patients in hospital today.
 *
 * After CodeForPhilly/chime v1.1.5 (MIT licence; Weissman et al. 2020, Ann Intern Med 173:21-28), from its equations:
 * S' = S - βSI, I' = I + βSI - γI, R' = R + γI, rescaled to a constant sum each day; a fixed share of the infected is
 * admitted at once and stays a fixed number of days. One well-mixed population, one wave, weeks ahead at most.
 */

import { LARGEST_COUNT } from "../series/count.ts";
import { type Day, isoFromDay } from "../series/day.ts";
import { requireNumber } from "./input-error.ts";

/** One kind of hospital patient. */
export type Disposition = {
	/** Share of all infections, 0…1. */
	rate: number;
	/** Whole days. */
	lengthOfStay: number;
};

export type DispositionKey = "hospitalized" | "icu" | "ventilated";
const DISPOSITIONS: readonly DispositionKey[] = [
	"hospitalized",
	"icu",
	"ventilated",
];

export type ChimeParameters = {
	population: number;
	/** Share of the population's patients that come to these hospitals, 0…1. */
	marketShare: number;
	infectiousDays: number;
	recovered: number;
	/** Reduction of contacts from the mitigation date on, 0…1. */
	relativeContactRate: number;
	mitigationDate: Day | undefined;
	currentDate: Day;
	currentHospitalized: number;
	/** Days to project. */
	days: number;
	dispositions: Record<DispositionKey, Disposition>;
	/** What is known of the start: exactly one of the two; the other is fitted. */
	fit:
		| { by: "doubling-time"; doublingTime: number }
		| { by: "first-hospitalized"; date: Day };
};

/** Columns by day; row 0 is the day of the first hospitalised patient. Persons. */
export type ChimeSeries = {
	/** Days from today: negative before it. */
	day: Float64Array;
	susceptible: Float64Array;
	infected: Float64Array;
	recovered: Float64Array;
	ever: Record<DispositionKey, Float64Array>;
	/** NaN in row 0: nothing before it to take the difference from. */
	admits: Record<DispositionKey, Float64Array>;
	census: Record<DispositionKey, Float64Array>;
};

/** A fit as it came out of the search, sensible or not. */
export type ChimeFit = {
	/** Days from the first hospitalised patient to today. */
	daysSinceFirst: number;
	doublingTime: number;
	growthRate: number;
	gamma: number;
	/** Before and after mitigation. */
	beta: number;
	betaMitigated: number;
	basicReproduction: number;
	mitigatedReproduction: number;
	/** Doubling time after mitigation in days; negative = halving time. */
	mitigatedDoublingTime: number;
	series: ChimeSeries;
};

/** Why a fit is not shown. */
export type ChimeRefusal =
	/** The search ended at its upper end: the data fit no growth that it looks for. */
	| {
			reason: "doubling-time-at-limit";
			doublingTime: number;
			explanation: string;
	  }
	/** The epidemic of the fit peaked before today: one of several local minima, the wrong one. */
	| { reason: "peak-before-today"; doublingTime: number; explanation: string }
	/** No fit comes near the patients in hospital today. */
	| { reason: "census-not-reached"; explanation: string };

export type ChimeResult =
	| { status: "fitted"; fit: ChimeFit }
	| ({ status: "refused" } & ChimeRefusal);

/** Longest doubling time that a fit may end at, days. */
export const LONGEST_FITTED_DOUBLING = 14;

/** Largest difference between the fitted and the true census of today, as a share of it (or one patient). */
export const CENSUS_MISFIT = 0.5;

/** How far beyond the projection the search for the start looks, days. */
const SEARCH_BEYOND = 300;

/** Daily growth g of a doubling time: 2^(1/Td) - 1. Zero (or none) means no growth. */
export function growthRateOf(doublingTime: number): number {
	return doublingTime === 0 ? 0 : 2 ** (1 / doublingTime) - 1;
}

/** One day of the SIR model, rescaled so that S + I + R stays n. */
export function sirStep(
	s: number,
	i: number,
	r: number,
	beta: number,
	gamma: number,
	n: number,
): [s: number, i: number, r: number] {
	const nextS = -beta * s * i + s;
	const nextI = beta * s * i - gamma * i + i;
	const nextR = gamma * i + r;
	const scale = n / (nextS + nextI + nextR);
	return [nextS * scale, nextI * scale, nextR * scale];
}

/** A stretch of days with one transmission rate. */
export type SirPolicy = { beta: number; days: number };

/** The SIR model under successive policies: one row more than the sum of their days. */
export function simulateSir(
	start: { s: number; i: number; r: number },
	gamma: number,
	firstDay: number,
	policies: readonly SirPolicy[],
): Pick<ChimeSeries, "day" | "susceptible" | "infected" | "recovered"> {
	const rows = 1 + policies.reduce((sum, { days }) => sum + days, 0);
	const day = new Float64Array(rows);
	const susceptible = new Float64Array(rows);
	const infected = new Float64Array(rows);
	const recovered = new Float64Array(rows);
	let { s, i, r } = start;
	const n = s + i + r;
	let row = 0;
	const write = () => {
		day[row] = firstDay + row;
		susceptible[row] = s;
		infected[row] = i;
		recovered[row] = r;
		row++;
	};
	for (const { beta, days } of policies)
		for (let step = 0; step < days; step++) {
			write();
			[s, i, r] = sirStep(s, i, r, beta, gamma, n);
		}
	write();
	return { day, susceptible, infected, recovered };
}

/** Patients in hospital: admissions of the last `stay` days. */
function censusOf(admits: Float64Array, stay: number): Float64Array {
	const sums = new Float64Array(admits.length + stay);
	for (let row = 1; row < admits.length; row++)
		sums[row + stay] = sums[row + stay - 1] + admits[row];
	return admits.map((_, row) => sums[row + stay] - sums[row]);
}

/** What the search varies. */
type Trial = { daysSinceFirst: number; beta: number; betaMitigated: number };

function run(
	parameters: ChimeParameters,
	start: { s: number; i: number; r: number },
	gamma: number,
	trial: Trial,
	policies: readonly SirPolicy[],
): ChimeSeries {
	const sir = simulateSir(start, gamma, -trial.daysSinceFirst, policies);
	const byDisposition = (of: (key: DispositionKey) => Float64Array) =>
		Object.fromEntries(DISPOSITIONS.map((key) => [key, of(key)])) as Record<
			DispositionKey,
			Float64Array
		>;
	const ever = byDisposition((key) =>
		sir.infected.map(
			(infected, row) =>
				(infected + sir.recovered[row]) *
				parameters.dispositions[key].rate *
				parameters.marketShare,
		),
	);
	const admits = byDisposition((key) =>
		ever[key].map((value, row) =>
			row === 0 ? Number.NaN : value - ever[key][row - 1],
		),
	);
	const census = byDisposition((key) =>
		censusOf(admits[key], parameters.dispositions[key].lengthOfStay),
	);
	return { ...sir, ever, admits, census };
}

/** Splits the days from the first patient to the end at the day of mitigation. */
function policiesOf(
	parameters: ChimeParameters,
	trial: Trial,
	daysAhead: number,
): SirPolicy[] {
	const mitigationDay =
		parameters.mitigationDate === undefined
			? 0
			: parameters.mitigationDate - parameters.currentDate;
	const before =
		trial.daysSinceFirst + Math.max(-trial.daysSinceFirst, mitigationDay);
	const total = trial.daysSinceFirst + daysAhead;
	return [
		{ beta: trial.beta, days: Math.min(before, total) },
		{ beta: trial.betaMitigated, days: Math.max(0, total - before) },
	];
}

/** Row of the largest value, the first one of equals. */
export function peakRow(values: Float64Array): number {
	let peak = 0;
	for (let row = 1; row < values.length; row++)
		if (!(values[row] <= values[peak]) && !Number.isNaN(values[row]))
			peak = row;
	return peak;
}

/** Row whose loss is least; -1 when there is none. */
function leastLoss(losses: readonly number[]): number {
	let best = -1;
	let least = Number.POSITIVE_INFINITY;
	for (const [row, loss] of losses.entries())
		if (loss < least) {
			least = loss;
			best = row;
		}
	return best;
}

function requireParameters(parameters: ChimeParameters): void {
	const share = (x: number) => x > 0 && x <= 1;
	requireNumber(
		"marketShare",
		parameters.marketShare,
		"above 0, at most 1",
		share,
	);
	// Below a day more would recover in a day than are infected.
	requireNumber(
		"infectiousDays",
		parameters.infectiousDays,
		"days from 1 to 365",
		(x) => x >= 1 && x <= 365,
	);
	for (const key of ["recovered", "currentHospitalized"] as const)
		requireNumber(
			key,
			parameters[key],
			"0 to the population",
			(x) => x >= 0 && x <= parameters.population,
		);
	requireNumber(
		"relativeContactRate",
		parameters.relativeContactRate,
		"0…1",
		(x) => x >= 0 && x <= 1,
	);
	requireNumber(
		"days",
		parameters.days,
		"whole days, 1 to 1000",
		(x) => Number.isInteger(x) && x >= 1 && x <= 1000,
	);
	requireNumber("currentDate", parameters.currentDate, "a day");
	if (parameters.mitigationDate !== undefined)
		requireNumber("mitigationDate", parameters.mitigationDate, "a day");
	for (const key of DISPOSITIONS) {
		const { rate, lengthOfStay } = parameters.dispositions[key];
		requireNumber(
			`${key} rate`,
			rate,
			key === "hospitalized" ? "above 0, at most 1" : "0…1",
			key === "hospitalized" ? share : (x) => x >= 0 && x <= 1,
		);
		requireNumber(
			`${key} length of stay`,
			lengthOfStay,
			"whole days, 1 to 1000",
			(x) => Number.isInteger(x) && x >= 1 && x <= 1000,
		);
	}
	const seeds =
		1 / parameters.marketShare / parameters.dispositions.hospitalized.rate;
	requireNumber(
		"population",
		parameters.population,
		`more than the ${Math.ceil(seeds)} infected that one patient stands for, at most ${LARGEST_COUNT}`,
		(x) => x > seeds && x <= LARGEST_COUNT,
	);
	if (parameters.fit.by === "doubling-time")
		requireNumber(
			"doublingTime",
			parameters.fit.doublingTime,
			"days from 0.5 to 1000, or from -0.5 to -1000 for halving",
			(x) => Math.abs(x) >= 0.5 && Math.abs(x) <= 1000,
		);
	else
		requireNumber(
			"date of the first hospitalised",
			parameters.fit.date,
			`before ${isoFromDay(parameters.currentDate)}, at most 1000 days`,
			(x) => x < parameters.currentDate && x >= parameters.currentDate - 1000,
		);
}

/** Fit by date: doubling times tried, coarse then between the neighbours of the best. */
const DOUBLING_TIMES = { from: 1, to: 15, points: 15, refinements: 4 };

function evenlySpaced(from: number, to: number, points: number): number[] {
	const step = (to - from) / (points - 1);
	return Array.from({ length: points }, (_, index) =>
		index === points - 1 ? to : from + index * step,
	);
}

/**
 * Fits as the published tool does, whatever comes out.
 * @returns undefined when no start day gives today's census before the peak
 * @throws ModelInputError for a parameter outside its range
 */
export function fitChime(parameters: ChimeParameters): ChimeFit | undefined {
	requireParameters(parameters);
	const { fit, dispositions, marketShare } = parameters;
	const gamma = 1 / parameters.infectiousDays;
	const seeds = 1 / marketShare / dispositions.hospitalized.rate;
	const start = {
		s: parameters.population - seeds,
		i: seeds,
		r: parameters.recovered,
	};
	const trialOf = (doublingTime: number, daysSinceFirst: number): Trial => {
		const full = (growthRateOf(doublingTime) + gamma) / start.s;
		return {
			daysSinceFirst,
			beta: full,
			betaMitigated: full * (1 - parameters.relativeContactRate),
		};
	};
	const runTrial = (trial: Trial, daysAhead = parameters.days) =>
		run(
			parameters,
			start,
			gamma,
			trial,
			policiesOf(parameters, trial, daysAhead),
		);
	const lossOn = (series: ChimeSeries, row: number) =>
		(series.census.hospitalized[row] - parameters.currentHospitalized) ** 2;

	const reach = parameters.days + SEARCH_BEYOND;
	let doublingTime: number;
	let daysSinceFirst: number;
	if (fit.by === "doubling-time") {
		doublingTime = fit.doublingTime;
		if (parameters.mitigationDate === undefined) {
			const trial = trialOf(doublingTime, 0);
			const series = run(parameters, start, gamma, trial, [
				{ beta: trial.beta, days: reach },
			]);
			const peak = peakRow(series.census.hospitalized);
			daysSinceFirst = leastLoss(
				Array.from({ length: peak }, (_, row) => lossOn(series, row)),
			);
		} else
			daysSinceFirst = leastLoss(
				Array.from({ length: reach }, (_, day) => {
					const series = runTrial(trialOf(doublingTime, day), reach);
					return peakRow(series.census.hospitalized) < day
						? Number.POSITIVE_INFINITY
						: lossOn(series, day);
				}),
			);
		if (daysSinceFirst < 0) return undefined;
	} else {
		daysSinceFirst = parameters.currentDate - fit.date;
		const bestOf = (candidates: readonly number[]) =>
			Math.max(
				0,
				leastLoss(
					candidates.map((candidate) =>
						lossOn(
							runTrial(trialOf(candidate, daysSinceFirst)),
							daysSinceFirst,
						),
					),
				),
			);
		const { from, to, points, refinements } = DOUBLING_TIMES;
		let candidates = evenlySpaced(from, to, points);
		let best = bestOf(candidates);
		for (let round = 0; round < refinements; round++) {
			// At an end of the list there is no neighbour on one side: the end itself stands in.
			candidates = evenlySpaced(
				candidates[Math.max(0, best - 1)],
				candidates[Math.min(points - 1, best + 1)],
				points,
			);
			best = bestOf(candidates);
		}
		doublingTime = candidates[best];
	}
	const trial = trialOf(doublingTime, daysSinceFirst);
	return {
		daysSinceFirst,
		doublingTime,
		growthRate: growthRateOf(doublingTime),
		gamma,
		beta: trial.beta,
		betaMitigated: trial.betaMitigated,
		basicReproduction: (trial.beta / gamma) * start.s,
		mitigatedReproduction: (trial.betaMitigated / gamma) * start.s,
		mitigatedDoublingTime:
			1 / Math.log2(trial.betaMitigated * start.s - gamma + 1),
		series: runTrial(trial),
	};
}

/**
 * Fits and judges the fit. Fitting by the date of the first patient has several local minima; a fit whose doubling time
 * ends at the limit of the search, or whose peak lies before today, is refused with the reason and without a curve.
 * @throws ModelInputError for a parameter outside its range
 */
export function projectChime(parameters: ChimeParameters): ChimeResult {
	const fit = fitChime(parameters);
	const { currentHospitalized } = parameters;
	if (!fit)
		return {
			status: "refused",
			reason: "census-not-reached",
			explanation: `No start up to ${parameters.days + SEARCH_BEYOND} days ago gives ${currentHospitalized} patients today before the peak.`,
		};
	const { doublingTime } = fit;
	if (
		parameters.fit.by === "first-hospitalized" &&
		doublingTime >= LONGEST_FITTED_DOUBLING
	)
		return {
			status: "refused",
			reason: "doubling-time-at-limit",
			doublingTime,
			explanation: `The fitted doubling time is ${doublingTime.toFixed(1)} days, at the end of the search (${DOUBLING_TIMES.from} to ${DOUBLING_TIMES.to} days): the patients of today do not fit an epidemic growing from that first day.`,
		};
	const peak = fit.series.day[peakRow(fit.series.census.hospitalized)];
	if (parameters.fit.by === "first-hospitalized" && peak < 0)
		return {
			status: "refused",
			reason: "peak-before-today",
			doublingTime,
			explanation: `The fit doubles every ${doublingTime.toFixed(1)} days and peaked ${-peak} days before today: a false minimum of the search.`,
		};
	const census = fit.series.census.hospitalized[fit.daysSinceFirst];
	if (
		Math.abs(census - currentHospitalized) >
		Math.max(1, CENSUS_MISFIT * currentHospitalized)
	)
		return {
			status: "refused",
			reason: "census-not-reached",
			explanation: `The nearest fit has ${census.toFixed(0)} patients today instead of ${currentHospitalized}.`,
		};
	return { status: "fitted", fit };
}
