import type { QueryName } from "./queries.ts";

/** What the pool asks of a reader. */
export interface ReaderRequest {
	number: number;
	name: QueryName;
	request: unknown;
}

/** What a reader replies; `took` in milliseconds. */
export type ReaderReply = { number: number; took: number } & (
	| { seq: number; answer: unknown }
	| { failure: { status: number; code: string; message: string } }
);
