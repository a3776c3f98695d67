import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INDICATORS } from "../../../core/series/indicator.ts";
import { classBreaks, classOf } from "../../../renderer/parts/map/breaks.ts";
import { classColours } from "../../../renderer/parts/map/class-colours.ts";
import {
	NO_DATA,
	paletteOf,
	type Rgb,
	STEPS,
	ZERO,
} from "../../../renderer/parts/map/palettes.ts";

describe("the classes of a map", () => {
	test("rise strictly, are whole for counts, and are at most seven", () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 5_000_000 }), { maxLength: 400 }),
				(values) => {
					const bounds = classBreaks(Float64Array.from(values), true);
					expect(bounds.length).toBeLessThanOrEqual(STEPS);
					for (const [at, bound] of bounds.entries()) {
						expect(Number.isInteger(bound)).toBe(true);
						if (at > 0) expect(bound).toBeGreaterThan(bounds[at - 1] as number);
					}
					if (values.some((value) => value > 0))
						expect(bounds.length).toBeGreaterThan(0);
				},
			),
		);
	});

	test("leave out zeros and silence: they do not make the low classes", () => {
		const few = Float64Array.from([1, 10, 100, 1000]);
		const silent = Float64Array.from([
			...few,
			...new Array(1000).fill(0),
			...new Array(1000).fill(Number.NaN),
		]);
		expect(classBreaks(silent, true)).toEqual(classBreaks(few, true));
		expect(classBreaks(Float64Array.from([0, Number.NaN]), true)).toEqual([]);
	});

	test("are numbers one can read aloud", () => {
		const values = Float64Array.from({ length: 5000 }, (_, at) => 1.0017 ** at);
		for (const bound of classBreaks(values, true)) {
			const digits = String(bound).replace(/0+$/, "");
			expect(digits.length).toBeLessThanOrEqual(2);
		}
	});

	test("take each value once", () => {
		const bounds = [1, 5, 20];
		expect(
			[0.2, 1, 4.9, 5, 19, 20, 900].map((v) => classOf(v, bounds)),
		).toEqual([0, 0, 0, 1, 1, 2, 2]);
	});
});

describe("the colours of a map", () => {
	const lightness = ([red, green, blue]: Rgb) => {
		const linear = [red, green, blue].map((c) => (c / 255) ** 2.2) as [
			number,
			number,
			number,
		];
		return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
	};
	const saturation = (colour: Rgb) =>
		(Math.max(...colour) - Math.min(...colour)) / Math.max(...colour);

	test.each(INDICATORS.map((entry) => entry.key))(
		"of %s grow steadily lighter, so that they are told apart without hue",
		(key) => {
			const colours = paletteOf(key);
			expect(colours).toHaveLength(STEPS);
			for (let at = 1; at < colours.length; at++)
				expect(lightness(colours[at] as Rgb)).toBeGreaterThan(
					lightness(colours[at - 1] as Rgb) * 1.15,
				);
		},
	);

	test("for 'no report' are greys that no palette and no zero has", () => {
		for (const grey of NO_DATA) expect(saturation(grey)).toBeLessThan(0.1);
		for (const { key } of INDICATORS)
			for (const colour of paletteOf(key).slice(0, 6))
				expect(saturation(colour)).toBeGreaterThan(0.3);
		expect(saturation(ZERO)).toBeGreaterThan(0.3);
	});

	test("reach the brightest however few classes there are", () => {
		for (let count = 1; count <= STEPS; count++) {
			const colours = classColours("confirmed", count);
			expect(colours).toHaveLength(count);
			expect(colours.at(-1)).toEqual(paletteOf("confirmed").at(-1));
			expect(new Set(colours.map(String)).size).toBe(count);
		}
	});
});
