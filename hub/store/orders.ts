import type pg from "pg";
import type { AreaCode } from "../../core/areas/codes.ts";
import type { FacilityKind } from "../../core/facilities/report.ts";
import type { OrderStep } from "../../core/logistics/order.ts";

/** A facility as an order speaks of it. */
export interface OrderPlace {
	id: number;
	code: string;
	kind: FacilityKind;
	area: AreaCode;
}

/** A step with who did it and by which command. */
export type StoredStep = OrderStep & {
	number: number;
	display: string;
	command: string;
	at: number;
};

export interface StoredOrder {
	id: string;
	serial: number;
	year: number;
	from: OrderPlace;
	to: OrderPlace;
	handover: string;
	carriage: string;
	plan: string | null;
	steps: StoredStep[];
}

/** The facility of a code that is listed. */
export async function orderPlace(
	client: pg.PoolClient,
	code: string,
): Promise<OrderPlace | undefined> {
	const { rows } = await client.query<OrderPlace>(
		`SELECT facility.id, facility.code, kind, area.code AS area FROM facility JOIN area ON area.id = facility.area
		 WHERE facility.code = $1`,
		[code],
	);
	return rows[0];
}

/** An order with its steps. */
export async function readOrder(
	client: pg.PoolClient,
	id: string,
): Promise<StoredOrder | undefined> {
	const { rows } = await client.query<
		Omit<StoredOrder, "from" | "to" | "steps"> & { from: string; to: string }
	>(
		`SELECT dispatch_order.id, serial, year, giving.code AS from, given.code AS to, handover, carriage, plan FROM dispatch_order
		 JOIN facility_number AS giving ON giving.id = from_facility JOIN facility_number AS given ON given.id = to_facility
		 WHERE dispatch_order.id = $1`,
		[id],
	);
	const [order] = rows;
	if (!order) return undefined;
	const from = await orderPlace(client, order.from);
	const to = await orderPlace(client, order.to);
	// Of a facility whose files are all withdrawn nobody knows where it lies: nothing is decided about it.
	if (!from || !to) return undefined;
	const { rows: steps } = await client.query<{
		number: number;
		kind: string;
		day: number;
		at: number;
		person: string;
		display: string;
		content: string;
		command: string;
	}>(
		`SELECT number, kind, day, at, person, display, content, command FROM dispatch_step WHERE order_id = $1 ORDER BY number`,
		[id],
	);
	return {
		...order,
		from,
		to,
		steps: steps.map(
			({ content, ...step }) =>
				({ ...step, ...JSON.parse(content) }) as StoredStep,
		),
	};
}

/** Gives an order its number and keeps it, without a step yet. */
export async function addOrder(
	client: pg.PoolClient,
	order: Omit<StoredOrder, "serial" | "steps">,
): Promise<StoredOrder> {
	const { rows } = await client.query<{ serial: number }>(
		`INSERT INTO dispatch_order (id, serial, year, from_facility, to_facility, handover, carriage, plan)
		 SELECT $1, coalesce(max(serial), 0) + 1, $2, $3, $4, $5, $6, $7 FROM dispatch_order WHERE from_facility = $3 AND year = $2
		 RETURNING serial`,
		[
			order.id,
			order.year,
			order.from.id,
			order.to.id,
			order.handover,
			order.carriage,
			order.plan,
		],
	);
	return { ...order, serial: rows[0]?.serial ?? 1, steps: [] };
}

/** Says how a draft shall travel, when it is written anew. */
export async function changeOrder(
	client: pg.PoolClient,
	{ id, handover, carriage, plan }: Omit<StoredOrder, "steps">,
): Promise<void> {
	await client.query(
		"UPDATE dispatch_order SET handover = $2, carriage = $3, plan = $4 WHERE id = $1",
		[id, handover, carriage, plan],
	);
}

/** Adds a step to an order, to be published. */
export async function addOrderStep(
	client: pg.PoolClient,
	order: string,
	step: OrderStep,
	by: {
		number: number;
		display: string;
		at: number;
		note: string;
		command: string;
	},
): Promise<void> {
	const { kind, day, person, ...content } = step;
	await client.query(
		`INSERT INTO dispatch_step (order_id, number, kind, day, at, person, display, content, note, command)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		[
			order,
			by.number,
			kind,
			day,
			by.at,
			person,
			by.display,
			JSON.stringify(content),
			by.note,
			by.command,
		],
	);
	await client.query(
		"INSERT INTO dirty VALUES ('order', $1) ON CONFLICT DO NOTHING",
		[order],
	);
}
