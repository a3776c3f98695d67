import fc from "fast-check";
import { expect, test } from "vitest";
import { greatCircle } from "../../../core/areas/great-circle.ts";
import { hexagonsOver } from "../../../core/areas/hexagons.ts";

test("cells are as wide as they are asked for, a corner to the north", () => {
	const [cell] = hexagonsOver([{ lng: 0, lat: 0 }], 60);
	const corners = cell?.corners ?? [];
	const lngs = corners.map(([lng]) => lng);
	const width = greatCircle(
		{ lng: Math.min(...lngs), lat: 0 },
		{ lng: Math.max(...lngs), lat: 0 },
	);
	// The projection has the earth's radius at the equator, distances its mean one.
	expect(width).toBeCloseTo((60 * 6371.0088) / 6378.137, 3);
	expect(Math.max(...corners.map(([, lat]) => lat))).toBeCloseTo(
		(60 / Math.sqrt(3) / 6378.137) * (180 / Math.PI),
		3,
	);
});

test("each seat lies in one cell, the one whose middle is nearest; a place that is not known in none; the order of the areas changes none", () => {
	const seat = fc.record({
		lng: fc.double({ min: 95, max: 141, noNaN: true }),
		lat: fc.double({ min: -11, max: 6, noNaN: true }),
	});
	fc.assert(
		fc.property(fc.array(seat, { maxLength: 40 }), (seats) => {
			const cells = hexagonsOver([...seats, { lng: null, lat: null }], 120);
			expect(cells.flatMap(({ areas }) => areas)).toHaveLength(seats.length);
			const again = hexagonsOver([...seats].reverse(), 120);
			expect(again.map(({ lng, lat }) => [lng, lat])).toEqual(
				cells.map(({ lng, lat }) => [lng, lat]),
			);
			for (const { areas, ...middle } of cells)
				for (const area of areas) {
					const own = greatCircle(area as { lng: number; lat: number }, middle);
					// The corner is 120 / sqrt 3 km away; Mercator draws 2 % larger far from the equator.
					expect(own).toBeLessThan(70);
					for (const other of cells)
						expect(own).toBeLessThan(
							greatCircle(area as { lng: number; lat: number }, other) + 2.5,
						);
				}
		}),
	);
});
