/** What the backend and its solver thread say to each other. */

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
import type { StepReport } from "../../../core/logistics/allocation/solve-steps.ts";
import type {
	RoutedSpecimens,
	SpecimenRouting,
} from "../../../core/logistics/specimen-routing.ts";

/** Limits of one request. */
export interface SolveLimits {
	/** Seconds for the whole plan. */
	timeLimit?: number;
	/** Accepted relative gap when packs or trips must be whole. */
	gap?: number;
	coverageRounds?: number;
}

/** What the solver thread does; each answer is of one request, and plans of a scenario stay ready. */
export type SolverMethods = {
	plan(request: {
		scenario: string;
		problem: unknown;
		policy?: PlanPolicy;
		/** Planned as if packs could be divided, and told in whole units and packs (core/logistics/allocation/whole-units). */
		rounded?: boolean;
		limits?: SolveLimits;
	}): PlanOutcome;
	pins(request: {
		scenario: string;
		pins: Pin[];
		limits?: SolveLimits;
	}): PlanOutcome;
	supply(request: {
		scenario: string;
		supply: number[][];
		limits?: SolveLimits;
	}): PlanOutcome;
	/** What one more unit at each depot would save; undefined: it cannot be told of this plan. */
	values(request: {
		scenario: string;
		limits?: SolveLimits;
	}): SupplyValue[] | undefined;
	rule(request: { problem: unknown; rule: SharingRule }): SharedOut;
	/** One item over several rounds. */
	periods(request: {
		problem: PeriodPlanProblem;
		policy: PlanPolicy;
	}): PeriodPlan | PeriodConflict;
	/** What a simple rule would leave missing of one item over several rounds, places x rounds; null: it has nothing to go by. */
	periodRule(request: {
		problem: PeriodPlanProblem;
		/** By place. */
		claims: readonly number[];
	}): number[][] | null;
	specimens(routing: SpecimenRouting): RoutedSpecimens;
	forget(scenario: string): void;
};

/** How far a running solve is. */
export interface PlanProgress {
	seconds: number;
	/** Steps that are done. */
	steps: StepReport[];
	/** Simplex iterations of the running step. */
	iterations?: number;
	/** Best plan so far and proved bound, for whole packs or trips. */
	best?: number;
	bound?: number;
	gap?: number;
}

/** What the solver thread is given. */
export interface SolverGiven {
	/** Plans kept warm before the oldest is let go. */
	keep: number;
}
