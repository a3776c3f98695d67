/** `rt`: reproduction number by day, from a series of cases. */

import { type Command, Option } from "commander";
import {
	estimateReproductionNumber,
	NO_PRECISION_RULE,
	PRECISION_RULE,
	type ReproductionInput,
	slidingWindows,
} from "../../core/epidemic/reproduction-number.ts";
import {
	discretiseSerialInterval,
	givenSerialInterval,
} from "../../core/epidemic/serial-interval.ts";
import {
	estimateReproductionNumberUncertain,
	MOST_DRAWS_PER_PAIR,
	NISHIURA_UNCERTAINTY,
} from "../../core/epidemic/uncertain-serial-interval.ts";
import { isoFromDay } from "../../core/series/day.ts";
import { createRandom } from "../../core/statistics/random.ts";
import {
	type IntervalOptions,
	numberListArgument,
	type OutputOptions,
	readSeries,
	type SeriesOptions,
	uncertaintyOf,
	wholeArgument,
	withOutput,
	withSerialInterval,
	withSeries,
} from "./epidemic-options.ts";
import { type ResultRow, writeRows } from "./series-file.ts";
import { tell } from "./terminal.ts";

type RtOptions = SeriesOptions &
	OutputOptions &
	IntervalOptions & {
		siGiven?: number[];
		siUncertain?: boolean;
		drawsPerPair: number;
		window: number;
		step: number;
		probabilities: number[];
		all?: boolean;
	};

async function runRt(input: string, options: RtOptions): Promise<void> {
	const rows: ResultRow[] = [];
	for (const series of await readSeries(input, options)) {
		const days = series.cases.length;
		if (days <= options.window)
			tell(
				`${series.area ? `${series.area}: ` : ""}${days} days, expected at least ${options.window + 1} for a window of ${options.window} days: no estimate\n`,
			);
		const common: Omit<ReproductionInput, "serialInterval"> = {
			local: series.cases,
			imported: series.imported,
			windows: slidingWindows(days, options.window, options.step),
			prior: { mean: options.priorMean, sd: options.priorSd },
			probabilities: options.probabilities,
			rule: options.all ? NO_PRECISION_RULE : PRECISION_RULE,
		};
		const estimates = options.siUncertain
			? estimateReproductionNumberUncertain(
					common,
					uncertaintyOf(options, options.drawsPerPair),
					createRandom(options.seed),
				)
			: estimateReproductionNumber({
					...common,
					serialInterval: options.siGiven
						? givenSerialInterval(options.siGiven)
						: discretiseSerialInterval(
								options.siMean,
								options.siSd,
								Math.max(1, days),
							),
				});
		for (const estimate of estimates)
			rows.push({
				...(series.area ? { area: series.area } : {}),
				first: isoFromDay(series.firstDay + estimate.first),
				last: isoFromDay(series.firstDay + estimate.last),
				local_cases: estimate.localCases,
				infectiousness: estimate.infectiousness,
				status: estimate.status,
				reason:
					estimate.status === "not-estimable" ? estimate.reason : undefined,
				mean: estimate.status === "estimated" ? estimate.mean : undefined,
				sd: estimate.status === "estimated" ? estimate.sd : undefined,
				above_one:
					estimate.status === "estimated" ? estimate.aboveOne : undefined,
				...Object.fromEntries(
					options.probabilities.map((probability, index) => [
						`q${probability}`,
						estimate.status === "estimated"
							? estimate.quantiles[index]
							: undefined,
					]),
				),
			});
	}
	await writeRows(rows, options, {
		why: `${input} has no window of ${options.window} days with a day before it`,
	});
}

/** Adds `rt` to the program. */
export function registerRtCommand(program: Command): void {
	withOutput(
		withSerialInterval(
			withSeries(
				program
					.command("rt")
					.description(
						"Reproduction number by day (Cori 2013). A window with fewer than 11 cases, or with a day that was not reported, gets a reason instead of a number.",
					),
			),
		),
	)
		.option(
			"--imported <column>",
			"column with imported cases of the day; say with --cases-are whether the cases contain them",
		)
		.addOption(
			new Option(
				"--cases-are <what>",
				"total: the cases contain the imported ones; local: they do not",
			).choices(["total", "local"]),
		)
		.option(
			"--window <days>",
			"length of the sliding window",
			wholeArgument(1, 365),
			7,
		)
		.option(
			"--step <days>",
			"days from one window to the next; 7 for weeks that do not overlap",
			wholeArgument(1, 365),
			1,
		)
		.option(
			"--si-given <w0,w1,…>",
			"serial interval as probabilities of 0, 1, 2 … days, instead of mean and sd",
			numberListArgument,
		)
		.option(
			"--si-uncertain",
			"draw the mean and sd of the serial interval (see the ranges)",
		)
		.option(
			"--draws-per-pair <n>",
			`values of R drawn for each serial interval, at most ${MOST_DRAWS_PER_PAIR}`,
			wholeArgument(1, MOST_DRAWS_PER_PAIR),
			NISHIURA_UNCERTAINTY.drawsPerPair,
		)
		.option(
			"--probabilities <p,…>",
			"quantiles to print, each between 0 and 1",
			numberListArgument,
			[0.025, 0.5, 0.975],
		)
		.option("--all", "estimate every window, also those too small to mean much")
		.action(runRt);
}
