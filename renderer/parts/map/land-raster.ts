import type { Part } from "./area-at.ts";
import { type Point, toMercator } from "./mercator.ts";

/** A rectangle, in whatever unit its user measures. */
export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

export function overlaps(a: Box, b: Box, gap = 0): boolean {
	return (
		a.left < b.right + gap &&
		a.right > b.left - gap &&
		a.top < b.bottom + gap &&
		a.bottom > b.top - gap
	);
}

/** Where the land of whom lies, in square cells of the projection: coarse, and quick to ask. */
export interface LandRaster {
	/** In units of the projection (mercator). */
	readonly box: Box;
	readonly cell: number;
	readonly columns: number;
	readonly rows: number;
	/** Of each cell, row by row, the id of its kabupaten/kota, or what else it was asked for; 0 at sea. */
	readonly owner: Int32Array;
}

/** A piece of land, whoever's it is. */
type Land = Pick<Part, "polygon">;

/** The rings of each piece in the projection, x, y, x, y: worked out once. */
const projected = new WeakMap<Land, readonly Float64Array[]>();

function ringsOf(part: Land): readonly Float64Array[] {
	const known = projected.get(part);
	if (known) return known;
	const made = part.polygon.map((ring) => {
		const corners = new Float64Array(ring.length * 2);
		ring.forEach((position, at) => {
			corners.set(toMercator(...(position as [number, number])), at * 2);
		});
		return corners;
	});
	projected.set(part, made);
	return made;
}

/** The box around some parts, in units of the projection. */
export function boxOf(parts: readonly Land[]): Box {
	const box = { left: 1, top: 1, right: 0, bottom: 0 };
	for (const part of parts) {
		const outer = ringsOf(part)[0] ?? [];
		for (let at = 0; at < outer.length; at += 2) {
			const x = outer[at];
			const y = outer[at + 1];
			if (x < box.left) box.left = x;
			if (x > box.right) box.right = x;
			if (y < box.top) box.top = y;
			if (y > box.bottom) box.bottom = y;
		}
	}
	return box;
}

/**
 * Lays cells over a part of the map.
 * @param box what is looked at, in units of the projection.
 * @param across how many cells over its longer side.
 * @param numberOf what a cell of a piece of land says, not 0; the id of its kabupaten/kota.
 * An island smaller than a cell has the cell of its first corner, so that none is overlooked.
 */
export function landRaster(
	parts: readonly Part[],
	box: Box,
	across: number,
	numberOf: (part: Part, index: number) => number = ({ area }) => area.id,
): LandRaster {
	return rasterOf(parts, box, across, numberOf);
}

/** The same of land of which is known only where it lies. */
export function rasterOf<Of extends Land>(
	parts: readonly Of[],
	box: Box,
	across: number,
	numberOf: (part: Of, index: number) => number,
): LandRaster {
	const cell =
		Math.max(box.right - box.left, box.bottom - box.top, 1e-9) / across;
	const columns = Math.max(1, Math.ceil((box.right - box.left) / cell));
	const rows = Math.max(1, Math.ceil((box.bottom - box.top) / cell));
	const owner = new Int32Array(columns * rows);
	for (const [index, part] of parts.entries()) {
		const number = numberOf(part, index);
		const around = boxOf([part]);
		if (!overlaps(around, box)) continue;
		const rings = ringsOf(part);
		const first = Math.max(0, Math.floor((around.top - box.top) / cell));
		const last = Math.min(
			rows - 1,
			Math.floor((around.bottom - box.top) / cell),
		);
		for (let row = first; row <= last; row++)
			fillRow(owner, row, columns, rings, box, cell, number);
		const [x, y] = rings[0] as unknown as [number, number];
		const column = Math.floor((x - box.left) / cell);
		const row = Math.floor((y - box.top) / cell);
		if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
		const corner = row * columns + column;
		if (owner[corner] === 0) owner[corner] = number;
	}
	return { box, cell, columns, rows, owner };
}

/** Fills what lies between the crossings of the middle of a row, by the even-odd rule. */
function fillRow(
	owner: Int32Array,
	row: number,
	columns: number,
	rings: readonly Float64Array[],
	box: Box,
	cell: number,
	number: number,
): void {
	const middle = box.top + (row + 0.5) * cell;
	const crossings: number[] = [];
	for (const ring of rings) {
		let x1 = ring[ring.length - 2];
		let y1 = ring[ring.length - 1];
		for (let at = 0; at < ring.length; at += 2) {
			const x2 = ring[at];
			const y2 = ring[at + 1];
			if (y1 > middle !== y2 > middle)
				crossings.push(x1 + ((middle - y1) * (x2 - x1)) / (y2 - y1));
			x1 = x2;
			y1 = y2;
		}
	}
	crossings.sort((a, b) => a - b);
	for (let at = 0; at + 1 < crossings.length; at += 2) {
		const column = (x: number) => (x - box.left) / cell - 0.5;
		const from = Math.max(0, Math.ceil(column(crossings[at])));
		const to = Math.min(columns - 1, Math.floor(column(crossings[at + 1])));
		owner.fill(
			number,
			row * columns + from,
			row * columns + Math.max(from, to + 1),
		);
	}
}

/**
 * The place deepest inside the land of each group of kabupaten/kota (those of a province, say): where its name stands best.
 * @param groupOf the group of a kabupaten/kota by its id; null leaves it out.
 * @returns by group, in units of the projection.
 */
export function innerPoints(
	raster: LandRaster,
	groupOf: (id: number) => number | null,
): Map<number, Point> {
	const { columns, rows, owner, cell, box } = raster;
	const known = new Map<number, number>([[0, 0]]);
	const group = Int32Array.from(owner, (id) => {
		const found = known.get(id);
		if (found !== undefined) return found;
		const made = groupOf(id) ?? 0;
		known.set(id, made);
		return made;
	});
	// Steps to the nearest cell of somebody else, in two passes over the raster (chamfer distance).
	const depth = new Float32Array(group.length);
	const near = (at: number, dx: number, dy: number): number => {
		const x = (at % columns) + dx;
		const y = Math.floor(at / columns) + dy;
		if (x < 0 || y < 0 || x >= columns || y >= rows) return 1;
		const other = y * columns + x;
		if (group[other] !== group[at]) return 1;
		return depth[other] + (dx !== 0 && dy !== 0 ? Math.SQRT2 : 1);
	};
	for (let at = 0; at < group.length; at++)
		if (group[at] !== 0)
			depth[at] = Math.min(
				near(at, -1, 0),
				near(at, -1, -1),
				near(at, 0, -1),
				near(at, 1, -1),
			);
	const deepest = new Map<number, number>();
	for (let at = group.length - 1; at >= 0; at--) {
		const whose = group[at];
		if (whose === 0) continue;
		depth[at] = Math.min(
			depth[at],
			near(at, 1, 0),
			near(at, 1, 1),
			near(at, 0, 1),
			near(at, -1, 1),
		);
		const best = deepest.get(whose);
		if (best === undefined || depth[at] > depth[best]) deepest.set(whose, at);
	}
	return new Map(
		[...deepest].map(([whose, at]) => [
			whose,
			[
				box.left + ((at % columns) + 0.5) * cell,
				box.top + (Math.floor(at / columns) + 0.5) * cell,
			],
		]),
	);
}
