/** A plan as people read it: what goes where, who stays short and why, who gets more than asked, what is left. */

import { found } from "../../series/found.ts";
import type { SolvedModel } from "./lexicographic.ts";
import {
	type AllocationModel,
	type ClosedReason,
	freeSupply,
	freeSupplyTable,
	type RowMeaning,
} from "./model.ts";
import type { Shipment } from "./shipment.ts";
import type { StepReport } from "./solve-steps.ts";
import type { SolveStatus } from "./solver.ts";
import { decimalsOf, stated, statedShipments } from "./stated-units.ts";

/** Why a place does not get all it asks for. */
export type ShortReason =
	/** No depot may send there, whether it has stock or not; how many for each reason. */
	| { kind: "no-route"; closed: Partial<Record<ClosedReason, number>> }
	/** The depots that reach it have nothing left, or had nothing. */
	| { kind: "supply-used-up"; depots: number }
	/** Depots with stock reach it but cannot send more. */
	| { kind: "depot-capacity"; depots: number }
	| { kind: "pinned" }
	/** What is missing, what each depot has left, or the place's fair share, is less than a whole pack of so many units. */
	| { kind: "less-than-a-pack"; pack: number }
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

/** A place that is sent more than it asks for, because packs are whole. */
export interface Surplus {
	place: number;
	item: number;
	demand: number;
	/** Units sent above the demand. */
	units: number;
}

/** Stock that no plan can use, for want of a need or of a way. */
export interface IdleStock {
	depot: number;
	item: number;
	/** Units above the reserve. */
	units: number;
	/** No place asks for the item; or no open route leads from the depot to one that does. */
	why: "no-demand" | "no-route";
}

/** What planning again with one more unit at a depot saves. Below 0: fairness then costs more than the unit brings. */
export interface SupplyValue {
	depot: number;
	item: number;
	saves: number;
}

/** A limit that the plan uses up. */
export interface BindingLimit {
	meaning: Extract<
		RowMeaning,
		{ kind: "supply" | "depot-capacity" | "depot-trips" }
	>;
	/** Units, m3 or trips there are. */
	limit: number;
}

/** How far the coverage of a plan is the fairest there is. */
export interface Fairness {
	/** Rounds of raising the lowest coverage that were solved to their end. */
	rounds: number;
	/** Places that might still rise, because rounds or time ended first; empty when all is settled. */
	unsettled: { place: number; item: number }[];
}

export interface ItemSummary {
	item: number;
	demand: number;
	/** Units sent: demand - unmet + moreThanAsked. */
	shipped: number;
	unmet: number;
	/** Units sent above what places ask for, because packs are whole. */
	moreThanAsked: number;
	/** Lowest part of the demand met, over places with a route; null when no place has one. */
	lowestCoverage: number | null;
	placesShort: number;
	placesWithoutRoute: number;
}

export interface AllocationPlan {
	/** That of the last step; `time-limit` when any step after the coverage ended before its proof. */
	status: SolveStatus;
	/** The largest part of its value by which a step could still be lower; 0 when all are proved, infinite when nothing is known. */
	gap: number;
	weightedUnmet: number;
	transportCost: number;
	shipments: Shipment[];
	trips: { depot: number; place: number; trips: number }[];
	/** Units left at each depot above its reserve, depots x items. */
	left: number[][];
	shortages: Shortage[];
	/** Places that get more than they ask for. */
	surplus: Surplus[];
	binding: BindingLimit[];
	/** Stock that stays where it is, whatever is planned. */
	idle: IdleStock[];
	items: ItemSummary[];
	/** Null for a policy that has no coverage step. */
	fairness: Fairness | null;
	steps: StepReport[];
	seconds: number;
}

/** What a plan made small and could not prove to be the least in its time. */
export interface UnprovenPart {
	objective: StepReport["objective"];
	/** The largest part of its value by which the least could be lower; null when nothing is known. */
	couldBeLower: number | null;
}

/** The parts of a plan that are not proved, from its steps; of the coverage, `fairness` tells. */
export function unprovenParts(steps: readonly StepReport[]): UnprovenPart[] {
	return (["weighted", "unmet", "transport"] as const).flatMap((objective) => {
		const gaps = steps
			.filter((step) => step.objective === objective)
			.filter(({ status }) => status === "time-limit")
			.map(gapOf);
		if (gaps.length === 0) return [];
		const gap = Math.max(...gaps);
		// None of them falls below nothing.
		return { objective, couldBeLower: gap < 1 ? gap : null };
	});
}

function gapOf({ objective, status, gap }: StepReport): number {
	if (objective === "coverage") return 0;
	if (status === "optimal") return gap;
	return status === "time-limit"
		? Number.isFinite(gap) && gap > 0
			? gap
			: Number.POSITIVE_INFINITY
		: 0;
}

/** The part of a plan that follows from its shipments and trips alone. */
export type PlanAccount = Pick<
	AllocationPlan,
	| "weightedUnmet"
	| "transportCost"
	| "shipments"
	| "trips"
	| "left"
	| "shortages"
	| "surplus"
	| "binding"
	| "idle"
	| "items"
>;

const TINY = 1e-6;

/** Shipments this close to a whole number of units (relative) are that number: the slack of the steps. */
const WHOLE = 1e-6;

function settledUnits(units: number): number {
	const whole = Math.round(units);
	return Math.abs(units - whole) <= WHOLE * Math.max(1, whole) ? whole : units;
}

/** The shipments in a solution of the model. */
export function shipmentsOf(
	model: AllocationModel,
	values: Float64Array,
): Shipment[] {
	const { problem, routes } = model;
	const shipments: Shipment[] = [];
	for (let route = 0; route < routes.depot.length; route++) {
		const step = values[route];
		if (!(step > 1e-9)) continue;
		const item = routes.item[route];
		const units =
			problem.items[item]?.pack === undefined
				? settledUnits(step)
				: Math.round(step) * model.unitsPerStep[route];
		if (units > TINY)
			shipments.push({
				depot: routes.depot[route],
				place: routes.place[route],
				item,
				units,
			});
	}
	return statedShipments(problem, shipments);
}

/** Reads the plan of a solved model. Undefined when the solver found none. */
export function readPlan(
	model: AllocationModel,
	solved: SolvedModel,
): AllocationPlan | undefined {
	const { final, coverage } = solved;
	if (!final) return undefined;
	const items = model.problem.items.length;
	const trips = model.tripRoutes.flatMap(({ depot, place, column }) => {
		const count = Math.round(final.values[column]);
		return count > 0 ? [{ depot, place, trips: count }] : [];
	});
	return {
		status:
			unprovenParts(solved.steps).length > 0 ? "time-limit" : solved.status,
		gap: Math.max(0, ...solved.steps.map(gapOf)),
		...accountFor(model, shipmentsOf(model, final.values), trips),
		fairness: coverage
			? {
					rounds: coverage.rounds,
					unsettled: coverage.unsettled.map((at) => ({
						place: Math.floor(at / items),
						item: at % items,
					})),
				}
			: null,
		steps: solved.steps,
		seconds: solved.steps.reduce((sum, step) => sum + step.seconds, 0),
	};
}

/** What shipments and trips come to: who is short and why, who gets more than asked, costs, what is left. */
export function accountFor(
	model: AllocationModel,
	shipments: Shipment[],
	trips: AllocationPlan["trips"],
): PlanAccount {
	const { problem } = model;
	const items = problem.items.length;
	const left = freeSupplyTable(problem);
	const decimals = decimalsOf(problem);
	const told = (units: number, item: number) =>
		stated(units, decimals[item] ?? 0);
	const shipped = new Float64Array(problem.places.length * items);
	const volumeOut = new Float64Array(problem.depots.length);
	let transportCost = 0;
	for (const { depot, place, item, units } of shipments) {
		const row = left[depot] as number[];
		row[item] = row[item] - units;
		shipped[place * items + item] = shipped[place * items + item] + units;
		const cubic = units * (problem.items[item]?.volumeM3 ?? 0);
		volumeOut[depot] = volumeOut[depot] + cubic;
		transportCost += cubic * (problem.costPerM3[depot]?.[place] ?? 0);
	}
	for (const row of left)
		for (let item = 0; item < row.length; item++)
			row[item] = Math.max(0, told(row[item], item));
	for (const { depot, place, trips: count } of trips)
		transportCost += count * (problem.trucks?.fixedCost[depot]?.[place] ?? 0);

	const shortages: Shortage[] = [];
	const surplus: Surplus[] = [];
	let weightedUnmet = 0;
	const summaries = problem.items.map(
		(_, item): ItemSummary => ({
			item,
			demand: 0,
			shipped: 0,
			unmet: 0,
			moreThanAsked: 0,
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
			const sent = told(shipped[at], item);
			const missing = told(demand - sent, item);
			const unmet = Math.max(0, missing);
			const more = Math.max(0, -missing);
			const coverage = Math.min(1, sent / demand);
			// A depot without stock reaches a place all the same: its coverage is 0, not unknown.
			const closed =
				model.floorRow[at] >= 0 ? null : closedRoutes(model, place, item);
			const reachable = closed === null || closed["no-supply"] !== undefined;
			const summary = found(summaries[item], `item ${item}`);
			summary.demand += demand;
			summary.shipped += sent;
			summary.unmet += unmet;
			summary.moreThanAsked += more;
			if (reachable)
				summary.lowestCoverage = Math.min(
					summary.lowestCoverage ?? 1,
					coverage,
				);
			else summary.placesWithoutRoute++;
			const weight = unmet * (problem.penalty[place]?.[item] ?? 0);
			weightedUnmet += weight;
			if (more > TINY * Math.max(1, demand))
				surplus.push({ place, item, demand, units: more });
			if (unmet <= TINY * Math.max(1, demand)) return;
			summary.placesShort++;
			shortages.push({
				place,
				item,
				demand,
				unmet,
				coverage,
				weight,
				reason: reasonOf(model, place, item, unmet, left, volumeOut),
			});
		});
	});
	for (const summary of summaries) {
		for (const part of ["demand", "shipped", "unmet", "moreThanAsked"] as const)
			summary[part] = told(summary[part], summary.item);
	}
	shortages.sort((a, b) => b.weight - a.weight || b.unmet - a.unmet);
	return {
		weightedUnmet: settledSum(weightedUnmet),
		transportCost: settledSum(transportCost),
		shipments,
		trips,
		left,
		shortages,
		surplus,
		binding: bindingLimits(model, left, volumeOut, trips),
		idle: idleStock(model),
		items: summaries,
	};
}

/** A sum of products without the tail that adding doubles leaves. */
export function settledSum(sum: number): number {
	return Number(sum.toPrecision(12));
}

function idleStock({ problem, supplyRow }: AllocationModel): IdleStock[] {
	const items = problem.items.length;
	return problem.depots.flatMap((_, depot) =>
		problem.items.flatMap((_, item): IdleStock[] => {
			const units = freeSupply(problem, depot, item);
			if (!(units > 0) || supplyRow[depot * items + item] >= 0) return [];
			const asked = problem.demand.some((row) => (row[item] ?? 0) > 0);
			return [{ depot, item, units, why: asked ? "no-route" : "no-demand" }];
		}),
	);
}

/** Depots from which no route of the model goes to a place, by why. */
function closedRoutes(
	model: AllocationModel,
	place: number,
	item: number,
): Partial<Record<ClosedReason, number>> {
	const closed: Partial<Record<ClosedReason, number>> = {};
	model.problem.depots.forEach((_, depot) => {
		const route = model.route(depot, place, item);
		if ("closed" in route)
			closed[route.closed] = (closed[route.closed] ?? 0) + 1;
	});
	return closed;
}

function reasonOf(
	model: AllocationModel,
	place: number,
	item: number,
	unmet: number,
	left: readonly (readonly number[])[],
	volumeOut: Float64Array,
): ShortReason {
	const { problem, routes, firstRoute } = model;
	const at = item * problem.places.length + place;
	const from = firstRoute[at];
	const to = firstRoute[at + 1];
	if (from === to) {
		const closed = closedRoutes(model, place, item);
		const empty = closed["no-supply"];
		return empty === undefined
			? { kind: "no-route", closed }
			: { kind: "supply-used-up", depots: empty };
	}
	const pack = problem.items[item]?.pack;
	let withStock = 0;
	let withPack = 0;
	let atCapacity = 0;
	let held = 0;
	for (let route = from; route < to; route++) {
		const depot = routes.depot[route];
		if (usedUp(problem.supply[depot]?.[item] ?? 0, left[depot]?.[item] ?? 0))
			continue;
		withStock++;
		if (
			pack === undefined ||
			(left[depot]?.[item] ?? 0) >= pack * (1 - USED_UP_SHARE)
		)
			withPack++;
		const capacity = problem.depotCapacityM3?.[depot];
		if (
			capacity !== undefined &&
			full(
				capacity,
				volumeOut[depot] + (pack ?? 0) * (problem.items[item]?.volumeM3 ?? 0),
			)
		)
			atCapacity++;
		if (Number.isFinite(model.program.colUpper[route])) held++;
	}
	if (withStock === 0) return { kind: "supply-used-up", depots: to - from };
	if (atCapacity === withStock)
		return { kind: "depot-capacity", depots: atCapacity };
	if (held === withStock) return { kind: "pinned" };
	if (
		pack !== undefined &&
		(withPack === 0 || (!problem.packsBeyondNeed && unmet < pack))
	)
		return { kind: "less-than-a-pack", pack };
	return { kind: "not-worth-it" };
}

/** The slack of a later step may leave a ten-thousandth of a stock behind; that is used up all the same. */
const USED_UP_SHARE = 1e-4;

function full(capacity: number, used: number): boolean {
	return used >= capacity * (1 - USED_UP_SHARE);
}

function usedUp(supply: number, left: number): boolean {
	return left <= Math.max(TINY, USED_UP_SHARE * supply);
}

function bindingLimits(
	model: AllocationModel,
	left: readonly (readonly number[])[],
	volumeOut: Float64Array,
	trips: AllocationPlan["trips"],
): BindingLimit[] {
	const { problem } = model;
	const limits: BindingLimit[] = [];
	for (const meaning of model.rowMeaning)
		if (meaning.kind === "supply") {
			const limit = freeSupply(problem, meaning.depot, meaning.item);
			if (usedUp(limit, left[meaning.depot]?.[meaning.item] ?? 0))
				limits.push({ meaning, limit });
		} else if (meaning.kind === "depot-capacity") {
			const limit = problem.depotCapacityM3?.[meaning.depot] ?? 0;
			if (full(limit, volumeOut[meaning.depot]))
				limits.push({ meaning, limit });
		} else if (meaning.kind === "depot-trips") {
			const limit = problem.trucks?.tripsPerDepot?.[meaning.depot] ?? 0;
			const used = trips
				.filter(({ depot }) => depot === meaning.depot)
				.reduce((sum, row) => sum + row.trips, 0);
			if (used + 1 > limit) limits.push({ meaning, limit });
		}
	return limits;
}
