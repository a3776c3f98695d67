/**
 * The life of an order to send supplies from a warehouse: drafted, approved by somebody else, handed over in one part or several, received
 * in part or whole, closed; or cancelled before anything left. An order is the list of its steps, which are only ever added; what it stands
 * at is told from them, so that a step taken back leaves the order as it was before. No unit is lost or invented on the way: what was
 * ordered either waits at the warehouse, is on its way, arrived, or is stated as missing when the order is closed.
 */

import type { Day } from "../series/day.ts";

export const ORDER_STEPS = [
	"draft",
	"approve",
	"send",
	"receive",
	"close",
	"cancel",
	"take-back",
] as const;
export type OrderStepKind = (typeof ORDER_STEPS)[number];

/**
 * draft: nobody but its author has seen it; approved: allocated, and nothing has left the warehouse yet (of a place that fetches:
 * "allocated, not fetched"); sent: on its way; received-part: something arrived and something is still to come; received: all that was
 * ordered arrived; closed: nothing more is expected; cancelled: nothing ever left.
 */
export const ORDER_STATUSES = [
	"draft",
	"approved",
	"sent",
	"received-part",
	"received",
	"closed",
	"cancelled",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** So much of one item; an order names an item once. Whole units of the item, above 0. */
export interface OrderedItem {
	item: string;
	units: number;
}

/** Units of one lot. `lot` "": the warehouse states none. `expires` null: it does not expire, or it is not known. */
export interface LotUnits {
	item: string;
	lot: string;
	expires: Day | null;
	units: number;
}

interface AnyStep {
	/** The day on which it was done. */
	day: Day;
	/** Name of the person. */
	person: string;
}

export type OrderStep = AnyStep &
	(
		| { kind: "draft"; lines: readonly OrderedItem[] }
		| { kind: "approve" }
		/** Handed to the carrier, or to whoever fetches. `due`: the day on which it should arrive; null: the day itself. */
		| { kind: "send"; lots: readonly LotUnits[]; due: Day | null }
		| { kind: "receive"; lots: readonly LotUnits[] }
		| { kind: "close" }
		| { kind: "cancel" }
		/** The last step that holds is done no more. */
		| { kind: "take-back" }
	);

/** A lot on its way: sent = received + inTransit + missing. */
export interface LotState {
	lot: string;
	expires: Day | null;
	sent: number;
	received: number;
	inTransit: number;
	/** Did not arrive; stated when the order is closed. */
	missing: number;
}

/** An item of an order: ordered = waiting + released + sent, and sent = received + inTransit + missing. */
export interface LineState {
	item: string;
	ordered: number;
	/** Approved and still at the warehouse: stock that is promised to nobody else. */
	waiting: number;
	/** Will not leave: the order was closed or cancelled first. */
	released: number;
	sent: number;
	received: number;
	inTransit: number;
	missing: number;
	lots: LotState[];
}

/** What an order stands at. */
export interface OrderState {
	status: OrderStatus;
	/** Everybody who wrote its lines; none of them may approve it. */
	authors: readonly string[];
	approvedBy: string | null;
	lines: readonly LineState[];
	/** The last day on which something that is on its way should arrive; null: nothing is on its way. */
	due: Day | null;
	/** The day of the last step, also of one taken back: nothing that follows is dated before it. */
	lastDay: Day;
	/** The steps that hold, in order: those taken back are left out. */
	holding: readonly OrderStep[];
}

/** Why a step may not follow. */
export type StepRefusal =
	/** The order stands where this step does not follow. */
	| { kind: "status"; status: OrderStatus | "none"; step: OrderStepKind }
	/** Whoever wrote an order does not approve it. */
	| { kind: "own"; person: string }
	/** It is dated before the step that it follows. */
	| { kind: "day"; day: Day; earliest: Day }
	/** More than there is: ordered and not sent, or on its way. */
	| { kind: "units"; item: string; lot: string; found: number; most: number }
	/** No whole number of units above 0, or an item named twice. */
	| { kind: "lines"; item: string; found: number }
	/** The lot may not be used any more on the day on which it leaves. */
	| { kind: "expired"; item: string; lot: string; expires: Day };

/** What may follow where an order stands. */
const FOLLOWS: Readonly<Record<OrderStatus, readonly OrderStepKind[]>> = {
	draft: ["draft", "approve", "cancel"],
	approved: ["send", "cancel", "take-back"],
	sent: ["send", "receive", "close", "take-back"],
	"received-part": ["send", "receive", "close", "take-back"],
	received: ["close", "take-back"],
	closed: ["take-back"],
	cancelled: ["take-back"],
};

/** The steps that may follow, before it is asked who orders them and how much. None but a draft follows nothing. */
export function stepsAfter(state: OrderState | null): readonly OrderStepKind[] {
	return state === null ? ["draft"] : FOLLOWS[state.status];
}

/**
 * What an order stands at after its steps.
 * @returns null when there are none
 * @throws RangeError when a step may not follow those before it
 */
export function orderAfter(steps: readonly OrderStep[]): OrderState | null {
	let state: OrderState | null = null;
	for (const step of steps) {
		const refusal = refusalOfStep(state, step);
		if (refusal)
			throw new RangeError(
				`step ${step.kind} may not follow: ${JSON.stringify(refusal)}`,
			);
		state = after(state, step);
	}
	return state;
}

/** Why a step may not follow; null: it may. */
export function refusalOfStep(
	state: OrderState | null,
	step: OrderStep,
): StepRefusal | null {
	if (!stepsAfter(state).includes(step.kind))
		return { kind: "status", status: state?.status ?? "none", step: step.kind };
	if (state && step.day < state.lastDay)
		return { kind: "day", day: step.day, earliest: state.lastDay };
	switch (step.kind) {
		case "draft":
			return refusalOfLines(step.lines);
		case "approve":
			return state?.authors.includes(step.person)
				? { kind: "own", person: step.person }
				: null;
		case "send":
			if (step.due !== null && step.due < step.day)
				return { kind: "day", day: step.due, earliest: step.day };
			return refusalOfSending(state as OrderState, step);
		case "receive":
			return refusalOfReceiving(state as OrderState, step.lots);
		default:
			return null;
	}
}

function isWhole(units: number): boolean {
	return Number.isSafeInteger(units) && units > 0;
}

function refusalOfLines(lines: readonly OrderedItem[]): StepRefusal | null {
	const seen = new Set<string>();
	for (const { item, units } of lines) {
		if (!isWhole(units) || seen.has(item))
			return { kind: "lines", item, found: units };
		seen.add(item);
	}
	return lines.length === 0 ? { kind: "lines", item: "", found: 0 } : null;
}

/** Sums units by item and lot; of a lot that is named twice both count. */
export function summed(lots: readonly LotUnits[]): Map<string, LotUnits> {
	const sums = new Map<string, LotUnits>();
	for (const one of lots) {
		const key = lotKey(one.item, one.lot, one.expires);
		const before = sums.get(key)?.units ?? 0;
		sums.set(key, { ...one, units: before + one.units });
	}
	return sums;
}

function lotKey(item: string, lot: string, expires: Day | null): string {
	return JSON.stringify([item, lot, expires]);
}

function refusalOfUnits(lots: readonly LotUnits[]): StepRefusal | null {
	const wrong = lots.find(({ units }) => !isWhole(units));
	if (wrong) return { kind: "lines", item: wrong.item, found: wrong.units };
	return lots.length === 0 ? { kind: "lines", item: "", found: 0 } : null;
}

function refusalOfSending(
	state: OrderState,
	{ lots, day }: Extract<OrderStep, { kind: "send" }>,
): StepRefusal | null {
	const wrong = refusalOfUnits(lots);
	if (wrong) return wrong;
	const expired = lots.find(({ expires }) => expires !== null && expires < day);
	if (expired)
		return {
			kind: "expired",
			item: expired.item,
			lot: expired.lot,
			expires: expired.expires as Day,
		};
	const byItem = new Map<string, number>();
	for (const { item, units } of lots)
		byItem.set(item, (byItem.get(item) ?? 0) + units);
	for (const [item, found] of byItem) {
		const most = state.lines.find((line) => line.item === item)?.waiting ?? 0;
		if (found > most) return { kind: "units", item, lot: "", found, most };
	}
	return null;
}

function refusalOfReceiving(
	state: OrderState,
	lots: readonly LotUnits[],
): StepRefusal | null {
	const wrong = refusalOfUnits(lots);
	if (wrong) return wrong;
	for (const { item, lot, expires, units } of summed(lots).values()) {
		const most =
			state.lines
				.find((line) => line.item === item)
				?.lots.find((one) => one.lot === lot && one.expires === expires)
				?.inTransit ?? 0;
		if (units > most) return { kind: "units", item, lot, found: units, most };
	}
	return null;
}

/** A step that may follow; taking back tells the order anew from the steps that are left. */
function after(state: OrderState | null, step: OrderStep): OrderState {
	const holding =
		step.kind === "take-back"
			? (state?.holding.slice(0, -1) ?? [])
			: [...(state?.holding ?? []), step];
	return stateOf(holding, step.day);
}

function stateOf(holding: readonly OrderStep[], lastDay: Day): OrderState {
	let lines: LineState[] = [];
	const authors = new Set<string>();
	let approvedBy: string | null = null;
	let due: Day | null = null;
	let ended: "closed" | "cancelled" | null = null;
	for (const step of holding)
		switch (step.kind) {
			case "draft":
				authors.add(step.person);
				lines = step.lines.map(({ item, units }) => ({
					item,
					ordered: units,
					waiting: 0,
					released: 0,
					sent: 0,
					received: 0,
					inTransit: 0,
					missing: 0,
					lots: [],
				}));
				break;
			case "approve":
				approvedBy = step.person;
				for (const line of lines) line.waiting = line.ordered;
				break;
			case "send":
				for (const lot of summed(step.lots).values()) send(lines, lot);
				due = Math.max(due ?? step.day, step.due ?? step.day);
				break;
			case "receive":
				for (const lot of summed(step.lots).values()) receive(lines, lot);
				break;
			case "close":
			case "cancel":
				ended = step.kind === "close" ? "closed" : "cancelled";
				for (const line of lines) end(line);
				break;
		}
	const some = (of: (line: LineState) => number) =>
		lines.some((line) => of(line) > 0);
	const onItsWay = some(({ inTransit }) => inTransit);
	return {
		status:
			ended ??
			(approvedBy === null
				? "draft"
				: !some(({ sent }) => sent)
					? "approved"
					: !some(({ received }) => received)
						? "sent"
						: onItsWay || some(({ waiting }) => waiting)
							? "received-part"
							: "received"),
		authors: [...authors],
		approvedBy,
		lines,
		due: onItsWay ? due : null,
		lastDay,
		holding,
	};
}

function lineOf(lines: LineState[], item: string): LineState {
	const line = lines.find((one) => one.item === item);
	if (!line) throw new RangeError(`no line of ${item}`);
	return line;
}

function send(lines: LineState[], given: LotUnits): void {
	const line = lineOf(lines, given.item);
	line.waiting -= given.units;
	line.sent += given.units;
	line.inTransit += given.units;
	const { lot, expires } = given;
	let state = line.lots.find(
		(one) => one.lot === lot && one.expires === expires,
	);
	if (!state) {
		state = { lot, expires, sent: 0, received: 0, inTransit: 0, missing: 0 };
		line.lots.push(state);
	}
	state.sent += given.units;
	state.inTransit += given.units;
}

function receive(lines: LineState[], given: LotUnits): void {
	const line = lineOf(lines, given.item);
	const lot = line.lots.find(
		(one) => one.lot === given.lot && one.expires === given.expires,
	);
	if (!lot)
		throw new RangeError(`lot ${given.lot} of ${given.item} was not sent`);
	for (const state of [line, lot]) {
		state.inTransit -= given.units;
		state.received += given.units;
	}
}

/** Nothing more is expected: what waited stays at the warehouse, what was on its way is missing. */
function end(line: LineState): void {
	line.released = line.ordered - line.sent;
	line.waiting = 0;
	for (const state of [line, ...line.lots]) {
		state.missing = state.inTransit;
		state.inTransit = 0;
	}
}

/** The number on the papers of an order: the warehouse, the year and a serial number, which together name it. */
export function orderNumber(order: {
	warehouse: string;
	year: number;
	serial: number;
}): string {
	return `${order.warehouse}/${order.year}/${String(order.serial).padStart(4, "0")}`;
}
