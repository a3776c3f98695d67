/** Two-stage pooling of specimens (Dorfman 1943, Ann Math Stat 14:436-440). */

/** Above this prevalence no pool size saves tests: 1 - (1/3)^(1/3). */
export const POOLING_LIMIT = 1 - (1 / 3) ** (1 / 3);

/** Tests for one specimen in pools of `size` at prevalence `p` (0-1): 1/n + 1 - (1-p)^n; 1 for size 1. */
export function testsPerSpecimen(size: number, prevalence: number): number {
	if (!Number.isInteger(size) || size < 1)
		throw new RangeError(
			`size: found ${size}, expected a whole number, 1 or more`,
		);
	if (!(prevalence >= 0 && prevalence <= 1))
		throw new RangeError(`prevalence: found ${prevalence}, expected 0 to 1`);
	if (size === 1) return 1;
	return 1 / size + 1 - (1 - prevalence) ** size;
}

/** No assay pools more: specimens are diluted beyond what it can find. */
const LARGEST_POOL = 100;

export interface PoolingChoice {
	/** 1: test one by one. */
	size: number;
	testsPerSpecimen: number;
	/** Part of the tests saved against one by one, 0-1. */
	saved: number;
	/** Specimens the same tests reach, as a multiple. */
	reach: number;
}

/** Biggest pool that is advised unless the laboratory has validated more. */
export const LARGEST_USUAL_POOL = 10;

/**
 * The pool size that takes the fewest tests.
 * @param largest biggest pool the assay allows without losing weak positives; 10 unless the laboratory has validated more.
 */
export function bestPool(
	prevalence: number,
	largest = LARGEST_USUAL_POOL,
): PoolingChoice {
	if (!Number.isInteger(largest) || largest < 1 || largest > LARGEST_POOL)
		throw new RangeError(
			`largest: found ${largest}, expected a whole number from 1 to ${LARGEST_POOL}`,
		);
	let size = 1;
	let fewest = testsPerSpecimen(1, prevalence);
	for (let candidate = 2; candidate <= largest; candidate++) {
		const tests = testsPerSpecimen(candidate, prevalence);
		if (tests < fewest - 1e-12) {
			fewest = tests;
			size = candidate;
		}
	}
	return {
		size,
		testsPerSpecimen: fewest,
		saved: 1 - fewest,
		reach: 1 / fewest,
	};
}
