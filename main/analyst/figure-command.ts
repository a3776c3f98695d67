/**
 * `figures`: draws the figures of docs/models.md from the models' own output, over epidemics simulated from a seed, so
 * that each estimate can be laid over the truth it should find.
 */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import {
	type AgeStructuredScenario,
	runAgeStructured,
} from "../../core/epidemic/age-structured.ts";
import { type ChimeParameters, fitChime } from "../../core/epidemic/chime.ts";
import { nowcast } from "../../core/epidemic/nowcast.ts";
import { projectRenewal } from "../../core/epidemic/renewal-projection.ts";
import type { ReportingTriangle } from "../../core/epidemic/reporting-triangle.ts";
import { estimateReproductionNumber } from "../../core/epidemic/reproduction-number.ts";
import { discretiseSerialInterval } from "../../core/epidemic/serial-interval.ts";
import { NISHIURA_UNCERTAINTY } from "../../core/epidemic/uncertain-serial-interval.ts";
import { type Day, day } from "../../core/series/day.ts";
import { found } from "../../core/series/found.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { COLOURS, drawFigure, type Figure } from "./line-figure.ts";

const SEED = 20200302;
const FIRST_DAY = day("2020-03-02");
const INTERVAL = discretiseSerialInterval(4.7, 2.9, 60);

/** Cases of a renewal process with a known R, from a dozen imported ones. */
function simulatedEpidemic(days: number): { r: number[]; cases: number[] } {
	const random = createRandom(SEED);
	const r = Array.from({ length: days }, (_, t) =>
		t < 35 ? 1.9 : t < 75 ? 0.75 : 1.15,
	);
	const cases: number[] = [12];
	for (let t = 1; t < days; t++) {
		let lambda = 0;
		for (let s = 1; s <= Math.min(t, 60); s++)
			lambda += INTERVAL[s] * cases[t - s];
		cases.push(
			random.negativeBinomial(r[t] * lambda, 20) +
				(t < 10 ? random.poisson(4) : 0),
		);
	}
	return { r, cases };
}

function datesFrom(first: Day, days: number): number[] {
	return Array.from({ length: days }, (_, index) => first + index);
}

function reproductionFigure(): Figure {
	const { r, cases } = simulatedEpidemic(120);
	const low = new Float64Array(cases.length).fill(Number.NaN);
	const median = low.slice();
	const high = low.slice();
	for (const estimate of estimateReproductionNumber({
		local: cases,
		serialInterval: INTERVAL,
	})) {
		if (estimate.status !== "estimated") continue;
		[low[estimate.last], median[estimate.last], high[estimate.last]] =
			estimate.quantiles as [number, number, number];
	}
	return {
		title: "Reproduction number: truth and estimate",
		subtitle:
			"Simulated cases with a known R; weekly windows drawn at their last day lag behind by about half a window.",
		yLabel: "R",
		x: datesFrom(FIRST_DAY, cases.length),
		xKind: "date",
		yMax: 3.5,
		level: { y: 1, label: "R = 1" },
		series: [
			{ kind: "band", label: "95 % interval", colour: COLOURS.blue, low, high },
			{ kind: "line", label: "median", colour: COLOURS.blue, y: median },
			{
				kind: "line",
				label: "true R",
				colour: COLOURS.orange,
				y: r,
				dashed: true,
			},
		],
	};
}

function serialIntervalFigure(): Figure {
	const of = (mean: number, sd: number) =>
		discretiseSerialInterval(mean, sd, 20);
	return {
		title: "Discretised serial interval",
		subtitle:
			"Probability of each whole day; the shifted gamma of Cori et al. 2013.",
		yLabel: "probability",
		x: Array.from({ length: 21 }, (_, k) => k),
		xKind: "number",
		xLabel: "days from onset to onset",
		series: [
			{
				kind: "line",
				label: "mean 4.7, sd 2.9 (Nishiura 2020)",
				colour: COLOURS.blue,
				y: of(4.7, 2.9),
			},
			{
				kind: "line",
				label: "mean 7.5, sd 3.4 (Li 2020)",
				colour: COLOURS.orange,
				y: of(7.5, 3.4),
			},
			{
				kind: "line",
				label: "mean 3.96, sd 4.75 (Du 2020)",
				colour: COLOURS.green,
				y: of(3.96, 4.75),
				dashed: true,
			},
		],
	};
}

function nowcastFigure(): Figure {
	const random = createRandom(SEED + 1);
	const days = 45;
	const longestDelay = 12;
	const weights = Array.from({ length: longestDelay + 1 }, (_, x) => 0.72 ** x);
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const counts = Array.from({ length: days }, (_, t) =>
		weights.map((weight) => random.poisson((40 * 1.05 ** t * weight) / total)),
	);
	const triangle: ReportingTriangle = {
		firstDay: FIRST_DAY,
		longestDelay,
		counts,
	};
	const estimates = nowcast(triangle);
	const shown = (pick: "estimate" | "low" | "high") =>
		estimates.map((estimate) =>
			estimate.status === "estimated" ? estimate[pick] : Number.NaN,
		);
	return {
		title: "Nowcast: reported so far, estimated, and what was known later",
		subtitle:
			"The last days look like a fall only because reports are still to come. A day under 15 % complete gets no estimate.",
		yLabel: "events on the day",
		x: datesFrom(FIRST_DAY, days),
		xKind: "date",
		yMax: 520,
		series: [
			{
				kind: "band",
				label: "95 % interval",
				colour: COLOURS.blue,
				low: shown("low"),
				high: shown("high"),
			},
			{
				kind: "line",
				label: "nowcast",
				colour: COLOURS.blue,
				y: shown("estimate"),
			},
			{
				kind: "line",
				label: "reported so far",
				colour: COLOURS.grey,
				y: estimates.map(({ observed }) => observed),
			},
			{
				kind: "points",
				label: "known later",
				colour: COLOURS.orange,
				y: counts.map((row) => row.reduce((a, b) => a + b)),
			},
		],
	};
}

function projectionFigure(): Figure {
	const { cases } = simulatedEpidemic(120);
	const today = 95;
	const horizon = 21;
	const projection = projectRenewal(
		{
			incidence: cases.slice(0, today),
			serialInterval: NISHIURA_UNCERTAINTY,
			horizonDays: horizon,
			draws: 2000,
		},
		createRandom(SEED),
	);
	if (projection.status !== "projected")
		throw new Error(`the example cannot be projected: ${projection.reason}`);
	const first = 60;
	const length = today + horizon - first;
	const late = (values: Float64Array) => {
		const line = new Float64Array(length).fill(Number.NaN);
		line.set(values, today - first);
		return line;
	};
	const { median, bands } = projection.incidence;
	const band = (index: number, opacity: number) => {
		const { level, low, high } = found(bands[index], `band ${index}`);
		return {
			kind: "band" as const,
			label: `${level * 100} %`,
			colour: COLOURS.blue,
			low: late(low),
			high: late(high),
			opacity,
		};
	};
	return {
		title: "Projection by renewal, three weeks ahead",
		subtitle:
			"R and serial interval drawn in pairs, negative binomial noise. Points right of the line were not known to the model.",
		yLabel: "cases on the day",
		x: datesFrom(FIRST_DAY + first, length),
		xKind: "date",
		marks: [{ x: FIRST_DAY + today - 0.5, label: "today" }],
		series: [
			band(2, 0.15),
			band(1, 0.2),
			band(0, 0.3),
			{ kind: "line", label: "median", colour: COLOURS.blue, y: late(median) },
			{
				kind: "points",
				label: "cases",
				colour: COLOURS.orange,
				y: cases.slice(first, today + horizon),
			},
		],
	};
}

const CHIME: ChimeParameters = {
	population: 4_119_405,
	marketShare: 0.15,
	infectiousDays: 14,
	recovered: 0,
	relativeContactRate: 0.3,
	mitigationDate: day("2020-03-28"),
	currentDate: day("2020-03-28"),
	currentHospitalized: 14,
	days: 60,
	dispositions: {
		hospitalized: { rate: 0.025, lengthOfStay: 7 },
		icu: { rate: 0.0075, lengthOfStay: 9 },
		ventilated: { rate: 0.005, lengthOfStay: 10 },
	},
	fit: { by: "first-hospitalized", date: day("2020-03-07") },
};

function chimeFigure(): Figure {
	const good = fitChime(CHIME);
	const bad = fitChime({
		...CHIME,
		currentHospitalized: 640,
		fit: { by: "first-hospitalized", date: day("2020-01-27") },
	});
	if (!good || !bad) throw new Error("the example cannot be fitted");
	const from = -61;
	const length = 60 - from + 1;
	const line = (fit: typeof good) => {
		const values = new Float64Array(length).fill(Number.NaN);
		values.set(fit.series.census.hospitalized, fit.series.day[0] - from);
		return values;
	};
	return {
		title: "CHIME: a fit that is shown and one that is refused",
		subtitle: `Accepted: doubling every ${good.doublingTime.toFixed(1)} days. Refused, every ${bad.doublingTime.toFixed(1)} days: its peak is past, a false minimum.`,
		yLabel: "patients in hospital",
		x: datesFrom(CHIME.currentDate + from, length),
		xKind: "date",
		marks: [{ x: CHIME.currentDate, label: "today" }],
		series: [
			{
				kind: "line",
				label: "accepted (14 patients today)",
				colour: COLOURS.blue,
				y: line(good),
			},
			{
				kind: "line",
				label: "refused (640 patients today)",
				colour: COLOURS.orange,
				y: line(bad),
				dashed: true,
			},
		],
	};
}

/** Age pyramid and severities ("China CDC") as in the published scenario tool. */
const AGES = [
	["0-9", 46.9, 5, 1, 5, 30],
	["10-19", 46, 5, 3, 10, 30],
	["20-29", 44.7, 10, 3, 10, 30],
	["30-39", 43, 15, 3, 15, 30],
	["40-49", 38.6, 20, 6, 20, 30],
	["50-59", 28.9, 25, 10, 25, 40],
	["60-69", 16.9, 30, 25, 35, 40],
	["70-79", 7, 40, 35, 45, 50],
	["80+", 2.3, 50, 50, 55, 50],
] as const;

function ageFigure(): Figure {
	const begin = day("2020-03-10");
	const scenario = (reductionPercent: number): AgeStructuredScenario => ({
		begin,
		end: begin + 280,
		population: 4_000_000,
		seroprevalence: 0,
		initialCases: 60,
		importsPerDay: 2,
		r0: 2.4,
		latencyDays: 3,
		infectiousDays: 5,
		hospitalStayDays: 7,
		icuStayDays: 12,
		seasonalForcing: 0,
		peakMonth: 0,
		icuBeds: 220,
		overflowSeverity: 2,
		mitigations: [{ begin: begin + 38, end: begin + 280, reductionPercent }],
		ages: AGES.map(
			([name, population, confirmed, severe, critical, fatal]) => ({
				name,
				population,
				isolated: 0,
				confirmed,
				severe,
				critical,
				palliative: 0,
				fatal,
			}),
		),
	});
	const rows45 = runAgeStructured(scenario(45));
	const rows55 = runAgeStructured(scenario(55));
	return {
		title: "Age-structured model: critical patients against 220 ICU beds",
		subtitle:
			"Four million people, R0 2.4; from day 38 a measure lowers transmission by 45 % or 55 %.",
		yLabel: "patients",
		x: rows45.map(({ time }) => time),
		xKind: "date",
		level: { y: 220, label: "220 beds" },
		series: [
			{
				kind: "line",
				label: "in ICU, 45 %",
				colour: COLOURS.orange,
				y: rows45.map(({ critical }) => critical),
			},
			{
				kind: "line",
				label: "without a bed, 45 %",
				colour: COLOURS.purple,
				y: rows45.map(({ overflow }) => overflow),
				dashed: true,
			},
			{
				kind: "line",
				label: "in ICU, 55 %",
				colour: COLOURS.blue,
				y: rows55.map(({ critical }) => critical),
			},
		],
	};
}

/** The figures by file name. */
export const EPIDEMIC_FIGURES: Record<string, () => Figure> = {
	"serial-interval": serialIntervalFigure,
	"reproduction-number": reproductionFigure,
	nowcast: nowcastFigure,
	projection: projectionFigure,
	chime: chimeFigure,
	"age-structured": ageFigure,
};

/** Adds `figures` to the program. */
export function registerFigureCommand(program: Command): void {
	program
		.command("figures")
		.description(
			"Draw the epidemic figures of docs/models.md from the models' own output, as SVG files.",
		)
		.argument("[folder]", "where to write them", "docs/figures")
		.action(async (folder: string) => {
			await mkdir(folder, { recursive: true });
			for (const [name, figure] of Object.entries(EPIDEMIC_FIGURES)) {
				const path = join(folder, `${name}.svg`);
				await writeFile(path, drawFigure(figure()));
				process.stdout.write(`${path}\n`);
			}
		});
}
