import { beforeAll, describe, expect, it } from "vitest";
import {
	type PeriodPlan,
	type PeriodPlanProblem,
	planPeriods,
} from "../../../core/logistics/allocation/period-plan.ts";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import { createRandom } from "../../../core/statistics/random.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../../machine/solver/highs-session.ts";

let open: OpenSession;
beforeAll(async () => {
	const highs = await loadSolver();
	open = (program) => openHighsSession(highs, program);
});

const BARE = { pack: 1, pins: [], floor: 0 };

function planned(
	problem: PeriodPlanProblem,
	policy: "weighted" | "lexicographic",
) {
	const found = planPeriods(problem, open, policy);
	if (found.kind !== "plan") throw new Error("a plan was expected");
	return found;
}

/** What every plan in whole packs that there is comes to, by going through all of them. */
function* everyPlan(problem: PeriodPlanProblem) {
	const { periods, supply, needs, leadPeriods, pack } = problem;
	const ways: { depot: number; place: number; leaves: number }[] = [];
	supply.forEach((_, depot) => {
		needs.forEach((_, place) => {
			for (let leaves = 0; leaves < periods; leaves++)
				if (leaves + (leadPeriods[depot]?.[place] ?? 0) < periods)
					ways.push({ depot, place, leaves });
		});
	});
	const sent = ways.map(() => 0);
	const most = supply.map(
		(units, depot) =>
			units + (problem.arrivals[depot] ?? []).reduce((a, b) => a + b, 0),
	);
	function carriedOut(): { unmet: number[][]; cost: number } | null {
		for (const [depot, first] of supply.entries()) {
			// Lots in the order in which they are of use no more.
			const lots = (problem.expiring[depot] ?? []).map((units, last) => ({
				units,
				last,
			}));
			lots.push({
				units: first - lots.reduce((sum, { units }) => sum + units, 0),
				last: periods,
			});
			for (let time = 0; time < periods; time++) {
				lots.push({
					units: problem.arrivals[depot]?.[time] ?? 0,
					last: periods,
				});
				let out = 0;
				ways.forEach((way, at) => {
					if (way.depot === depot && way.leaves === time) out += sent[at] ?? 0;
				});
				for (const lot of lots.sort((a, b) => a.last - b.last)) {
					if (lot.last < time) continue;
					const taken = Math.min(lot.units, out);
					lot.units -= taken;
					out -= taken;
				}
				if (out > 0) return null;
			}
		}
		let cost = 0;
		ways.forEach(({ depot, place }, at) => {
			cost += (sent[at] ?? 0) * (problem.unitCost[depot]?.[place] ?? 0);
		});
		const unmet = needs.map((own, place) => {
			let left = 0;
			return own.map((need, time) => {
				ways.forEach((way, at) => {
					if (
						way.place === place &&
						way.leaves + (leadPeriods[way.depot]?.[place] ?? 0) === time
					)
						left += sent[at] ?? 0;
				});
				const used = Math.min(left, need);
				left -= used;
				return need - used;
			});
		});
		return { unmet, cost };
	}
	function* from(at: number): Generator<{ unmet: number[][]; cost: number }> {
		if (at === ways.length) {
			const told = carriedOut();
			if (told) yield told;
			return;
		}
		const way = ways[at];
		for (let units = 0; units <= (most[way?.depot ?? 0] ?? 0); units += pack) {
			sent[at] = units;
			yield* from(at + 1);
		}
		sent[at] = 0;
	}
	yield* from(0);
}

function randomProblem(seed: number): PeriodPlanProblem {
	const random = createRandom(`periods ${seed}`);
	const depots = 1 + random.integer(2);
	const periods = depots === 2 ? 2 : 3;
	const table = (rows: number, columns: number, most: number) =>
		Array.from({ length: rows }, () =>
			Array.from({ length: columns }, () => random.integer(most + 1)),
		);
	const supply = Array.from({ length: depots }, () => random.integer(4));
	return {
		...BARE,
		periods,
		supply,
		arrivals: table(depots, periods, depots === 2 ? 1 : 2),
		expiring: supply.map((units) => {
			const row = new Array<number>(periods).fill(0);
			row[random.integer(periods)] = random.integer(units + 1);
			return row;
		}),
		needs: table(2, periods, 3),
		weight: [3 + random.integer(3), 3 + random.integer(3)],
		leadPeriods: table(depots, 2, 1),
		unitCost: table(depots, 2, 2),
	};
}

const total = (
	unmet: readonly (readonly number[])[],
	weight: readonly number[],
) =>
	unmet.reduce(
		(sum, row, place) =>
			sum + (weight[place] ?? 0) * row.reduce((all, units) => all + units, 0),
		0,
	);

describe("a plan over several periods", () => {
	it("costs as little as the best of every plan there is, by weight of what is missing and transport", () => {
		let looked = 0;
		for (let seed = 0; seed < 25; seed++) {
			const problem = randomProblem(seed);
			const plan = planned(problem, "weighted");
			let best = Number.POSITIVE_INFINITY;
			for (const { unmet, cost } of everyPlan(problem)) {
				best = Math.min(best, total(unmet, problem.weight) + cost);
				looked++;
			}
			expect(
				total(plan.unmet, problem.weight) + plan.transport,
				`seed ${seed}`,
			).toBeCloseTo(best, 6);
		}
		expect(looked).toBeGreaterThan(5_000);
	});

	it("leaves nobody lower than the best of every plan does, but for what a whole unit makes", () => {
		for (let seed = 100; seed < 120; seed++) {
			const problem = randomProblem(seed);
			const plan = planned(problem, "lexicographic");
			const asked = problem.needs.map((row) => row.reduce((a, b) => a + b, 0));
			const lowest = (unmet: readonly (readonly number[])[]) =>
				Math.min(
					...plan.coverage.flatMap((share, place) =>
						share === null
							? []
							: [1 - total([unmet[place] ?? []], [1]) / (asked[place] ?? 1)],
					),
				);
			let best = 0;
			for (const { unmet } of everyPlan(problem))
				best = Math.max(best, lowest(unmet));
			const unit = Math.max(
				...asked.map((units) => (units > 0 ? 1 / units : 0)),
			);
			expect(lowest(plan.unmet), `seed ${seed}`).toBeGreaterThanOrEqual(
				best - unit - 1e-9,
			);
		}
	});

	it("is as fair where needs are millions and stocks a thousandth of them: all get the same part, but for a pack", () => {
		const random = createRandom("millions");
		const needs = Array.from({ length: 34 }, () => {
			const units = 30_000 + random.integer(2_000_000);
			return [Math.floor(units / 4), units - Math.floor(units / 4)];
		});
		const asked = needs.map((row) => row.reduce((a, b) => a + b, 0));
		const all = asked.reduce((a, b) => a + b, 0);
		for (const share of [0.00002, 0.0019, 0.3])
			for (const pack of [1, 50]) {
				const supply = Math.round(all * share);
				const plan = planned(
					{
						...{ ...BARE, pack, periods: 2, needs },
						...{ supply: [supply], arrivals: [[0, 0]], expiring: [[0, 0]] },
						weight: needs.map(() => 1 + random.integer(5)),
						leadPeriods: [needs.map(() => 0)],
						unitCost: [needs.map(() => random.uniform() / 100)],
					},
					"lexicographic",
				);
				expect(
					plan.steps.find(({ objective }) => objective === "coverage")?.value,
				).toBeCloseTo(supply / all, 9);
				for (const [place, part] of plan.coverage.entries())
					expect(
						Math.abs((part ?? 0) - supply / all) * (asked[place] ?? 0),
						`${share} in packs of ${pack}`,
					).toBeLessThanOrEqual(pack * 1.01);
			}
	});

	it("keeps the books: what was there and came is sent, left or lost, and what arrives is used or left", () => {
		for (let seed = 200; seed < 260; seed++) {
			const problem = { ...randomProblem(seed), pack: 1 + (seed % 3) };
			const plan: PeriodPlan = planned(problem, "lexicographic");
			problem.supply.forEach((units, depot) => {
				const had =
					units + (problem.arrivals[depot] ?? []).reduce((a, b) => a + b, 0);
				const sent = plan.shipments
					.filter((one) => one.depot === depot)
					.reduce((sum, one) => sum + one.units, 0);
				const lost = (plan.lost[depot] ?? []).reduce((a, b) => a + b, 0);
				expect(sent + lost + (plan.depotStock[depot]?.at(-1) ?? 0)).toBeCloseTo(
					had,
					9,
				);
				for (const stock of plan.depotStock[depot] ?? [])
					expect(stock).toBeGreaterThanOrEqual(0);
			});
			problem.needs.forEach((row, place) => {
				const came = plan.shipments
					.filter((one) => one.place === place)
					.reduce((sum, one) => sum + one.units, 0);
				const used =
					row.reduce((a, b) => a + b, 0) -
					(plan.unmet[place] ?? []).reduce((a, b) => a + b, 0);
				expect(used + (plan.surplus[place] ?? 0)).toBeCloseTo(came, 9);
			});
			for (const { units } of plan.shipments)
				expect(units % problem.pack).toBe(0);
		}
	});

	it("sends no earlier than needed, but what would expire before", () => {
		const problem: PeriodPlanProblem = {
			...BARE,
			periods: 3,
			supply: [30],
			arrivals: [[0, 0, 0]],
			expiring: [[0, 0, 0]],
			needs: [[0, 10, 20]],
			weight: [1],
			leadPeriods: [[1]],
			unitCost: [[1]],
		};
		const leaves = (plan: PeriodPlan) =>
			plan.shipments.map(({ leaves, arrives, units }) => [
				leaves,
				arrives,
				units,
			]);
		expect(leaves(planned(problem, "lexicographic"))).toEqual([
			[0, 1, 10],
			[1, 2, 20],
		]);
		expect(
			planned({ ...problem, needs: [[5, 10, 15]] }, "lexicographic").reasons,
		).toEqual([["too-late", "met", "met"]]);
		// Fifteen are of no use after the first period: they go in it.
		expect(
			leaves(planned({ ...problem, expiring: [[15, 0, 0]] }, "lexicographic")),
		).toEqual([
			[0, 1, 15],
			[1, 2, 15],
		]);
	});

	it("waits with what is there for the need that weighs most, which a plan of one period after the other would not", () => {
		const plan = planned(
			{
				...BARE,
				periods: 2,
				supply: [10],
				arrivals: [[0, 0]],
				expiring: [[0, 0]],
				needs: [
					[10, 0],
					[0, 10],
				],
				weight: [1, 5],
				leadPeriods: [[0], [0]].map(() => [0, 0]).slice(0, 1),
				unitCost: [[0, 0]],
			},
			"lexicographic",
		);
		expect(plan.coverage).toEqual([0.5, 0.5]);
	});

	it("names pins that ask for more than the first period has, or for a way on which nothing arrives in time, and a share that cannot be kept", () => {
		const problem: PeriodPlanProblem = {
			...BARE,
			periods: 2,
			supply: [10],
			arrivals: [[2, 50]],
			expiring: [[0, 0]],
			needs: [
				[5, 5],
				[5, 5],
			],
			weight: [1, 1],
			leadPeriods: [[0, 2]],
			unitCost: [[1, 1]],
		};
		const pin = (place: number, atLeast: number) => ({
			...{ depot: 0, place, atLeast, atMost: null },
		});
		expect(
			planPeriods({ ...problem, pins: [pin(0, 15)] }, open, "weighted"),
		).toMatchObject({
			kind: "conflict",
			conflicts: [
				{ kind: "supply", available: 12, give: 3 },
				{ kind: "pin", place: 0, give: 0 },
			],
		});
		expect(
			planPeriods({ ...problem, pins: [pin(1, 1)] }, open, "weighted"),
		).toMatchObject({
			conflicts: [{ kind: "pin", place: 1, because: "lead-time", give: 1 }],
		});
		expect(
			planPeriods(
				{ ...problem, arrivals: [[0, 0]], supply: [4], floor: 0.5 },
				open,
				"weighted",
			),
		).toMatchObject({
			conflicts: [{ kind: "share", place: 0, share: 0.5 }],
		});
		expect(
			planned({ ...problem, pins: [pin(0, 7)] }, "weighted").shipments[0],
		).toMatchObject({ leaves: 0, units: 7 });
	});
});
