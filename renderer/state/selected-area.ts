import { useCallback } from "react";
import type { AreaRow } from "../../core/api/areas.ts";
import { useAreas } from "./area-index.ts";
import { useView } from "./view-state.ts";

/** The areas, the one that is chosen, and how to choose another. */
export function useSelectedArea() {
	const { index: areas, error, refetch } = useAreas();
	const code = useView((view) => view.area);
	const change = useView((view) => view.change);
	const select = useCallback(
		(area: AreaRow) => change({ area: area.code }),
		[change],
	);
	return {
		areas,
		/** The whole until it has been said that there is no such area (shell/frame). */
		selected: areas?.byCode(code) ?? areas?.nation,
		select,
		failure: error,
		retry: () => void refetch(),
	};
}
