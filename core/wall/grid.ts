import { z } from "zod";
import {
	GRID,
	PANEL_KINDS,
	type PanelKind,
	type Place,
	WallId,
	WallName,
} from "./scene.ts";
import { ShownByTheClock } from "./shown.ts";

/** More displays than that in one direction no wall of this program has. */
export const MOST_ACROSS = 4;
export const MOST_GRIDS = 12;

/** A place in a grid of displays: row and column from the upper left, each from 1 on (`2-1`: the second row, its first). */
export const CellKey = z.string().regex(/^[1-4]-[1-4]$/);
export type CellKey = z.infer<typeof CellKey>;

const Across = z.int().min(1).max(MOST_ACROSS);
const PictureSide = z.number().min(50).max(5_000);
const Gap = z.number().min(0).max(500);

/** Displays side by side, all of one size, that are one wall. */
export const DisplayGrid = z.strictObject({
	id: WallId,
	name: WallName,
	columns: Across,
	rows: Across,
	/** What of one display is lit (mm). */
	picture: z.strictObject({ width: PictureSide, height: PictureSide }),
	/** What is dark from one picture to the next (mm): both frames and what is between them. */
	gap: z.strictObject({ across: Gap, down: Gap }),
	/** One thing is shown over all of them; else each shows its own. */
	spans: z.boolean(),
	/** What is shown over all. */
	show: ShownByTheClock,
	/** What each shows of its own; one that is not named shows the playlist of the hour. */
	own: z.record(CellKey, ShownByTheClock),
});
export type DisplayGrid = z.infer<typeof DisplayGrid>;

/** A wall of four displays of 55 inches as they are sold for walls: thin frames. */
export const NEW_GRID: Omit<DisplayGrid, "id" | "name"> = {
	columns: 2,
	rows: 2,
	picture: { width: 1_210, height: 680 },
	gap: { across: 4, down: 4 },
	spans: true,
	show: "",
	own: {},
};

/** A display of a grid. */
export interface Cell {
	readonly key: CellKey;
	/** As it is called: from the upper left on, row by row, from 1. */
	readonly number: number;
	/** From 0 on. */
	readonly row: number;
	readonly column: number;
}

type Size = Pick<DisplayGrid, "columns" | "rows">;

/** The displays of a grid, from the upper left on, row by row. */
export function cellsOf({ columns, rows }: Size): Cell[] {
	return Array.from({ length: columns * rows }, (_, at) => {
		const row = Math.floor(at / columns);
		const column = at % columns;
		return {
			...{ key: `${row + 1}-${column + 1}`, number: at + 1 },
			...{ row, column },
		};
	});
}

/** What a display shows that is at a place of a grid. */
export function shownAt(grid: DisplayGrid, cell: CellKey): string {
	return grid.spans ? grid.show : (grid.own[cell] ?? "");
}

/** The place that is asked for by `grid.ID.ROW-COLUMN`; null: none is. */
export function placeIn(
	show: string,
): { readonly grid: string; readonly cell: CellKey } | null {
	const [kind, grid, cell] = show.split(".");
	return kind === "grid" && grid && cell ? { grid, cell } : null;
}

/** What `placeIn` reads. */
export function showOfPlace(grid: string, cell: CellKey): string {
	return `grid.${grid}.${cell}`;
}

/** Where a display stands that is asked for by an address. */
export interface Standing {
	readonly grid: DisplayGrid;
	readonly cell: Cell;
}

/**
 * What is shown by the clock where something is asked for, and at which place of a grid.
 * @returns `show` null: it names a grid or a place that is not there
 */
export function resolved(
	grids: readonly DisplayGrid[],
	asked: string,
): { readonly show: string | null; readonly standing: Standing | null } {
	const place = placeIn(asked);
	if (!place) return { show: asked, standing: null };
	const grid = grids.find(({ id }) => id === place.grid);
	const cell = grid && cellsOf(grid).find(({ key }) => key === place.cell);
	return grid && cell
		? { show: shownAt(grid, cell.key), standing: { grid, cell } }
		: { show: null, standing: null };
}

/** A grid as the display of one place is told of it: what the others show of their own is not its business. */
export function gridFor(grid: DisplayGrid, cell: CellKey): DisplayGrid {
	if (grid.spans) return { ...grid, own: {} };
	const own = grid.own[cell];
	return { ...grid, show: "", own: own === undefined ? {} : { [cell]: own } };
}

/** The picture of the whole wall, with what is dark in it (mm). */
export function wholeOf({ columns, rows, picture, gap }: DisplayGrid): {
	width: number;
	height: number;
} {
	return {
		width: columns * picture.width + (columns - 1) * gap.across,
		height: rows * picture.height + (rows - 1) * gap.down,
	};
}

/** From where to where something reaches, as a share of the whole wall: 0 to 1. */
export type Span = readonly [from: number, to: number];

function pictures(count: number, picture: number, gap: number): Span[] {
	const whole = count * picture + (count - 1) * gap;
	return Array.from({ length: count }, (_, at) => {
		const from = at * (picture + gap);
		return [from / whole, (from + picture) / whole];
	});
}

/** Where the pictures of the columns of a grid lie, and of its rows. */
export function picturesOf({ columns, rows, picture, gap }: DisplayGrid): {
	columns: Span[];
	rows: Span[];
} {
	return {
		columns: pictures(columns, picture.width, gap.across),
		rows: pictures(rows, picture.height, gap.down),
	};
}

/**
 * A place in one direction of the whole wall: so great a share of it, and such shares of what is kept free at its beginning (added) and its end (taken
 * off).
 */
export interface Edge {
	readonly share: number;
	readonly head: number;
	readonly foot: number;
}

/** Sums of thirds that miss a whole number by less than this are one. */
const ROUNDING = 1e9;

/**
 * Where an edge of a panel lies. Each picture has the same part of the scene, so that no edge lies in the dark: one between two pictures lies at the
 * end of the first for what ends there, and at the beginning of the second for what begins there.
 */
function edgeAt(
	at: number,
	lines: number,
	pictures: readonly Span[],
	ends: boolean,
): Edge {
	const reached =
		Math.round(((at * pictures.length) / lines) * ROUNDING) / ROUNDING;
	const picture = Math.min(
		pictures.length - 1,
		Math.max(0, ends ? Math.ceil(reached) - 1 : Math.floor(reached)),
	);
	const [from, to] = pictures[picture] as Span;
	const within = reached - picture;
	return {
		share: from + (to - from) * within,
		head: picture === 0 ? 1 - within : 0,
		foot: picture === pictures.length - 1 ? within : 0,
	};
}

/** The display that has most of something in one direction, and what of it that is, in lines of the scene. */
function mostOf(
	from: number,
	length: number,
	lines: number,
	displays: number,
): [from: number, length: number] {
	const size = lines / displays;
	let best: [number, number] = [from, 0];
	for (let at = 0; at < displays; at++) {
		const begin = Math.max(from, at * size);
		const end = Math.min(from + length, (at + 1) * size);
		if (end - begin > best[1] + 1 / ROUNDING) best = [begin, end - begin];
	}
	return best;
}

/** Where a panel lies on a wall that one scene spans. */
export function spannedPlace(
	place: Place,
	kind: PanelKind,
	grid: DisplayGrid,
): { left: Edge; right: Edge; top: Edge; bottom: Edge } {
	const { columns, rows } = picturesOf(grid);
	const { over } = PANEL_KINDS[kind];
	const [x, width] =
		over === "one-display"
			? mostOf(place.x, place.width, GRID.columns, grid.columns)
			: [place.x, place.width];
	const [y, height] =
		over === "goes-on"
			? [place.y, place.height]
			: mostOf(place.y, place.height, GRID.rows, grid.rows);
	return {
		left: edgeAt(x, GRID.columns, columns, false),
		right: edgeAt(x + width, GRID.columns, columns, true),
		top: edgeAt(y, GRID.rows, rows, false),
		bottom: edgeAt(y + height, GRID.rows, rows, true),
	};
}

/** What of a panel is seen: the parts of its width and of its height that lie on a picture, as shares of them. */
export interface LitParts {
	readonly across: readonly Span[];
	readonly down: readonly Span[];
}

/** What of a panel lies on pictures and not behind frames; null: all of it. */
export function litParts(
	{ left, right, top, bottom }: ReturnType<typeof spannedPlace>,
	grid: DisplayGrid,
): LitParts | null {
	const within = (from: Edge, to: Edge, pictures: readonly Span[]): Span[] => {
		const length = to.share - from.share;
		return pictures.flatMap(([begin, end]): Span[] => {
			const [first, last] = [
				Math.max(begin, from.share),
				Math.min(end, to.share),
			];
			return last - first > 1 / ROUNDING
				? [[(first - from.share) / length, (last - from.share) / length]]
				: [];
		});
	};
	const { columns, rows } = picturesOf(grid);
	const across = within(left, right, columns);
	const down = within(top, bottom, rows);
	return across.length > 1 || down.length > 1 ? { across, down } : null;
}

/** Whether a panel reaches over the frames of displays, which hide a strip of it. */
export function crossesFrames(place: Place, size: Size): boolean {
	const crosses = (from: number, length: number, lines: number, of: number) =>
		Math.floor((from * of) / lines) <
		Math.ceil(((from + length) * of) / lines) - 1;
	return (
		crosses(place.x, place.width, GRID.columns, size.columns) ||
		crosses(place.y, place.height, GRID.rows, size.rows)
	);
}

/** Pictures of displays whose sides are within this share of each other have the same form. */
const SAME_FORM = 0.02;

/** What is to be said of the windows of a wall: of different sizes letters and lines do not meet; of another form than stated nothing does. */
export type Misfit = "sizes" | "form";

/** @param windows width and height in pixels of the style sheet */
export function misfitOf(
	grid: DisplayGrid,
	windows: readonly { width: number; height: number }[],
): Misfit | null {
	const [first] = windows;
	if (!first || !grid.spans) return null;
	if (
		windows.some(
			({ width, height }) => width !== first.width || height !== first.height,
		)
	)
		return "sizes";
	const stated = grid.picture.width / grid.picture.height;
	return Math.abs(first.width / first.height / stated - 1) > SAME_FORM
		? "form"
		: null;
}
