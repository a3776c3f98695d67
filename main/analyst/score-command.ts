/** `score`: how good projections from past days would have been. */

import type { Command } from "commander";
import { pastProjections } from "../../core/epidemic/past-projection.ts";
import {
	NO_PRECISION_RULE,
	PRECISION_RULE,
} from "../../core/epidemic/reproduction-number.ts";
import { isoFromDay } from "../../core/series/day.ts";
import { createRandom } from "../../core/statistics/random.ts";
import {
	type RenewalOptions,
	readSeries,
	uncertaintyOf,
	wholeArgument,
	withOutput,
	withRenewal,
	withSeries,
} from "./epidemic-options.ts";
import { type ResultRow, writeRows } from "./series-file.ts";

type ScoreOptions = RenewalOptions & { every: number; warmUp: number };

/** Projects from past days as if they were today and scores each against what came. */
async function runScore(input: string, options: ScoreOptions): Promise<void> {
	const rows: ResultRow[] = [];
	for (const series of await readSeries(input, options)) {
		const past = pastProjections(
			{
				incidence: series.cases,
				serialInterval: uncertaintyOf(options),
				horizonDays: options.horizon,
				prior: { mean: options.priorMean, sd: options.priorSd },
				rule: options.all ? NO_PRECISION_RULE : PRECISION_RULE,
				windowDays: options.window,
				dispersion: options.dispersion,
				draws: options.draws,
			},
			options,
			(origin) => createRandom(options.seed).fork(`${series.area}/${origin}`),
		);
		for (const { origin, projection, score } of past ?? [])
			rows.push({
				...(series.area ? { area: series.area } : {}),
				origin: isoFromDay(series.firstDay + origin - 1),
				status: projection.status,
				reason:
					projection.status === "projected" ? undefined : projection.reason,
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
	await writeRows(rows, options, {
		why: `${input} has no day after ${options.warmUp} days (--warm-up) that ${options.horizon} more follow (--horizon)`,
	});
}

/** Adds `score` to the program. */
export function registerScoreCommand(program: Command): void {
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
		.option("--every <days>", "days between origins", wholeArgument(1, 365), 7)
		.option(
			"--warm-up <days>",
			"days before the first origin",
			wholeArgument(1, 20_000),
			30,
		)
		.option("--all", "project also from too few cases to mean much")
		.action(runScore);
}
