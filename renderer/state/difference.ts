import { useQuery } from "@tanstack/react-query";
import type { Asked } from "../../core/api/route.ts";
import { SpreadDifference } from "../../core/api/spread.ts";
import { keyOf } from "./answer-key.ts";
import { ask } from "./ask.ts";
import { decodeCube } from "./cube.ts";
import { lastFor } from "./last-answer.ts";

/** The differences of all areas to another day, decoded once; the last ones stay while others are on their way, and their header says what they are. */
export function useDifference(asked: Asked<typeof SpreadDifference>) {
	const queryKey = keyOf(SpreadDifference, asked);
	return useQuery({
		queryKey,
		queryFn: async ({ signal }) => {
			const { header, body } = await ask(SpreadDifference, asked, signal);
			return decodeCube(header, body);
		},
		// Megabytes, and another for each day that is compared with.
		gcTime: 5_000,
		placeholderData: lastFor(queryKey),
	});
}
