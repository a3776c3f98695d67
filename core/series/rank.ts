/** Something and its place among others. */
export interface Ranked<T> {
	readonly of: T;
	readonly value: number;
	/** 1 for the highest; equal values share a rank, and the next is counted on (1, 2, 2, 4). */
	readonly rank: number;
}

/**
 * Ranks things by a value, the highest first; of equal ones the order given stays.
 * @param read NaN or null where nothing is reported: such a thing has no rank, which is not the last
 */
export function ranked<T>(
	things: readonly T[],
	read: (thing: T) => number | null,
): Ranked<T>[] {
	const found = things
		.flatMap((of) => {
			const value = read(of);
			return value === null || Number.isNaN(value) ? [] : [{ of, value }];
		})
		.sort((a, b) => b.value - a.value);
	const ranks: Ranked<T>[] = [];
	found.forEach((one, at) => {
		const before = ranks.at(-1);
		ranks.push({
			...one,
			rank: before?.value === one.value ? before.rank : at + 1,
		});
	});
	return ranks;
}

/**
 * The place of one of them, as `ranked` gives it, without putting all of them in order.
 * @param values NaN where nothing is reported
 * @returns its rank and how many have one; null where it has none
 */
export function placeAmong(
	values: Iterable<number>,
	own: number,
): { rank: number; of: number } | null {
	if (Number.isNaN(own)) return null;
	let rank = 1;
	let of = 0;
	for (const value of values) {
		if (Number.isNaN(value)) continue;
		of++;
		if (value > own) rank++;
	}
	return { rank, of };
}
