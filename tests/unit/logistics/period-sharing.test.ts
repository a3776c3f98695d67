import { beforeAll, describe, expect, it } from "vitest";
import {
	type PeriodPlanProblem,
	planPeriods,
} from "../../../core/logistics/allocation/period-plan.ts";
import { sharedInPeriods } from "../../../core/logistics/allocation/period-sharing.ts";
import { checkProblem } from "../../../core/logistics/allocation/problem.ts";
import { shareOut } from "../../../core/logistics/allocation/sharing-rules.ts";
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

/** One depot with so many units, ways that take no period. */
function one(
	supply: number,
	needs: number[][],
	more: Partial<PeriodPlanProblem> = {},
): PeriodPlanProblem {
	const none = (needs[0] ?? []).map(() => 0);
	return {
		periods: none.length,
		...{ supply: [supply], arrivals: [none], expiring: [none], needs },
		weight: needs.map(() => 1),
		...{ leadPeriods: [needs.map(() => 0)], unitCost: [needs.map(() => 1)] },
		...{ pack: 1, pins: [], floor: 0 },
		...more,
	};
}

const shared = (problem: PeriodPlanProblem, claims?: readonly number[]) =>
	sharedInPeriods(problem, claims ?? problem.needs.map(() => 1), open);
const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0);
const all = (of: readonly (readonly number[])[] | null) =>
	sum((of ?? []).map(sum));

describe("a simple rule over several periods", () => {
	it("shares nothing that cannot arrive in time: what comes in the second of three leaves then, and is there in the third", () => {
		const problem = one(0, [[0, 100, 100]], {
			arrivals: [[0, 100, 0]],
			leadPeriods: [[1]],
		});
		expect(shared(problem)).toEqual([[0, 100, 0]]);
		expect(planPeriods(problem, open, "weighted")).toMatchObject({
			unmet: [[0, 100, 0]],
		});
		// What would be of no use later leaves in time, too.
		const soon = one(60, [[0, 100]], {
			...{ leadPeriods: [[1]], expiring: [[40, 0]] },
		});
		expect(shared(soon)).toEqual([[0, 40]]);
	});

	it("keeps for the next what no way brings", () => {
		const never = Number.POSITIVE_INFINITY;
		const two: PeriodPlanProblem = {
			...one(0, [
				[50, 50],
				[50, 50],
			]),
			...{ supply: [0, 100], arrivals: [[], []], expiring: [[], []] },
			// The first is near an empty depot alone.
			leadPeriods: [
				[0, 0],
				[never, 0],
			],
			unitCost: [
				[1, 1],
				[1, 1],
			],
		};
		// Of the 100 each may have 50, which reach the second alone; of the 50 that are kept each may have 25.
		expect(shared(two)).toEqual([
			[50, 50],
			[0, 25],
		]);
	});

	it("gives whole units: 40 for 60 who need 5 each are one for each of 40, not nothing", () => {
		const needs = Array.from({ length: 60 }, () => [5, 0]);
		const missing = shared(one(40, needs));
		expect(all(missing)).toBe(260);
		expect(missing?.filter(([first]) => first === 4)).toHaveLength(40);
	});

	it("counts what a last pack holds beyond a need for the period after", () => {
		const problem = one(20, [[6, 9]], { pack: 10 });
		expect(shared(problem)).toEqual([[0, 0]]);
		expect(shared({ ...problem, supply: [10] })).toEqual([[0, 5]]);
		// Of 17 there are 12 of no use after the first: five stay, which 5 that come make a pack.
		const begun = { ...problem, supply: [17], expiring: [[12, 0]] };
		expect(shared(begun)).toEqual([[0, 5]]);
		expect(shared({ ...begun, arrivals: [[0, 5]] })).toEqual([[0, 0]]);
	});

	it("tells the same of one period as the rule that knows none, whatever ways are closed and packs are whole", () => {
		for (let seed = 0; seed < 40; seed++) {
			const random = createRandom(`sharing ${seed}`);
			const depots = 1 + random.integer(2);
			const places = 2 + random.integer(6);
			const pack = [1, 1, 5][seed % 3] as number;
			const supply = Array.from({ length: depots }, () => random.integer(40));
			const needs = Array.from({ length: places }, () => [random.integer(20)]);
			const people = needs.map(() => 1 + random.integer(9));
			const closed = supply.map(() => needs.map(() => random.integer(4) === 0));
			const unitCost = supply.map(() => needs.map(() => random.integer(5)));
			const rounds = sharedInPeriods(
				{
					...one(0, needs),
					...{ supply, unitCost, pack },
					arrivals: supply.map(() => [0]),
					expiring: supply.map(() => [0]),
					leadPeriods: closed.map((row) =>
						row.map((shut) => (shut ? Number.POSITIVE_INFINITY : 0)),
					),
				},
				people,
				open,
			);
			if (rounds === null) continue;
			const id = (_: unknown, at: number) => ({ id: String(at) });
			const { items } = shareOut(
				checkProblem({
					items: [{ id: "item", volumeM3: 1, pack, maxLeadDays: 1 }],
					depots: supply.map(id),
					places: people.map((population, at) => ({
						...id(null, at),
						population,
					})),
					supply: supply.map((units) => [units]),
					demand: needs,
					penalty: needs.map(() => [1]),
					costPerM3: unitCost,
					leadDays: closed.map((row) => row.map((shut) => (shut ? 9 : 0))),
				}),
				"by-population",
				open,
			);
			expect(all(rounds), `seed ${seed}`).toBeCloseTo(items[0]?.unmet ?? -1, 6);
			if (depots === 1)
				expect(
					rounds.filter(([units]) => (units ?? 0) > 0).length,
					`seed ${seed}`,
				).toBe(items[0]?.placesShort);
		}
	});
});
