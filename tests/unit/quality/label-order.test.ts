import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelsOutOfOrder } from "../../../core/quality/label-order.ts";
import { day } from "../../../core/series/day.ts";

const found = (...days: string[]) =>
	[...labelsOutOfOrder(days.map(day))].map(([at, place]) => [
		days[at],
		...place.possible.map((one) =>
			new Date(one * 86_400_000).toISOString().slice(0, 10),
		),
	]);

describe("a label that breaks the course of its list", () => {
	it("is found with the one week that is missing where it stands, whichever way the list goes", () => {
		const days = [
			"2021-12-19",
			"2022-01-02",
			"2021-12-09",
			"2022-01-16",
			"2022-01-30",
		];
		expect(found(...days)).toEqual([["2021-12-09", "2022-01-09"]]);
		expect(found(...days.toReversed())).toEqual([["2021-12-09", "2022-01-09"]]);
	});

	it("is given every week that may be meant where more than one is missing, and none at an end of the list", () => {
		expect(
			found(
				"2022-02-27",
				"2022-03-06",
				"2021-02-13",
				"2022-03-27",
				"2022-04-03",
			),
		).toEqual([["2021-02-13", "2022-03-13", "2022-03-20"]]);
		expect(
			found(
				"2022-11-07",
				"2021-11-14",
				"2021-11-21",
				"2021-11-28",
				"2021-12-05",
			),
		).toEqual([["2022-11-07"]]);
	});

	it("never takes the place of a real week of the same label: the one that stands in order is kept", () => {
		expect([
			...labelsOutOfOrder(
				[
					"2022-02-06",
					"2022-02-13",
					"2022-02-20",
					"2022-02-27",
					"2022-02-13",
					"2022-03-13",
				].map(day),
			).keys(),
		]).toEqual([4]);
	});

	it("is told from a neighbour that it excludes by the weekday of the others, and where that does not tell, neither stands", () => {
		// 5 January 2022 is a Wednesday among Sundays, and only one of it and the second may stand.
		expect(
			found(
				"2021-12-19",
				"2021-12-26",
				"2022-01-05",
				"2022-01-02",
				"2022-01-09",
			),
		).toEqual([["2022-01-05"]]);
		expect(
			found(
				"2021-12-19",
				"2021-12-26",
				"2022-01-09",
				"2022-01-02",
				"2022-01-16",
				"2022-01-23",
			),
		).toEqual([
			["2022-01-09", "2022-01-02", "2022-01-09"],
			["2022-01-02", "2022-01-02", "2022-01-09"],
		]);
	});

	it("is none where the weeks stand in no order, or too few to have one, or some are missing", () => {
		expect(
			found(
				"2022-01-30",
				"2022-01-02",
				"2022-01-23",
				"2022-01-09",
				"2022-01-16",
			),
		).toEqual([]);
		expect(found("2022-01-30", "2022-01-02", "2022-02-06")).toEqual([]);
		expect(
			found("2022-01-02", "2022-01-09", "2022-02-27", "2022-03-06"),
		).toEqual([]);
	});

	it("is found wherever one label of a weekly course is put far out of it, and nothing else is", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 5, max: 60 }),
				fc.nat(),
				fc.constantFrom(-1000, 1000),
				(weeks, place, off) => {
					const days = Array.from({ length: weeks }, (_, at) => 18000 + at * 7);
					// The last moved on, and the first moved back, are still in order.
					const at = 1 + (place % (weeks - 2));
					const right = days[at] as number;
					days[at] = right + off;
					const [one, ...others] = labelsOutOfOrder(days);
					expect(others).toEqual([]);
					expect(one).toEqual([
						at,
						{ after: right - 7, before: right + 7, possible: [right] },
					]);
				},
			),
		);
	});
});
