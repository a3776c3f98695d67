import type pg from "pg";
import { refusalOf } from "../../core/api/command-message.ts";
import {
	AcceptStock,
	RefuseStock,
	ReopenStock,
	type StockStanding,
} from "../../core/api/stock.ts";
import type { AreaCode } from "../../core/areas/codes.ts";
import { isoFromDay } from "../../core/series/day.ts";
import {
	areaOfFacility,
	isStated,
	lastStockDecision,
	type StockCount,
	type StoredStockDecision,
	storeStockDecision,
} from "../store/stock.ts";
import { type By, type Performed, performer, Refused } from "./perform.ts";

export const acceptingStock = performer(
	AcceptStock,
	(client, { value, reason, ...count }, by) =>
		decided(client, count, { verdict: "accepted", value }, reason, by),
	areaAsked,
);

export const refusingStock = performer(
	RefuseStock,
	(client, { reason, ...count }, by) =>
		decided(client, count, { verdict: "refused", value: null }, reason, by),
	areaAsked,
);

export const reopeningStock = performer(
	ReopenStock,
	(client, { reason, ...count }, by) =>
		decided(client, count, { verdict: "open", value: null }, reason, by),
	areaAsked,
);

/** Whether a count is the stated one is not told to somebody of elsewhere. */
async function areaAsked(
	client: pg.PoolClient,
	{ facility }: { facility: number },
): Promise<AreaCode[]> {
	const area = await areaOfFacility(client, facility);
	return area === undefined ? [] : [area as AreaCode];
}

/** Adds the decision; what stood before it is what takes it back. */
async function decided(
	client: pg.PoolClient,
	count: StockCount,
	decision: Omit<StoredStockDecision, "stated">,
	reason: string,
	{ person, now }: By,
): Promise<Performed> {
	const area = await areaOfFacility(client, count.facility);
	if (area === undefined || !(await isStated(client, count)))
		throw new Refused(
			refusalOf("unknown-count", {
				facility: count.facility,
				item: count.item,
				day: count.day,
			}),
		);
	const last = await lastStockDecision(client, count);
	const before: StoredStockDecision =
		last?.stated === count.stated
			? last
			: { verdict: "open", stated: count.stated, value: null };
	await storeStockDecision(client, count, decision, {
		at: now,
		person: person.display,
		reason,
	});
	return {
		subject: `stock:${count.facility}/${count.item}/${isoFromDay(count.day)}`,
		areas: [area as AreaCode],
		before: standing(before),
		after: standing({ ...decision, stated: count.stated }),
		inverse: inverseOf(before, count),
	};
}

function standing({
	verdict,
	value,
	stated,
}: StoredStockDecision): StockStanding {
	return { verdict, counts: value, stated };
}

function inverseOf(
	{ verdict, value }: StoredStockDecision,
	count: StockCount,
): Performed["inverse"] {
	const request = { ...count, reason: "taken back" };
	if (verdict === "accepted")
		return { name: AcceptStock.name, request: { ...request, value } };
	const { name } = verdict === "refused" ? RefuseStock : ReopenStock;
	return { name, request };
}
