import fc from "fast-check";
import { expect, it } from "vitest";
import {
	cubeBuilder,
	cubeKey,
	emptyCubes,
	setCell,
} from "../../../core/feed/cube-table.ts";

const AREAS = [
	{ id: 9, level: 2 },
	{ id: 1, level: 0 },
	{ id: 4, level: 2 },
	{ id: 2, level: 1 },
	{ id: 30, level: 3 },
];

const facts = fc.array(
	fc.record({
		indicator: fc.constantFrom(1, 2, 4, 99),
		area: fc.constantFrom(1, 2, 4, 9, 30, 77),
		day: fc.integer({ min: 18_000, max: 18_400 }),
		value: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
		marks: fc.integer({ min: 0, max: 63 }),
	}),
	{ maxLength: 60 },
);

it("holds each fact at its area and day, whatever the order in which days come", () => {
	fc.assert(
		fc.property(facts, (list) => {
			const cubes = emptyCubes(AREAS);
			const expected = new Map<string, [number | null, number]>();
			for (const { indicator, area, day, value, marks } of list) {
				setCell(cubes, indicator, area, day, value, marks);
				expected.set(`${indicator} ${area} ${day}`, [value, marks]);
			}
			let held = 0;
			for (const [cell, [value, marks]] of expected) {
				const [indicator, area, day] = cell.split(" ").map(Number);
				const place = cubes.place.get(area);
				const cube = place && cubes.cubes.get(cubeKey(indicator, place.level));
				if (!place || !cube) continue;
				const at = place.index * cubes.days + day - cubes.firstDay;
				expect(cube.value[at]).toBe(value ?? Number.NaN);
				expect(cube.marks[at]).toBe(marks);
				if (value !== null) held++;
			}
			let reported = 0;
			for (const { value } of cubes.cubes.values())
				for (const cell of value) if (!Number.isNaN(cell)) reported++;
			expect(reported).toBe(held);
		}),
	);
});

it("is the same built at once or fact by fact", () => {
	fc.assert(
		fc.property(facts, (list) => {
			const one = emptyCubes(AREAS);
			const all = cubeBuilder(AREAS);
			for (const { indicator, area, day, value, marks } of list) {
				setCell(one, indicator, area, day, value, marks);
				all.add(indicator, area, day, value, marks);
			}
			const other = all.finish();
			expect([other.firstDay, other.days]).toEqual([one.firstDay, one.days]);
			expect(other.cubes).toEqual(one.cubes);
		}),
	);
});

it("orders areas by id within their level and leaves out districts", () => {
	const { place } = emptyCubes(AREAS);
	expect(place.get(4)).toEqual({ level: 2, index: 0 });
	expect(place.get(9)).toEqual({ level: 2, index: 1 });
	expect(place.has(30)).toBe(false);
});
