import type { Change } from "../../../core/api/state.ts";
import {
	type CallOptions,
	Thread,
	ThreadEnded,
	ThreadFailure,
	threadFile,
} from "../../../machine/thread/thread.ts";
import { type FailureCode, SyncFailure } from "./failure.ts";
import type {
	ReplicaState,
	WriterEvent,
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

/** Starts the writer thread; another takes its place when it dies, and the call over which it died fails. */
export function createWriter(options: WriterOptions): Writer {
	const thread = new Thread<WriterMethods, number, WriterEvent>({
		file: threadFile("writer-worker", import.meta.url),
		name: "the replica writer",
		give: () => ({ folder: options.folder }),
		holds: true,
		// Whoever follows opens the replica again; what was half written, SQLite undoes.
		restarts: true,
		onLost: (error) =>
			options.log?.(`replica writer lost: ${error.stack ?? error.message}`),
		onEvent(event) {
			if (event.kind === "switched") options.onSwitched?.(event.replica);
			else if (event.kind === "changed") options.onChanged?.(event.change);
			else options.log?.(event.message);
		},
	});
	thread.start();

	const call = async <M extends keyof WriterMethods>(
		method: M,
		argument?: Parameters<WriterMethods[M]>[0],
		onProgress?: CallOptions<number>["onProgress"],
	): Promise<ReturnType<WriterMethods[M]>> => {
		try {
			return (await thread.call(method, argument, {
				...(onProgress && { onProgress }),
			})) as ReturnType<WriterMethods[M]>;
		} catch (error) {
			if (error instanceof ThreadFailure && error.name === "SyncFailure")
				throw new SyncFailure(error.code as FailureCode, error.message);
			throw error instanceof ThreadEnded && error.cause ? error.cause : error;
		}
	};

	return {
		open: () => call("open"),
		install: (argument, onProgress) => call("install", argument, onProgress),
		apply: (argument, onProgress) => call("apply", argument, onProgress),
		check: () => call("check"),
		repair: (argument) => call("repair", argument),
		takeProvince: (argument) => call("takeProvince", argument),
		digest: () => call("digest"),
		removeOld: () => call("removeOld"),
		close: async () => {
			try {
				await call("close");
			} finally {
				await thread.close();
			}
		},
	};
}
