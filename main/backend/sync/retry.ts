/**
 * How long to wait before the next try: doubling from `least` to `most`, by a random share so that the workstations of a country do not
 * all come back at the same moment.
 * @param failures tries that failed in a row, from 1
 * @param random from 0 (inclusive) to 1
 */
export function retryDelay(
	failures: number,
	least: number,
	most: number,
	random: number,
): number {
	const full = Math.min(most, least * 2 ** Math.min(failures - 1, 20));
	return full * (0.5 + random / 2);
}

/**
 * Notices a hub that leads in circles: snapshot after snapshot without arriving. True when more than `limit` happened within `span` ms.
 */
export function createLoopDetector(
	limit: number,
	span: number,
): (now: number) => boolean {
	let times: number[] = [];
	return (now) => {
		times = times.filter((time) => now - time < span);
		times.push(now);
		return times.length > limit;
	};
}
