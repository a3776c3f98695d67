import type { Query as CachedQuery } from "@tanstack/react-query";
import type { Asked, Query } from "../../core/api/route.ts";
import { addressOf } from "./ask.ts";

/** What a key says of its answer: what it was read from, and whose it is. */
export type Kept = Pick<Query, "reads" | "role" | "keeps">;

/** The key under which an answer is kept: its address, and what it was read from. */
export function keyOf<Q extends Query>(
	query: Q,
	asked: Asked<Q>,
): [string, Kept] {
	const { reads, role, keeps } = query;
	return [addressOf(query, asked), { reads, role, keeps }];
}

/** What the key of an answer says of it; null: it is no answer of the contract. */
export function keptAs({ queryKey }: CachedQuery): Kept | null {
	return (queryKey[1] as Kept | undefined) ?? null;
}
