import fc from "fast-check";
import { expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import { silentStretches } from "../../../renderer/parts/chart/curve-days.ts";
import { seriesOf } from "../../fixtures/series-of.ts";

const FIRST = day("2020-04-05");

test("a day without a report is drawn as missing, and the days after the last report as still to come", () => {
	expect(
		silentStretches(seriesOf([null, 6, null, null, 0, null], FIRST)),
	).toEqual([
		{ from: FIRST, to: FIRST, kind: "missing" },
		{ from: FIRST + 2, to: FIRST + 3, kind: "missing" },
		{ from: FIRST + 5, to: FIRST + 5, kind: "ahead" },
	]);
});

test("every day is either reported or in exactly one stretch", () => {
	fc.assert(
		fc.property(
			fc.array(fc.option(fc.nat(9), { nil: null }), { maxLength: 40 }),
			(values) => {
				const inStretch = silentStretches(seriesOf(values, FIRST)).flatMap(
					({ from, to }) =>
						Array.from({ length: to - from + 1 }, (_, at) => from + at - FIRST),
				);
				expect(inStretch).toEqual(
					values.flatMap((value, at) => (value === null ? [at] : [])),
				);
			},
		),
	);
});
