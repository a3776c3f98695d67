/**
 * The question of an allocation, from what warehouses have and what places need: who may be sent what, what stays in reserve, how much it
 * matters, and how it travels. The answer is found by core/logistics/allocation.
 */

import type { AllocationProblemInput, Pin } from "./allocation/problem.ts";
import { type RiskZone, unmetPenalty } from "./distribution-demand.ts";
import { CARRIAGE_TERMS, type Way } from "./transport.ts";

/** An item that is shared out. */
export interface DispatchItem {
	/** Id of the catalogue. */
	id: string;
	/** Units in a pack; null: none is known, single units are sent. */
	pack: number | null;
	/** Cubic metres of a unit; null: not known, see `volumeOf`. */
	volumeM3: number | null;
}

/** What a warehouse has of each item: units that it may promise, null: it did not report. */
export interface DispatchDepot {
	id: string;
	free: readonly (number | null)[];
	/** Comes to it in time to be given on: nothing of it is kept in reserve. */
	comes: readonly number[];
}

/** What a place needs of an item to the end of the horizon, beyond what it has and what is on its way. */
export interface DispatchNeed {
	units: number;
	/** Days that its own stock lasts; Infinity: nothing is used. */
	daysOfSupply: number;
	/** The official zone in which it arises; null: none is known. */
	zone: RiskZone | null;
}

export interface DispatchPlace {
	id: string;
	/** Null: not known. */
	population: number | null;
	/** Null: it did not report, so that nothing is known of its need. */
	needs: readonly (DispatchNeed | null)[];
}

export interface DispatchRules {
	/** Part of its stock (0-1) that a warehouse keeps. */
	reserve: number;
	/** Part of its need (0-1) that every place gets at least. */
	floor: number;
	/** Days until the round after this one, which decides how urgent a low stock is. */
	reviewDays: number;
	/** Longest way in days; null: any. */
	longestDays: number | null;
	/** Trips are counted whole, each with its cost. */
	vehicles: boolean;
	pins: readonly Pin[];
}

/**
 * Cubic metres of a unit where the catalogue has none. Planning assumptions, not verified: a box of 50 pairs of gloves 5 l, a folded face
 * shield 2 l, a test of a kit 0.2 l, a swab with its tube 0.3 l, a cubic metre of oxygen a sixth of a cylinder of 75 l.
 */
const ASSUMED_M3: Readonly<Record<string, number>> = {
	"gloves-examination": 0.0001,
	"face-shield": 0.002,
	"pcr-kit-manual": 0.0002,
	"swab-vtm": 0.0003,
	oxygen: 0.0125,
};
/** Of an item of which nothing is known. */
const UNKNOWN_M3 = 0.001;

/** Cubic metres of a unit, and whether they are assumed. */
export function volumeOf(item: DispatchItem): { m3: number; assumed: boolean } {
	return item.volumeM3 === null
		? { m3: ASSUMED_M3[item.id] ?? UNKNOWN_M3, assumed: true }
		: { m3: item.volumeM3, assumed: false };
}

/** How much one unit that is missing weighs against one of another item. Planning assumption: what a life hangs on weighs most. */
const CRITICALITY: Readonly<Record<string, number>> = {
	oxygen: 5,
	respirator: 3,
	"gown-protective": 3,
	"pcr-kit-manual": 2,
	"gloves-examination": 2,
	"mask-health-worker": 2,
	"swab-vtm": 1.5,
	"face-shield": 1.5,
};

/** The weight of an item of which none is stated is 1. */
export function criticalityOf(item: string): number {
	return CRITICALITY[item] ?? 1;
}

/** Whole units that a warehouse has of its own; null: not known, and none is sent. */
export function wholeUnits(free: number | null | undefined): number {
	return Math.max(0, Math.floor(free ?? 0));
}

/** Whole units that are asked for a need; null: nothing is known of it, and nothing is asked. */
export function unitsAsked(need: { units: number } | null | undefined): number {
	return Math.ceil((need?.units ?? 0) - 1e-6);
}

/** Whole units that a warehouse keeps of its own stock. */
export function keptInReserve(free: number | null, reserve: number): number {
	// Less what the product of a part and a number is above the whole one that it stands for.
	return Math.ceil(wholeUnits(free) * reserve - 1e-6);
}

/**
 * States the problem for the solver.
 * @param ways depots x places
 * @param packs whether shipments are whole packs
 */
export function dispatchProblem(given: {
	items: readonly DispatchItem[];
	depots: readonly DispatchDepot[];
	places: readonly DispatchPlace[];
	ways: readonly (readonly Way[])[];
	rules: DispatchRules;
}): AllocationProblemInput {
	const { items, depots, places, ways, rules } = given;
	const table = (of: (way: Way) => number) =>
		ways.map((row) => row.map((way) => of(way)));
	// The nearest warehouse says how soon help can come.
	const soonest = places.map((_, place) =>
		Math.min(...ways.map((row) => row[place]?.days ?? 0)),
	);
	const demand = places.map(({ needs }) =>
		items.map((_, item) => unitsAsked(needs[item])),
	);
	return {
		items: items.map((item) => ({
			id: item.id,
			volumeM3: volumeOf(item).m3,
			...(item.pack !== null && item.pack > 1 && { pack: item.pack }),
			...(rules.longestDays !== null && { maxLeadDays: rules.longestDays }),
		})),
		depots: depots.map(({ id }) => ({ id })),
		places: places.map(({ id, population }) => ({
			id,
			...(population !== null && { population }),
		})),
		supply: depots.map(({ free, comes }) =>
			items.map(
				(_, item) => wholeUnits(free[item]) + Math.floor(comes[item] ?? 0),
			),
		),
		reserve: depots.map(({ free }) =>
			items.map((_, item) => keptInReserve(free[item] ?? null, rules.reserve)),
		),
		demand,
		penalty: places.map(({ needs }, place) =>
			items.map(({ id }, item) =>
				unmetPenalty(
					criticalityOf(id),
					needs[item]?.daysOfSupply ?? Number.POSITIVE_INFINITY,
					soonest[place] ?? 0,
					rules.reviewDays,
					needs[item]?.zone ?? undefined,
				),
			),
		),
		// Thousands of rupiah, so that the solver meets no sum of twelve figures.
		costPerM3: table(({ rupiahPerM3 }) => rupiahPerM3 / 1000),
		leadDays: table(({ days }) => days),
		...(rules.vehicles && {
			trucks: {
				capacityM3: table(
					({ carriage }) => CARRIAGE_TERMS[carriage].capacityM3,
				),
				fixedCost: table(
					({ carriage }) => CARRIAGE_TERMS[carriage].rupiahPerTrip / 1000,
				),
			},
		}),
		floors:
			rules.floor > 0
				? places.flatMap((place, at) =>
						items.flatMap((item, k) =>
							(demand[at]?.[k] ?? 0) > 0
								? [{ place: place.id, item: item.id, share: rules.floor }]
								: [],
						),
					)
				: [],
		pins: [...rules.pins],
	};
}
