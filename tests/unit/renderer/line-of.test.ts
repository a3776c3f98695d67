import { expect, test } from "vitest";
import { lineOf } from "../../../renderer/screens/sebaran/line-of.ts";

test("the line of a figure is broken where there is none, and a day alone is a point", () => {
	expect(lineOf([0, 5, 10, null, 4, null, 2, 1])).toBe(
		"M0 1.0000L1 0.5000L2 0.0000M4 0.6000h0M6 0.8000L7 0.9000",
	);
	expect(lineOf([null, null])).toBe("");
	// Below zero the line goes below where zero is.
	expect(lineOf([-1, 1])).toBe("M0 1.0000L1 0.0000");
});
