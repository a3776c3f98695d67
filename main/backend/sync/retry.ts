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

/** Notices a hub that leads in circles: snapshot after snapshot without ever arriving at its head. */
export interface CirclingDetector {
	/** A snapshot was installed, or was found to be none when it should have been. A download that broke off is neither. */
	snapshotTaken(): void;
	/** The replica is where the hub's head says. */
	arrived(): void;
	/** More snapshots than a hub in order can ask for; one more is let through afterwards. */
	isCircling(): boolean;
}

/** @param limit snapshots without arriving that are still in order: a hub may make new ones while a slow line fetches */
export function createCirclingDetector(limit: number): CirclingDetector {
	let taken = 0;
	return {
		snapshotTaken() {
			taken++;
		},
		arrived() {
			taken = 0;
		},
		isCircling() {
			if (taken < limit) return false;
			// Whoever asks waits long before the next: never for ever.
			taken = limit - 1;
			return true;
		},
	};
}
