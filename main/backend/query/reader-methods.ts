import type { QueryName } from "./queries.ts";

/** What a reader thread does. */
export type ReaderMethods = {
	/** Answers from the replica in use. */
	ask(question: { name: QueryName; request: unknown }): {
		seq: number;
		answer: unknown;
	};
	/** Closes the file that is open; the next question opens the replica then in use in this folder. */
	letGo(folder: string): void;
};
