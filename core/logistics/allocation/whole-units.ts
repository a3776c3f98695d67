/** Turns a plan with fractions of a unit into whole units that trucks can be loaded with. */

import {
	type AllocationModel,
	buildAllocationModel,
	freeSupplyTable,
} from "./model.ts";
import { type AllocationPlan, accountFor, type PlanAccount } from "./plan.ts";
import type { AllocationProblem } from "./problem.ts";
import type { Shipment } from "./shipment.ts";

/** A solver's 29.999999 is 30. */
const ROUNDING = 1e-4;

/**
 * The plan with shipments in whole units, or whole packs for items with a pack, and everything that is told about it
 * counted from those shipments. A plan of tens of thousands of routes is made divisible and rounded here; whole packs
 * in the program itself are for small plans.
 * @param problem with the packs, which the plan was made without
 */
export function planInWholeUnits(
	problem: AllocationProblem,
	plan: AllocationPlan,
): AllocationPlan {
	return {
		...plan,
		...accountInWholeUnits(problem, plan.shipments),
		// The steps and their fairness are those of the divisible plan.
		fairness: null,
		steps: [],
	};
}

/** Shipments in whole units or packs, and what they come to. */
export function accountInWholeUnits(
	problem: AllocationProblem,
	shipments: readonly Shipment[],
): PlanAccount {
	const model = buildAllocationModel(problem);
	const whole = rounded(model, shipments);
	return accountFor(model, whole.shipments, whole.trips);
}

/**
 * Rounds shipments: every one is rounded down (to no less than a pin asks), then the places that lost most are given a
 * unit or pack back, on any of their routes, as far as stock, room, trips and pins allow. A last pack that holds more
 * than the place asks for comes after those that do not.
 */
export function inWholeUnits(
	problem: AllocationProblem,
	shipments: readonly Shipment[],
): Shipment[] {
	return rounded(buildAllocationModel(problem), shipments).shipments;
}

function rounded(
	model: AllocationModel,
	shipments: readonly Shipment[],
): Pick<AllocationPlan, "shipments" | "trips"> {
	const { problem, program, routes, firstRoute } = model;
	const places = problem.places.length;
	const items = problem.items.length;
	const stock = freeSupplyTable(problem);
	const sent = new Float64Array(routes.depot.length);
	const planned = new Float64Array(routes.depot.length);
	const got = new Float64Array(places * items);
	const wanted = new Float64Array(places * items);
	const volumeOut = new Float64Array(problem.depots.length);
	const volumeTo = new Map<number, number>();
	const stepOf = (item: number) => problem.items[item]?.pack ?? 1;
	const send = (route: number, units: number) => {
		const depot = routes.depot[route];
		const place = routes.place[route];
		const item = routes.item[route];
		const row = stock[depot] as number[];
		row[item] = row[item] - units;
		sent[route] = sent[route] + units;
		const at = place * items + item;
		got[at] = got[at] + units;
		const cubic = units * (problem.items[item]?.volumeM3 ?? 0);
		volumeOut[depot] = volumeOut[depot] + cubic;
		const pair = depot * places + place;
		volumeTo.set(pair, (volumeTo.get(pair) ?? 0) + cubic);
	};
	const tripsFor = (depot: number, place: number, cubic: number) => {
		const capacity = problem.trucks?.capacityM3[depot]?.[place] ?? 0;
		if (cubic <= ROUNDING * capacity || cubic <= 1e-9) return 0;
		return capacity > 0
			? Math.ceil(cubic / capacity - 1e-6)
			: Number.POSITIVE_INFINITY;
	};
	const tripsOf = (depot: number) => {
		let trips = 0;
		for (let place = 0; place < places; place++)
			trips += tripsFor(
				depot,
				place,
				volumeTo.get(depot * places + place) ?? 0,
			);
		return trips;
	};

	for (const { depot, place, item, units } of shipments) {
		const found = model.route(depot, place, item);
		if ("closed" in found) continue;
		const route = found.column;
		const step = stepOf(item);
		planned[route] = units;
		wanted[place * items + item] = wanted[place * items + item] + units;
		const pinned = program.colLower[route] * model.unitsPerStep[route];
		send(
			route,
			step *
				Math.min(
					Math.max(
						Math.floor((units + ROUNDING) / step),
						Math.ceil(pinned / step - 1e-9),
					),
					Math.floor((stock[depot]?.[item] as number) / step + 1e-9),
				),
		);
	}

	const fits = (route: number, beyondNeed: boolean): boolean => {
		const depot = routes.depot[route];
		const place = routes.place[route];
		const item = routes.item[route];
		const step = stepOf(item);
		const at = place * items + item;
		const missing = (problem.demand[place]?.[item] ?? 0) - got[at];
		if (missing < step - 1e-9 && !(beyondNeed && missing > ROUNDING))
			return false;
		if ((stock[depot]?.[item] as number) < step - 1e-9) return false;
		const most = program.colUpper[route] * model.unitsPerStep[route];
		if (sent[route] + step > most + 1e-9) return false;
		const cubic = step * (problem.items[item]?.volumeM3 ?? 0);
		if (
			volumeOut[depot] + cubic >
			(problem.depotCapacityM3?.[depot] ?? Number.POSITIVE_INFINITY) + 1e-9
		)
			return false;
		if (!problem.trucks) return true;
		const before = volumeTo.get(depot * places + place) ?? 0;
		const more =
			tripsFor(depot, place, before + cubic) - tripsFor(depot, place, before);
		return (
			more === 0 ||
			tripsOf(depot) + more <=
				(problem.trucks.tripsPerDepot?.[depot] ?? Number.MAX_VALUE)
		);
	};
	/** Gives the place one more unit or pack on the route that lost most, else on the cheapest. */
	const give = (at: number, beyondNeed: boolean): boolean => {
		const place = Math.floor(at / items);
		const item = at % items;
		const first = item * places + place;
		let best = -1;
		const better = (a: number, b: number) => {
			const lost = (route: number) => planned[route] - sent[route];
			const cost = (route: number) =>
				problem.costPerM3[routes.depot[route]]?.[place] ?? 0;
			return lost(a) > lost(b) + 1e-9 ||
				(lost(a) > lost(b) - 1e-9 && cost(a) < cost(b))
				? a
				: b;
		};
		for (let route = firstRoute[first]; route < firstRoute[first + 1]; route++)
			if (fits(route, beyondNeed))
				best = best < 0 ? route : better(route, best);
		if (best >= 0) send(best, stepOf(item));
		return best >= 0;
	};
	const lost = (at: number) => wanted[at] - got[at];
	for (const beyondNeed of problem.packsBeyondNeed ? [false, true] : [false]) {
		let short = [...wanted.keys()].filter((at) => lost(at) > ROUNDING);
		while (short.length > 0)
			short = short
				.sort(
					(a, b) =>
						lost(b) / stepOf(b % items) - lost(a) / stepOf(a % items) || a - b,
				)
				.filter((at) => give(at, beyondNeed) && lost(at) > ROUNDING);
	}

	const trips: AllocationPlan["trips"] = [];
	if (problem.trucks)
		for (const [pair, cubic] of [...volumeTo].sort(([a], [b]) => a - b)) {
			const depot = Math.floor(pair / places);
			const count = tripsFor(depot, pair % places, cubic);
			if (count > 0) trips.push({ depot, place: pair % places, trips: count });
		}
	return {
		shipments: [...sent.keys()]
			.filter((route) => sent[route] > 0)
			.map((route) => ({
				depot: routes.depot[route],
				place: routes.place[route],
				item: routes.item[route],
				units: sent[route],
			})),
		trips,
	};
}
