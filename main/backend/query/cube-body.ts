/** What is told of an area on all days: values, NaN where there is none, and the marks of each (core/series/mark). */
interface CubeRow {
	value: ArrayLike<number>;
	marks: ArrayLike<number>;
}

/** The body of a cube, as core/api/figures CubeHeader lays it out: the values of all rows, then their marks. */
export function cubeBody<Of>(
	rows: readonly Of[],
	days: number,
	told: (of: Of, row: number) => CubeRow,
): ArrayBuffer {
	const cells = rows.length * days;
	const body = new ArrayBuffer(
		cells * (Float64Array.BYTES_PER_ELEMENT + Uint16Array.BYTES_PER_ELEMENT),
	);
	const values = new Float64Array(body, 0, cells);
	const marks = new Uint16Array(body, cells * Float64Array.BYTES_PER_ELEMENT);
	rows.forEach((of, row) => {
		const one = told(of, row);
		values.set(one.value, row * days);
		marks.set(one.marks, row * days);
	});
	return body;
}
