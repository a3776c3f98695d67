import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classesOf } from "../../../core/statistics/classes.ts";
import { SCALES } from "../../../core/statistics/scale.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import { colourAt } from "../../../renderer/parts/map/colour-at.ts";
import {
	insetShapes,
	nearestTowards,
} from "../../../renderer/parts/map/inset-shapes.ts";
import {
	bandWriter,
	boundWriter,
} from "../../../renderer/parts/map/legend.tsx";
import { MAP_COLOURS, type Rgb } from "../../../renderer/parts/map/palettes.ts";
import type { Cube } from "../../../renderer/state/cube.ts";
import { mapCountry } from "../../fixtures/map-country.ts";

const { areas, boundaries } = mapCountry();

describe("the inset of Jakarta", () => {
	const { shapes, viewBox } = insetShapes(boundaries, areas, ["31"], "regency");
	const [left, top, width, height] = viewBox.split(" ").map(Number) as [
		number,
		number,
		number,
		number,
	];
	const named = (name: string) => {
		const found = shapes.find(({ area }) => area.name.includes(name));
		if (!found) throw new Error(name);
		return found;
	};

	test("shows all six, and Kepulauan Seribu, far off in the sea, as a square at the edge", () => {
		expect(shapes.map(({ area }) => area.code).sort()).toEqual([
			"31.01",
			"31.71",
			"31.72",
			"31.73",
			"31.74",
			"31.75",
		]);
		for (const { centre, area } of shapes) {
			expect(centre[0], area.name).toBeGreaterThanOrEqual(left);
			expect(centre[0], area.name).toBeLessThanOrEqual(left + width);
			expect(centre[1], area.name).toBeGreaterThanOrEqual(top);
			expect(centre[1], area.name).toBeLessThanOrEqual(top + height);
		}
		expect(named("Seribu").centre[1]).toBeLessThan(named("Utara").centre[1]);
	});

	test("leads from area to area by the arrows", () => {
		expect(
			nearestTowards(shapes, named("Pusat"), [-1, 0])?.area.name,
		).toContain("Barat");
		expect(nearestTowards(shapes, named("Selatan"), [0, 1])).toBeNull();
	});

	test("is one area where provinces are coloured", () => {
		const whole = insetShapes(boundaries, areas, ["31"], "province");
		expect(whole.shapes.map(({ area }) => area.code)).toEqual(["31"]);
	});
});

test("the inset of Java shows its 119 kabupaten/kota, and the arrows come to each", () => {
	const codes = ["31", "32", "33", "34", "35", "36"];
	const { shapes } = insetShapes(boundaries, areas, codes, "regency");
	expect(shapes).toHaveLength(119);
	expect(new Set(shapes.map(({ row }) => row)).size).toBe(119);
	const reached = new Set(shapes.slice(0, 1));
	for (const shape of reached)
		for (const towards of [
			[-1, 0],
			[1, 0],
			[0, -1],
			[0, 1],
		] as const) {
			const next = nearestTowards(shapes, shape, towards);
			if (next) reached.add(next);
		}
	expect(reached.size).toBe(119);
});

test("an inset colours by the classes of the map: nothing reported is no colour, zero is land", () => {
	const [low, high]: Rgb[] = [
		[1, 1, 1],
		[2, 2, 2],
	];
	const colour = colourAt({
		cube: {
			header: { firstDay: 100, days: 2 },
			values: Float64Array.from([Number.NaN, 0, 3, 10]),
		} as unknown as Cube,
		columnOf: [1, 0, -1],
		bounds: [2, 10],
		colours: [low, high] as Rgb[],
		ground: MAP_COLOURS.dark,
	});
	expect(colour(0, 100)).toEqual(low);
	expect(colour(0, 101)).toEqual(high);
	expect(colour(0, 105)).toEqual(high);
	expect(colour(1, 100)).toBeNull();
	expect(colour(1, 101)).toEqual(MAP_COLOURS.dark.zero);
	expect(colour(2, 100)).toBeNull();
});

test("all bounds that a legend names have the digits that the finest of them needs", () => {
	const format = formatFor("id");
	// The lowest class is named "> 0".
	const written = (bounds: number[]) =>
		bounds.slice(1).map(boundWriter(bounds, format));
	expect(written([1, 15, 2000, 15_000])).toEqual(["15", "2.000", "15\u00a0rb"]);
	expect(written([0.3, 1, 15])).toEqual(["1", "15"]);
	expect(written([0.15, 0.7, 2, 15])).toEqual(["0,7", "2,0", "15,0"]);
	expect(written([0.07, 0.15, 7, 50])).toEqual(["0,15", "7,00", "50,00"]);
	expect(written([0.005, 0.012, 0.1])).toEqual(["0,012", "0,1"]);
	expect(boundWriter([0.7], format)(0.7)).toBe("0,7");
});

test("a legend names the bounds that are used, whatever the scale: read back, each is the same number", () => {
	const format = formatFor("id");
	const read = (text: string) => {
		const [, number = "", thousands] =
			/^([\d.,]+)\s?(rb|jt)?$/.exec(text) ?? [];
		const whole = Number(number.replaceAll(".", "").replace(",", "."));
		return whole * (thousands === "jt" ? 1e6 : thousands === "rb" ? 1e3 : 1);
	};
	fc.assert(
		fc.property(
			fc.array(fc.double({ min: 0.001, max: 5e6, noNaN: true }), {
				minLength: 8,
				maxLength: 200,
			}),
			fc.constantFrom(...SCALES.filter((scale) => scale !== "fixed")),
			fc.boolean(),
			(values, scale, whole) => {
				const { bounds } = classesOf(
					scale,
					Float64Array.from(values, (value) =>
						whole ? Math.ceil(value) : value,
					),
					whole,
				);
				for (const write of [
					boundWriter(bounds, format),
					bandWriter(bounds, format),
				])
					for (const bound of bounds.slice(1))
						expect(read(write(bound))).toBeCloseTo(bound, 6);
			},
		),
	);
});
