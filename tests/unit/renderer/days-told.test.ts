import { expect, test } from "vitest";
import {
	daysTold,
	nearestTold,
} from "../../../renderer/screens/sebaran/days-told.ts";

const cube = {
	header: { days: 4 },
	values: Float64Array.from([
		Number.NaN,
		0,
		Number.NaN,
		Number.NaN,
		5,
		Number.NaN,
		Number.NaN,
		Number.NaN,
	]),
} as never;

test("a day is told when any of the areas that are looked at has a value, zero too, and no other area counts", () => {
	expect([...daysTold(cube, [0, 1])]).toEqual([1, 1, 0, 0]);
	expect([...daysTold(cube, [0])]).toEqual([0, 1, 0, 0]);
	expect([...daysTold(cube, [])]).toEqual([0, 0, 0, 0]);
});

test("who stands on a day that nothing is told of is led to the last one before, else to the first after, and nowhere where there is none", () => {
	const told = daysTold(cube, [0]);
	expect(nearestTold(told, 3)).toBe(1);
	expect(nearestTold(told, 99)).toBe(1);
	expect(nearestTold(told, 0)).toBe(1);
	expect(nearestTold(told, -5)).toBe(1);
	expect(nearestTold(new Uint8Array(4), 2)).toBeNull();
});
