import { expect, test } from "vitest";
import { isClear } from "../../../renderer/parts/export/paint-element.ts";

test("a colour without blue is a colour, and only one without opacity is left out of a picture", () => {
	for (const seen of ["rgb(224, 104, 0)", "rgba(0, 0, 0, 0.5)", "rgb(1 2 0)"])
		expect(isClear(seen), seen).toBe(false);
	for (const clear of ["transparent", "rgba(0, 0, 0, 0)", "rgb(0 0 0 / 0)"])
		expect(isClear(clear), clear).toBe(true);
});
