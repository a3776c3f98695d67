import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { QUERIES } from "../../../core/api/all.ts";
import type { Kept } from "../../state/answer-key.ts";
import { askForFile } from "../../state/ask.ts";

const KEPT: Kept = { ...QUERIES.geography, reads: [] };

/** The boundaries: a file with a version of its own, which no publication makes old. */
export function useTopology(version: string | undefined) {
	return useQuery({
		queryKey: ["topology", KEPT, version],
		queryFn: async ({ signal }) => {
			const response = await askForFile(
				QUERIES.geography,
				`/api/geography.topojson?v=${encodeURIComponent(version ?? "")}`,
				signal,
			);
			return response.json() as Promise<unknown>;
		},
		enabled: version !== undefined,
		placeholderData: keepPreviousData,
	});
}
