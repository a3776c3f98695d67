/** What the backend and its solver thread say to each other. */

import type {
	PlanOutcome,
	PlanPolicy,
} from "../../../core/logistics/allocation/planner.ts";
import type { Pin } from "../../../core/logistics/allocation/problem.ts";
import type {
	SharedOut,
	SharingRule,
} from "../../../core/logistics/allocation/sharing-rules.ts";
import type { StepReport } from "../../../core/logistics/allocation/solve-steps.ts";

/** Limits of one request. */
export interface SolveLimits {
	/** Seconds for the whole plan. */
	timeLimit?: number;
	/** Accepted relative gap when packs or trips must be whole. */
	gap?: number;
	coverageRounds?: number;
}

export type SolverRequest = { id: number; limits?: SolveLimits } & (
	| { kind: "plan"; scenario: string; problem: unknown; policy?: PlanPolicy }
	| { kind: "pins"; scenario: string; pins: Pin[] }
	| { kind: "supply"; scenario: string; supply: number[][] }
	| { kind: "rule"; problem: unknown; rule: SharingRule }
	| { kind: "forget"; scenario: string }
);

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

export type SolverReply = { id: number } & (
	| { kind: "progress"; progress: PlanProgress }
	| { kind: "outcome"; outcome: PlanOutcome }
	| { kind: "shared-out"; result: SharedOut }
	| { kind: "forgotten" }
	| { kind: "error"; name: string; message: string }
);

/** Handed to the thread when it starts. */
export interface SolverThreadData {
	/** Position 0 holds the id of the request to stop; shared memory, because a solving thread reads no messages. */
	cancel: SharedArrayBuffer;
	/** Plans kept warm before the oldest is let go. */
	keep: number;
}
