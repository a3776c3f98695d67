/** Turns a plan with fractions of a unit into whole units that trucks can be loaded with. */

import { freeSupply, pinPosition } from "./model.ts";
import type { Shipment } from "./plan.ts";
import type { AllocationProblem } from "./problem.ts";

/**
 * Rounds shipments to whole units, or whole packs for items with a pack: every shipment is rounded down, then the largest
 * rests are rounded up again as far as stock, demand and pins allow. No place loses a whole unit (or pack) on a route.
 * A plan of tens of thousands of routes is made divisible and rounded here; whole packs in the program itself are for
 * small plans.
 */
export function inWholeUnits(
	problem: AllocationProblem,
	shipments: readonly Shipment[],
): Shipment[] {
	const items = problem.items.length;
	const stock = new Float64Array(problem.depots.length * items);
	problem.depots.forEach((_, depot) => {
		problem.items.forEach((_, item) => {
			stock[depot * items + item] = freeSupply(problem, depot, item);
		});
	});
	const need = new Float64Array(problem.places.length * items);
	problem.demand.forEach((row, place) => {
		row.forEach((units, item) => {
			need[place * items + item] = units;
		});
	});
	const limits = new Map<string, number>();
	for (const pin of problem.pins)
		if (pin.atMost !== undefined) {
			const at = pinPosition(problem, pin);
			const key = `${at.depot},${at.place},${at.item}`;
			limits.set(
				key,
				Math.min(limits.get(key) ?? Number.POSITIVE_INFINITY, pin.atMost),
			);
		}
	const rows = shipments.map((shipment) => {
		const step = problem.items[shipment.item]?.pack ?? 1;
		// A solver's 29.999999 is 30.
		const whole = Math.floor((shipment.units + 1e-4) / step) * step;
		const from = shipment.depot * items + shipment.item;
		const to = shipment.place * items + shipment.item;
		stock[from] = (stock[from] as number) - whole;
		need[to] = (need[to] as number) - whole;
		return { ...shipment, step, units: whole, rest: shipment.units - whole };
	});
	const order = rows
		.filter(({ rest }) => rest > 1e-4)
		.sort(
			(a, b) =>
				b.rest / b.step - a.rest / a.step ||
				a.place - b.place ||
				a.depot - b.depot ||
				a.item - b.item,
		);
	for (const row of order) {
		const from = row.depot * items + row.item;
		const to = row.place * items + row.item;
		const most =
			limits.get(`${row.depot},${row.place},${row.item}`) ??
			Number.POSITIVE_INFINITY;
		if (
			(stock[from] as number) < row.step - 1e-9 ||
			(need[to] as number) < row.step - 1e-9 ||
			row.units + row.step > most + 1e-9
		)
			continue;
		stock[from] = (stock[from] as number) - row.step;
		need[to] = (need[to] as number) - row.step;
		row.units += row.step;
	}
	return rows
		.filter(({ units }) => units > 0)
		.map(({ depot, place, item, units }) => ({ depot, place, item, units }));
}
