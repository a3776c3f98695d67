import type { AreaRow } from "../../../core/api/areas.ts";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import type { AreaIndex } from "../../state/area-index.ts";

/** Facilities that lie in an area; one of which nobody told where it lies is of the whole country. */
export function facilitiesIn(
	facilities: readonly FacilityRow[],
	area: AreaRow,
	areas: AreaIndex,
): FacilityRow[] {
	return facilities.filter((one) =>
		areas
			.path(areas.byId(one.area) ?? areas.nation)
			.some(({ id }) => id === area.id),
	);
}
