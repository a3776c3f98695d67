/**
 * The allocation solver of the backend: a thread that is started when first needed and again when it dies.
 * Requests are answered in order; each can be cancelled and has a time limit.
 */

import type {
	PeriodConflict,
	PeriodPlan,
	PeriodPlanProblem,
} from "../../../core/logistics/allocation/period-plan.ts";
import type { SupplyValue } from "../../../core/logistics/allocation/plan.ts";
import type { PlanOutcome } from "../../../core/logistics/allocation/planner.ts";
import type { PlanPolicy } from "../../../core/logistics/allocation/policy.ts";
import type { Pin } from "../../../core/logistics/allocation/problem.ts";
import type {
	SharedOut,
	SharingRule,
} from "../../../core/logistics/allocation/sharing-rules.ts";
import type {
	RoutedSpecimens,
	SpecimenRouting,
} from "../../../core/logistics/specimen-routing.ts";
import {
	CallStopped,
	Thread,
	ThreadEnded,
	threadFile,
} from "../../../machine/thread/thread.ts";
import type {
	PlanProgress,
	SolveLimits,
	SolverGiven,
	SolverMethods,
} from "./solver-messages.ts";

/** A request on its way. */
export interface Running<T> {
	/** Resolves with the answer; rejects with SolverError. A cancelled plan resolves as "stopped". */
	result: Promise<T>;
	cancel(): void;
}

/** The solver could not answer. `name` tells a wrong problem (AllocationProblemError) from a dead thread (SolverDied). */
export class SolverError extends Error {
	constructor(name: string, message: string) {
		super(message);
		this.name = name;
	}
}

const KEPT_PLANS = 4;

/** What a cancelled plan is answered with, whether it had been begun or not. */
const CANCELLED: PlanOutcome = { kind: "stopped", status: "cancelled" };

export class AllocationSolver {
	readonly #thread: Thread<SolverMethods, PlanProgress>;
	#closed = false;

	/** @param keep plans kept ready before the oldest is let go */
	constructor(
		keep = KEPT_PLANS,
		file: URL = threadFile("solver-worker", import.meta.url),
	) {
		this.#thread = new Thread({
			file,
			name: "the solver thread",
			give: () => ({ keep }) satisfies SolverGiven,
			// Plans kept by the dead one are gone and say so when asked for.
			restarts: true,
		});
	}

	/** Plans a problem under a name; the plan stays ready for `pins` and `supply`. */
	plan(
		scenario: string,
		problem: unknown,
		options: {
			policy?: PlanPolicy;
			rounded?: boolean;
			limits?: SolveLimits;
			onProgress?: (progress: PlanProgress) => void;
		} = {},
	): Running<PlanOutcome> {
		const { policy, rounded, limits, onProgress } = options;
		return this.#run(
			"plan",
			{
				scenario,
				problem,
				...(policy && { policy }),
				...(rounded && { rounded }),
				...(limits && { limits }),
			},
			{ whenStopped: CANCELLED, ...(onProgress && { onProgress }) },
		);
	}

	/** Replaces the pins of a planned scenario and solves again from where it stands. */
	pins(
		scenario: string,
		pins: Pin[],
		limits?: SolveLimits,
	): Running<PlanOutcome> {
		return this.#run(
			"pins",
			{ scenario, pins, ...(limits && { limits }) },
			{ whenStopped: CANCELLED },
		);
	}

	/** Replaces the stock of a planned scenario and solves again from where it stands. */
	supply(
		scenario: string,
		supply: number[][],
		limits?: SolveLimits,
	): Running<PlanOutcome> {
		return this.#run(
			"supply",
			{ scenario, supply, ...(limits && { limits }) },
			{ whenStopped: CANCELLED },
		);
	}

	/** What one more unit at each depot would save, found by planning again; undefined: it cannot be told. */
	values(
		scenario: string,
		limits?: SolveLimits,
	): Running<SupplyValue[] | undefined> {
		return this.#run("values", { scenario, ...(limits && { limits }) });
	}

	/** Shares out by a simple rule, for comparison, in whole packs or units. */
	rule(problem: unknown, rule: SharingRule): Running<SharedOut> {
		return this.#run("rule", { problem, rule });
	}

	/** Plans one item over several rounds. */
	periods(
		problem: PeriodPlanProblem,
		policy: PlanPolicy,
	): Running<PeriodPlan | PeriodConflict> {
		return this.#run("periods", { problem, policy });
	}

	/** What a simple rule would leave missing of one item over several rounds. */
	periodRule(
		problem: PeriodPlanProblem,
		claims: readonly number[],
	): Running<number[][] | null> {
		return this.#run("periodRule", { problem, claims });
	}

	/** Sends specimens to laboratories. */
	specimens(routing: SpecimenRouting): Running<RoutedSpecimens> {
		return this.#run("specimens", routing);
	}

	/** Lets a kept plan go. */
	async forget(scenario: string): Promise<void> {
		if (this.#thread.alive) await this.#run("forget", scenario).result;
	}

	/** Ends the thread. Requests on their way fail. */
	async close(): Promise<void> {
		this.#closed = true;
		await this.#thread.close();
	}

	#run<N extends keyof SolverMethods>(
		method: N,
		request: Parameters<SolverMethods[N]>[0],
		{
			whenStopped,
			onProgress,
		}: {
			whenStopped?: ReturnType<SolverMethods[N]>;
			onProgress?: (progress: PlanProgress) => void;
		} = {},
	): Running<ReturnType<SolverMethods[N]>> {
		const cancelling = new AbortController();
		const result = this.#thread
			.call(method, request, {
				signal: cancelling.signal,
				...(onProgress && { onProgress }),
			})
			.catch((error: Error) => {
				if (error instanceof CallStopped && whenStopped !== undefined)
					return whenStopped;
				throw this.#errorOf(error);
			});
		return {
			result: result as Promise<ReturnType<SolverMethods[N]>>,
			cancel: () => cancelling.abort(),
		};
	}

	#errorOf(error: Error): SolverError {
		if (error instanceof CallStopped)
			return new SolverError("SolverCancelled", "cancelled");
		if (!(error instanceof ThreadEnded))
			return new SolverError(error.name, error.message);
		if (this.#closed)
			return new SolverError(
				"SolverClosed",
				"the solver was closed while it worked",
			);
		const { cause } = error;
		return new SolverError(
			"SolverDied",
			cause instanceof Error
				? `${error.message}: ${cause.message}`
				: error.message,
		);
	}
}
