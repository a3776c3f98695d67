import { useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import { Facilities } from "../../../core/api/facilities.ts";
import {
	type Referral,
	ReferralOf,
	type ReferralRow,
} from "../../../core/api/referral.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useSearch } from "../../state/search.ts";
import { useSession } from "../../state/session.ts";
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
	const asked = {
		area: selected.id,
		at,
		bed: search.bed,
		show: search.show,
		only: search.only,
		as_known: asKnown,
	};
	const query = useAnswer(ReferralOf, { ...asked, day });
	// Beds of one kind are never shown under the name of another, nor those near one place as near another: what was told last stays only
	// while the same person asks the same of another day, which it names.
	const { data: session } = useSession();
	const of = JSON.stringify([asked, session?.person?.scope]);
	const [last, setLast] = useState<{ of: string; told: Referral } | null>(null);
	if (query.data && query.data !== last?.told)
		setLast({ of, told: query.data });
	const found = query.data ?? (last?.of === of ? last.told : null);
	const hospitals = useAnswer(Facilities, { kind: "hospital" });
	const lines = useMemo((): ReferralLine[] | null => {
		if (!found || !hospitals.data) return null;
		if (!isAsked) return [];
		const byId = new Map(hospitals.data.map((one) => [one.id, one]));
		return found.rows.flatMap((row) => {
			const hospital = byId.get(row.facility);
			return hospital
				? [{ ...row, hospital, place: areas.byId(row.area) ?? null }]
				: [];
		});
	}, [found, hospitals.data, areas, isAsked]);
	return {
		areas,
		selected,
		search,
		change,
		/** Of what is shown. */
		day: found?.day ?? day,
		asKnown,
		at,
		isAsked,
		/** Null until it is known. */
		lines,
		found,
		hospitals: hospitals.data ?? null,
		error: query.error ?? hospitals.error,
		again: () => Promise.all([query.refetch(), hospitals.refetch()]),
	};
}
export type ReferralView = ReturnType<typeof useReferral>;
