/** Options that the epidemic commands share, and the series they read. */

import { type Command, InvalidArgumentError, Option } from "commander";
import {
	MOST_PAIRS,
	NISHIURA_UNCERTAINTY,
	type SerialIntervalUncertainty,
} from "../../core/epidemic/uncertain-serial-interval.ts";
import { readCount, readDay, readNumber } from "../../core/reading/cell.ts";
import { newCounts } from "../../core/series/daily.ts";
import { type Day, dayInWib, isoFromDay } from "../../core/series/day.ts";
import {
	type AreaSeries,
	areaSeries,
	FileError,
	readTable,
} from "./series-file.ts";

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

/** No parameter of a model is larger. */
const LARGEST_ARGUMENT = 1e15;

export function numberArgument(text: string): number {
	const reading = readNumber(text, "point");
	if (!reading.ok || Math.abs(reading.value) > LARGEST_ARGUMENT)
		throw new InvalidArgumentError("expected a number such as 7 or 0.5");
	return reading.value;
}

export function numberListArgument(text: string): number[] {
	return text.split(",").map(numberArgument);
}

/** A whole number within bounds. */
export function wholeArgument(
	least: number,
	most: number,
): (text: string) => number {
	return (text) => {
		const reading = readCount(text);
		if (!reading.ok || reading.value < least || reading.value > most)
			throw new InvalidArgumentError(
				`expected a whole number from ${least} to ${most}`,
			);
		return reading.value;
	};
}

export function dayArgument(text: string): Day {
	const reading = readDay(text);
	if (!reading.ok)
		throw new InvalidArgumentError(
			reading.reason === "impossible-day"
				? `expected ${reading.expected}`
				: "expected a date YYYY-MM-DD",
		);
	return reading.value;
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
	/** Whether the cases contain the imported ones: must be said when there are any. */
	casesAre?: "total" | "local";
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

/** The last day of which anything can have been counted. */
export function today(): Day {
	return dayInWib(Date.now());
}

/** A day up to today, as an argument: what is known of a later one is not known. */
export function pastDayArgument(text: string): Day {
	const day = dayArgument(text);
	if (day > today())
		throw new InvalidArgumentError(
			`expected ${isoFromDay(today())}, today, or earlier`,
		);
	return day;
}

/** Cases of one area by day, NaN = not reported; `cases` are the local ones when there are imported ones beside them. */
export type CaseSeries = AreaSeries & {
	cases: Float64Array;
	imported?: Float64Array;
};

/**
 * Reads the series of a file.
 * @throws FileError, also for a day after today and for more imported than all cases; InvalidArgumentError for imported cases of which nobody says whether the cases contain them
 */
export async function readSeries(
	input: string,
	options: SeriesOptions,
): Promise<CaseSeries[]> {
	if (options.imported !== undefined && options.casesAre === undefined)
		throw new InvalidArgumentError(
			`--imported: column ${options.cases} may contain the imported cases or not; say --cases-are total (it contains them) or --cases-are local (it does not)`,
		);
	const table = await readTable(input);
	const wanted = [
		options.cases,
		...(options.imported === undefined ? [] : [options.imported]),
	];
	return areaSeries(
		table,
		{ date: options.date, area: options.area, counts: wanted },
		today(),
	).map((series) => {
		const daily = (column: string) => {
			const counts = series.counts[column] as Float64Array;
			if (!options.cumulative) return counts;
			const fresh = newCounts(counts);
			// A count that covers several silent days does not say on which of them the cases fell.
			return fresh.daily.map((value, day) =>
				fresh.span[day] === 1 ? value : Number.NaN,
			);
		};
		const cases = daily(options.cases);
		if (options.imported === undefined) return { ...series, cases };
		const imported = daily(options.imported);
		if (options.casesAre === "local") return { ...series, cases, imported };
		return {
			...series,
			cases: cases.map((total, index) => {
				const local = total - imported[index];
				if (local >= 0 || Number.isNaN(local)) return local;
				const day = series.firstDay + index;
				throw new FileError(
					`${input}, row ${series.rowOf(day)}: found ${imported[index]} imported of ${total} cases${series.area ? ` for ${series.area}` : ""} on ${isoFromDay(day)}, expected no more imported than cases (--cases-are total)`,
				);
			}),
			imported,
		};
	});
}

/** What is known of the serial interval, from its options. */
export function uncertaintyOf(
	options: IntervalOptions,
	drawsPerPair = 1,
): SerialIntervalUncertainty {
	const spread = (option: string, centre: number, range: number[]) => {
		const [sd, low, high] = range;
		if (
			range.length !== 3 ||
			sd === undefined ||
			low === undefined ||
			high === undefined
		)
			throw new InvalidArgumentError(
				`${option}: found ${range.length} numbers, expected three: sd, low and high in days`,
			);
		return { mean: centre, sd, low, high };
	};
	return {
		mean: spread("--si-mean-range", options.siMean, options.siMeanRange),
		sd: spread("--si-sd-range", options.siSd, options.siSdRange),
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
			`serial intervals drawn, at most ${MOST_PAIRS}`,
			wholeArgument(1, MOST_PAIRS),
			NISHIURA_UNCERTAINTY.pairs,
		)
		.option(
			"--seed <number>",
			"seed of the draws; the same seed gives the same result",
			wholeArgument(0, 2 ** 32 - 1),
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
		.option("--horizon <days>", "days to project", wholeArgument(1, 365), 28)
		.option(
			"--window <days>",
			"days that R is taken from",
			wholeArgument(1, 365),
			7,
		)
		.option("--draws <n>", "number of draws", wholeArgument(10, 100_000), 1000)
		.option(
			"--dispersion <k>",
			"size of the negative binomial noise; large is nearly Poisson (default: estimated from the last four weeks)",
			numberArgument,
		);
}
