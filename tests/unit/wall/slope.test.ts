import { expect, test } from "vitest";
import { growth } from "../../fixtures/slope.ts";

test("a count that leaks is found to grow by what it leaks, and one that only goes up and down or jumps once is not", () => {
	const at = Array.from({ length: 40 }, (_, index) => index);
	expect(growth(at.map((one) => 1_000 + 10 * one))).toBeCloseTo(0.326, 2);
	expect(growth(at.map((one) => 1_000 + 100 * Math.sin(one * 2)))).toBeCloseTo(
		0,
		1,
	);
	expect(growth(at.map((one) => (one % 5 === 0 ? 9_000 : 1_000)))).toBe(0);
});
