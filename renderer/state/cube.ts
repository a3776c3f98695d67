import { useQuery } from "@tanstack/react-query";
import type { CubeHeader } from "../../core/api/figures.ts";
import { CubeOf } from "../../core/api/figures.ts";
import type { Asked } from "../../core/api/route.ts";
import type { Day } from "../../core/series/day.ts";
import { keyOf } from "./answer-key.ts";
import { ask } from "./ask.ts";
import { lastFor } from "./last-answer.ts";

/** What is said of every cube, whatever its values are. */
export type CubeShape = Omit<CubeHeader, "measure">;

/** What the map is coloured by, and nothing else: figures are asked for. One indicator and measure for all areas of a level and all days; `NaN` is "not reported". */
export interface Cube<Header extends CubeShape = CubeHeader> {
	readonly header: Header;
	/** `values[area * days + day]` */
	readonly values: Float64Array;
	/** Bit sets of core/series/mark MARKS, in the same order. */
	readonly marks: Uint16Array;
}

/**
 * Reads the body of /api/cube.
 * @throws when the length is not what the header says: a cut or mixed-up answer must not be drawn.
 */
export function decodeCube<Header extends CubeShape>(
	header: Header,
	body: ArrayBuffer,
): Cube<Header> {
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

/** The cube that is asked for, decoded once; the last one stays while another is on its way, and its header says what it is. */
export function useCube(asked: Asked<typeof CubeOf>) {
	const queryKey = keyOf(CubeOf, asked);
	return useQuery({
		queryKey,
		queryFn: async ({ signal }) => {
			const { header, body } = await ask(CubeOf, asked, signal);
			return decodeCube(header, body);
		},
		gcTime: 60_000,
		placeholderData: lastFor(queryKey),
	});
}

/** The value of an area (by its row in the cube) on a day; null when not reported or outside the cube. */
export function valueAt(
	cube: Cube<CubeShape>,
	row: number,
	day: Day,
): number | null {
	const index = cellIndex(cube, row, day);
	if (index < 0) return null;
	const value = cube.values[index];
	return value === undefined || Number.isNaN(value) ? null : value;
}

/** The marks of an area on a day, of a missing value too; 0 outside the cube. */
export function marksAt(cube: Cube<CubeShape>, row: number, day: Day): number {
	return cube.marks[cellIndex(cube, row, day)] ?? 0;
}

function cellIndex(cube: Cube<CubeShape>, row: number, day: Day): number {
	const { firstDay, days, areas } = cube.header;
	const column = day - firstDay;
	if (row < 0 || row >= areas || column < 0 || column >= days) return -1;
	return row * days + column;
}
