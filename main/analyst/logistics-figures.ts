/** `logistics-figures`: draws the figures of docs/logistics-models.md from the models' own output. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import type { PlanAccount } from "../../core/logistics/allocation/plan.ts";
import { AllocationPlanner } from "../../core/logistics/allocation/planner.ts";
import {
	type AllocationProblem,
	checkProblem,
} from "../../core/logistics/allocation/problem.ts";
import { shareOut } from "../../core/logistics/allocation/sharing-rules.ts";
import type { OpenSession } from "../../core/logistics/allocation/solver.ts";
import type { Catalogues } from "../../core/logistics/catalogue.ts";
import { laboratoryQueue } from "../../core/logistics/laboratory.ts";
import { forecastNeeds } from "../../core/logistics/needs.ts";
import { countryScenario } from "../../core/logistics/needs-scenario.ts";
import {
	bestPool,
	testsPerSpecimen,
} from "../../core/logistics/specimen-pooling.ts";
import { stockOutlook } from "../../core/logistics/stock-position.ts";
import { day, isoFromDay } from "../../core/series/day.ts";
import { createRandom } from "../../core/statistics/random.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../machine/solver/highs-session.ts";
import { readCatalogues } from "./catalogue-files.ts";
import { COLOURS, drawFigure, type Figure } from "./line-figure.ts";

const FIRST = day("2020-06-01");

function needsFigure(catalogues: Catalogues): Figure {
	const weeks = Array.from({ length: 34 }, (_, week) => ({
		weekBegins: isoFromDay(FIRST + 7 * week),
		weekEnds: isoFromDay(FIRST + 7 * week + 6),
		cases: Math.round(4000 + 300_000 * Math.exp(-(((week - 17) / 5) ** 2))),
	}));
	const scenario = countryScenario(
		catalogues,
		"IDN",
		weeks,
		weeks[3]?.weekBegins ?? "",
		40,
	);
	const capped = forecastNeeds(scenario, catalogues);
	const free = forecastNeeds(
		{
			...scenario,
			beds: { ...scenario.beds, severe: null, critical: null },
		},
		catalogues,
	);
	return {
		title: "Oxygen of a wave, with beds capped and not",
		subtitle:
			"A made-up wave of 304,000 cases a week at its peak; critical beds are full long before severe ones.",
		yLabel: "tonnes a day",
		x: capped.patients.map((_, index) => FIRST + 21 + 7 * index),
		xKind: "date",
		level: { y: 400, label: "normal national use, 400 t/day" },
		series: [
			{
				kind: "line",
				label: "everyone who needs a bed",
				colour: COLOURS.orange,
				y: free.oxygen.map(({ tonnesPerDay }) => tonnesPerDay),
				dashed: true,
			},
			{
				kind: "line",
				label: "everyone who has a bed",
				colour: COLOURS.blue,
				y: capped.oxygen.map(({ tonnesPerDay }) => tonnesPerDay),
			},
		],
	};
}

function stockFigure(): Figure {
	const today = day("2020-09-01");
	const outlook = (perDay: number) =>
		stockOutlook(
			[
				{ id: "a", units: 4000, expires: today + 12 },
				{ id: "b", units: 9000 },
			],
			[{ arrives: today + 30, units: 5000 }],
			perDay,
			today,
			60,
		);
	const expected = outlook(300);
	const stock = (perDay: number) => outlook(perDay).map(({ onHand }) => onHand);
	return {
		title: "Stock of one item at one hospital",
		subtitle:
			"First expiry first; 4,000 of the lots expire on day 12; 5,000 arrive on day 30. Band: use 240 to 360 a day.",
		yLabel: "units on hand",
		x: expected.map((row) => row.day),
		xKind: "date",
		marks: [
			{ x: today + 12, label: "a lot expires" },
			{ x: today + 30, label: "delivery" },
		],
		series: [
			{
				kind: "band",
				label: "use from low to high",
				colour: COLOURS.blue,
				low: stock(360),
				high: stock(240),
			},
			{
				kind: "line",
				label: "expected use, 300 a day",
				colour: COLOURS.blue,
				y: stock(300),
			},
		],
	};
}

function queueFigure(): Figure {
	const random = createRandom("laboratory");
	const days = 60;
	const arrivals = Array.from({ length: days }, (_, index) =>
		random.poisson(index < 15 ? 250 : index < 35 ? 420 : 230),
	);
	const queue = laboratoryQueue(arrivals, new Array<number>(days).fill(300));
	return {
		title: "Queue of a laboratory that can test 300 a day",
		subtitle:
			"Twenty days above capacity take longer to work off than they lasted; the queue grows until arrivals fall.",
		yLabel: "specimens",
		x: arrivals.map((_, index) => FIRST + index),
		xKind: "date",
		level: { y: 300, label: "capacity" },
		series: [
			{
				kind: "line",
				label: "waiting at the end of the day",
				colour: COLOURS.orange,
				y: queue.map(({ waiting }) => waiting),
			},
			{ kind: "points", label: "arrived", colour: COLOURS.grey, y: arrivals },
		],
	};
}

function poolingFigure(): Figure {
	const prevalence = Array.from({ length: 61 }, (_, index) => index / 200);
	return {
		title: "Tests for each specimen by prevalence (Dorfman)",
		subtitle:
			"Above 30.7 % no pool saves tests; at 1 % the best pool of at most 10 takes a fifth.",
		yLabel: "tests",
		x: prevalence.map((share) => 100 * share),
		xKind: "number",
		xLabel: "prevalence, %",
		level: { y: 1, label: "one by one" },
		series: [
			{
				kind: "line",
				label: "pools of 10",
				colour: COLOURS.orange,
				y: prevalence.map((share) => testsPerSpecimen(10, share)),
				dashed: true,
			},
			{
				kind: "line",
				label: "pools of 5",
				colour: COLOURS.green,
				y: prevalence.map((share) => testsPerSpecimen(5, share)),
				dashed: true,
			},
			{
				kind: "line",
				label: "best size up to 10",
				colour: COLOURS.blue,
				y: prevalence.map((share) => bestPool(share, 10).testsPerSpecimen),
			},
		],
	};
}

/** A made-up island province: one item, four depots, 40 places, two of them hard to reach. */
function islandProblem(): AllocationProblem {
	const random = createRandom("islands");
	const places = Array.from({ length: 40 }, (_, index) => ({
		id: `P${index}`,
		population: Math.round(Math.exp(random.normal(11.5, 0.9))),
	}));
	const demand = places.map(({ population }) => [
		Math.round((population / 100) * (0.5 + random.uniform())),
	]);
	const total = demand.reduce((sum, [units]) => sum + (units as number), 0);
	const shares = [0.02, 0.2, 0.2, 0.18];
	return checkProblem({
		items: [{ id: "n95", volumeM3: 3e-4, maxLeadDays: 5 }],
		depots: shares.map((_, index) => ({ id: `D${index}` })),
		places,
		supply: shares.map((share) => [Math.round(share * total)]),
		demand,
		penalty: places.map(() => [[1, 1, 2, 3][random.integer(4)]]),
		costPerM3: shares.map(() =>
			places.map(() => 300 + 2000 * random.uniform()),
		),
		// The first depot alone reaches the first six places.
		leadDays: shares.map((_, depot) =>
			places.map((_, place) => (place < 6 && depot > 0 ? 9 : 3)),
		),
	});
}

function coverageFigure(open: OpenSession): Figure {
	const problem = islandProblem();
	const sorted = (unmet: (place: number) => number) =>
		problem.places
			.map(
				(_, place) =>
					100 * (1 - unmet(place) / (problem.demand[place]?.[0] as number)),
			)
			.sort((a, b) => a - b);
	const planned = (policy: "lexicographic" | "weighted", rounds?: number) => {
		const planner = new AllocationPlanner(problem, open, policy);
		const outcome = planner.plan({ coverageRounds: rounds });
		planner.dispose();
		if (outcome.kind !== "plan")
			throw new Error(`the example has no plan: ${outcome.kind}`);
		return coverageOf(outcome.plan);
	};
	const coverageOf = ({ shortages }: PlanAccount) => {
		const unmet = new Map(shortages.map((row) => [row.place, row.unmet]));
		return sorted((place) => unmet.get(place) ?? 0);
	};
	return {
		title: "Coverage of 40 places, worst off first, by policy",
		subtitle:
			"Six places have one small depot only: rounds lift the others past them; weights alone leave some empty.",
		yLabel: "% of need met",
		x: problem.places.map((_, index) => index + 1),
		xKind: "number",
		xLabel: "place, from the worst covered",
		series: [
			{
				kind: "line",
				label: "lexicographic, floor raised in rounds",
				colour: COLOURS.blue,
				y: planned("lexicographic"),
			},
			{
				kind: "line",
				label: "one floor for all",
				colour: COLOURS.green,
				y: planned("lexicographic", 1),
				dashed: true,
			},
			{
				kind: "line",
				label: "weights only",
				colour: COLOURS.orange,
				y: planned("weighted"),
			},
			{
				kind: "line",
				label: "by population",
				colour: COLOURS.grey,
				y: coverageOf(shareOut(problem, "by-population", open)),
			},
		],
	};
}

/** Adds `logistics-figures` to the program. */
export function registerLogisticsFigures(program: Command): void {
	program
		.command("logistics-figures")
		.description(
			"Draw the figures of docs/logistics-models.md from the models' own output, as SVG files.",
		)
		.argument("[folder]", "where to write them", "docs/figures")
		.action(async (folder: string) => {
			const highs = await loadSolver();
			const figures: Record<string, Figure> = {
				"needs-oxygen": needsFigure(await readCatalogues()),
				"stock-outlook": stockFigure(),
				"laboratory-queue": queueFigure(),
				pooling: poolingFigure(),
				"allocation-coverage": coverageFigure((program) =>
					openHighsSession(highs, program),
				),
			};
			await mkdir(folder, { recursive: true });
			for (const [name, figure] of Object.entries(figures)) {
				const path = join(folder, `${name}.svg`);
				await writeFile(path, drawFigure(figure));
				process.stdout.write(`${path}\n`);
			}
		});
}
