/**
 * How one item stands at one place on a day: what was counted last, how fast it is used, how long it lasts, and what is missing to the end of
 * a horizon. It puts together burn-rate and stock-position; the backend asks it for every facility and item.
 */

import { REPORT_HOLDS_DAYS } from "../facilities/report.ts";
import type { Day } from "../series/day.ts";
import { type BurnRate, burnRate } from "./burn-rate.ts";
import { requireQuantity } from "./quantity.ts";
import type { StockDay } from "./stock-count.ts";
import type { DoubtfulCount } from "./stock-fault.ts";
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
	/** Those that count, as known on the day, oldest first, none after `day`. */
	counts: readonly StockDay[];
	/** Counts that wait for a person and are in no figure until then, oldest first. */
	held?: readonly DoubtfulCount[];
	day: Day;
	/** Use that follows from the patients (or tests) by the catalogue's rates; NaN: not known. */
	modelled: number;
	/** The burn rate of the counts (`reportedBurn`), where it has been estimated before. */
	burn?: BurnRate;
	/** Lots as they were told last, and of which count; absent: nothing is known of expiry. */
	lots?: { readonly day: Day; readonly held: readonly Lot[] };
	/** On its way at the end of `day`. */
	incoming?: readonly Incoming[];
	/** What orders brought, by the day of its receipt, whether a count knows of it or not. */
	delivered?: readonly Incoming[];
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
	/** As counted last, at most REPORT_HOLDS_DAYS ago; one that is held is passed over for the one before. */
	onHand: number;
	countDay: Day | null;
	/** Of what that count is made; null: nothing is known of expiry. */
	lots: readonly Lot[] | null;
	/** Days from that count to `day`. */
	age: number;
	/** The newest count, where it is held. */
	doubtful: DoubtfulCount | null;
	reported: BurnRate;
	modelled: number;
	/** Whether reported and modelled use differ by more than DISAGREES_FROM. */
	disagrees: boolean;
	/** What the following rests on, with useFactor. */
	use: ExpectedUse | null;
	useFrom: UseKind | null;
	/** What orders brought since that count, which it does not know of. */
	delivered: number;
	/** Of both, since that count: no more than there was. */
	usedSince: number;
	/** On hand and delivered less what was used since the count, at the end of `day`. */
	left: number;
	/** left / use. */
	daysOfSupply: number;
	supply: SupplyClass;
	/** First day that asks for more than there is; null: not within LOOK_AHEAD_DAYS. `early` and `late` at high and low use. */
	stockOut: { expected: Day | null; early: Day | null; late: Day | null };
	/** To the end of the horizon. */
	need: number;
	/** On its way and arrives in time, by the orders that are known: also where no count is. */
	incoming: number;
	/** Expires unused in time; NaN when nothing is known of lots. */
	expiring: number;
	/** max(0, need - left - incoming + expiring). */
	netNeed: number;
	/** Asked for day by day to the end of the horizon and not there on its day: more than the net need where something comes too late. */
	unmet: number;
	/** What is there beyond the need; 0 where something is missing. */
	surplus: number;
	reorder: ReorderPoint | null;
}

/**
 * The burn rate that a standing rests on. Slips are found before, where counts are held (`doubtfulCounts`): what counts is read as it stands,
 * since a person may have accepted it.
 * @throws RangeError when counts are not in order, or negative.
 */
export function reportedBurn(counts: readonly StockDay[]): BurnRate {
	return burnRate(counts, { windowDays: BURN_WINDOW_DAYS });
}

/**
 * @throws RangeError when counts are not in order, or a figure is negative.
 */
export function stockStanding(
	told: StockTold,
	options: StandingOptions,
): StockStanding {
	const { counts, day, modelled } = told;
	const incoming = told.incoming ?? [];
	const { horizonDays, useFactor } = options;
	requireQuantity("useFactor", useFactor);
	const reported = told.burn ?? reportedBurn(counts);
	const isHeldOn = (on: Day) => day - on <= REPORT_HOLDS_DAYS;
	const last = counts.findLast(
		(row) => !Number.isNaN(row.onHand) && isHeldOn(row.day),
	);
	const lots = lotsOf(told, last?.day);
	const doubtful =
		told.held?.findLast(
			(one) => isHeldOn(one.day) && !(last && one.day < last.day),
		) ?? null;
	const { use, from } = expectedUse(reported, modelled, options);
	const onHand = last?.onHand ?? Number.NaN;
	const age = last ? day - last.day : Number.NaN;
	const perDay = use?.perDay ?? Number.NaN;
	const since = last ? deliveredAfter(told, last.day) : [];
	const delivered = last
		? since.reduce((sum, { units }) => sum + units, 0)
		: Number.NaN;
	const usedSince = last
		? usedUntil(day, last.day, onHand, since, use ? perDay : 0)
		: Number.NaN;
	const left = onHand + delivered - usedSince;
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
			order.arrives > day && order.arrives <= end
				? sum + order.units * (order.reliability ?? 1)
				: sum,
		0,
	);
	const plain =
		(lots?.every(({ expires }) => expires === undefined) ?? true) &&
		incoming.length === 0 &&
		since.length === 0;
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
	let unmet = known ? 0 : Number.NaN;
	let expected: Day | null = null;
	if (known && plain) {
		unmet = Math.max(0, need - left);
		expected = plainStockOut(
			onHand,
			known.last.day,
			day,
			perDay,
			options.growth,
		);
	} else if (known)
		for (const row of outlookAt(perDay)) {
			if (row.day <= end) expiring += row.expired;
			if (row.day > day && row.day <= end) unmet += row.short;
			if (row.short > 0) expected ??= row.day;
			if (expected !== null && row.day >= end) break;
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
		delivered,
		usedSince,
		left,
		daysOfSupply,
		supply: supplyClass(daysOfSupply, age, CUT_OFFS),
		stockOut: {
			expected,
			early: use && use.high !== use.low ? runsOut(use.high) : null,
			late: use && use.high !== use.low ? runsOut(use.low) : null,
		},
		need,
		incoming: arriving,
		expiring,
		netNeed: Math.max(0, gap),
		unmet,
		surplus: Math.max(0, -gap),
		reorder: use
			? reorderPoint(use, REORDER.leadDays, REORDER.reviewDays, REORDER.service)
			: null,
	};
}

/** What orders brought after a count, in the order of days. */
function deliveredAfter({ delivered, day }: StockTold, countDay: Day) {
	return (delivered ?? [])
		.filter(({ arrives }) => arrives > countDay && arrives <= day)
		.sort((a, b) => a.arrives - b.arrives);
}

/** What was used from the day after the count to the end of `day`: of what is used up nothing more is, until a delivery comes. */
function usedUntil(
	day: Day,
	countDay: Day,
	onHand: number,
	delivered: readonly Incoming[],
	perDay: number,
): number {
	let stock = onHand;
	let used = 0;
	let at = countDay;
	for (const { arrives, units } of [
		...delivered,
		{ arrives: day + 1, units: 0 },
	]) {
		// What comes may be used on the day on which it comes.
		const until = arrives - 1;
		const taken = Math.min(stock, perDay * (until - at));
		used += taken;
		stock += units - taken;
		at = until;
	}
	return used;
}

function lotsOf(
	{ counts, lots }: StockTold,
	countDay: Day | undefined,
): Lot[] | null {
	if (!lots || countDay === undefined || lots.day > countDay) return null;
	return lotsAfter(
		lots.held,
		counts.filter(
			({ day, onHand }) =>
				day >= lots.day && day <= countDay && !Number.isNaN(onHand),
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
		[...deliveredAfter(told, countDay), ...(told.incoming ?? [])],
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
