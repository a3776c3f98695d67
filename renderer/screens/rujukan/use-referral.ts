import { useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import { Facilities } from "../../../core/api/facilities.ts";
import type { ReferralRow } from "../../../core/api/referral.ts";
import { ReferralOf } from "../../../core/api/referral.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useSearch } from "../../state/search.ts";
import { useView } from "../../state/view-state.ts";
import { referralSearch } from "./search.ts";

/** A hospital as the list and the map show it. */
export interface ReferralLine extends ReferralRow {
	readonly hospital: FacilityRow;
	readonly place: AreaRow | null;
}

/** What is looked for, and what was found. */
export function useReferral({
	areas,
	selected,
}: {
	areas: AreaIndex;
	selected: AreaRow;
}) {
	const [search, change] = useSearch(referralSearch);
	const day = usePanelDay();
	const asKnown = useView((view) => view.asKnown);
	const [lat, lng] = search.at === "" ? [] : search.at.split(",").map(Number);
	const at = lat === undefined || lng === undefined ? null : { lat, lng };
	/** From the whole country nothing is near. */
	const isAsked = at !== null || selected.level !== "nation";
	// Beds of one kind are never shown under the name of another, nor those near one place as near another: what was asked before is not kept.
	const query = useAnswer(ReferralOf, {
		area: selected.id,
		at,
		bed: search.bed,
		show: search.show,
		only: search.only,
		day,
		as_known: asKnown,
	});
	const hospitals = useAnswer(Facilities, { kind: "hospital" });
	const lines = useMemo((): ReferralLine[] | null => {
		if (!query.data || !hospitals.data) return null;
		if (!isAsked) return [];
		const byId = new Map(hospitals.data.map((one) => [one.id, one]));
		return query.data.rows.flatMap((row) => {
			const hospital = byId.get(row.facility);
			return hospital
				? [{ ...row, hospital, place: areas.byId(row.area) ?? null }]
				: [];
		});
	}, [query.data, hospitals.data, areas, isAsked]);
	return {
		areas,
		selected,
		search,
		change,
		day,
		asKnown,
		at,
		isAsked,
		/** Null until it is known. */
		lines,
		found: query.data ?? null,
		hospitals: hospitals.data ?? null,
		error: query.error ?? hospitals.error,
		again: () => Promise.all([query.refetch(), hospitals.refetch()]),
	};
}
export type ReferralView = ReturnType<typeof useReferral>;
