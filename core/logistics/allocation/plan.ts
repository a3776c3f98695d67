/** A plan as people read it: what goes where, who stays short and why, and what one more unit would be worth. */

import type { SolvedModel, StepReport } from "./lexicographic.ts";
import type { AllocationModel, ClosedReason, RowMeaning } from "./model.ts";
import type { SolveStatus } from "./solver.ts";

/** Units from one depot to one place. Positions are those of the problem's lists. */
export interface Shipment {
	depot: number;
	place: number;
	item: number;
	units: number;
}

/** Why a place does not get all it asks for. */
export type ShortReason =
	/** Every route is closed; how many for each reason. */
	| { kind: "no-route"; closed: Partial<Record<ClosedReason, number>> }
	/** The depots that reach it have nothing left. */
	| { kind: "supply-used-up"; depots: number }
	/** Depots with stock reach it but cannot send more. */
	| { kind: "depot-capacity"; depots: number }
	| { kind: "pinned" }
	/** It could be served; under the weighted objective it costs more than it is worth, or whole packs or trips do not fit. */
	| { kind: "not-worth-it" };

/** A place that is short of an item. */
export interface Shortage {
	place: number;
	item: number;
	demand: number;
	unmet: number;
	/** Part of the demand that is met, 0-1. */
	coverage: number;
	/** Unmet units times their penalty. */
	weight: number;
	reason: ShortReason;
}

/** What one more unit at a depot saves in weighted unmet need; 0 where there is enough. */
export interface SupplyValue {
	depot: number;
	item: number;
	saves: number;
}

/** A limit that the plan runs against. `value`: what one more unit (m3, trip) of it saves. */
export interface BindingLimit {
	meaning: Extract<
		RowMeaning,
		{ kind: "supply" | "depot-capacity" | "depot-trips" }
	>;
	value: number;
}

export interface ItemSummary {
	item: number;
	demand: number;
	shipped: number;
	unmet: number;
	/** Lowest part of the demand met, over places with a route; null when no place has one. */
	lowestCoverage: number | null;
	placesShort: number;
	placesWithoutRoute: number;
}

export interface AllocationPlan {
	status: SolveStatus;
	/** Proved relative distance to the best possible plan; 0 for linear programs. */
	gap: number;
	weightedUnmet: number;
	transportCost: number;
	shipments: Shipment[];
	trips: { depot: number; place: number; trips: number }[];
	/** Units left at each depot above its reserve, depots x items. */
	left: number[][];
	shortages: Shortage[];
	supplyValues: SupplyValue[];
	binding: BindingLimit[];
	items: ItemSummary[];
	steps: StepReport[];
	seconds: number;
}

const TINY = 1e-6;

/** Reads the plan of a solved model. Undefined when the solver found none. */
export function readPlan(
	model: AllocationModel,
	solved: SolvedModel,
): AllocationPlan | undefined {
	const { final, prices } = solved;
	if (!final) return undefined;
	const { problem, routes } = model;
	const items = problem.items.length;
	const shipments: Shipment[] = [];
	const left = problem.depots.map((_, depot) =>
		problem.items.map((_, item) =>
			Math.max(
				0,
				(problem.supply[depot]?.[item] ?? 0) -
					(problem.reserve?.[depot]?.[item] ?? 0),
			),
		),
	);
	const shipped = new Float64Array(problem.places.length * items);
	const volumeOut = new Float64Array(problem.depots.length);
	let transportCost = 0;
	for (let route = 0; route < routes.depot.length; route++) {
		const step = final.values[route] as number;
		if (!(step > 1e-9)) continue;
		const depot = routes.depot[route] as number;
		const place = routes.place[route] as number;
		const item = routes.item[route] as number;
		const perStep = model.unitsPerStep[route] as number;
		const units =
			problem.items[item]?.pack === undefined
				? step
				: Math.round(step) * perStep;
		const row = left[depot];
		if (row) row[item] = (row[item] as number) - units;
		shipped[place * items + item] =
			(shipped[place * items + item] as number) + units;
		const cubic = units * (problem.items[item]?.volumeM3 ?? 0);
		volumeOut[depot] = (volumeOut[depot] as number) + cubic;
		transportCost += cubic * (problem.costPerM3[depot]?.[place] ?? 0);
		if (units > TINY) shipments.push({ depot, place, item, units });
	}
	for (const row of left)
		for (let item = 0; item < row.length; item++)
			if ((row[item] as number) < TINY) row[item] = 0;
	const trips = model.tripRoutes.flatMap(({ depot, place, column }) => {
		const count = Math.round(final.values[column] as number);
		transportCost += count * (problem.trucks?.fixedCost[depot]?.[place] ?? 0);
		return count > 0 ? [{ depot, place, trips: count }] : [];
	});

	const shortages: Shortage[] = [];
	let weightedUnmet = 0;
	const summaries = problem.items.map(
		(_, item): ItemSummary => ({
			item,
			demand: 0,
			shipped: 0,
			unmet: 0,
			lowestCoverage: null,
			placesShort: 0,
			placesWithoutRoute: 0,
		}),
	);
	problem.places.forEach((_, place) => {
		problem.items.forEach((_, item) => {
			const demand = problem.demand[place]?.[item] ?? 0;
			if (!(demand > 0)) return;
			const at = place * items + item;
			const got = Math.min(demand, shipped[at] as number);
			const unmet = demand - got;
			const reachable = (model.floorRow[at] as number) >= 0;
			const summary = summaries[item] as ItemSummary;
			summary.demand += demand;
			summary.shipped += got;
			summary.unmet += unmet;
			if (reachable)
				summary.lowestCoverage = Math.min(
					summary.lowestCoverage ?? 1,
					got / demand,
				);
			else summary.placesWithoutRoute++;
			const weight = unmet * (problem.penalty[place]?.[item] ?? 0);
			weightedUnmet += weight;
			if (unmet <= TINY * Math.max(1, demand)) return;
			summary.placesShort++;
			shortages.push({
				place,
				item,
				demand,
				unmet,
				coverage: got / demand,
				weight,
				reason: reasonOf(model, place, item, left, volumeOut),
			});
		});
	});
	shortages.sort((a, b) => b.weight - a.weight || b.unmet - a.unmet);

	return {
		status: solved.status,
		gap: final.gap,
		weightedUnmet,
		transportCost,
		shipments,
		trips,
		left,
		shortages,
		supplyValues: prices ? supplyValues(model, prices.rowDuals) : [],
		binding: prices ? bindingLimits(model, prices.rowDuals) : [],
		items: summaries,
		steps: solved.steps,
		seconds: solved.steps.reduce((sum, step) => sum + step.seconds, 0),
	};
}

function reasonOf(
	model: AllocationModel,
	place: number,
	item: number,
	left: readonly (readonly number[])[],
	volumeOut: Float64Array,
): ShortReason {
	const { problem, routes, firstRoute } = model;
	const at = item * problem.places.length + place;
	const from = firstRoute[at] as number;
	const to = firstRoute[at + 1] as number;
	if (from === to) {
		const closed: Partial<Record<ClosedReason, number>> = {};
		problem.depots.forEach((_, depot) => {
			const route = model.route(depot, place, item);
			if ("closed" in route)
				closed[route.closed] = (closed[route.closed] ?? 0) + 1;
		});
		return { kind: "no-route", closed };
	}
	let withStock = 0;
	let full = 0;
	let held = 0;
	for (let route = from; route < to; route++) {
		const depot = routes.depot[route] as number;
		if (usedUp(problem.supply[depot]?.[item] ?? 0, left[depot]?.[item] ?? 0))
			continue;
		withStock++;
		const capacity = problem.depotCapacityM3?.[depot];
		if (
			capacity !== undefined &&
			(volumeOut[depot] as number) >= capacity * (1 - USED_UP_SHARE)
		)
			full++;
		if (Number.isFinite(model.program.colUpper[route] as number)) held++;
	}
	if (withStock === 0) return { kind: "supply-used-up", depots: to - from };
	if (full === withStock) return { kind: "depot-capacity", depots: full };
	if (held === withStock) return { kind: "pinned" };
	return { kind: "not-worth-it" };
}

/** The slack of a later step may leave a ten-thousandth of a stock behind; that is used up all the same. */
const USED_UP_SHARE = 1e-4;

function usedUp(supply: number, left: number): boolean {
	return left <= Math.max(TINY, USED_UP_SHARE * supply);
}

/**
 * What one more unit of each item at each depot saves. A depot that has none of an item is priced by the place that
 * would gain most among those it reaches in time.
 */
function supplyValues(
	model: AllocationModel,
	duals: Float64Array,
): SupplyValue[] {
	const { problem } = model;
	const items = problem.items.length;
	const gain = new Float64Array(problem.places.length * items);
	const capacityPrice = new Float64Array(problem.depots.length);
	model.rowMeaning.forEach((meaning, row) => {
		if (meaning.kind === "demand")
			gain[meaning.place * items + meaning.item] = duals[row] as number;
		else if (meaning.kind === "depot-capacity")
			capacityPrice[meaning.depot] = -(duals[row] as number);
	});
	const values: SupplyValue[] = [];
	for (let depot = 0; depot < problem.depots.length; depot++)
		for (let item = 0; item < items; item++) {
			const row = model.supplyRow[depot * items + item] as number;
			let saves = 0;
			if (row >= 0) saves = Math.max(0, -(duals[row] as number));
			else
				for (let place = 0; place < problem.places.length; place++) {
					const at = place * items + item;
					const best = gain[at] as number;
					if (best <= saves) continue;
					const route = model.route(depot, place, item);
					if ("closed" in route && route.closed !== "no-supply") continue;
					saves = Math.max(
						saves,
						best -
							(capacityPrice[depot] as number) *
								(problem.items[item]?.volumeM3 ?? 0),
					);
				}
			values.push({ depot, item, saves: saves < 1e-9 ? 0 : saves });
		}
	return values;
}

function bindingLimits(
	model: AllocationModel,
	duals: Float64Array,
): BindingLimit[] {
	const limits: BindingLimit[] = [];
	model.rowMeaning.forEach((meaning, row) => {
		if (
			meaning.kind !== "supply" &&
			meaning.kind !== "depot-capacity" &&
			meaning.kind !== "depot-trips"
		)
			return;
		const value = -(duals[row] as number);
		if (value > 1e-9) limits.push({ meaning, value });
	});
	return limits.sort((a, b) => b.value - a.value);
}
