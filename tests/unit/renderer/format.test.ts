import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { day, isoFromDay } from "../../../core/series/day.ts";
import { dayFromText, formatFor } from "../../../renderer/i18n/format.ts";
import { timeZoneOf } from "../../../renderer/i18n/time-zone.ts";

const id = formatFor("id");
const en = formatFor("en");

describe("what a person reads", () => {
	test("numbers follow the language: 1.234,5 and 1,234.5", () => {
		expect(id.number(1234)).toBe("1.234");
		expect(en.number(1234)).toBe("1,234");
		expect(id.number(12.34)).toBe("12,3");
		expect(id.number(1.234)).toBe("1,23");
		expect(id.number(0)).toBe("0");
	});

	test("what goes into a formula keeps its digits, and a large number all of its whole ones", () => {
		expect(id.exact(0.0333333333)).toBe("0,03333333");
		expect(id.exact(1234.5678)).toBe("1.234,568");
		expect(id.exact(1_234_567_890)).toBe("1.234.567.890");
		expect(id.exact(24)).toBe("24");
		expect(en.exact(-1234.5)).toBe("−1,234.5");
	});

	test("a change carries its sign, so that no colour is needed", () => {
		expect(id.signed(1234)).toBe("+1.234");
		expect(id.signed(-5)).toBe("−5");
		expect(id.signed(0)).toBe("0");
		// The same minus in a value below zero: DKI Jakarta's active cases of March 2020.
		expect(id.number(-5)).toBe("−5");
		expect(id.figure("total", -1234)).toBe("−1.234");
		expect(en.rate(-0.05)).toBe("−0.05");
	});

	test("days are written 12 Apr 2020 in both languages, whatever the clock's zone", () => {
		expect(id.day(day("2020-04-12"))).toBe("12 Apr 2020");
		expect(en.day(day("2020-04-12"))).toBe("12 Apr 2020");
		expect(id.day(day("2020-05-01"))).toBe("1 Mei 2020");
		expect(id.day(day("2020-08-17"))).toBe("17 Agu 2020");
	});

	test("a time names its zone, and the zone follows the province", () => {
		const received = Date.UTC(2020, 3, 12, 9, 5);
		expect(id.time(received)).toBe("12 Apr 2020 16.05 WIB");
		expect(en.time(received)).toBe("12 Apr 2020 16:05 WIB");
		expect(id.time(received, timeZoneOf("73.71"))).toBe(
			"12 Apr 2020 17.05 WITA",
		);
		expect(id.time(received, timeZoneOf("91"))).toBe("12 Apr 2020 18.05 WIT");
		expect(timeZoneOf("61.71")).toBe("WIB");
		expect(timeZoneOf("ID")).toBe("WIB");
	});
});

describe("what a person types", () => {
	test.each([
		["2020-04-12"],
		["12 Apr 2020"],
		["12 april 2020"],
		["12/4/2020"],
		["12-04-2020"],
		[" 12.4.2020 "],
	])("%s is 12 April 2020, day first", (text) => {
		expect(dayFromText(text)).toBe(day("2020-04-12"));
	});

	test.each([
		["12"],
		["2020-02-30"],
		["30 Feb 2020"],
		["4/13/2020"],
		["besok"],
		[""],
	])("%s is no day", (text) => {
		expect(dayFromText(text)).toBeUndefined();
	});

	test("every day that the screen writes can be typed back, in both languages", () => {
		fc.assert(
			fc.property(fc.integer({ min: 10_957, max: 25_000 }), (at) => {
				expect(dayFromText(id.day(at))).toBe(at);
				expect(dayFromText(en.day(at))).toBe(at);
				expect(dayFromText(isoFromDay(at))).toBe(at);
			}),
		);
	});

	test("a bound in a band is short where nothing of it is lost by that", () => {
		expect([0, 700, 2_000, 2_500, 2_534, 10_000].map(id.shortest)).toEqual([
			...["0", "700", "2\u00a0rb", "2,5\u00a0rb", "2.534", "10\u00a0rb"],
		]);
		expect(en.shortest(2_000)).toBe("2k");
	});
});
