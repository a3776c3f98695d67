import { STEPS } from "./palettes.ts";

/**
 * Lower bounds of the classes of a map, rising: a value v > 0 belongs to the last class whose bound is not above it (or to the first).
 * An epidemic spans orders of magnitude over its months, so the steps are even in the logarithm, from the lowest tenth to the highest
 * hundredth of all positive values of all days; one far outlier does not stretch them. They are rounded to numbers that can be read
 * aloud (1, 1.5, 2, 3, 5, 7 times a power of ten) and made once for all days, so colours mean the same through the whole playback.
 * @param values any numbers; NaN ("not reported") and values that are not positive are left out.
 * @param whole true for counts, whose bounds are whole numbers.
 * @returns fewer than `steps` bounds when there are too few different values; empty when there is none.
 */
export function classBreaks(
	values: Float64Array,
	whole: boolean,
	steps: number = STEPS,
): number[] {
	const sample = positiveSample(values);
	if (sample.length === 0) return [];
	sample.sort();
	const at = (rank: number) =>
		sample[Math.min(sample.length - 1, Math.floor(rank * sample.length))];
	const low = Math.log(at(0.1));
	const high = Math.log(at(0.99));
	const top = sample[sample.length - 1];
	const bounds: number[] = [];
	for (let step = 0; step < steps; step++) {
		const bound = roundBound(
			Math.exp(low + ((high - low) * step) / (steps - 1)),
			whole,
		);
		const last = bounds.at(-1);
		if (last === undefined || (bound > last && bound <= top))
			bounds.push(bound);
	}
	return bounds;
}

/** Class of a positive value among rising bounds: 0 for the lowest. */
export function classOf(value: number, bounds: readonly number[]): number {
	let found = 0;
	for (let at = 1; at < bounds.length; at++)
		if (value >= bounds[at]) found = at;
	return found;
}

const MANTISSAS = [1, 1.5, 2, 3, 5, 7, 10];

function roundBound(value: number, whole: boolean): number {
	if (whole && value < 10) return Math.max(1, Math.round(value));
	const power = 10 ** Math.floor(Math.log10(value));
	const mantissa = value / power;
	const nearest = MANTISSAS.reduce((best, candidate) =>
		Math.abs(candidate - mantissa) < Math.abs(best - mantissa)
			? candidate
			: best,
	);
	const bound = nearest * power;
	return whole ? Math.round(bound) : Number(bound.toPrecision(2));
}

const SAMPLE = 20_000;

function positiveSample(values: Float64Array): Float64Array {
	const stride = Math.max(1, Math.floor(values.length / SAMPLE));
	// A stride that shares no factor with the number of days would skip evenly; an odd one is near enough.
	const step = stride | 1;
	const found: number[] = [];
	for (let at = 0; at < values.length; at += step) {
		const value = values[at];
		if (value > 0) found.push(value);
	}
	return Float64Array.from(found);
}
