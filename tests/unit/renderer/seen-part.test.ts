import fc from "fast-check";
import { expect, test } from "vitest";
import { movedBy, toMercator } from "../../../renderer/parts/map/mercator.ts";
import { middleOf, seenPart } from "../../../renderer/parts/map/seen-part.ts";

test("of a map that several displays draw, each its part, a place stands where the whole map has it", () => {
	fc.assert(
		fc.property(
			fc.double({ min: 95, max: 141, noNaN: true }),
			fc.double({ min: -11, max: 6, noNaN: true }),
			fc.double({ min: 3, max: 9, noNaN: true }),
			fc.integer({ min: 0, max: 3_000 }),
			fc.integer({ min: 0, max: 2_000 }),
			(lng, lat, zoom, left, top) => {
				const box = { width: 3_880, height: 2_200 };
				const part = { left, top, width: 880, height: 200 };
				const world = 512 * 2 ** zoom;
				/** Where a place lies in a picture whose middle another place is. */
				const place = (
					middle: readonly [number, number],
					size: { width: number; height: number },
				) => {
					const [x, y] = toMercator(lng, lat);
					const [east, south] = toMercator(...middle);
					return [
						(x - east) * world + size.width / 2,
						(y - south) * world + size.height / 2,
					] as const;
				};
				const camera = [118, -2] as const;
				const [x, y] = place(camera, box);
				const own = movedBy(camera, zoom, ...middleOf(part, box));
				const [ownX, ownY] = place(own, part);
				expect(ownX + left).toBeCloseTo(x, 3);
				expect(ownY + top).toBeCloseTo(y, 3);
			},
		),
	);
});

test("a map of a wall is drawn where it lies in the window, with a margin, and never with nothing", () => {
	const screen = { width: 800, height: 450 };
	const box = { left: -810, top: -10, width: 1_610, height: 900 };
	expect(seenPart(box, screen)).toEqual({
		...{ left: 786, top: 0, width: 824, height: 484 },
	});
	expect(seenPart({ ...box, left: 900 }, screen).width).toBe(1);
	expect(seenPart({ ...box, left: -3_000 }, screen)).toMatchObject({
		...{ left: 1_609, width: 1 },
	});
});
