import {
	type AreaCode,
	NATION,
	parentOf,
	UNKNOWN_PROVINCE,
} from "../areas/codes.ts";
import type { Person } from "./person.ts";
import { liesIn } from "./scope.ts";

/**
 * Two tiers give supplies: the centre gives to provinces, and each province decides among its own hospitals and laboratories. Whose an order
 * is follows from the warehouse that gives.
 */
export type Tier = "centre" | "province";

/** An end of an order: a facility and the area it lies in. */
export interface OrderEnd {
	readonly code: string;
	readonly kind: "hospital" | "laboratory" | "warehouse";
	readonly area: AreaCode;
}

/** @param area of the warehouse that gives */
export function tierOf(area: AreaCode): Tier {
	return area === NATION ? "centre" : "province";
}

/** The province in which an end lies; null: it is the nation's. */
export function provinceOf(area: AreaCode): AreaCode | null {
	for (
		let at: AreaCode | null = area;
		at !== null && at !== NATION && at !== UNKNOWN_PROVINCE;
		at = parentOf(at)
	)
		if (parentOf(at) === NATION) return at;
	return null;
}

/** Whether supplies go this way: from a warehouse of the centre to that of a province, and from that to whoever lies in the province. */
export function isWay(from: OrderEnd, to: OrderEnd): boolean {
	if (from.kind !== "warehouse" || from.code === to.code) return false;
	const province = provinceOf(from.area);
	if (province === null)
		return to.kind === "warehouse" && provinceOf(to.area) !== null;
	return provinceOf(to.area) === province;
}

/** Whether a person may approve what leaves a warehouse: of a province only somebody of that province. */
export function mayApproveFrom(person: Person, area: AreaCode): boolean {
	return tierOf(area) === "centre"
		? liesIn(area, person.scope)
		: person.scope === provinceOf(area);
}
