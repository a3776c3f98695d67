import type { StoredKey } from "../series/indicator.ts";

/** How far two sources may differ on a cell before it is a conflict: by more than both. */
export interface Tolerance {
	/** Persons. */
	absolute: number;
	/** Share of the larger figure. */
	relative: number;
}

/**
 * Sources that count at other hours of a day differ a little everywhere; a mark on every province says nothing. Deaths are few and each is
 * looked into, so their bound is narrow; tests and persons under monitoring are counted by many offices with other closing hours.
 * House rule, not from a published source; what lies within stays reachable in "Dari mana angka ini?".
 */
const TOLERANCE: Record<StoredKey, Tolerance> = {
	confirmed: { absolute: 5, relative: 0.02 },
	recovered: { absolute: 5, relative: 0.02 },
	deaths: { absolute: 2, relative: 0.02 },
	active: { absolute: 10, relative: 0.05 },
	odp: { absolute: 20, relative: 0.05 },
	pdp: { absolute: 10, relative: 0.05 },
	otg: { absolute: 20, relative: 0.05 },
	suspek: { absolute: 20, relative: 0.05 },
	probable: { absolute: 5, relative: 0.05 },
	"kontak-erat": { absolute: 20, relative: 0.05 },
	tests: { absolute: 100, relative: 0.05 },
	"blc-count": { absolute: 0, relative: 0 },
	zone: { absolute: 0, relative: 0 },
};

export function toleranceOf(indicator: StoredKey): Tolerance {
	return TOLERANCE[indicator];
}

/** Whether figures of several sources lie too far apart. */
export function isConflict(
	least: number,
	most: number,
	{ absolute, relative }: Tolerance,
): boolean {
	const gap = most - least;
	return gap > absolute && gap > relative * Math.abs(most);
}
