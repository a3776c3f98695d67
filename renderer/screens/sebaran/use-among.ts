import { useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { SpreadHeader } from "../../../core/api/spread.ts";
import type { Level } from "../../../core/areas/codes.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Cube } from "../../state/cube.ts";
import { type Spread, useSpreadCube } from "../../state/spread.ts";
import { comparedAreas } from "./use-compared.ts";

/** The areas that an area has its place among, and their values. */
export interface Among {
	readonly areas: AreaIndex;
	readonly compared: readonly AreaRow[];
	readonly cube: Cube<SpreadHeader>;
}

/**
 * What the chosen area is ranked among where the map draws smaller or larger areas than it: a province among the provinces, a kabupaten/kota
 * among those of its province.
 * @param upper the areas without kecamatan
 * @param shown of which areas the map draws the values
 * @returns null where the map's own areas are the ones, and until the others are there of the same question and publication
 */
export function useAmong(
	upper: AreaIndex,
	area: AreaRow,
	shown: Level,
	asked: Omit<Parameters<typeof useSpreadCube>[0], "level" | "within">,
	spread: Spread | null,
): Among | null {
	const { level } = area;
	const isOther =
		level !== shown && (level === "province" || level === "regency");
	const { data } = useSpreadCube(
		{ ...asked, level: isOther ? level : "province", within: null },
		isOther,
	);
	return useMemo(() => {
		const series = spread?.series;
		if (!isOther || !data || !series) return null;
		const { header } = data;
		const isOfSeries =
			series.area === area.id &&
			header.level === level &&
			header.indicator === series.indicator &&
			header.period === series.period &&
			header.rate === series.rate &&
			header.seq === series.seq;
		return isOfSeries
			? {
					areas: upper,
					compared: comparedAreas(upper, area, level),
					cube: data,
				}
			: null;
	}, [upper, area, level, isOther, data, spread]);
}
