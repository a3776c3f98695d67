/**
 * The allocation solver of the backend: a thread that is started when first needed and again when it dies.
 * Requests are answered in order; each can be cancelled and has a time limit.
 */

import { Worker } from "node:worker_threads";
import type {
	PlanOutcome,
	PlanPolicy,
} from "../../../core/logistics/allocation/planner.ts";
import type { Pin } from "../../../core/logistics/allocation/problem.ts";
import type {
	SharedOut,
	SharingRule,
} from "../../../core/logistics/allocation/sharing-rules.ts";
import type {
	PlanProgress,
	SolveLimits,
	SolverReply,
	SolverRequest,
	SolverThreadData,
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

interface Waiting {
	finish(reply: SolverReply): void;
	fail(error: SolverError): void;
	progress?: (progress: PlanProgress) => void;
}

type Ask<T> = T extends unknown ? Omit<T, "id"> : never;

const KEPT_PLANS = 4;

/** The thread's file: `.ts` when run natively, `.js` beside the bundle when built (a shared chunk lies one folder down). */
function workerFile(): URL {
	if (import.meta.url.endsWith(".ts"))
		return new URL("./solver-worker.ts", import.meta.url);
	const folder = import.meta.url.includes("/chunks/") ? "../" : "./";
	return new URL(`${folder}solver-worker.js`, import.meta.url);
}

export class AllocationSolver {
	readonly #cancel = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
	readonly #stopId = new Int32Array(this.#cancel);
	readonly #waiting = new Map<number, Waiting>();
	readonly #file: URL;
	/** Requests the thread has not been given yet. */
	readonly #queue: SolverRequest[] = [];
	#busy: number | undefined;
	#worker: Worker | undefined;
	#next = 1;

	constructor(file: URL = workerFile()) {
		this.#file = file;
	}

	/** Plans a problem under a name; the plan stays ready for `pins` and `supply`. */
	plan(
		scenario: string,
		problem: unknown,
		options: {
			policy?: PlanPolicy;
			limits?: SolveLimits;
			onProgress?: (progress: PlanProgress) => void;
		} = {},
	): Running<PlanOutcome> {
		return this.#outcome(
			{
				kind: "plan",
				scenario,
				problem,
				policy: options.policy,
				limits: options.limits,
			},
			options.onProgress,
		);
	}

	/** Replaces the pins of a planned scenario and solves again from where it stands. */
	pins(
		scenario: string,
		pins: Pin[],
		limits?: SolveLimits,
	): Running<PlanOutcome> {
		return this.#outcome({ kind: "pins", scenario, pins, limits });
	}

	/** Replaces the stock of a planned scenario and solves again from where it stands. */
	supply(
		scenario: string,
		supply: number[][],
		limits?: SolveLimits,
	): Running<PlanOutcome> {
		return this.#outcome({ kind: "supply", scenario, supply, limits });
	}

	/** Shares out by a simple rule, for comparison. */
	rule(problem: unknown, rule: SharingRule): Running<SharedOut> {
		return this.#ask({ kind: "rule", problem, rule }, (reply) =>
			reply.kind === "shared-out" ? reply.result : undefined,
		);
	}

	/** Lets a kept plan go. */
	async forget(scenario: string): Promise<void> {
		if (this.#worker)
			await this.#ask({ kind: "forget", scenario }, () => true).result;
	}

	/** Ends the thread. Requests on their way fail. */
	async close(): Promise<void> {
		const worker = this.#worker;
		this.#worker = undefined;
		this.#failAll(
			new SolverError("SolverClosed", "the solver was closed while it worked"),
		);
		await worker?.terminate();
	}

	#outcome(
		request: Ask<SolverRequest>,
		onProgress?: (progress: PlanProgress) => void,
	): Running<PlanOutcome> {
		return this.#ask(
			request,
			(reply) => (reply.kind === "outcome" ? reply.outcome : undefined),
			onProgress,
			{ kind: "stopped", status: "cancelled" },
		);
	}

	#ask<T>(
		request: Ask<SolverRequest>,
		read: (reply: SolverReply) => T | undefined,
		progress?: (progress: PlanProgress) => void,
		whenCancelled?: T,
	): Running<T> {
		const id = this.#next++;
		const { promise, resolve, reject } = Promise.withResolvers<T>();
		this.#waiting.set(id, {
			progress,
			fail: reject,
			finish(reply) {
				const value = read(reply);
				if (value !== undefined) resolve(value);
				else
					reject(
						reply.kind === "error"
							? new SolverError(reply.name, reply.message)
							: new SolverError(
									"SolverError",
									`unexpected answer "${reply.kind}"`,
								),
					);
			},
		});
		this.#queue.push({ ...request, id } as SolverRequest);
		this.#sendNext();
		return {
			result: promise,
			cancel: () => {
				const queued = this.#queue.findIndex((waiting) => waiting.id === id);
				if (queued >= 0) {
					this.#queue.splice(queued, 1);
					this.#waiting.delete(id);
					if (whenCancelled !== undefined) resolve(whenCancelled);
					else reject(new SolverError("SolverCancelled", "cancelled"));
				} else if (this.#busy === id) Atomics.store(this.#stopId, 0, id);
			},
		};
	}

	#sendNext(): void {
		if (this.#busy !== undefined) return;
		const request = this.#queue.shift();
		if (!request) return;
		this.#busy = request.id;
		const worker = this.#thread();
		// A process waits for an answer on its way, not for an idle thread.
		worker.ref();
		worker.postMessage(request);
	}

	#thread(): Worker {
		if (this.#worker) return this.#worker;
		const data: SolverThreadData = { cancel: this.#cancel, keep: KEPT_PLANS };
		const worker = new Worker(this.#file, { workerData: data });
		worker.on("message", (reply: SolverReply) => this.#receive(reply));
		worker.on("error", (error: Error) => this.#died(worker, error.message));
		worker.on("exit", (code) => this.#died(worker, `exit code ${code}`));
		this.#worker = worker;
		return worker;
	}

	#receive(reply: SolverReply): void {
		const waiting = this.#waiting.get(reply.id);
		if (reply.kind === "progress") {
			waiting?.progress?.(reply.progress);
			return;
		}
		this.#waiting.delete(reply.id);
		if (this.#busy === reply.id) {
			this.#busy = undefined;
			this.#worker?.unref();
		}
		waiting?.finish(reply);
		this.#sendNext();
	}

	/** The next request starts another thread; plans kept by the dead one are gone and say so when asked for. */
	#died(worker: Worker, why: string): void {
		if (this.#worker !== worker) return;
		this.#worker = undefined;
		const busy = this.#busy;
		this.#busy = undefined;
		if (busy !== undefined) {
			this.#waiting
				.get(busy)
				?.fail(
					new SolverError("SolverDied", `the solver thread ended (${why})`),
				);
			this.#waiting.delete(busy);
		}
		this.#sendNext();
	}

	#failAll(error: SolverError): void {
		this.#queue.length = 0;
		this.#busy = undefined;
		for (const waiting of this.#waiting.values()) waiting.fail(error);
		this.#waiting.clear();
	}
}
