import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProblem } from "../../../core/logistics/allocation/problem.ts";
import { inWholeUnits } from "../../../core/logistics/allocation/whole-units.ts";
import {
	distributionDemand,
	unmetPenalty,
} from "../../../core/logistics/distribution-demand.ts";

const use = { perDay: 10, low: 8, high: 12, sdPerDay: 3 };

test("a place is sent what lead, review and cover days use, less what it has and expects", () => {
	expect(
		distributionDemand({
			onHand: 30,
			onOrder: 20,
			use,
			leadDays: 3,
			reviewDays: 7,
			coverDays: 5,
		}),
	).toEqual({ kind: "known", units: 100, daysOfSupply: 3 });
});

test("a place that did not report its stock has no demand, not a full one and not none", () => {
	expect(
		distributionDemand({
			onOrder: 0,
			use,
			leadDays: 1,
			reviewDays: 1,
			coverDays: 1,
		}),
	).toEqual({ kind: "not-reported" });
});

test("who runs dry before help can come weighs most", () => {
	const dry = unmetPenalty(8, 2, 3, 7, "red");
	const low = unmetPenalty(8, 5, 3, 7, "red");
	const safe = unmetPenalty(8, 30, 3, 7, "red");
	expect(dry).toBeGreaterThan(low);
	expect(low).toBeGreaterThan(safe);
	expect(unmetPenalty(8, 30, 3, 7, undefined)).toBe(8);
});

test("whole units: nothing above stock, demand or pin, and less than one unit lost on a route", () => {
	fc.assert(
		fc.property(
			fc.array(fc.double({ min: 0, max: 40, noNaN: true }), {
				minLength: 6,
				maxLength: 6,
			}),
			(units) => {
				const shipments = units.map((amount, index) => ({
					depot: index % 2,
					place: index >> 1,
					item: 0,
					units: amount,
				}));
				const total = (key: "depot" | "place", at: number) =>
					shipments
						.filter((row) => row[key] === at)
						.reduce((sum, row) => sum + row.units, 0);
				const problem = checkProblem({
					items: [{ id: "i", volumeM3: 1 }],
					depots: [{ id: "a" }, { id: "b" }],
					places: [{ id: "x" }, { id: "y" }, { id: "z" }],
					supply: [
						[Math.ceil(total("depot", 0))],
						[Math.ceil(total("depot", 1))],
					],
					demand: [0, 1, 2].map((place) => [Math.ceil(total("place", place))]),
					penalty: [[1], [1], [1]],
					costPerM3: [
						[1, 1, 1],
						[1, 1, 1],
					],
					pins: [{ depot: "a", place: "x", item: "i", atMost: units[0] }],
				});
				const whole = inWholeUnits(problem, shipments);
				const sent = (depot: number, place: number) =>
					whole.find((row) => row.depot === depot && row.place === place)
						?.units ?? 0;
				for (const row of shipments) {
					const got = sent(row.depot, row.place);
					expect(Number.isInteger(got)).toBe(true);
					expect(got).toBeGreaterThan(row.units - 1);
				}
				for (const depot of [0, 1])
					expect(
						sent(depot, 0) + sent(depot, 1) + sent(depot, 2),
					).toBeLessThanOrEqual(problem.supply[depot]?.[0] as number);
				for (const place of [0, 1, 2])
					expect(sent(0, place) + sent(1, place)).toBeLessThanOrEqual(
						problem.demand[place]?.[0] as number,
					);
				expect(sent(0, 0)).toBeLessThanOrEqual(units[0] + 1e-4);
			},
		),
	);
});

test("whole packs: a divisible plan is rounded to packs within stock and need", () => {
	const problem = checkProblem({
		items: [{ id: "i", volumeM3: 1, pack: 20 }],
		depots: [{ id: "a" }],
		places: [{ id: "x" }, { id: "y" }],
		supply: [[100]],
		demand: [[60], [60]],
		penalty: [[1], [1]],
		costPerM3: [[1, 1]],
	});
	expect(
		inWholeUnits(problem, [
			{ depot: 0, place: 0, item: 0, units: 49 },
			{ depot: 0, place: 1, item: 0, units: 51 },
		]),
	).toEqual([
		{ depot: 0, place: 0, item: 0, units: 40 },
		{ depot: 0, place: 1, item: 0, units: 60 },
	]);
});
