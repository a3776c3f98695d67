/** Epidemic commands of the analysts' command line: `rt`, `nowcast`, `project`, `score`. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { runAgeStructured } from "../../core/epidemic/age-structured.ts";
import { projectChime } from "../../core/epidemic/chime.ts";
import { type NowcastDay, nowcast } from "../../core/epidemic/nowcast.ts";
import { scoreProjection } from "../../core/epidemic/projection-score.ts";
import {
	type Bands,
	projectRenewal,
} from "../../core/epidemic/renewal-projection.ts";
import {
	type Revision,
	reportingTriangle,
} from "../../core/epidemic/reporting-triangle.ts";
import {
	estimateReproductionNumber,
	estimateReproductionNumberUncertain,
	NISHIURA_UNCERTAINTY,
	NO_PRECISION_RULE,
	PRECISION_RULE,
	type ReproductionInput,
	type SerialIntervalUncertainty,
	slidingWindows,
} from "../../core/epidemic/reproduction-number.ts";
import {
	discretiseSerialInterval,
	givenSerialInterval,
} from "../../core/epidemic/serial-interval.ts";
import { newCounts } from "../../core/series/daily.ts";
import { dayFromIso, isoFromDay } from "../../core/series/day.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { registerFigureCommand } from "./figure-command.ts";
import {
	chimeParametersOf,
	hospitalParametersOf,
	MILLISECONDS_PER_DAY,
	scenarioOf,
} from "./scenario-file.ts";
import {
	type AreaSeries,
	areaSeries,
	countCell,
	dayCell,
	type ResultRow,
	readJsonObject,
	readTable,
	requireColumn,
	writeRows,
} from "./series-file.ts";
import { isObject } from "./verify.ts";
import { chimeRows } from "./verify-hospital.ts";

export { epidemicVerifiers } from "./epidemic-verifiers.ts";

function numberArgument(text: string): number {
	const value = Number(text);
	if (text.trim() === "" || !Number.isFinite(value))
		throw new InvalidArgumentError("expected a number");
	return value;
}

function numberListArgument(text: string): number[] {
	return text.split(",").map(numberArgument);
}

type OutputOptions = { output?: string; format?: "csv" | "json" };

function withOutput(command: Command): Command {
	return command
		.option("-o, --output <file>", "write here instead of standard output")
		.addOption(
			new Option(
				"--format <format>",
				"csv or json (default: by the name of the output, else csv)",
			).choices(["csv", "json"]),
		);
}

type SeriesOptions = {
	date: string;
	cases: string;
	imported?: string;
	area?: string;
	cumulative?: boolean;
};

function withSeries(command: Command): Command {
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

async function readSeries(
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

type RtOptions = SeriesOptions &
	OutputOptions & {
		siMean: number;
		siSd: number;
		siGiven?: number[];
		siUncertain?: boolean;
		siMeanRange: number[];
		siSdRange: number[];
		pairs: number;
		drawsPerPair: number;
		seed: number;
		window: number;
		priorMean: number;
		priorSd: number;
		probabilities: number[];
		all?: boolean;
	};

function uncertaintyOf(options: {
	siMean: number;
	siSd: number;
	siMeanRange: number[];
	siSdRange: number[];
	pairs: number;
	drawsPerPair: number;
}): SerialIntervalUncertainty {
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
		drawsPerPair: options.drawsPerPair,
	};
}

function withSerialInterval(command: Command): Command {
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
function withRenewal(command: Command): Command {
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

async function runRt(input: string, options: RtOptions): Promise<void> {
	const rows: ResultRow[] = [];
	for (const series of await readSeries(input, options)) {
		const days = series.cases.length;
		const common: Omit<ReproductionInput, "serialInterval"> = {
			local: series.cases,
			imported: series.imported,
			windows: slidingWindows(days, options.window),
			prior: { mean: options.priorMean, sd: options.priorSd },
			probabilities: options.probabilities,
			rule: options.all ? NO_PRECISION_RULE : PRECISION_RULE,
		};
		const estimates = options.siUncertain
			? estimateReproductionNumberUncertain(
					common,
					uncertaintyOf(options),
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
	await writeRows(rows, options);
}

type NowcastOptions = OutputOptions & {
	event: string;
	asOf: string;
	count: string;
	area?: string;
	reports?: boolean;
	now?: string;
	longestDelay: number;
	window?: number;
	level: number;
	minimumCompleteness: number;
};

/** Reports by delay become counts as known on each day. */
function cumulateReports(reports: Revision[]): Revision[] {
	const byDay = Map.groupBy(reports, ({ eventDay }) => eventDay);
	return [...byDay.values()].flatMap((list) => {
		const byAsOf = new Map<number, number>();
		for (const { asOf, count } of list)
			byAsOf.set(asOf, (byAsOf.get(asOf) ?? 0) + count);
		let known = 0;
		const { eventDay } = list[0] as Revision;
		return [...byAsOf]
			.sort(([a], [b]) => a - b)
			.map(([asOf, count]) => {
				known += count;
				return { eventDay, asOf, count: known };
			});
	});
}

function nowcastRow(estimate: NowcastDay): ResultRow {
	const shown = estimate.status === "estimated" ? estimate : undefined;
	return {
		observed: estimate.observed,
		completeness: estimate.completeness,
		status: estimate.status,
		reason: estimate.status === "not-estimable" ? estimate.reason : undefined,
		estimate: shown?.estimate,
		sd: shown && Math.sqrt(shown.variance),
		low: shown?.low,
		high: shown?.high,
	};
}

async function runNowcast(
	input: string,
	options: NowcastOptions,
): Promise<void> {
	const table = await readTable(input);
	for (const column of [options.event, options.asOf, options.count])
		requireColumn(table, column);
	if (options.area) requireColumn(table, options.area);
	const byArea = new Map<string, Revision[]>();
	for (const row of table.rows) {
		const count = countCell(table, row, options.count);
		if (Number.isNaN(count)) continue;
		const area = options.area ? (row.cells[options.area] ?? "") : "";
		const revision = {
			eventDay: dayCell(table, row, options.event),
			asOf: dayCell(table, row, options.asOf),
			count,
		};
		const list = byArea.get(area);
		if (list) list.push(revision);
		else byArea.set(area, [revision]);
	}
	const rows: ResultRow[] = [];
	for (const [area, entries] of byArea) {
		const revisions = options.reports ? cumulateReports(entries) : entries;
		const now = options.now
			? dayFromIso(options.now)
			: revisions.reduce((latest, { asOf }) => Math.max(latest, asOf), 0);
		if (now === undefined)
			throw new RangeError(
				`--now: found ${options.now}, expected a date YYYY-MM-DD`,
			);
		const firstDay = revisions.reduce(
			(first, { eventDay }) => Math.min(first, eventDay),
			now,
		);
		const { triangle, corrections } = reportingTriangle(revisions, {
			firstDay,
			now,
			longestDelay: options.longestDelay,
		});
		if (corrections.length > 0)
			process.stderr.write(
				`${area ? `${area}: ` : ""}${corrections.length} revisions downward, taken from the newest reports of their day\n`,
			);
		for (const [index, estimate] of nowcast(triangle, {
			window: options.window,
			level: options.level,
			minimumCompleteness: options.minimumCompleteness,
		}).entries())
			rows.push({
				...(options.area ? { area } : {}),
				date: isoFromDay(firstDay + index),
				...nowcastRow(estimate),
			});
	}
	await writeRows(rows, options);
}

type ProjectOptions = RtOptions & {
	model: "renewal" | "chime" | "ages";
	horizon: number;
	draws: number;
	dispersion?: number;
	hospital?: string;
	rFactors?: number[];
};

function bandRows(
	area: string,
	firstDay: number,
	quantity: string,
	{ median, bands }: Bands,
): ResultRow[] {
	return Array.from(median, (value, day) => ({
		...(area ? { area } : {}),
		date: isoFromDay(firstDay + day),
		quantity,
		median: value,
		...Object.fromEntries(
			bands.flatMap(({ level, low, high }) => [
				[`low${level * 100}`, low[day]],
				[`high${level * 100}`, high[day]],
			]),
		),
	}));
}

async function runRenewal(
	input: string,
	options: ProjectOptions,
): Promise<void> {
	const hospital = options.hospital
		? hospitalParametersOf(await readJsonObject(options.hospital))
		: undefined;
	const rows: ResultRow[] = [];
	for (const series of await readSeries(input, options)) {
		const projection = projectRenewal(
			{
				incidence: series.cases,
				serialInterval: uncertaintyOf(options),
				horizonDays: options.horizon,
				prior: { mean: options.priorMean, sd: options.priorSd },
				rule: options.all ? NO_PRECISION_RULE : PRECISION_RULE,
				windowDays: options.window,
				dispersion: options.dispersion,
				draws: options.draws,
				...(options.rFactors ? { reproductionFactors: options.rFactors } : {}),
				...(hospital ? { hospital } : {}),
			},
			createRandom(options.seed),
		);
		const next = series.firstDay + series.cases.length;
		if (projection.status === "not-projected") {
			process.stderr.write(
				`${series.area ? `${series.area}: ` : ""}not projected: ${projection.reason}\n`,
			);
			process.exitCode = 1;
			continue;
		}
		for (const [quantity, bands] of [
			["cases", projection.incidence],
			["admissions", projection.admissions],
			["ward_census", projection.wardCensus],
			["icu_census", projection.icuCensus],
			["oxygen_m3_per_day", projection.oxygenM3PerDay],
		] as const)
			if (bands) rows.push(...bandRows(series.area, next, quantity, bands));
	}
	if (rows.length > 0) await writeRows(rows, options);
}

type ScoreOptions = ProjectOptions & { every: number; warmUp: number };

/** Projects from past days as if they were today and scores each against what came. */
async function runScore(input: string, options: ScoreOptions): Promise<void> {
	const rows: ResultRow[] = [];
	for (const series of await readSeries(input, options)) {
		const { cases } = series;
		for (
			let origin = options.warmUp;
			origin + options.horizon <= cases.length;
			origin += options.every
		) {
			const projection = projectRenewal(
				{
					incidence: cases.subarray(0, origin),
					serialInterval: uncertaintyOf(options),
					horizonDays: options.horizon,
					prior: { mean: options.priorMean, sd: options.priorSd },
					rule: options.all ? NO_PRECISION_RULE : PRECISION_RULE,
					windowDays: options.window,
					dispersion: options.dispersion,
					draws: options.draws,
				},
				createRandom(options.seed).fork(`${series.area}/${origin}`),
			);
			const projected = projection.status === "projected";
			const score = projected
				? scoreProjection(
						projection.incidence,
						cases.subarray(origin, origin + options.horizon),
					)
				: undefined;
			rows.push({
				...(series.area ? { area: series.area } : {}),
				origin: isoFromDay(series.firstDay + origin - 1),
				status: projection.status,
				reason: projected ? undefined : projection.reason,
				scored_days: score?.scored,
				weighted_interval_score: score?.weightedIntervalScore,
				absolute_error: score?.absoluteError,
				sharpness: score?.sharpness,
				underprediction: score?.underprediction,
				overprediction: score?.overprediction,
				...Object.fromEntries(
					(score?.coverage ?? []).map(({ level, share }) => [
						`coverage${level * 100}`,
						share,
					]),
				),
			});
		}
	}
	await writeRows(rows, options);
}

async function runScenario(
	input: string,
	options: ProjectOptions,
): Promise<void> {
	const file = await readJsonObject(input);
	const parameters = isObject(file.parameters) ? file.parameters : file;
	if (options.model === "ages") {
		const rows = runAgeStructured(scenarioOf(parameters)).map(
			({ time, ...row }) => ({
				date: new Date(Math.round(time * MILLISECONDS_PER_DAY))
					.toISOString()
					.slice(0, 10),
				...row,
			}),
		);
		await writeRows(rows, options);
		return;
	}
	const given = chimeParametersOf(parameters);
	const result = projectChime(given);
	if (result.status === "refused") {
		process.stderr.write(`refused: ${result.reason}. ${result.explanation}\n`);
		process.exitCode = 1;
		return;
	}
	await writeRows(chimeRows(result.fit, given.currentDate), options);
}

/** Adds `rt`, `nowcast`, `project`, `score` and `figures` to the program. */
export function registerEpidemicCommands(program: Command): void {
	registerFigureCommand(program);
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
		.option("--imported <column>", "column with imported cases of the day")
		.option(
			"--window <days>",
			"length of the sliding window",
			numberArgument,
			7,
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
			"values of R drawn for each serial interval",
			numberArgument,
			NISHIURA_UNCERTAINTY.drawsPerPair,
		)
		.option(
			"--probabilities <p,…>",
			"quantiles to print",
			numberListArgument,
			[0.025, 0.5, 0.975],
		)
		.option("--all", "estimate every window, also those too small to mean much")
		.action(runRt);

	withOutput(
		program
			.command("nowcast")
			.description(
				"How many events of the last days will be known once all reports are in (Lawless 1994), from counts as known on later days.",
			)
			.argument(
				"<input>",
				"CSV or JSON rows: day of the event, day on which the count was known, count",
			)
			.option(
				"--event <column>",
				"column with the day of the event",
				"event_date",
			)
			.option(
				"--as-of <column>",
				"column with the day on which it was known",
				"as_of",
			)
			.option("--count <column>", "column with the count", "count")
			.option(
				"--area <column>",
				"column with the area, when there are several",
			),
	)
		.option(
			"--reports",
			"each row counts events newly reported on that day, not the count known by then",
		)
		.option(
			"--now <date>",
			"what was known on this day (default: the last one)",
		)
		.option(
			"--longest-delay <days>",
			"delays longer than this are folded into it",
			numberArgument,
			14,
		)
		.option(
			"--window <days>",
			"learn the delays from the last days only (default: all)",
			numberArgument,
		)
		.option("--level <share>", "coverage of the interval", numberArgument, 0.95)
		.option(
			"--minimum-completeness <share>",
			"least share reported for an estimate",
			numberArgument,
			0.15,
		)
		.action(runNowcast);

	withOutput(
		withRenewal(
			withSeries(
				program
					.command("project")
					.description(
						"Project cases and hospital demand. renewal: from a series, with 50/80/95 % bands. chime, ages: from a JSON file of parameters.",
					),
			),
		),
	)
		.addOption(
			new Option("--model <model>", "which model")
				.choices(["renewal", "chime", "ages"])
				.default("renewal"),
		)
		.option(
			"--r-factors <f,…>",
			"what R is multiplied by on each day of the horizon; the last one holds",
			numberListArgument,
		)
		.option(
			"--hospital <file>",
			"JSON: ihr, admission_delay_mean_sd, icu_fraction, los_ward_mean_sd, los_icu_mean_sd",
		)
		.option("--all", "project also from too few cases to mean much")
		.action((input: string, options: ProjectOptions) =>
			options.model === "renewal"
				? runRenewal(input, { ...options, drawsPerPair: 1 })
				: runScenario(input, options),
		);

	withOutput(
		withRenewal(
			withSeries(
				program
					.command("score")
					.description(
						"Project from past days as if each were today, and score it against what came: coverage of the bands and weighted interval score (Bracher 2021).",
					),
			),
		),
	)
		.option("--every <days>", "days between origins", numberArgument, 7)
		.option(
			"--warm-up <days>",
			"days before the first origin",
			numberArgument,
			30,
		)
		.option("--all", "project also from too few cases to mean much")
		.action((input: string, options: ScoreOptions) =>
			runScore(input, { ...options, drawsPerPair: 1 }),
		);
}
