import { expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import { isKnownDay, knownDays } from "../../../renderer/state/known-days.ts";

const dataset = { knownFrom: day("2020-03-20"), committedAt: 0 };
const at = (time: string) => knownDays(dataset, Date.parse(time));

test("'as known on' is asked for no day before anything was known, and for none that is still to come", () => {
	const days = at("2020-09-21T05:00Z");
	expect(isKnownDay(days, day("1990-01-01"))).toBe(false);
	expect(isKnownDay(days, day("2020-03-19"))).toBe(false);
	expect(isKnownDay(days, day("2020-03-20"))).toBe(true);
	expect(isKnownDay(days, day("2020-09-21"))).toBe(true);
	expect(isKnownDay(days, day("2020-09-22"))).toBe(false);
});

test("today begins at midnight in Jakarta and not seven hours later", () => {
	expect(at("2020-09-20T16:59:59Z").to).toBe(day("2020-09-20"));
	expect(at("2020-09-20T17:00:00Z").to).toBe(day("2020-09-21"));
});

test("a clock behind the data leaves the days up to the publication to be asked for", () => {
	expect(knownDays(dataset, 0).to).toBe(day("2020-03-20"));
	const committedAt = Date.parse("2020-06-08T20:00Z");
	expect(knownDays({ ...dataset, committedAt }, 0).to).toBe(day("2020-06-09"));
});
