import { type Day, weekday } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";

/** On which days facilities send nothing: each has its own reliability, weekends are worse, and some fall out for a while. */
export interface FacilitySilence {
	/** Draws for the day; to be asked once for each facility and day, in order. */
	isSilent(facility: number, at: Day): boolean;
}

export function drawSilence(
	count: number,
	typical: number,
	random: Random,
): FacilitySilence {
	const rate = Float64Array.from({ length: count }, () =>
		Math.min(0.6, typical * Math.exp(random.normal(0, 0.9))),
	);
	const outUntil = new Int32Array(count);
	return {
		isSilent(facility, at) {
			const chance = random.uniform();
			if (at < outUntil[facility]) return true;
			if (chance < 0.0012) {
				outUntil[facility] = at + 3 + random.integer(12);
				return true;
			}
			const weekend = weekday(at) === 0 ? 2.2 : weekday(at) === 6 ? 1.5 : 0.8;
			return chance < rate[facility] * weekend;
		},
	};
}
