import type { Prepared, QueryName } from "./queries.ts";

/** What a reader thread does. */
export type ReaderMethods = {
	/** Answers from the replica in use. */
	ask(question: { name: QueryName; request: unknown }): {
		seq: number;
		answer: unknown;
	};
	/** Computes it before anybody asks; which publication it is of. */
	prepare(what: Prepared): number;
	/** Closes the file that is open; the next question opens the replica then in use in this folder. */
	letGo(folder: string): void;
};
