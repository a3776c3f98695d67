/** Small plans whose right answer can be found with a pencil. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { AllocationPlanner } from "../../../core/logistics/allocation/planner.ts";
import {
	type AllocationProblemInput,
	checkProblem,
} from "../../../core/logistics/allocation/problem.ts";
import { shareOut } from "../../../core/logistics/allocation/sharing-rules.ts";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import { planInWholeUnits } from "../../../core/logistics/allocation/whole-units.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../../machine/solver/highs-session.ts";
import { allocationInstance } from "../../fixtures/allocation-instance.ts";

const highs = await loadSolver();
const open: OpenSession = (program) => openHighsSession(highs, program);

function planOf(
	problem: AllocationProblemInput,
	options: Parameters<AllocationPlanner["plan"]>[0] = {},
	policy: "lexicographic" | "weighted" = "lexicographic",
) {
	const planner = new AllocationPlanner(problem, open, policy);
	try {
		const outcome = planner.plan(options);
		if (outcome.kind !== "plan") throw new Error(JSON.stringify(outcome));
		return outcome.plan;
	} finally {
		planner.dispose();
	}
}

/** Units each place is sent of an item. */
const sent = (
	problem: AllocationProblemInput,
	plan: Pick<ReturnType<typeof planOf>, "shipments">,
	item = 0,
) =>
	problem.places.map((_, place) =>
		plan.shipments
			.filter((row) => row.place === place && row.item === item)
			.reduce((sum, { units }) => sum + units, 0),
	);

/** One item, named depots and places; `routes` lists the places each depot reaches (absent: all). */
function masks(given: {
	supply: number[];
	demand: number[];
	penalty?: number[];
	pack?: number;
	routes?: number[][];
	more?: Partial<AllocationProblemInput>;
}): AllocationProblemInput {
	const places = given.demand.map((_, at) => ({ id: `P${at + 1}` }));
	const depots = given.supply.map((_, at) => ({ id: `D${at + 1}` }));
	return {
		items: [{ id: "mask", volumeM3: 1, pack: given.pack }],
		depots,
		places,
		supply: given.supply.map((units) => [units]),
		demand: given.demand.map((units) => [units]),
		penalty: given.demand.map((_, at) => [given.penalty?.[at] ?? 1]),
		costPerM3: depots.map(() => places.map(() => 1)),
		bans: (given.routes ?? []).flatMap((reached, depot) =>
			places.flatMap(({ id }, place) =>
				reached.includes(place)
					? []
					: [{ depot: depots[depot]?.id as string, place: id }],
			),
		),
		...given.more,
	};
}

test("a place that only a small depot reaches holds nobody else down, in units or in packs of one", () => {
	for (const pack of [undefined, 1]) {
		const problem = masks({
			supply: [1, 8],
			demand: [10, 10, 10],
			penalty: [1, 100, 1],
			routes: [[0], [1, 2]],
			pack,
		});
		expect(sent(problem, planOf(problem))).toEqual([1, 4, 4]);
	}
});

test("rounds go on until no place can rise: ten small depots, then two places that share", () => {
	const problem = masks({
		supply: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 120],
		demand: new Array(12).fill(100),
		penalty: [...new Array(11).fill(1), 100],
		routes: [...Array.from({ length: 10 }, (_, at) => [at]), [10, 11]],
	});
	const plan = planOf(problem);
	expect(sent(problem, plan).slice(10)).toEqual([60, 60]);
	expect(plan.fairness).toEqual({ rounds: 11, unsettled: [] });
});

test("rounds that end early name the places they leave open, and only those", () => {
	const problem = masks({
		supply: [1, 2, 3, 4],
		demand: [100, 100, 100, 100],
		routes: [[0], [1], [2], [3]],
	});
	expect(planOf(problem, { coverageRounds: 2 }).fairness).toEqual({
		rounds: 2,
		unsettled: [
			{ place: 2, item: 0 },
			{ place: 3, item: 0 },
		],
	});
	expect(planOf(problem, { coverageRounds: 4 }).fairness?.unsettled).toEqual(
		[],
	);
});

/** One place, two items that compete for room for ten. */
const shared = (
	change: Partial<AllocationProblemInput> = {},
): AllocationProblemInput => ({
	items: [
		{ id: "a", volumeM3: 1 },
		{ id: "b", volumeM3: 1 },
	],
	depots: [{ id: "D1" }],
	places: [{ id: "P1" }],
	supply: [[10, 10]],
	demand: [[10, 10]],
	penalty: [[100, 1]],
	costPerM3: [[1]],
	depotCapacityM3: [10],
	...change,
});

test("items that compete for room are not frozen where the solver stood: what weighs more is shipped", () => {
	for (const pack of [undefined, 1, 5]) {
		const plan = planOf(
			shared({
				items: [
					{ id: "a", volumeM3: 1, pack },
					{ id: "b", volumeM3: 1, pack },
				],
			}),
		);
		expect(plan.weightedUnmet).toBeCloseTo(10, 5);
		expect(plan.shipments).toEqual([
			{ depot: 0, place: 0, item: 0, units: 10 },
		]);
	}
});

test("an item of two places is not left out for one of a single place that weighs as much in the first sum", () => {
	// Room for 1 m3: 0.5 masks each (coverage 0.025, weight 2) or half a gown (0.05, weight 1) make the same first sum, 0.05.
	// The second place of the masks decides: with gowns it has nothing.
	const plan = planOf({
		items: [
			{ id: "mask", volumeM3: 1, coverageWeight: 2 },
			{ id: "gown", volumeM3: 2, coverageWeight: 1 },
		],
		depots: [{ id: "D" }],
		places: [{ id: "P1" }, { id: "P2" }],
		supply: [[6, 10]],
		demand: [
			[20, 0],
			[20, 10],
		],
		penalty: [
			[1, 1],
			[1, 2],
		],
		costPerM3: [[2, 1]],
		depotCapacityM3: [1],
	});
	expect(plan.items[0]?.lowestCoverage).toBeCloseTo(0.025, 6);
	expect(plan.items[1]?.lowestCoverage).toBeCloseTo(0, 6);
	expect(plan.fairness).toEqual({ rounds: 2, unsettled: [] });
});

test("trucks and packs together: the fairest sum, then the least unmet need, then the cheapest way", () => {
	const plan = planOf({
		items: [
			{ id: "a", volumeM3: 1, pack: 5 },
			{ id: "b", volumeM3: 2, pack: 2 },
		],
		depots: [{ id: "D1" }, { id: "D2" }],
		places: [{ id: "P1" }, { id: "P2" }],
		supply: [
			[33, 11],
			[12, 9],
		],
		demand: [
			[25, 10],
			[20, 8],
		],
		penalty: [
			[50, 90],
			[40, 70],
		],
		costPerM3: [
			[2, 3],
			[4, 1],
		],
		trucks: {
			capacityM3: [
				[20, 20],
				[15, 15],
			],
			fixedCost: [
				[30, 40],
				[35, 20],
			],
			tripsPerDepot: [2, 1],
		},
	});
	expect(plan.steps[0]?.value).toBeCloseTo(1, 9);
	expect([plan.weightedUnmet, plan.transportCost]).toEqual([1160, 256]);
});

test("one more unit saves what both places gain from it, not what the heavier one would", () => {
	const planner = new AllocationPlanner(
		masks({ supply: [10], demand: [10, 10], penalty: [10, 1] }),
		open,
	);
	planner.plan();
	expect(planner.supplyValues()?.[0]?.saves).toBeCloseTo(5.5, 4);
	planner.dispose();
});

test("a depot that had nothing is valued too, and one whose unit nobody needs saves nothing", () => {
	const planner = new AllocationPlanner(
		masks({
			supply: [0, 50],
			demand: [10, 20],
			penalty: [3, 1],
			routes: [[0], [1]],
		}),
		open,
	);
	planner.plan();
	expect(planner.supplyValues()?.map(({ saves }) => saves)).toEqual([
		expect.closeTo(3, 6),
		0,
	]);
	planner.dispose();
});

test("a place that asks for less than a pack does not empty the fairness of the others", () => {
	const problem = masks({
		supply: [60],
		demand: [20, 60, 60],
		penalty: [1, 100, 1],
		pack: 30,
	});
	expect(sent(problem, planOf(problem))).toEqual([0, 30, 30]);
});

test("a place that asks for less than a pack is sent one when all can have something", () => {
	const problem = masks({ supply: [100], demand: [9, 100], pack: 10 });
	const plan = planOf(problem);
	expect(sent(problem, plan)).toEqual([10, 90]);
	expect(plan.surplus).toEqual([{ place: 0, item: 0, demand: 9, units: 1 }]);
});

test("what is left over is offered as whole packs, and said to be more than asked, under every policy", () => {
	const one = masks({ supply: [60], demand: [20], pack: 30 });
	expect(planOf(one).surplus).toEqual([
		{ place: 0, item: 0, demand: 20, units: 10 },
	]);
	const problem = masks({
		supply: [100],
		demand: [17, 8],
		pack: 10,
		more: { costPerM3: [[0.01, 0.005]] },
	});
	const rounded = planInWholeUnits(
		checkProblem(problem),
		planOf({ ...problem, items: [{ id: "mask", volumeM3: 1 }] }),
	);
	for (const plan of [
		planOf(problem),
		planOf(problem, {}, "weighted"),
		rounded,
		shareOut(checkProblem(problem), "by-demand", open),
	]) {
		expect(sent(problem, plan)).toEqual([20, 10]);
		expect(plan.items[0]).toMatchObject({
			demand: 25,
			shipped: 30,
			unmet: 0,
			moreThanAsked: 5,
			lowestCoverage: 1,
		});
		expect(plan.shortages).toEqual([]);
		expect(plan.left).toEqual([[70]]);
	}
});

test("packs that must not exceed the need say so where they do not fit", () => {
	const plan = planOf(
		masks({
			supply: [60],
			demand: [20],
			pack: 30,
			more: { packsBeyondNeed: false },
		}),
	);
	expect(plan.shortages[0]?.reason).toEqual({
		kind: "less-than-a-pack",
		pack: 30,
	});
});

test("a rounded plan tells its totals, coverage and rest from the packs it ships", () => {
	const problem = checkProblem(
		masks({
			supply: [22],
			demand: [10, 10, 10],
			penalty: [3, 2, 1],
			pack: 4,
		}),
	);
	const plan = planInWholeUnits(
		problem,
		planOf({ ...problem, items: [{ id: "mask", volumeM3: 1 }] }),
	);
	expect(sent(problem, plan).sort()).toEqual([4, 8, 8]);
	expect(plan.items[0]).toMatchObject({
		shipped: 20,
		unmet: 10,
		lowestCoverage: 0.4,
	});
	expect(plan.transportCost).toBe(20);
	expect(plan.left).toEqual([[2]]);
	expect(plan.weightedUnmet).toBe(
		plan.shortages.reduce((sum, { weight }) => sum + weight, 0),
	);
});

test("when packs are too few for all, those who have nothing come first, of equals the most urgent, and who gets none is told of the pack", () => {
	const given = masks({
		supply: [300],
		// The third asks most urgently: it has nothing left.
		demand: [1000, 300, 300, 300],
		penalty: [1, 1, 9, 1],
		pack: 100,
	});
	const plan = planInWholeUnits(
		checkProblem(given),
		planOf({ ...given, items: [{ id: "mask", volumeM3: 1 }] }),
	);
	expect(sent(given, plan)).toEqual([100, 100, 100, 0]);
	expect(plan.shortages.find(({ place }) => place === 3)?.reason).toEqual({
		kind: "less-than-a-pack",
		pack: 100,
	});
	// A need below a pack takes part from the start, and a pack goes from who keeps more without it.
	const small = masks({ supply: [400], demand: [2000, 30], pack: 100 });
	const fair = planInWholeUnits(
		checkProblem(small),
		planOf({ ...small, items: [{ id: "mask", volumeM3: 1 }] }),
	);
	expect(sent(small, fair)).toEqual([300, 100]);
});

test("no place has less of an item in packs than another could keep with one pack less, whatever stocks and needs are", () => {
	fc.assert(
		fc.property(
			fc.record({
				supply: fc.integer({ min: 0, max: 40 }),
				demand: fc.array(fc.integer({ min: 1, max: 900 }), {
					minLength: 2,
					maxLength: 9,
				}),
				pack: fc.integer({ min: 2, max: 120 }),
			}),
			({ supply, demand, pack }) => {
				const given = masks({ supply: [supply * pack], demand, pack });
				const plan = planInWholeUnits(
					checkProblem(given),
					planOf({ ...given, items: [{ id: "mask", volumeM3: 1 }] }),
				);
				const units = demand.map((_, place) =>
					plan.shipments
						.filter((row) => row.place === place)
						.reduce((sum, row) => sum + row.units, 0),
				);
				units.forEach((has, place) => {
					const need = demand[place] as number;
					if (need - has < (has > 0 ? pack : 1)) return;
					units.forEach((other, at) => {
						if (at !== place && other >= pack)
							expect(
								(other - pack) / (demand[at] as number),
							).toBeLessThanOrEqual(has / need + 1e-6);
					});
				});
			},
		),
		{ numRuns: 80 },
	);
});

test("rounding up stays within a depot's room, its trips and its pins", () => {
	const given = masks({
		supply: [40],
		demand: [15, 15],
		pack: 10,
		more: { depotCapacityM3: [20] },
	});
	const divisible = {
		...given,
		items: [{ id: "mask", volumeM3: 1 }],
	};
	const plan = planInWholeUnits(checkProblem(given), planOf(divisible));
	expect(sent(given, plan)).toEqual([10, 10]);
	const trucks = {
		capacityM3: [[10, 10]],
		fixedCost: [[1, 1]],
		tripsPerDepot: [2],
	};
	const driven = planInWholeUnits(
		checkProblem({ ...given, depotCapacityM3: undefined, trucks }),
		planOf({ ...divisible, depotCapacityM3: undefined, trucks }),
	);
	expect(sent(given, driven)).toEqual([10, 10]);
	expect(driven.trips.map(({ trips }) => trips)).toEqual([1, 1]);
	const pins = [{ depot: "D1", place: "P1", item: "mask", atLeast: 12 }];
	const pinned = planInWholeUnits(
		checkProblem({
			...given,
			supply: [[20]],
			depotCapacityM3: undefined,
			pins,
		}),
		planOf({ ...divisible, supply: [[20]], depotCapacityM3: undefined, pins }),
	);
	expect(sent(given, pinned)[0]).toBe(20);
});

test("stock that grows, or a pin taken back, is planned as from nothing", () => {
	const given = (supply: number) =>
		masks({ supply: [supply], demand: [100, 100], penalty: [10, 1] });
	const planner = new AllocationPlanner(given(50), open);
	planner.plan();
	const richer = planner.changeSupply([[150]]);
	if (richer.kind !== "plan") throw new Error(richer.kind);
	expect(sent(given(150), richer.plan)).toEqual([75, 75]);
	planner.changePins([
		{ depot: "D1", place: "P1", item: "mask", atLeast: 100 },
	]);
	const free = planner.changePins([]);
	planner.dispose();
	if (free.kind !== "plan") throw new Error(free.kind);
	expect(sent(given(150), free.plan)).toEqual([75, 75]);
});

test("whole numbers come out whole", () => {
	const problem = masks({ supply: [1000], demand: [700, 200] });
	expect(sent(problem, planOf(problem))).toEqual([700, 200]);
});

test("many depots with little reach and little room: every level is settled, and each unit's value is what planning again gives", () => {
	const instance = allocationInstance(8, 60, 3, { coupled: true, seed: 5 });
	const problem = {
		...instance,
		items: instance.items.map((item) => ({ ...item, maxLeadDays: 2 })),
	};
	const planner = new AllocationPlanner(problem, open);
	const outcome = planner.plan();
	if (outcome.kind !== "plan") throw new Error(outcome.kind);
	expect(outcome.plan.fairness?.rounds).toBeGreaterThan(1);
	expect(outcome.plan.fairness?.unsettled).toEqual([]);
	planner.dispose();
	const single = new AllocationPlanner(allocationInstance(4, 25, 1), open);
	single.plan();
	const values = single.supplyValues();
	single.dispose();
	const more = (units: number) => {
		const { supply, ...rest } = allocationInstance(4, 25, 1);
		return planOf({
			...rest,
			supply: supply.map((row, depot) =>
				depot === 0 ? [row[0] + units] : row,
			),
		}).weightedUnmet;
	};
	// Over a hundred units the rounding of either plan is small beside the value of one.
	expect(values?.[0]?.saves).toBeCloseTo((more(0) - more(100)) / 100, 2);
});
