import { useMemo, useState } from "react";
import { createStore, type StoreApi } from "zustand";
import { QUERIES } from "../../../core/api/all.ts";
import type { FacilityMeasure } from "../../../core/facilities/measure.ts";
import {
	facilityMarks,
	type PlacedFacility,
	placedFacilities,
} from "../../parts/map/facility-marks.ts";
import type { MapMarks } from "../../parts/map/map-marks.ts";
import type { MapColours } from "../../parts/map/palettes.ts";
import { useAnswer } from "../../state/answers.ts";
import {
	type FacilityCube,
	useFacilityCube,
} from "../../state/facility-cube.ts";
import type { OfTheMap } from "./marks-of.ts";

/** What the mark of a facility is filled by. */
export const MEASURE_OF = {
	hospital: "bed-occupancy",
	laboratory: "capacity-use",
} as const satisfies Record<string, FacilityMeasure>;
export type FacilityKindOnMap = keyof typeof MEASURE_OF;

/** Hospitals or laboratories of the areas that are looked at, with their state on all days. */
export function useFacilities(
	kind: FacilityKindOnMap,
	{ areas, compared, asKnown }: OfTheMap,
	ground: MapColours | null,
	wanted: boolean,
) {
	const list = useAnswer(QUERIES.facilities, { kind }, { enabled: wanted });
	const states = useFacilityCube(
		{ measure: MEASURE_OF[kind], as_known: asKnown },
		wanted,
	);
	const [pointed] = useState<StoreApi<{ one: PlacedFacility | null }>>(() =>
		createStore(() => ({ one: null })),
	);
	const placed = useMemo((): readonly PlacedFacility[] | null => {
		if (!wanted || !list.data) return null;
		const looked = new Set(compared.map(({ id }) => id));
		return placedFacilities(
			list.data,
			(id) => areas.byId(id) ?? null,
			({ area }) => {
				const own = areas.byId(area);
				return (
					looked.has(area) ||
					(own !== undefined &&
						own.parent !== null &&
						looked.has(own.parent)) ||
					compared.some(({ parent }) => parent === area)
				);
			},
		);
	}, [wanted, list.data, areas, compared]);
	const { data: told } = states;
	/** Of one register: a mark of one facility with the state of another would be wrong. */
	const cube: FacilityCube | null =
		told?.header.kind === kind &&
		list.data !== undefined &&
		told.header.facilities === list.data.length
			? told
			: null;
	const marks = useMemo(
		(): MapMarks | null =>
			placed && cube && ground
				? facilityMarks(kind, cube, placed, ground, (one) => {
						// The last one stays: whoever goes to read where it comes from leaves its mark.
						if (one && pointed.getState().one !== one)
							pointed.setState({ one });
					})
				: null,
		[kind, placed, cube, ground, pointed],
	);
	const error = list.error ?? states.error;
	return {
		marks,
		placed,
		cube,
		pointed,
		failure: error?.message ?? null,
		retry: () => {
			void list.refetch();
			void states.refetch();
		},
	};
}
