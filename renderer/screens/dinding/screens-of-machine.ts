import type { CellKey } from "../../../core/wall/grid.ts";

/** What of the Window Management API is used (W3C working draft, https://www.w3.org/TR/window-management/). */
interface ScreenOfMachine {
	readonly availLeft: number;
	readonly availTop: number;
	readonly availWidth: number;
	readonly availHeight: number;
}
interface WithScreens {
	getScreenDetails?: () => Promise<{ screens: readonly ScreenOfMachine[] }>;
}

/** Whether this browser can be asked which monitors there are. */
export function knowsScreens(): boolean {
	return (
		(window as WithScreens).getScreenDetails !== undefined &&
		(screen as { isExtended?: boolean }).isExtended === true
	);
}

/** What became of windows that were to be opened. */
export type Opened = { opened: number } | "blocked" | "not-granted" | "one";

/** Monitors whose upper edges are this close (px) stand side by side. */
const SAME_ROW = 200;

/** Monitors as one reads them: from the upper left on, row by row. */
export function inReadingOrder<S extends ScreenOfMachine>(
	screens: readonly S[],
): S[] {
	const rows: S[][] = [];
	for (const one of [...screens].sort((a, b) => a.availTop - b.availTop)) {
		const row = rows.at(-1);
		if (row?.[0] && one.availTop - row[0].availTop < SAME_ROW) row.push(one);
		else rows.push([one]);
	}
	return rows.flatMap((row) => row.sort((a, b) => a.availLeft - b.availLeft));
}

/**
 * Opens a window on each monitor of this machine for a place of a grid, in answer to a press.
 * @param places those without a device, from the upper left on
 * @param addressOf the address of a place
 */
export async function openOnScreens(
	places: readonly CellKey[],
	addressOf: (cell: CellKey) => string,
): Promise<Opened> {
	let screens: readonly ScreenOfMachine[];
	try {
		screens =
			(await (window as WithScreens).getScreenDetails?.())?.screens ?? [];
	} catch {
		return "not-granted";
	}
	if (screens.length < 2) return "one";
	let opened = 0;
	for (const [at, one] of inReadingOrder(screens).entries()) {
		const cell = places[at];
		if (cell === undefined) break;
		const { availLeft, availTop, availWidth, availHeight } = one;
		const found = window.open(
			addressOf(cell),
			// One window for each place: opened again it is found again.
			`blc-wall-${addressOf(cell)}`,
			`popup,left=${availLeft},top=${availTop},width=${availWidth},height=${availHeight}`,
		);
		if (!found) return "blocked";
		opened++;
	}
	return { opened };
}
