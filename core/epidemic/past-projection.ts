/** Projections as they would have been made on past days, held against what came: so that trust in the next one is earned. */

import type { Random } from "../statistics/random.ts";
import { type ProjectionScore, scoreProjection } from "./projection-score.ts";
import {
	type Projection,
	type ProjectionInput,
	projectRenewal,
} from "./renewal-projection.ts";

export interface PastProjection {
	/** How many days of the series it was given. */
	readonly origin: number;
	readonly projection: Projection;
	/** Null where nothing was projected. */
	readonly score: ProjectionScore | null;
}

/**
 * Projects from every so many days of a series as if each were today.
 * @param input as of `projectRenewal`, with the whole series: each is given only what lies before it
 * @param randomOf what each draws from, by its origin
 * @param goesOn asked before each, with how many are done of how many: false ends it
 * @returns null when it was ended
 */
export function pastProjections(
	input: ProjectionInput & { incidence: Float64Array },
	{ warmUp, every }: { warmUp: number; every: number },
	randomOf: (origin: number) => Random,
	goesOn: (done: number, of: number) => boolean = () => true,
): PastProjection[] | null {
	const { incidence, horizonDays } = input;
	const origins: number[] = [];
	for (
		let origin = warmUp;
		origin + horizonDays <= incidence.length;
		origin += every
	)
		origins.push(origin);
	const past: PastProjection[] = [];
	for (const origin of origins) {
		if (!goesOn(past.length, origins.length)) return null;
		const projection = projectRenewal(
			{ ...input, incidence: incidence.subarray(0, origin) },
			randomOf(origin),
		);
		past.push({
			origin,
			projection,
			score:
				projection.status === "projected"
					? scoreProjection(
							projection.incidence,
							incidence.subarray(origin, origin + horizonDays),
						)
					: null,
		});
	}
	return past;
}

/** All scores together: each scored day counts once. */
export function scoreOfAll(scores: readonly ProjectionScore[]): {
	scored: number;
	coverage: { level: number; share: number }[];
	weightedIntervalScore: number;
	absoluteError: number;
} {
	const scored = scores.reduce((sum, one) => sum + one.scored, 0);
	const mean = (of: (one: ProjectionScore) => number | undefined): number =>
		scores.reduce(
			(sum, one) => sum + (one.scored > 0 ? (of(one) ?? 0) * one.scored : 0),
			0,
		) / scored;
	return {
		scored,
		coverage: (scores[0]?.coverage ?? []).map(({ level }, at) => ({
			level,
			share: mean(({ coverage }) => coverage[at]?.share),
		})),
		weightedIntervalScore: mean((one) => one.weightedIntervalScore),
		absoluteError: mean((one) => one.absoluteError),
	};
}
