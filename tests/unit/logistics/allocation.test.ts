import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LinearProgramBuilder } from "../../../core/logistics/allocation/linear-program.ts";
import { buildPeriodModel } from "../../../core/logistics/allocation/periods.ts";
import {
	AllocationPlanner,
	type PlanOutcome,
} from "../../../core/logistics/allocation/planner.ts";
import type { PlanPolicy } from "../../../core/logistics/allocation/policy.ts";
import {
	type AllocationProblemInput,
	checkProblem,
} from "../../../core/logistics/allocation/problem.ts";
import {
	shareCapped,
	shareOut,
} from "../../../core/logistics/allocation/sharing-rules.ts";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../../machine/solver/highs-session.ts";
import {
	periodsFromReference,
	problemFromReference,
} from "../../../main/analyst/allocation-reference.ts";
import { logisticsVerifiers } from "../../../main/analyst/logistics-verifiers.ts";
import { verifyParsed } from "../../../main/analyst/verify.ts";
import { expectFacts, referencesOf } from "../../fixtures/references/facts.ts";

const WHOLE = "../shared/refs/allocation";
const highs = await loadSolver();
const open: OpenSession = (program) => openHighsSession(highs, program);

function outcomeOf(
	problem: unknown,
	policy: PlanPolicy = "lexicographic",
	options: Parameters<AllocationPlanner["plan"]>[0] = {},
): PlanOutcome {
	const planner = new AllocationPlanner(problem, open, policy);
	try {
		return planner.plan(options);
	} finally {
		planner.dispose();
	}
}

function planOf(...given: Parameters<typeof outcomeOf>) {
	const outcome = outcomeOf(...given);
	if (outcome.kind !== "plan")
		throw new Error(`expected a plan: ${JSON.stringify(outcome)}`);
	return outcome.plan;
}

/** Two depots, three places, one item; the reference's hand example. */
const hand = (
	change: Partial<AllocationProblemInput> = {},
): AllocationProblemInput => ({
	items: [{ id: "gown", volumeM3: 1 }],
	depots: [{ id: "D0" }, { id: "D1" }],
	places: [{ id: "K0" }, { id: "K1" }, { id: "K2" }],
	supply: [[60], [40]],
	demand: [[50], [50], [50]],
	penalty: [[10], [20], [30]],
	costPerM3: [
		[1, 2, 5],
		[4, 1, 2],
	],
	...change,
});

const sentTo = (plan: ReturnType<typeof planOf>, place: number, item = 0) =>
	plan.shipments
		.filter((row) => row.place === place && row.item === item)
		.reduce((sum, { units }) => sum + units, 0);

describe("against GLPK and CBC", () => {
	const references = referencesOf("allocation");
	for (const reference of references)
		test(`the objectives of ${reference.name} are found again`, () =>
			expectFacts(reference, logisticsVerifiers));

	test("a wrong expected objective is found", async () => {
		const [first] = references;
		if (!first) throw new Error("no reference");
		await expect(
			expectFacts(
				{ ...first, facts: [["weighted", "objective", 730.01]] },
				logisticsVerifiers,
			),
		).rejects.toThrow("GLPK");
	});

	for (const name of existsSync(WHOLE) ? readdirSync(WHOLE) : [])
		test(`every objective of the whole ${name} is found again`, async () => {
			const report = await verifyParsed(
				name,
				JSON.parse(readFileSync(`${WHOLE}/${name}`, "utf8")),
				logisticsVerifiers,
			);
			expect(report.outcome).toBe("pass");
		});

	test("the period plan keeps the books: stock, receipts, shipments and use add up at every depot", () => {
		const problem = periodsFromReference(
			references.find(({ name }) => name === "alloc_s5_multiperiod")?.given,
		);
		const model = buildPeriodModel(problem);
		const session = open(model.program);
		const plan = model.read(session.solve().values);
		session.dispose();
		problem.depots.forEach((_, depot) => {
			const had =
				problem.initialDepotStock[depot] +
				(problem.arrivals[depot] as number[]).reduce((a, b) => a + b, 0);
			const sent = plan.shipments
				.filter((row) => row.depot === depot)
				.reduce((sum, { units }) => sum + units, 0);
			expect(sent + (plan.depotStock[depot]?.at(-1) as number)).toBeCloseTo(
				had,
				6,
			);
		});
		for (const shipment of plan.shipments)
			expect(shipment.arrives).toBeLessThan(problem.periods);
	});

	test("one place out of reach does not hold the province down: later rounds lift the others", () => {
		const problem = problemFromReference(
			references.find(({ name }) => name.startsWith("alloc_s2"))?.given,
		);
		const once = planOf(problem, "lexicographic", { coverageRounds: 1 });
		const rounds = planOf(problem, "lexicographic", { coverageRounds: 12 });
		const coverages = (plan: typeof once) => {
			const list = problem.places.map(
				(_, place) =>
					1 -
					(plan.shortages.find((row) => row.place === place && row.item === 1)
						?.unmet ?? 0) /
						Math.max(1, problem.demand[place]?.[1] ?? 0),
			);
			return list.sort((a, b) => a - b);
		};
		const [a, b] = [coverages(once), coverages(rounds)];
		expect(b[0]).toBeGreaterThanOrEqual(a[0] - 1e-6);
		// Max-min fairness: the sorted coverages of the lifted plan come first in order.
		const differs = a.findIndex(
			(value, index) => Math.abs(value - b[index]) > 1e-5,
		);
		if (differs >= 0) expect(b[differs]).toBeGreaterThan(a[differs]);
	});
});

test("columns come out sorted by row, without zeros, whole columns marked", () => {
	const builder = new LinearProgramBuilder();
	builder.row(0, 1);
	builder.row(-1, 2);
	builder.column(3, 0, 9, [1, 5, 0, 4], true);
	builder.column(1, 0, 1, [1, 0]);
	const program = builder.build();
	expect([...program.indices]).toEqual([0, 1]);
	expect([...program.values]).toEqual([4, 5]);
	expect([...program.starts]).toEqual([0, 2, 2]);
	expect([...(program.integer ?? [])]).toEqual([1, 0]);
});

test("the hand example: everyone gets two thirds, at the cheapest transport", () => {
	const plan = planOf(hand());
	for (const place of [0, 1, 2])
		expect(sentTo(plan, place)).toBeCloseTo(100 / 3, 3);
	expect(plan.weightedUnmet).toBeCloseTo(1000, 2);
	expect(plan.transportCost).toBeCloseTo(160, 2);
	expect(plan.items[0]?.lowestCoverage).toBeCloseTo(2 / 3, 5);
});

test("the weighted plan of the hand example leaves the cheapest place empty", () => {
	const plan = planOf(
		hand({ items: [{ id: "gown", volumeM3: 1, coverageWeight: 0 }] }),
		"weighted",
	);
	expect(plan.steps[0]?.value).toBeCloseTo(730, 6);
	expect(sentTo(plan, 0)).toBeCloseTo(0, 6);
});

test("what one more unit saves is what planning again with it saves, under either policy", () => {
	for (const policy of ["lexicographic", "weighted"] as const) {
		const planner = new AllocationPlanner(hand(), open, policy);
		planner.plan();
		const values = planner.supplyValues();
		const kept = planner.changePins([]);
		planner.dispose();
		const worth = (supply: number[][]) => {
			const plan = planOf(hand({ supply }), policy);
			return policy === "weighted"
				? (plan.steps[0]?.value as number)
				: plan.weightedUnmet;
		};
		expect(values?.map(({ depot, saves }) => [depot, saves])).toEqual([
			[0, expect.closeTo(worth([[60], [40]]) - worth([[61], [40]]), 5)],
			[1, expect.closeTo(worth([[60], [40]]) - worth([[60], [41]]), 5)],
		]);
		if (kept.kind !== "plan") throw new Error(kept.kind);
		expect(kept.plan.left).toEqual([[0], [0]]);
	}
});

test("who is short is told why", () => {
	const plan = planOf(
		hand({
			places: [{ id: "K0" }, { id: "K1" }, { id: "K2" }],
			leadDays: [
				[1, 1, 9],
				[1, 1, 9],
			],
			items: [{ id: "gown", volumeM3: 1, maxLeadDays: 5 }],
			bans: [{ depot: "D1", place: "K0" }],
		}),
	);
	const reason = (place: number) =>
		plan.shortages.find((row) => row.place === place)?.reason;
	expect(reason(2)).toEqual({ kind: "no-route", closed: { "lead-time": 2 } });
	expect(plan.shipments.some((row) => row.depot === 1 && row.place === 0)).toBe(
		false,
	);
	const short = planOf(hand({ supply: [[10], [10]] }));
	expect(short.shortages[0]?.reason).toEqual({
		kind: "supply-used-up",
		depots: 2,
	});
	const full = planOf(hand({ depotCapacityM3: [5, 5] }));
	expect(full.shortages[0]?.reason.kind).toBe("depot-capacity");
	expect(
		full.binding.some(({ meaning }) => meaning.kind === "depot-capacity"),
	).toBe(true);
});

test("a reserve stays where it is", () => {
	const plan = planOf(hand({ reserve: [[20], [40]] }));
	const sent = plan.shipments.reduce((sum, { units }) => sum + units, 0);
	expect(sent).toBeCloseTo(40, 4);
	expect(plan.shipments.every(({ depot }) => depot === 0)).toBe(true);
});

test("packs stay whole", () => {
	const plan = planOf(hand({ items: [{ id: "gown", volumeM3: 1, pack: 7 }] }));
	expect(plan.shipments.length).toBeGreaterThan(0);
	for (const { units } of plan.shipments) expect(units % 7).toBe(0);
	expect(plan.gap).toBeLessThanOrEqual(1e-6);
});

test("trucks carry what is shipped, and none drives for nothing", () => {
	const plan = planOf(
		hand({
			trucks: {
				capacityM3: [
					[8, 8, 8],
					[8, 8, 8],
				],
				fixedCost: [
					[50, 50, 50],
					[50, 50, 50],
				],
			},
		}),
	);
	for (const { depot, place, trips } of plan.trips) {
		const volume = plan.shipments
			.filter((row) => row.depot === depot && row.place === place)
			.reduce((sum, { units }) => sum + units, 0);
		expect(volume).toBeLessThanOrEqual(8 * trips + 1e-4);
		expect(volume).toBeGreaterThan(8 * (trips - 1) - 1e-4);
	}
});

test("a share that is promised is kept", () => {
	const plan = planOf(
		hand({ floors: [{ place: "K0", item: "gown", share: 0.9 }] }),
	);
	expect(sentTo(plan, 0)).toBeGreaterThanOrEqual(45 - 1e-5);
});

test("pins that cannot hold together are named, with what would have to give", () => {
	const outcome = outcomeOf(
		hand({
			pins: [
				{ depot: "D0", place: "K0", item: "gown", atLeast: 40 },
				{ depot: "D0", place: "K1", item: "gown", atLeast: 30 },
				{ depot: "D1", place: "K2", item: "gown", atLeast: 10 },
			],
		}),
	);
	if (outcome.kind !== "conflict") throw new Error(outcome.kind);
	const named = outcome.conflicts.map(({ constraint }) =>
		constraint.kind === "pin"
			? `${constraint.pin.depot}>${constraint.pin.place}`
			: `${constraint.kind} ${"depot" in constraint ? constraint.depot : ""}`,
	);
	expect(named).toContain("supply D0");
	expect(named).toContain("D0>K0");
	expect(named).toContain("D0>K1");
	expect(named).not.toContain("D1>K2");
	expect(
		outcome.conflicts.reduce((sum, { give }) => sum + give, 0),
	).toBeCloseTo(10, 4);
});

test("a pin on a banned route is a clash that says so", () => {
	const outcome = outcomeOf(
		hand({
			pins: [{ depot: "D0", place: "K0", item: "gown", atLeast: 5 }],
			bans: [{ place: "K0" }],
		}),
	);
	expect(outcome).toMatchObject({
		kind: "conflict",
		conflicts: [{ because: "banned", give: 5 }],
	});
});

test("a change that was stopped is asked for again as if it had not been: the same change, another one, and none", () => {
	const pin = { depot: "D0", place: "K2", item: "gown", atLeast: 30 };
	const supply = [[50], [40]];
	const stopped = { cancelled: () => true };
	type Change = [
		stands: Partial<AllocationProblemInput>,
		(planner: AllocationPlanner) => PlanOutcome,
	];
	const changes: Change[] = [
		[{ pins: [pin] }, (planner) => planner.changePins([pin])],
		[
			{ pins: [{ ...pin, atLeast: 20 }] },
			(planner) => planner.changePins([{ ...pin, atLeast: 20 }]),
		],
		[{ pins: [] }, (planner) => planner.changePins([])],
		[{ supply }, (planner) => planner.changeSupply(supply)],
	];
	const halfway: Change[] = [
		[{}, (planner) => planner.plan(stopped)],
		[{ pins: [pin] }, (planner) => planner.changePins([pin], stopped)],
		[{ supply }, (planner) => planner.changeSupply(supply, stopped)],
	];
	for (const policy of ["lexicographic", "weighted"] as const)
		for (const [stands, stop] of halfway)
			for (const [wanted, change] of changes) {
				const planner = new AllocationPlanner(hand(), open, policy);
				planner.plan();
				expect(stop(planner)).toEqual({ kind: "stopped", status: "cancelled" });
				const after = change(planner);
				planner.dispose();
				const fresh = planOf(hand({ ...stands, ...wanted }), policy);
				if (after.kind !== "plan") throw new Error(after.kind);
				expect(after.plan.shipments).toEqual(fresh.shipments);
			}
});

test("a pin changed and taken back returns to the plan before", () => {
	const planner = new AllocationPlanner(hand(), open);
	const before = planner.plan();
	const pinned = planner.changePins([
		{ depot: "D0", place: "K2", item: "gown", atLeast: 30 },
	]);
	const after = planner.changePins([]);
	const clash = planner.changePins([
		{ depot: "D0", place: "K2", item: "gown", atLeast: 55 },
	]);
	const again = planner.changePins([]);
	planner.dispose();
	if (
		before.kind !== "plan" ||
		pinned.kind !== "plan" ||
		after.kind !== "plan" ||
		again.kind !== "plan"
	)
		throw new Error("expected plans");
	expect(clash.kind).toBe("conflict");
	expect(pinned.plan.transportCost).toBeGreaterThan(before.plan.transportCost);
	for (const plan of [after.plan, again.plan]) {
		expect(plan.weightedUnmet).toBeCloseTo(before.plan.weightedUnmet, 2);
		expect(plan.transportCost).toBeCloseTo(before.plan.transportCost, 1);
	}
});

test("new stock is planned from where the plan stands, and equals planning from nothing", () => {
	const planner = new AllocationPlanner(hand(), open);
	planner.plan();
	const moved = planner.changeSupply([[75], [40]]);
	planner.dispose();
	const fresh = planOf(hand({ supply: [[75], [40]] }));
	if (moved.kind !== "plan") throw new Error(moved.kind);
	// Promised coverage is kept, so the plan may only be at least as good in unmet need.
	expect(moved.plan.weightedUnmet).toBeLessThanOrEqual(
		fresh.weightedUnmet + 1e-3,
	);
});

const problems = fc
	.record({
		depots: fc.integer({ min: 1, max: 4 }),
		places: fc.integer({ min: 1, max: 7 }),
		items: fc.integer({ min: 1, max: 2 }),
		seed: fc.integer({ min: 1, max: 1e9 }),
	})
	.chain(({ depots, places, items }) => {
		const grid = (rows: number, columns: number, max: number) =>
			fc.array(
				fc.array(fc.integer({ min: 0, max }), {
					minLength: columns,
					maxLength: columns,
				}),
				{ minLength: rows, maxLength: rows },
			);
		return fc.record({
			supply: grid(depots, items, 300),
			demand: grid(places, items, 200),
			penalty: grid(places, items, 20).map((rows) =>
				rows.map((row) => row.map((value) => value + 1)),
			),
			cost: grid(depots, places, 30),
			lead: grid(depots, places, 9),
		});
	})
	.map(
		({ supply, demand, penalty, cost, lead }): AllocationProblemInput => ({
			items: (supply[0] ?? []).map((_, item) => ({
				id: `I${item}`,
				volumeM3: 0.5 + item,
				maxLeadDays: 7,
			})),
			depots: supply.map((_, depot) => ({ id: `D${depot}` })),
			places: demand.map((_, place) => ({ id: `P${place}`, population: 1000 })),
			supply,
			demand,
			penalty,
			costPerM3: cost,
			leadDays: lead,
		}),
	);

test("nothing is shipped that is not there, nor more than is asked, nor on a closed route", () => {
	fc.assert(
		fc.property(problems, (problem) => {
			const plan = planOf(problem);
			const out = problem.supply.map((row) => row.map(() => 0));
			const got = problem.demand.map((row) => row.map(() => 0));
			for (const { depot, place, item, units } of plan.shipments) {
				(out[depot] as number[])[item] = (out[depot]?.[item] ?? 0) + units;
				(got[place] as number[])[item] = (got[place]?.[item] ?? 0) + units;
				expect(problem.leadDays?.[depot]?.[place]).toBeLessThanOrEqual(7);
			}
			out.forEach((row, depot) => {
				row.forEach((units, item) => {
					expect(units).toBeLessThanOrEqual(
						(problem.supply[depot]?.[item] ?? 0) + 1e-5,
					);
					expect(plan.left[depot]?.[item]).toBeCloseTo(
						(problem.supply[depot]?.[item] ?? 0) - units,
						4,
					);
				});
			});
			got.forEach((row, place) => {
				row.forEach((units, item) => {
					expect(units).toBeLessThanOrEqual(
						(problem.demand[place]?.[item] ?? 0) + 1e-5,
					);
				});
			});
		}),
		{ numRuns: 30 },
	);
});

test("the plan does not depend on the order of depots and places, and scales with its units", () => {
	fc.assert(
		fc.property(problems, (problem) => {
			const plan = planOf(problem);
			const turned = planOf({
				...problem,
				depots: [...problem.depots].reverse(),
				places: [...problem.places].reverse(),
				supply: [...problem.supply].reverse(),
				demand: [...problem.demand].reverse(),
				penalty: [...problem.penalty].reverse(),
				costPerM3: [...problem.costPerM3]
					.reverse()
					.map((row) => [...row].reverse()),
				leadDays: [...(problem.leadDays ?? [])]
					.reverse()
					.map((row) => [...row].reverse()),
			});
			const near = (a: number, b: number, share = 1e-5) =>
				expect(Math.abs(a - b)).toBeLessThanOrEqual(share * Math.max(1, a, b));
			near(plan.weightedUnmet, turned.weightedUnmet);
			near(plan.transportCost, turned.transportCost, 1e-3);
			const tenfold = planOf({
				...problem,
				supply: problem.supply.map((row) => row.map((units) => 10 * units)),
				demand: problem.demand.map((row) => row.map((units) => 10 * units)),
			});
			near(10 * plan.weightedUnmet, tenfold.weightedUnmet);
		}),
		{ numRuns: 30 },
	);
});

test("more stock never leaves the worst-off place worse off", () => {
	fc.assert(
		fc.property(
			problems,
			fc.nat(3),
			fc.integer({ min: 1, max: 100 }),
			(problem, at, more) => {
				const depot = at % problem.supply.length;
				const richer = problem.supply.map((row, index) =>
					index === depot && row.some((units) => units > 0)
						? row.map((units) => (units > 0 ? units + more : 0))
						: row,
				);
				const before = planOf(problem);
				const after = planOf({ ...problem, supply: richer });
				before.items.forEach(({ lowestCoverage }, item) => {
					if (lowestCoverage !== null)
						expect(after.items[item]?.lowestCoverage).toBeGreaterThanOrEqual(
							lowestCoverage - 1e-5,
						);
				});
			},
		),
		{ numRuns: 20 },
	);
});

test("the lexicographic plan's worst-off place is never below the simple rules' worst-off", () => {
	fc.assert(
		fc.property(problems, (problem) => {
			const plan = planOf(problem);
			const checked = checkProblem(problem);
			for (const rule of [
				"equal-share",
				"by-population",
				"by-demand",
			] as const) {
				const shared = shareOut(checked, rule, open);
				shared.items.forEach(({ lowestCoverage: lowest }, item) => {
					if (lowest !== null)
						expect(plan.items[item]?.lowestCoverage).toBeGreaterThanOrEqual(
							lowest - 1e-5,
						);
				});
			}
		}),
		{ numRuns: 20 },
	);
});

test("water filling gives all there is, never above a cap, equal to those who are not full", () => {
	expect(shareCapped(100, [1, 1, 1], [10, 60, 60])).toEqual([10, 45, 45]);
	fc.assert(
		fc.property(
			fc.nat(1000),
			fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(300)), {
				minLength: 1,
				maxLength: 9,
			}),
			(total, takers) => {
				const shares = shareCapped(
					total,
					takers.map(([weight]) => weight),
					takers.map(([, cap]) => cap),
				);
				const wanted = takers.reduce((sum, [, cap]) => sum + cap, 0);
				expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(
					Math.min(total, wanted),
					6,
				);
				shares.forEach((share, index) => {
					expect(share).toBeLessThanOrEqual(
						(takers[index]?.[1] as number) + 1e-9,
					);
				});
			},
		),
	);
});

test("a problem whose tables do not fit names the table and what was expected", () => {
	expect(() => checkProblem(hand({ demand: [[1], [2]] }))).toThrow(
		"demand: found 2, expected 3 rows",
	);
	expect(() => checkProblem(hand({ supply: [[Number.NaN], [1]] }))).toThrow(
		/supply\.0\.0/,
	);
	expect(() =>
		checkProblem(
			hand({ pins: [{ depot: "D9", place: "K0", item: "gown", atLeast: 1 }] }),
		),
	).toThrow(/pins\[0\]\.depot/);
});

test("nobody to serve, nothing to send: an empty plan, not a failure", () => {
	const plan = planOf(hand({ demand: [[0], [0], [0]] }));
	expect(plan.shipments).toEqual([]);
	expect(plan.shortages).toEqual([]);
	const none = planOf(hand({ supply: [[0], [0]] }));
	expect(none.shortages).toHaveLength(3);
	// There are roads; what is missing is stock.
	expect(none.items[0]).toMatchObject({
		placesWithoutRoute: 0,
		lowestCoverage: 0,
	});
	for (const { reason } of none.shortages)
		expect(reason.kind).toBe("supply-used-up");
	const closed = planOf(hand({ supply: [[0], [0]], bans: [{}] }));
	expect(closed.items[0]?.placesWithoutRoute).toBe(3);
});

test("an amount that the solver cannot hold is refused by its name, not planned with", () => {
	const problem = {
		items: [{ id: "a", volumeM3: 1 }],
		depots: [{ id: "D" }],
		places: [{ id: "P" }, { id: "Q" }],
		supply: [[10]],
		demand: [[10], [10]],
		penalty: [[1], [2]],
		costPerM3: [[1, 1]],
	};
	const item = (more: object) => ({
		...problem,
		items: [{ id: "a", volumeM3: 1, ...more }],
	});
	for (const [given, message] of [
		[{ ...problem, penalty: [[1e308], [1]] }, /penalty\.0\.0: found 1e\+308/],
		[
			{ ...problem, demand: [[10], [1e15]] },
			/demand\.1\.0: found 1000000000000000/,
		],
		[{ ...problem, costPerM3: [[1, 1e308]] }, /costPerM3\.0\.1/],
		[item({ volumeM3: 1e308 }), /items\.0\.volumeM3/],
		[item({ volumeM3: 1e9, pack: 1e9 }), /items\[0\]\.volumeM3/],
		[item({ pack: 0 }), /items\.0\.pack: found 0, expected number to be >=/],
		[item({ pack: 1e-9 }), /items\.0\.pack: found 1e-9/],
		[
			{ ...item({ pack: 1e-6 }), demand: [[10], [100]] },
			/demand\[1\]\[0\]: found 100, expected at most 10000000 packs/,
		],
		[{ ...problem, supply: [["ten"]] }, /supply\.0\.0: found "ten"/],
	] as const)
		expect(() => checkProblem(given)).toThrow(message);
});

test("penalties in rupiah give the plan that the same penalties in millions give", () => {
	const inMillions = {
		items: [{ id: "ventilator", volumeM3: 1 }],
		depots: [{ id: "D" }, { id: "E" }],
		places: [{ id: "P" }, { id: "Q" }],
		supply: [[9], [3]],
		demand: [[10], [10]],
		penalty: [[300], [900]],
		costPerM3: [
			[1, 2],
			[3, 1],
		],
	};
	const plan = planOf({
		...inMillions,
		penalty: [[300e6], [900e6]],
	});
	expect(plan.status).toBe("optimal");
	expect(plan.weightedUnmet / 1e6).toBeCloseTo(
		planOf(inMillions).weightedUnmet,
		3,
	);
	expect(plan.weightedUnmet / 1e6).toBeCloseTo(4 * 300 + 4 * 900, 3);
});

test("a plan of several periods refuses what is missing, below 0, back in time or without end", () => {
	const good = {
		periods: 2,
		depots: ["D"],
		demands: ["P"],
		depot_initial_stock: [10],
		depot_arrivals: [[0, 5]],
		site_initial_stock: [0],
		demand: [[4, 8]],
		unmet_penalty: [[10, 10]],
		lead_time_days: [[0]],
		unit_transport_cost: [[1]],
	};
	expect(periodsFromReference(good).demand).toEqual([[4, 8]]);
	for (const [change, message] of [
		[{ demand: [[4]] }, /demand\[0\]: found 1, expected 2 numbers/],
		[{ demand: [] }, /demand: found 0, expected 1 rows/],
		[{ unmet_penalty: [] }, /unmet_penalty\[0\]: found 0/],
		[{ depot_arrivals: [[0, -5]] }, /depot_arrivals\[0\]\[1\]: found -5/],
		[{ lead_time_days: [[-1]] }, /lead_time_days\[0\]\[0\]: found -1/],
		[{ lead_time_days: [[0.5]] }, /a whole number/],
		[{ unit_transport_cost: [[1e308]] }, /unit_transport_cost/],
		[{ holding_cost_site: [1, 2] }, /holding_cost_site: found 2/],
		[{ periods: 1e9 }, /periods: found 1000000000, expected at most 1000/],
		[
			{
				demands: ["P", "P"],
				site_initial_stock: [0, 0],
				demand: [
					[4, 8],
					[4, 8],
				],
			},
			/demands: found "P", expected an id used once/,
		],
	] as const)
		expect(() => periodsFromReference({ ...good, ...change })).toThrow(message);
});
