import { expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import { isKnownDay, knownDays } from "../../../renderer/state/known-days.ts";

test("'as known on' is asked for no day before anything was known, and for none that is still to come", () => {
	const days = knownDays(day("2020-03-20"), Date.parse("2020-09-21T05:00Z"));
	expect(isKnownDay(days, day("1990-01-01"))).toBe(false);
	expect(isKnownDay(days, day("2020-03-19"))).toBe(false);
	expect(isKnownDay(days, day("2020-03-20"))).toBe(true);
	expect(isKnownDay(days, day("2020-09-21"))).toBe(true);
	expect(isKnownDay(days, day("2020-09-22"))).toBe(false);
});

test("a clock behind the data leaves the first day to be asked for", () => {
	const days = knownDays(day("2020-03-20"), 0);
	expect(isKnownDay(days, day("2020-03-20"))).toBe(true);
});
