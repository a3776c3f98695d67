/**
 * Quantile of Student's t for whole degrees of freedom: the finite series of Abramowitz & Stegun 26.7.3-4, turned round by halving.
 */

/** P(|T| <= t). */
function within(t: number, freedom: number): number {
	const angle = Math.atan(t / Math.sqrt(freedom));
	const cosine = Math.cos(angle);
	const isOdd = freedom % 2 === 1;
	let term = isOdd ? cosine : 1;
	let sum = freedom > 1 ? term : 0;
	for (let k = isOdd ? 2 : 1; k <= freedom - 3; k += 2) {
		term *= (k / (k + 1)) * cosine ** 2;
		sum += term;
	}
	return isOdd
		? ((angle + Math.sin(angle) * sum) * 2) / Math.PI
		: Math.sin(angle) * sum;
}

/**
 * @param probability between 0.5 and 1, both excluded
 * @param freedom a whole number from 1 on
 */
export function studentQuantile(probability: number, freedom: number): number {
	const inside = 2 * probability - 1;
	let high = 1;
	while (within(high, freedom) < inside) high *= 2;
	let low = 0;
	for (let half = 0; half < 60; half++) {
		const middle = (low + high) / 2;
		if (within(middle, freedom) < inside) low = middle;
		else high = middle;
	}
	return high;
}
