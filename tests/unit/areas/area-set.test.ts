import fc from "fast-check";
import { expect, test } from "vitest";
import { areasFromText, textOfAreas } from "../../../core/areas/area-set.ts";

const two = fc
	.integer({ min: 1, max: 99 })
	.map((n) => String(n).padStart(2, "0"));
const province = fc.integer({ min: 11, max: 96 }).map(String);
const ofOneLevel = fc.oneof(
	fc.array(province),
	fc.array(fc.tuple(province, two).map((parts) => parts.join("."))),
	fc.array(fc.tuple(province, two, two).map((parts) => parts.join("."))),
);

test("a set of areas of one level stands in an address and comes back whole, whatever its order and however often an area is named", () => {
	fc.assert(
		fc.property(ofOneLevel, (codes) => {
			const text = textOfAreas(codes);
			expect(textOfAreas([...codes, ...codes].reverse())).toBe(text);
			expect(areasFromText(text)).toEqual([...new Set(codes)].sort());
			// Nothing that an address would have to escape.
			expect(new URLSearchParams({ text }).toString()).toBe(`text=${text}`);
		}),
	);
});

test("the areas of a province are written by their last digits", () => {
	expect(textOfAreas(["36.03", "31.73", "31.71", "31.72"])).toBe(
		"3171.72.73-3603",
	);
	expect(textOfAreas(["35", "51"])).toBe("35.51");
	expect(areasFromText("")).toEqual([]);
});

test("what is no set, or holds areas that lie in one another, is none", () => {
	for (const text of [
		"ID",
		"35-3507",
		"3507-350718",
		"3",
		"350",
		"3507.1",
		"3507-3507",
		"3508-3507",
		"3571.71",
		"35.07",
		"x",
	])
		expect(areasFromText(text), text).toBeUndefined();
});
