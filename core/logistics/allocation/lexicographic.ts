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
	/** The unmet-need step, whose duals say what one more unit is worth; undefined for one weighted objective. */
	unmet: SolveResult | undefined;
	/** Part of the demand each (place, item) is promised by the coverage step, at place * items + item. */
	promised: Float64Array;
	status: SolveStatus;
	/** Where steps 2 and 3 ended, for a quick re-solve. */
	starts: { unmet: unknown; transport: unknown };
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
const DUAL_ZERO = 1e-9;
const FULL = 1 - 1e-9;

/** The slack a later step may take from an earlier step's value. */
export function slackOf(value: number, relative: number): number {
	return Math.max(relative * Math.abs(value), relative);
}

/** Solves one step after another within one time limit and keeps the reports. */
class Steps {
	readonly reports: StepReport[] = [];
	readonly #session: SolverSession;
	readonly #options: PlanOptions;
	#left: number | undefined;

	constructor(session: SolverSession, options: PlanOptions) {
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
		if (costs) this.#session.changeCosts(costs);
		const result = this.#session.solve({
			gap: this.#options.gap,
			onProgress: this.#options.onProgress,
			cancelled: this.#options.cancelled,
			relaxed,
			timeLimit: this.#left,
		});
		if (this.#left !== undefined)
			this.#left = Math.max(0.01, this.#left - result.seconds);
		const step: StepReport = {
			objective,
			round,
			status: result.status,
			value: objective === "coverage" ? -result.objective : result.objective,
			gap: result.gap,
			seconds: result.seconds,
		};
		this.reports.push(step);
		this.#options.onStep?.(step);
		return result;
	}
}

/** Solves the single weighted objective. */
export function solveWeighted(
	model: AllocationModel,
	session: SolverSession,
	options: PlanOptions = {},
): SolvedModel {
	const steps = new Steps(session, options);
	const result = steps.solve("weighted", 1, model.costs("weighted"), false);
	return {
		steps: steps.reports,
		final: result.hasValues ? result : undefined,
		unmet: undefined,
		promised: new Float64Array(model.unmetColumn.length),
		status: result.status,
		starts: { unmet: undefined, transport: undefined },
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
	const slack = options.slack ?? DEFAULT_SLACK;
	const steps = new Steps(session, options);
	const relaxed = tripsDoNotBind(model);
	const promised = new Float64Array(model.unmetColumn.length);
	const unfinished = (result: SolveResult): SolvedModel => ({
		steps: steps.reports,
		final: undefined,
		unmet: undefined,
		promised,
		status: result.status,
		starts: { unmet: undefined, transport: undefined },
	});

	const rounds = Math.max(1, options.coverageRounds ?? DEFAULT_ROUNDS);
	const first = steps.solve("coverage", 1, model.costs("coverage"), relaxed);
	if (!usable(first)) return unfinished(first);
	if (rounds === 1) {
		const value = -first.objective;
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
		if (stopped) return unfinished(stopped);
	}
	return finishSteps(model, session, steps, promised, relaxed, slack, {
		unmet: undefined,
		transport: undefined,
	});
}

/**
 * Solves unmet need and transport again after bounds were changed (a pin, a new stock figure), keeping the coverage
 * that was promised. Starts where those steps ended before.
 * @param previous the plan before the change. When its promises no longer hold, the status is "infeasible".
 */
export function solveAgain(
	model: AllocationModel,
	session: SolverSession,
	previous: SolvedModel,
	options: PlanOptions = {},
): SolvedModel {
	const steps = new Steps(session, options);
	session.changeRowBounds(
		Int32Array.of(model.unmetRow),
		Float64Array.of(Number.NEGATIVE_INFINITY),
		Float64Array.of(Number.POSITIVE_INFINITY),
	);
	return finishSteps(
		model,
		session,
		steps,
		previous.promised,
		tripsDoNotBind(model),
		options.slack ?? DEFAULT_SLACK,
		previous.starts,
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
	if (starts.unmet !== undefined) session.restoreStart(starts.unmet);
	const unmet = steps.solve("unmet", 1, model.costs("unmet"), relaxed);
	if (!usable(unmet))
		return {
			steps: steps.reports,
			final: undefined,
			unmet: undefined,
			promised,
			status: unmet.status,
			starts,
		};
	const unmetStart = session.saveStart();
	session.changeRowBounds(
		Int32Array.of(model.unmetRow),
		Float64Array.of(Number.NEGATIVE_INFINITY),
		Float64Array.of(unmet.objective + slackOf(unmet.objective, slack)),
	);
	if (starts.transport !== undefined) session.restoreStart(starts.transport);
	const transport = steps.solve(
		"transport",
		1,
		model.costs("transport"),
		false,
	);
	return {
		steps: steps.reports,
		final: transport.hasValues ? transport : undefined,
		unmet,
		promised,
		status: transport.status,
		starts: { unmet: unmetStart, transport: session.saveStart() },
	};
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
	const active = new Set<number>();
	for (let at = 0; at < model.floorRow.length; at++)
		if ((model.floorRow[at] as number) >= 0) active.add(at);
	let result = first;
	for (let round = 1; ; round++) {
		const columns: number[] = [];
		const upper: number[] = [];
		const freed: number[] = [];
		const last = round === rounds;
		let raised = false;
		for (const at of active) {
			const item = at % items;
			const coverage = Math.min(
				1,
				result.values[model.coverageColumn[item] as number] as number,
			);
			const row = model.floorRow[at] as number;
			const price = Math.abs(result.rowDuals[row] ?? 0);
			// Without duals (whole packs or trips) one round is all that can be told.
			const holds =
				last ||
				coverage >= FULL ||
				result.rowDuals.length === 0 ||
				price > DUAL_ZERO;
			if (!holds) continue;
			const demand = model.problem.demand[Math.floor(at / items)]?.[item] ?? 0;
			promised[at] = coverage;
			columns.push(model.unmetColumn[at] as number);
			upper.push(
				Math.min(
					model.program.colUpper[model.unmetColumn[at] as number] as number,
					demand * (1 - coverage) + slackOf(demand, slack),
				),
			);
			freed.push(row);
			active.delete(at);
			raised = true;
		}
		if (raised) {
			const order = columns
				.map((_, index) => index)
				.sort((a, b) => (columns[a] as number) - (columns[b] as number));
			session.changeColumnBounds(
				Int32Array.from(order, (index) => columns[index] as number),
				new Float64Array(order.length),
				Float64Array.from(order, (index) => upper[index] as number),
			);
			freed.sort((a, b) => a - b);
			session.changeRowBounds(
				Int32Array.from(freed),
				new Float64Array(freed.length).fill(Number.NEGATIVE_INFINITY),
				new Float64Array(freed.length).fill(Number.POSITIVE_INFINITY),
			);
		}
		if (active.size === 0) return undefined;
		if (!raised) {
			// Degenerate: nothing has a price, so the floors reached now are the ones kept.
			rounds = round + 1;
		}
		result = steps.solve("coverage", round + 1, undefined, relaxed);
		if (!usable(result)) return result;
	}
}
