import { useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Seen } from "../../parts/map/situation-map.ts";
import { type AreaIndex, useDistricts } from "../../state/area-index.ts";
import { useSpreadCube } from "../../state/spread.ts";
import type { MapLevel } from "../../state/view-state.ts";

/** Of which areas the map draws the values, and of what part of the country. */
export interface DrawnLevel {
	readonly level: "province" | "regency" | "district";
	/** Of kecamatan: the provinces they lie in; null: all. */
	readonly within: number[] | null;
	/** With all kecamatan, as soon as any may be drawn. */
	readonly districts: AreaIndex | null;
	readonly see: (seen: Seen) => void;
}

/**
 * What a person chose is drawn. Who chose nothing sees kecamatan when the camera is near enough, if anybody reported of those in view.
 * @param areas without kecamatan
 */
export function useDrawnLevel(
	areas: AreaIndex,
	selected: AreaRow,
	chosen: MapLevel,
	asked: Omit<Parameters<typeof useSpreadCube>[0], "level" | "within">,
): DrawnLevel {
	const [seen, setSeen] = useState<Seen>({ near: false, provinces: [] });
	const isNear = chosen === "zoom" && seen.near;
	const { index: districts } = useDistricts(
		areas,
		isNear || chosen === "district",
	);
	const within = useMemo(() => {
		const own = areas
			.path(selected)
			.find(({ level }) => level === "province")?.id;
		const ids = new Set([
			...(seen.near ? seen.provinces : []),
			...(own === undefined ? [] : [own]),
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
		see: (next) =>
			setSeen((before) =>
				before.near === next.near &&
				before.provinces.join() === next.provinces.join()
					? before
					: next,
			),
	};
}
