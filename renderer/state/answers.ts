import {
	type Query as CachedQuery,
	type UseQueryOptions,
	type UseQueryResult,
	useMutation,
	useQuery,
} from "@tanstack/react-query";
import type { z } from "zod";
import type { Answered, Asked, Command, Query } from "../../core/api/route.ts";
import { keyOf } from "./answer-key.ts";
import { ask, BackendError, order } from "./ask.ts";
import { useConnection } from "./connection.ts";
import { lastFor } from "./last-answer.ts";

/** Answers stay until something they were read from changes (state/connection). */
const QUERY_DEFAULTS = {
	staleTime: Number.POSITIVE_INFINITY,
	// A refusal stays one, however often it is asked for.
	retry: (failures: number, reason: Error) =>
		failures < 2 &&
		!(
			reason instanceof BackendError &&
			reason.status >= 400 &&
			reason.status < 500
		),
	refetchOnWindowFocus: false,
	// The backend is on this machine: it answers without a network too.
	networkMode: "always",
} as const;

/** How questions are asked and orders given, also where this machine has no network. */
export const CLIENT_DEFAULTS = {
	queries: QUERY_DEFAULTS,
	mutations: { networkMode: "always" },
} as const;

/** Days run through many a second: their answers are not kept for long. */
const OF_A_DAY_MILLISECONDS = 30_000;

/** Whether an answer is of one day, and somebody shows it. */
export function isOfADay(query: CachedQuery): boolean {
	return query.isActive() && /[?&]day=/.test(String(query.queryKey[0]));
}

/**
 * What the backend answers.
 * @param options.keepLast the answer to what was asked before stays while the new one is on its way; it says itself what it is of (last-answer)
 */
export function useAnswer<Q extends Query>(
	query: Q,
	asked: Asked<Q>,
	options: Pick<UseQueryOptions<Answered<Q>>, "enabled" | "refetchInterval"> & {
		keepLast?: boolean;
	} = {},
): UseQueryResult<Answered<Q>> {
	const { keepLast, ...rest } = options;
	const queryKey = keyOf(query, asked);
	return useQuery<Answered<Q>>({
		...rest,
		...("day" in (asked as object) && { gcTime: OF_A_DAY_MILLISECONDS }),
		queryKey,
		queryFn: ({ signal }) => ask(query, asked, signal),
		...(keepLast
			? {
					placeholderData: lastFor(queryKey) as UseQueryOptions<
						Answered<Q>
					>["placeholderData"],
				}
			: {}),
	});
}

/** Orders something, decided on the publication that is shown. */
export function useCommand<C extends Command>(command: C) {
	return useMutation<z.output<C["answer"]> | null, Error, Asked<C>>({
		mutationFn: (asked) =>
			order(
				command,
				asked,
				useConnection.getState().state?.dataset?.seq ?? null,
			),
	});
}
