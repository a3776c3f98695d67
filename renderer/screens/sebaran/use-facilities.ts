import { useMemo, useState } from "react";
import { createStore, type StoreApi } from "zustand";
import { Facilities } from "../../../core/api/facilities.ts";
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
	NO_REPORT,
	useFacilityCube,
} from "../../state/facility-cube.ts";
import type { OfTheMap } from "./marks-of.ts";

/** What the mark of a facility is filled by, and by what where nobody ever tells that: SIRANAP knows free beds in emergency rooms alone. */
const MEASURES = {
	hospital: ["bed-occupancy", "emergency-free"],
	laboratory: ["capacity-use", "capacity-use"],
} as const satisfies Record<
	string,
	readonly [FacilityMeasure, FacilityMeasure]
>;
export type FacilityKindOnMap = keyof typeof MEASURES;
export type MeasureOnMap = (typeof MEASURES)[FacilityKindOnMap][number];

/** Hospitals or laboratories of the areas that are looked at, with their state on all days. */
export function useFacilities(
	kind: FacilityKindOnMap,
	{ areas, compared, asKnown }: OfTheMap,
	ground: MapColours | null,
	wanted: boolean,
) {
	const list = useAnswer(Facilities, { kind }, { enabled: wanted });
	const [first, second] = MEASURES[kind];
	const firsts = useFacilityCube({ measure: first, as_known: asKnown }, wanted);
	const isUntold = useMemo(
		() =>
			firsts.data?.header.measure === first &&
			firsts.data.ages.every((age) => age === NO_REPORT),
		[firsts.data, first],
	);
	const seconds = useFacilityCube(
		{ measure: second, as_known: asKnown },
		wanted && isUntold && second !== first,
	);
	const isSecond =
		isUntold &&
		seconds.data?.header.measure === second &&
		seconds.data.ages.some((age) => age !== NO_REPORT);
	const states = isSecond ? seconds : firsts;
	const measure: MeasureOnMap = isSecond ? second : first;
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
				? facilityMarks(kind, filled(cube), placed, ground, (one) => {
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
		measure,
		pointed,
		failure: error?.message ?? null,
		retry: () => {
			void list.refetch();
			void states.refetch();
		},
	};
}

/** How far a mark is filled where no share is told: an emergency room without a free bed is full, another is open. */
export function filled(cube: FacilityCube): FacilityCube {
	return cube.header.measure === "emergency-free"
		? {
				...cube,
				values: cube.values.map((free) =>
					Number.isNaN(free) ? Number.NaN : free > 0 ? OPEN : 1,
				),
			}
		: cube;
}

/** As an emergency room with beds is drawn, in the colour of the first state. */
export const OPEN = 0.3;
