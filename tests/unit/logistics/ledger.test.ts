import { expect, test } from "vitest";
import { ledger, type Movement } from "../../../core/logistics/ledger.ts";
import { day } from "../../../core/series/day.ts";

/**
 * Sets of protective equipment in the national warehouses (Halim Perdanakusuma, Bogor, Percetakan Negara), as the task force told the press:
 * on 27 March 2020 of 170,000 sets 151,000 were given out and 19,000 kept in reserve; on 30 April 2020 of 1,826,000 sets 1,492,150 were given
 * out and 334,600 were said to be left, which is 750 more than the difference.
 */
const NATIONAL: Movement[] = [
	{
		firstDay: day("2020-03-02"),
		day: day("2020-03-27"),
		opening: 0,
		received: 170_000,
		given: 151_000,
		counted: 19_000,
	},
	{
		firstDay: day("2020-03-28"),
		day: day("2020-04-30"),
		opening: 19_000,
		received: 1_826_000 - 170_000,
		given: 1_492_150 - 151_000,
		counted: 334_600,
	},
];

test("the books of 27 March and 30 April 2020 balance as received less given out, and the 750 sets that nobody accounted for are shown", () => {
	expect(ledger(NATIONAL)).toMatchObject([
		{ book: 19_000, counted: 19_000, gap: 0, newGap: 0 },
		{ book: 333_850, counted: 334_600, gap: 750, newGap: 750 },
	]);
});

test("a gap stays in the book until somebody accounts for it, and only what is new is told as new", () => {
	const later = {
		firstDay: day("2020-05-01"),
		day: day("2020-05-31"),
		opening: 334_600,
		received: 0,
		given: 34_600,
		counted: 300_000,
	};
	expect(ledger([...NATIONAL, later]).at(-1)).toMatchObject({
		book: 299_250,
		gap: 750,
		newGap: 0,
	});
});

test("what a sheet leaves empty is not nothing: the book begins anew from the next count instead of going on as if nothing had moved", () => {
	const [march, april] = NATIONAL as [Movement, Movement];
	const silent = { ...march, given: null };
	expect(ledger([silent, april])).toMatchObject([
		{ book: null, gap: null, counted: 19_000 },
		{ book: 333_850, gap: 750 },
	]);
	// Of three weeks in between nothing is known: the book begins with the opening of the sheet.
	expect(
		ledger([march, { ...april, firstDay: day("2020-04-20"), opening: 50_000 }]),
	).toMatchObject([
		{ gap: 0 },
		{ book: 50_000 + 1_656_000 - 1_341_150, newGap: -30_250 },
	]);
});

test("a count alone is held against the book and moves nothing", () => {
	const [march] = NATIONAL as [Movement];
	const count = {
		firstDay: day("2020-03-29"),
		day: day("2020-03-29"),
		opening: null,
		received: null,
		given: null,
		counted: 18_900,
	};
	expect(ledger([march, count])).toMatchObject([
		{ book: 19_000 },
		{ book: 19_000, gap: -100, newGap: -100 },
	]);
});
