import { expect, test } from "vitest";
import {
	areasInClasses,
	classKeyFrom,
} from "../../../renderer/parts/map/class-legend.tsx";
import { faded } from "../../../renderer/parts/map/faded.ts";
import { MAP_COLOURS } from "../../../renderer/parts/map/palettes.ts";
import type { Colouring } from "../../../renderer/parts/map/situation-map.ts";

/** Four areas on two days: 5 and 6, 0 and 30, not reported and 1, not asked for. */
const colouring: Colouring = {
	cube: {
		header: {
			indicator: "confirmed",
			level: "regency",
			firstDay: 100,
			days: 2,
			areas: 4,
			seq: 1,
			pending: [],
		},
		values: Float64Array.from([5, 6, 0, 30, Number.NaN, 1, 9, 9]),
		marks: new Uint16Array(8),
	},
	columnOf: [0, 1, 2, 3],
	bounds: [1, 10],
	belowZero: false,
	colours: [
		[10, 20, 30],
		[200, 210, 220],
	],
	ground: MAP_COLOURS.dark,
};

test("each area is counted in one class of its day, who did not report apart from who reports zero", () => {
	const on = (day: number) =>
		Object.fromEntries(areasInClasses(colouring, [0, 1, 2], day));
	expect(on(100)).toEqual({ 0: 1, zero: 1, none: 1 });
	expect(on(101)).toEqual({ 0: 2, 1: 1 });
});

test("of a day before the first or after the last no area is counted as if the nearest day were it", () => {
	for (const day of [99, 102])
		expect([...areasInClasses(colouring, [0, 1, 2], day)]).toEqual([
			["none", 3],
		]);
});

test("a class shown alone keeps its colour, the others fade to colours of their own, and silence stays hatched", () => {
	const one = faded(colouring, 1);
	expect(one.colours[1]).toEqual(colouring.colours[1]);
	expect(one.colours[0]).not.toEqual(colouring.colours[0]);
	expect(one.colours[0]).not.toEqual(one.ground.zero);
	const [stripe, other] = one.ground.noData;
	expect(stripe).not.toEqual(other);
	expect(faded(colouring, "none").ground.noData).toEqual(
		colouring.ground.noData,
	);
	expect(faded(colouring, null)).toBe(colouring);
});

test("an address names a class by its place, zero or no report, and nothing else", () => {
	expect(["0", "6", "zero", "none"].map(classKeyFrom)).toEqual([
		0,
		6,
		"zero",
		"none",
	]);
	expect(["", "x", "12"].map(classKeyFrom)).toEqual([null, null, null]);
});
