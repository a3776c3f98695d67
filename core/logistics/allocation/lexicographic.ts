/**
 * Solves an allocation model: one weighted objective, or in order (1) the fairest coverage, (2) the least weighted
 * unmet need, (3) the cheapest transport. Each step holds the values of the steps before it within a slack.
 */

import {
	type SettledCoverage,
	settleCoverage,
	settleWholeCoverage,
} from "./coverage-levels.ts";
import { type AllocationModel, freeSupply, freeSupplyTable } from "./model.ts";
import {
	type PlanOptions,
	SolveSteps,
	type StepReport,
	usable,
} from "./solve-steps.ts";
import type { SolveResult, SolverSession, SolveStatus } from "./solver.ts";

export interface SolvedModel {
	steps: StepReport[];
	/** The last step's solution; the plan. Undefined when there is none. */
	final: SolveResult | undefined;
	/** How far the coverage step came; undefined for the weighted objective, which has none. */
	coverage: SettledCoverage | undefined;
	status: SolveStatus;
	/** Least weighted unmet need with the coverage that was settled; undefined when that was not proved. */
	leastUnmet?: number;
	/** Where steps 2 and 3 ended, for a quick re-solve. */
	starts: { coverage?: unknown; unmet?: unknown; transport?: unknown };
	/** False when a re-solve could not keep the coverage promised before and set the floors anew. */
	promisesKept: boolean;
}

/** Part of a demand (or of a sum of coverages) by which a promise may be missed: the slack of the steps, and no more. */
const PROMISE_ROUNDING = 1e-4;

/** Part of the time left for the unmet step of whole packs; the rest is for transport. */
const UNMET_SHARE = 0.7;

/** Solves the single weighted objective. */
export function solveWeighted(
	model: AllocationModel,
	session: SolverSession,
	options: PlanOptions = {},
): SolvedModel {
	const steps = new SolveSteps(model, session, options);
	const result = steps.solve(model, "weighted", false);
	return {
		steps: steps.reports,
		final: result.hasValues ? result : undefined,
		coverage: undefined,
		status: result.status,
		starts: {},
		promisesKept: true,
	};
}

/** Whether coverage and unmet need do not change when trips need not be whole: trips are then free to grow. */
function divisible(model: AllocationModel): boolean {
	return (
		model.problem.trucks?.tripsPerDepot === undefined &&
		model.problem.items.every((item) => item.pack === undefined)
	);
}

/** Solves the three steps in order. */
export function solveLexicographic(
	model: AllocationModel,
	session: SolverSession,
	options: PlanOptions = {},
): SolvedModel {
	const steps = new SolveSteps(model, session, options);
	if (!divisible(model)) return solveWhole(model, session, steps, options);
	// The steps alone are degenerate (routes cost nothing in the first two) and slow from nothing; a blend of the three
	// lands next to their optimum. It decides nothing: each step is then solved to its own optimum from there.
	const start = steps.run(model.startCosts(), true);
	if (!usable(start)) return unfinished(steps, start.status);
	return fromCoverage(model, session, steps, options, true);
}

function unfinished(steps: SolveSteps, status: SolveStatus): SolvedModel {
	return {
		steps: steps.reports,
		final: undefined,
		coverage: undefined,
		status,
		starts: {},
		promisesKept: true,
	};
}

function fromCoverage(
	model: AllocationModel,
	session: SolverSession,
	steps: SolveSteps,
	options: PlanOptions,
	promisesKept: boolean,
): SolvedModel {
	const coverage = settleCoverage(model, session, steps, options);
	if (coverage.stopped) return unfinished(steps, coverage.stopped.status);
	return {
		...finishSteps(model, session, steps, coverage, {
			coverage: coverage.start,
		}),
		promisesKept,
	};
}

/**
 * Solves again after bounds were changed (a pin, a new stock figure), from where the steps ended before.
 * @param tighter nothing was given back: the coverage promised before is then still the fairest, when it can be kept.
 * Otherwise the floors are set anew, as in a plan from nothing.
 */
export function solveAgain(
	model: AllocationModel,
	session: SolverSession,
	previous: SolvedModel,
	tighter: boolean,
	options: PlanOptions = {},
): SolvedModel {
	const steps = new SolveSteps(model, session, options);
	if (!divisible(model)) {
		session.dropAdded();
		liftFloors(model, session);
		return solveWhole(model, session, steps, options);
	}
	if (tighter && previous.coverage?.unsettled.length === 0) {
		const same = asLittleUnmet(model, session, steps, previous);
		if (same) return same;
		session.changeRowBounds(
			Int32Array.of(model.unmetRow),
			Float64Array.of(Number.NEGATIVE_INFINITY),
			Float64Array.of(Number.POSITIVE_INFINITY),
		);
		const kept = finishSteps(
			model,
			session,
			steps,
			previous.coverage,
			previous.starts,
		);
		if (kept.status !== "infeasible")
			return { ...kept, leastUnmet: previous.leastUnmet };
	}
	session.dropAdded();
	liftFloors(model, session);
	if (previous.starts.coverage !== undefined) {
		session.restoreStart(previous.starts.coverage);
		steps.startsAfter("bounds");
	}
	return fromCoverage(model, session, steps, options, !tighter);
}

/**
 * The cheapest plan that leaves no more unmet than was possible before something was taken away: less is then not possible
 * either, so the unmet step is proved without being solved. The session stands where the transport step ended.
 * @returns undefined when more has to be left unmet
 */
function asLittleUnmet(
	model: AllocationModel,
	session: SolverSession,
	steps: SolveSteps,
	previous: SolvedModel,
): SolvedModel | undefined {
	const { coverage, leastUnmet } = previous;
	if (!coverage || leastUnmet === undefined) return undefined;
	holdUnmet(model, session, steps, leastUnmet);
	const result = steps.run(model.costs("transport"), false);
	if (result.status !== "optimal") {
		steps.letGo(model.unmetRow);
		return undefined;
	}
	steps.report("unmet", 1, leastUnmet, { ...result, gap: 0, seconds: 0 });
	steps.report("transport", 1, result.objective, result);
	return {
		...checked(model, steps, coverage, result),
		leastUnmet,
		starts: { ...previous.starts, transport: session.saveStart() },
	};
}

/** Takes back every promise: floors, lowest coverages and the unmet row stand as in the model. */
function liftFloors(model: AllocationModel, session: SolverSession): void {
	const { program } = model;
	const columns = [
		...model.unmetColumn.filter((column) => column >= 0),
		...model.excessColumn.filter((column) => column >= 0),
		...model.coverageColumn,
	].sort((a, b) => a - b);
	session.changeColumnBounds(
		Int32Array.from(columns),
		Float64Array.from(columns, (column) => program.colLower[column]),
		Float64Array.from(columns, (column) => program.colUpper[column]),
	);
	const rows = [
		...model.floorRow.filter((row) => row >= 0),
		model.unmetRow,
	].sort((a, b) => a - b);
	session.changeRowBounds(
		Int32Array.from(rows),
		Float64Array.from(rows, (row) => program.rowLower[row]),
		Float64Array.from(rows, (row) => program.rowUpper[row]),
	);
}

function holdUnmet(
	model: AllocationModel,
	session: SolverSession,
	steps: SolveSteps,
	unmet: number,
): void {
	const upper = unmet + steps.slackOf(unmet);
	session.changeRowBounds(
		Int32Array.of(model.unmetRow),
		Float64Array.of(Number.NEGATIVE_INFINITY),
		Float64Array.of(upper),
	);
	steps.holds(model.unmetRow, Number.NEGATIVE_INFINITY, upper);
}

function finishSteps(
	model: AllocationModel,
	session: SolverSession,
	steps: SolveSteps,
	coverage: SettledCoverage,
	starts: SolvedModel["starts"],
): SolvedModel {
	if (starts.unmet !== undefined) {
		session.restoreStart(starts.unmet);
		steps.startsAfter("bounds");
	}
	const unmet = steps.solve(model, "unmet", true);
	if (!usable(unmet))
		return { ...unfinished(steps, unmet.status), coverage, starts };
	const unmetStart = session.saveStart();
	holdUnmet(model, session, steps, unmet.objective);
	if (starts.transport !== undefined) {
		session.restoreStart(starts.transport);
		steps.startsAfter("bounds");
	}
	return {
		...checked(model, steps, coverage, steps.solve(model, "transport", false)),
		leastUnmet: unmet.status === "optimal" ? unmet.objective : undefined,
		starts: {
			coverage: starts.coverage,
			unmet: unmetStart,
			transport: session.saveStart(),
		},
	};
}

/** The plan of the last step, refused when it breaks what the coverage step promised. */
function checked(
	model: AllocationModel,
	steps: SolveSteps,
	coverage: SettledCoverage,
	last: SolveResult,
): SolvedModel {
	const kept = last.hasValues && keepsPromises(model, last, coverage);
	return {
		...unfinished(steps, kept || !last.hasValues ? last.status : "failed"),
		final: kept ? last : undefined,
		coverage,
	};
}

function keepsPromises(
	model: AllocationModel,
	result: SolveResult,
	{ promised, held }: SettledCoverage,
): boolean {
	const items = model.problem.items.length;
	return (
		held.every(
			({ row, least }) => result.rowValues[row] >= least - PROMISE_ROUNDING,
		) &&
		promised.every((share, at) => {
			const column = model.unmetColumn[at];
			if (column < 0 || share === 0) return true;
			const demand = model.problem.demand[Math.floor(at / items)]?.[at % items];
			return (
				result.values[column] <=
				(demand ?? 0) * (1 - share + PROMISE_ROUNDING) + PROMISE_ROUNDING
			);
		})
	);
}

/**
 * Plans with whole packs or counted trips. A last pack that holds more than is asked is sent only from what is left
 * when the others have what whole packs can give them; a place that asks for less than a pack takes part from the
 * start when everybody can then have something.
 */
function solveWhole(
	model: AllocationModel,
	session: SolverSession,
	steps: SolveSteps,
	options: PlanOptions,
): SolvedModel {
	const { problem, program } = model;
	const items = problem.items.length;
	const demandAt = (at: number) =>
		problem.demand[Math.floor(at / items)]?.[at % items] ?? 0;
	const packOf = (at: number) => problem.items[at % items]?.pack;
	const reachable = [...model.floorRow.keys()].filter(
		(at) => model.floorRow[at] >= 0,
	);
	// Levels are counted by rows of their own.
	const floors = reachable
		.map((at) => model.floorRow[at])
		.sort((a, b) => a - b);
	session.changeRowBounds(
		Int32Array.from(floors),
		new Float64Array(floors.length).fill(Number.NEGATIVE_INFINITY),
		new Float64Array(floors.length).fill(Number.POSITIVE_INFINITY),
	);

	const last = new Set(reachable.filter((at) => model.excessColumn[at] >= 0));
	const promisedMore = wantsLastPack(model);
	const setLastPacks = (positions: readonly number[], open: boolean) => {
		const columns = positions
			.map((at) => model.excessColumn[at])
			.sort((a, b) => a - b);
		session.changeColumnBounds(
			Int32Array.from(columns),
			new Float64Array(columns.length),
			Float64Array.from(columns, (column) =>
				open ? program.colUpper[column] : 0,
			),
		);
	};
	const able = problem.packsBeyondNeed
		? reachable.filter((at) => canTakePack(model, at))
		: reachable;
	const closed = new Set([...last].filter((at) => !promisedMore.has(at)));
	setLastPacks([...closed], false);
	const small = able.filter(
		(at) => closed.has(at) && demandAt(at) < (packOf(at) as number),
	);
	let members = able;
	for (let item = 0; item < items; item++) {
		const own = small.filter((at) => at % items === item);
		if (own.length === 0) continue;
		setLastPacks(own, true);
		const all = able.filter((at) => at % items === item);
		const { column } = session.add([{ lower: 0, upper: 1 }], (level) =>
			all.map((at) => ({
				lower: Number.NEGATIVE_INFINITY,
				upper: demandAt(at),
				entries: [model.unmetColumn[at], 1, level, demandAt(at)],
			})),
		);
		const costs = new Float64Array(column + 1);
		costs[column] = -model.coverageScale;
		const lowest = steps.run(costs, false);
		if (!usable(lowest)) return unfinished(steps, lowest.status);
		if (lowest.values[column] > 1e-6) {
			for (const at of own) closed.delete(at);
			continue;
		}
		setLastPacks(own, false);
		members = members.filter((at) => !own.includes(at));
	}

	const highest = (at: number) => {
		const pack = packOf(at);
		if (pack === undefined || !closed.has(at)) return 1;
		return (Math.floor(demandAt(at) / pack + 1e-9) * pack) / demandAt(at);
	};
	const settle = (counted: readonly number[]) =>
		settleWholeCoverage(model, session, steps, options, counted, highest);
	let coverage = settle(members);
	if (coverage.stopped) return unfinished(steps, coverage.stopped.status);
	/** The plan so far, when time ends before a later step has one of its own. */
	let best = coverage.solution;
	const ended = (result: SolveResult): SolvedModel => {
		if (result.status !== "time-limit" || best === undefined)
			return unfinished(steps, result.status);
		const plan = checked(model, steps, coverage, best);
		return plan.final ? { ...plan, status: "time-limit" } : plan;
	};
	// Transport needs some time too: with none it would cost what it happens to.
	const smallUnmet = () =>
		steps.solve(
			model,
			"unmet",
			false,
			steps.left === undefined ? undefined : UNMET_SHARE * steps.left,
		);
	let unmet = smallUnmet();
	if (!usable(unmet)) return ended(unmet);
	best = unmet;
	holdUnmet(model, session, steps, unmet.objective);
	if (packsToOffer(model, unmet, closed)) {
		setLastPacks([...closed], true);
		closed.clear();
		const offered = settle(able);
		if (offered.stopped) {
			coverage = {
				...coverage,
				unsettled: [...new Set([...coverage.unsettled, ...able])],
			};
			return ended(offered.stopped);
		}
		best = offered.solution ?? best;
		coverage = {
			...offered,
			held: [...coverage.held, ...offered.held],
			unsettled: [...new Set([...coverage.unsettled, ...offered.unsettled])],
		};
		unmet = smallUnmet();
		if (!usable(unmet)) return ended(unmet);
		best = unmet;
		holdUnmet(model, session, steps, unmet.objective);
	}
	const transport = steps.solve(model, "transport", false);
	return transport.hasValues
		? checked(model, steps, coverage, transport)
		: ended(transport);
}

/** Places that are promised, by a share or by pins, more than whole packs within their need can give. */
function wantsLastPack(model: AllocationModel): Set<number> {
	const { problem, program, firstRoute } = model;
	const items = problem.items.length;
	const wanted = new Set<number>();
	model.excessColumn.forEach((column, at) => {
		if (column < 0) return;
		const item = at % items;
		const place = Math.floor(at / items);
		const pack = problem.items[item]?.pack as number;
		const demand = problem.demand[place]?.[item] ?? 0;
		const within = Math.floor(demand / pack + 1e-9) * pack;
		let pinned = 0;
		const first = item * problem.places.length + place;
		for (let route = firstRoute[first]; route < firstRoute[first + 1]; route++)
			pinned += pack * program.colLower[route];
		const unmet = program.colUpper[model.unmetColumn[at]];
		if (pinned > within + 1e-9 * pack || demand - unmet > within + 1e-9 * pack)
			wanted.add(at);
	});
	return wanted;
}

/** Whether some depot could send the place one pack, if it were the only place there is. */
function canTakePack(model: AllocationModel, at: number): boolean {
	const { problem, program, routes, firstRoute } = model;
	const items = problem.items.length;
	const item = at % items;
	const place = Math.floor(at / items);
	const given = problem.items[item];
	const pack = given?.pack;
	if (pack === undefined) return true;
	if (
		model.excessColumn[at] < 0 &&
		(problem.demand[place]?.[item] ?? 0) < pack * (1 - 1e-9)
	)
		return false;
	const first = item * problem.places.length + place;
	const volume = pack * (given?.volumeM3 ?? 0);
	for (let route = firstRoute[first]; route < firstRoute[first + 1]; route++) {
		const depot = routes.depot[route];
		const { trucks, depotCapacityM3 } = problem;
		const byTruck =
			(trucks?.capacityM3[depot]?.[place] ?? Number.POSITIVE_INFINITY) *
			(trucks?.tripsPerDepot?.[depot] ?? Number.POSITIVE_INFINITY);
		if (
			freeSupply(problem, depot, item) >= pack * (1 - 1e-9) &&
			program.colUpper[route] >= 1 &&
			volume <=
				Math.min(
					depotCapacityM3?.[depot] ?? Number.POSITIVE_INFINITY,
					// No trips of a truck without room, and no room without trips.
					Number.isNaN(byTruck) ? 0 : byTruck,
				) +
					1e-9
		)
			return true;
	}
	return false;
}

/** Whether a whole pack is left of an item that a place with a closed last pack is short of. */
function packsToOffer(
	model: AllocationModel,
	result: SolveResult,
	closed: ReadonlySet<number>,
): boolean {
	const { problem, routes } = model;
	const items = problem.items.length;
	const wanted = new Set(
		[...closed]
			.filter((at) => result.values[model.unmetColumn[at]] > 1e-6)
			.map((at) => at % items),
	);
	if (wanted.size === 0) return false;
	const left = freeSupplyTable(problem);
	for (let route = 0; route < routes.depot.length; route++) {
		const row = left[routes.depot[route]] as number[];
		const item = routes.item[route];
		row[item] =
			row[item] - Math.round(result.values[route]) * model.unitsPerStep[route];
	}
	return left.some((row) =>
		row.some(
			(units, item) =>
				wanted.has(item) &&
				units >= (problem.items[item]?.pack as number) * (1 - 1e-9),
		),
	);
}
