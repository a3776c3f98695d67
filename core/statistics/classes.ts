import type { Scale } from "./scale.ts";

/** Most classes: as many as a palette has colours. */
export const STEPS = 7;

/** Bounds of classes, and how many values above zero they rest on. */
export interface Classes {
	readonly bounds: readonly number[];
	readonly values: number;
}

/**
 * Classes of all values of all days, so that a colour means the same through a whole playback.
 * @param values any numbers; NaN ("not reported") and values that are not positive are left out.
 * @param whole true for counts, whose bounds are whole numbers.
 * @param fixed the bounds of `fixed`.
 * @param most so many classes at most.
 */
export function classesOf(
	scale: Scale,
	values: Float64Array,
	whole: boolean,
	fixed: readonly number[] = [],
	most: number = STEPS,
): Classes {
	const sample = positiveSample(values).sort();
	const bounds =
		sample.length === 0
			? []
			: scale === "log"
				? classBreaks(values, whole, most)
				: scale === "fixed"
					? fixed
					: rising(BOUNDS[scale](sample, most), sample, whole);
	return { bounds, values: sample.length };
}

const BOUNDS: Readonly<
	Record<
		"linear" | "quantile" | "jenks",
		(sorted: Float64Array, most: number) => number[]
	>
> = {
	/** Even steps up to the highest hundredth: one far outlier does not stretch them. */
	linear(sorted, most) {
		const high = ranked(sorted, 0.99);
		return steps(most, (step) => (high * step) / most);
	},
	/** As many values in each. */
	quantile: (sorted, most) =>
		steps(most, (step) => ranked(sorted, step / most)),
	jenks: naturalBreaks,
};

function steps(most: number, bound: (step: number) => number): number[] {
	return Array.from({ length: most }, (_, step) => bound(step));
}

function ranked(sorted: Float64Array, rank: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(rank * sorted.length))];
}

/**
 * Bounds that rise, can be told apart, and have no more digits than a legend writes, so that it names those which are used; the lowest is the
 * lowest value there is.
 */
function rising(
	bounds: readonly number[],
	sorted: Float64Array,
	whole: boolean,
): number[] {
	const found: number[] = [];
	bounds.forEach((bound, step) => {
		const at = Math.max(bound, sorted[0]);
		const rounded =
			step === 0
				? at
				: whole
					? threeDigits(Math.round(at))
					: Number(at.toPrecision(at < 10 ? 2 : 3));
		if (found.length === 0 || rounded > (found.at(-1) ?? 0))
			found.push(rounded);
	});
	return found;
}

/** Down, so that a class still begins no higher than its lowest value. */
function threeDigits(count: number): number {
	const unit = 10 ** Math.max(0, String(count).length - 3);
	return Math.floor(count / unit) * unit;
}

/** Values that natural breaks are sought among: the work grows with their square. */
const MOST_DIFFERENT = 800;

/**
 * Natural breaks (Fisher 1958, "On grouping for maximum homogeneity", JASA 53; Jenks 1967): of all ways to cut the values into classes the
 * one with the least squared distance to the means of the classes, by dynamic programming over evenly ranked values.
 * @returns the lowest value of each class
 */
function naturalBreaks(sorted: Float64Array, most: number): number[] {
	const length = Math.min(sorted.length, MOST_DIFFERENT);
	const values = Float64Array.from({ length }, (_, at) =>
		ranked(sorted, (at + 0.5) / length),
	);
	const classes = Math.min(most, new Set(values).size);
	// Sums up to each value: the squared distance of any run is two look-ups.
	const sum = new Float64Array(length + 1);
	const squares = new Float64Array(length + 1);
	values.forEach((value, at) => {
		sum[at + 1] = sum[at] + value;
		squares[at + 1] = squares[at] + value * value;
	});
	const spread = (from: number, to: number) => {
		const all = sum[to] - sum[from];
		return squares[to] - squares[from] - (all * all) / (to - from);
	};
	let least = Float64Array.from({ length: length + 1 }, (_, to) =>
		to === 0 ? 0 : spread(0, to),
	);
	const cuts: Int32Array[] = [];
	for (let count = 2; count <= classes; count++) {
		const next = new Float64Array(length + 1).fill(Number.POSITIVE_INFINITY);
		const cut = new Int32Array(length + 1);
		for (let to = count; to <= length; to++)
			for (let from = count - 1; from < to; from++) {
				const found = least[from] + spread(from, to);
				if (found >= next[to]) continue;
				next[to] = found;
				cut[to] = from;
			}
		cuts.push(cut);
		least = next;
	}
	const bounds = [];
	let to = length;
	for (const cut of cuts.toReversed()) {
		to = cut[to];
		bounds.unshift(values[to]);
	}
	return [values[0], ...bounds];
}

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
