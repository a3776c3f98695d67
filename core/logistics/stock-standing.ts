/**
 * How one item stands at one place on a day: what was counted last, how fast it is used, how long it lasts, and what is missing to the end of
 * a horizon. It puts together burn-rate and stock-position; the backend asks it for every facility and item.
 */

import { REPORT_HOLDS_DAYS } from "../facilities/report.ts";
import type { Day } from "../series/day.ts";
import { type BurnRate, burnRate } from "./burn-rate.ts";
import { requireQuantity } from "./quantity.ts";
import type { StockDay, UnitCorrection } from "./stock-count.ts";
import {
	type ExpectedUse,
	type Incoming,
	type Lot,
	lotsAfter,
	type ReorderPoint,
	reorderPoint,
	type StockOutlookDay,
	stockOutlookDays,
} from "./stock-position.ts";
import { CUT_OFFS, type SupplyClass, supplyClass } from "./supply-class.ts";

/** Days whose counts tell the burn rate, as the CDC calculator's shorter window. */
export const BURN_WINDOW_DAYS = 7;
/** So many days ahead a stock-out day is looked for. */
export const LOOK_AHEAD_DAYS = 180;
/** From what an order is reckoned: a planning assumption, stated with the figure. */
export const REORDER = { leadDays: 3, reviewDays: 7, service: 0.95 } as const;
/** Reported and modelled use that differ by more than this ratio disagree. */
export const DISAGREES_FROM = 2;

/** Which use the position rests on where both are known. */
export type UseKind = "reported" | "modelled";

/** What is known of an item at a place. Units, and units a day. */
export interface StockTold {
	/** As known on the day, oldest first, none after `day`. */
	counts: readonly StockDay[];
	day: Day;
	/** Use that follows from the patients (or tests) by the catalogue's rates; NaN: not known. */
	modelled: number;
	packSize?: number;
	/** The burn rate of the counts (`reportedBurn`), where it has been estimated before. */
	burn?: BurnRate;
	/** Lots as they were told last, and of which count; absent: nothing is known of expiry. */
	lots?: { readonly day: Day; readonly held: readonly Lot[] };
	incoming?: readonly Incoming[];
}

export interface StandingOptions {
	prefer: UseKind;
	/** Use beside that of conventional care; reuse divides it further. 1: as it is. */
	useFactor: number;
	/** Days from the day after `day` on for which is reckoned what is missing. */
	horizonDays: number;
	/**
	 * Use from the first day ahead up to and with the n-th, beside that of a day now, by n from 0 on; as many as LOOK_AHEAD_DAYS + 1 or the last
	 * goes on. Absent: it stays as it is.
	 */
	growth?: Float64Array;
}

/** NaN: not known. Infinity in `daysOfSupply`: nothing is used. */
export interface StockStanding {
	/** As counted last, at most REPORT_HOLDS_DAYS ago; a doubtful count is passed over for the one before. */
	onHand: number;
	countDay: Day | null;
	/** Of what that count is made; null: nothing is known of expiry. */
	lots: readonly Lot[] | null;
	/** Days from that count to `day`. */
	age: number;
	/** The newest count, where it was passed over: it fits its neighbours only when read in another unit. */
	doubtful: UnitCorrection | null;
	reported: BurnRate;
	modelled: number;
	/** Whether reported and modelled use differ by more than DISAGREES_FROM. */
	disagrees: boolean;
	/** What the following rests on, with useFactor. */
	use: ExpectedUse | null;
	useFrom: UseKind | null;
	/** On hand less what was used since the count, at the end of `day`. */
	left: number;
	/** left / use. */
	daysOfSupply: number;
	supply: SupplyClass;
	/** First day that asks for more than there is; null: not within LOOK_AHEAD_DAYS. `early` and `late` at high and low use. */
	stockOut: { expected: Day | null; early: Day | null; late: Day | null };
	/** To the end of the horizon. */
	need: number;
	/** Arrives in time. */
	incoming: number;
	/** Expires unused in time; NaN when nothing is known of lots. */
	expiring: number;
	/** max(0, need - left - incoming + expiring). */
	netNeed: number;
	/** What is there beyond the need; 0 where something is missing. */
	surplus: number;
	reorder: ReorderPoint | null;
}

/** The burn rate that a standing rests on. @throws RangeError when counts are not in order, or negative. */
export function reportedBurn(
	counts: readonly StockDay[],
	packSize?: number,
): BurnRate {
	return burnRate(counts, {
		windowDays: BURN_WINDOW_DAYS,
		...(packSize !== undefined && { packSize }),
	});
}

/**
 * @throws RangeError when counts are not in order, or a figure is negative.
 */
export function stockStanding(
	told: StockTold,
	options: StandingOptions,
): StockStanding {
	const { counts, day, modelled, packSize } = told;
	const incoming = told.incoming ?? [];
	const { horizonDays, useFactor } = options;
	requireQuantity("useFactor", useFactor);
	const reported = told.burn ?? reportedBurn(counts, packSize);
	const slips = new Map(
		reported.corrections
			.filter(({ field }) => field === "onHand")
			.map((one) => [one.day, one]),
	);
	const last = counts.findLast(
		(row) =>
			!Number.isNaN(row.onHand) &&
			!slips.has(row.day) &&
			day - row.day <= REPORT_HOLDS_DAYS,
	);
	const lots = lotsOf(told, last?.day, slips);
	const newest = counts.findLast((row) => !Number.isNaN(row.onHand));
	const doubtful = (newest && slips.get(newest.day)) ?? null;
	const { use, from } = expectedUse(reported, modelled, options);
	const onHand = last?.onHand ?? Number.NaN;
	const age = last ? day - last.day : Number.NaN;
	const perDay = use?.perDay ?? Number.NaN;
	const left = use ? Math.max(0, onHand - age * perDay) : onHand;
	const daysOfSupply = Number.isNaN(left)
		? Number.NaN
		: perDay === 0
			? Number.POSITIVE_INFINITY
			: left === 0
				? 0
				: left / perDay;
	const need = use
		? perDay * grownUse(options.growth, horizonDays)
		: Number.NaN;
	const end = day + horizonDays;
	const arriving = incoming.reduce(
		(sum, order) =>
			last && order.arrives > last.day && order.arrives <= end
				? sum + order.units * (order.reliability ?? 1)
				: sum,
		0,
	);
	const plain =
		(lots?.every(({ expires }) => expires === undefined) ?? true) &&
		incoming.length === 0;
	const known = last && use ? { last, use } : null;
	const outlookAt = (rate: number) =>
		standingOutlook(
			told,
			{ onHand, countDay: last?.day ?? null, lots },
			rate,
			LOOK_AHEAD_DAYS,
			options.growth,
		);
	let expiring = lots && known ? 0 : Number.NaN;
	if (lots && known && !plain)
		for (const row of outlookAt(known.use.perDay)) {
			if (row.day > end) break;
			expiring += row.expired;
		}
	const gap = need - left - arriving + (Number.isNaN(expiring) ? 0 : expiring);
	const runsOut = (rate: number): Day | null => {
		if (!known) return null;
		if (plain)
			return plainStockOut(onHand, known.last.day, day, rate, options.growth);
		for (const { day: on, short } of outlookAt(rate)) if (short > 0) return on;
		return null;
	};
	return {
		onHand,
		countDay: last?.day ?? null,
		lots,
		age,
		doubtful,
		reported,
		modelled,
		disagrees:
			reported.kind === "estimated" &&
			modelled > 0 &&
			reported.perDay > 0 &&
			Math.abs(Math.log(reported.perDay / modelled)) > Math.log(DISAGREES_FROM),
		use,
		useFrom: from,
		left,
		daysOfSupply,
		supply: supplyClass(daysOfSupply, age, CUT_OFFS),
		stockOut: {
			expected: runsOut(perDay),
			early: use && use.high !== use.low ? runsOut(use.high) : null,
			late: use && use.high !== use.low ? runsOut(use.low) : null,
		},
		need,
		incoming: arriving,
		expiring,
		netNeed: Math.max(0, gap),
		surplus: Math.max(0, -gap),
		reorder: use
			? reorderPoint(use, REORDER.leadDays, REORDER.reviewDays, REORDER.service)
			: null,
	};
}

function lotsOf(
	{ counts, lots }: StockTold,
	countDay: Day | undefined,
	slips: ReadonlyMap<Day, unknown>,
): Lot[] | null {
	if (!lots || countDay === undefined || lots.day > countDay) return null;
	return lotsAfter(
		lots.held,
		counts.filter(
			({ day, onHand }) =>
				day >= lots.day &&
				day <= countDay &&
				!Number.isNaN(onHand) &&
				!slips.has(day),
		),
	);
}

/** The use to reckon with: the preferred one where it is known, else the other. */
function expectedUse(
	reported: BurnRate,
	modelled: number,
	{ prefer, useFactor }: StandingOptions,
): { use: ExpectedUse | null; from: UseKind | null } {
	const measured: ExpectedUse | null =
		reported.kind === "estimated"
			? {
					perDay: reported.perDay * useFactor,
					low: reported.low * useFactor,
					high: reported.high * useFactor,
					sdPerDay: reported.sdPerDay * useFactor,
				}
			: null;
	const reckoned: ExpectedUse | null = Number.isNaN(modelled)
		? null
		: {
				perDay: modelled * useFactor,
				low: modelled * useFactor,
				high: modelled * useFactor,
				sdPerDay: 0,
			};
	const first = prefer === "reported" ? measured : reckoned;
	if (first) return { use: first, from: prefer };
	const other = prefer === "reported" ? reckoned : measured;
	return {
		use: other,
		from: other ? (prefer === "reported" ? "modelled" : "reported") : null,
	};
}

/** Days of use in the first n days ahead. */
export function grownUse(
	growth: Float64Array | undefined,
	days: number,
): number {
	if (!growth) return days;
	const most = growth.length - 1;
	if (days <= most) return growth[days];
	return growth[most] + (days - most) * (growth[most] - growth[most - 1]);
}

/**
 * The days from the one after the count to the end of a horizon at a rate of use, as the standing was reckoned; none where there is no count.
 * Before `day` is over use is as it is now.
 */
export function* standingOutlook(
	told: StockTold,
	standing: Pick<StockStanding, "onHand" | "countDay" | "lots">,
	perDay: number,
	horizonDays: number,
	growth?: Float64Array,
): Generator<StockOutlookDay> {
	const { countDay, onHand, lots } = standing;
	if (countDay === null) return;
	const since = told.day - countDay;
	yield* stockOutlookDays(
		lots ?? [{ id: "counted", units: onHand }],
		(told.incoming ?? []).filter(({ arrives }) => arrives > countDay),
		growth
			? (ahead) =>
					ahead < since
						? perDay
						: perDay *
							(grownUse(growth, ahead - since + 1) -
								grownUse(growth, ahead - since))
			: perDay,
		countDay + 1,
		since + horizonDays,
	);
}

/** The same as the outlook says of a stock that does not expire and to which nothing comes, without going through the days. */
function plainStockOut(
	onHand: number,
	countDay: Day,
	day: Day,
	perDay: number,
	growth: Float64Array | undefined,
): Day | null {
	if (!(perDay > 0)) return null;
	const since = day - countDay;
	/** The first n days after the count ask for more than there is. */
	const isShort = (n: number) =>
		perDay * (n <= since ? n : since + grownUse(growth, n - since)) - onHand >
		1e-9 * Math.max(1, perDay);
	let high = since + LOOK_AHEAD_DAYS;
	if (!isShort(high)) return null;
	let low = 0;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (isShort(middle)) high = middle;
		else low = middle;
	}
	return countDay + high;
}
