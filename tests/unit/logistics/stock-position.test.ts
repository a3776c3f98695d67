import fc from "fast-check";
import { expect, test } from "vitest";
import {
	issue,
	reorderPoint,
	stockOutlook,
	stockPosition,
	wholePacks,
} from "../../../core/logistics/stock-position.ts";

const TODAY = 18_400;
const use = (perDay: number, spread = 0.2) => ({
	perDay,
	low: perDay * (1 - spread),
	high: perDay * (1 + spread),
	sdPerDay: perDay / 4,
});

test("the lot that expires first is used first, and an expired one not at all", () => {
	const { taken, left, short } = issue(
		[
			{ id: "late", units: 50, expires: TODAY + 90 },
			{ id: "dead", units: 40, expires: TODAY - 1 },
			{ id: "soon", units: 30, expires: TODAY + 2 },
			{ id: "ever", units: 20 },
		],
		60,
		TODAY,
	);
	expect(taken).toEqual([
		{ id: "soon", units: 30 },
		{ id: "late", units: 30 },
	]);
	expect(left.map(({ id }) => id)).toEqual(["dead", "late", "ever"]);
	expect(short).toBe(0);
});

test("the stock-out day lies between the days at high and at low use", () => {
	const position = stockPosition(
		[{ id: "a", units: 1000 }],
		[],
		use(100),
		TODAY,
	);
	expect(position.daysOfSupply).toBe(10);
	expect(position.stockOut.expected).toBe(TODAY + 10);
	expect(position.stockOut.early).toBe(TODAY + 8);
	expect(position.stockOut.late).toBe(TODAY + 12);
});

test("a delivery before the stock-out moves it, one after does not close the hole", () => {
	const lots = [{ id: "a", units: 500 }];
	const early = stockPosition(
		lots,
		[{ arrives: TODAY + 3, units: 500 }],
		use(100),
		TODAY,
	);
	expect(early.stockOut.expected).toBe(TODAY + 10);
	const late = stockPosition(
		lots,
		[{ arrives: TODAY + 7, units: 500 }],
		use(100),
		TODAY,
	);
	expect(late.stockOut.expected).toBe(TODAY + 5);
	expect(late.coveredDays).toBeCloseTo(5);
});

test("what will expire on the shelf is not counted as supply", () => {
	const position = stockPosition(
		[
			{ id: "soon", units: 1000, expires: TODAY + 1 },
			{ id: "late", units: 100 },
		],
		[],
		use(100),
		TODAY,
	);
	expect(position.willExpire).toBe(800);
	expect(position.usable).toBe(300);
	expect(position.stockOut.expected).toBe(TODAY + 3);
});

test("units are conserved: had and arrived equals used, expired and left", () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.record({
					units: fc.integer({ min: 0, max: 500 }),
					expires: fc.option(fc.integer({ min: TODAY - 5, max: TODAY + 60 }), {
						nil: undefined,
					}),
				}),
				{ maxLength: 6 },
			),
			fc.array(
				fc.record({
					units: fc.integer({ min: 0, max: 500 }),
					arrives: fc.integer({ min: TODAY, max: TODAY + 50 }),
				}),
				{ maxLength: 4 },
			),
			fc.integer({ min: 0, max: 80 }),
			(lots, incoming, perDay) => {
				const rows = stockOutlook(
					lots.map((lot, index) => ({ id: `${index}`, ...lot })),
					incoming,
					perDay,
					TODAY,
					70,
				);
				const had = lots.reduce((sum, { units }) => sum + units, 0);
				const sum = (key: "arrived" | "used" | "expired") =>
					rows.reduce((total, row) => total + row[key], 0);
				expect(
					sum("used") + sum("expired") + (rows.at(-1)?.onHand ?? 0),
				).toBeCloseTo(had + sum("arrived"), 6);
				for (const row of rows)
					expect(row.used + row.short).toBeCloseTo(perDay, 6);
			},
		),
	);
});

test("an unknown stock has no position", () => {
	expect(() =>
		stockPosition([{ id: "a", units: Number.NaN }], [], use(1), TODAY),
	).toThrow(/lot a/);
});

test("nothing used lasts for ever, nothing held lasts not at all", () => {
	expect(
		stockPosition([{ id: "a", units: 5 }], [], use(0), TODAY).daysOfSupply,
	).toBe(Number.POSITIVE_INFINITY);
	expect(stockPosition([], [], use(3), TODAY).daysOfSupply).toBe(0);
	expect(stockPosition([], [], use(3), TODAY).stockOut.expected).toBe(TODAY);
});

test("reorder point: use over lead and review, and 1.645 standard deviations at 95 %", () => {
	const point = reorderPoint({ perDay: 100, sdPerDay: 20 }, 7, 2);
	expect(point.safetyStock).toBeCloseTo(1.6448536 * Math.sqrt(9) * 20, 3);
	expect(point.units).toBeCloseTo(900 + point.safetyStock, 9);
	expect(
		reorderPoint({ perDay: 100, sdPerDay: 20 }, 7, 2, 0.95, 3).units,
	).toBeGreaterThan(point.units);
});

test("packs are whole and cover the need", () => {
	expect(wholePacks(101, 50)).toEqual({ packs: 3, units: 150 });
	expect(wholePacks(100, 50)).toEqual({ packs: 2, units: 100 });
});
