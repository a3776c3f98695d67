/** The digits in which a plan is told: they end where the solver's begin, and add up as told. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AllocationPlanner } from "../../../core/logistics/allocation/planner.ts";
import {
	type AllocationProblemInput,
	checkProblem,
} from "../../../core/logistics/allocation/problem.ts";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import {
	decimalsOf,
	statedShipments,
} from "../../../core/logistics/allocation/stated-units.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../../machine/solver/highs-session.ts";

const highs = await loadSolver();
const open: OpenSession = (program) => openHighsSession(highs, program);

function problemOf(
	supply: number[],
	demand: number[],
	more: Partial<AllocationProblemInput> = {},
) {
	return checkProblem({
		items: [{ id: "mask", volumeM3: 1 }],
		depots: supply.map((_, at) => ({ id: `D${at}` })),
		places: demand.map((_, at) => ({ id: `P${at}` })),
		supply: supply.map((units) => [units]),
		demand: demand.map((units) => [units]),
		penalty: demand.map(() => [1]),
		costPerM3: supply.map(() => demand.map(() => 1)),
		...more,
	});
}

function planOf(problem: AllocationProblemInput) {
	const planner = new AllocationPlanner(problem, open, "lexicographic");
	try {
		const outcome = planner.plan();
		if (outcome.kind !== "plan") throw new Error(JSON.stringify(outcome));
		return outcome.plan;
	} finally {
		planner.dispose();
	}
}

/** Adds as a person adds what is printed, digit by digit. */
function added(units: readonly number[], decimals: number): number {
	const scale = 10 ** decimals;
	return units.reduce((sum, value) => sum + Math.round(value * scale), 0);
}
const digits = (value: number) => (String(value).split(".")[1] ?? "").length;

test("a stock that seven places share is told in digits that add up to it", () => {
	const problem = problemOf([300], Array<number>(7).fill(100));
	const plan = planOf(problem);
	const [decimals = 0] = decimalsOf(problem);
	const units = plan.shipments.map((row) => row.units);
	expect(decimals).toBe(6);
	expect(Math.max(...units.map(digits))).toBeLessThanOrEqual(decimals);
	expect(added(units, decimals)).toBe(300 * 10 ** decimals);
	for (const value of units) expect(value).toBeCloseTo(300 / 7, 5);
	expect(plan.left).toEqual([[0]]);
	expect(plan.items[0]).toMatchObject({ shipped: 300, unmet: 400 });
	for (const short of plan.shortages) {
		const { units: got = 0 } =
			plan.shipments.find(({ place }) => place === short.place) ?? {};
		expect(added([got, short.unmet], decimals)).toBe(100 * 10 ** decimals);
		expect(short.coverage).toBe(got / 100);
	}
});

test("amounts are told with no fewer digits than they were given with", () => {
	const plan = planOf(problemOf([0.125, 1e8], [0.125, 5.5]));
	expect(plan.shipments.map(({ units }) => units).sort()).toEqual([0.125, 5.5]);
	expect(plan.left.flat().reduce((sum, units) => sum + units)).toBe(
		1e8 + 0.125 - 5.625,
	);
});

test("rounding takes no stock and fills no need beyond what there is (500 plans)", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 5 }),
			fc.integer({ min: 1, max: 8 }),
			fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
			(depots, places, draws) => {
				const draw = () => draws.next().value as number;
				// Shipments that use stocks up and meet needs exactly, with the noise of a solver.
				const flow = Array.from({ length: depots }, () =>
					Array.from({ length: places }, () =>
						draw() < 0.5 ? 0 : draw() * 10 ** Math.floor(6 * draw()),
					),
				);
				const whole = (total: number) =>
					draw() < 0.7 ? Number(total.toFixed(3)) : Math.ceil(total) + 1;
				const supply = flow.map((row) => whole(row.reduce((a, b) => a + b, 0)));
				const demand = Array.from({ length: places }, (_, place) =>
					whole(flow.reduce((sum, row) => sum + (row[place] ?? 0), 0)),
				);
				const problem = problemOf(supply, demand);
				const [decimals = 0] = decimalsOf(problem);
				const scale = 10 ** decimals;
				const noisy = flow.flatMap((row, depot) =>
					row.flatMap((units, place) =>
						units > 0
							? [
									{
										depot,
										place,
										item: 0,
										units: units * (1 + 1e-10 * (draw() - 0.5)),
									},
								]
							: [],
					),
				);
				const told = statedShipments(problem, noisy);
				for (const { units } of told)
					expect(digits(units)).toBeLessThanOrEqual(decimals);
				for (const row of told) {
					const before = noisy.find(
						({ depot, place }) => depot === row.depot && place === row.place,
					);
					expect(Math.abs(row.units - (before?.units ?? 0))).toBeLessThan(
						1e-5 * Math.max(1, ...supply),
					);
				}
				for (const [key, limits] of [
					["depot", supply],
					["place", demand],
				] as const)
					limits.forEach((limit, at) => {
						const sum = added(
							told.filter((row) => row[key] === at).map(({ units }) => units),
							decimals,
						);
						expect(sum).toBeLessThanOrEqual(Math.round(limit * scale));
					});
			},
		),
		{ numRuns: 500 },
	);
});

test("stock without a way or without a need is named in the plan, stock held as reserve is not", () => {
	const plan = planOf(
		problemOf([100, 50], [80], {
			items: [
				{ id: "mask", volumeM3: 1 },
				{ id: "tent", volumeM3: 1 },
			],
			supply: [
				[100, 7],
				[50, 3],
			],
			reserve: [
				[0, 0],
				[0, 3],
			],
			demand: [[80, 0]],
			penalty: [[1, 1]],
			bans: [{ depot: "D1", place: "P0" }],
		}),
	);
	expect(plan.idle).toEqual([
		{ depot: 1, item: 0, units: 50, why: "no-route" },
		{ depot: 0, item: 1, units: 7, why: "no-demand" },
	]);
});
