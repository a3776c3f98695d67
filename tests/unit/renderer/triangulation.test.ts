import { describe, expect, test, vi } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Part } from "../../../renderer/parts/map/area-at.ts";
import { cutLand, drawnLand } from "../../../renderer/parts/map/drawn-land.ts";
import {
	flatten,
	type TriangulatedLand,
	triangulate,
} from "../../../renderer/parts/map/triangulation.ts";

const square = (west: number, south: number, side: number) => [
	[west, south],
	[west + side, south],
	[west + side, south + side],
	[west, south + side],
	[west, south],
];
const part = (
	row: number,
	province: number,
	polygon: Part["polygon"],
): Part => ({
	polygon,
	area: {} as AreaRow,
	row,
	province,
});
const parts = [
	// Its ring is left open, as in files of some programs.
	part(4, 35, [square(110, -8, 1).slice(0, 4)]),
	part(7, 36, [square(112, -8, 4), square(113, -7, 1), square(115, -5, 0.5)]),
	part(-1, 36, [square(120, -3, 2)]),
];

/** Square degrees that the triangles of a piece cover. */
function covered({ corners, triangles }: TriangulatedLand, within: number) {
	let sum = 0;
	for (let at = 0; at < triangles.length; at += 3) {
		const [a, b, c] = [0, 1, 2].map((step) => {
			const place = (triangles[at + step] as number) * 3;
			return [corners[place], corners[place + 1]] as [number, number];
		}) as [[number, number], [number, number], [number, number]];
		if (Math.floor(a[0] / 10) * 10 !== within) continue;
		sum +=
			Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) /
			2;
	}
	return sum;
}

describe("land cut into triangles", () => {
	test("covers each piece and leaves its holes out, whatever the number of pieces before it", () => {
		const land = triangulate(flatten(parts));
		expect(covered(land, 110)).toBeCloseTo(1 + 16 - 1 - 0.25, 9);
		expect(covered(land, 120)).toBeCloseTo(4, 9);
	});

	test("keeps corners as exact as the file has them, each with the row and the province of its piece", () => {
		const { length, startIndices, attributes } = drawnLand([
			...parts,
			part(9, 37, [square(106.8271528, -6.1753924, 0.0000001)]),
		]);
		expect(length).toBe(4);
		expect([...startIndices]).toEqual([0, 5, 20, 25, 30]);
		expect([...attributes.getPolygon.value.slice(75, 78)]).toEqual([
			106.8271528, -6.1753924, 0,
		]);
		const keys = attributes.areaKeys.value;
		const keysOf = (corner: number) => [
			...keys.slice(corner * 2, corner * 2 + 2),
		];
		expect([0, 4, 5, 19, 20, 24, 25, 29].map(keysOf)).toEqual([
			[4, 35],
			[4, 35],
			[7, 36],
			[7, 36],
			[-1, 36],
			[-1, 36],
			[9, 37],
			[9, 37],
		]);
	});

	test("is made once for all maps that draw the same pieces", () => {
		expect(drawnLand(parts)).toBe(drawnLand(parts));
	});

	test("is what the other thread cut, where it was cut ahead", async () => {
		const triangles = Uint32Array.from([3, 1, 2]);
		class Thread {
			onmessage: (message: unknown) => void = () => {};
			postMessage({ id, land }: { id: number; land: TriangulatedLand }) {
				this.onmessage({ data: { id, land: { ...land, triangles } } });
			}
		}
		vi.stubGlobal("Worker", Thread);
		const ahead = [part(1, 11, [square(95, 4, 1)])];
		await cutLand(ahead);
		vi.unstubAllGlobals();
		expect(drawnLand(ahead).attributes.indices.value).toBe(triangles);
	});
});
