import { useQuery } from "@tanstack/react-query";
import type { CellsHeader } from "../../core/api/cells.ts";
import { SpreadCells } from "../../core/api/cells.ts";
import type { Asked } from "../../core/api/route.ts";
import { keyOf } from "./answer-key.ts";
import { ask } from "./ask.ts";
import { type Cube, decodeCube } from "./cube.ts";
import { lastFor } from "./last-answer.ts";

/** The figures of the cells of a grid, decoded once. */
export function useCells(asked: Asked<typeof SpreadCells>, enabled: boolean) {
	const queryKey = keyOf(SpreadCells, asked);
	return useQuery({
		queryKey,
		queryFn: async ({ signal }): Promise<Cube<CellsHeader>> => {
			const { header, body } = await ask(SpreadCells, asked, signal);
			return decodeCube(header, body);
		},
		enabled,
		gcTime: 5_000,
		placeholderData: lastFor(queryKey),
	});
}
