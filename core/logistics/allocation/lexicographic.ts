/**
 * Solves an allocation model: one weighted objective, or in order (1) the highest lowest coverage, (2) the least
 * weighted unmet need, (3) the cheapest transport. Each step holds the values of the steps before it within a slack.
 */

import type { AllocationModel, Objective } from "./model.ts";
import type {
	SolveOptions,
	SolveResult,
	SolverSession,
	SolveStatus,
} from "./solver.ts";

/** One step of a plan as it went. */
export interface StepReport {
	objective: Objective;
	/** Round of the coverage step, from 1. */
	round: number;
	status: SolveStatus;
	value: number;
	gap: number;
	seconds: number;
}

export interface SolvedModel {
	steps: StepReport[];
	/** The last step's solution; the plan. Undefined when there is none. */
	final: SolveResult | undefined;
	/**
	 * The unmet-need step as a continuous program: its duals say what one more unit is worth. Undefined when it was not
	 * reached; the weighted solution itself when that is the only objective and it has duals.
	 */
	prices: SolveResult | undefined;
	/** Part of the demand each (place, item) is promised by the coverage step, at place * items + item. */
	promised: Float64Array;
	status: SolveStatus;
	/** Where steps 2 and 3 ended, for a quick re-solve. */
	starts: { coverage?: unknown; unmet?: unknown; transport?: unknown };
	/** False when a re-solve could not keep the coverage promised before and set the floors anew. */
	promisesKept: boolean;
}

export interface PlanOptions extends SolveOptions {
	/**
	 * Rounds of raising the lowest coverage. After each round the places that hold it down keep what they have and the
	 * others are raised further, so that one nearly unreachable place does not decide for all. 1: one floor for all.
	 */
	coverageRounds?: number;
	/** Relative (and least absolute) slack that holds an earlier step's value. */
	slack?: number;
	onStep?: (step: StepReport) => void;
}

const DEFAULT_ROUNDS = 8;
const DEFAULT_SLACK = 1e-7;
/** Prices below this are rounding of the solver: the scaled coverage objective has prices around 1. */
const DUAL_ZERO = 1e-6;
const FULL = 1 - 1e-9;
/** Part of a demand by which a promise may be missed: the slack of the steps, and no more. */
const PROMISE_ROUNDING = 1e-4;

/** The slack a later step may take from an earlier step's value. */
export function slackOf(value: number, relative: number): number {
	return Math.max(relative * Math.abs(value), relative);
}

/** Solves one step after another within one time limit and keeps the reports. */
class Steps {
	readonly reports: StepReport[] = [];
	readonly #session: SolverSession;
	readonly #options: PlanOptions;
	#changed: "costs" | "bounds" | undefined;
	#first = true;
	#left: number | undefined;

	readonly #coverageScale: number;

	constructor(
		model: AllocationModel,
		session: SolverSession,
		options: PlanOptions,
	) {
		this.#coverageScale = model.coverageScale;
		this.#session = session;
		this.#options = options;
		this.#left = options.timeLimit;
	}

	solve(
		objective: Objective,
		round: number,
		costs: Float64Array | undefined,
		relaxed: boolean,
	): SolveResult {
		const result = this.run(costs, relaxed);
		const step: StepReport = {
			objective,
			round,
			status: result.status,
			value:
				objective === "coverage"
					? -result.objective / this.#coverageScale
					: result.objective,
			gap: result.gap,
			seconds: result.seconds,
		};
		this.reports.push(step);
		this.#options.onStep?.(step);
		return result;
	}

	/** The next solve starts from a saved place: only bounds differ from there. */
	fromSaved(): void {
		this.#changed = "bounds";
	}

	run(costs: Float64Array | undefined, relaxed: boolean): SolveResult {
		if (costs) this.#session.changeCosts(costs);
		const changed = this.#changed ?? (costs ? "costs" : "bounds");
		const result = this.#session.solve({
			changed: this.#first ? "bounds" : changed,
			gap: this.#options.gap,
			onProgress: this.#options.onProgress,
			cancelled: this.#options.cancelled,
			relaxed,
			timeLimit: this.#left,
		});
		if (this.#left !== undefined)
			this.#left = Math.max(0.01, this.#left - result.seconds);
		this.#first = false;
		this.#changed = undefined;
		return result;
	}
}

/** Solves the single weighted objective. */
export function solveWeighted(
	model: AllocationModel,
	session: SolverSession,
	options: PlanOptions = {},
): SolvedModel {
	const steps = new Steps(model, session, options);
	const result = steps.solve("weighted", 1, model.costs("weighted"), false);
	return {
		steps: steps.reports,
		final: result.hasValues ? result : undefined,
		prices: result.rowDuals.length > 0 ? result : undefined,
		promised: new Float64Array(model.unmetColumn.length),
		status: result.status,
		starts: {},
		promisesKept: true,
	};
}

/** Whether coverage and unmet need do not change when trips need not be whole: trips are then free to grow. */
function tripsDoNotBind(model: AllocationModel): boolean {
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
	const steps = new Steps(model, session, options);
	// The steps alone are degenerate (routes cost nothing in the first two) and slow from nothing; a blend of the three
	// lands next to their optimum. It decides nothing: each step is then solved to its own optimum from there.
	// With whole packs or counted trips the steps are mixed-integer and start from no vertex: the blend would be lost work.
	if (tripsDoNotBind(model)) {
		const start = steps.run(model.startCosts(), true);
		if (!usable(start)) return unfinished(model, steps, start);
	}
	return fromCoverage(model, session, steps, options, true);
}

function unfinished(
	model: AllocationModel,
	steps: Steps,
	result: SolveResult,
): SolvedModel {
	return {
		steps: steps.reports,
		final: undefined,
		prices: undefined,
		promised: new Float64Array(model.unmetColumn.length),
		status: result.status,
		starts: {},
		promisesKept: true,
	};
}

function fromCoverage(
	model: AllocationModel,
	session: SolverSession,
	steps: Steps,
	options: PlanOptions,
	promisesKept: boolean,
): SolvedModel {
	const slack = options.slack ?? DEFAULT_SLACK;
	const relaxed = tripsDoNotBind(model);
	const rounds = Math.max(1, options.coverageRounds ?? DEFAULT_ROUNDS);
	const promised = new Float64Array(model.unmetColumn.length);
	const first = steps.solve("coverage", 1, model.costs("coverage"), relaxed);
	if (!usable(first)) return unfinished(model, steps, first);
	const coverage = session.saveStart();
	if (rounds === 1) {
		const value = -first.objective / model.coverageScale;
		session.changeRowBounds(
			Int32Array.of(model.coverageRow),
			Float64Array.of(value - slackOf(value, slack)),
			Float64Array.of(Number.POSITIVE_INFINITY),
		);
	} else {
		const stopped = raiseFloors(
			model,
			session,
			steps,
			first,
			promised,
			rounds,
			relaxed,
			slack,
		);
		if (stopped) return unfinished(model, steps, stopped);
	}
	return {
		...finishSteps(model, session, steps, promised, relaxed, slack, {
			coverage,
		}),
		promisesKept,
	};
}

/**
 * Solves again after bounds were changed (a pin, a new stock figure), from where the steps ended before. The coverage
 * promised before is kept when it can be; otherwise the floors are set anew.
 */
export function solveAgain(
	model: AllocationModel,
	session: SolverSession,
	previous: SolvedModel,
	options: PlanOptions = {},
): SolvedModel {
	const steps = new Steps(model, session, options);
	const freeUnmet = () =>
		session.changeRowBounds(
			Int32Array.of(model.unmetRow),
			Float64Array.of(Number.NEGATIVE_INFINITY),
			Float64Array.of(Number.POSITIVE_INFINITY),
		);
	freeUnmet();
	const kept = finishSteps(
		model,
		session,
		steps,
		previous.promised,
		tripsDoNotBind(model),
		options.slack ?? DEFAULT_SLACK,
		previous.starts,
	);
	if (kept.status !== "infeasible") return kept;
	freeUnmet();
	liftFloors(model, session);
	if (previous.starts.coverage !== undefined) {
		session.restoreStart(previous.starts.coverage);
		steps.fromSaved();
	}
	return fromCoverage(model, session, steps, options, false);
}

/** Takes back every promise: floors, lowest coverages and the coverage row stand as in the model. */
function liftFloors(model: AllocationModel, session: SolverSession): void {
	const { program } = model;
	const columns = [
		...model.unmetColumn.filter((column) => column >= 0),
		...model.coverageColumn,
	].sort((a, b) => a - b);
	session.changeColumnBounds(
		Int32Array.from(columns),
		Float64Array.from(columns, (column) => program.colLower[column] as number),
		Float64Array.from(columns, (column) => program.colUpper[column] as number),
	);
	const rows = [
		...model.floorRow.filter((row) => row >= 0),
		model.coverageRow,
	].sort((a, b) => a - b);
	session.changeRowBounds(
		Int32Array.from(rows),
		Float64Array.from(rows, (row) => program.rowLower[row] as number),
		Float64Array.from(rows, (row) => program.rowUpper[row] as number),
	);
}

function usable(result: SolveResult): boolean {
	return (
		result.status === "optimal" ||
		(result.status === "time-limit" && result.hasValues)
	);
}

function finishSteps(
	model: AllocationModel,
	session: SolverSession,
	steps: Steps,
	promised: Float64Array,
	relaxed: boolean,
	slack: number,
	starts: SolvedModel["starts"],
): SolvedModel {
	if (starts.unmet !== undefined) {
		session.restoreStart(starts.unmet);
		steps.fromSaved();
	}
	const divisible = relaxed ? undefined : steps.run(model.costs("unmet"), true);
	const unmet = steps.solve("unmet", 1, model.costs("unmet"), relaxed);
	if (!usable(unmet))
		return {
			steps: steps.reports,
			final: undefined,
			prices: undefined,
			promised,
			status: unmet.status,
			starts,
			promisesKept: true,
		};
	const unmetStart = session.saveStart();
	session.changeRowBounds(
		Int32Array.of(model.unmetRow),
		Float64Array.of(Number.NEGATIVE_INFINITY),
		Float64Array.of(unmet.objective + slackOf(unmet.objective, slack)),
	);
	if (starts.transport !== undefined) {
		session.restoreStart(starts.transport);
		steps.fromSaved();
	}
	const transport = steps.solve(
		"transport",
		1,
		model.costs("transport"),
		false,
	);
	const kept = transport.hasValues && keepsPromises(model, transport, promised);
	return {
		steps: steps.reports,
		final: kept ? transport : undefined,
		prices: divisible ?? unmet,
		promised,
		status: kept || !transport.hasValues ? transport.status : "failed",
		starts: {
			coverage: starts.coverage,
			unmet: unmetStart,
			transport: session.saveStart(),
		},
		promisesKept: true,
	};
}

/** Whether a solution gives every place the part of its demand that the coverage step promised. */
function keepsPromises(
	model: AllocationModel,
	result: SolveResult,
	promised: Float64Array,
): boolean {
	const items = model.problem.items.length;
	return promised.every((share, at) => {
		const column = model.unmetColumn[at] as number;
		if (column < 0 || share === 0) return true;
		const demand = model.problem.demand[Math.floor(at / items)]?.[at % items];
		return (
			(result.values[column] as number) <=
			(demand ?? 0) * (1 - share + PROMISE_ROUNDING) + PROMISE_ROUNDING
		);
	});
}

/**
 * Raises the lowest coverage round after round (max-min fairness): places whose floor has a price hold the rest down;
 * they keep the coverage reached and leave the floor. Returns a result only when a round could not be solved.
 */
function raiseFloors(
	model: AllocationModel,
	session: SolverSession,
	steps: Steps,
	first: SolveResult,
	promised: Float64Array,
	rounds: number,
	relaxed: boolean,
	slack: number,
): SolveResult | undefined {
	const items = model.problem.items.length;
	/** Places of each item that are still on the common floor. */
	const active = model.problem.items.map(() => new Set<number>());
	for (let at = 0; at < model.floorRow.length; at++)
		if ((model.floorRow[at] as number) >= 0) active[at % items]?.add(at);
	const demandAt = (at: number) =>
		model.problem.demand[Math.floor(at / items)]?.[at % items] ?? 0;
	let result = first;
	for (let round = 1; ; round++) {
		const bounds = new Map<number, [lower: number, upper: number]>();
		const freed: number[] = [];
		active.forEach((places, item) => {
			if (places.size === 0) return;
			const column = model.coverageColumn[item] as number;
			const coverage = Math.min(1, result.values[column] as number);
			for (const at of places) promised[at] = coverage;
			// Without duals (whole packs or trips) one round is all that can be told.
			const bottleneck = [...places].filter(
				(at) =>
					Math.abs(result.rowDuals[model.floorRow[at] as number] ?? 0) >
					DUAL_ZERO,
			);
			if (
				round === rounds ||
				coverage >= FULL ||
				bottleneck.length === 0 ||
				bottleneck.length === places.size
			) {
				// All that are left stand on the floor: the floor itself is held, and the vertex stays where it is.
				bounds.set(column, [
					Math.max(0, coverage - slackOf(coverage, slack)),
					1,
				]);
				places.clear();
				return;
			}
			for (const at of bottleneck) {
				const unmet = model.unmetColumn[at] as number;
				const demand = demandAt(at);
				bounds.set(unmet, [
					0,
					Math.min(
						model.program.colUpper[unmet] as number,
						demand * (1 - coverage) + slackOf(demand, slack),
					),
				]);
				freed.push(model.floorRow[at] as number);
				places.delete(at);
			}
		});
		const columns = [...bounds.keys()].sort((a, b) => a - b);
		session.changeColumnBounds(
			Int32Array.from(columns),
			Float64Array.from(columns, (column) => bounds.get(column)?.[0] ?? 0),
			Float64Array.from(columns, (column) => bounds.get(column)?.[1] ?? 0),
		);
		freed.sort((a, b) => a - b);
		session.changeRowBounds(
			Int32Array.from(freed),
			new Float64Array(freed.length).fill(Number.NEGATIVE_INFINITY),
			// Wide enough for any coverage, yet finite: the solver goes on from a dual feasible vertex.
			Float64Array.from(
				freed,
				(row) => 3 * (model.program.rowUpper[row] as number),
			),
		);
		if (active.every((places) => places.size === 0)) return undefined;
		result = steps.solve("coverage", round + 1, undefined, relaxed);
		if (!usable(result)) return result;
	}
}
