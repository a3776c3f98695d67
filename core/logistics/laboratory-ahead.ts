/** What laboratories test ahead while their reagents run down and none come, and how long those who wait take them. */

/** A laboratory that tests `lasting` a day for as long as it has reagents for `reagentTests`; NaN: how many is not told, and nothing ends them. */
export interface OnStock {
	lasting: number;
	reagentTests: number;
}

/** A day ahead: tests that can be made on it, and what waits at its end. */
export interface DayAhead {
	able: number;
	waiting: number;
}

/**
 * The days ahead of laboratories of one queue, whose reagents run down and are not resupplied. Where not all that can be is tested each does its
 * part of it.
 * @param arrivals specimens of each day
 * @param waiting specimens before the first of them
 */
export function queueAhead(
	arrivals: readonly number[],
	waiting: number,
	laboratories: readonly OnStock[],
): DayAhead[] {
	const left = laboratories.map(({ reagentTests }) =>
		Number.isNaN(reagentTests) ? Number.POSITIVE_INFINITY : reagentTests,
	);
	let queue = waiting;
	return arrivals.map((arrived) => {
		const each = laboratories.map(({ lasting }, at) =>
			Math.min(lasting, left[at] as number),
		);
		const able = each.reduce((sum, one) => sum + one, 0);
		queue += arrived;
		const tested = Math.min(able, queue);
		queue -= tested;
		if (able > 0)
			for (const [at, one] of each.entries())
				left[at] = Math.max(0, (left[at] as number) - one * (tested / able));
		return { able, waiting: queue };
	});
}

/**
 * Days until the last that waits is tested by laboratories of one queue, first come first served, whose reagents are not resupplied.
 * @returns Infinity: reagents end before the queue, or nothing can be tested; NaN: what waits or can be tested is not known
 */
export function daysToTest(
	waiting: number,
	laboratories: readonly OnStock[],
): number {
	if (waiting === 0) return 0;
	const ends = laboratories
		.map(({ lasting, reagentTests }) => ({
			lasting,
			on: Number.isNaN(reagentTests)
				? Number.POSITIVE_INFINITY
				: reagentTests / lasting,
		}))
		.filter(({ lasting }) => lasting !== 0)
		.sort((a, b) => a.on - b.on);
	let rate = ends.reduce((sum, { lasting }) => sum + lasting, 0);
	if (Number.isNaN(waiting + rate)) return Number.NaN;
	let day = 0;
	let left = waiting;
	for (const { lasting, on } of ends) {
		const done = rate * (on - day);
		// Of reagents for exactly what waits a rounding leaves nothing over.
		if (done >= left - 1e-9 * waiting) return day + left / rate;
		left -= done;
		rate -= lasting;
		day = on;
	}
	return Number.POSITIVE_INFINITY;
}
