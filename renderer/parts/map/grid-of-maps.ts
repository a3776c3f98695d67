import type { Box } from "./land-raster.ts";

/** Where each of many maps stands, in pixels: its whole cell, and the map below its title. */
export interface Cell {
	readonly whole: Box;
	readonly map: Box;
}

export interface GridOfMaps {
	readonly columns: number;
	readonly rows: number;
	readonly cells: readonly Cell[];
}

/**
 * Lays out equal maps in rows, so that each is as large as it can be.
 * @param count how many there are.
 * @param shape width of a map by its height.
 * @param title height of the title above each, in pixels.
 * @param gap between two of them, in pixels.
 */
export function gridOfMaps(
	count: number,
	width: number,
	height: number,
	{ shape, title, gap }: { shape: number; title: number; gap: number },
): GridOfMaps {
	let best = { columns: 1, size: -1 };
	for (let columns = 1; columns <= Math.max(1, count); columns++) {
		const rows = Math.ceil(count / columns);
		const cellWidth = (width - gap * (columns - 1)) / columns;
		const cellHeight = (height - gap * (rows - 1)) / rows - title;
		const size = Math.min(cellWidth / shape, cellHeight);
		if (size > best.size) best = { columns, size };
	}
	const { columns } = best;
	const rows = Math.max(1, Math.ceil(count / columns));
	const cellWidth = Math.max(1, (width - gap * (columns - 1)) / columns);
	const cellHeight = Math.max(1, (height - gap * (rows - 1)) / rows);
	return {
		columns,
		rows,
		cells: Array.from({ length: count }, (_, at): Cell => {
			const left = (at % columns) * (cellWidth + gap);
			const top = Math.floor(at / columns) * (cellHeight + gap);
			const right = left + cellWidth;
			const bottom = top + cellHeight;
			return {
				whole: { left, top, right, bottom },
				map: {
					left,
					top: Math.min(top + title, bottom - 1),
					right,
					bottom,
				},
			};
		}),
	};
}

/** Where a key leads from one of many maps; null for a key that does not. */
export function cellByKey(
	key: string,
	at: number,
	{ columns, cells }: Pick<GridOfMaps, "columns" | "cells">,
): number | null {
	const last = cells.length - 1;
	const to = {
		ArrowLeft: at - 1,
		ArrowRight: at + 1,
		ArrowUp: at - columns,
		ArrowDown: at + columns,
		Home: 0,
		End: last,
	}[key];
	if (to === undefined) return null;
	// From the last full row the one below may have none: then it stays.
	return to < 0 || to > last ? at : to;
}
