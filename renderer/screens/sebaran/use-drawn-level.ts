import { useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Level } from "../../../core/areas/codes.ts";
import { indicatorByKey } from "../../../core/series/indicator.ts";
import type { Seen } from "../../parts/map/seen.ts";
import {
	type AreaIndex,
	districtsWithin,
	useDistricts,
} from "../../state/area-index.ts";
import { useSpreadCube } from "../../state/spread.ts";
import { type MapLevel, useView } from "../../state/view-state.ts";

/** Of which areas the map draws the values, and of what part of the country. */
export interface DrawnLevel {
	readonly level: "province" | "regency" | "district";
	/** Of kecamatan: the provinces they lie in; null: all. */
	readonly within: number[] | null;
	/** With all kecamatan, as soon as any may be drawn. */
	readonly districts: AreaIndex | null;
	/** What the camera shows. */
	readonly seen: Seen;
	readonly see: (seen: Seen) => void;
}

/**
 * What a person chose is drawn; of what is stated of kecamatan alone these are, whatever was chosen. Who chose nothing sees kecamatan when the
 * camera is near enough, if anybody reported of those in view.
 * @param areas without kecamatan
 * @param selected the areas that are looked at: their provinces are drawn
 */
export function useDrawnLevel(
	areas: AreaIndex,
	selected: readonly AreaRow[],
	choice: MapLevel,
	asked: Omit<Parameters<typeof useSpreadCube>[0], "level" | "within">,
): DrawnLevel {
	const [seen, setSeen] = useState<Seen>({
		near: false,
		close: false,
		provinces: [],
	});
	const chosen =
		indicatorByKey(asked.indicator).only === "district" ? "district" : choice;
	const isNear = chosen === "zoom" && seen.near;
	const { index: districts } = useDistricts(
		areas,
		isNear || chosen === "district",
	);
	const within = useMemo(() => {
		const own = selected.map((area) =>
			areas.path(area).find(({ level }) => level === "province"),
		);
		// The whole country is looked at: all of it, and not what a camera far off happens to show.
		if (own.includes(undefined) && !seen.near) return null;
		const ids = new Set([
			...(seen.near ? seen.provinces : []),
			...own.flatMap((province) => province?.id ?? []),
		]);
		return ids.size === 0 ? null : [...ids].sort((a, b) => a - b);
	}, [areas, selected, seen]);
	// The same question that is asked once they are drawn: its answer is there by then.
	const { data } = useSpreadCube(
		{ ...asked, level: "district", within },
		isNear && districts !== null && within !== null,
	);
	const isReported = useMemo(
		() =>
			data?.header.level === "district" &&
			data.values.some((value) => !Number.isNaN(value)),
		[data],
	);
	const level =
		districts && (chosen === "district" || (isNear && isReported))
			? "district"
			: chosen === "province"
				? "province"
				: "regency";
	return {
		level,
		within: level === "district" ? within : null,
		districts,
		seen,
		see: (next) =>
			setSeen((before) =>
				before.near === next.near &&
				before.close === next.close &&
				before.provinces.join() === next.provinces.join()
					? before
					: next,
			),
	};
}

/** The areas that have a row in what is drawn, and the one among them that is looked at. */
export interface DrawnAreas {
	readonly areas: AreaIndex;
	readonly selected: AreaRow;
	/** The kecamatan, where they are drawn. */
	readonly districts: AreaIndex | null;
	/** Shows the kecamatan of the area, where it has any that are not shown. */
	readonly open: (() => void) | null;
}

/**
 * @param drawn what is drawn, which may lag behind what was asked for
 * @param upper the areas without kecamatan
 * @param onUpper the chosen area, of a kecamatan its kabupaten/kota
 * @param chosen the chosen area itself
 */
export function useDrawnAreas(
	drawn: { level: Level; within: number[] | null } | undefined,
	districts: AreaIndex | null,
	upper: AreaIndex,
	onUpper: AreaRow,
	chosen: AreaRow,
): DrawnAreas {
	const change = useView((view) => view.change);
	const areas = areasOf(drawn, districts, upper);
	const selected = areas.byId(onDistricts(chosen, districts).id) ?? onUpper;
	return {
		areas,
		selected,
		districts: areas === upper ? null : areas,
		open:
			selected.level === "regency" && areas === upper
				? () => change({ mapLevel: "district" })
				: null,
	};
}

/** The areas that have a row in what is drawn: always the same for the same. */
export function areasOf(
	drawn: { level: Level; within: number[] | null } | undefined,
	districts: AreaIndex | null,
	upper: AreaIndex,
): AreaIndex {
	return drawn?.level === "district" && districts
		? districtsWithin(districts, drawn.within)
		: upper;
}

/** Of a kelurahan its kecamatan: nothing smaller is drawn. */
export function onDistricts(
	chosen: AreaRow,
	districts: AreaIndex | null,
): AreaRow {
	return (
		districts?.path(chosen).findLast(({ level }) => level !== "village") ??
		chosen
	);
}
