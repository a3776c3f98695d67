import type { ExerciseCountry } from "./country.ts";
import { kilometres } from "./country.ts";

/** Where the people of an area spend their days away from home. */
export interface TravelMatrix {
	/** Row-major, areas x areas; each row sums to 1, the diagonal is 0. */
	readonly weights: Float32Array;
	/** Share of its contacts that an area has with other areas in ordinary times. */
	readonly share: Float64Array;
}

/** Kilometres added to every distance, so that neighbours whose seats nearly touch do not exchange everybody. */
const SOFTENING = 25;
/** Air travel between cities, as the pull of a city of the same size at this many kilometres by road. */
const BY_AIR = 420;

/** A gravity model: the pull of an area grows with its people and falls with the square of the distance; cities are also joined by air. */
export function gravity(country: ExerciseCountry): TravelMatrix {
	const { regencies, urban } = country;
	const count = regencies.length;
	const weights = new Float32Array(count * count);
	const pull = regencies.map(({ population }) => population ** 0.9);
	for (let from = 0; from < count; from++) {
		for (let to = from + 1; to < count; to++) {
			const distance = kilometres(regencies[from], regencies[to]) + SOFTENING;
			const link =
				1 / (distance * distance) +
				(urban[from] * urban[to]) ** 2 / (BY_AIR * BY_AIR);
			weights[from * count + to] = link * pull[to];
			weights[to * count + from] = link * pull[from];
		}
	}
	for (let from = 0; from < count; from++) {
		const row = weights.subarray(from * count, (from + 1) * count);
		let sum = 0;
		for (let to = 0; to < count; to++) sum += row[to];
		for (let to = 0; to < count; to++) row[to] /= sum;
	}
	return {
		weights,
		share: Float64Array.from(urban, (value) => 0.012 + 0.06 * value * value),
	};
}
