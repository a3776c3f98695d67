/**
 * Serial interval: days between the onset of a case and of the case it infects, as probabilities w[k] of k whole days.
 *
 * Source: Cori et al. 2013, Am J Epidemiol 178:1505-1512 (web appendix 11): a gamma distribution shifted by one day,
 * spread over days by a triangle. doi:10.1093/aje/kwt133
 */

import { gammaCdf } from "../statistics/gamma-distribution.ts";
import { ModelInputError, requireNumber } from "./input-error.ts";

/** w[k] = probability of a serial interval of k days; w[0] = 0. The sum may fall short of 1 when cut off. */
export type SerialInterval = Float64Array;

/** Longest mean, and widest spread, of a serial interval that is computed with. Days. */
export const LONGEST_INTERVAL = 365;
/** Narrowest spread: below it the gamma is a spike and its shape overflows. Days. */
const NARROWEST = 0.01;

/**
 * Discretised serial interval of a given mean and standard deviation, in days.
 * @param mean > 1 (the gamma is shifted by one day)
 * @param sd > 0
 * @param days the result covers 0…days; what lies beyond is cut off and not spread back (as in EpiEstim)
 * @throws ModelInputError
 */
export function discretiseSerialInterval(
	mean: number,
	sd: number,
	days: number,
): SerialInterval {
	requireNumber(
		"serial interval mean",
		mean,
		`days above 1, at most ${LONGEST_INTERVAL}`,
		(x) => x > 1 && x <= LONGEST_INTERVAL,
	);
	requireNumber(
		"serial interval sd",
		sd,
		`${NARROWEST} to ${LONGEST_INTERVAL} days`,
		(x) => x >= NARROWEST && x <= LONGEST_INTERVAL,
	);
	requireNumber(
		"serial interval days",
		days,
		"a whole number >= 0",
		(x) => Number.isInteger(x) && x >= 0,
	);
	const shape = ((mean - 1) / sd) ** 2;
	const scale = sd ** 2 / (mean - 1);
	// F(k; a) and F(k; a + 1) for k = -2 … days, so that each is computed once.
	const cdf = new Float64Array(days + 3);
	const cdfNext = new Float64Array(days + 3);
	for (let k = 1; k <= days; k++) {
		cdf[k + 2] = gammaCdf(k, shape, scale);
		cdfNext[k + 2] = gammaCdf(k, shape + 1, scale);
	}
	const w = new Float64Array(days + 1);
	for (let k = 1; k <= days; k++) {
		const at = k + 2;
		const body =
			k * cdf[at] + (k - 2) * cdf[at - 2] - 2 * (k - 1) * cdf[at - 1];
		const tail =
			shape * scale * (2 * cdfNext[at - 1] - cdfNext[at - 2] - cdfNext[at]);
		w[k] = Math.max(0, body + tail);
	}
	return w;
}

/**
 * Checks a serial interval given as a table.
 * @param table probabilities for 0, 1, 2 … days
 * @throws ModelInputError when w[0] is not 0, a value is negative, or the sum is not 1 within 0.01
 */
export function givenSerialInterval(table: ArrayLike<number>): SerialInterval {
	if (table.length < 2)
		throw new ModelInputError(
			"serial interval",
			`${table.length} values`,
			"at least the probabilities of 0 and 1 days",
		);
	let sum = 0;
	for (let k = 0; k < table.length; k++) {
		const value = table[k];
		requireNumber(
			`serial interval w[${k}]`,
			value,
			k === 0 ? "0 (no case infects on the day of its own onset)" : ">= 0",
			(x) => (k === 0 ? x === 0 : x >= 0),
		);
		sum += value;
	}
	if (Math.abs(sum - 1) > 0.01)
		throw new ModelInputError(
			"serial interval sum",
			sum,
			"1 within 0.01 (probabilities of 0, 1, 2 … days)",
		);
	return Float64Array.from(table);
}

/** Mean and standard deviation, in days, of the table as it stands (cut-off included). */
export function serialIntervalMoments(w: SerialInterval): {
	mean: number;
	sd: number;
} {
	let mean = 0;
	let square = 0;
	for (let k = 0; k < w.length; k++) {
		mean += k * w[k];
		square += k * k * w[k];
	}
	return { mean, sd: Math.sqrt(Math.max(0, square - mean * mean)) };
}

/** Days after which the table carries no probability any more: convolutions need to look back only so far. */
export function serialIntervalReach(w: SerialInterval): number {
	let reach = w.length - 1;
	while (reach > 0 && w[reach] === 0) reach--;
	return reach;
}
