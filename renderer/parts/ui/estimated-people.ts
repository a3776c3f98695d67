import type { AreaRow } from "../../../core/api/areas.ts";

/** Stands before a rate whose people are an estimate. */
export const ESTIMATED = "≈";

/** Whether the people of an area come from a rule of thumb (the province's census divided), not from a count. */
export function hasEstimatedPeople(area: AreaRow): boolean {
	return area.populationSource === "census-2020-divided";
}
