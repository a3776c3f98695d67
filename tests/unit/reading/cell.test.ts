import { describe, expect, it } from "vitest";
import {
	isNothing,
	readCount,
	readDay,
	readDayInJakarta,
	readMoment,
	readNumber,
} from "../../../core/reading/cell.ts";
import { day } from "../../../core/series/day.ts";

const read = <T>(reading: { ok: boolean; value?: T; reason?: string }) =>
	reading.ok ? reading.value : reading.reason;

describe("a day", () => {
	it.each([
		"2020-04-12",
		" 2020-04-12 ",
		"2020-04-12 00:00:00",
		"2020-04-12T00:00:00.000Z",
	])("is read as written: %j", (text) => {
		expect(read(readDay(text))).toBe(day("2020-04-12"));
	});

	it.each([
		["05/04/2020", "not-a-day"],
		["12-04-2020", "not-a-day"],
		["2020-4-12", "not-a-day"],
		["20200412", "not-a-day"],
		["43933", "not-a-day"],
		["2020-03-02GARBAGE", "not-a-day"],
		["2020-03-02 00:00:00GARBAGE", "not-a-day"],
		["2020-04-12T20:00:00Z", "not-a-day"],
		["2020-04-12 16:11", "not-a-day"],
		["", "not-a-day"],
		["2020-02-31", "impossible-day"],
		["2021-02-29", "impossible-day"],
		["2020-13-01", "impossible-day"],
	])("is never guessed: %j is %s", (text, reason) => {
		expect(read(readDay(text))).toBe(reason);
	});

	it("may have the time of the source's own clock behind it where the source writes one", () => {
		expect(read(readDay("2020-04-12 16:11:48", "day-and-time"))).toBe(
			day("2020-04-12"),
		);
		expect(read(readDay("2020-04-12 16:11:48!", "day-and-time"))).toBe(
			"not-a-day",
		);
		expect(read(readDay("2020-04-12 25:11:48", "day-and-time"))).toBe(
			"impossible-day",
		);
	});

	it.each([
		// Midnight of the 12th in Jakarta, as a program there writes it in UTC.
		["2020-04-11T17:00:00.000Z", "not-a-day"],
		["2020-04-12T23:30:00Z", "not-a-day"],
		["2020-04-12 01:00:00-05:00", day("2020-04-12")],
		["2020-04-12 12:00:00-05:00", "not-a-day"],
		["2020-04-12T06:00:00+14:00", "not-a-day"],
		["2020-04-12T00:00:00.000Z", day("2020-04-12")],
		["2020-04-12T16:59:59Z", day("2020-04-12")],
		["2020-04-12T23:59:00+07:00", day("2020-04-12")],
		["2020-04-12T00:30:00+09:00", day("2020-04-12")],
		["2020-04-12T00:30:00+99:99", "not-a-day"],
	])(
		"in another zone is a day only where it is the same in Jakarta: %j",
		(text, right) => {
			expect(read(readDay(text, "day-and-time"))).toBe(right);
		},
	);
});

describe("a moment", () => {
	it("is a day, or a time with its zone, and the same on every machine", () => {
		const start = day("2020-03-01");
		expect(read(readMoment("2020-03-01"))).toBe(start);
		expect(read(readMoment("2020-03-01T00:00:00.000Z"))).toBe(start);
		expect(read(readMoment("2020-03-01T07:00:00+07:00"))).toBe(start);
		expect(read(readMoment("2020-03-01T12:00Z"))).toBe(start + 0.5);
		expect(read(readMoment("2020-02-29T18:00:00-0600"))).toBe(start);
	});

	it.each([
		"2020-03-01T00:00",
		"2020-03-01 12:30:00",
		"2020-03-01T00:00:00+99:99",
		"2020-03-01T00:00:00+07:60",
		"05/04/2020",
	])("without a zone, or in another form, is none: %j", (text) => {
		expect(read(readMoment(text))).toBe("not-a-day");
	});
});

describe("a number", () => {
	it.each([
		["1103", 1103],
		["-3", -3],
		["0.5", 0.5],
		["0,5", 0.5],
		["0.125", 0.125],
		["1.103,5", 1103.5],
		["1,103.5", 1103.5],
		["1.103.204", 1_103_204],
		["1,103,204", 1_103_204],
		["1234.567", 1234.567],
		["12.3456", 12.3456],
		["1e-05", 0.00001],
		["1e+05", 100_000],
	])("is read in Indonesian and in English form: %s is %d", (text, value) => {
		expect(read(readNumber(text))).toBe(value);
	});

	it.each([
		"1.103",
		"1,103",
		"0x1F",
		"0b11",
		"1e999",
		"Infinity",
		"NaN",
		"",
		"5 000",
		"4%",
		"12abc",
		"+5",
		".5",
		"5.",
		"1.10.3",
		"01,103,204",
		"1.103.20",
		"1,103,5",
		"--5",
		"１２",
	])("is never guessed: %j", (text) => {
		expect(read(readNumber(text))).toBe("not-a-number");
	});

	it("has a point for a decimal sign where the table says so", () => {
		expect(read(readNumber("1.103", "point"))).toBe(1.103);
		expect(read(readNumber("1,103", "point"))).toBe("not-a-number");
	});
});

describe("a count", () => {
	it("is a whole number, also as pandas writes it beside an empty cell", () => {
		expect(
			["40", "40.0", "41.00", "0", "-0", "9007199254740991"].map((text) =>
				read(readCount(text)),
			),
		).toEqual([40, 40, 41, 0, 0, 9_007_199_254_740_991]);
	});

	it.each([
		["40.5", "not-a-number"],
		["40.000", "not-a-number"],
		["1.103", "not-a-number"],
		["0x1F", "not-a-number"],
		["1e3", "not-a-number"],
		["9007199254740993", "not-a-number"],
		["", "not-a-number"],
		["-1", "negative"],
	])("is nothing else: %j is %s", (text, reason) => {
		expect(read(readCount(text))).toBe(reason);
	});
});

it("knows what databases and statistics programs write for nothing", () => {
	expect(
		["", " ", "NULL", "null", "\\N", "NA", "N/A", "NaN", "None", "#N/A"].every(
			isNothing,
		),
	).toBe(true);
	expect(["0", "-", "nol", "NULLS", "\\"].some(isNothing)).toBe(false);
});

it.each([
	// Midnight in Jakarta to the second, by clocks that write it otherwise.
	["2020-04-11T17:00:00Z", "2020-04-12"],
	["2020-04-11T16:59:59.999Z", "2020-04-11"],
	["2020-04-11T17:00:00.000+0000", "2020-04-12"],
	["2020-04-12T01:30:00+09:00", "2020-04-11"],
	["2020-04-12 16:11", "2020-04-12"],
	["2020-04-12", "2020-04-12"],
])("the day in Jakarta of %j is %s", (text, of) => {
	expect(read(readDayInJakarta(text))).toBe(day(of));
});
