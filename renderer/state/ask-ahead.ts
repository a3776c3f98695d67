import type { QueryClient } from "@tanstack/react-query";
import { type AreaRow, Areas } from "../../core/api/areas.ts";
import type { Query } from "../../core/api/route.ts";
import { CurrentSession } from "../../core/api/session.ts";
import { keyOf } from "./answer-key.ts";
import { ask } from "./ask.ts";
import { useConnection } from "./connection.ts";

/**
 * Asks who sits here, and for the areas, as soon as there is a dataset: every screen begins with both, and would ask for the one only when
 * the other had been drawn. What cannot be had is asked for again by whoever shows it.
 * @returns the areas when both are there; null when there is nothing to wait for
 */
export function askAhead(
	queries: QueryClient,
): Promise<readonly AreaRow[] | null> {
	const answer = <Q extends Query>(query: Q) =>
		queries.fetchQuery({
			queryKey: keyOf(query, {} as never),
			queryFn: ({ signal }) => ask(query, {} as never, signal),
			retry: false,
		});
	const begin = async () => {
		const { person, exercise } = await answer(CurrentSession);
		// Whoever has to sign in first is given no areas.
		return person || exercise ? answer(Areas) : null;
	};
	return new Promise((resolve) => {
		const stop = useConnection.subscribe(({ state }) => {
			if (!state?.dataset) return resolve(null);
			stop();
			begin()
				.catch(() => null)
				.then(resolve);
		});
	});
}
