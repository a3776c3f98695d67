/**
 * Writes an allocation problem as a sparse linear program.
 *
 * Columns: x shipped on a route (in packs when the item has a pack), u unmet at a place, e more than asked (what the last
 * whole pack has above the need), t lowest coverage of an item, n trips. Rows: supply, demand x + u - e = D, coverage
 * floor, trips, depot capacity, and one row that holds the unmet need of an earlier step. The floor sum(x) >= t D is
 * written as u + D t <= D, which says the same with two entries a row.
 */

import { found } from "../../series/found.ts";
import { type LinearProgram, LinearProgramBuilder } from "./linear-program.ts";
import type { AllocationProblem, Pin } from "./problem.ts";

const INFINITE = Number.POSITIVE_INFINITY;

/** Why a route is not in the model. */
export type ClosedReason =
	| "banned"
	| "lead-time"
	| "no-supply"
	| "no-demand"
	| "not-nearest";

/** What a row of the program stands for. */
export type RowMeaning =
	| { kind: "supply"; depot: number; item: number }
	| { kind: "demand"; place: number; item: number }
	| { kind: "floor"; place: number; item: number }
	| { kind: "trips"; depot: number; place: number }
	| { kind: "depot-trips"; depot: number }
	| { kind: "depot-capacity"; depot: number }
	| { kind: "unmet" };

/** What a plan is asked to make small. */
export type Objective = "weighted" | "coverage" | "unmet" | "transport";

/** The program with what its columns and rows mean. */
export interface AllocationModel {
	problem: AllocationProblem;
	program: LinearProgram;
	/** Routes; the column of route r is r. */
	routes: { depot: Int32Array; place: Int32Array; item: Int32Array };
	/** Open routes to (place, item) are first[item * places + place] up to the next entry. */
	firstRoute: Int32Array;
	/** Units of one step of the route's column: the pack, or 1. */
	unitsPerStep: Float64Array;
	/** Column of the unmet need of (place, item) at place * items + item; -1 where there is no demand. */
	unmetColumn: Int32Array;
	/**
	 * Column of what a last whole pack brings (place, item) above its need, at place * items + item; -1 where the need
	 * is a whole number of packs, or may be divided.
	 */
	excessColumn: Int32Array;
	/** Column of the lowest coverage of each item. */
	coverageColumn: Int32Array;
	tripRoutes: { depot: number; place: number; column: number }[];
	/** Row of the coverage floor of (place, item); -1 where no depot reaches it. */
	floorRow: Int32Array;
	/** Row of the supply of (depot, item) at depot * items + item; -1 where nothing leaves. */
	supplyRow: Int32Array;
	depotCapacityRow: Int32Array;
	unmetRow: number;
	rowMeaning: RowMeaning[];
	/**
	 * Cost of every column under an objective. The coverage objective is multiplied by `coverageScale`: one unit moved
	 * changes a coverage by one part in all the need, which in its own unit would vanish in the solver's tolerance.
	 */
	costs(objective: Objective): Float64Array;
	coverageScale: number;
	/** One blend of the three objectives, in an order of magnitude each, whose optimum is a good place to start from. */
	startCosts(parts?: { coverage: boolean }): Float64Array;
	/** Column of a route, or why it is closed. */
	route(
		depot: number,
		place: number,
		item: number,
	): { column: number } | { closed: ClosedReason };
}

/** Units of (depot, item) that may leave. */
export function freeSupply(
	problem: AllocationProblem,
	depot: number,
	item: number,
): number {
	return Math.max(
		0,
		(problem.supply[depot]?.[item] ?? 0) -
			(problem.reserve?.[depot]?.[item] ?? 0),
	);
}

/** Units that may leave, depots x items. */
export function freeSupplyTable(problem: AllocationProblem): number[][] {
	return problem.depots.map((_, depot) =>
		problem.items.map((_, item) => freeSupply(problem, depot, item)),
	);
}

/** Whole packs that hold a need of so many units; the last one may hold more than is asked. */
export function packsFor(units: number, pack: number): number {
	return Math.ceil(units / pack - 1e-9);
}

/** Weight of each item's lowest coverage in the coverage step; one each when the problem gives none. */
export function coverageWeights(problem: AllocationProblem): number[] {
	const given = problem.items.map(({ coverageWeight }) => coverageWeight);
	return given.some((weight) => weight > 0) ? given : given.map(() => 1);
}

/** Finds where each pin's route is; positions in the problem's lists. */
export function pinPosition(
	problem: AllocationProblem,
	pin: Pin,
): { depot: number; place: number; item: number } {
	return {
		depot: problem.depots.findIndex(({ id }) => id === pin.depot),
		place: problem.places.findIndex(({ id }) => id === pin.place),
		item: problem.items.findIndex(({ id }) => id === pin.item),
	};
}

function bannedRoutes(problem: AllocationProblem) {
	const index = (rows: readonly { id: string }[]) =>
		new Map(rows.map((row, at) => [row.id, at]));
	const depots = index(problem.depots);
	const places = index(problem.places);
	const items = index(problem.items);
	// One set for each pattern of named and open parts, so that thousands of bans cost a few look-ups a route.
	const patterns = new Map<number, Set<string>>();
	for (const ban of problem.bans) {
		const parts = [
			ban.depot === undefined ? "" : depots.get(ban.depot),
			ban.place === undefined ? "" : places.get(ban.place),
			ban.item === undefined ? "" : items.get(ban.item),
		];
		const pattern = parts.reduce<number>(
			(bits, part, at) => (part === "" ? bits : bits | (1 << at)),
			0,
		);
		const set = patterns.get(pattern) ?? new Set();
		set.add(parts.join(","));
		patterns.set(pattern, set);
	}
	return (depot: number, place: number, item: number) => {
		for (const [pattern, set] of patterns)
			if (
				set.has(
					`${pattern & 1 ? depot : ""},${pattern & 2 ? place : ""},${pattern & 4 ? item : ""}`,
				)
			)
				return true;
		return false;
	};
}

/** Builds the model. The problem must have passed `checkProblem`. */
export function buildAllocationModel(
	problem: AllocationProblem,
): AllocationModel {
	const depots = problem.depots.length;
	const places = problem.places.length;
	const items = problem.items.length;
	const builder = new LinearProgramBuilder();
	const rowMeaning: RowMeaning[] = [];
	const row = (lower: number, upper: number, meaning: RowMeaning) => {
		rowMeaning.push(meaning);
		return builder.row(lower, upper);
	};
	const banned =
		problem.bans.length === 0 ? () => false : bannedRoutes(problem);
	const free = (depot: number, item: number) =>
		freeSupply(problem, depot, item);

	const pinned = new Map<number, Pin[]>();
	const key = (depot: number, place: number, item: number) =>
		(depot * places + place) * items + item;
	for (const pin of problem.pins) {
		const at = pinPosition(problem, pin);
		const where = key(at.depot, at.place, at.item);
		pinned.set(where, [...(pinned.get(where) ?? []), pin]);
	}

	const closedBefore = (
		depot: number,
		place: number,
		item: number,
	): ClosedReason | undefined => {
		if (!((problem.demand[place]?.[item] ?? 0) > 0)) return "no-demand";
		if (banned(depot, place, item)) return "banned";
		const lead = problem.leadDays?.[depot]?.[place] ?? 0;
		const most = problem.items[item]?.maxLeadDays;
		if (most !== undefined && lead > most) return "lead-time";
		if (!(free(depot, item) > 0)) return "no-supply";
		return undefined;
	};

	const keep = nearestKept(problem, closedBefore);
	const routeDepot: number[] = [];
	const routePlace: number[] = [];
	const routeItem: number[] = [];
	const routeColumn = new Map<number, number>();
	const supplyRow = new Int32Array(depots * items).fill(-1);
	const demandRow = new Int32Array(places * items).fill(-1);
	const floorRow = new Int32Array(places * items).fill(-1);
	const firstRoute = new Int32Array(items * places + 1);
	for (let item = 0; item < items; item++)
		for (let place = 0; place < places; place++) {
			firstRoute[item * places + place] = routeDepot.length;
			for (let depot = 0; depot < depots; depot++) {
				const where = key(depot, place, item);
				if (
					closedBefore(depot, place, item) ||
					!(keep(depot, place, item) || pinned.has(where))
				)
					continue;
				routeColumn.set(where, routeDepot.length);
				routeDepot.push(depot);
				routePlace.push(place);
				routeItem.push(item);
				supplyRow[depot * items + item] = 0;
				floorRow[place * items + item] = 0;
			}
		}
	firstRoute[items * places] = routeDepot.length;

	for (let depot = 0; depot < depots; depot++)
		for (let item = 0; item < items; item++)
			if (supplyRow[depot * items + item] === 0)
				supplyRow[depot * items + item] = row(-INFINITE, free(depot, item), {
					kind: "supply",
					depot,
					item,
				});
	for (let item = 0; item < items; item++)
		for (let place = 0; place < places; place++) {
			const demand = problem.demand[place]?.[item] ?? 0;
			if (!(demand > 0)) continue;
			const at = place * items + item;
			demandRow[at] = row(demand, demand, { kind: "demand", place, item });
			if (floorRow[at] === 0)
				floorRow[at] = row(-INFINITE, demand, { kind: "floor", place, item });
		}

	const volume = (item: number) => problem.items[item]?.volumeM3 ?? 0;
	const tripRow = new Map<number, number>();
	const { trucks } = problem;
	const depotTripRow = new Int32Array(depots).fill(-1);
	if (trucks) {
		for (let route = 0; route < routeDepot.length; route++) {
			const depot = routeDepot[route];
			const place = routePlace[route];
			if (!tripRow.has(depot * places + place))
				tripRow.set(
					depot * places + place,
					row(-INFINITE, 0, { kind: "trips", depot, place }),
				);
		}
		trucks.tripsPerDepot?.forEach((most, depot) => {
			depotTripRow[depot] = row(-INFINITE, most, {
				kind: "depot-trips",
				depot,
			});
		});
	}
	const depotCapacityRow = new Int32Array(depots).fill(-1);
	problem.depotCapacityM3?.forEach((most, depot) => {
		depotCapacityRow[depot] = row(-INFINITE, most, {
			kind: "depot-capacity",
			depot,
		});
	});
	const unmetRow = row(-INFINITE, INFINITE, { kind: "unmet" });

	const unitsPerStep = new Float64Array(routeDepot.length);
	const transport: number[] = [];
	for (let route = 0; route < routeDepot.length; route++) {
		const depot = routeDepot[route];
		const place = routePlace[route];
		const item = routeItem[route];
		const pack = problem.items[item]?.pack;
		const units = pack ?? 1;
		unitsPerStep[route] = units;
		let atLeast = 0;
		let atMost = INFINITE;
		for (const pin of pinned.get(key(depot, place, item)) ?? []) {
			atLeast = Math.max(atLeast, pin.atLeast ?? 0);
			atMost = Math.min(atMost, pin.atMost ?? INFINITE);
		}
		const entries = [
			supplyRow[depot * items + item],
			units,
			demandRow[place * items + item],
			units,
		];
		const cubic = volume(item) * units;
		if (trucks)
			entries.push(
				found(
					tripRow.get(depot * places + place),
					`trips from depot ${depot} to place ${place}`,
				),
				cubic,
			);
		if (depotCapacityRow[depot] !== -1)
			entries.push(depotCapacityRow[depot], cubic);
		transport.push((problem.costPerM3[depot]?.[place] ?? 0) * cubic);
		builder.column(
			0,
			pack ? Math.ceil(atLeast / units - 1e-9) : atLeast,
			pack ? Math.floor(atMost / units + 1e-9) : atMost,
			entries,
			pack !== undefined,
		);
	}

	const leastCovered = new Float64Array(places * items);
	for (const floor of problem.floors) {
		const place = problem.places.findIndex(({ id }) => id === floor.place);
		const item = problem.items.findIndex(({ id }) => id === floor.item);
		const at = place * items + item;
		leastCovered[at] = Math.max(leastCovered[at], floor.share);
	}
	const unmetColumn = new Int32Array(places * items).fill(-1);
	for (let item = 0; item < items; item++)
		for (let place = 0; place < places; place++) {
			const at = place * items + item;
			const demand = problem.demand[place]?.[item] ?? 0;
			if (!(demand > 0)) continue;
			const entries = [
				demandRow[at],
				1,
				unmetRow,
				problem.penalty[place]?.[item] ?? 0,
			];
			if (floorRow[at] >= 0) entries.push(floorRow[at], 1);
			unmetColumn[at] = builder.column(
				0,
				0,
				demand * (1 - leastCovered[at]),
				entries,
			);
		}
	const excessColumn = new Int32Array(places * items).fill(-1);
	if (problem.packsBeyondNeed)
		for (let item = 0; item < items; item++) {
			const pack = problem.items[item]?.pack;
			if (pack === undefined) continue;
			for (let place = 0; place < places; place++) {
				const at = place * items + item;
				const demand = problem.demand[place]?.[item] ?? 0;
				const excess = packsFor(demand, pack) * pack - demand;
				if (floorRow[at] < 0 || excess <= 1e-9 * pack) continue;
				excessColumn[at] = builder.column(0, 0, excess, [demandRow[at], -1]);
			}
		}
	const coverageColumn = new Int32Array(items);
	const stepWeights = coverageWeights(problem);
	for (let item = 0; item < items; item++) {
		const entries: number[] = [];
		for (let place = 0; place < places; place++) {
			const floor = floorRow[place * items + item];
			if (floor >= 0)
				entries.push(floor, problem.demand[place]?.[item] as number);
		}
		coverageColumn[item] = builder.column(0, 0, 1, entries);
	}
	const tripRoutes: AllocationModel["tripRoutes"] = [];
	if (trucks)
		for (const [where, tripsRow] of tripRow) {
			const depot = Math.floor(where / places);
			const place = where % places;
			const entries = [tripsRow, -(trucks.capacityM3[depot]?.[place] ?? 0)];
			if (depotTripRow[depot] !== -1) entries.push(depotTripRow[depot], 1);
			tripRoutes.push({
				depot,
				place,
				column: builder.column(0, 0, INFINITE, entries, true),
			});
		}

	const program = builder.build();
	const routes = {
		depot: Int32Array.from(routeDepot),
		place: Int32Array.from(routePlace),
		item: Int32Array.from(routeItem),
	};

	let allNeed = 0;
	for (const row of problem.demand) for (const units of row) allNeed += units;
	const coverageScale =
		Math.max(1, allNeed) / stepWeights.reduce((sum, weight) => sum + weight, 0);

	const costs = (objective: Objective): Float64Array => {
		const cost = new Float64Array(program.numCols);
		const weight = objective === "weighted" ? problem.transportWeight : 1;
		if (objective === "weighted" || objective === "transport") {
			for (let route = 0; route < transport.length; route++)
				cost[route] = weight * transport[route];
			for (const { depot, place, column } of tripRoutes)
				cost[column] = weight * (trucks?.fixedCost[depot]?.[place] ?? 0);
		}
		if (objective === "weighted" || objective === "unmet")
			for (let place = 0; place < places; place++)
				for (let item = 0; item < items; item++) {
					const column = unmetColumn[place * items + item];
					if (column >= 0) cost[column] = problem.penalty[place]?.[item] ?? 0;
				}
		if (objective === "weighted" || objective === "coverage")
			for (let item = 0; item < items; item++)
				cost[coverageColumn[item]] =
					objective === "coverage"
						? -coverageScale * stepWeights[item]
						: -(problem.items[item]?.coverageWeight ?? 0);
		return cost;
	};

	const startCosts = (parts = { coverage: true }): Float64Array => {
		let need = 0;
		const perUnit = problem.items.map(() => ({ penalty: 0, cost: 0, n: 0 }));
		for (let place = 0; place < places; place++)
			for (let item = 0; item < items; item++)
				need +=
					(problem.demand[place]?.[item] ?? 0) *
					(problem.penalty[place]?.[item] ?? 0);
		for (let route = 0; route < transport.length; route++) {
			const sums = perUnit[routes.item[route]];
			if (!sums) continue;
			sums.penalty +=
				problem.penalty[routes.place[route]]?.[routes.item[route]] ?? 0;
			sums.cost += transport[route] / unitsPerStep[route];
			sums.n++;
		}
		let ratio = Number.POSITIVE_INFINITY;
		for (const sums of perUnit)
			if (sums.cost > 0 && sums.penalty > 0)
				ratio = Math.min(ratio, sums.penalty / sums.cost);
		const coverage = parts.coverage
			? (100 * Math.max(need, 1)) / Math.max(1, allNeed)
			: 0;
		const cost = costs("unmet");
		const covered = costs("coverage");
		const moved = costs("transport");
		const move = Number.isFinite(ratio) ? 0.03 * ratio : 1;
		for (let column = 0; column < cost.length; column++)
			cost[column] =
				cost[column] + coverage * covered[column] + move * moved[column];
		return cost;
	};

	return {
		problem,
		startCosts,
		coverageScale,
		program: { ...program, colCost: costs("weighted") },
		routes,
		firstRoute,
		unitsPerStep,
		unmetColumn,
		excessColumn,
		coverageColumn,
		tripRoutes,
		floorRow,
		supplyRow,
		depotCapacityRow,
		unmetRow,
		rowMeaning,
		costs,
		route(depot, place, item) {
			const column = routeColumn.get(key(depot, place, item));
			if (column !== undefined) return { column };
			return { closed: closedBefore(depot, place, item) ?? "not-nearest" };
		},
	};
}

/** Keeps the cheapest open depots of each place and item when the problem asks for only some. */
function nearestKept(
	problem: AllocationProblem,
	closed: (
		depot: number,
		place: number,
		item: number,
	) => ClosedReason | undefined,
): (depot: number, place: number, item: number) => boolean {
	const most = problem.nearestDepots;
	if (most === undefined || most >= problem.depots.length) return () => true;
	const items = problem.items.length;
	const kept: (Set<number> | undefined)[] = [];
	const order = problem.places.map((_, place) =>
		problem.depots
			.map((_, depot) => depot)
			.sort(
				(a, b) =>
					(problem.costPerM3[a]?.[place] ?? 0) -
						(problem.costPerM3[b]?.[place] ?? 0) || a - b,
			),
	);
	return (depot, place, item) => {
		const at = place * items + item;
		let set = kept[at];
		if (!set) {
			set = new Set(
				(order[place] as number[])
					.filter((candidate) => !closed(candidate, place, item))
					.slice(0, most),
			);
			kept[at] = set;
		}
		return set.has(depot);
	};
}
