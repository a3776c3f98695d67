import { expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import { dayByKey } from "../../../renderer/clock/day-by-key.ts";
import { keyOf } from "../../../renderer/shell/commands.ts";

const FIRST = day("2020-04-05");

test("arrows lead a day on, with Shift and by Page a week, Home and End to the ends, and none beyond them", () => {
	const range = { firstDay: FIRST, lastDay: FIRST + 30 };
	const from = (key: string, shiftKey = false, at = FIRST + 10) =>
		(dayByKey({ key, shiftKey }, at, range) ?? Number.NaN) - FIRST;
	expect(from("ArrowRight")).toBe(11);
	expect(from("ArrowLeft", true)).toBe(3);
	expect(from("PageUp")).toBe(17);
	expect(from("Home")).toBe(0);
	expect(from("End")).toBe(30);
	expect(from("PageDown", false, FIRST + 3)).toBe(0);
	expect(dayByKey({ key: "a", shiftKey: false }, FIRST, range)).toBeNull();
});

test("an arrow with Shift is another key than the arrow alone, everywhere; other keys are what they are", () => {
	const named = (key: string, shiftKey: boolean) => keyOf({ key, shiftKey });
	expect(named("ArrowLeft", true)).toBe("Shift+ArrowLeft");
	expect(named("ArrowLeft", false)).toBe("ArrowLeft");
	// With Shift, on many keyboards.
	expect(named("?", true)).toBe("?");
	expect(named("/", true)).toBe("/");
});
