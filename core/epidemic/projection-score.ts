/**
 * How good past projections were: share of days inside each band, and the weighted interval score.
 *
 * Source: Bracher, Ray, Gneiting & Reich 2021, PLoS Comput Biol 17:e1008618. A score is in the unit of the quantity
 * (cases): smaller is better; it equals the absolute error when only the median is given.
 */

import { ModelInputError } from "./input-error.ts";
import type { Bands } from "./renewal-projection.ts";

/** Days that were scored, and what came out. */
export type ProjectionScore = {
	/** Days with an observation; days without one (NaN) are left out, not taken as 0. */
	scored: number;
	notObserved: number;
	/** Share of scored days whose observation lay inside the band; NaN when no day was scored. */
	coverage: { level: number; share: number }[];
	/** Mean weighted interval score over scored days; NaN when there is none. */
	weightedIntervalScore: number;
	/** Mean absolute error of the median. */
	absoluteError: number;
	/** Parts of the score: width of the bands, and the two penalties for missing. */
	sharpness: number;
	underprediction: number;
	overprediction: number;
};

/** Interval score of one central interval: width plus 2/α times what is missed. */
export function intervalScore(
	low: number,
	high: number,
	observed: number,
	level: number,
): number {
	const alpha = 1 - level;
	return (
		high -
		low +
		(2 / alpha) * Math.max(0, low - observed) +
		(2 / alpha) * Math.max(0, observed - high)
	);
}

/**
 * Scores a projection against what was observed later.
 * @param observed one value per day of the horizon, NaN where nothing was reported
 * @throws ModelInputError when the lengths differ
 */
export function scoreProjection(
	projection: Bands,
	observed: ArrayLike<number>,
): ProjectionScore {
	const { median, bands } = projection;
	if (observed.length !== median.length)
		throw new ModelInputError(
			"observed",
			`${observed.length} days`,
			`${median.length} days, as many as projected`,
		);
	const inside = bands.map(() => 0);
	const weight = 1 / (bands.length + 0.5);
	let scored = 0;
	let absoluteError = 0;
	let sharpness = 0;
	let underprediction = 0;
	let overprediction = 0;
	for (let day = 0; day < median.length; day++) {
		const value = observed[day];
		if (Number.isNaN(value)) continue;
		scored++;
		const error = value - median[day];
		absoluteError += Math.abs(error);
		underprediction += weight * 0.5 * Math.max(0, error);
		overprediction += weight * 0.5 * Math.max(0, -error);
		for (const [index, band] of bands.entries()) {
			const low = band.low[day];
			const high = band.high[day];
			if (value >= low && value <= high) inside[index] = inside[index] + 1;
			// α/2 times the interval score: the factor 2/α of the penalties cancels.
			sharpness += weight * ((1 - band.level) / 2) * (high - low);
			underprediction += weight * Math.max(0, value - high);
			overprediction += weight * Math.max(0, low - value);
		}
	}
	const mean = (sum: number) => (scored > 0 ? sum / scored : Number.NaN);
	return {
		scored,
		notObserved: median.length - scored,
		coverage: bands.map(({ level }, index) => ({
			level,
			share: mean(inside[index]),
		})),
		weightedIntervalScore: mean(sharpness + underprediction + overprediction),
		absoluteError: mean(absoluteError),
		sharpness: mean(sharpness),
		underprediction: mean(underprediction),
		overprediction: mean(overprediction),
	};
}
