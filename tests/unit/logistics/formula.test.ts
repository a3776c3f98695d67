import fc from "fast-check";
import { expect, test } from "vitest";
import { addStanding, noSupply } from "../../../core/logistics/area-supply.ts";
import {
	areaFormulas,
	type Formula,
	placeFormulas,
} from "../../../core/logistics/formula.ts";
import {
	type StockTold,
	stockStanding,
} from "../../../core/logistics/stock-standing.ts";
import { day } from "../../../core/series/day.ts";

const TODAY = day("2020-06-15");

/** What a person comes to who puts the inputs into the formula. */
function evaluated({ expression, inputs }: Formula): number {
	const values = new Map<string, number>(
		inputs.map(({ name, value }) => [name, value]),
	);
	const filled = expression
		.replace(/\{(\w+)\}/g, (_, name) => `(${values.get(name)})`)
		.replace(/\b(max|min|sqrt|floor)\(/g, "Math.$1(");
	return Number(new Function(`return ${filled}`)());
}

const anyStock = fc.record({
	left: fc.integer({ min: 0, max: 5000 }),
	use: fc.integer({ min: 1, max: 300 }),
	silent: fc.integer({ min: 0, max: 6 }),
	severe: fc.integer({ min: 0, max: 60 }),
	critical: fc.integer({ min: 0, max: 30 }),
	useFactor: fc.double({ min: 0.1, max: 2, noNaN: true }),
	horizonDays: fc.integer({ min: 1, max: 84 }),
	prefer: fc.constantFrom("reported" as const, "modelled" as const),
	units: fc.integer({ min: 0, max: 900 }),
	brought: fc.constantFrom(0, 40, 700),
});

test("every formula of a stock, with its inputs put in, comes to the number that is stated", () => {
	fc.assert(
		fc.property(anyStock, (one) => {
			const perSevere = 3.5;
			const perCritical = 7;
			const told: StockTold = {
				counts: Array.from({ length: 8 }, (_, at) => ({
					day: TODAY - 7 + at,
					onHand: one.left + one.use * (7 - at),
					received: 0,
				})),
				day: TODAY + one.silent,
				modelled: one.severe * perSevere + one.critical * perCritical,
				incoming:
					one.units > 300
						? [{ arrives: TODAY + one.silent + 2, units: one.units }]
						: [],
				delivered:
					one.brought > 0
						? [{ arrives: TODAY + one.silent, units: one.brought }]
						: [],
			};
			const standing = stockStanding(told, one);
			const formulas = placeFormulas(told, standing, one, {
				kind: "patients",
				severe: one.severe,
				critical: one.critical,
				perSevere,
				perCritical,
			});
			expect(formulas.map(({ of }) => of)).toEqual(
				expect.arrayContaining(["days", "left", "use", "netNeed", "modelled"]),
			);
			for (const formula of formulas) {
				const value = evaluated(formula);
				// Nothing is used where there are no patients: that lasts for ever.
				if (Number.isFinite(formula.result))
					expect(
						Math.abs(value - formula.result),
						`${formula.of}: ${formula.expression}`,
					).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(formula.result)));
			}
		}),
	);
});

test("the formulas of an area come to what it states, of those that told stock and use", () => {
	const sum = noSupply();
	for (const [left, use] of [
		[100, 10],
		[30, 5],
	] as const)
		addStanding(
			sum,
			left,
			stockStanding(
				{
					counts: [0, 1, 2].map((at) => ({
						day: TODAY - 2 + at,
						onHand: left + use * (2 - at),
						received: 0,
					})),
					day: TODAY,
					modelled: Number.NaN,
				},
				{ prefer: "reported", useFactor: 1, horizonDays: 14 },
			),
		);
	const formulas = areaFormulas(sum);
	for (const formula of formulas)
		expect(evaluated(formula)).toBeCloseTo(formula.result, 9);
	expect(formulas.find(({ of }) => of === "days")?.result).toBeCloseTo(
		130 / 15,
		9,
	);
	expect(formulas.find(({ of }) => of === "netNeed")?.result).toBe(40 + 40);
});
