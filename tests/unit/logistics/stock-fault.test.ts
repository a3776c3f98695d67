import { expect, test } from "vitest";
import {
	doubtfulCounts,
	type StatedCount,
} from "../../../core/logistics/stock-fault.ts";
import { day } from "../../../core/series/day.ts";

const FIRST = day("2020-12-01");
const series = (...onHand: (number | null)[]): StatedCount[] =>
	onHand.flatMap((count, at) =>
		count === null ? [] : [{ day: FIRST + at, onHand: count }],
	);
const faults = (counts: readonly StatedCount[], pack?: number) =>
	doubtfulCounts(counts, pack).map(({ day: at, fault, meant }) => [
		at - FIRST,
		fault,
		meant,
	]);

test("ordinary use, gaps, deliveries and a shelf that runs empty are not doubtful", () => {
	expect(
		faults(series(900, 850, null, 760, 700, 1600, 1540, 1490), 50),
	).toEqual([]);
	// Out of stock, then a delivery: no slip, whatever the ratio.
	expect(faults(series(400, 260, 120, 0, 0, 5000, 4800), 50)).toEqual([]);
});

test("a count of fewer units than its lots hold is doubtful, and one of more is not: a sheet need not name all of them", () => {
	const counted = (inLots: number | null) => [
		{ day: FIRST, onHand: 100, inLots },
	];
	expect(faults(counted(140))).toEqual([[0, "lots-above-count", 140]]);
	for (const inLots of [null, 60, 100, 100.4])
		expect(faults(counted(inLots))).toEqual([]);
});

test("boxes for pieces are told with the pieces that were meant, and so are pieces for boxes", () => {
	expect(faults(series(1000, 950, 900, 17, 16, 750), 50)).toEqual([
		[3, "boxes-for-pieces", 850],
		[4, "boxes-for-pieces", 800],
	]);
	expect(faults(series(20, 19, 900, 17), 50)).toEqual([
		[2, "pieces-for-boxes", 18],
	]);
});

test("a count in packs of another size than the item's, or with a digit too many, is told with what was meant once the counts around it agree", () => {
	// Boxes of 25 where the catalogue's pack has 6, or has none at all.
	for (const pack of [6, undefined])
		expect(faults(series(1000, 950, 900, 34, 800, 750), pack)).toEqual([
			[3, "boxes-for-pieces", 850],
		]);
	expect(faults(series(1000, 950, 900, 8500, 800, 750))).toEqual([
		[3, "pieces-for-boxes", 850],
	]);
	expect(faults(series(1000, 950, 900, 85_000, 800, 750))).toEqual([
		[3, "hundredfold", 850],
	]);
	// What no usual pack explains, what use alone led to, a delivery, and a half that went are what lies there.
	expect(faults(series(1000, 950, 900, 130, 800, 750))).toEqual([]);
	expect(faults(series(1000, 700, 400, 34, 390, 100))).toEqual([]);
	expect(faults(series(1000, 950, 900, 34, 2000, 1950))).toEqual([]);
	expect(faults(series(1000, 950, 900, 8500, 8450, 8400))).toEqual([]);
});

test("small counts before a shelf runs empty, or before a delivery, are what lies there, and no slip", () => {
	// Nothing was held back that use alone led to: just these facilities run out first.
	expect(faults(series(0, 0, 173, 111, 61, 0, 0, 0, 124), 50)).toEqual([]);
	expect(faults(series(214, 182, 145, 114, 60, 7, 406, 370), 10)).toEqual([]);
	expect(faults(series(122, 83, 158, 109, 63, 10, 0, 0, 0, 196), 6)).toEqual(
		[],
	);
	expect(faults(series(38, 31, 22, 14, 123, 111, 100, null, 81), 10)).toEqual(
		[],
	);
	expect(
		faults(series(1041, 883, 677, 486, 258, 44, 2205, 1972, 1779), 50),
	).toEqual([]);
	// The newest count of a shelf that deliveries fill again and again.
	expect(
		faults(
			series(5103, 4520, 3921, 9384, 8813, 8229, 11306, 10776, 10270, 205),
			50,
		),
	).toEqual([[9, "boxes-for-pieces", 10250]]);
	// Days in boxes after an unreported day with a delivery: they go down as slowly as boxes do.
	expect(
		faults(series(3193, 2736, 2315, null, null, 138, 129, 6073, 5596), 50),
	).toEqual([
		[5, "boxes-for-pieces", 6900],
		[6, "boxes-for-pieces", 6450],
	]);
});

test("a slip is told by its pieces also where the sheet of that day alone says what moved", () => {
	const counts = series(1000, 950, 900, 850, 16, 750).map((count, at) =>
		at === 4 ? { ...count, opening: 850, received: 0, used: 50 } : count,
	);
	expect(faults(counts, 50)).toEqual([[4, "boxes-for-pieces", 800]]);
});

test("less than nothing is doubtful, and does not keep the other counts from being looked at", () => {
	expect(faults(series(1000, -5, 950, 17, 850), 50)).toEqual([
		[1, "negative", null],
		[3, "boxes-for-pieces", 850],
	]);
});

test("fifty times the most of four weeks is doubtful unless the sheet says that it was received", () => {
	const counts = series(40, 38, 36, 34, 4200);
	expect(faults(counts)).toEqual([[4, "hundredfold", null]]);
	// Two digits too many: what is left is what the count before lets expect.
	expect(faults(series(40, 38, 41, 43, 4300, 42))).toEqual([
		[4, "hundredfold", 43],
	]);
	expect(
		faults(
			counts.map((count, at) => ({ ...count, received: at === 4 ? 4170 : 0 })),
		),
	).toEqual([]);
});

test("two digits too many are told also of a shelf that has been used up to half since it was full, with what was meant", () => {
	// 800,000 gowns for 8,000: a hundred times what lies there, and less than that of what lay there before.
	expect(faults(series(8400, 8300, 8200, 8100, 800_000))).toEqual([
		[4, "hundredfold", 8000],
	]);
	expect(faults(series(8000, 8000, 8000, 800_000))).toEqual([
		[3, "hundredfold", 8000],
	]);
	expect(
		faults(series(15_500, 13_500, 11_500, 9800, 800_000), 50),
	).toMatchObject([[4, "hundredfold", 8000]]);
	// Fifty times what lies there is a pack of fifty as well: what was meant is told where it is there again, and not guessed before.
	expect(faults(series(900, 900, 900, 45_000, 900, 900))).toEqual([
		[3, "pieces-for-boxes", 900],
	]);
	expect(faults(series(900, 900, 900, 45_000))).toEqual([
		[3, "hundredfold", null],
	]);
	expect(faults(series(1, 1, 1, 50))).toEqual([[3, "hundredfold", null]]);
	// A delivery that fills a nearly empty shelf is none.
	expect(faults(series(420, 300, 180, 90, 20_000))).toEqual([]);
});

test("a form of zeros is doubtful until a later count says so too, so that no stock is read as gone", () => {
	expect(faults(series(900, 880, 860, 840, 0))).toEqual([
		[4, "vanished", null],
	]);
	expect(faults(series(900, 880, 860, 840, 0, 810))).toEqual([
		[4, "vanished", null],
	]);
	// Its sheet tells of the use that emptied it.
	const told = (used: number) =>
		series(900, 880, 860, 840, 0).map((count, at) =>
			at === 4 ? { ...count, opening: 860, received: 0, used } : count,
		);
	expect(faults(told(860))).toEqual([]);
	expect(faults(told(0))).toEqual([[4, "vanished", null]]);
	// It was given away: the next day says the same.
	expect(faults(series(900, 880, 860, 840, 0, 0))).toEqual([]);
});

test("a sheet whose closing is not opening and received less used is told with what it should have been", () => {
	const sheet = { day: FIRST, opening: 100, received: 50, used: 30 };
	expect(faults([{ ...sheet, onHand: 120 }])).toEqual([]);
	expect(faults([{ ...sheet, onHand: 210 }])).toEqual([
		[0, "does-not-add-up", 120],
	]);
	expect(faults([{ ...sheet, onHand: 210, used: null }])).toEqual([]);
});
