import { useCallback } from "react";
import type { AreaRow } from "../../core/api/areas.ts";
import { isApart } from "../../core/areas/codes.ts";
import { useAreas } from "./area-index.ts";
import { useView } from "./view-state.ts";

/** The areas, the one that is chosen, and how to choose another. */
export function useSelectedArea() {
	const { index: areas, upper, error, refetch } = useAreas();
	const code = useView((view) => view.area);
	const change = useView((view) => view.change);
	const select = useCallback(
		(area: AreaRow) => change({ area: area.code }),
		[change],
	);
	const selected = areas?.byCode(code) ?? areas?.nation;
	return {
		areas,
		/** The whole until it has been said that there is no such area (shell/frame). */
		selected,
		/** What a map of kabupaten/kota shows of it: the areas without kecamatan and kelurahan, and of one of those its kabupaten/kota. */
		onMap: upper &&
			selected && {
				areas: upper,
				selected: isApart(selected.level)
					? (areas?.path(selected).findLast(({ id }) => upper.byId(id)) ??
						upper.nation)
					: selected,
			},
		select,
		failure: error,
		retry: refetch,
	};
}
