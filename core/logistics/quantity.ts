/** No count of people, units or tests is larger: beyond it sums lose units and end in Infinity, and solvers fail without a name. */
export const LARGEST_QUANTITY = 1e15;

/**
 * Throws unless a figure is a number from 0 to `most`.
 * @throws RangeError naming the figure, what was found and what is expected
 */
export function requireQuantity(
	name: string,
	value: number,
	most = LARGEST_QUANTITY,
): number {
	if (!(value >= 0 && value <= most))
		throw new RangeError(
			`${name}: found ${value}, expected a number from 0 to ${most}`,
		);
	return value;
}
