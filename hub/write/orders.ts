import type pg from "pg";
import { isWay, mayApproveFrom } from "../../core/access/dispatch.ts";
import {
	type CommandRefusal,
	refusalOf,
} from "../../core/api/command-message.ts";
import {
	ApproveOrder,
	CancelOrder,
	CloseOrder,
	DraftOrder,
	ReceiveOrder,
	SendOrder,
	TakeBackOrderStep,
} from "../../core/api/orders.ts";
import type { AreaCode } from "../../core/areas/codes.ts";
import {
	type LineState,
	type OrderStatus,
	type OrderStep,
	orderAfter,
	orderNumber,
	refusalOfStep,
} from "../../core/logistics/order.ts";
import { type Day, dayInWib, isoFromDay } from "../../core/series/day.ts";
import {
	addOrder,
	addOrderStep,
	changeOrder,
	orderPlace,
	readOrder,
	type StoredOrder,
	type StoredStep,
} from "../store/orders.ts";
import { auditRowOf } from "./audit.ts";
import { type By, type Performed, performer, Refused } from "./perform.ts";

/** What the trail keeps of an order before and after a step. */
interface Standing {
	order: string;
	status: OrderStatus | null;
	lines: (Pick<LineState, "item" | "ordered" | "sent" | "received"> & {
		missing: number;
	})[];
}

function numberOf({ from, year, serial }: StoredOrder): string {
	return orderNumber({ warehouse: from.code, year, serial });
}

function standing(order: StoredOrder, steps: readonly OrderStep[]): Standing {
	const state = orderAfter(steps);
	return {
		order: numberOf(order),
		status: state?.status ?? null,
		lines: (state?.lines ?? []).map(
			({ item, ordered, sent, received, missing }) => ({
				item,
				ordered,
				sent,
				received,
				missing,
			}),
		),
	};
}

async function known(client: pg.PoolClient, id: string): Promise<StoredOrder> {
	const order = await readOrder(client, id);
	if (!order) throw new Refused(refusalOf("unknown-order", {}));
	return order;
}

/** Whoever decides about an order has seen its last step; otherwise they are told who did what since. */
async function refuseUnseen(
	client: pg.PoolClient,
	order: StoredOrder,
	seen: number,
): Promise<void> {
	const last = order.steps.at(-1);
	if (!last || order.steps.length === seen) return;
	const row = await auditRowOf(client, last.command);
	throw new Refused(
		refusalOf(
			"order-changed",
			{ order: numberOf(order), person: last.display },
			row
				? {
						person: last.display,
						at: last.at,
						name: row.name,
						reason: row.reason,
						audit: row.number,
					}
				: null,
		),
	);
}

function refusedStep(
	order: StoredOrder,
	step: OrderStep,
): CommandRefusal | null {
	const refusal = refusalOfStep(orderAfter(order.steps), step);
	if (refusal === null) return null;
	const number = numberOf(order);
	switch (refusal.kind) {
		case "status":
			return refusalOf("order-status", {
				order: number,
				status: refusal.status,
				step: refusal.step,
			});
		case "own":
			return refusalOf("order-own", { order: number });
		case "day":
			return refusalOf("order-day", {
				order: number,
				day: refusal.day,
				earliest: refusal.earliest,
			});
		case "units":
			return refusalOf("order-units", {
				order: number,
				item: refusal.item,
				found: refusal.found,
				most: refusal.most,
			});
		case "lines":
			return refusalOf("order-lines", {
				order: number,
				item: refusal.item,
				found: refusal.found,
			});
		case "expired":
			return refusalOf("lot-expired", {
				order: number,
				item: refusal.item,
				lot: refusal.lot,
				day: refusal.expires,
			});
	}
}

/** Does a step of an order, or refuses it. */
async function take(
	client: pg.PoolClient,
	order: StoredOrder,
	step: OrderStep,
	{ person, now, command }: By,
	note: string,
): Promise<{ before: Standing; after: Standing; number: number }> {
	const today = dayInWib(now);
	if (step.day > today)
		throw new Refused(refusalOf("day-to-come", { day: step.day, today }));
	const refused = refusedStep(order, step);
	if (refused) throw new Refused(refused);
	const number = order.steps.length + 1;
	await addOrderStep(client, order.id, step, {
		number,
		display: person.display,
		at: now,
		note,
		command,
	});
	return {
		before: standing(order, order.steps),
		after: standing(order, [...order.steps, step]),
		number,
	};
}

/** One step of each of some orders; of one of them its step can be taken back by a command. */
async function performedOn(
	client: pg.PoolClient,
	orders: readonly StoredOrder[],
	by: By,
	note: string,
	{
		step,
		areas = ({ from }) => from.area,
		inverse = takenBack,
	}: {
		step: (order: StoredOrder) => OrderStep;
		areas?: (order: StoredOrder) => AreaCode;
		inverse?: (
			order: StoredOrder,
			seen: number,
			day: Day,
		) => Performed["inverse"];
	},
): Promise<Performed> {
	const done: { before: Standing; after: Standing; number: number }[] = [];
	for (const order of orders)
		done.push(await take(client, order, step(order), by, note));
	const [first] = orders as [StoredOrder];
	const [only, ...more] = done;
	return {
		// Steps of one order stand in each other's way only where the order says so (`seen`, core/logistics/order).
		subject: `order:${first.id}/${only?.number}`,
		areas: [...new Set(orders.map(areas))],
		before: done.map(({ before }) => before),
		after: done.map(({ after }) => after),
		inverse:
			only && more.length === 0
				? inverse(first, only.number, step(first).day)
				: null,
	};
}

function takenBack(
	{ id }: StoredOrder,
	seen: number,
	day: Day,
): Performed["inverse"] {
	return {
		name: TakeBackOrderStep.name,
		request: { day, order: id, seen, reason: "taken back" },
	};
}

export const drafting = performer(
	DraftOrder,
	async (client, { day, plan, orders, reason }, by) => {
		const stored: StoredOrder[] = [];
		const linesOf = new Map(orders.map(({ id, lines }) => [id, lines]));
		for (const asked of orders) {
			const [from, to] = [
				await orderPlace(client, asked.from),
				await orderPlace(client, asked.to),
			];
			for (const [place, code] of [
				[from, asked.from],
				[to, asked.to],
			] as const)
				if (!place)
					throw new Refused(refusalOf("unknown-facility", { facility: code }));
			if (!from || !to || !isWay(from, to))
				throw new Refused(
					refusalOf("order-way", { from: asked.from, to: asked.to }),
				);
			const { id, handover, carriage } = asked;
			const before = await readOrder(client, id);
			if (!before) {
				const year = Number(isoFromDay(day).slice(0, 4));
				stored.push(
					await addOrder(client, {
						id,
						year,
						from,
						to,
						handover,
						carriage,
						plan,
					}),
				);
				continue;
			}
			await refuseUnseen(client, before, asked.seen);
			if (before.from.code !== from.code || before.to.code !== to.code)
				throw new Refused(
					refusalOf("order-exists", { order: numberOf(before) }),
				);
			const changed = { ...before, handover, carriage, plan };
			await changeOrder(client, changed);
			stored.push(changed);
		}
		return performedOn(client, stored, by, reason, {
			step: ({ id }) => ({
				kind: "draft",
				day,
				person: by.person.name,
				lines: linesOf.get(id) ?? [],
			}),
			inverse: (order, seen) =>
				order.steps.length === 0
					? {
							name: CancelOrder.name,
							request: {
								day,
								orders: [{ id: order.id, seen }],
								reason: "taken back",
							},
						}
					: // As it was written before.
						{
							name: DraftOrder.name,
							request: {
								day,
								plan: order.plan,
								orders: [
									{
										id: order.id,
										seen,
										from: order.from.code,
										to: order.to.code,
										handover: order.handover,
										carriage: order.carriage,
										lines: lastLines(order.steps),
									},
								],
								reason: "taken back",
							},
						},
		});
	},
);

function lastLines(steps: readonly StoredStep[]) {
	const draft = steps.findLast(({ kind }) => kind === "draft");
	return draft?.kind === "draft" ? draft.lines : [];
}

async function seenOrders(
	client: pg.PoolClient,
	asked: readonly { id: string; seen: number }[],
): Promise<StoredOrder[]> {
	const orders: StoredOrder[] = [];
	for (const { id, seen } of asked) {
		const order = await known(client, id);
		await refuseUnseen(client, order, seen);
		orders.push(order);
	}
	return orders;
}

export const approving = performer(
	ApproveOrder,
	async (client, { day, orders: asked, reason }, by) => {
		const orders = await seenOrders(client, asked);
		for (const order of orders)
			if (!mayApproveFrom(by.person, order.from.area))
				throw new Refused(
					refusalOf("order-province", {
						order: numberOf(order),
						area: order.from.area,
						scope: by.person.scope,
					}),
				);
		return performedOn(client, orders, by, reason, {
			step: () => ({ kind: "approve", day, person: by.person.name }),
		});
	},
);

export const cancelling = performer(
	CancelOrder,
	async (client, { day, orders: asked, reason }, by) =>
		performedOn(client, await seenOrders(client, asked), by, reason, {
			step: () => ({ kind: "cancel", day, person: by.person.name }),
		}),
);

export const sending = performer(
	SendOrder,
	async (client, { day, order, seen, lots, due, reason }, by) =>
		performedOn(
			client,
			await seenOrders(client, [{ id: order, seen }]),
			by,
			reason,
			{
				step: () => ({ kind: "send", day, person: by.person.name, lots, due }),
			},
		),
);

/** Whoever receives lies where it goes to. */
export const receiving = performer(
	ReceiveOrder,
	async (client, { day, order, seen, lots, reason }, by) =>
		performedOn(
			client,
			await seenOrders(client, [{ id: order, seen }]),
			by,
			reason,
			{
				step: () => ({ kind: "receive", day, person: by.person.name, lots }),
				areas: ({ to }) => to.area,
			},
		),
);

export const closing = performer(
	CloseOrder,
	async (client, { day, order, seen, reason }, by) =>
		performedOn(
			client,
			await seenOrders(client, [{ id: order, seen }]),
			by,
			reason,
			{ step: () => ({ kind: "close", day, person: by.person.name }) },
		),
);

export const takingBack = performer(
	TakeBackOrderStep,
	async (client, { day, order, seen, reason }, by) =>
		performedOn(
			client,
			await seenOrders(client, [{ id: order, seen }]),
			by,
			reason,
			{
				step: () => ({ kind: "take-back", day, person: by.person.name }),
				// A receipt is taken back by those who received.
				areas: ({ from, to, steps }) =>
					orderAfter(steps)?.holding.at(-1)?.kind === "receive"
						? to.area
						: from.area,
				// It is done again by doing it.
				inverse: () => null,
			},
		),
);
