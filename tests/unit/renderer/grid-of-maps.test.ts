import fc from "fast-check";
import { expect, test } from "vitest";
import {
	cellByKey,
	gridOfMaps,
} from "../../../renderer/parts/map/grid-of-maps.ts";
import { overlaps } from "../../../renderer/parts/map/land-raster.ts";

const room = fc.record({
	count: fc.integer({ min: 1, max: 40 }),
	width: fc.integer({ min: 300, max: 4_000 }),
	height: fc.integer({ min: 200, max: 2_200 }),
	shape: fc.double({ min: 0.4, max: 3, noNaN: true }),
});
const AS = { title: 20, gap: 5 };

test("however many maps and however large the room: none lies over another or out of it, and each has its title above it", () => {
	fc.assert(
		fc.property(room, ({ count, width, height, shape }) => {
			const { cells, columns, rows } = gridOfMaps(count, width, height, {
				...AS,
				shape,
			});
			expect(cells).toHaveLength(count);
			expect(columns * rows).toBeGreaterThanOrEqual(count);
			cells.forEach(({ whole, map }, at) => {
				expect(whole.left).toBeGreaterThanOrEqual(0);
				expect(whole.right).toBeLessThanOrEqual(width + 1e-6);
				expect(whole.bottom).toBeLessThanOrEqual(height + 1e-6);
				expect(map.top - whole.top).toBeLessThanOrEqual(AS.title + 1e-6);
				expect(map.bottom).toBe(whole.bottom);
				for (const other of cells.slice(at + 1))
					expect(overlaps(whole, other.whole, -1e-6)).toBe(false);
			});
		}),
	);
});

test("34 maps of provinces fill a wide room in more than one row, a single one takes all of it", () => {
	const many = gridOfMaps(34, 1_300, 480, { ...AS, shape: 1.3 });
	expect(many.rows).toBeGreaterThan(2);
	expect(many.columns).toBeGreaterThan(many.rows);
	expect(gridOfMaps(1, 800, 600, { ...AS, shape: 2 }).cells[0]?.whole).toEqual({
		left: 0,
		top: 0,
		right: 800,
		bottom: 600,
	});
});

test("keys go from map to map and stay within them; other keys are left to others", () => {
	const grid = gridOfMaps(7, 900, 900, { ...AS, shape: 1 });
	expect(grid.columns).toBe(3);
	expect(cellByKey("ArrowRight", 0, grid)).toBe(1);
	expect(cellByKey("ArrowLeft", 0, grid)).toBe(0);
	expect(cellByKey("ArrowDown", 1, grid)).toBe(4);
	expect(cellByKey("ArrowDown", 5, grid)).toBe(5);
	expect(cellByKey("ArrowUp", 6, grid)).toBe(3);
	expect(cellByKey("End", 2, grid)).toBe(6);
	expect(cellByKey("Home", 2, grid)).toBe(0);
	expect(cellByKey(" ", 2, grid)).toBeNull();
});
