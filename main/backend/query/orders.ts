import type Database from "better-sqlite3";
import { provinceOf, tierOf } from "../../../core/access/dispatch.ts";
import type { OrderRow, OrderStepRow } from "../../../core/api/orders.ts";
import { type AreaCode, NATION } from "../../../core/areas/codes.ts";
import {
	type LotUnits,
	type OrderedItem,
	type OrderState,
	type OrderStep,
	orderAfter,
	orderNumber,
	stepsAfter,
	summed,
} from "../../../core/logistics/order.ts";
import type { Day } from "../../../core/series/day.ts";
import { areas } from "./areas.ts";
import { facilities } from "./facilities.ts";
import { perPublication } from "./per-publication.ts";
import { statement } from "./statement.ts";

type ReadStep = OrderStep & {
	number: number;
	at: number;
	display: string;
	note: string;
};

interface ReadOrder {
	id: string;
	serial: number;
	year: number;
	fromFacility: number;
	toFacility: number;
	handover: OrderRow["handover"];
	carriage: OrderRow["carriage"];
	plan: string | null;
	steps: ReadStep[];
}

/** An order as it stands on a day. */
interface StandingOrder {
	order: ReadOrder;
	state: OrderState;
	steps: readonly ReadStep[];
}

/** All orders with their steps; of an order whose facilities are not listed nothing is shown. */
const allOrders = perPublication(
	() => "",
	(db): ReadOrder[] => {
		const steps = new Map<string, ReadStep[]>();
		for (const { order_id, content, ...row } of statement(
			db,
			`SELECT order_id, number, kind, day, at, person, display, content, note FROM dispatch_step ORDER BY order_id, number`,
		).all() as { order_id: string; content: string }[]) {
			const list = steps.get(order_id) ?? [];
			steps.set(order_id, list);
			list.push({ ...row, ...JSON.parse(content) } as ReadStep);
		}
		const orders = statement(
			db,
			`SELECT id, serial, year, from_facility AS fromFacility, to_facility AS toFacility, handover, carriage, plan
			 FROM dispatch_order ORDER BY id`,
		).all() as Omit<ReadOrder, "steps">[];
		return orders.map((order) => ({
			...order,
			steps: steps.get(order.id) ?? [],
		}));
	},
);

/**
 * What orders stand at on a day. Steps are told by the day on which they were done, as far as they are known now; the rest of an order of
 * which a step lies after the day is as it was before.
 */
function standing(db: Database.Database, day: Day): StandingOrder[] {
	return allOrders(db).flatMap((order) => {
		const steps = order.steps.filter((step) => step.day <= day);
		const state = orderAfter(steps);
		return state ? [{ order, state, steps }] : [];
	});
}

function rowOf(
	db: Database.Database,
	{ order, state, steps }: StandingOrder,
): OrderRow | null {
	const byId = facilitiesById(db);
	const from = byId.get(order.fromFacility);
	const to = byId.get(order.toFacility);
	const [first] = steps;
	const last = steps.at(-1);
	if (!from || !to || !first || !last) return null;
	const place = ({ id, code, name }: typeof from) => ({
		facility: id,
		code,
		name,
	});
	const codes = new Map(areas(db).map(({ id, code }) => [id, code]));
	const displays = new Map(
		order.steps.map(({ person, display }) => [person, display]),
	);
	return {
		id: order.id,
		number: orderNumber({
			warehouse: from.code,
			year: order.year,
			serial: order.serial,
		}),
		tier: tierOf((codes.get(from.area) ?? NATION) as AreaCode),
		province: provinceOf((codes.get(from.area) ?? NATION) as AreaCode),
		from: place(from),
		to: place(to),
		area: to.area,
		handover: order.handover,
		carriage: order.carriage,
		// Its number. The address behind it holds what was fixed for facilities that whoever asks need not see.
		plan: order.plan?.split(" ")[0] ?? null,
		status: state.status,
		steps: order.steps.length,
		// What is all on its way, or has all arrived, is neither sent nor received once more.
		next: stepsAfter(state).filter(
			(step) =>
				(step !== "send" || state.lines.some(({ waiting }) => waiting > 0)) &&
				(step !== "receive" ||
					state.lines.some(({ inTransit }) => inTransit > 0)),
		),
		authors: state.authors.map((person) => ({
			person,
			display: displays.get(person) ?? person,
		})),
		approvedBy:
			state.approvedBy === null
				? null
				: (displays.get(state.approvedBy) ?? state.approvedBy),
		draftedOn: first.day,
		changedOn: last.day,
		due: state.due,
		lines: linesOf(state),
	};
}

function linesOf(state: OrderState | null): OrderRow["lines"] {
	return (state?.lines ?? []).map((line) => ({
		...line,
		lots: [...line.lots],
	}));
}

const facilitiesById = perPublication(
	() => "",
	(db) => new Map(facilities(db, {}).map((one) => [one.id, one])),
);

/** Orders as they stand on a day, the one changed last first. */
export function orders(
	db: Database.Database,
	{ day }: { day: Day },
): OrderRow[] {
	return standing(db, day)
		.sort(
			(a, b) =>
				(b.steps.at(-1)?.at ?? 0) - (a.steps.at(-1)?.at ?? 0) ||
				(a.order.id < b.order.id ? -1 : 1),
		)
		.flatMap((one) => rowOf(db, one) ?? []);
}

/** One order with all its steps; null: there is none. */
export function orderOf(
	db: Database.Database,
	{ order: id }: { order: string },
): { order: OrderRow; steps: OrderStepRow[] } | null {
	const order = allOrders(db).find((one) => one.id === id);
	const state = order && orderAfter(order.steps);
	const row = state && rowOf(db, { order, state, steps: order.steps });
	if (!row) return null;
	const holding = new Set<OrderStep>(state.holding);
	return {
		order: row,
		steps: order.steps.map((step, at) => ({
			number: step.number,
			kind: step.kind,
			day: step.day,
			at: step.at,
			display: step.display,
			note: step.note,
			holds: holding.has(step),
			lines: "lines" in step ? [...(step.lines as OrderedItem[])] : [],
			lots: "lots" in step ? [...summed(step.lots as LotUnits[]).values()] : [],
			due: step.kind === "send" ? step.due : null,
			after: linesOf(orderAfter(order.steps.slice(0, at + 1))),
		})),
	};
}

/** Units of an item on their way to a facility. */
export interface IncomingUnits {
	/** Number of the facility to which they go. */
	facility: number;
	/** Id of the item in the catalogue. */
	item: string;
	units: number;
	/** The day on which they should arrive; of what is late the day after the one asked for. */
	arrives: Day;
	/** Last day on which they may be used; null: none, or not known. */
	expires: Day | null;
	/** Id and number of the order that brings them. */
	order: string;
	number: string;
}

/** What is on its way at the end of a day, by the orders that are known. */
export function incoming(db: Database.Database, day: Day): IncomingUnits[] {
	const byId = facilitiesById(db);
	return standing(db, day).flatMap(({ order, state }) =>
		state.lines.flatMap(({ item, lots }) =>
			lots
				.filter(({ inTransit }) => inTransit > 0)
				.map(({ inTransit, expires }) => ({
					facility: order.toFacility,
					item,
					units: inTransit,
					arrives: Math.max(state.due ?? day + 1, day + 1),
					expires,
					order: order.id,
					number: orderNumber({
						warehouse: byId.get(order.fromFacility)?.code ?? "?",
						year: order.year,
						serial: order.serial,
					}),
				})),
		),
	);
}

/** Units of an item that came to a facility by an order. */
export interface DeliveredUnits
	extends Pick<IncomingUnits, "facility" | "item" | "units" | "expires"> {
	/** The day on which it was received. */
	day: Day;
}

/** What orders brought from one day to another, by the receipts that hold at the end of it. */
export function delivered(
	db: Database.Database,
	{ first, last }: { first: Day; last: Day },
): DeliveredUnits[] {
	return standing(db, last).flatMap(({ order, state }) =>
		state.holding.flatMap((step) =>
			step.kind === "receive" && step.day >= first
				? step.lots.map(({ item, units, expires }) => ({
						facility: order.toFacility,
						item,
						units,
						expires,
						day: step.day,
					}))
				: [],
		),
	);
}

/** Units of an item that a warehouse may not promise to anybody else. */
export interface PromisedUnits {
	facility: number;
	item: string;
	/** Allocated and still there. */
	waiting: number;
	/** Left since the last count, which does not know of it. */
	left: number;
}

/**
 * What warehouses have promised at the end of a day: allocated and not yet fetched or sent, and what left since the day of the last
 * count of that item, which does not know of it.
 * @param countedOn the day of the last count of an item at a facility; undefined: none
 */
export function promised(
	db: Database.Database,
	day: Day,
	countedOn: (facility: number, item: string) => Day | undefined,
): PromisedUnits[] {
	const sums = new Map<string, PromisedUnits>();
	const add = (
		facility: number,
		item: string,
		how: "waiting" | "left",
		units: number,
	) => {
		if (units <= 0) return;
		const key = `${facility} ${item}`;
		const sum = sums.get(key) ?? { facility, item, waiting: 0, left: 0 };
		sum[how] += units;
		sums.set(key, sum);
	};
	for (const { order, state } of standing(db, day)) {
		for (const { item, waiting } of state.lines)
			add(order.fromFacility, item, "waiting", waiting);
		for (const step of state.holding)
			if (step.kind === "send")
				for (const { item, units } of step.lots) {
					const counted = countedOn(order.fromFacility, item);
					if (counted !== undefined && step.day > counted)
						add(order.fromFacility, item, "left", units);
				}
	}
	return [...sums.values()];
}
