/** How reference files of CHIME are recomputed, whole runs and unit values. */

import {
	type ChimeFit,
	type ChimeParameters,
	fitChime,
	growthRateOf,
	peakRow,
	simulateSir,
	sirStep,
} from "../../core/epidemic/chime.ts";
import { isObject } from "../../core/reading/json.ts";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import { objectAt } from "./reference-file.ts";
import { chimeParametersOf } from "./scenario-file.ts";
import type { Verifier } from "./verify.ts";

const DISPOSITIONS = ["hospitalized", "icu", "ventilated"] as const;

/** The daily rows of a fit, in the tool's own names. */
export function chimeRows(
	fit: ChimeFit,
	currentDate: Day,
): Record<string, string | number | undefined>[] {
	const { series } = fit;
	return Array.from(series.day, (day, row) => ({
		date: isoFromDay(currentDate + day),
		day,
		susceptible: series.susceptible[row],
		infected: series.infected[row],
		recovered: series.recovered[row],
		ever_infected: series.infected[row] + series.recovered[row],
		...Object.fromEntries(
			DISPOSITIONS.flatMap((key) => [
				[`ever_${key}`, series.ever[key][row]],
				[`admits_${key}`, series.admits[key][row]],
				[`census_${key}`, series.census[key][row]],
			]),
		),
	}));
}

function chimeScalars(fit: ChimeFit): Record<string, number> {
	const { series, daysSinceFirst } = fit;
	return {
		i_day: daysSinceFirst,
		gamma: fit.gamma,
		beta: fit.beta,
		beta_t: fit.betaMitigated,
		intrinsic_growth_rate: fit.growthRate,
		r_naught: fit.basicReproduction,
		r_t: fit.mitigatedReproduction,
		doubling_time: fit.doublingTime,
		doubling_time_t: fit.mitigatedDoublingTime,
		daily_growth_rate: growthRateOf(fit.doublingTime),
		daily_growth_rate_t: growthRateOf(fit.mitigatedDoublingTime),
		infected_today: series.infected[daysSinceFirst],
		susceptible_today: series.susceptible[daysSinceFirst],
		recovered_today: series.recovered[daysSinceFirst],
		n_rows: series.day.length,
		...Object.fromEntries(
			DISPOSITIONS.flatMap((key) => {
				const peak = peakRow(series.census[key]);
				const admits = series.admits[key].slice(1);
				return [
					[`peak_census_${key}`, series.census[key][peak]],
					[`peak_census_${key}_day`, series.day[peak]],
					[`peak_admits_${key}`, admits[peakRow(admits)]],
				];
			}),
		),
	};
}

export const chimeVerifier: Verifier = {
	kind: "chime",
	recognises: (file) =>
		isObject(file) &&
		isObject(file.parameters) &&
		"market_share" in file.parameters &&
		"relative_contact_rate" in file.parameters,
	recompute: (_, file) => {
		const parameters = chimeParametersOf(
			objectAt(file as Record<string, unknown>, "parameters"),
		);
		const fit = fitChime(parameters);
		if (!fit) return {};
		return {
			scalars: chimeScalars(fit),
			daily: chimeRows(fit, parameters.currentDate),
		};
	},
};

/** The upstream test fixture `param`, which the file of unit values names but does not contain. */
const UPSTREAM_PARAM: ChimeParameters = {
	population: 500_000,
	marketShare: 0.05,
	infectiousDays: 14,
	recovered: 0,
	relativeContactRate: 0.15,
	mitigationDate: dayFromIso("2020-03-28"),
	currentDate: dayFromIso("2020-03-28") as Day,
	currentHospitalized: 100,
	days: 60,
	dispositions: {
		hospitalized: { rate: 0.05, lengthOfStay: 7 },
		icu: { rate: 0.02, lengthOfStay: 9 },
		ventilated: { rate: 0.01, lengthOfStay: 10 },
	},
	fit: { by: "doubling-time", doublingTime: 6 },
};

const SIR_CALL = /^sir\((.*)\)$/;
const SIM_CALL =
	/^sim_sir_([\d.]+)_([\d.]+)_([\d.]+)_([\d.]+)_beta([\d.]+)_(\d+)d$/;

function unitExpectations(expected: Record<string, unknown>): unknown {
	return Object.fromEntries(
		Object.entries(expected).map(([name, value]) => {
			const call = SIR_CALL.exec(name)?.[1]?.split(",").map(Number);
			if (call) {
				const [s, i, r, beta, gamma, n] = call as [
					number,
					number,
					number,
					number,
					number,
					number,
				];
				return [name, sirStep(s, i, r, beta, gamma, n)];
			}
			if (name === "growth_rate_pct" && isObject(value))
				return [
					name,
					Object.fromEntries(
						Object.keys(value).map((doubling) => [
							doubling,
							100 * growthRateOf(Number(doubling)),
						]),
					),
				];
			if (name === "param_model") return [name, paramModel()];
			return [name, undefined];
		}),
	);
}

function paramModel(): unknown {
	const fit = fitChime(UPSTREAM_PARAM) as ChimeFit;
	const scalars = chimeScalars(fit);
	const { series } = fit;
	const row = 60;
	return {
		...scalars,
		infected_round: Math.round(scalars.infected_today as number),
		susceptible_last_round: Math.round(series.susceptible.at(-1) as number),
		recovered_row30_round: Math.round(series.recovered[30]),
		row60: {
			day: series.day[row],
			date: isoFromDay(UPSTREAM_PARAM.currentDate + series.day[row]),
			...Object.fromEntries(
				DISPOSITIONS.map((key) => [
					`ever_${key}`,
					Math.round(series.ever[key][row]),
				]),
			),
		},
	};
}

/** The names of unit values carry their inputs: only names, never values, are read. */
function namesOnly(value: unknown): unknown {
	return isObject(value)
		? Object.fromEntries(
				Object.entries(value).map(([key, item]) => [key, namesOnly(item)]),
			)
		: null;
}

export const chimeUnitVerifier: Verifier = {
	kind: "chime unit values",
	recognises: (file) =>
		isObject(file) &&
		(isObject(file.upstream_test_expectations) ||
			Object.keys(file).some((key) => SIM_CALL.test(key))),
	split: (file) => {
		const { provenance: _, ...expected } = file as Record<string, unknown>;
		return { expected, rest: namesOnly(expected) };
	},
	recompute: (_, file) =>
		Object.fromEntries(
			Object.entries(file as Record<string, unknown>).map(([name, value]) => {
				const call = SIM_CALL.exec(name)?.slice(1).map(Number);
				if (call) {
					const [s, i, r, gamma, beta, days] = call as [
						number,
						number,
						number,
						number,
						number,
						number,
					];
					const sir = simulateSir({ s, i, r }, gamma, 0, [{ beta, days }]);
					return [
						name,
						{
							...sir,
							ever_infected: sir.infected.map(
								(infected, row) => infected + sir.recovered[row],
							),
						},
					];
				}
				return [name, isObject(value) ? unitExpectations(value) : undefined];
			}),
		),
	toleranceOf: (path) => {
		// Upstream asserts beta to 1e-7 and the growth rates as percentages with 4 decimals.
		if (path.at(-1) === "beta" || path.at(-1) === "beta_t")
			return { absolute: 1e-7 };
		if (path.includes("growth_rate_pct")) return { absolute: 5e-5 };
		return undefined;
	},
};
