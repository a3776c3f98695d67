import type { AreaRow } from "../../core/api/situation.ts";
import type { Day } from "../../core/series/day.ts";
import type { AreaIndex } from "../state/area-index.ts";
import { type Cube, change7At, marksAt, valueAt } from "../state/cube.ts";

/** One line of the table of areas. */
export interface AreaTableRow {
	id: number;
	name: string;
	code: string;
	unknownPlace: boolean;
	total: number | null;
	change7: number | null;
	new7: number | null;
	per100k: number | null;
	new7per100k: number | null;
	marks: number;
}

/**
 * The lines of the table for a day. Rates are of the area's population; an area without a population (cases without a place)
 * has none.
 */
export function areaTableRows(
	index: AreaIndex,
	areas: readonly AreaRow[],
	total: Cube,
	new7: Cube | undefined,
	day: Day,
	nameOf: (area: AreaRow) => string = (area) => area.name,
): AreaTableRow[] {
	return areas.map((area) => {
		const row = index.row(area);
		const value = valueAt(total, row, day);
		const recent = new7 ? valueAt(new7, row, day) : null;
		const rate = (count: number | null) =>
			count === null || !area.population
				? null
				: (count / area.population) * 100_000;
		return {
			id: area.id,
			name: nameOf(area),
			code: area.code,
			unknownPlace: area.unknownPlace,
			total: value,
			change7: change7At(total, row, day),
			new7: recent,
			per100k: rate(value),
			new7per100k: rate(recent),
			marks: marksAt(total, row, day),
		};
	});
}
