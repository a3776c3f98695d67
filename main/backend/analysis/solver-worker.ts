/** The solver thread: keeps plans warm, solves one request at a time, reports how far it is, stops when told. */

import { planPeriods } from "../../../core/logistics/allocation/period-plan.ts";
import { sharedInPeriods } from "../../../core/logistics/allocation/period-sharing.ts";
import {
	AllocationPlanner,
	type PlanOutcome,
} from "../../../core/logistics/allocation/planner.ts";
import {
	type AllocationProblem,
	checkProblem,
	withPins,
} from "../../../core/logistics/allocation/problem.ts";
import { shareOut } from "../../../core/logistics/allocation/sharing-rules.ts";
import type { StepReport } from "../../../core/logistics/allocation/solve-steps.ts";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import { planInWholeUnits } from "../../../core/logistics/allocation/whole-units.ts";
import { routeSpecimens } from "../../../core/logistics/specimen-routing.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../../machine/solver/highs-session.ts";
import { type Call, given, serve } from "../../../machine/thread/serve.ts";
import type {
	PlanProgress,
	SolveLimits,
	SolverGiven,
	SolverMethods,
} from "./solver-messages.ts";

const { keep } = given<SolverGiven>();
interface KeptPlan {
	planner: AllocationPlanner;
	/** The problem with its packs, where the plan is told in whole ones; null: as it was solved. */
	packed: AllocationProblem | null;
}
/** Oldest first. */
const plans = new Map<string, KeptPlan>();

function planFor(scenario: string): KeptPlan {
	const kept = plans.get(scenario);
	if (!kept)
		throw new Error(
			`no plan is kept for scenario "${scenario}": plan it first`,
		);
	plans.delete(scenario);
	plans.set(scenario, kept);
	return kept;
}

function forget(scenario: string): void {
	plans.get(scenario)?.planner.dispose();
	plans.delete(scenario);
}

function divisible(problem: AllocationProblem): AllocationProblem {
	return {
		...problem,
		items: problem.items.map(({ pack, ...item }) => item),
	};
}

/** The plan in whole units and packs; its steps and their fairness stay those of the divisible plan, and say how it was found. */
function told(outcome: PlanOutcome, kept: KeptPlan): PlanOutcome {
	if (outcome.kind !== "plan" || !kept.packed) return outcome;
	const problem = withPins(kept.packed, kept.planner.problem.pins);
	const { steps, fairness } = outcome.plan;
	return {
		...outcome,
		plan: { ...planInWholeUnits(problem, outcome.plan), steps, fairness },
	};
}

/** Of a change of a plan nobody is told how far it is: it takes less long than the telling. */
const quiet = (limits: SolveLimits | undefined, call: Call<PlanProgress>) => ({
	...limits,
	cancelled: call.stopped,
});

/** Tells how far the call is, and stops where its time or whoever asked says so. */
function options(limits: SolveLimits | undefined, call: Call<PlanProgress>) {
	const started = performance.now();
	const steps: StepReport[] = [];
	const tell = (now: Partial<PlanProgress>) =>
		call.progress({
			...now,
			seconds: (performance.now() - started) / 1000,
			steps: [...steps],
		});
	return {
		...limits,
		cancelled: call.stopped,
		onStep: (step: StepReport) => {
			steps.push(step);
			tell({});
		},
		onProgress: tell,
	};
}

const highs = await loadSolver();
const open: OpenSession = (program) => openHighsSession(highs, program);

serve<SolverMethods, PlanProgress>(
	{
		plan({ scenario, problem, policy, rounded, limits }, call) {
			forget(scenario);
			const whole = checkProblem(problem);
			const kept = {
				planner: new AllocationPlanner(
					rounded ? divisible(whole) : whole,
					open,
					policy,
				),
				packed: rounded ? whole : null,
			};
			plans.set(scenario, kept);
			for (const oldest of plans.keys()) {
				if (plans.size <= keep) break;
				forget(oldest);
			}
			return told(kept.planner.plan(options(limits, call)), kept);
		},
		pins({ scenario, pins, limits }, call) {
			const kept = planFor(scenario);
			return told(kept.planner.changePins(pins, quiet(limits, call)), kept);
		},
		supply({ scenario, supply, limits }, call) {
			const kept = planFor(scenario);
			const packed = kept.packed && checkProblem({ ...kept.packed, supply });
			const outcome = kept.planner.changeSupply(supply, quiet(limits, call));
			kept.packed = packed;
			return told(outcome, kept);
		},
		values: ({ scenario, limits }, call) =>
			planFor(scenario).planner.supplyValues(options(limits, call)),
		rule: ({ problem, rule }) => shareOut(checkProblem(problem), rule, open, 1),
		periods: ({ problem, policy }, call) =>
			planPeriods(problem, open, policy, call.stopped),
		periodRule: ({ problem, claims }, call) =>
			sharedInPeriods(problem, claims, open, call.stopped),
		specimens: (routing) => routeSpecimens(routing, open),
		forget,
	},
	(error) => {
		// A solver that threw inside its own code is not to be trusted again: the backend starts another thread.
		if (error instanceof Error && error.name === "RuntimeError")
			setImmediate(() => process.exit(1));
		return error;
	},
);
