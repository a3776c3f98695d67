/**
 * Two simple rules to compare a plan with: everybody the same, or by population. Each place's entitlement is capped by
 * its demand and what is left over is shared again; then it is delivered the cheapest way.
 */

import { buildAllocationModel, freeSupply } from "./model.ts";
import { accountFor, type PlanAccount, shipmentsOf } from "./plan.ts";
import { type AllocationProblem, AllocationProblemError } from "./problem.ts";
import { SolveSteps, type StepReport } from "./solve-steps.ts";
import type { OpenSession } from "./solver.ts";

export type SharingRule = "equal-share" | "by-population" | "by-demand";

/** The same account of shipments as a plan has; trucks are not considered, so there are no trips. */
export interface SharedOut extends PlanAccount {
	rule: SharingRule;
	/** How the delivery was solved; with whole packs it may end before its proof. */
	steps: StepReport[];
}

/**
 * Shares `total` among takers in proportion to `weights`, none above its `cap`, the rest shared again (water filling).
 * @returns what each gets; the sum is the lower of `total` and the sum of the caps of takers with weight.
 */
export function shareCapped(
	total: number,
	weights: readonly number[],
	caps: readonly number[],
): number[] {
	const shares = weights.map(() => 0);
	const order = weights
		.map((weight, index) => ({ index, weight, cap: caps[index] }))
		.filter(({ weight, cap }) => weight > 0 && cap > 0)
		.sort((a, b) => a.cap / a.weight - b.cap / b.weight);
	let left = total;
	let weightLeft = order.reduce((sum, { weight }) => sum + weight, 0);
	for (const { index, weight, cap } of order) {
		const share = Math.min(cap, (left * weight) / weightLeft);
		shares[index] = share;
		left = Math.max(0, left - share);
		weightLeft -= weight;
	}
	return shares;
}

/**
 * Shares in whole packs: each share down to whole ones, then one more for the largest part of a pack that was cut, of equals the first, as long as
 * there are any; none to who has no share, or as much as it lacks.
 * @param packs whole packs that there are; the shares are of what they hold
 */
export function sharedInPacks(
	packs: number,
	weights: readonly number[],
	caps: readonly number[],
	pack: number,
): number[] {
	const parts = shareCapped(packs * pack, weights, caps).map(
		(units) => units / pack,
	);
	const whole = parts.map((part) => Math.floor(part + ROUNDING));
	let left = packs - whole.reduce((sum, count) => sum + count, 0);
	const cut = (place: number) => (parts[place] ?? 0) - (whole[place] ?? 0);
	const order = parts
		.map((_, place) => place)
		.sort((a, b) => cut(b) - cut(a) || a - b);
	for (const place of order) {
		if (left <= 0) break;
		if (cut(place) <= ROUNDING) continue;
		whole[place] = (whole[place] ?? 0) + 1;
		left--;
	}
	return whole.map((count) => count * pack);
}

/** What a sum of shares may differ by from whole packs and still be whole. */
const ROUNDING = 1e-9;

/**
 * Shares each item out by a rule: first how much each place may have (in whole packs, the largest remainder first), then the
 * cheapest way to deliver as much of it as the routes allow. Lead times, bans and reserves hold; pins, trucks and capacities are not considered.
 * A place without a population has no claim under "by-population".
 * @param unit what an item without a pack is sent in, such as 1; null: it may be divided
 * @throws AllocationProblemError when a rule has nothing to go by; Error when the solver does not come to an end.
 */
export function shareOut(
	problem: AllocationProblem,
	rule: SharingRule,
	open: OpenSession,
	unit: number | null = null,
): SharedOut {
	const items = problem.items.length;
	const reach = buildAllocationModel({
		...problem,
		pins: [],
		floors: [],
		trucks: undefined,
		depotCapacityM3: undefined,
	});
	const reachable = (place: number, item: number) =>
		reach.floorRow[place * items + item] >= 0;
	const entitled = problem.places.map(() => new Array<number>(items).fill(0));
	for (let item = 0; item < items; item++) {
		const caps = problem.places.map((_, place) =>
			reachable(place, item) ? (problem.demand[place]?.[item] ?? 0) : 0,
		);
		const weights = problem.places.map((place, index) =>
			rule === "equal-share"
				? 1
				: rule === "by-population"
					? (place.population ?? 0)
					: caps[index],
		);
		if (
			caps.some((cap) => cap > 0) &&
			!weights.some((weight, place) => weight > 0 && caps[place] > 0)
		)
			throw new AllocationProblemError(
				"places.population",
				null,
				"a population for at least one place that needs the item",
			);
		const pack = problem.items[item]?.pack ?? unit;
		const available = (whole: (units: number) => number) =>
			problem.depots.reduce(
				(sum, _, depot) => sum + whole(freeSupply(problem, depot, item)),
				0,
			);
		const shares =
			pack === null
				? shareCapped(
						available((units) => units),
						weights,
						caps,
					)
				: sharedInPacks(
						available((units) => Math.floor(units / pack + ROUNDING)),
						weights,
						problem.packsBeyondNeed
							? caps
							: caps.map((cap) => Math.floor(cap / pack + ROUNDING) * pack),
						pack,
					);
		shares.forEach((units, place) => {
			(entitled[place] as number[])[item] = units;
		});
	}
	const model = buildAllocationModel({
		...reach.problem,
		items: problem.items.map((item) => ({ ...item, coverageWeight: 0 })),
		demand: entitled,
		penalty: entitled.map((row) => row.map(() => 1)),
	});
	const session = open(model.program);
	try {
		const steps = new SolveSteps(model, session, {});
		// A blend of the two lands next to both; then as much as can be delivered, then the cheapest way.
		steps.run(model.startCosts({ coverage: false }), true);
		const undelivered = steps.solve(model, "unmet", false);
		if (undelivered.hasValues)
			session.changeRowBounds(
				Int32Array.of(model.unmetRow),
				Float64Array.of(Number.NEGATIVE_INFINITY),
				Float64Array.of(
					undelivered.objective + steps.slackOf(undelivered.objective),
				),
			);
		const result = steps.solve(model, "transport", false);
		if (!result.hasValues)
			throw new Error(`the ${rule} rule ended with "${result.status}"`);
		return {
			rule,
			steps: steps.reports,
			...accountFor(reach, shipmentsOf(model, result.values), []),
		};
	} finally {
		session.dispose();
	}
}
