import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Asked, Query } from "../../core/api/route.ts";
import { keyOf } from "./answer-key.ts";
import { useAnswer } from "./answers.ts";
import { useProgress } from "./progress.ts";

/** An answer that takes its time: how far it is, and the way to stop it. */
export function useStoppable<Q extends Query>(asks: Q, asked: Asked<Q>) {
	const queries = useQueryClient();
	const [stopped, setStopped] = useState<string | null>(null);
	const key = keyOf(asks, asked);
	const [address] = key;
	const query = useAnswer(asks, asked, {
		keepLast: true,
		enabled: stopped !== address,
	});
	const progress = useProgress(query.isFetching ? address : null);
	return {
		query,
		progress,
		stopped: stopped === address,
		stop: () => {
			setStopped(address);
			void queries.cancelQueries({ queryKey: key });
		},
		again: () => {
			setStopped(null);
			void query.refetch();
		},
	};
}
