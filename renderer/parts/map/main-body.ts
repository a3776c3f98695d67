import type { Position } from "geojson";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Part } from "./area-at.ts";
import { type Box, boxOf, landRaster } from "./land-raster.ts";

/** What of an area sets the frame, and the islets that do not. */
export interface MainBody {
	/** In units of the projection. */
	readonly box: Box;
	readonly outside: readonly Part[];
}

/** Less land than this beyond the frame does not set it: Bawean and Kangean are 2 % of Jawa Timur and a third of its width. */
const BEYOND = 0.03;

/**
 * The smallest box found that holds nearly all land of an area: from each side the outermost island is left out as long as the box
 * shrinks by a greater share than the land does, and no more than 3 % of the land is left out.
 */
export function mainBody(parts: readonly Part[]): MainBody {
	const islands = islandsOf(parts).map((pieces) => ({
		pieces,
		box: boxOf(pieces),
		land: pieces.reduce((sum, piece) => sum + landOf(piece), 0),
	}));
	const total = islands.reduce((sum, { land }) => sum + land, 0);
	let kept = islands;
	let box = boxAround(kept);
	let left = total * BEYOND;
	for (;;) {
		let best: {
			kept: typeof islands;
			box: Box;
			land: number;
			gain: number;
		} | null = null;
		for (const side of ["left", "top", "right", "bottom"] as const) {
			const outermost = kept.reduce((a, b) =>
				(side === "left" || side === "top" ? 1 : -1) *
					(a.box[side] - b.box[side]) <=
				0
					? a
					: b,
			);
			if (outermost.land > left) continue;
			const rest = kept.filter((island) => island !== outermost);
			if (rest.length === 0) continue;
			const smaller = boxAround(rest);
			const shrinks = 1 - sizeOf(smaller) / sizeOf(box);
			const gain = shrinks / Math.max(outermost.land / total, 1e-6);
			if (gain > (best?.gain ?? 0))
				best = { kept: rest, box: smaller, land: outermost.land, gain };
		}
		if (!best) break;
		kept = best.kept;
		box = best.box;
		left -= best.land;
	}
	// What happens to lie inside the frame after all is not outside.
	return {
		box,
		outside: islands
			.filter((island) => !within(island.box, box))
			.flatMap(({ pieces }) => pieces),
	};
}

/** Islets nearer to the frame than this share of it are not worth a word. */
const NEAR = 0.04;

/** The kabupaten/kota with islets far beyond the frame, by the side on which they lie. */
export function farIslets({
	box,
	outside,
}: MainBody): { arrow: string; areas: AreaRow[] }[] {
	const sides = new Map<string, Map<number, AreaRow>>();
	for (const part of outside) {
		const islet = boxOf([part]);
		const width = box.right - box.left;
		const height = box.bottom - box.top;
		const [arrow, far] = (
			[
				["←", (box.left - islet.left) / width],
				["→", (islet.right - box.right) / width],
				["↑", (box.top - islet.top) / height],
				["↓", (islet.bottom - box.bottom) / height],
			] as const
		).reduce((a, b) => (b[1] > a[1] ? b : a));
		if (far < NEAR) continue;
		const areas = sides.get(arrow) ?? new Map<number, AreaRow>();
		areas.set(part.area.id, part.area);
		sides.set(arrow, areas);
	}
	return [...sides].map(([arrow, areas]) => ({
		arrow,
		areas: [...areas.values()],
	}));
}

/** Cells over an area: pieces of land in cells side by side are one island. */
const CELLS_ACROSS = 256;

/** The pieces of land that hang together, whoever's they are: a kabupaten at the edge of a province is no islet. */
function islandsOf(parts: readonly Part[]): Part[][] {
	const { columns, rows, owner } = landRaster(
		parts,
		boxOf(parts),
		CELLS_ACROSS,
		(_, index) => index + 1,
	);
	const joinedTo = Int32Array.from({ length: parts.length + 1 }, (_, at) => at);
	const first = (of: number): number => {
		let at = of;
		while (joinedTo[at] !== at) at = joinedTo[at];
		return at;
	};
	const join = (cell: number, row: number, column: number): void => {
		if (row >= rows || column < 0 || column >= columns) return;
		const other = owner[row * columns + column];
		const own = owner[cell];
		if (own !== 0 && other !== 0) joinedTo[first(other)] = first(own);
	};
	for (let row = 0; row < rows; row++)
		for (let column = 0; column < columns; column++) {
			const cell = row * columns + column;
			join(cell, row, column + 1);
			join(cell, row + 1, column - 1);
			join(cell, row + 1, column);
			join(cell, row + 1, column + 1);
		}
	const islands = new Map<number, Part[]>();
	for (const [index, part] of parts.entries()) {
		const island = first(index + 1);
		const pieces = islands.get(island) ?? [];
		pieces.push(part);
		islands.set(island, pieces);
	}
	return [...islands.values()];
}

function boxAround(islands: readonly { box: Box }[]): Box {
	return {
		left: Math.min(...islands.map(({ box }) => box.left)),
		top: Math.min(...islands.map(({ box }) => box.top)),
		right: Math.max(...islands.map(({ box }) => box.right)),
		bottom: Math.max(...islands.map(({ box }) => box.bottom)),
	};
}

function sizeOf({ left, top, right, bottom }: Box): number {
	return (right - left) * (bottom - top);
}

function within(inner: Box, outer: Box): boolean {
	return (
		inner.left >= outer.left &&
		inner.top >= outer.top &&
		inner.right <= outer.right &&
		inner.bottom <= outer.bottom
	);
}

/** Land in square degrees, holes taken off; Indonesia lies on the equator, where they are alike. */
function landOf({ polygon }: Part): number {
	return polygon.reduce(
		(sum, ring, at) => sum + (at === 0 ? 1 : -1) * Math.abs(ringArea(ring)),
		0,
	);
}

function ringArea(ring: Position[]): number {
	let twice = 0;
	let [x1, y1] = ring[ring.length - 1] as [number, number];
	for (const [x2, y2] of ring as [number, number][]) {
		twice += x1 * y2 - x2 * y1;
		x1 = x2;
		y1 = y2;
	}
	return twice / 2;
}
