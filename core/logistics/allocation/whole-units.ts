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
		...accountInWholeUnits(problem, plan.shipments, plan.fairness !== null),
		// The steps and their fairness are those of the divisible plan.
		fairness: null,
		steps: [],
	};
}

/**
 * Shipments in whole units or packs, and what they come to.
 * @param fair whether they are of a plan that raises the lowest coverage first
 */
export function accountInWholeUnits(
	problem: AllocationProblem,
	shipments: readonly Shipment[],
	fair = false,
): PlanAccount {
	const model = buildAllocationModel(problem);
	const whole = rounded(model, shipments, fair);
	const account = accountFor(model, whole.shipments, whole.trips);
	return {
		...account,
		shortages: account.shortages.map((shortage) => {
			const { place, item, coverage } = shortage;
			const pack = problem.items[item]?.pack;
			// Its share of what there is would be something, and is no whole pack.
			return pack !== undefined &&
				coverage === 0 &&
				(whole.planned[place * problem.items.length + item] ?? 0) > ROUNDING
				? { ...shortage, reason: { kind: "less-than-a-pack", pack } }
				: shortage;
		}),
	};
}

/**
 * Rounds shipments: every one is rounded down (to no less than a pin asks), then the places that lost most are given a
 * unit or pack back, on any of their routes, as far as stock, room, trips and pins allow. A last pack that holds more
 * than the place asks for comes after those that do not.
 *
 * In a fair plan those of the lowest coverage come first, of equals the one where a missing unit weighs most, and who has nothing
 * yet may get a pack that holds more than it asks for. Then a pack goes from who keeps more without it to who has less, until nobody
 * could: no place has less than another of the same depot and item could keep.
 */
export function inWholeUnits(
	problem: AllocationProblem,
	shipments: readonly Shipment[],
): Shipment[] {
	return rounded(buildAllocationModel(problem), shipments, false).shipments;
}

function rounded(
	model: AllocationModel,
	shipments: readonly Shipment[],
	fair: boolean,
): Pick<AllocationPlan, "shipments" | "trips"> & {
	/** What the plan gave before it was rounded, places x items. */
	planned: Float64Array;
} {
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
	const promised = new Float64Array(places * items);
	if (problem.floors.length > 0) {
		const placeOf = new Map(problem.places.map(({ id }, at) => [id, at]));
		const itemOf = new Map(problem.items.map(({ id }, at) => [id, at]));
		for (const { place, item, share } of problem.floors)
			promised[(placeOf.get(place) ?? 0) * items + (itemOf.get(item) ?? 0)] =
				share;
	}
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
	const demandOf = (at: number) =>
		problem.demand[Math.floor(at / items)]?.[at % items] ?? 0;
	const coverage = (at: number, more = 0) => (got[at] + more) / demandOf(at);
	const weightOf = (at: number) =>
		problem.penalty[Math.floor(at / items)]?.[at % items] ?? 0;
	const neediest = (a: number, b: number) => {
		const apart = coverage(a) - coverage(b);
		return Math.abs(apart) > 1e-9 ? apart : weightOf(b) - weightOf(a) || a - b;
	};
	if (fair) {
		const hasNothing = (at: number) =>
			problem.packsBeyondNeed && got[at] <= ROUNDING;
		for (const own of Map.groupBy(
			[...wanted.keys()].filter((at) => lost(at) > ROUNDING),
			(at) => at % items,
		).values()) {
			let short = own;
			while (short.length > 0) {
				const [first, ...others] = short.sort(neediest) as [
					number,
					...number[],
				];
				short =
					give(first, hasNothing(first)) && lost(first) > ROUNDING
						? short
						: others;
			}
			let poorer = own.filter((at) => lost(at) > ROUNDING);
			while (poorer.length > 0) {
				const [poorest, ...others] = poorer.sort(neediest) as [
					number,
					...number[],
				];
				poorer =
					takeFor(poorest, hasNothing(poorest)) && lost(poorest) > ROUNDING
						? poorer
						: others;
			}
		}
	}
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

	/** Takes a pack from whoever keeps most without it and more than the place has, and sends it there. */
	function takeFor(at: number, beyondNeed: boolean): boolean {
		const place = Math.floor(at / items);
		const item = at % items;
		const step = stepOf(item);
		const from = item * places;
		const own = {
			first: firstRoute[from + place],
			end: firstRoute[from + place + 1],
		};
		let donor = -1;
		let keeps = coverage(at) + 1e-9;
		for (
			let route = firstRoute[from];
			route < firstRoute[from + places];
			route++
		) {
			if (sent[route] < step - 1e-9 || routes.place[route] === place) continue;
			const other = routes.place[route] * items + item;
			const least = Math.max(
				program.colLower[route] * model.unitsPerStep[route],
				sent[route] - got[other] + promised[other] * demandOf(other),
			);
			if (sent[route] - step < least - 1e-9) continue;
			const kept = Math.min(1, coverage(other, -step));
			if (kept <= keeps) continue;
			let reaches = false;
			for (let to = own.first; to < own.end; to++)
				reaches ||= routes.depot[to] === routes.depot[route];
			if (!reaches) continue;
			keeps = kept;
			donor = route;
		}
		if (donor < 0) return false;
		send(donor, -step);
		for (let route = own.first; route < own.end; route++)
			if (
				routes.depot[route] === routes.depot[donor] &&
				fits(route, beyondNeed)
			) {
				send(route, step);
				return true;
			}
		send(donor, step);
		return false;
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
		planned: wanted,
	};
}
