import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activeCube, type Cube } from "../../../core/series/cube.ts";
import { newCounts } from "../../../core/series/daily.ts";
import { new7, new7per100k, per100k } from "../../../core/series/measure.ts";

const _ = Number.NaN;
const cube = (days: number, value: number[], marks?: number[]): Cube => ({
	firstDay: 0,
	days,
	areas: value.length / days,
	value: Float64Array.from(value),
	marks: Uint16Array.from(marks ?? value.map(() => 0)),
});

describe("active cases", () => {
	test("are confirmed less recovered less deaths, and carry the marks of all three", () => {
		const active = activeCube(
			cube(2, [10, 20], [1, 0]),
			cube(2, [3, 4], [0, 4]),
			cube(2, [1, 2], [2, 0]),
		);
		expect(Array.from(active.value)).toEqual([6, 14]);
		expect(Array.from(active.marks)).toEqual([3, 4]);
	});

	test("are not reported where any of the three is not reported", () => {
		const part = fc.array(fc.option(fc.nat(1000), { nil: _ }), {
			minLength: 12,
			maxLength: 12,
		});
		fc.assert(
			fc.property(part, part, part, (confirmed, recovered, deaths) => {
				const active = activeCube(
					cube(4, confirmed),
					cube(4, recovered),
					cube(4, deaths),
				);
				for (let i = 0; i < 12; i++)
					expect(Number.isNaN(active.value[i])).toBe(
						[confirmed[i], recovered[i], deaths[i]].some(Number.isNaN),
					);
			}),
		);
	});

	test("cubes of different shape are refused", () => {
		expect(() =>
			activeCube(cube(2, [1, 2]), cube(1, [1, 2]), cube(2, [1, 2])),
		).toThrow("1 areas x 2 days from day 0 against 2 areas x 1 days");
	});
});

describe("measures", () => {
	test("a rate needs a value and a population; a missing one gives no rate, not zero", () => {
		const rate = per100k(Float64Array.from([50, _, 50, 0, 5, 5]), [
			200_000,
			null,
			0,
		]);
		expect(Array.from(rate)).toEqual([25, _, _, _, _, _]);
	});

	test("zero reported stays zero", () => {
		expect(Array.from(per100k(Float64Array.from([0]), [1000]))).toEqual([0]);
	});

	test("new over seven days is laid out by area, then day", () => {
		const a = newCounts([0, 1, 2, 3, 4, 5, 6]);
		const b = newCounts([0, 0, 0, 0, 0, 0, 0]);
		expect(Array.from(new7([a, b], 7))).toEqual([
			_,
			_,
			_,
			_,
			_,
			_,
			6,
			_,
			_,
			_,
			_,
			_,
			_,
			0,
		]);
		expect(new7per100k([a, b], 7, [600_000, null])[6]).toBe(1);
		expect(new7per100k([a, b], 7, [600_000, null])[13]).toBeNaN();
	});
});
