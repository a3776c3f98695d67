/** The solver thread: keeps plans warm, solves one request at a time, reports how far it is, stops when told. */

import { AllocationPlanner } from "../../../core/logistics/allocation/planner.ts";
import { checkProblem } from "../../../core/logistics/allocation/problem.ts";
import { shareOut } from "../../../core/logistics/allocation/sharing-rules.ts";
import type { StepReport } from "../../../core/logistics/allocation/solve-steps.ts";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import { routeSpecimens } from "../../../core/logistics/specimen-routing.ts";
import { type Call, given, serve } from "../../../machine/thread/serve.ts";
import { loadSolver, openHighsSession } from "./highs-session.ts";
import type {
	PlanProgress,
	SolveLimits,
	SolverGiven,
	SolverMethods,
} from "./solver-messages.ts";

const { keep } = given<SolverGiven>();
/** Oldest first. */
const planners = new Map<string, AllocationPlanner>();

function planFor(scenario: string): AllocationPlanner {
	const planner = planners.get(scenario);
	if (!planner)
		throw new Error(
			`no plan is kept for scenario "${scenario}": plan it first`,
		);
	planners.delete(scenario);
	planners.set(scenario, planner);
	return planner;
}

function forget(scenario: string): void {
	planners.get(scenario)?.dispose();
	planners.delete(scenario);
}

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
		plan({ scenario, problem, policy, limits }, call) {
			forget(scenario);
			const planner = new AllocationPlanner(problem, open, policy);
			planners.set(scenario, planner);
			for (const oldest of planners.keys()) {
				if (planners.size <= keep) break;
				forget(oldest);
			}
			return planner.plan(options(limits, call));
		},
		pins: ({ scenario, pins, limits }, call) =>
			planFor(scenario).changePins(pins, options(limits, call)),
		supply: ({ scenario, supply, limits }, call) =>
			planFor(scenario).changeSupply(supply, options(limits, call)),
		rule: ({ problem, rule }) => shareOut(checkProblem(problem), rule, open),
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
