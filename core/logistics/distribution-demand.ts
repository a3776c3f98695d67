/**
 * What a place should be sent, and how much it matters: the demand and the penalty of the allocation, from its stock
 * position. Weights are configuration; the ones below are a starting point that a task force must set for itself.
 */

import { LARGEST_QUANTITY, requireQuantity } from "./quantity.ts";
import type { ExpectedUse } from "./stock-position.ts";

/** Stock of one item at one place, for one round of distribution. Units and days. */
export interface PlaceStock {
	/** Usable units on hand; undefined: not reported. */
	onHand?: number;
	/** Units on their way that arrive before the next round. */
	onOrder: number;
	use: ExpectedUse;
	/** Days a shipment takes. */
	leadDays: number;
	/** Days until the next round. */
	reviewDays: number;
	/** Days of use that should be there when the next round arrives. */
	coverDays: number;
}

export type DistributionDemand =
	| { kind: "known"; units: number; daysOfSupply: number }
	/** Without a count there is no demand to state; the place is asked for one. */
	| { kind: "not-reported" };

/**
 * Units to send = use over lead, review and cover days, less what is there and on its way; never below 0.
 * @throws RangeError for a negative figure.
 */
export function distributionDemand(stock: PlaceStock): DistributionDemand {
	for (const [name, value] of Object.entries({
		onOrder: stock.onOrder,
		leadDays: stock.leadDays,
		reviewDays: stock.reviewDays,
		coverDays: stock.coverDays,
		perDay: stock.use.perDay,
	}))
		requireQuantity(name, value);
	if (stock.onHand === undefined || Number.isNaN(stock.onHand))
		return { kind: "not-reported" };
	requireQuantity("onHand", stock.onHand);
	const days = stock.leadDays + stock.reviewDays + stock.coverDays;
	const units = Math.max(
		0,
		stock.use.perDay * days - stock.onHand - stock.onOrder,
	);
	return {
		kind: "known",
		units,
		daysOfSupply:
			stock.use.perDay > 0
				? stock.onHand / stock.use.perDay
				: Number.POSITIVE_INFINITY,
	};
}

/** Official risk zones, as imported. */
export const RISK_ZONES = ["red", "orange", "yellow", "green"] as const;
export type RiskZone = (typeof RISK_ZONES)[number];

export interface PriorityWeights {
	/** A place that runs dry before help can arrive. */
	runsDry: number;
	/** A place that runs dry before the round after. */
	runsLow: number;
	zone: Record<RiskZone, number>;
}

export const DEFAULT_PRIORITY: PriorityWeights = {
	runsDry: 2,
	runsLow: 1.5,
	zone: { red: 1.5, orange: 1.2, yellow: 1, green: 1 },
};

/**
 * Cost of one unmet unit: criticality of the item x urgency of the stock x zone.
 * @param criticality weight of the item, above 0. @param zone undefined: not known, weighs as green.
 */
export function unmetPenalty(
	criticality: number,
	daysOfSupply: number,
	leadDays: number,
	reviewDays: number,
	zone: RiskZone | undefined,
	weights: PriorityWeights = DEFAULT_PRIORITY,
): number {
	if (!(criticality > 0 && criticality <= LARGEST_QUANTITY))
		throw new RangeError(
			`criticality: found ${criticality}, expected above 0, at most ${LARGEST_QUANTITY}`,
		);
	const urgency =
		daysOfSupply < leadDays
			? weights.runsDry
			: daysOfSupply < leadDays + reviewDays
				? weights.runsLow
				: 1;
	return criticality * urgency * weights.zone[zone ?? "green"];
}
