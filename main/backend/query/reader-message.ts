import type { QueryName } from "./queries.ts";

/** What the pool asks of a reader. */
export interface ReaderRequest {
	number: number;
	/** "let-go": close the file that is open. */
	name: QueryName | "let-go";
	request: unknown;
}

/** What a reader replies; `took` in milliseconds. */
export type ReaderReply = { number: number; took: number } & (
	| { seq: number; answer: unknown }
	| { failure: { status: number; code: string; message: string } }
);
