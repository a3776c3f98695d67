import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { unprovenParts } from "../../../core/logistics/allocation/plan.ts";
import { AllocationPlanner } from "../../../core/logistics/allocation/planner.ts";
import type { AllocationProblem } from "../../../core/logistics/allocation/problem.ts";
import type { StepReport } from "../../../core/logistics/allocation/solve-steps.ts";
import type {
	OpenSession,
	SolveOptions,
	SolveResult,
} from "../../../core/logistics/allocation/solver.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../../machine/solver/highs-session.ts";
import { allocationInstance } from "../../fixtures/allocation-instance.ts";

let open: OpenSession;
beforeAll(async () => {
	const highs = await loadSolver();
	open = (program) => openHighsSession(highs, program);
});

/** The solver, with each solve seen and its result changed. */
function watched(
	see: (options: SolveOptions, result: SolveResult) => SolveResult,
): OpenSession {
	return (program) => {
		const session = open(program);
		return {
			...session,
			solve: (options = {}) => see(options, session.solve(options)),
		};
	};
}

function inPacks(problem: AllocationProblem, pack: number): AllocationProblem {
	return {
		...problem,
		items: problem.items.map((item) => ({ ...item, pack })),
	};
}

describe("a pin after the plan", () => {
	it("that costs nobody anything is solved once, and gives the plan that planning from nothing gives", () => {
		const problem = allocationInstance(6, 40, 2, { coupled: true });
		let solves = 0;
		const planner = new AllocationPlanner(
			problem,
			watched((_, result) => {
				solves++;
				return result;
			}),
		);
		const first = planner.plan();
		if (first.kind !== "plan") throw new Error(first.kind);
		const [shipment] = first.plan.shipments;
		if (!shipment) throw new Error("no shipment");
		const pin = {
			depot: problem.depots[shipment.depot]?.id ?? "",
			place: problem.places[shipment.place]?.id ?? "",
			item: problem.items[shipment.item]?.id ?? "",
			atMost: shipment.units / 2,
		};
		solves = 0;
		const again = planner.changePins([pin]);
		expect(solves).toBe(1);
		const fresh = new AllocationPlanner({ ...problem, pins: [pin] }, open);
		const anew = fresh.plan();
		if (again.kind !== "plan" || anew.kind !== "plan") throw new Error("plan");
		expect(again.plan.steps.map(({ objective }) => objective)).toEqual([
			"unmet",
			"transport",
		]);
		for (const told of ["weightedUnmet", "transportCost"] as const)
			expect(again.plan[told] / anew.plan[told]).toBeCloseTo(1, 6);
		planner.dispose();
		fresh.dispose();
	});
});

describe("a plan with whole packs", () => {
	const problem = inPacks(allocationInstance(3, 8, 2), 50);

	it("has a limit of its own when none is given, and a divisible plan has none", () => {
		const limits: (number | undefined)[] = [];
		const see = watched(({ timeLimit }, result) => {
			limits.push(timeLimit);
			return result;
		});
		new AllocationPlanner(problem, see).plan();
		expect(limits.length).toBeGreaterThan(0);
		for (const limit of limits) expect(limit).toBeLessThanOrEqual(60);
		limits.length = 0;
		new AllocationPlanner(allocationInstance(3, 8, 2), see).plan();
		expect(new Set(limits)).toEqual(new Set([undefined]));
	});

	it("whose time ends before its proof says so of every step, with how far from the best it can be", () => {
		const planner = new AllocationPlanner(
			problem,
			watched((_, result) =>
				result.status === "optimal"
					? { ...result, status: "time-limit", gap: 0.004 }
					: result,
			),
		);
		const outcome = planner.plan();
		planner.dispose();
		if (outcome.kind !== "plan") throw new Error(outcome.kind);
		expect(outcome.plan).toMatchObject({ status: "time-limit", gap: 0.004 });
		expect(unprovenParts(outcome.plan.steps)).toEqual([
			{ objective: "unmet", couldBeLower: 0.004 },
			{ objective: "transport", couldBeLower: 0.004 },
		]);
		expect(outcome.plan.fairness?.unsettled.length).toBeGreaterThan(0);
	});

	it("is not called proved when only its last step was", () => {
		let solves = 0;
		let last = 0;
		const count = watched((_, result) => {
			solves++;
			return result;
		});
		new AllocationPlanner(problem, count).plan();
		last = solves;
		solves = 0;
		const outcome = new AllocationPlanner(
			problem,
			watched((_, result) =>
				++solves < last
					? { ...result, status: "time-limit", gap: 0.1 }
					: result,
			),
		).plan();
		expect(outcome).toMatchObject({
			kind: "plan",
			plan: { status: "time-limit", gap: 0.1 },
		});
	});

	it("whose bound is worth nothing says that nothing is known", () => {
		const step = (gap: number): StepReport => ({
			objective: "transport",
			round: 1,
			status: "time-limit",
			value: 10,
			gap,
			seconds: 1,
		});
		for (const gap of [Number.POSITIVE_INFINITY, Number.NaN, 1.2])
			expect(unprovenParts([step(gap)])).toEqual([
				{ objective: "transport", couldBeLower: null },
			]);
	});

	it("ends at Ctrl-C in the middle of a solve", async () => {
		const folder = mkdtempSync(join(tmpdir(), "blc-allocate-"));
		try {
			const file = join(folder, "problem.json");
			writeFileSync(
				file,
				JSON.stringify(inPacks(allocationInstance(8, 120, 5), 70)),
			);
			const child = spawn(
				process.execPath,
				[resolve("main/analyst/model.ts"), "allocate", file],
				{ stdio: "ignore" },
			);
			const ended = once(child, "exit");
			await new Promise((wait) => setTimeout(wait, 3000));
			child.kill("SIGINT");
			const [code, signal] = await ended;
			expect(code === 130 || signal === "SIGINT").toBe(true);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
});
