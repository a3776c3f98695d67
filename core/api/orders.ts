import { z } from "zod";
import { EVERYBODY, type Role } from "../access/role.ts";
import { ORDER_STATUSES, ORDER_STEPS } from "../logistics/order.ts";
import { CARRIAGES } from "../logistics/transport.ts";
import { day, dayNumber } from "./parameter.ts";
import { command, query } from "./route.ts";

/** Orders to send supplies: who gives what to whom, and how far each has come (core/logistics/order). */

/** Orders of one command: as many as it takes to give to every province at once. */
export const MOST_ORDERS = 60;

/** Who writes orders and moves them on. */
const PLANNERS: readonly Role[] = ["planner"];
/** Who may approve what somebody else wrote. */
const APPROVERS: readonly Role[] = ["planner", "administrator"];

const reason = z
	.string()
	.trim()
	.min(5, { error: "a reason of at least 5 characters" })
	.max(500, { error: "a reason of at most 500 characters" });

export const HANDOVERS = ["pushed", "fetched"] as const;

const orderId = z.uuid();
const item = z.string().min(1).max(60);
const units = z.int().positive().max(1e12);
/** Code of a facility. */
const facility = z.string().min(1).max(60);

export const OrderLine = z.strictObject({ item, units });
export type OrderLine = z.infer<typeof OrderLine>;
export const OrderLot = z.strictObject({
	item,
	/** "": the warehouse states none. */
	lot: z.string().max(60),
	/** Last day on which it may be used; null: none, or not known. */
	expires: dayNumber.nullable(),
	units,
});
export type OrderLot = z.infer<typeof OrderLot>;

/** One command takes one step of each order. */
const eachOnce = [
	(orders: readonly { id: string }[]) =>
		new Set(orders.map(({ id }) => id)).size === orders.length,
	{ error: "each order once" },
] as const;

/** Steps of the order on the screen of whoever decides; 0: there is none yet. Somebody else's newer step is a conflict. */
const seen = z.int().nonnegative();

export const DraftOrder = command({
	name: "draft-order",
	about:
		"Write orders from a warehouse to those that it gives to, or write drafts anew; nothing moves before somebody else approves them.",
	role: PLANNERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({
		day: dayNumber,
		/** Address of the plan that they are made from; null: written by hand. */
		plan: z.string().max(2000).nullable(),
		orders: z
			.array(
				z.strictObject({
					id: orderId,
					seen,
					from: facility,
					to: facility,
					handover: z.enum(HANDOVERS),
					carriage: z.enum(CARRIAGES),
					lines: z.array(OrderLine).min(1).max(40),
				}),
			)
			.min(1)
			.max(MOST_ORDERS)
			.refine(...eachOnce),
		reason,
	}),
	answer: z.unknown(),
});

const decided = z
	.array(z.strictObject({ id: orderId, seen }))
	.min(1)
	.max(MOST_ORDERS)
	.refine(...eachOnce);

export const ApproveOrder = command({
	name: "approve-order",
	about:
		"Approve orders that another person wrote: their stock is promised to nobody else from now on.",
	role: APPROVERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({ day: dayNumber, orders: decided, reason }),
	answer: z.unknown(),
});

export const SendOrder = command({
	name: "send-order",
	about:
		"Hand over what an order allows, by lot, to the carrier or to whoever fetches it; in one part or several.",
	role: PLANNERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({
		day: dayNumber,
		order: orderId,
		seen,
		lots: z.array(OrderLot).min(1).max(200),
		/** The day on which it should arrive; null: the same. */
		due: dayNumber.nullable(),
		reason,
	}),
	answer: z.unknown(),
});

export const ReceiveOrder = command({
	name: "receive-order",
	about: "State what of an order arrived, by lot; in one part or several.",
	role: PLANNERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({
		day: dayNumber,
		order: orderId,
		seen,
		lots: z.array(OrderLot).min(1).max(200),
		reason,
	}),
	answer: z.unknown(),
});

export const CloseOrder = command({
	name: "close-order",
	about:
		"Expect nothing more of an order: what is on its way is stated as missing, what never left is free again.",
	role: PLANNERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({ day: dayNumber, order: orderId, seen, reason }),
	answer: z.unknown(),
});

export const CancelOrder = command({
	name: "cancel-order",
	about: "Give up orders of which nothing has left the warehouse.",
	role: PLANNERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({ day: dayNumber, orders: decided, reason }),
	answer: z.unknown(),
});

export const TakeBackOrderStep = command({
	name: "take-back-order-step",
	about:
		"Take back the last step of an order: it stands where it stood before.",
	role: APPROVERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({ day: dayNumber, order: orderId, seen, reason }),
	answer: z.unknown(),
});

const LineState = z.object({
	item: z.string(),
	ordered: z.number(),
	waiting: z.number(),
	released: z.number(),
	sent: z.number(),
	received: z.number(),
	inTransit: z.number(),
	missing: z.number(),
	lots: z.array(
		z.object({
			lot: z.string(),
			expires: z.int().nullable(),
			sent: z.number(),
			received: z.number(),
			inTransit: z.number(),
			missing: z.number(),
		}),
	),
});

const Place = z.object({
	/** Number and code of the facility. */
	facility: z.int(),
	code: z.string(),
	name: z.string(),
});

/** An order as of a day. */
export const OrderRow = z.object({
	id: z.string(),
	/** As it stands on its papers: "GUDANG-ID/2020/0007". */
	number: z.string(),
	/** Who decides: the centre about what it gives to provinces, a province about what it gives to its own. */
	tier: z.enum(["centre", "province"]),
	/** Code of the province that gives; null: the centre does. */
	province: z.string().nullable(),
	from: Place,
	to: Place,
	/** Where it goes to. */
	area: z.int(),
	handover: z.enum(HANDOVERS),
	carriage: z.enum(CARRIAGES),
	/** Number of the plan that it was made from; null: written by hand. */
	plan: z.string().nullable(),
	status: z.enum(ORDER_STATUSES),
	/** Steps in all, those taken back too: what `seen` of a command names. */
	steps: z.int(),
	/** What may follow, before it is asked who orders it. */
	next: z.array(z.enum(ORDER_STEPS)),
	/** Sign-in names and how others see them. */
	authors: z.array(z.object({ person: z.string(), display: z.string() })),
	approvedBy: z.string().nullable(),
	draftedOn: z.int(),
	/** The day of its last step. */
	changedOn: z.int(),
	/** The last day on which what is on its way should arrive; null: nothing is. */
	due: z.int().nullable(),
	lines: z.array(LineState),
});
export type OrderRow = z.infer<typeof OrderRow>;

/** One step as it was done, those taken back too. */
export const OrderStepRow = z.object({
	number: z.int(),
	kind: z.enum(ORDER_STEPS),
	day: z.int(),
	at: z.number(),
	display: z.string(),
	note: z.string(),
	/** It was taken back later, or takes something back. */
	holds: z.boolean(),
	lines: z.array(OrderLine),
	/** What moved, each lot once. */
	lots: z.array(OrderLot),
	due: z.int().nullable(),
	/** What the order stood at after it: what the paper of this step states. */
	after: z.array(LineState),
});
export type OrderStepRow = z.infer<typeof OrderStepRow>;

const READS = ["dispatch_order", "dispatch_step", "facility", "area"] as const;

export const Orders = query({
	path: "/api/orders",
	about:
		"Orders to send supplies as of a day, the one changed last first: what each stands at, item by item.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: READS,
	request: z.strictObject({ day }),
	answer: z.array(OrderRow),
});

export const OrderOf = query({
	path: "/api/orders/of",
	about:
		"One order with all its steps; null: there is none, or not for whoever asks.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: READS,
	request: z.strictObject({ order: orderId }),
	answer: z
		.object({ order: OrderRow, steps: z.array(OrderStepRow) })
		.nullable(),
});
