/**
 * Where the stock of an item stands: lots used first expiry first out, what is on its way, days of supply, the day it
 * runs out with an interval, and when to order.
 */

import type { Day } from "../series/day.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { requireQuantity } from "./quantity.ts";

/** Units that expire together. */
export interface Lot {
	id: string;
	units: number;
	/** Last day it may be used; undefined: does not expire, or not known. */
	expires?: Day;
}

/** Units on their way. */
export interface Incoming {
	/** Day from which they can be used. */
	arrives: Day;
	units: number;
	expires?: Day;
	/** Part of such orders that come as promised, 0-1; 1 by default. */
	reliability?: number;
}

/** Expected use, with its interval. */
export interface ExpectedUse {
	perDay: number;
	low: number;
	high: number;
	/** Standard deviation of one day's use, for the safety stock. */
	sdPerDay: number;
}

/** One day of the outlook. Units at the end of the day. */
export interface StockOutlookDay {
	day: Day;
	onHand: number;
	arrived: number;
	used: number;
	/** Asked for and not there. */
	short: number;
	expired: number;
}

export interface StockPosition {
	onHand: number;
	/** Units on hand that can be used before they expire at the expected use. */
	usable: number;
	/** Stock / use; Infinity when nothing is used, 0 when there is none. */
	daysOfSupply: number;
	/** The same, counting what will expire unused and what arrives in time. */
	coveredDays: number;
	/** First day that asks for more than there is; undefined: not within the horizon. `early` and `late` at high and low use. */
	stockOut: { expected?: Day; early?: Day; late?: Day };
	/** Units that will expire on the shelf within the horizon. */
	willExpire: number;
	outlook: StockOutlookDay[];
}

/** The order in which lots are used: earliest expiry first, then those that do not expire. */
export function firstExpiryFirst(lots: readonly Lot[]): Lot[] {
	return [...lots].sort(
		(a, b) =>
			(a.expires ?? Number.POSITIVE_INFINITY) -
				(b.expires ?? Number.POSITIVE_INFINITY) || (a.id < b.id ? -1 : 1),
	);
}

/**
 * Takes units from lots, first expiry first; expired lots are not touched.
 * @returns what is taken from each lot, what is left, and how much could not be had.
 */
export function issue(
	lots: readonly Lot[],
	units: number,
	day: Day,
): { taken: { id: string; units: number }[]; left: Lot[]; short: number } {
	let wanted = units;
	const taken: { id: string; units: number }[] = [];
	const left: Lot[] = [];
	for (const lot of firstExpiryFirst(lots)) {
		const dead = lot.expires !== undefined && lot.expires < day;
		const from = dead ? 0 : Math.min(lot.units, wanted);
		if (from > 0) taken.push({ id: lot.id, units: from });
		wanted -= from;
		if (lot.units - from > 0) left.push({ ...lot, units: lot.units - from });
	}
	return { taken, left, short: Math.max(0, wanted) };
}

/**
 * Lots as they are after later counts of the same shelf: what fell was taken from the one that expires first; what rose came since, and nothing is
 * known of when it expires. They add up to the last count.
 * @param counts in the order of days, from the day on which the lots were told
 */
export function lotsAfter(
	lots: readonly Lot[],
	counts: readonly { day: Day; onHand: number }[],
): Lot[] {
	let held = [...lots];
	for (const { day, onHand } of counts) {
		const rose = onHand - held.reduce((sum, { units }) => sum + units, 0);
		// One that has expired meanwhile was used before, or thrown away: either way it is the first to go.
		if (rose < 0) held = issue(held, -rose, Number.NEGATIVE_INFINITY).left;
		else if (rose > 0) held.push({ id: `counted ${day}`, units: rose });
	}
	return held;
}

/**
 * Day by day from `today` on.
 * @param use units of each day: the same on all, or by how many days it lies ahead of `today`
 */
export function stockOutlook(
	...given: Parameters<typeof stockOutlookDays>
): StockOutlookDay[] {
	return [...stockOutlookDays(...given)];
}

/** The same one day after the other, for whoever looks for one of them. */
export function* stockOutlookDays(
	lots: readonly Lot[],
	incoming: readonly Incoming[],
	use: number | ((ahead: number) => number),
	today: Day,
	horizonDays: number,
): Generator<StockOutlookDay> {
	/** In the order in which they are used: those that expired, and those of which nothing is left, come first. */
	let held = firstExpiryFirst(lots).map((lot) => ({ ...lot }));
	const expected = [...incoming].sort((a, b) => a.arrives - b.arrives);
	let next = 0;
	for (let day = today; day < today + horizonDays; day++) {
		const perDay = typeof use === "number" ? use : use(day - today);
		let arrived = 0;
		let order = expected[next];
		while (order && order.arrives <= day) {
			const units = order.units * (order.reliability ?? 1);
			if (order.arrives >= today && units > 0) {
				arrived += units;
				held.push({ id: `incoming-${next}`, units, expires: order.expires });
			}
			next++;
			order = expected[next];
		}
		if (arrived > 0) held = firstExpiryFirst(held);
		let expired = 0;
		for (
			let [lot] = held;
			lot?.expires !== undefined && lot.expires < day;
			[lot] = held
		) {
			expired += lot.units;
			held.shift();
		}
		let wanted = perDay;
		for (const lot of held) {
			const from = Math.min(lot.units, wanted);
			lot.units -= from;
			wanted -= from;
			if (wanted <= 0) break;
		}
		while (held[0] && held[0].units <= 1e-12) held.shift();
		yield {
			day,
			onHand: held.reduce((sum, lot) => sum + lot.units, 0),
			arrived,
			used: perDay - wanted,
			short: wanted > 1e-9 * Math.max(1, perDay) ? wanted : 0,
			expired,
		};
	}
}

function firstShort(rows: readonly StockOutlookDay[]): Day | undefined {
	return rows.find((row) => row.short > 0)?.day;
}

const DEFAULT_HORIZON = 180;
/** Ten years: no stock is planned further ahead. */
const LONGEST_HORIZON = 3660;

function checkNumbers(values: Record<string, number>): void {
	for (const [name, value] of Object.entries(values))
		requireQuantity(name, value);
}

/**
 * Position of one item at one place.
 * @param today first day that still has to be served.
 * @throws RangeError for a negative or missing figure: an unknown stock has no position.
 */
export function stockPosition(
	lots: readonly Lot[],
	incoming: readonly Incoming[],
	use: ExpectedUse,
	today: Day,
	horizonDays = DEFAULT_HORIZON,
): StockPosition {
	checkNumbers({ perDay: use.perDay, low: use.low, high: use.high });
	requireQuantity("horizonDays", horizonDays, LONGEST_HORIZON);
	for (const lot of lots) checkNumbers({ [`lot ${lot.id}`]: lot.units });
	incoming.forEach((order, index) => {
		checkNumbers({ [`incoming ${index}`]: order.units });
		requireQuantity(
			`incoming ${index}, reliability`,
			order.reliability ?? 1,
			1,
		);
	});
	const alive = lots.filter(
		(lot) => lot.expires === undefined || lot.expires >= today,
	);
	const onHand = alive.reduce((sum, lot) => sum + lot.units, 0);
	const outlook = stockOutlook(lots, incoming, use.perDay, today, horizonDays);
	const expected = firstShort(outlook);
	const shelf = stockOutlook(alive, [], use.perDay, today, horizonDays);
	const wasted = shelf.reduce((sum, row) => sum + row.expired, 0);
	return {
		onHand,
		usable: Math.max(0, onHand - wasted),
		daysOfSupply:
			use.perDay > 0
				? onHand / use.perDay
				: onHand > 0
					? Number.POSITIVE_INFINITY
					: 0,
		coveredDays:
			use.perDay > 0
				? outlook
						.slice(0, expected === undefined ? undefined : expected - today + 1)
						.reduce((sum, row) => sum + row.used, 0) / use.perDay
				: Number.POSITIVE_INFINITY,
		stockOut: {
			expected,
			early: firstShort(
				stockOutlook(lots, incoming, use.high, today, horizonDays),
			),
			late: firstShort(
				stockOutlook(lots, incoming, use.low, today, horizonDays),
			),
		},
		willExpire: outlook.reduce((sum, row) => sum + row.expired, 0),
		outlook,
	};
}

/** When and how much to order. */
export interface ReorderPoint {
	/** Order when stock on hand and on order falls to this. */
	units: number;
	/** Part of it that guards against unsteady use and late deliveries. */
	safetyStock: number;
}

/**
 * Reorder point = use over lead time and review period + safety stock (Silver, Pyke & Thomas, periodic review).
 * @param leadDays mean days from order to use; @param leadSd its standard deviation.
 * @param reviewDays days between reviews; 0 for continuous.
 * @param service probability of no stock-out in a cycle, 0.5-1.
 */
export function reorderPoint(
	use: { perDay: number; sdPerDay: number },
	leadDays: number,
	reviewDays: number,
	service = 0.95,
	leadSd = 0,
): ReorderPoint {
	checkNumbers({
		perDay: use.perDay,
		sdPerDay: use.sdPerDay,
		leadDays,
		reviewDays,
		leadSd,
	});
	if (!(service >= 0.5 && service < 1))
		throw new RangeError(
			`service: found ${service}, expected 0.5 or more and below 1`,
		);
	const exposed = leadDays + reviewDays;
	const safetyStock =
		normalQuantile(service) *
		Math.sqrt(exposed * use.sdPerDay ** 2 + (use.perDay * leadSd) ** 2);
	return { units: use.perDay * exposed + safetyStock, safetyStock };
}

/** Units in whole packs, rounded up. */
export function wholePacks(
	units: number,
	packSize: number,
): { packs: number; units: number } {
	if (!(packSize > 0))
		throw new RangeError(`packSize: found ${packSize}, expected above 0`);
	const packs = Math.max(0, Math.ceil(units / packSize - 1e-9));
	return { packs, units: packs * packSize };
}
