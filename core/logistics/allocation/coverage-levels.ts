/**
 * Max-min fairness, settled by proof. For one item: the lowest coverage is raised as far as it goes; the places that
 * can rise no further keep it, the others are raised on, until none can rise. For several items that compete for room
 * or trips: the sum over items, by their weights, of the lowest coverages is made as high as it can be, then that of
 * the second lowest, of the third, and so on; an item's level is free to move as long as those sums hold.
 *
 * A place is settled when the floor it stands on has a price: then it stands on that floor in every plan that is as
 * fair (complementary slackness), wherever the solver happened to stop.
 */

import type { AddedRow } from "./linear-program.ts";
import { type AllocationModel, coverageWeights } from "./model.ts";
import {
	type PlanOptions,
	type SolveSteps,
	usable,
	WHOLE_SECONDS,
} from "./solve-steps.ts";
import type { SolveResult, SolverSession } from "./solver.ts";

/** How far the fairness of a plan was settled. */
export interface SettledCoverage {
	/** Rounds that were solved to their optimum. */
	rounds: number;
	/** (place, item) at place * items + item that might still rise: rounds or time ended first. */
	unsettled: number[];
	/** Part of the demand each (place, item) is promised, at place * items + item; 0 where only sums are held. */
	promised: Float64Array;
	/** Rows that hold the sums of the rounds, and the least they may fall to. */
	held: { row: number; least: number }[];
	/** Set when no plan came out of the first round. */
	stopped?: SolveResult;
	/** Where the first round ended. */
	start?: unknown;
}

/** Part of an item's prices that a place must carry to count as priced; below it is rounding of the solver. */
const PRICED_SHARE = 1e-7;
const FULL = 1 - 1e-9;
/** Share of the golden section: its multiples are in no proportion to one another. */
const GOLDEN = 0.618033988749895;
/** Levels that differ by less than this between equally fair plans are the same: rounding of the solver. */
const MOVED = 1e-7;

function demandAt(model: AllocationModel, at: number): number {
	const items = model.problem.items.length;
	return model.problem.demand[Math.floor(at / items)]?.[at % items] ?? 0;
}

function wideRows(
	model: AllocationModel,
	session: SolverSession,
	positions: readonly number[],
): void {
	const rows = positions.map((at) => model.floorRow[at]).sort((a, b) => a - b);
	session.changeRowBounds(
		Int32Array.from(rows),
		new Float64Array(rows.length).fill(Number.NEGATIVE_INFINITY),
		// Wide enough for any coverage, yet finite: the solver goes on from a dual feasible vertex.
		Float64Array.from(rows, (row) => 3 * model.program.rowUpper[row]),
	);
}

/** Settles the coverage of a divisible plan. The session stands on the last round afterwards, with all rounds held. */
export function settleCoverage(
	model: AllocationModel,
	session: SolverSession,
	steps: SolveSteps,
	options: PlanOptions,
): SettledCoverage {
	const items = model.problem.items.length;
	const weights = coverageWeights(model.problem);
	const allWeights = weights.reduce((sum, weight) => sum + weight, 0);
	const most = Math.max(
		1,
		Math.floor(options.coverageRounds ?? Number.POSITIVE_INFINITY),
	);
	/** Places of each item that are still on its common floor. */
	const active = model.problem.items.map(() => new Set<number>());
	for (let at = 0; at < model.floorRow.length; at++)
		if (model.floorRow[at] >= 0 && weights[at % items] > 0)
			active[at % items]?.add(at);
	/** Coverage of the item's ranks up to `last` (from 1), in order: a known number, or a column when it may still move. */
	const levels = model.problem.items.map(
		() => [] as { at: number | { column: number }; last: number }[],
	);
	const settled = model.problem.items.map(() => 0);
	const out: SettledCoverage = {
		rounds: 0,
		unsettled: [],
		promised: new Float64Array(model.unmetColumn.length),
		held: [],
	};
	let columns = model.program.numCols;
	let raisedBefore = "";
	const open = () => active.flatMap((places) => [...places]);
	const withPlaces = (item: number) => (active[item]?.size ?? 0) > 0;
	// Later steps need time too: half of it, at most, goes into the rounds.
	const reserve = (steps.left ?? 0) / 2;
	const run = (costs: Float64Array | undefined) =>
		steps.run(
			costs,
			true,
			steps.left === undefined ? undefined : steps.left - reserve,
		);

	for (let round = 1; ; round++) {
		const rank = 1 + Math.min(...settled.filter((_, item) => withPlaces(item)));
		/** Items whose coverage at this rank is not settled yet. */
		const raised = model.problem.items.flatMap((_, item) =>
			withPlaces(item) && settled[item] === rank - 1 ? [item] : [],
		);
		let known = 0;
		const terms: [column: number, weight: number][] = [];
		model.problem.items.forEach((_, item) => {
			const weight = weights[item];
			const level = levels[item]?.find(({ last }) => last >= rank)?.at;
			if (typeof level === "number") known += weight * level;
			else if (level) terms.push([level.column, weight]);
			else if (
				raised.includes(item) ||
				// An item that nobody can be sent has no floor: full coverage, in the first sum only.
				(round === 1 && weight > 0)
			)
				terms.push([model.coverageColumn[item], weight]);
		});
		const same = raised.join() === raisedBefore;
		raisedBefore = raised.join();
		let costs: Float64Array | undefined;
		if (!same) {
			costs = new Float64Array(columns);
			for (const [column, weight] of terms)
				costs[column] = -model.coverageScale * weight;
			if (round > 1) steps.startsAfter("both");
		}
		const result = run(costs);
		const sum = -result.objective / model.coverageScale;
		steps.report("coverage", round, sum + known, result);
		if (round === 1) {
			if (!usable(result)) return { ...out, stopped: result };
			out.start = session.saveStart();
		}
		if (result.status !== "optimal") {
			if (result.status === "cancelled" || result.status === "infeasible")
				return { ...out, stopped: result };
			if (round === 1) holdSum(terms, sum);
			out.unsettled = open();
			return out;
		}
		out.rounds = round;
		const movable =
			terms.filter(([column]) => !levelIsAlone(column)).length > 1 &&
			mayMove(terms, sum);
		if (movable) raisedBefore = "";
		for (const item of raised)
			settle(
				item,
				active[item] as Set<number>,
				result,
				movable,
				round === most,
			);
		if (movable) holdSum(levelTerms(terms, raised), sum);
		if (open().length === 0) return settleLevels(rank);
		if (round === most) {
			out.unsettled = open();
			return out;
		}
	}

	/** Levels at a rank that may still be traded for one another, with the weights of their items. */
	function movableAt(rank: number): (readonly [number, number])[] {
		return levels.flatMap((own, item) => {
			const level = own.find(({ last }) => last >= rank)?.at;
			return typeof level === "object"
				? [[level.column, weights[item]] as const]
				: [];
		});
	}

	/**
	 * Makes the sums of the ranks above one as high as they can be, once every place stands on a level. An item of many places may
	 * have been traded for one of few, whose level does not count in these sums.
	 */
	function settleLevels(from: number): SettledCoverage {
		let before = movableAt(from).join();
		for (let rank = from + 1; rank <= Math.max(...settled); rank++) {
			const terms = movableAt(rank);
			if (terms.length === 0 || terms.join() === before) continue;
			before = terms.join();
			const costs = new Float64Array(columns);
			for (const [column, weight] of terms)
				costs[column] = -model.coverageScale * weight;
			steps.startsAfter("both");
			const result = out.rounds < most ? run(costs) : undefined;
			if (result) {
				steps.report(
					"coverage",
					out.rounds + 1,
					-result.objective / model.coverageScale,
					result,
				);
				if (result.status === "cancelled" || result.status === "infeasible")
					return { ...out, stopped: result };
			}
			if (result?.status !== "optimal") {
				out.unsettled = [...model.floorRow.keys()].filter(
					(at) => model.floorRow[at] >= 0 && settled[at % items] >= rank,
				);
				return out;
			}
			out.rounds++;
			holdSum(terms, -result.objective / model.coverageScale);
		}
		return out;
	}

	/** Whether the column is the coverage of an item that nobody can be sent: it is 1, whatever the others do. */
	function levelIsAlone(column: number): boolean {
		const item = model.coverageColumn.indexOf(column);
		return item >= 0 && !levels[item]?.length && !withPlaces(item);
	}

	/**
	 * Whether the levels of a round can be traded for one another at the same sum: whether a mixture of them, of weights
	 * that are in no proportion, has more than one value there.
	 */
	function mayMove(
		terms: readonly (readonly [column: number, weight: number])[],
		sum: number,
	): boolean {
		const { row } = holdSum(terms, sum);
		const mixture = new Float64Array(columns);
		terms.forEach(([column, weight], index) => {
			mixture[column] =
				model.coverageScale * weight * (0.5 + (((index + 1) * GOLDEN) % 1));
		});
		const least = run(mixture);
		const most = run(mixture.map((cost) => -cost));
		raisedBefore = "";
		if (least.status !== "optimal" || most.status !== "optimal") return true;
		const width = (-most.objective - least.objective) / model.coverageScale;
		if (width > MOVED * allWeights) return true;
		// Each level is known: it is held by itself, and the row says nothing more.
		out.held.pop();
		steps.letGo(row);
		session.changeRowBounds(
			Int32Array.of(row),
			Float64Array.of(Number.NEGATIVE_INFINITY),
			Float64Array.of(Number.POSITIVE_INFINITY),
		);
		return false;
	}

	/** Terms of a round after its raised items were settled on columns of their own. */
	function levelTerms(
		terms: readonly (readonly [column: number, weight: number])[],
		raised: readonly number[],
	): (readonly [column: number, weight: number])[] {
		return terms.map(([column, weight]) => {
			const item = model.coverageColumn.indexOf(column);
			const level = raised.includes(item)
				? levels[item]?.at(-1)?.at
				: undefined;
			return [typeof level === "object" ? level.column : column, weight];
		});
	}

	function holdSum(
		terms: readonly (readonly [column: number, weight: number])[],
		sum: number,
	): { row: number } {
		const lower = sum / allWeights - steps.slackOf(1);
		const { row } = session.add([], () => [
			{
				lower,
				upper: Number.POSITIVE_INFINITY,
				entries: terms.flatMap(([column, weight]) => [
					column,
					weight / allWeights,
				]),
			},
		]);
		out.held.push({ row, least: lower });
		steps.holds(row, lower, Number.POSITIVE_INFINITY);
		return { row };
	}

	/** Takes the places that can rise no further off the floor of their item. */
	function settle(
		item: number,
		places: Set<number>,
		result: SolveResult,
		movable: boolean,
		last: boolean,
	): void {
		const column = model.coverageColumn[item];
		const coverage = Math.min(1, result.values[column]);
		const priceOf = (at: number) =>
			Math.abs(result.rowDuals[model.floorRow[at]] ?? 0) * demandAt(model, at);
		const priced = PRICED_SHARE * model.coverageScale * weights[item];
		let bottleneck = [...places].filter((at) => priceOf(at) > priced);
		// No floor has a price: the level stands at its own bound, full coverage, and so do all that are left on it.
		if (bottleneck.length === 0 || (!movable && coverage >= FULL))
			bottleneck = [...places];
		settled[item] = settled[item] + bottleneck.length;
		const reached = settled[item];
		const all = bottleneck.length === places.size;
		if (movable) {
			const level = all ? column : onColumn(item, bottleneck);
			levels[item]?.push({ at: { column: level }, last: reached });
		} else {
			levels[item]?.push({ at: coverage, last: reached });
			// Those that are left stay above it, and so does the level they share.
			session.changeColumnBounds(
				Int32Array.of(column),
				Float64Array.of(Math.max(0, coverage - steps.slackOf(coverage))),
				Float64Array.of(1),
			);
			for (const at of all || last ? places : bottleneck)
				out.promised[at] = coverage;
			if (!all) {
				const unmet = bottleneck
					.map((at) => ({ at, column: model.unmetColumn[at] }))
					.sort((a, b) => a.column - b.column);
				session.changeColumnBounds(
					Int32Array.from(unmet, ({ column }) => column),
					new Float64Array(unmet.length),
					Float64Array.from(unmet, ({ at, column }) =>
						Math.min(
							model.program.colUpper[column],
							demandAt(model, at) * (1 - coverage) +
								steps.slackOf(demandAt(model, at)),
						),
					),
				);
			}
		}
		if (!all) wideRows(model, session, bottleneck);
		for (const at of bottleneck) places.delete(at);
	}

	/** Gives places a level of their own between those below them and those still on the item's floor. */
	function onColumn(item: number, bottleneck: readonly number[]): number {
		const below = levels[item]?.at(-1)?.at;
		const added = session.add(
			[
				{
					lower:
						typeof below === "number"
							? Math.max(0, below - steps.slackOf(1))
							: 0,
					upper: 1,
				},
			],
			(level): AddedRow[] => [
				...bottleneck.map((at) => ({
					lower: Number.NEGATIVE_INFINITY,
					upper: demandAt(model, at),
					entries: [model.unmetColumn[at], 1, level, demandAt(model, at)],
				})),
				// A later level is not below an earlier one.
				...[
					[level, model.coverageColumn[item]],
					...(typeof below === "object" ? [[below.column, level]] : []),
				].map(([low, high]) => ({
					lower: Number.NEGATIVE_INFINITY,
					upper: 0,
					entries: [low as number, 1, high as number, -1],
				})),
			],
		);
		columns = added.column + 1;
		return added.column;
	}
}

/**
 * Settles the coverage of a plan with whole packs or counted trips, where floors have no prices: the sum of the m
 * lowest coverages is m s - sum(max(0, s - coverage)) at its best s, so the same order is kept by one program for each
 * m. The floor rows of the model must be wide; the session keeps every sum held.
 * @param members (place, item) that are counted, at place * items + item
 */
export function settleWholeCoverage(
	model: AllocationModel,
	session: SolverSession,
	steps: SolveSteps,
	options: PlanOptions,
	members: readonly number[],
	highest: (at: number) => number,
): SettledCoverage & { solution?: SolveResult } {
	const items = model.problem.items.length;
	const weights = coverageWeights(model.problem);
	const allWeights = weights.reduce((sum, weight) => sum + weight, 0);
	const byItem = model.problem.items.map((_, item) =>
		weights[item] > 0 ? members.filter((at) => at % items === item) : [],
	);
	const ranks = Math.max(0, ...byItem.map((places) => places.length));
	const most = Math.min(
		ranks,
		Math.max(1, Math.floor(options.coverageRounds ?? ranks)),
	);
	const out: SettledCoverage & { solution?: SolveResult } = {
		rounds: 0,
		unsettled: [],
		promised: new Float64Array(model.unmetColumn.length),
		held: [],
	};
	let seconds = (steps.left ?? WHOLE_SECONDS) / 2;
	let before = 0;
	const coverageOf = (result: SolveResult, at: number) =>
		1 - result.values[model.unmetColumn[at]] / demandAt(model, at);
	/** Places above the ranks that are settled, unless they have all they can be given. */
	const above = (rank: number) =>
		byItem.flatMap((places) =>
			out.solution === undefined
				? places
				: places
						.map((at) => ({
							at,
							coverage: coverageOf(out.solution as SolveResult, at),
						}))
						.sort((a, b) => a.coverage - b.coverage)
						.slice(rank)
						.filter(({ at, coverage }) => coverage < highest(at) - 1e-6)
						.map(({ at }) => at),
		);
	for (let rank = 1; rank <= most; rank++) {
		const terms: number[] = [];
		let constant = 0;
		byItem.forEach((places, item) => {
			const weight = weights[item];
			if (places.length === 0) {
				// As in the divisible plan: nobody can be sent the item, full coverage in the first sum.
				constant += weight;
				return;
			}
			if (places.length < rank) {
				for (const at of places) {
					terms.push(model.unmetColumn[at], -weight / demandAt(model, at));
					constant += weight;
				}
				return;
			}
			const short = rank > 1;
			const added = session.add(
				[
					{ lower: 0, upper: 1 },
					...(short ? places.map(() => ({ lower: 0, upper: 1 })) : []),
				],
				(level) =>
					places.map((at, index) => ({
						lower: Number.NEGATIVE_INFINITY,
						upper: demandAt(model, at),
						entries: [
							model.unmetColumn[at],
							1,
							level,
							demandAt(model, at),
							...(short ? [level + 1 + index, -demandAt(model, at)] : []),
						],
					})),
			);
			terms.push(added.column, rank * weight);
			if (short)
				places.forEach((_, index) => {
					terms.push(added.column + 1 + index, -weight);
				});
		});
		const last = terms.reduce(
			(high, value, at) => (at % 2 === 0 ? Math.max(high, value) : high),
			model.program.numCols - 1,
		);
		const costs = new Float64Array(last + 1);
		for (let at = 0; at < terms.length; at += 2)
			costs[terms[at]] = -model.coverageScale * terms[at + 1];
		const result = steps.run(costs, false, seconds);
		seconds -= result.seconds;
		const sum = -result.objective / model.coverageScale + constant;
		steps.report("coverage", rank, sum - before, result);
		if (!usable(result)) {
			if (rank === 1 || result.status !== "time-limit")
				return { ...out, stopped: result };
			out.unsettled = above(rank - 1);
			return out;
		}
		out.solution = result;
		before = sum;
		// A sum of many coverages: as wide as the solver's own tolerance on whole numbers.
		const lower = (sum - constant) / allWeights - 10 * steps.slackOf(1);
		const { row } = session.add([], () => [
			{
				lower,
				upper: Number.POSITIVE_INFINITY,
				entries: terms.map((term, at) =>
					at % 2 === 0 ? term : term / allWeights,
				),
			},
		]);
		out.held.push({ row, least: lower });
		steps.holds(row, lower, Number.POSITIVE_INFINITY);
		if (result.status !== "optimal") {
			out.unsettled = above(rank - 1);
			return out;
		}
		out.rounds = rank;
		if (above(0).length === 0) return out;
		if (seconds <= 0) break;
	}
	out.unsettled = out.rounds < ranks ? above(out.rounds) : [];
	return out;
}
