/**
 * Logarithm of the gamma function for positive arguments.
 * Lanczos approximation with g = 607/128 and 15 terms (P. Godfrey 2001), relative error below 1e-14 over x > 0;
 * small arguments use the recurrence, so ln Γ near 0 keeps its digits.
 */

const LANCZOS_G = 607 / 128;
const LANCZOS = [
	0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746,
	-0.4919138160976202, 3.399464998481189e-5, 4.652362892704858e-5,
	-9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488,
	0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5,
	-2.6190838401581408e-5, 3.6899182659531625e-6,
];
const HALF_LOG_TWO_PI = 0.9189385332046728;

/**
 * ln Γ(x) for x > 0.
 * @returns NaN outside the domain (x <= 0 or NaN), which callers check before they publish a number.
 */
export function logGamma(x: number): number {
	if (!(x > 0)) return Number.NaN;
	if (x < 0.5) return logGamma(x + 1) - Math.log(x);
	const shifted = x - 1;
	let sum = LANCZOS[0];
	for (let index = 1; index < LANCZOS.length; index++)
		sum += LANCZOS[index] / (shifted + index);
	const t = shifted + LANCZOS_G + 0.5;
	return (shifted + 0.5) * Math.log(t) - t + HALF_LOG_TWO_PI + Math.log(sum);
}

const SMALL_FACTORIALS = (() => {
	const table = new Float64Array(171);
	let factorial = 1;
	for (let n = 1; n < table.length; n++) {
		factorial *= n;
		table[n] = Math.log(factorial);
	}
	return table;
})();

/** ln n! for whole n >= 0. */
export function logFactorial(n: number): number {
	return n < SMALL_FACTORIALS.length ? SMALL_FACTORIALS[n] : logGamma(n + 1);
}
