/** What a thread and whoever started it say to each other. */

/** What a thread does, by name: each takes one argument. */
// biome-ignore lint/suspicious/noExplicitAny: any argument; each thread names its own
export type Methods = { [name: string]: (argument: any) => unknown };

export interface CallMessage {
	readonly id: number;
	readonly method: string;
	readonly argument: unknown;
}

export type ThreadMessage =
	/** Its modules are loaded, it answers calls from now on. */
	| { readonly kind: "there" }
	/** `took` in milliseconds. */
	| {
			readonly kind: "result";
			readonly id: number;
			readonly took: number;
			readonly value: unknown;
	  }
	| {
			readonly kind: "failure";
			readonly id: number;
			readonly took: number;
			readonly failure: Failure;
	  }
	/** How far the call under way is. */
	| {
			readonly kind: "progress";
			readonly id: number;
			readonly progress: unknown;
	  }
	/** Something that nobody asked for. */
	| { readonly kind: "event"; readonly event: unknown };

/** What remains of an error on its way out of a thread. */
export interface Failure {
	readonly name: string;
	readonly message: string;
	readonly code?: string;
	readonly status?: number;
}

/** What a thread is given when it starts. */
export interface ThreadStart {
	readonly given: unknown;
	/** Position 0 holds the id of the call to stop: shared memory, because a thread at work reads no messages. */
	readonly stop: SharedArrayBuffer;
}
