/** A thread of a program, seen from outside: calls that are answered in order, told how far they are, stopped, and never left hanging. */
import { Worker } from "node:worker_threads";
import type {
	CallMessage,
	Failure,
	Methods,
	ThreadMessage,
	ThreadStart,
} from "./protocol.ts";

/** What a call failed with inside the thread. */
export class ThreadFailure extends Error {
	readonly code: string | undefined;
	readonly status: number | undefined;
	constructor({ name, message, code, status }: Failure) {
		super(message);
		this.name = name;
		this.code = code;
		this.status = status;
	}
}

/** The thread ended, or was ended, before the answer; `cause` is what ended it, where that is known. */
export class ThreadEnded extends Error {
	override readonly name = "ThreadEnded";
}

/** The call was stopped before the thread had begun with it. */
export class CallStopped extends Error {
	override readonly name = "CallStopped";
}

export interface ThreadOptions<M extends Methods, Event> {
	/** Of `threadFile`. */
	readonly file: URL;
	readonly name: string;
	/** What it is given, asked for each time it starts. */
	readonly give?: () => unknown;
	/** Whether another one takes its place when it has died; else every later call fails as the one did over which it died. */
	readonly restarts?: boolean;
	/** Whether the process waits for it also while it has nothing to do. */
	readonly holds?: boolean;
	readonly onEvent?: (event: Event) => void;
	/** It died by itself. */
	readonly onLost?: (error: Error) => void;
	/** How long a call took in the thread (ms). */
	readonly onTook?: (
		method: keyof M & string,
		argument: unknown,
		took: number,
	) => void;
}

export interface CallOptions<Progress> {
	readonly onProgress?: (progress: Progress) => void;
	/** Stops the call: one that waits fails with CallStopped, one under way is told and answers as it sees fit. */
	readonly signal?: AbortSignal;
	/** Memory of the argument that is handed over instead of being copied: it is the thread's from when the call is begun. */
	readonly give?: readonly ArrayBuffer[];
}

interface Waiting extends CallMessage {
	readonly resolve: (value: never) => void;
	readonly reject: (error: Error) => void;
	readonly onProgress: ((progress: never) => void) | undefined;
	readonly give: readonly ArrayBuffer[];
}

/**
 * Where the file of a thread lies: beside whoever starts it when the sources run as they are, beside the programs when they are built (a
 * shared chunk lies one folder down).
 * @param from `import.meta.url` of whoever starts it
 */
export function threadFile(name: string, from: string): URL {
	if (from.endsWith(".ts")) return new URL(`./${name}.ts`, from);
	const folder = from.includes("/chunks/") ? ".." : ".";
	return new URL(`${folder}/${name}.js`, from);
}

/** A thread whose modules are not loaded after this long (ms) hangs, and is ended all the same. */
const LOADS_WITHIN = 10_000;

export class Thread<M extends Methods, Progress = never, Event = never> {
	readonly #options: ThreadOptions<M, Event>;
	readonly #stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
	readonly #stopId = new Int32Array(this.#stop);
	readonly #queue: Waiting[] = [];
	#underWay: Waiting | null = null;
	#worker: Worker | null = null;
	readonly #there = new WeakMap<Worker, Promise<void>>();
	#ended: ThreadEnded | null = null;
	#lastId = 0;

	constructor(options: ThreadOptions<M, Event>) {
		this.#options = options;
	}

	/** Calls without an answer yet. */
	get waiting(): number {
		return this.#queue.length + (this.#underWay ? 1 : 0);
	}

	/** Whether it has been started and lives. */
	get alive(): boolean {
		return this.#worker !== null;
	}

	/** Starts it before anybody calls. */
	start(): void {
		this.#running();
	}

	/** @throws ThreadFailure, ThreadEnded, CallStopped */
	call<N extends keyof M & string>(
		method: N,
		argument?: Parameters<M[N]>[0],
		{ onProgress, signal, give = [] }: CallOptions<Progress> = {},
	): Promise<Awaited<ReturnType<M[N]>>> {
		return new Promise((resolve, reject) => {
			if (this.#ended) return reject(this.#ended);
			const id = ++this.#lastId;
			const stop = () => this.#stopCall(id);
			const settled =
				<T>(settle: (value: T) => void) =>
				(value: T): void => {
					signal?.removeEventListener("abort", stop);
					settle(value);
				};
			this.#queue.push({
				id,
				method,
				argument,
				resolve: settled(resolve),
				reject: settled(reject),
				onProgress,
				give,
			});
			signal?.addEventListener("abort", stop, { once: true });
			if (signal?.aborted) stop();
			this.#sendNext();
		});
	}

	/** Ends the thread as it is: the call under way fails, those that wait go on with another one where it restarts. */
	async kill(): Promise<void> {
		if (this.#worker) await this.#end(this.#worker);
	}

	/** Ends the thread for good; calls without an answer fail. */
	async close(): Promise<void> {
		this.#ended ??= new ThreadEnded(`${this.#options.name} was closed`);
		const worker = this.#worker;
		this.#worker = null;
		this.#failAll(this.#ended);
		if (worker) await this.#end(worker);
	}

	/** Not before it is there: a thread that is ended while it loads a native module takes the whole process with it (./load-sqlite.ts). */
	async #end(worker: Worker): Promise<void> {
		worker.ref();
		await this.#there.get(worker);
		await worker.terminate();
	}

	#stopCall(id: number): void {
		if (this.#underWay?.id === id) {
			Atomics.store(this.#stopId, 0, id);
			return;
		}
		const at = this.#queue.findIndex((call) => call.id === id);
		const [call] = at < 0 ? [] : this.#queue.splice(at, 1);
		call?.reject(new CallStopped(`${call.method} was stopped`));
	}

	#sendNext(): void {
		if (this.#underWay) return;
		const call = this.#queue.shift();
		if (!call) return;
		this.#underWay = call;
		const worker = this.#running();
		// The process waits for an answer on its way, not for a thread without work.
		worker.ref();
		const { id, method, argument, give } = call;
		worker.postMessage({ id, method, argument } satisfies CallMessage, give);
	}

	#running(): Worker {
		if (this.#worker) return this.#worker;
		const { file, name, give, holds } = this.#options;
		const worker = new Worker(file, {
			workerData: { given: give?.(), stop: this.#stop } satisfies ThreadStart,
			name,
		});
		let cause: Error | undefined;
		this.#there.set(
			worker,
			new Promise((there) => {
				worker.once("message", () => there());
				worker.once("exit", () => there());
				setTimeout(there, LOADS_WITHIN).unref();
			}),
		);
		worker.on("message", (message: ThreadMessage) => this.#hear(message));
		worker.on("error", (error: Error) => {
			cause = error;
			this.#options.onLost?.(error);
		});
		worker.on("exit", () => this.#lose(worker, cause));
		if (!holds) worker.unref();
		this.#worker = worker;
		return worker;
	}

	#hear(message: ThreadMessage): void {
		if (message.kind === "event") {
			this.#options.onEvent?.(message.event as Event);
			return;
		}
		if (message.kind === "there") return;
		const call = this.#underWay;
		if (call?.id !== message.id) return;
		if (message.kind === "progress") {
			call.onProgress?.(message.progress as never);
			return;
		}
		this.#underWay = null;
		if (!this.#options.holds) this.#worker?.unref();
		this.#options.onTook?.(call.method, call.argument, message.took);
		if (message.kind === "result") call.resolve(message.value as never);
		else call.reject(new ThreadFailure(message.failure));
		this.#sendNext();
	}

	#lose(worker: Worker, cause: Error | undefined): void {
		if (this.#worker !== worker) return;
		this.#worker = null;
		const call = this.#underWay;
		this.#underWay = null;
		const ended = new ThreadEnded(
			call
				? `${this.#options.name} ended during ${call.method}`
				: `${this.#options.name} has ended`,
			{ cause },
		);
		call?.reject(ended);
		if (this.#options.restarts) {
			this.#sendNext();
			return;
		}
		this.#ended = ended;
		this.#failAll(ended);
	}

	#failAll(error: ThreadEnded): void {
		const left = [...(this.#underWay ? [this.#underWay] : []), ...this.#queue];
		this.#underWay = null;
		this.#queue.length = 0;
		for (const call of left) call.reject(error);
	}
}
