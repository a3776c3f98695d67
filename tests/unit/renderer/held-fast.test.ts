import fc from "fast-check";
import { expect, it } from "vitest";
import {
	giversOf,
	heldAt,
} from "../../../renderer/screens/logistik/held-fast.ts";
import "../../fixtures/property-seed.ts";

const end = (facility: number, province: number | null) => ({
	...{ facility, province, code: "", name: "", area: 1, lat: null, lng: null },
});
const way = (facility: number, units: number) => ({
	...{ facility, units, carriage: "road" as const, km: 1, days: 1 },
	...{ handover: "fetched" as const, pin: false },
});
const plan = {
	warehouses: [end(1, null), end(2, null), end(3, null), end(35, 9)],
};
const names = new Map([
	[35, end(35, 9)],
	[100, end(100, 9)],
]);

it("whoever may give to a place is held: to a province all warehouses of the nation, to a hospital those of its province", () => {
	const from = [way(2, 10), way(3, 40)];
	expect(giversOf(plan, { tier: "centre", to: 35, from }, names)).toEqual([
		3, 2, 1,
	]);
	expect(
		giversOf(plan, { tier: "province", to: 100, from: [] }, names),
	).toEqual([35]);
});

it("an amount that is held fast is what all warehouses together give, and nothing is nothing from any of them", () => {
	const whole = fc.integer({ min: 0, max: 1e6 });
	fc.assert(
		fc.property(whole, fc.array(whole, { maxLength: 3 }), (units, now) => {
			const line = {
				...{ tier: "centre" as const, to: 35, item: "respirator" },
				from: now.map((units, at) => way(at + 1, units)),
			};
			const pins = heldAt(units, line, giversOf(plan, line, names));
			expect(pins.map(({ from }) => from).sort()).toEqual([1, 2, 3]);
			expect(pins.reduce((sum, { atLeast }) => sum + atLeast, 0)).toBe(units);
			for (const pin of pins) {
				expect(pin.atMost).toBe(pin.atLeast);
				expect(pin.atLeast).toBeGreaterThanOrEqual(0);
			}
		}),
	);
});
