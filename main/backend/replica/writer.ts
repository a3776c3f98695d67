import { Worker } from "node:worker_threads";
import type { Change } from "../../../core/api/state.ts";
import { SyncFailure } from "./failure.ts";
import type {
	Message,
	ReplicaState,
	Request,
	WriterMethods,
} from "./writer-protocol.ts";

export type { ReplicaState } from "./writer-protocol.ts";

type Call<M extends keyof WriterMethods> =
	Parameters<WriterMethods[M]> extends [infer Argument]
		? (
				argument: Argument,
				onProgress?: (done: number) => void,
			) => Promise<ReturnType<WriterMethods[M]>>
		: () => Promise<ReturnType<WriterMethods[M]>>;

/** The main thread's handle on the writer thread: the methods of `WriterMethods`, each a promise that rejects with a SyncFailure. */
export type Writer = {
	readonly [M in keyof WriterMethods]: Call<M>;
};

export interface WriterOptions {
	/** Where replicas lie. */
	readonly folder: string;
	/** Another file is the replica now (also the first one opened): readers open it, then `removeOld` may be called. Null: there is no replica. */
	readonly onSwitched?: (replica: ReplicaState | null) => void;
	/** The replica moved to a new publication. */
	readonly onChanged?: (change: Change) => void;
	readonly log?: (message: string) => void;
}

/** Starts the writer thread. */
export function createWriter(options: WriterOptions): Writer {
	// The same file runs as it is under Node and bundled beside the backend.
	const file = import.meta.url.endsWith(".ts")
		? "./writer-worker.ts"
		: "./writer-worker.js";
	const worker = new Worker(new URL(file, import.meta.url), {
		workerData: { folder: options.folder },
		name: "replica writer",
	});
	const waiting = new Map<
		number,
		{
			resolve: (value: never) => void;
			reject: (error: Error) => void;
			onProgress: ((done: number) => void) | undefined;
		}
	>();
	let lastId = 0;
	let ended: Error | null = null;

	worker.on("message", (message: Message) => {
		switch (message.kind) {
			case "result":
				waiting.get(message.id)?.resolve(message.value as never);
				waiting.delete(message.id);
				return;
			case "failure":
				waiting
					.get(message.id)
					?.reject(
						message.code === null
							? new Error(message.message)
							: new SyncFailure(message.code, message.message),
					);
				waiting.delete(message.id);
				return;
			case "progress":
				// One request at a time is under way: the oldest.
				waiting.values().next().value?.onProgress?.(message.done);
				return;
			case "switched":
				options.onSwitched?.(message.replica);
				return;
			case "changed":
				options.onChanged?.(message.change);
				return;
			case "log":
				options.log?.(message.message);
				return;
		}
	});
	const end = (error: Error): void => {
		ended ??= error;
		for (const { reject } of waiting.values()) reject(ended);
		waiting.clear();
	};
	worker.on("error", end);
	worker.on("exit", () => end(new Error("the replica writer has ended")));

	const call = <M extends keyof WriterMethods>(
		method: M,
		argument?: unknown,
		onProgress?: (done: number) => void,
	): Promise<ReturnType<WriterMethods[M]>> =>
		new Promise((resolve, reject) => {
			if (ended) {
				reject(ended);
				return;
			}
			const id = ++lastId;
			waiting.set(id, { resolve, reject, onProgress });
			worker.postMessage({ id, method, argument } as Request);
		});

	return {
		open: () => call("open"),
		install: (argument, onProgress) => call("install", argument, onProgress),
		apply: (argument, onProgress) => call("apply", argument, onProgress),
		check: () => call("check"),
		repair: (argument) => call("repair", argument),
		digest: () => call("digest"),
		removeOld: () => call("removeOld"),
		close: async () => {
			if (!ended) await call("close");
			await worker.terminate();
		},
	};
}
