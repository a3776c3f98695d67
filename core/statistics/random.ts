/**
 * Seeded random numbers. A generator is made from a seed and handed to whatever draws from it; nothing in
 * `core` ever reaches for a global source, so the same seed gives the same drill, projection or band on every machine.
 *
 * Generator: xoshiro128** 1.1 (Blackman & Vigna 2021, ACM TOMS 47:36), state filled by splitmix32.
 * Draws: normal by the polar method (Marsaglia & Bray 1964), gamma by Marsaglia & Tsang 2000, Poisson by
 * inversion or PTRS (Hörmann 1993), binomial by inversion or BTRS (Hörmann 1993), negative binomial as a gamma mixture.
 */

import { logFactorial } from "./log-gamma.ts";

/** A stream of random numbers with the distributions the models need. Every draw advances the stream. */
export interface Random {
	/** Uniform on [0, 1), 53 bits. */
	uniform(): number;
	/** Uniform integer in [0, bound). `bound` is a positive integer up to 2^32. */
	integer(bound: number): number;
	/** Normal with the given mean and standard deviation (default 0 and 1). */
	normal(mean?: number, sd?: number): number;
	/** Normal restricted to [low, high], by rejection with a bounded number of tries, then by clamping. */
	truncatedNormal(mean: number, sd: number, low: number, high: number): number;
	/** Gamma with shape > 0 and scale > 0 (mean = shape * scale). */
	gamma(shape: number, scale: number): number;
	/** Poisson count with mean >= 0. */
	poisson(mean: number): number;
	/** Successes in `trials` independent trials, each with probability in [0, 1]. */
	binomial(trials: number, probability: number): number;
	/** Negative binomial count with the given mean and size k (variance = mean + mean^2 / k); k = Infinity is Poisson. */
	negativeBinomial(mean: number, size: number): number;
	/** A new independent stream, named, so that one part's draws do not shift another's. */
	fork(name: string): Random;
}

/** A parameter outside the domain of the distribution asked for. */
export class DistributionDomainError extends RangeError {
	override name = "DistributionDomainError";
}

function requireDomain(condition: boolean, message: string): void {
	if (!condition) throw new DistributionDomainError(message);
}

/** FNV-1a over the UTF-16 units: names become seeds. */
function hashText(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash ^= text.charCodeAt(index);
		hash = Math.imul(hash, 0x01000193);
	}
	return hash >>> 0;
}

function splitmix32(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x9e3779b9) | 0;
		let mixed = state ^ (state >>> 16);
		mixed = Math.imul(mixed, 0x21f0aaad);
		mixed ^= mixed >>> 15;
		mixed = Math.imul(mixed, 0x735a2d97);
		return (mixed ^ (mixed >>> 15)) >>> 0;
	};
}

/**
 * Makes a generator.
 * @param seed any finite number (only its integer part modulo 2^32 counts) or a text such as "drill-7".
 */
export function createRandom(seed: number | string): Random {
	requireDomain(
		typeof seed === "string" || Number.isFinite(seed),
		`seed must be a finite number or a text, found ${seed}`,
	);
	const fill = splitmix32(
		typeof seed === "string" ? hashText(seed) : Math.trunc(seed),
	);
	let s0 = fill();
	let s1 = fill();
	let s2 = fill();
	let s3 = fill() | 1;
	let spareNormal = Number.NaN;

	function next32(): number {
		const scrambled = Math.imul(s1, 5);
		const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
		const shifted = s1 << 9;
		s2 ^= s0;
		s3 ^= s1;
		s1 ^= s2;
		s0 ^= s3;
		s2 ^= shifted;
		s3 = (s3 << 11) | (s3 >>> 21);
		return result;
	}

	function uniform(): number {
		return ((next32() >>> 5) * 67108864 + (next32() >>> 6)) / 9007199254740992;
	}

	/** Uniform on the open interval (0, 1): safe under a logarithm. */
	function uniformOpen(): number {
		for (;;) {
			const value = uniform();
			if (value > 0) return value;
		}
	}

	function integer(bound: number): number {
		requireDomain(
			Number.isInteger(bound) && bound > 0 && bound <= 4294967296,
			`bound must be an integer from 1 to 2^32, found ${bound}`,
		);
		const limit = 4294967296 - (4294967296 % bound);
		for (;;) {
			const value = next32();
			if (value < limit) return value % bound;
		}
	}

	function normal(mean = 0, sd = 1): number {
		if (!Number.isNaN(spareNormal)) {
			const spare = spareNormal;
			spareNormal = Number.NaN;
			return mean + sd * spare;
		}
		for (;;) {
			const x = 2 * uniform() - 1;
			const y = 2 * uniform() - 1;
			const square = x * x + y * y;
			if (square > 0 && square < 1) {
				const factor = Math.sqrt((-2 * Math.log(square)) / square);
				spareNormal = y * factor;
				return mean + sd * x * factor;
			}
		}
	}

	function truncatedNormal(
		mean: number,
		sd: number,
		low: number,
		high: number,
	): number {
		requireDomain(
			low <= high && sd >= 0,
			`truncated normal needs low <= high and sd >= 0, found low ${low}, high ${high}, sd ${sd}`,
		);
		for (let attempt = 0; attempt < 1000; attempt++) {
			const value = normal(mean, sd);
			if (value >= low && value <= high) return value;
		}
		// The interval lies so far in a tail that nothing falls into it: its nearest edge carries the mass.
		return mean < low ? low : high;
	}

	function gamma(shape: number, scale: number): number {
		requireDomain(
			shape > 0 && scale > 0 && shape < Infinity && scale < Infinity,
			`gamma needs finite shape > 0 and scale > 0, found shape ${shape}, scale ${scale}`,
		);
		// Shapes below 1 are drawn one higher and boosted down (Marsaglia & Tsang 2000, section 6).
		const boost = shape < 1 ? uniformOpen() ** (1 / shape) : 1;
		const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
		const c = 1 / Math.sqrt(9 * d);
		for (;;) {
			const x = normal();
			const cubeRoot = 1 + c * x;
			if (cubeRoot <= 0) continue;
			const v = cubeRoot * cubeRoot * cubeRoot;
			const u = uniformOpen();
			const square = x * x;
			if (
				u < 1 - 0.0331 * square * square ||
				Math.log(u) < 0.5 * square + d * (1 - v + Math.log(v))
			)
				return boost * d * v * scale;
		}
	}

	function poissonSmall(mean: number): number {
		const limit = Math.exp(-mean);
		let count = 0;
		let product = uniform();
		while (product > limit) {
			count++;
			product *= uniform();
		}
		return count;
	}

	function poissonLarge(mean: number): number {
		const logMean = Math.log(mean);
		const b = 0.931 + 2.53 * Math.sqrt(mean);
		const a = -0.059 + 0.02483 * b;
		const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
		const vr = 0.9277 - 3.6224 / (b - 2);
		for (;;) {
			const u = uniform() - 0.5;
			const v = uniformOpen();
			const us = 0.5 - Math.abs(u);
			const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
			if (us >= 0.07 && v <= vr) return k;
			if (k < 0 || (us < 0.013 && v > us)) continue;
			if (
				Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (us * us) + b) <=
				k * logMean - mean - logFactorial(k)
			)
				return k;
		}
	}

	function poisson(mean: number): number {
		requireDomain(
			mean >= 0 && mean < Infinity,
			`Poisson mean must be finite and >= 0, found ${mean}`,
		);
		if (mean === 0) return 0;
		return mean < 10 ? poissonSmall(mean) : poissonLarge(mean);
	}

	function binomialInversion(trials: number, probability: number): number {
		const failure = 1 - probability;
		const odds = probability / failure;
		let mass = failure ** trials;
		let rest = uniform();
		for (let count = 0; count <= trials; count++) {
			if (rest < mass) return count;
			rest -= mass;
			mass *= (odds * (trials - count)) / (count + 1);
		}
		return trials;
	}

	function binomialRejection(trials: number, probability: number): number {
		const spq = Math.sqrt(trials * probability * (1 - probability));
		const b = 1.15 + 2.53 * spq;
		const a = -0.0873 + 0.0248 * b + 0.01 * probability;
		const centre = trials * probability + 0.5;
		const alpha = (2.83 + 5.1 / b) * spq;
		const vr = 0.92 - 4.2 / b;
		const logOdds = Math.log(probability / (1 - probability));
		const mode = Math.floor((trials + 1) * probability);
		const height = logFactorial(mode) + logFactorial(trials - mode);
		for (;;) {
			const u = uniform() - 0.5;
			const v = uniformOpen();
			const us = 0.5 - Math.abs(u);
			const k = Math.floor(((2 * a) / us + b) * u + centre);
			if (us >= 0.07 && v <= vr) return k;
			if (k < 0 || k > trials) continue;
			if (
				Math.log((v * alpha) / (a / (us * us) + b)) <=
				height -
					logFactorial(k) -
					logFactorial(trials - k) +
					(k - mode) * logOdds
			)
				return k;
		}
	}

	function binomial(trials: number, probability: number): number {
		requireDomain(
			Number.isSafeInteger(trials) &&
				trials >= 0 &&
				probability >= 0 &&
				probability <= 1,
			`binomial needs whole trials >= 0 and a probability from 0 to 1, found ${trials} and ${probability}`,
		);
		if (trials === 0 || probability === 0) return 0;
		if (probability === 1) return trials;
		if (probability > 0.5) return trials - binomial(trials, 1 - probability);
		return trials * probability < 10
			? binomialInversion(trials, probability)
			: binomialRejection(trials, probability);
	}

	function negativeBinomial(mean: number, size: number): number {
		requireDomain(
			mean >= 0 && mean < Infinity && size > 0,
			`negative binomial needs a finite mean >= 0 and size > 0, found mean ${mean}, size ${size}`,
		);
		if (mean === 0) return 0;
		if (size === Infinity) return poisson(mean);
		return poisson(gamma(size, mean / size));
	}

	return {
		uniform,
		integer,
		normal,
		truncatedNormal,
		gamma,
		poisson,
		binomial,
		negativeBinomial,
		fork: (name) => createRandom(next32() ^ hashText(name)),
	};
}
