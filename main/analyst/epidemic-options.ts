/** Options that the epidemic commands share, and the series they read. */

import { type Command, InvalidArgumentError, Option } from "commander";
import {
	NISHIURA_UNCERTAINTY,
	type SerialIntervalUncertainty,
} from "../../core/epidemic/uncertain-serial-interval.ts";
import { newCounts } from "../../core/series/daily.ts";
import { type AreaSeries, areaSeries, readTable } from "./series-file.ts";

/** Options of the serial interval and the prior, as parsed. */
export type IntervalOptions = {
	siMean: number;
	siSd: number;
	siMeanRange: number[];
	siSdRange: number[];
	pairs: number;
	seed: number;
	priorMean: number;
	priorSd: number;
};

/** Options of the projection by renewal, as parsed. */
export type RenewalOptions = SeriesOptions &
	OutputOptions &
	IntervalOptions & {
		horizon: number;
		window: number;
		draws: number;
		dispersion?: number;
		all?: boolean;
	};

export function numberArgument(text: string): number {
	const value = Number(text);
	if (text.trim() === "" || !Number.isFinite(value))
		throw new InvalidArgumentError("expected a number");
	return value;
}

export function numberListArgument(text: string): number[] {
	return text.split(",").map(numberArgument);
}

export type OutputOptions = { output?: string; format?: "csv" | "json" };

export function withOutput(command: Command): Command {
	return command
		.option("-o, --output <file>", "write here instead of standard output")
		.addOption(
			new Option(
				"--format <format>",
				"csv or json (default: by the name of the output, else csv)",
			).choices(["csv", "json"]),
		);
}

export type SeriesOptions = {
	date: string;
	cases: string;
	imported?: string;
	area?: string;
	cumulative?: boolean;
};

export function withSeries(command: Command): Command {
	return command
		.argument(
			"<input>",
			'CSV with a header, or JSON list of objects; a missing date or empty cell is "not reported", never 0',
		)
		.option("--date <column>", "column with the date YYYY-MM-DD", "date")
		.option("--cases <column>", "column with the cases of the day", "cases")
		.option("--area <column>", "column with the area, when there are several")
		.option(
			"--cumulative",
			"the cases are cumulative: take the new ones; corrections are set apart as not reported",
		);
}

export async function readSeries(
	input: string,
	options: SeriesOptions,
): Promise<(AreaSeries & { cases: Float64Array; imported?: Float64Array })[]> {
	const table = await readTable(input);
	const wanted = [
		options.cases,
		...(options.imported ? [options.imported] : []),
	];
	return areaSeries(table, {
		date: options.date,
		area: options.area,
		counts: wanted,
	}).map((series) => {
		const daily = (column: string) => {
			const counts = series.counts[column] as Float64Array;
			if (!options.cumulative) return counts;
			const fresh = newCounts(counts);
			// A count that covers several silent days does not say on which of them the cases fell.
			return fresh.daily.map((value, day) =>
				fresh.span[day] === 1 ? value : Number.NaN,
			);
		};
		return {
			...series,
			cases: daily(options.cases),
			...(options.imported ? { imported: daily(options.imported) } : {}),
		};
	});
}

/** What is known of the serial interval, from its options. */
export function uncertaintyOf(
	options: IntervalOptions,
	drawsPerPair = 1,
): SerialIntervalUncertainty {
	const spread = (centre: number, [sd, low, high]: number[]) => ({
		mean: centre,
		sd: sd ?? Number.NaN,
		low: low ?? Number.NaN,
		high: high ?? Number.NaN,
	});
	return {
		mean: spread(options.siMean, options.siMeanRange),
		sd: spread(options.siSd, options.siSdRange),
		pairs: options.pairs,
		drawsPerPair,
	};
}

export function withSerialInterval(command: Command): Command {
	const { mean, sd } = NISHIURA_UNCERTAINTY;
	return command
		.option(
			"--si-mean <days>",
			"mean of the serial interval",
			numberArgument,
			mean.mean,
		)
		.option(
			"--si-sd <days>",
			"standard deviation of the serial interval",
			numberArgument,
			sd.mean,
		)
		.option(
			"--si-mean-range <sd,low,high>",
			"uncertainty of the mean: truncated normal",
			numberListArgument,
			[mean.sd, mean.low, mean.high],
		)
		.option(
			"--si-sd-range <sd,low,high>",
			"uncertainty of the standard deviation",
			numberListArgument,
			[sd.sd, sd.low, sd.high],
		)
		.option(
			"--pairs <n>",
			"serial intervals drawn",
			numberArgument,
			NISHIURA_UNCERTAINTY.pairs,
		)
		.option(
			"--seed <number>",
			"seed of the draws; the same seed gives the same result",
			numberArgument,
			1,
		)
		.option("--prior-mean <r>", "mean of the prior of R", numberArgument, 5)
		.option(
			"--prior-sd <r>",
			"standard deviation of the prior of R",
			numberArgument,
			5,
		);
}

/** Options of the projection by renewal. */
export function withRenewal(command: Command): Command {
	return withSerialInterval(command)
		.option("--horizon <days>", "days to project", numberArgument, 28)
		.option("--window <days>", "days that R is taken from", numberArgument, 7)
		.option("--draws <n>", "number of draws", numberArgument, 1000)
		.option(
			"--dispersion <k>",
			"size of the negative binomial noise; large is nearly Poisson (default: estimated from the last four weeks)",
			numberArgument,
		);
}
