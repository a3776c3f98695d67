import { expect, test } from "vitest";
import { isConflict, toleranceOf } from "../../../core/quality/tolerance.ts";

const differ = (indicator: "confirmed" | "deaths", a: number, b: number) =>
	isConflict(Math.min(a, b), Math.max(a, b), toleranceOf(indicator));

test("what East Java and the national portal said on 12 April 2020 is a conflict", () => {
	expect(differ("confirmed", 386, 337)).toBe(true);
	expect(differ("deaths", 29, 24)).toBe(true);
});

test("sources that close at other hours of the day are none, small or large", () => {
	expect(differ("confirmed", 14, 18)).toBe(false);
	expect(differ("confirmed", 50_000, 50_600)).toBe(false);
	expect(differ("deaths", 2, 3)).toBe(false);
	expect(differ("deaths", 1_000, 1_019)).toBe(false);
});

test("a gap has to pass both bounds", () => {
	expect(differ("confirmed", 1_000, 1_021)).toBe(true);
	expect(differ("confirmed", 1_000, 1_020)).toBe(false);
	expect(differ("confirmed", 10, 15)).toBe(false);
	expect(differ("confirmed", 10, 16)).toBe(true);
});
