/** `project`: cases and hospital demand ahead, by renewal from a series, by CHIME or ages from a file of parameters. */

import { type Command, Option } from "commander";
import { runAgeStructured } from "../../core/epidemic/age-structured.ts";
import { projectChime } from "../../core/epidemic/chime.ts";
import type { HospitalParameters } from "../../core/epidemic/hospital-demand.ts";
import { ModelInputError } from "../../core/epidemic/input-error.ts";
import {
	type Bands,
	projectRenewal,
} from "../../core/epidemic/renewal-projection.ts";
import {
	NO_PRECISION_RULE,
	PRECISION_RULE,
} from "../../core/epidemic/reproduction-number.ts";
import { isObject } from "../../core/reading/json.ts";
import { isoFromDay } from "../../core/series/day.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { EXIT } from "../../core/writing/exit.ts";
import {
	numberListArgument,
	type RenewalOptions,
	readSeries,
	today,
	uncertaintyOf,
	withOutput,
	withRenewal,
	withSeries,
} from "./epidemic-options.ts";
import {
	chimeParametersOf,
	hospitalParametersOf,
	MILLISECONDS_PER_DAY,
	scenarioOf,
} from "./scenario-file.ts";
import {
	FileError,
	type ResultRow,
	readJsonObject,
	writeRows,
} from "./series-file.ts";
import { tell } from "./terminal.ts";
import { chimeRows } from "./verify-chime.ts";

type ProjectOptions = RenewalOptions & {
	model: "renewal" | "chime" | "ages";
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

/** Names the file in front of the field of it that cannot be used. */
function inFile<T>(path: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (error instanceof ModelInputError)
			throw new FileError(`${path}: ${error.message}`);
		throw error;
	}
}

async function hospitalParametersIn(path: string): Promise<HospitalParameters> {
	const given = await readJsonObject(path);
	return inFile(path, () => hospitalParametersOf(given));
}

async function runRenewal(
	input: string,
	options: ProjectOptions,
): Promise<void> {
	const hospital = options.hospital
		? await hospitalParametersIn(options.hospital)
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
			tell(
				`${series.area ? `${series.area}: ` : ""}not projected: ${projection.reason}\n`,
			);
			process.exitCode = EXIT.incomplete;
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
	await writeRows(rows, options, { why: `nothing of ${input} is projected` });
}

async function runScenario(
	input: string,
	options: ProjectOptions,
): Promise<void> {
	const file = await readJsonObject(input);
	const parameters = isObject(file.parameters) ? file.parameters : file;
	if (options.model === "ages") {
		const rows = inFile(input, () =>
			runAgeStructured(scenarioOf(parameters)),
		).map(({ time, ...row }) => ({
			date: new Date(Math.round(time * MILLISECONDS_PER_DAY))
				.toISOString()
				.slice(0, 10),
			...row,
		}));
		await writeRows(rows, options, { why: `${input} has no day` });
		return;
	}
	const given = inFile(input, () => chimeParametersOf(parameters));
	if (given.currentDate > today())
		throw new FileError(
			`${input}: current_date: found ${isoFromDay(given.currentDate)}, expected ${isoFromDay(today())}, today, or earlier: patients are counted on it`,
		);
	const result = inFile(input, () => projectChime(given));
	if (result.status === "refused") {
		tell(`refused: ${result.reason}. ${result.explanation}\n`);
		process.exitCode = EXIT.incomplete;
		return;
	}
	await writeRows(chimeRows(result.fit, given.currentDate), options, {
		why: `${input} has no day`,
	});
}

/** Adds `project` to the program. */
export function registerProjectCommand(program: Command): void {
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
				? runRenewal(input, options)
				: runScenario(input, options),
		);
}
