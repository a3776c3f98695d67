/** Solves the steps of a plan one after another within one time limit and keeps their reports. */

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
	/** Of a coverage step: the sum over items, by weight, of the coverage that the round settles. */
	value: number;
	gap: number;
	seconds: number;
}

export interface PlanOptions extends SolveOptions {
	/**
	 * Most rounds of raising the lowest coverage; absent: until no place can rise further. 1: one floor for all. What is
	 * left open when they end is named in the plan.
	 */
	coverageRounds?: number;
	/** Relative (and least absolute) slack that holds an earlier step's value. */
	slack?: number;
	onStep?: (step: StepReport) => void;
}

/** A tight slack keeps plans that differ by one unit apart; a mixed-integer solver needs more room than a simplex. */
const CONTINUOUS_SLACK = 1e-9;
const WHOLE_SLACK = 1e-7;

/** Seconds for the programs of a plan with whole packs or trips that has no limit of its own: their proof may take days. */
export const WHOLE_SECONDS = 60;

const NONE = new Float64Array(0);
/** What a step comes to that nobody wants any more. */
const NOT_BEGUN: SolveResult = {
	status: "cancelled",
	detail: "stopped before it was begun",
	hasValues: false,
	objective: Number.NaN,
	gap: 0,
	values: NONE,
	rowValues: NONE,
	rowDuals: NONE,
	colDuals: NONE,
	seconds: 0,
};

/** Whether a result has a solution to go on from. */
export function usable(result: SolveResult): boolean {
	return (
		result.status === "optimal" ||
		(result.status === "time-limit" && result.hasValues)
	);
}

export class SolveSteps {
	readonly reports: StepReport[] = [];
	readonly #session: SolverSession;
	readonly #options: PlanOptions;
	#changed: SolveOptions["changed"];
	#first = true;
	/** Seconds left of the plan's limit; undefined when it has none. */
	left: number | undefined;

	readonly #slack: number;
	readonly #held = new Map<number, { lower: number; upper: number }>();

	constructor(
		model: AllocationModel,
		session: SolverSession,
		options: PlanOptions,
	) {
		this.#slack =
			options.slack ?? (model.program.integer ? WHOLE_SLACK : CONTINUOUS_SLACK);
		this.#session = session;
		this.#options = options;
		this.left =
			options.timeLimit ?? (model.program.integer ? WHOLE_SECONDS : undefined);
	}

	/** The slack a later step may take from an earlier step's value. */
	slackOf(value: number): number {
		return Math.max(this.#slack * Math.abs(value), this.#slack);
	}

	/** Holds an earlier step's value in a row of the session, which stands there already or is changed by the caller. */
	holds(row: number, lower: number, upper: number): void {
		this.#held.set(row, { lower, upper });
	}

	letGo(row: number): void {
		this.#held.delete(row);
	}

	#widen(factor: number): void {
		const rows = [...this.#held].sort(([a], [b]) => a - b);
		this.#session.changeRowBounds(
			Int32Array.from(rows, ([row]) => row),
			Float64Array.from(
				rows,
				([, { lower }]) => lower - factor * this.slackOf(lower),
			),
			Float64Array.from(
				rows,
				([, { upper }]) => upper + factor * this.slackOf(upper),
			),
		);
	}

	/** Solves without a report. @param within seconds for this solve, when less than the plan has left */
	run(
		costs: Float64Array | undefined,
		relaxed: boolean,
		within?: number,
	): SolveResult {
		// A solve looks at it now and then, and most of the many steps are over before it looks once.
		if (this.#options.cancelled?.()) return NOT_BEGUN;
		if (costs) this.#session.changeCosts(costs);
		const changed = this.#changed ?? (costs ? "costs" : "bounds");
		const limits = [this.left, within].filter((limit) => limit !== undefined);
		const options: SolveOptions = {
			changed: this.#first ? "bounds" : changed,
			gap: this.#options.gap,
			onProgress: this.#options.onProgress,
			cancelled: this.#options.cancelled,
			relaxed,
			timeLimit:
				limits.length > 0 ? Math.max(0.01, Math.min(...limits)) : undefined,
		};
		let result = this.#session.solve(options);
		// A mixed-integer answer keeps its rows to a tolerance of its own: what it reached is then just out of reach of the
		// next step. The values stay held, a little wider.
		for (const factor of [10, 100])
			if (result.status === "infeasible" && !relaxed && this.#held.size > 0) {
				this.#widen(factor);
				const again = this.#session.solve(options);
				result = { ...again, seconds: result.seconds + again.seconds };
			}
		if (this.left !== undefined)
			this.left = Math.max(0.01, this.left - result.seconds);
		this.#first = false;
		this.#changed = undefined;
		return result;
	}

	report(
		objective: Objective,
		round: number,
		value: number,
		result: SolveResult,
	): void {
		const step: StepReport = {
			objective,
			round,
			status: result.status,
			value,
			gap: result.gap,
			seconds: result.seconds,
		};
		this.reports.push(step);
		this.#options.onStep?.(step);
	}

	/** Solves for an objective of the model and reports it. @param within as of `run` */
	solve(
		model: AllocationModel,
		objective: Exclude<Objective, "coverage">,
		relaxed: boolean,
		within?: number,
	): SolveResult {
		const result = this.run(model.costs(objective), relaxed, within);
		this.report(objective, 1, result.objective, result);
		return result;
	}

	/** What differs from where the next solve starts, when it is not what that solve itself changes. */
	startsAfter(changed: "bounds" | "both"): void {
		this.#changed = changed;
	}
}
