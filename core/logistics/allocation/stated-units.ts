/**
 * A solver's amounts end in digits that mean nothing (42.857142897142836 for 300 / 7). They are stated with nine digits of the item's largest
 * amount, and so that stock and need still add up to the last digit that is told.
 */

import { freeSupply } from "./model.ts";
import type { AllocationProblem } from "./problem.ts";
import type { Shipment } from "./shipment.ts";

/** Digits told of the largest amount of an item; a solver is right to about as many. */
const DIGITS = 9;
/** Beyond it a double has no place for them. */
const MOST_DIGITS = 15;
/** A total this close to the whole of a stock or need (relative) is the whole: the slack of the steps. */
const WHOLE = 1e-6;
/** A value this close to a step above it stands on that step. */
const ON_A_STEP = 0.01;

/** Digits behind the point with which the units of each item are told: never fewer than its stocks, needs and packs are given with. */
export function decimalsOf(problem: AllocationProblem): number[] {
	return problem.items.map(({ pack }, item) => {
		const given = [
			...problem.supply.map((row) => row[item] ?? 0),
			...(problem.reserve ?? []).map((row) => row[item] ?? 0),
			...problem.demand.map((row) => row[item] ?? 0),
			pack ?? 0,
		];
		const largest = Math.max(...given);
		if (!(largest > 0)) return 0;
		const before = Math.floor(Math.log10(largest)) + 1;
		const written = Math.max(...given.map(decimalsWritten));
		return Math.min(
			Math.max(0, MOST_DIGITS - before),
			Math.max(0, DIGITS - before, written),
			DIGITS,
		);
	});
}

function decimalsWritten(value: number): number {
	// Most amounts are whole, and there are tens of thousands to read after every pin.
	if (Number.isInteger(value)) return 0;
	const [mantissa = "", exponent = "0"] = String(value).split("e");
	return Math.max(0, (mantissa.split(".")[1] ?? "").length - Number(exponent));
}

/** Units with so many digits behind the point, without the tail that adding doubles leaves. */
export function stated(units: number, decimals: number): number {
	// Whole as it is; a negative nothing is nothing.
	if (Number.isInteger(units)) return units + 0;
	return Number(units.toFixed(decimals));
}

/**
 * The shipments with the digits of their item. No depot sends more than it has and no place gets more than it asks for by rounding, and a
 * stock that is used up, or a need that is met, stays so: what rounding down leaves is given to the shipments that lost most.
 */
export function statedShipments(
	problem: AllocationProblem,
	shipments: readonly Shipment[],
): Shipment[] {
	const decimals = decimalsOf(problem);
	const byItem = Map.groupBy(shipments, ({ item }) => item);
	const units = new Map<Shipment, number>();
	for (const [item, own] of byItem) {
		const scale = 10 ** (decimals[item] ?? 0);
		// Whole packs are exact, and may hold more than is asked.
		const steps =
			problem.items[item]?.pack === undefined
				? inSteps(problem, item, own, scale)
				: own.map((row) => Math.round(row.units * scale));
		own.forEach((row, at) => {
			units.set(row, steps[at] / scale);
		});
	}
	return shipments.flatMap((row) => {
		const told = units.get(row) ?? 0;
		return told > 0 ? [{ ...row, units: told }] : [];
	});
}

/** The stock of a depot or the need of a place, in steps. */
interface Total {
	/** What it may come to at most. */
	readonly most: number;
	/** What it comes to unrounded. */
	exact: number;
	/** What is given so far. */
	given: number;
	readonly rows: number[];
}

function inSteps(
	problem: AllocationProblem,
	item: number,
	own: readonly Shipment[],
	scale: number,
): number[] {
	const depots = new Map<number, Total>();
	const places = new Map<number, Total>();
	const totalOf = (
		totals: Map<number, Total>,
		key: number,
		most: () => number,
	): Total => {
		const known = totals.get(key) ?? {
			most: Math.floor(most() * scale + ON_A_STEP),
			exact: 0,
			given: 0,
			rows: [],
		};
		totals.set(key, known);
		return known;
	};
	const steps = own.map(({ units }) => Math.floor(units * scale + ON_A_STEP));
	const ends = own.map(({ depot, place, units }, at) => {
		const pair = [
			totalOf(depots, depot, () => freeSupply(problem, depot, item)),
			totalOf(places, place, () => problem.demand[place]?.[item] ?? 0),
		] as const;
		for (const total of pair) {
			total.exact += units * scale;
			total.given += steps[at];
			total.rows.push(at);
		}
		return pair;
	});
	const give = (at: number, more: number): void => {
		steps[at] = steps[at] + more;
		for (const total of ends[at] ?? []) total.given += more;
	};
	// The solver's own tolerance may have sent a little more than there is.
	for (const total of [...depots.values(), ...places.values()])
		for (const at of total.rows.toSorted((a, b) => steps[b] - steps[a])) {
			const over = total.given - total.most;
			if (over > 0) give(at, -Math.min(over, steps[at]));
		}
	const room = ({ most, given }: Total) => most - given;
	const wanted = ({ most, exact, given }: Total) =>
		(Math.abs(exact - most) <= Math.max(1, WHOLE * most)
			? most
			: Math.min(most, Math.round(exact))) - given;
	const lost = (at: number) => (own[at]?.units ?? 0) * scale - steps[at];
	const rounded = [...steps.keys()]
		.filter((at) => lost(at) > ON_A_STEP)
		.sort((a, b) => lost(b) - lost(a));
	for (const at of rounded) {
		const [from, to] = ends[at] as readonly [Total, Total];
		if (lost(at) >= 0.5 && wanted(from) > 0 && wanted(to) > 0) give(at, 1);
	}
	for (const at of rounded) {
		const [from, to] = ends[at] as readonly [Total, Total];
		const more = Math.min(
			room(from),
			room(to),
			Math.max(wanted(from), wanted(to)),
		);
		if (more > 0) give(at, more);
	}
	return steps;
}
