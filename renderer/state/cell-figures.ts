import type { Day } from "../../core/series/day.ts";
import { type Cube, change7At, marksAt, valueAt } from "./cube.ts";

/** What a hover card or table row says of one area on one day. */
export interface CellFigures {
	value: number | null;
	change7: number | null;
	marks: number;
	/** The last value before a day without one. */
	last: { day: Day; value: number } | null;
}

export function figuresAt(cube: Cube, row: number, day: Day): CellFigures {
	const value = valueAt(cube, row, day);
	let last: CellFigures["last"] = null;
	for (let at = day; value === null && at >= cube.header.firstDay; at--) {
		const before = valueAt(cube, row, at);
		if (before === null) continue;
		last = { day: at, value: before };
		break;
	}
	return {
		value,
		change7: change7At(cube, row, day),
		marks: marksAt(cube, row, day),
		last,
	};
}
