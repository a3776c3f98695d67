import fc from "fast-check";
import { expect, test } from "vitest";
import { burnRate } from "../../../core/logistics/burn-rate.ts";
import type { StockDay } from "../../../core/logistics/stock-count.ts";
import { createRandom } from "../../../core/statistics/random.ts";

const START = 18_350;

function days(
	counts: readonly (number | undefined)[],
	received: Record<number, number> = {},
	patients?: readonly number[],
): StockDay[] {
	return counts.map((onHand, index) => ({
		day: START + index,
		onHand: onHand ?? Number.NaN,
		received: received[index] ?? 0,
		patients: patients?.[index],
	}));
}

test("use is stock before plus receipts less stock now, burn its mean, as in the CDC calculator", () => {
	const rate = burnRate(
		days([1000, 900, 780, 1180, 1100], { 3: 500 }, [0, 10, 12, 10, 8]),
	);
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	// uses 100, 120, 100, 80
	expect(rate.perDay).toBeCloseTo(100, 12);
	expect(rate.perPatientDay).toBeCloseTo((10 + 10 + 10 + 10) / 4, 12);
	expect(rate.low).toBeLessThan(100);
	expect(rate.high).toBeGreaterThan(100);
});

test("a silent day is bridged by the next count, not read as an empty shelf", () => {
	const rate = burnRate(days([1000, undefined, undefined, 700, 600]));
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	expect(rate.perDay).toBeCloseTo(100, 12);
	expect(rate.days).toBe(4);
});

test("stock that rises without a receipt is left out and listed, not counted as negative use", () => {
	const rate = burnRate(days([1000, 900, 1500, 1400, 1300]));
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	expect(rate.perDay).toBeCloseTo(100, 12);
	expect(rate.spans.map(({ excluded }) => excluded)).toContain(
		"stock-rose-without-receipt",
	);
});

test("a receipt nobody reported makes its span unusable, not zero", () => {
	const series = days([1000, 900, 1200, 1100]);
	(series[2] as StockDay).received = Number.NaN;
	const rate = burnRate(series);
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	expect(rate.spans[1]?.excluded).toBe("receipt-not-reported");
	expect(rate.perDay).toBeCloseTo(100, 12);
});

test("a count in boxes among counts in pieces is read in pieces, and said", () => {
	const rate = burnRate(days([5000, 4900, 96, 4700, 4600]), { packSize: 50 });
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	expect(rate.perDay).toBeCloseTo(100, 12);
	expect(rate.corrections).toEqual([
		{
			day: START + 2,
			field: "onHand",
			reported: 96,
			corrected: 4800,
			found: "boxes-for-pieces",
		},
	]);
});

test("a first count in boxes does not turn the others into boxes", () => {
	const rate = burnRate(days([100, 4900, 4800, 4700, 4600]), { packSize: 50 });
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	expect(rate.corrections).toHaveLength(1);
	expect(rate.corrections[0]?.corrected).toBe(5000);
	expect(rate.perDay).toBeCloseTo(100, 12);
});

test("a shelf that truly runs down is not taken for a slip", () => {
	const rate = burnRate(days([1000, 800, 600, 400, 200, 0]), { packSize: 50 });
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	expect(rate.corrections).toEqual([]);
	expect(rate.perDay).toBeCloseTo(200, 12);
});

test("a transfer out is not care", () => {
	const rate = burnRate(days([5000, 4900, 4800, 4700, 1700, 1600, 1500]));
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	expect(rate.perDay).toBeCloseTo(100, 12);
	expect(
		rate.spans.filter(({ excluded }) => excluded === "outlier"),
	).toHaveLength(1);
});

test("use that has risen is no transfer, however steady it was before", () => {
	// Counts of a hospital of the simulated country: 3 a day, then 9, 10 and 8.
	const rate = burnRate(days([247, 244, 241, 238, 235, 226, 216, 208]));
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	expect(rate.perDay).toBeCloseTo((247 - 208) / 7, 12);
	// Also where what is high lies beyond what chance does.
	const risen = burnRate(days([9000, 8900, 8800, 8700, 8600, 8100, 7550]));
	if (risen.kind !== "estimated") throw new Error(risen.reason);
	expect(risen.perDay).toBeCloseTo((9000 - 7550) / 6, 12);
});

test("a count that was told again is made up for by the next one: the use is that of both days, and no transfer", () => {
	// The sheet of this hospital says that 280 were used in the seven days.
	const rate = burnRate(days([1100, 1046, 1046, 956, 920, 886, 855, 820]));
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	expect(rate.perDay).toBeCloseTo(280 / 7, 12);
});

test("what is seldom used is used: most days without it do not make a transfer of each use", () => {
	const rate = burnRate(days([10, 10, 10, 9, 9, 9, 8, 8]));
	if (rate.kind !== "estimated") throw new Error(rate.reason);
	expect(rate.perDay).toBeCloseTo(2 / 7, 12);
	// Counted every third day alone, and a transfer among the days.
	const told = burnRate(
		days([
			...[4000, 4000, 4000, 3970, 3970, 3970, 3940, 3940, 3940, 3910],
			...[3910, 3910, 3880, 2880, 2870],
		]),
	);
	if (told.kind !== "estimated") throw new Error(told.reason);
	expect(
		told.spans.flatMap(({ used, excluded }) => (excluded ? [used] : [])),
	).toEqual([1000]);
	expect(told.perDay).toBeCloseTo(130 / 13, 12);
});

test("one count, or none, is not a rate", () => {
	expect(burnRate(days([500]))).toMatchObject({
		kind: "not-estimable",
		reason: "fewer-than-two-counts",
	});
	expect(burnRate([])).toMatchObject({ kind: "not-estimable" });
	expect(burnRate(days([100, 200, 300]))).toMatchObject({
		reason: "no-usable-span",
	});
});

test("days out of order and negative counts are refused", () => {
	expect(() => burnRate(days([10, -1]))).toThrow(/onHand/);
	const twice = days([10, 9]);
	(twice[1] as StockDay).day = START;
	expect(() => burnRate(twice)).toThrow(/expected one after/);
});

test("a steady use is found again through gaps, receipts and one slipped count", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 1_000_000 }),
			fc.integer({ min: 20, max: 200 }),
			(seed, use) => {
				const random = createRandom(seed);
				const pack = 100;
				let stock = use * 60;
				const series: StockDay[] = [];
				for (let index = 0; index < 15; index++) {
					const received = random.uniform() < 0.2 ? 10 * use : 0;
					if (index > 0) stock += received - use;
					series.push({
						day: START + index,
						onHand:
							index > 0 && index < 14 && random.uniform() < 0.3
								? Number.NaN
								: stock,
						received: index > 0 ? received : 0,
					});
				}
				const counted = series.filter((row) => !Number.isNaN(row.onHand));
				const slipped = counted[1 + random.integer(counted.length - 1)];
				if (slipped) slipped.onHand /= pack;
				const rate = burnRate(series, { packSize: pack });
				if (rate.kind !== "estimated") throw new Error(rate.reason);
				expect(rate.perDay).toBeCloseTo(use, 6);
			},
		),
		{ numRuns: 200 },
	);
});
