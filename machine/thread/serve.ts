/** The inside of a thread: it answers one call after another. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type {
	CallMessage,
	Failure,
	Methods,
	ThreadMessage,
	ThreadStart,
} from "./protocol.ts";

/** The call under way. */
export interface Call<Progress> {
	progress(progress: Progress): void;
	/** Whether whoever called wants no answer any more. */
	stopped(): boolean;
	/** Hands memory of the answer over instead of copying it. */
	give(memory: ArrayBuffer): void;
}

type Served<M extends Methods, Progress> = {
	[N in keyof M]: (
		argument: Parameters<M[N]>[0],
		call: Call<Progress>,
	) => ReturnType<M[N]> | Promise<ReturnType<M[N]>>;
};

/** What this thread was given when it started. @throws outside of a thread */
export function given<T>(): T {
	return (workerData as ThreadStart).given as T;
}

/** Says something that nobody asked for. */
export function tell(event: unknown): void {
	post({ kind: "event", event });
}

function post(message: ThreadMessage, give: ArrayBuffer[] = []): void {
	(parentPort as MessagePort).postMessage(message, give);
}

/**
 * Answers calls by these methods, one at a time: the next is sent when the last has its answer (thread/thread).
 * @param failed what an error that a method throws is told as; here a thread also does what it has to do about it
 */
export function serve<M extends Methods, Progress = never>(
	methods: Served<M, Progress>,
	failed: (error: unknown, method: keyof M) => unknown = (error) => error,
): void {
	// Nothing that happens here may end the thread: the next calls wait behind it.
	const told = (error: unknown, method: string): unknown => {
		try {
			return failed(error, method);
		} catch (cause) {
			return cause;
		}
	};
	const stop = new Int32Array((workerData as ThreadStart).stop);
	const answer = async ({
		id,
		method,
		argument,
	}: CallMessage): Promise<void> => {
		const start = performance.now();
		const memory: ArrayBuffer[] = [];
		try {
			const value = await (methods[method] as Served<M, Progress>[string])(
				argument,
				{
					progress: (progress) => post({ kind: "progress", id, progress }),
					stopped: () => Atomics.load(stop, 0) === id,
					give: (one) => memory.push(one),
				},
			);
			const took = performance.now() - start;
			post({ kind: "result", id, took, value }, memory);
		} catch (error) {
			const took = performance.now() - start;
			post({
				kind: "failure",
				id,
				took,
				failure: failureOf(told(error, method)),
			});
		}
	};
	(parentPort as MessagePort).on("message", answer);
	post({ kind: "there" });
}

function failureOf(error: unknown): Failure {
	if (!(error instanceof Error))
		return { name: "Error", message: String(error) };
	const { name, message, code, status } = error as Error & {
		code?: unknown;
		status?: unknown;
	};
	return {
		name,
		message,
		...(typeof code === "string" && { code }),
		...(typeof status === "number" && { status }),
	};
}
