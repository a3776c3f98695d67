import { expect, test } from "vitest";
import { sameDisplay } from "../../../main/desktop/kept-display.ts";

const at = (label: string, x: number) => ({
	label,
	bounds: { x, y: 0, width: 1920, height: 1080 },
});
const kept = at("Panel", 1920);

test.each([
	[
		"at its place, among others of its name",
		[at("Panel", 0), at("Panel", 1920)],
		1,
	],
	[
		"elsewhere, when it alone has the name",
		[at("Laptop", 1920), at("Panel", 0)],
		1,
	],
	[
		"in none of two of its name that both moved",
		[at("Panel", 0), at("Panel", 3840)],
		-1,
	],
	["in none of another name at its place", [at("Laptop", 1920)], -1],
])("a display is known again %s", (_, attached, which) => {
	expect(sameDisplay(kept, attached)).toBe(attached[which]);
});
test("where displays have no names the place decides", () => {
	const nameless = at("", 1920);
	expect(sameDisplay(nameless, [at("", 0), nameless])).toBe(nameless);
	expect(sameDisplay(nameless, [at("", 0)])).toBeUndefined();
});
