/** `needs`: patients, staff, tests, items, medicines, oxygen and cost from a series of cases. */

import { type Command, InvalidArgumentError, Option } from "commander";
import type { Catalogues } from "../../core/logistics/catalogue.ts";
import {
	forecastNeeds,
	type NeedsForecast,
} from "../../core/logistics/needs.ts";
import {
	countryScenario,
	type NeedsScenario,
} from "../../core/logistics/needs-scenario.ts";
import { isObject } from "../../core/reading/json.ts";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import { readCatalogues } from "./catalogue-files.ts";
import {
	dayArgument,
	numberArgument,
	wholeArgument,
} from "./epidemic-options.ts";
import { scenarioFromEsft } from "./esft-reference.ts";
import { type Bound, mostPeople } from "./known-people.ts";
import {
	type AreaSeries,
	areaSeries,
	FileError,
	type ResultRow,
	readJson,
	readTable,
	writeRows,
} from "./series-file.ts";

const DETAILS = [
	"items",
	"medicines",
	"patients",
	"staff",
	"tests",
	"oxygen",
	"cost",
] as const;
type Detail = (typeof DETAILS)[number];

interface NeedsOptions {
	date: string;
	cases: string;
	area?: string;
	from?: Day;
	weeks?: number;
	country: string;
	beds?: number;
	severeBeds?: number;
	criticalBeds?: number;
	uncapped?: boolean;
	healthWorkers?: number;
	labStaff?: number;
	fill?: boolean;
	detail: Detail;
	language: "id" | "en";
	catalogue?: string;
	output?: string;
	format?: "csv" | "json";
}

function amount(text: string): number {
	const value = numberArgument(text);
	if (value < 0)
		throw new InvalidArgumentError("expected a number of 0 or more");
	return value;
}

/** Adds `needs` to the program. */
export function registerNeeds(program: Command): void {
	program
		.command("needs")
		.description(
			"Forecast what an outbreak needs, by the logic of the WHO Essential Supplies Forecasting Tool: from daily cases to weekly amounts.",
		)
		.argument(
			"<input>",
			"CSV (or JSON list) with a date and new cases a day; or a JSON object with inputs in the ESFT reference format",
		)
		.option("--date <column>", "column with the date YYYY-MM-DD", "date")
		.option("--cases <column>", "column with the new cases of the day", "cases")
		.option("--area <column>", "column with the area, when there are several")
		.option(
			"--from <date>",
			"first day of the first forecast week (default: after three lead-in weeks)",
			dayArgument,
		)
		.option(
			"--weeks <n>",
			"weeks to forecast (default: all there are)",
			wholeArgument(1, 1000),
		)
		.option("--country <key>", "capacity row of the catalogue", "IDN")
		.option("--beds <n>", "hospital beds instead of the country's", amount)
		.option("--severe-beds <n>", "beds for severe patients", amount)
		.option("--critical-beds <n>", "beds for critical patients", amount)
		.option("--uncapped", "patients are not limited by beds")
		.option("--health-workers <n>", "health workers there are", amount)
		.option("--lab-staff <n>", "laboratory staff there are", amount)
		.option(
			"--fill",
			"scale up a week with unreported days by the days that reported; without it such a week is refused",
		)
		.addOption(
			new Option("--detail <table>", "which table to write")
				.choices([...DETAILS])
				.default("items"),
		)
		.addOption(
			new Option("--language <code>", "language of item names")
				.choices(["id", "en"])
				.default("id"),
		)
		.option("--catalogue <folder>", "folder with catalogue files of your own")
		.option("-o, --output <file>", "write here instead of standard output")
		.addOption(
			new Option(
				"--format <format>",
				"csv or json (default: by the name of the output, else csv)",
			).choices(["csv", "json"]),
		)
		.action(async (input: string, options: NeedsOptions) => {
			const catalogues = await readCatalogues(options.catalogue);
			const rows: ResultRow[] = [];
			for (const { area, scenario } of await scenarios(
				input,
				options,
				catalogues,
			)) {
				const forecast = forecastNeeds(scenario, catalogues);
				for (const row of tableOf(forecast, options))
					rows.push(area === "" ? row : { area, ...row });
			}
			await writeRows(rows, options, {
				why: `${input} has nothing for --detail ${options.detail}`,
			});
		});
}

async function scenarios(
	input: string,
	options: NeedsOptions,
	catalogues: Catalogues,
): Promise<{ area: string; scenario: NeedsScenario }[]> {
	if (input.endsWith(".json")) {
		const given = await esftInputsIn(input);
		if (given) return [{ area: "", scenario: scenarioFromEsft(given) }];
	}
	const table = await readTable(input);
	return areaSeries(table, {
		date: options.date,
		area: options.area,
		counts: [options.cases],
	}).map((series) => ({
		area: series.area,
		scenario: fromSeries(input, series, options, catalogues),
	}));
}

/** Inputs in the ESFT reference format; undefined for a JSON list of days. @throws FileError */
async function esftInputsIn(
	path: string,
): Promise<Record<string, unknown> | undefined> {
	const read = await readJson(path);
	if (!isObject(read)) return undefined;
	const inputs = "inputs" in read ? read.inputs : read;
	return isObject(inputs) && "weekly_cases" in inputs ? inputs : undefined;
}

const LEAD_IN_WEEKS = 3;

/** The most cases that a day or a week of the place can have: no more than its people, nor than those of the country that it lies in. */
function mostOf(
	area: string,
	country: string,
	{ defaults }: Catalogues,
): Bound {
	const own = mostPeople(area);
	const people = defaults.capacity[country]?.population ?? own.most;
	return own.most <= people
		? own
		: { most: people, because: `the people of ${country} (--country)` };
}

function fromSeries(
	input: string,
	series: AreaSeries,
	options: NeedsOptions,
	catalogues: Catalogues,
): NeedsScenario {
	const counts = series.counts[options.cases] as Float64Array;
	const { from } = options;
	// Days to come may be in the series: needs are forecast from projected cases too.
	const most = mostOf(series.area, options.country, catalogues);
	const tooMany = counts.findIndex((count) => count > most.most);
	if (tooMany >= 0)
		throw new FileError(
			`${input}, row ${series.rowOf(series.firstDay + tooMany)}, column ${options.cases}: found ${counts[tooMany]}, expected at most ${most.most}, ${most.because}`,
		);
	// Weeks are counted from the forecast's first day, so that it begins a week.
	const skip =
		from === undefined ? 0 : (((from - series.firstDay) % 7) + 7) % 7;
	const weeks: { weekBegins: string; weekEnds: string; cases: number }[] = [];
	for (let at = skip; at + 7 <= counts.length; at += 7) {
		let cases = 0;
		let reported = 0;
		for (const value of counts.subarray(at, at + 7))
			if (!Number.isNaN(value)) {
				cases += value;
				reported++;
			}
		const begins = isoFromDay(series.firstDay + at);
		const where = `${input}: ${series.area ? `${series.area}, ` : ""}week of ${begins}`;
		if (reported < 7 && (reported === 0 || !options.fill))
			throw new FileError(
				`${where}: ${reported} of 7 days reported, expected all${reported > 0 ? " (--fill scales it up)" : ""}`,
			);
		if (cases > most.most)
			throw new FileError(
				`${where}: found ${cases} cases, expected at most ${most.most}, ${most.because}`,
			);
		weeks.push({
			weekBegins: begins,
			weekEnds: isoFromDay(series.firstDay + at + 6),
			cases: (cases * 7) / reported,
		});
	}
	if (weeks.length === 0)
		throw new FileError(
			`${input}: ${series.area || "the series"} has ${counts.length} days, expected at least one whole week`,
		);
	const first =
		(from === undefined ? undefined : isoFromDay(from)) ??
		(weeks[Math.min(LEAD_IN_WEEKS, weeks.length - 1)]?.weekBegins as string);
	const scenario = countryScenario(
		catalogues,
		options.country,
		weeks,
		first,
		options.weeks ?? weeks.length,
	);
	const capacity = catalogues.defaults.capacity[options.country];
	const hospital = options.beds ?? scenario.beds.hospital;
	const critical = capacity?.shareBedsCritical ?? 0;
	const severe = 1 - (capacity?.shareBedsNotCovid ?? 0) - critical;
	return {
		...scenario,
		place: series.area || scenario.place,
		beds: {
			hospital,
			severe: options.uncapped
				? null
				: (options.severeBeds ?? Math.round(hospital * severe)),
			critical: options.uncapped
				? null
				: (options.criticalBeds ?? Math.round(hospital * critical)),
		},
		healthWorkers: options.healthWorkers ?? scenario.healthWorkers,
		labStaff: options.labStaff ?? scenario.labStaff,
	};
}

function tableOf(forecast: NeedsForecast, options: NeedsOptions): ResultRow[] {
	const week = (index: number): ResultRow => ({
		week_begins: forecast.patients[index]?.weekBegins,
		week_ends: forecast.patients[index]?.weekEnds,
	});
	switch (options.detail) {
		case "items":
			return forecast.items.flatMap(({ item, weekly }) =>
				weekly.map((value, index) => ({
					...week(index),
					item: item.id,
					name: item.name[options.language],
					category: item.category,
					unit: item.unit,
					amount: value ?? undefined,
					packs:
						value === null || !item.pack
							? undefined
							: Math.ceil(value / item.pack.size - 1e-9),
					cost_usd:
						value === null || item.priceUsd === null
							? undefined
							: value * item.priceUsd,
				})),
			);
		case "medicines":
			return forecast.medicines.map(
				({ medicine, bySeverity, total, costUsd }) => ({
					medicine: medicine.id,
					name: medicine.name,
					strength: medicine.strength,
					form: medicine.form,
					mild: bySeverity.mild,
					moderate: bySeverity.moderate,
					severe: bySeverity.severe,
					critical: bySeverity.critical,
					amount: total,
					cost_usd: costUsd ?? undefined,
				}),
			);
		case "patients":
			return forecast.patients.map((row, index) => ({
				...week(index),
				mild_in_isolation: row.demand.mild,
				moderate_in_isolation: row.demand.moderate,
				severe_wanting_a_bed: row.demand.severe,
				critical_wanting_a_bed: row.demand.critical,
				severe_in_bed: row.severeBeds,
				critical_in_bed: row.criticalBeds,
				facilities: row.facilitiesInUse,
				admitted_severe: row.admittedSevere,
				admitted_critical: row.admittedCritical,
			}));
		case "staff":
			return forecast.staff.map((row, index) => ({
				...week(index),
				inpatient_workers: row.inpatientWorkers,
				inpatient_workers_needed: row.inpatientWorkersNeeded,
				cleaners: row.inpatientCleaners,
				ambulance_workers: row.ambulanceWorkers,
				biomedical_engineers: row.biomedicalEngineers,
				isolation_caregivers: row.isolationCaregivers,
				screening_workers: row.screeningWorkers,
				screening_workers_needed: row.screeningWorkersNeeded,
				lab_staff: row.labStaff,
				lab_cleaners: row.labCleaners,
			}));
		case "tests":
			return forecast.tests.map((row, index) => ({
				...week(index),
				diagnosis: row.diagnosis,
				release: row.release,
				mild: row.mild,
				moderate: row.moderate,
				suspected: row.suspected,
				staff: forecast.totalTests[index]?.staff,
				contacts: forecast.totalTests[index]?.contacts,
				wanted: forecast.totalTests[index]?.wanted,
				possible: forecast.totalTests[index]?.done,
			}));
		case "oxygen":
			return forecast.oxygen.map((row, index) => ({
				...week(index),
				litres_per_minute: row.litresPerMinute,
				cubic_metres_per_day: row.cubicMetresPerDay,
				tonnes_per_day: row.tonnesPerDay,
				concentrators: row.concentrators,
				...Object.fromEntries(
					Object.entries(row.cylindersPerDay).map(([id, count]) => [
						`cylinders_${id}_per_day`,
						count,
					]),
				),
			}));
		case "cost":
			return [
				...[...new Set(forecast.items.map(({ item }) => item.category))].map(
					(category) => {
						const own = forecast.items.filter(
							({ item }) => item.category === category,
						);
						return {
							group: category,
							cost_usd: own.reduce(
								(sum, { costUsd }) => sum + (costUsd ?? 0),
								0,
							),
							without_price: own
								.filter(({ item }) => forecast.cost.unpriced.includes(item.id))
								.map(({ item }) => item.id)
								.join(" "),
						};
					},
				),
				{
					group: "medicines",
					cost_usd: forecast.medicines.reduce(
						(sum, { costUsd }) => sum + (costUsd ?? 0),
						0,
					),
					without_price: `${forecast.medicines.filter(({ medicine }) => forecast.cost.unpriced.includes(medicine.id)).length} medicines`,
				},
			];
	}
}
