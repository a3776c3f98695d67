/** The solver thread: keeps plans warm, solves one request at a time, reports how far it is, stops when told. */

import { parentPort, workerData } from "node:worker_threads";
import {
	AllocationPlanner,
	type PlanOutcome,
} from "../../../core/logistics/allocation/planner.ts";
import { checkProblem } from "../../../core/logistics/allocation/problem.ts";
import { shareOut } from "../../../core/logistics/allocation/sharing-rules.ts";
import type { StepReport } from "../../../core/logistics/allocation/solve-steps.ts";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import { loadSolver, openHighsSession } from "./highs-session.ts";
import type {
	SolverReply,
	SolverRequest,
	SolverThreadData,
} from "./solver-messages.ts";

const port = parentPort;
if (!port)
	throw new Error("solver-worker runs as a thread of the backend only");

const { cancel, keep } = workerData as SolverThreadData;
const stopId = new Int32Array(cancel);
/** Oldest first. */
const planners = new Map<string, AllocationPlanner>();

function say(reply: SolverReply): void {
	port?.postMessage(reply);
}

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

function answer(request: SolverRequest, open: OpenSession): SolverReply {
	const { id } = request;
	const started = performance.now();
	const steps: StepReport[] = [];
	const options = {
		...request.limits,
		cancelled: () => Atomics.load(stopId, 0) === id,
		onStep: (step: StepReport) => {
			steps.push(step);
			tell({});
		},
		onProgress: (now: {
			iterations?: number;
			best?: number;
			bound?: number;
			gap?: number;
		}) => tell(now),
	};
	const tell = (now: object) =>
		say({
			id,
			kind: "progress",
			progress: {
				...now,
				seconds: (performance.now() - started) / 1000,
				steps: [...steps],
			},
		});
	const outcome = (result: PlanOutcome): SolverReply => ({
		id,
		kind: "outcome",
		outcome: result,
	});
	switch (request.kind) {
		case "plan": {
			forget(request.scenario);
			const planner = new AllocationPlanner(
				request.problem,
				open,
				request.policy,
			);
			planners.set(request.scenario, planner);
			for (const oldest of planners.keys()) {
				if (planners.size <= keep) break;
				forget(oldest);
			}
			return outcome(planner.plan(options));
		}
		case "pins":
			return outcome(
				planFor(request.scenario).changePins(request.pins, options),
			);
		case "supply":
			return outcome(
				planFor(request.scenario).changeSupply(request.supply, options),
			);
		case "rule":
			return {
				id,
				kind: "shared-out",
				result: shareOut(checkProblem(request.problem), request.rule, open),
			};
		case "forget":
			forget(request.scenario);
			return { id, kind: "forgotten" };
	}
}

const highs = await loadSolver();
port.on("message", (request: SolverRequest) => {
	try {
		say(answer(request, (program) => openHighsSession(highs, program)));
	} catch (error) {
		const failure = error instanceof Error ? error : new Error(String(error));
		say({
			id: request.id,
			kind: "error",
			name: failure.name,
			message: failure.message,
		});
		// A solver that threw inside its own code is not to be trusted again: the backend starts another thread.
		if (failure.name === "RuntimeError") process.exit(1);
	}
});
