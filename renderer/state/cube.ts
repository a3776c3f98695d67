import type { CubeHeader } from "../../core/api/situation.ts";
import type { Day } from "../../core/series/day.ts";

/** One indicator and measure for all areas of a level and all days; `NaN` is "not reported". */
export interface Cube {
	readonly header: CubeHeader;
	/** `values[area * days + day]` */
	readonly values: Float64Array;
	/** Bit sets of core/quality/rule MARKS, in the same order. */
	readonly marks: Uint16Array;
}

/**
 * Reads the body of /api/cube.
 * @throws when the length is not what the header says: a cut or mixed-up answer must not be drawn.
 */
export function decodeCube(header: CubeHeader, body: ArrayBuffer): Cube {
	const cells = header.areas * header.days;
	if (body.byteLength !== cells * 10)
		throw new Error(
			`cube of ${header.areas} areas x ${header.days} days: expected ${cells * 10} bytes, found ${body.byteLength}`,
		);
	return {
		header,
		values: new Float64Array(body, 0, cells),
		marks: new Uint16Array(body, cells * 8, cells),
	};
}

/** The value of an area (by its row in the cube) on a day; null when not reported or outside the cube. */
export function valueAt(cube: Cube, row: number, day: Day): number | null {
	const index = cellIndex(cube, row, day);
	if (index < 0) return null;
	const value = cube.values[index];
	return value === undefined || Number.isNaN(value) ? null : value;
}

/** The marks of an area on a day; 0 outside the cube. */
export function marksAt(cube: Cube, row: number, day: Day): number {
	const index = cellIndex(cube, row, day);
	return index < 0 ? 0 : (cube.marks[index] ?? 0);
}

/** Value minus the value seven days before; null when either is missing. */
export function change7At(cube: Cube, row: number, day: Day): number | null {
	const now = valueAt(cube, row, day);
	const before = valueAt(cube, row, day - 7);
	return now === null || before === null ? null : now - before;
}

/** How many of the given rows have a value on the day. */
export function reportedOn(
	cube: Cube,
	rows: readonly number[],
	day: Day,
): number {
	let count = 0;
	for (const row of rows) if (valueAt(cube, row, day) !== null) count++;
	return count;
}

/** Last day on or before `day` on which any of the rows has a value; null when there is none. */
export function lastReportedDay(
	cube: Cube,
	rows: readonly number[],
	day: Day,
): Day | null {
	for (let at = day; at >= cube.header.firstDay; at--)
		if (rows.some((row) => valueAt(cube, row, at) !== null)) return at;
	return null;
}

function cellIndex(cube: Cube, row: number, day: Day): number {
	const { firstDay, days, areas } = cube.header;
	const column = day - firstDay;
	if (row < 0 || row >= areas || column < 0 || column >= days) return -1;
	return row * days + column;
}
