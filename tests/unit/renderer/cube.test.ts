import { describe, expect, test } from "vitest";
import type { CubeHeader } from "../../../core/api/figures.ts";
import { MARKS } from "../../../core/series/mark.ts";
import {
	texelsOf,
	ValueTextures,
} from "../../../renderer/parts/map/value-textures.ts";
import { decodeCube, valueAt } from "../../../renderer/state/cube.ts";
import { valuesOn } from "../../../renderer/state/values-on.ts";

const header = {
	indicator: "confirmed",
	measure: "total",
	level: "regency",
	firstDay: 100,
	days: 9,
	areas: 2,
	seq: 1,
	pending: [],
} satisfies CubeHeader;

function body(): ArrayBuffer {
	const values = [
		[0, 1, 2, 3, 4, 5, 6, 7, Number.NaN],
		[10, 11, 12, 13, 14, 15, 16, 25, 18],
	].flat();
	const buffer = new ArrayBuffer(18 * 10);
	new Float64Array(buffer, 0, 18).set(values);
	new Uint16Array(buffer, 144)[8] = MARKS.silent;
	return buffer;
}

describe("a cube", () => {
	const cube = decodeCube(header, body());

	test("answers by area and day, and null where nothing was reported: never zero", () => {
		expect(valueAt(cube, 0, 100)).toBe(0);
		expect(valueAt(cube, 0, 108)).toBeNull();
		expect(cube.marks[8]).toBe(MARKS.silent);
		expect(valueAt(cube, 1, 108)).toBe(18);
	});

	test("does not read the next area's first day as this area's last", () => {
		expect(valueAt(cube, 0, 109)).toBeNull();
		expect(valueAt(cube, 1, 99)).toBeNull();
		expect(valueAt(cube, 2, 100)).toBeNull();
		expect(valueAt(cube, -1, 100)).toBeNull();
	});

	test("gives the values of all areas on a day as one by one, whichever days were asked for before", () => {
		const days = 70;
		const long = decodeCube(
			{ ...header, days },
			new ArrayBuffer(2 * days * 10),
		);
		for (let at = 0; at < long.values.length; at++)
			long.values[at] = at % 5 === 0 ? Number.NaN : at;
		for (const day of [100, 169, 131, 132, 100, 165, 133])
			expect(
				[...(valuesOn(long, day) ?? [])].map((value) =>
					Number.isNaN(value) ? null : value,
				),
			).toEqual([0, 1].map((row) => valueAt(long, row, day)));
		expect([99, 170].map((day) => valuesOn(long, day))).toEqual([null, null]);
	});

	test("cut short is refused, not drawn", () => {
		expect(() => decodeCube(header, body().slice(0, 80))).toThrow(
			/expected 180 bytes, found 80/,
		);
	});

	test("becomes a texture of one row a day, where 'not reported' is told apart from zero", () => {
		const texels = texelsOf(cube, [1, 0, -1]);
		expect([...texels.slice(0, 3)]).toEqual([10, 0, Math.fround(-1e30)]);
		expect([...texels.slice(24, 27)]).toEqual([
			18,
			Math.fround(-1e30),
			Math.fround(-1e30),
		]);
	});

	test("goes to the graphics card once: another class, colour or scale is a small texture, other values are a new one", () => {
		const made: { format: string; destroyed: boolean }[] = [];
		const device = {
			createTexture: ({ format }: { format: string }) => {
				const texture = {
					format,
					destroyed: false,
					destroy() {
						texture.destroyed = true;
					},
				};
				made.push(texture);
				return texture;
			},
		} as unknown as ConstructorParameters<typeof ValueTextures>[0];
		const textures = new ValueTextures(device);
		const first = {
			cube,
			columnOf: [0, 1],
			bounds: [1, 5],
			colours: [
				[1, 2, 3],
				[4, 5, 6],
			] as const,
		};
		textures.of(first);
		const large = () => made.filter(({ format }) => format === "r32float");
		// A class alone; the same answer by another scale; the same for another room.
		textures.of({
			...first,
			colours: [
				[0, 0, 0],
				[4, 5, 6],
			],
		});
		textures.of({
			...first,
			cube: decodeCube(header, body()),
			bounds: [2, 3],
		});
		expect(large()).toHaveLength(1);
		expect(large()[0]?.destroyed).toBe(false);
		const other = body();
		new Float64Array(other, 0, 1)[0] = 4;
		textures.of({ ...first, cube: decodeCube(header, other) });
		textures.of({ ...first, columnOf: [1, 0] });
		expect(large()).toHaveLength(3);
		expect(made.filter(({ destroyed }) => !destroyed)).toHaveLength(2);
		textures.destroy();
		expect(made.every(({ destroyed }) => destroyed)).toBe(true);
	});
});
