/**
 * What the stocks of many facilities come to in an area. A sum says of how many facilities it is; days of supply of an area are the stock of
 * those of which both stock and use are known over their use, and beside them stands how many facilities lie below the line: a full store
 * room across the province treats nobody here.
 */

import type { Day } from "../series/day.ts";
import type { StockStanding } from "./stock-standing.ts";
import {
	SUPPLY_CLASSES,
	type SupplyClass,
	supplyClass,
} from "./supply-class.ts";

/** Sums over facilities that keep the item. All of them add up over parts of an area. */
export interface AreaSupply {
	facilities: number;
	/** Of which a count is known. */
	told: number;
	/** Of which count and use are known: left, use and all that follows are of these. */
	both: number;
	/** As counted, of those that told it. */
	stock: number;
	left: number;
	use: number;
	/** Use of those of which it is known both ways. */
	comparedReported: number;
	comparedModelled: number;
	compared: number;
	disagree: number;
	classes: Record<SupplyClass, number>;
	need: number;
	incoming: number;
	/** Of those of which lots are known; NaN: of none. */
	expiring: number;
	netNeed: number;
	surplus: number;
	/** Facilities of which the newest count is held. */
	doubtful: number;
	/** The facility that runs out first, and when. */
	first: { facility: number; day: Day } | null;
}

export function noSupply(): AreaSupply {
	return {
		facilities: 0,
		told: 0,
		both: 0,
		stock: 0,
		left: 0,
		use: 0,
		comparedReported: 0,
		comparedModelled: 0,
		compared: 0,
		disagree: 0,
		classes: Object.fromEntries(
			SUPPLY_CLASSES.map((one) => [one, 0]),
		) as Record<SupplyClass, number>,
		need: 0,
		incoming: 0,
		expiring: Number.NaN,
		netNeed: 0,
		surplus: 0,
		doubtful: 0,
		first: null,
	};
}

/** Adds a facility to an area, in place. */
export function addStanding(
	sum: AreaSupply,
	facility: number,
	standing: StockStanding,
): void {
	sum.facilities++;
	sum.classes[standing.supply]++;
	if (standing.doubtful) sum.doubtful++;
	const { reported, modelled, use } = standing;
	if (reported.kind === "estimated" && !Number.isNaN(modelled)) {
		sum.compared++;
		sum.comparedReported += reported.perDay;
		sum.comparedModelled += modelled;
		if (standing.disagrees) sum.disagree++;
	}
	if (Number.isNaN(standing.onHand)) return;
	sum.told++;
	sum.stock += standing.onHand;
	if (!use) return;
	sum.both++;
	sum.left += standing.left;
	sum.use += use.perDay;
	sum.need += standing.need;
	sum.incoming += standing.incoming;
	if (!Number.isNaN(standing.expiring))
		sum.expiring =
			(Number.isNaN(sum.expiring) ? 0 : sum.expiring) + standing.expiring;
	sum.netNeed += standing.netNeed;
	sum.surplus += standing.surplus;
	const out = standing.stockOut.expected;
	if (out !== null && out < (sum.first?.day ?? Number.POSITIVE_INFINITY))
		sum.first = { facility, day: out };
}

/** Days of supply of an area; NaN: nobody told stock and use, Infinity: nothing is used. */
export function areaDays({ both, left, use }: AreaSupply): number {
	if (both === 0) return Number.NaN;
	return use > 0 ? left / use : Number.POSITIVE_INFINITY;
}

/**
 * The class of an area by its days of supply. Where fewer than half of its facilities told stock and use it has none: a part does not stand
 * for the whole. Where most of the counts are stale it is stale.
 */
export function areaClass(supply: AreaSupply): SupplyClass {
	if (supply.both * 2 < supply.facilities || supply.both === 0) return "none";
	if (supply.classes.stale * 2 > supply.both) return "stale";
	return supplyClass(areaDays(supply), 0);
}

/** How many of the facilities are critical or short. */
export function belowTheLine({ classes }: AreaSupply): number {
	return classes.critical + classes.short;
}
