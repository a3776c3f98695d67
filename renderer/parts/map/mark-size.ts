/**
 * The radius of a circle whose area stands for a value, in the unit of `largest`; of a value below zero that of its size.
 * @param most the value whose circle has the radius `largest`.
 */
export function radiusOf(value: number, most: number, largest: number): number {
	return most > 0 ? largest * Math.sqrt(Math.abs(value) / most) : 0;
}

/** The height of a column that stands for a value; below zero it goes down. */
export function heightOf(value: number, most: number, tallest: number): number {
	return most > 0 ? (tallest * value) / most : 0;
}

/** The greatest size of any of the values of some rows on any day; NaN ("not reported") counts for nothing. 0: there is none. */
export function greatest(
	values: Float64Array,
	days: number,
	rows: readonly number[],
): number {
	let most = 0;
	for (const row of rows)
		for (let at = row * days; at < (row + 1) * days; at++) {
			const size = Math.abs(values[at]);
			if (size > most) most = size;
		}
	return most;
}

/**
 * Round values (1, 2 or 5 times a power of ten) for a legend, the greatest first: none above `most`, and each so much smaller than the one
 * before that marks of both can be told apart.
 * @param whole counts have no part of one.
 */
export function roundValues(
	most: number,
	whole: boolean,
	parts: readonly number[] = [1, 1 / 5, 1 / 25],
): number[] {
	const found = parts.map((part) => roundBelow(most * part));
	return [...new Set(found)].filter(
		(value) => value > 0 && (!whole || value >= 1),
	);
}

function roundBelow(value: number): number {
	if (!(value > 0)) return 0;
	const power = Math.floor(Math.log10(value));
	// Of powers below one the quotient is taken: 3 times 0.1 is not 0.3.
	const times = (by: number) =>
		power < 0 ? by / 10 ** -power : by * 10 ** power;
	for (const by of [5, 2, 1]) if (times(by) <= value) return times(by);
	// The logarithm of a value just below a power is that power.
	return times(0.5);
}
