import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	addStanding,
	areaClass,
	areaDays,
	belowTheLine,
	noSupply,
} from "../../../core/logistics/area-supply.ts";
import { burnRate } from "../../../core/logistics/burn-rate.ts";
import { stratumFactor } from "../../../core/logistics/ppe-use.ts";
import { withReceipts } from "../../../core/logistics/stock-count.ts";
import { stockOutlook } from "../../../core/logistics/stock-position.ts";
import {
	LOOK_AHEAD_DAYS,
	type StandingOptions,
	type StockTold,
	stockStanding,
} from "../../../core/logistics/stock-standing.ts";
import { supplyClass } from "../../../core/logistics/supply-class.ts";
import { day } from "../../../core/series/day.ts";
import { catalogues } from "../../../main/backend/query/catalogue.ts";

const TODAY = day("2020-06-15");
const PLAIN: StandingOptions = {
	prefer: "reported",
	useFactor: 1,
	horizonDays: 28,
};

/** Counts of each day up to today, the last today; undefined: not reported. */
function told(
	counts: readonly (number | undefined)[],
	rest: Partial<StockTold> = {},
): StockTold {
	return {
		counts: counts.map((onHand, at) => ({
			day: TODAY - counts.length + 1 + at,
			onHand: onHand ?? Number.NaN,
			received: 0,
		})),
		day: TODAY,
		modelled: Number.NaN,
		...rest,
	};
}

/** Steady use of so much a day down to `left` today. */
const steady = (left: number, use: number, rest: Partial<StockTold> = {}) =>
	told(
		Array.from({ length: 8 }, (_, at) => left + use * (7 - at)),
		rest,
	);

describe("how an item stands at a place", () => {
	test("at steady use the stock-out day is the day after the whole days of supply", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 4000 }),
				fc.integer({ min: 1, max: 200 }),
				fc.integer({ min: 0, max: 6 }),
				(left, use, silent) => {
					const of = steady(left, use);
					const standing = stockStanding({ ...of, day: TODAY + silent }, PLAIN);
					const days = Math.max(0, left - silent * use) / use;
					expect(standing.daysOfSupply).toBeCloseTo(days, 9);
					const out = TODAY + Math.floor(left / use) + 1;
					expect(standing.stockOut.expected).toBe(
						out - TODAY > silent + LOOK_AHEAD_DAYS ? null : out,
					);
				},
			),
		);
	});

	test("without going through the days it says what the outlook by days says, also where patients come and go", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2000 }),
				fc.integer({ min: 1, max: 90 }),
				fc.integer({ min: 0, max: 5 }),
				fc.array(fc.double({ min: 0, max: 3, noNaN: true }), {
					minLength: 2,
					maxLength: 60,
				}),
				(left, use, silent, daily) => {
					const growth = new Float64Array(daily.length + 1);
					daily.forEach((part, at) => {
						growth[at + 1] = growth[at] + part;
					});
					const plain = { ...steady(left, use), day: TODAY + silent };
					// A lot that does not expire in sight makes the same stock go the long way.
					const long = {
						...plain,
						lots: {
							day: TODAY,
							held: [{ id: "a", units: left, expires: TODAY + 9999 }],
						},
					};
					const options = { ...PLAIN, growth };
					const short = stockStanding(plain, options);
					const other = stockStanding(long, options);
					expect(short.stockOut).toEqual(other.stockOut);
					expect(short.netNeed).toBeCloseTo(other.netNeed, 6);
				},
			),
			{ numRuns: 60 },
		);
	});

	test("what is not met is counted day by day: a shipment that comes late leaves days without, though the net need is the same", () => {
		// 10 a day for 28 days, of which 100 are there and 180 come.
		const of = (arrives: number) =>
			stockStanding(
				steady(100, 10, {
					incoming: [{ arrives: TODAY + arrives, units: 180 }],
				}),
				PLAIN,
			);
		expect(of(5)).toMatchObject({ netNeed: 0, unmet: 0 });
		expect(of(15)).toMatchObject({ netNeed: 0, unmet: 40 });
		expect(of(28)).toMatchObject({ netNeed: 0, unmet: 170 });
		expect(of(29)).toMatchObject({ netNeed: 180, unmet: 180 });
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 900 }),
				fc.integer({ min: 1, max: 60 }),
				fc.array(
					fc.record({
						arrives: fc.integer({ min: 1, max: 40 }),
						units: fc.integer({ min: 1, max: 400 }),
					}),
					{ maxLength: 4 },
				),
				fc.integer({ min: 0, max: 30 }),
				(left, use, coming, late) => {
					const at = (days: number) =>
						stockStanding(
							steady(left, use, {
								incoming: coming.map(({ arrives, units }) => ({
									...{ units, arrives: TODAY + arrives + days },
								})),
							}),
							PLAIN,
						);
					/** Without lots, standings or outlooks: a shelf and a use a day. */
					let shelf = left;
					let without = 0;
					for (let day = 1; day <= 28; day++) {
						for (const { arrives, units } of coming)
							if (arrives + late === day) shelf += units;
						without += Math.max(0, use - shelf);
						shelf = Math.max(0, shelf - use);
					}
					expect(at(late).unmet).toBeCloseTo(without, 6);
					expect(at(late).unmet).toBeGreaterThanOrEqual(at(0).unmet - 1e-6);
					expect(at(late).unmet).toBeGreaterThanOrEqual(
						at(late).netNeed - 1e-6,
					);
					if (coming.length === 0)
						expect(at(0).unmet).toBeCloseTo(at(0).netNeed, 6);
				},
			),
		);
		expect(stockStanding(told([5]), PLAIN).unmet).toBeNaN();
	});

	test("lots of an older count are carried to the newest one: what fell was of the first to expire, of what rose no expiry is known", () => {
		const of = told([100, 70, 120, 110]);
		const held = [
			{ id: "soon", units: 40, expires: TODAY + 1 },
			{ id: "later", units: 60, expires: TODAY + 400 },
		];
		const standing = stockStanding(
			{ ...of, lots: { day: TODAY - 3, held } },
			PLAIN,
		);
		expect(standing.lots).toEqual([
			{ id: "later", units: 60, expires: TODAY + 400 },
			{ id: `counted ${TODAY - 1}`, units: 50 },
		]);
		expect(standing.expiring).toBe(0);
		expect(stockStanding(of, PLAIN).expiring).toBeNaN();
		expect(
			stockStanding(told([5], { lots: { day: TODAY, held } }), PLAIN).expiring,
		).toBeNaN();
	});

	test("what came over some days lies where stock rose, so that the use of all of them is known; where it rose twice it is not told", () => {
		const over = { firstDay: TODAY - 6, day: TODAY, units: 50 };
		const counts = (list: readonly number[]) => told(list).counts;
		// 7 a day, and 50 came on the fourth day.
		const once = counts([100, 93, 86, 79, 122, 115, 108, 101]);
		expect(burnRate(once).kind === "estimated" && burnRate(once)).toMatchObject(
			{
				perDay: 7,
				days: 6,
			},
		);
		const known = burnRate(withReceipts(once, [over]));
		expect(known).toMatchObject({ perDay: 7, days: 7 });
		const hidden = counts([100, 90, 80, 70, 60, 50, 40, 30]);
		expect(
			burnRate(withReceipts(hidden, [{ ...over, units: 5 }])),
		).toMatchObject({ perDay: 75 / 7, days: 7 });
		const twice = counts([100, 93, 110, 103, 122, 115, 108, 101]);
		expect(withReceipts(twice, [over])).toEqual(twice);
		// Nobody counted before the first day.
		expect(withReceipts(once.slice(1), [over])).toEqual(once.slice(1));
	});

	test("what came while stock never rose lies over the days that hide it best, and makes no use out of days on which it was not used", () => {
		// 10 a day; over the silent fortnight 100 came, of a month that the sheet tells of.
		const counts = [
			[-34, 300],
			...Array.from({ length: 14 }, (_, at) => [-33 + at, 290 - 10 * at]),
			[-6, 120],
			...Array.from({ length: 6 }, (_, at) => [-5 + at, 110 - 10 * at]),
		].map(([ahead, onHand]) => ({
			day: TODAY + (ahead as number),
			onHand: onHand as number,
			received: 0,
		}));
		const month = { firstDay: TODAY - 33, day: TODAY, units: 100 };
		const rate = burnRate(withReceipts(counts, [month]), { windowDays: 7 });
		expect(rate).toMatchObject({ perDay: 10 });
		// No span hides 1,000: where it went is not known, nor what was used.
		expect(
			burnRate(withReceipts(counts, [{ ...month, units: 1000 }]), {
				windowDays: 7,
			}),
		).toMatchObject({
			kind: "not-estimable",
			spans: expect.arrayContaining([
				expect.objectContaining({ excluded: "receipt-not-reported" }),
			]),
		});
	});

	test("what is missing is need less what is there and comes in time, plus what expires; never below 0, and what is left over is said apart", () => {
		const lots = [
			{ id: "old", units: 60, expires: TODAY + 2 },
			{ id: "new", units: 40 },
		];
		const standing = stockStanding(
			steady(100, 10, {
				lots: { day: TODAY, held: lots },
				incoming: [
					{ arrives: TODAY + 5, units: 30 },
					{ arrives: TODAY + 90, units: 500 },
				],
			}),
			PLAIN,
		);
		// Of 60 that may be used for two more days 20 are; 40 expire.
		expect(standing).toMatchObject({
			need: 280,
			left: 100,
			incoming: 30,
			expiring: 40,
			netNeed: 280 - 100 - 30 + 40,
			surplus: 0,
			stockOut: { expected: TODAY + 10 },
		});
		expect(stockStanding(steady(1000, 10), PLAIN)).toMatchObject({
			netNeed: 0,
			surplus: 720,
		});
	});

	test("a stock that nobody counted is not zero, and a count older than the days it holds is none", () => {
		const nothing = stockStanding(told([]), PLAIN);
		expect(nothing).toMatchObject({ supply: "none", countDay: null });
		expect(nothing.onHand).toBeNaN();
		expect(nothing.netNeed).toBeNaN();
		const old = stockStanding({ ...steady(500, 5), day: TODAY + 8 }, PLAIN);
		expect(old.supply).toBe("none");
		expect(
			stockStanding({ ...steady(500, 5), day: TODAY + 5 }, PLAIN).supply,
		).toBe("stale");
	});

	test("an empty shelf is no proof that nothing is needed", () => {
		const empty = told([0, 0, 0, 0, 0, 0]);
		expect(burnRate(empty.counts)).toMatchObject({
			kind: "not-estimable",
			spans: expect.arrayContaining([
				expect.objectContaining({ excluded: "nothing-to-use" }),
			]),
		});
		expect(stockStanding(empty, PLAIN)).toMatchObject({
			daysOfSupply: 0,
			supply: "critical",
		});
		expect(stockStanding({ ...empty, modelled: 20 }, PLAIN)).toMatchObject({
			useFrom: "modelled",
			netNeed: 560,
			supply: "critical",
		});
	});

	test("a newest count that is held is passed over for the one before, and said; one that counts is read as it stands, however small", () => {
		const slip = {
			...{ day: TODAY, stated: 34, meant: 1700 },
			fault: "boxes-for-pieces" as const,
		};
		const counts = [2400, 2300, 2200, 2100, 2000, 1900, 1800];
		expect(
			stockStanding(told([...counts, undefined], { held: [slip] }), PLAIN),
		).toMatchObject({ onHand: 1800, age: 1, left: 1700, doubtful: slip });
		// A person accepted it.
		expect(stockStanding(told([...counts, 34]), PLAIN)).toMatchObject({
			onHand: 34,
			age: 0,
			doubtful: null,
		});
		// A count after it counts: there is nothing to pass over.
		expect(
			stockStanding(
				{
					...told([...counts, undefined, 1600], {
						held: [{ ...slip, day: TODAY - 1 }],
					}),
				},
				PLAIN,
			).doubtful,
		).toBeNull();
	});

	test("what an order brought after the last count lies on the shelf until it is counted, so that it is not asked for again", () => {
		const counted = steady(30, 10);
		const brought = {
			...counted,
			day: TODAY + 5,
			delivered: [
				// The count knows of what came before it.
				{ arrives: TODAY, units: 900 },
				{ arrives: TODAY + 5, units: 200 },
			],
		};
		// Used up after three days, and 10 of what came on the fifth.
		expect(stockStanding(brought, PLAIN)).toMatchObject({
			...{ onHand: 30, delivered: 200, usedSince: 40, left: 190 },
			...{ daysOfSupply: 19, incoming: 0, netNeed: 280 - 190 },
		});
		expect(stockStanding({ ...brought, delivered: [] }, PLAIN)).toMatchObject({
			delivered: 0,
			left: 0,
			netNeed: 280,
		});
		// The long way, by the outlook of lots, it is the same.
		const held = [{ id: "a", units: 30, expires: TODAY + 9999 }];
		expect(
			stockStanding({ ...brought, lots: { day: TODAY, held } }, PLAIN),
		).toMatchObject({ left: 190, netNeed: 90, expiring: 0 });
	});

	test("what is on its way is known of the orders, also where nobody counted", () => {
		const incoming = [
			{ arrives: TODAY + 3, units: 40 },
			{ arrives: TODAY + 90, units: 500 },
		];
		expect(stockStanding(told([], { incoming }), PLAIN)).toMatchObject({
			incoming: 40,
			onHand: Number.NaN,
			delivered: Number.NaN,
			netNeed: Number.NaN,
		});
	});

	test("reported use goes before the modelled one unless it is asked otherwise, and their disagreement is said", () => {
		const of = steady(300, 30, { modelled: 10 });
		expect(stockStanding(of, PLAIN)).toMatchObject({
			useFrom: "reported",
			disagrees: true,
			daysOfSupply: 10,
		});
		expect(stockStanding(of, { ...PLAIN, prefer: "modelled" })).toMatchObject({
			useFrom: "modelled",
			daysOfSupply: 30,
		});
		expect(
			stockStanding(steady(300, 30, { modelled: 20 }), PLAIN).disagrees,
		).toBe(false);
	});

	test("the outlook by days of a use that changes is that of each day", () => {
		const rows = stockOutlook(
			[{ id: "a", units: 10 }],
			[],
			(ahead) => ahead + 1,
			TODAY,
			5,
		);
		expect(rows.map(({ onHand, short }) => [onHand, short])).toEqual([
			[9, 0],
			[7, 0],
			[4, 0],
			[0, 0],
			[0, 5],
		]);
	});
});

test("the class of a stock follows its days and the age of its count", () => {
	expect(
		[2.9, 3, 6.9, 7, 13.9, 14, Number.POSITIVE_INFINITY, Number.NaN].map(
			(days) => supplyClass(days, 0),
		),
	).toEqual([
		"critical",
		"short",
		"short",
		"watch",
		"watch",
		"safe",
		"safe",
		"none",
	]);
	expect(supplyClass(1, 4)).toBe("stale");
});

test("contingency and crisis weigh the units by their patients, and guess no rate that is not published", () => {
	const { contactRates } = catalogues();
	const factor = (patients: Record<string, number>, item = "gown") =>
		stratumFactor(contactRates, patients, item, "conventional", "crisis");
	expect(factor({ icu: 1, floor: 0 })).toBeCloseTo(4.4 / 45, 12);
	expect(factor({ icu: 0, floor: 5 })).toBeCloseTo(1.5 / 16, 12);
	expect(factor({ icu: 2, floor: 6 })).toBeCloseTo(
		(2 * 4.4 + 6 * 1.5) / (2 * 45 + 6 * 16),
		12,
	);
	expect(factor({ icu: Number.NaN, floor: Number.NaN })).toBeCloseTo(
		(4.4 + 1.5) / (45 + 16),
		12,
	);
	expect(factor({ icu: 1 }, "apron")).toBeUndefined();
});

describe("the stocks of an area", () => {
	const standing = (left: number, use: number) =>
		stockStanding(steady(left, use), PLAIN);

	test("days of supply are stock over use of those that told both, with how many are below the line", () => {
		const sum = noSupply();
		addStanding(sum, 1, standing(20, 10));
		addStanding(sum, 2, standing(980, 10));
		addStanding(sum, 3, stockStanding(told([undefined, 700]), PLAIN));
		expect(sum).toMatchObject({ facilities: 3, told: 3, both: 2, stock: 1700 });
		expect(areaDays(sum)).toBe(50);
		expect(areaClass(sum)).toBe("safe");
		expect(belowTheLine(sum)).toBe(1);
		expect(sum.first).toEqual({ facility: 1, day: TODAY + 3 });
	});

	test("of fewer than half of the facilities an area has no class", () => {
		const sum = noSupply();
		addStanding(sum, 1, standing(20, 10));
		for (const id of [2, 3, 4])
			addStanding(sum, id, stockStanding(told([]), PLAIN));
		expect(areaClass(sum)).toBe("none");
	});
});
