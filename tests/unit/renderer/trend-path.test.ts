import { expect, test } from "vitest";
import { trendPath } from "../../../renderer/screens/sebaran/trend-path.ts";

test("the trend line of an area is broken where nobody reported, a day alone is a point, and no gap is drawn as a zero", () => {
	const { line, points, days } = trendPath({
		firstDay: 18_300,
		value: [0, 5, null, 10, null, null, 5, 10],
	});
	expect(line).toBe("M0.5 100L1.5 50M6.5 50L7.5 0");
	expect(points).toBe("M3.5 0h0");
	expect(days).toBe(8);
});

test("below zero has its place below the line of zero, and the highest day is the first that has it", () => {
	const { line, highest } = trendPath({ firstDay: 10, value: [-5, 0, 5, 5] });
	expect(line).toBe("M0.5 100L1.5 50L2.5 0L3.5 0");
	expect(highest).toEqual({ day: 12, value: 5 });
});

test("what nobody reported has no line", () => {
	expect(trendPath({ firstDay: 10, value: [null, null] })).toEqual({
		...{ line: "", points: "", days: 2, highest: null },
	});
});
