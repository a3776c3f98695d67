import { useMemo } from "react";
import type { CubeHeader } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import type { Measure } from "../../../core/series/measure.ts";
import { classBreaks } from "../../../core/statistics/classes.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { type Cube, type CubeShape, useCube } from "../../state/cube.ts";
import { type MapLevel, upperLevel } from "../../state/view-state.ts";
import { classColours } from "./class-colours.ts";
import type { MapColours } from "./palettes.ts";
import type { Colouring } from "./situation-map.ts";

/** The cube that colours the map, with its classes. */
export function useColouring(
	areas: AreaIndex,
	indicator: IndicatorKey,
	measure: Measure,
	level: MapLevel,
	asKnown: Day | null,
	ground: MapColours,
) {
	const query = useCube({
		indicator,
		measure,
		level: upperLevel(level),
		as_known: asKnown,
	});
	const cube = query.data;
	const colouring = useMemo((): Colouring<CubeHeader> | null => {
		if (!cube) return null;
		const { header } = cube;
		// While another cube is on its way the previous one stays: its own header says what it is.
		const whole =
			header.measure !== "per100k" && header.measure !== "new7per100k";
		const bounds = classBreaks(cube.values, whole);
		return colouringOf(areas, cube, bounds, ground);
	}, [cube, areas, ground]);
	return { colouring, query };
}

/** A cube in its classes, each with its colour. */
export function colouringOf<Header extends CubeShape>(
	areas: AreaIndex,
	cube: Cube<Header>,
	bounds: readonly number[],
	ground: MapColours,
): Colouring<Header> {
	const { indicator, level } = cube.header;
	return {
		cube,
		...(level === "district" && { districts: areas }),
		columnOf: columnsOf(areas, level),
		bounds,
		belowZero: cube.values.some((value) => value < 0),
		colours: classColours(indicator as IndicatorKey, bounds.length, ground),
		ground,
	};
}

const known = new WeakMap<AreaIndex, Map<string, readonly number[]>>();

/**
 * For each area drawn, kecamatan or else kabupaten/kota, in order of its cube, the row of a cube of a level that colours it; -1 for none. The
 * same for as long as the areas are: another colour is no other value.
 */
function columnsOf(
	areas: AreaIndex,
	level: CubeHeader["level"],
): readonly number[] {
	const made = known.get(areas) ?? new Map<string, readonly number[]>();
	known.set(areas, made);
	const before = made.get(level);
	if (before) return before;
	const columns = areas
		.at(level === "district" ? "district" : "regency")
		.map((area) => {
			if (level !== "province") return areas.row(area);
			const province =
				area.parent === null ? undefined : areas.byId(area.parent);
			return province ? areas.row(province) : -1;
		});
	made.set(level, columns);
	return columns;
}
