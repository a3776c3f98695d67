import { LARGEST_COUNT } from "../series/count.ts";

/**
 * An input a model cannot use. The message names the input, where it is, what was found and what is expected,
 * so that an analyst can mend the file or the form it came from.
 */
export class ModelInputError extends RangeError {
	override name = "ModelInputError";
	/** The input at fault, e.g. "local[12]" or "serialInterval.mean". */
	readonly input: string;
	readonly found: string;
	readonly expected: string;

	constructor(input: string, found: unknown, expected: string) {
		super(`${input}: found ${String(found)}, expected ${expected}`);
		this.input = input;
		this.found = String(found);
		this.expected = expected;
	}
}

/** Throws unless the value is a finite number for which `holds` is true. */
export function requireNumber(
	input: string,
	value: unknown,
	expected: string,
	holds: (value: number) => boolean = () => true,
): asserts value is number {
	if (typeof value !== "number" || !Number.isFinite(value) || !holds(value))
		throw new ModelInputError(input, value, expected);
}

/** Throws unless every count is >= 0 or NaN (NaN stands for "not reported", which is not zero). */
export function requireCounts(input: string, counts: ArrayLike<number>): void {
	for (let index = 0; index < counts.length; index++) {
		const count = counts[index];
		if (!(count >= 0) && !Number.isNaN(count))
			throw new ModelInputError(
				`${input}[${index}]`,
				count,
				"a count >= 0, or NaN for a day that was not reported (keep corrections apart before modelling)",
			);
		if (count > LARGEST_COUNT)
			throw new ModelInputError(
				`${input}[${index}]`,
				count,
				`a count of at most ${LARGEST_COUNT}`,
			);
	}
}
