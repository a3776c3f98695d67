import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Geography } from "../../../core/api/areas.ts";
import type { Query } from "../../../core/api/route.ts";
import type { Kept } from "../../state/answer-key.ts";
import { askForFile } from "../../state/ask.ts";

/** The boundaries: a file with a version of its own, which no publication makes old. */
export function useTopology(version: string | undefined) {
	return useTopologyFile(Geography, "/api/geography.topojson", version);
}

/** A file of the map that an answer names by its version; not asked for while there is none. */
export function useTopologyFile(
	named: Query,
	path: string,
	version: string | undefined,
) {
	const kept: Kept = { ...named, reads: [] };
	return useQuery({
		queryKey: ["topology", kept, path, version],
		queryFn: async ({ signal }) => {
			const response = await askForFile(
				named,
				`${path}?v=${encodeURIComponent(version ?? "")}`,
				signal,
			);
			return response.json() as Promise<unknown>;
		},
		enabled: version !== undefined,
		placeholderData: keepPreviousData,
	});
}
