import { greatCircle, type Place } from "./great-circle.ts";

/** Where people live, and how many. */
export interface PeopledPlace extends Place {
	readonly people: number;
}

/** Travel grows with the product of both populations and falls with this power of the distance. */
export const DISTANCE_POWER = 2;
/** Seats nearer to each other than this, in kilometres, count as this far: the seat of a kota is no point, and no quotient grows without end. */
export const NEAREST = 10;

/**
 * Mobility between places that is SIMULATED and no data: which share of all journeys between any two of them a gravity model gives to each
 * pair. The weight of a pair is people x people / distance^2, its share the weight over the sum of all weights. No sea, road, flight or rule
 * is in it.
 *
 * @param places with people (0 or more, no NaN) and position in degrees
 * @returns a symmetric matrix of `places.length` squared, row by row, zero on the diagonal; the shares of all pairs (a < b) add up to 1, and
 * are all 0 where nobody lives in two places
 *
 * Source: G. K. Zipf, The P1 P2 / D Hypothesis: On the Intercity Movement of Persons, American Sociological Review 11 (1946) 677; the power
 * of the distance between 1.5 and 3 that is found of epidemics: Y. Xia, O. N. Bjornstad, B. T. Grenfell, Measles Metapopulation Dynamics,
 * American Naturalist 164 (2004) 267, and C. Viboud et al., Synchrony, Waves, and Spatial Hierarchies in the Spread of Influenza, Science 312
 * (2006) 447.
 */
export function simulatedMobility(
	places: readonly PeopledPlace[],
): Float64Array {
	const count = places.length;
	const shares = new Float64Array(count * count);
	let sum = 0;
	places.forEach((a, row) => {
		for (let column = row + 1; column < count; column++) {
			const b = places[column] as PeopledPlace;
			const weight =
				(a.people * b.people) /
				Math.max(NEAREST, greatCircle(a, b)) ** DISTANCE_POWER;
			shares[row * count + column] = weight;
			sum += weight;
		}
	});
	for (let row = 0; row < count; row++)
		for (let column = row + 1; column < count; column++) {
			const share =
				sum > 0 ? (shares[row * count + column] as number) / sum : 0;
			shares[row * count + column] = share;
			shares[column * count + row] = share;
		}
	return shares;
}

/** A pair of places, by their rows, and its share of all journeys. */
export interface Pair {
	readonly a: number;
	readonly b: number;
	readonly share: number;
}

/**
 * The pairs that stand out: of each place those with the greatest shares, each pair once, the greatest first. A place that nobody leads to is
 * in none.
 * @param shares as simulatedMobility returns them
 * @param perPlace how many of each place
 */
export function strongestPairs(
	shares: Float64Array,
	count: number,
	perPlace: number,
): Pair[] {
	const found = new Map<number, Pair>();
	for (let row = 0; row < count; row++) {
		const own = shares.subarray(row * count, (row + 1) * count);
		const strongest = Array.from(own, (share, other) => ({ share, other }))
			.filter(({ share }) => share > 0)
			.sort((one, two) => two.share - one.share || one.other - two.other)
			.slice(0, perPlace);
		for (const { share, other } of strongest) {
			const [a, b] = row < other ? [row, other] : [other, row];
			found.set(a * count + b, { a, b, share });
		}
	}
	return [...found.values()].sort(
		(one, two) => two.share - one.share || one.a - two.a || one.b - two.b,
	);
}
