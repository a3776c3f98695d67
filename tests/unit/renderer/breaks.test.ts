import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COUNTED_INDICATORS } from "../../../core/series/indicator.ts";
import {
	classBreaks,
	classesOf,
	classOf,
	STEPS,
} from "../../../core/statistics/classes.ts";
import { SCALES } from "../../../core/statistics/scale.ts";
import { classColours } from "../../../renderer/parts/map/class-colours.ts";
import { differenceColours } from "../../../renderer/parts/map/difference-colouring.ts";
import {
	MAP_COLOURS,
	paletteOf,
	type Rgb,
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
						if (at > 0) expect(bound).toBeGreaterThan(bounds[at - 1]);
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

	test("by whatever scale rise strictly, are at most seven, and the lowest is no higher than the lowest value", () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 300 }),
				fc.constantFrom(...SCALES.filter((scale) => scale !== "fixed")),
				(values, scale) => {
					const { bounds, values: resting } = classesOf(
						scale,
						Float64Array.from(values),
						true,
					);
					const above = values.filter((value) => value > 0);
					expect(resting).toBe(above.length);
					expect(bounds.length).toBeLessThanOrEqual(STEPS);
					expect(bounds.length > 0).toBe(above.length > 0);
					bounds.forEach((bound, at) => {
						if (at > 0) expect(bound).toBeGreaterThan(bounds[at - 1] ?? 0);
					});
					if (above.length > 0 && scale !== "log")
						expect(bounds[0]).toBe(Math.min(...above));
				},
			),
		);
	});

	test("fall into the gaps of the values by natural breaks, hold as many values each by quantiles, and are as wide each by the linear scale", () => {
		const groups = [1, 40, 200, 900, 3_000, 7_000, 20_000];
		const values = Float64Array.from(
			groups.flatMap((group) => [group, group + 1, group + 2]),
		);
		expect(classesOf("jenks", values, true).bounds).toEqual(groups);
		const even = Float64Array.from({ length: 700 }, (_, at) => at + 1);
		expect(classesOf("quantile", even, true).bounds).toEqual([
			1, 101, 201, 301, 401, 501, 601,
		]);
		expect(classesOf("linear", even, true).bounds).toEqual([
			1, 99, 198, 297, 397, 496, 595,
		]);
		expect(classesOf("fixed", even, false, [1, 20, 50, 150]).bounds).toEqual([
			1, 20, 50, 150,
		]);
	});

	test("of large counts have three digits, and begin no higher than their lowest value", () => {
		const groups = [1_234, 45_678, 234_567, 1_987_654];
		const values = Float64Array.from(
			groups.flatMap((group) => [group, group + 1, group + 2]),
		);
		expect(classesOf("jenks", values, true, [], 4).bounds).toEqual([
			1_234, 45_600, 234_000, 1_980_000,
		]);
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

	const apart = (a: Rgb, b: Rgb) => Math.hypot(...a.map((c, at) => c - b[at]));

	/** What a person with a common kind of colour vision sees (Viénot, Brettel and Mollon 1999, on linear light). */
	const KINDS: Record<string, (colour: Rgb) => Rgb> = {
		everybody: (colour) => colour,
		protan: seenBy(
			[0.1124, 0.8876, 0],
			[0.1124, 0.8876, 0],
			[0.004, -0.004, 1],
		),
		deutan: seenBy(
			[0.2928, 0.7072, 0],
			[0.2928, 0.7072, 0],
			[-0.0223, 0.0223, 1],
		),
	};
	function seenBy(...rows: Rgb[]): (colour: Rgb) => Rgb {
		return (colour) => {
			const linear = colour.map((c) => (c / 255) ** 2.2);
			return rows.map((row) => {
				const sum = row.reduce(
					(all, of, at) => all + of * (linear[at] ?? 0),
					0,
				);
				return Math.max(0, Math.min(1, sum)) ** (1 / 2.2) * 255;
			}) as unknown as Rgb;
		};
	}

	for (const [room, colours] of Object.entries(MAP_COLOURS)) {
		const stronger = (a: Rgb, b: Rgb) =>
			room === "dark"
				? lightness(a) / lightness(b)
				: lightness(b) / lightness(a);

		test.each(COUNTED_INDICATORS.map((entry) => entry.key))(
			`of %s in a ${room} room stand out more and more from the ground, so that they are told apart without hue`,
			(key) => {
				for (const seen of Object.values(KINDS)) {
					const all = paletteOf(key, colours).map(seen);
					expect(all).toHaveLength(STEPS);
					for (let at = 1; at < all.length; at++)
						expect(
							stronger(all[at] as Rgb, all[at - 1] as Rgb),
						).toBeGreaterThan(1.12);
					expect(apart(seen(colours.zero), all[0] as Rgb)).toBeGreaterThan(25);
				}
			},
		);

		test(`of a difference in a ${room} room stand out more the greater it is, and a fall is no rise for any common kind of colour vision`, () => {
			for (const seen of Object.values(KINDS)) {
				const all = differenceColours(4, colours).map(seen);
				const [falls, rises] = [all.slice(0, 4).reverse(), all.slice(4)];
				for (const side of [falls, rises])
					for (let at = 1; at < side.length; at++)
						expect(
							stronger(side[at] as Rgb, side[at - 1] as Rgb),
						).toBeGreaterThan(1.12);
				falls.forEach((fall, step) => {
					expect(apart(fall, rises[step] as Rgb)).toBeGreaterThan(60);
					for (const [side, plain] of [
						[fall, seen(colours.zero)],
						[rises[step] as Rgb, seen(colours.zero)],
					] as const)
						expect(apart(side, plain)).toBeGreaterThan(25);
				});
			}
		});

		test(`for 'no report' in a ${room} room are two greys apart that no palette, no zero and no sea has`, () => {
			const [one, other] = colours.noData;
			expect(lightness(one) / lightness(other)).not.toBeCloseTo(1, 0);
			for (const grey of colours.noData)
				expect(saturation(grey)).toBeLessThan(0.1);
			for (const { key } of COUNTED_INDICATORS)
				for (const colour of paletteOf(key, colours).slice(0, 6))
					expect(saturation(colour)).toBeGreaterThan(0.2);
			for (const plain of [colours.zero, colours.sea])
				for (const grey of colours.noData)
					expect(apart(plain, grey)).toBeGreaterThan(20);
			// Land is told from sea by more than its border.
			expect(
				Math.max(
					lightness(colours.zero) / lightness(colours.sea),
					lightness(colours.sea) / lightness(colours.zero),
				),
			).toBeGreaterThan(1.3);
		});

		test(`reach the strongest in a ${room} room however few classes there are`, () => {
			for (let count = 1; count <= STEPS; count++) {
				const made = classColours("confirmed", count, colours);
				expect(made).toHaveLength(count);
				expect(made.at(-1)).toEqual(paletteOf("confirmed", colours).at(-1));
				expect(new Set(made.map(String)).size).toBe(count);
			}
		});
	}
});
