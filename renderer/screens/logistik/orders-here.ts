import { isOnItsWay, type StagedEntry } from "../../../core/api/decided.ts";
import { DraftOrder } from "../../../core/api/orders.ts";
import type { Asked } from "../../../core/api/route.ts";
import type { Day } from "../../../core/series/day.ts";

/** An order as it was written here. */
export type WrittenOrder = Asked<typeof DraftOrder>["orders"][number];

/** What was ordered on this workstation of orders and the hub has not carried out. */
export interface OrdersHere {
	/** By order: its commands on their way, in the order in which they were given. */
	readonly waiting: ReadonlyMap<string, readonly StagedEntry[]>;
	/** Orders as they were written here last and are not known yet. */
	readonly written: ReadonlyMap<string, WrittenOrder>;
	/** By order: the last command, where the hub refused it. */
	readonly refused: ReadonlyMap<string, StagedEntry>;
}

/**
 * @param entries of the outbox, newest first
 * @param askedAnew the day whose orders are being asked for anew: what was published a moment ago is in no answer yet; null: none is on its way
 */
export function ordersHere(
	entries: readonly StagedEntry[],
	askedAnew: Day | null = null,
): OrdersHere {
	const waiting = new Map<string, StagedEntry[]>();
	const written = new Map<string, WrittenOrder>();
	const refused = new Map<string, StagedEntry>();
	const seen = new Set<string>();
	for (const entry of entries) {
		const { order, orders } = entry.request as {
			order?: string;
			orders?: { id: string }[];
		};
		const ids = [
			...(order === undefined ? [] : [order]),
			...(orders ?? []).map(({ id }) => id),
		];
		for (const id of ids) {
			if (isOnItsWay(entry.stage))
				waiting.set(id, [entry, ...(waiting.get(id) ?? [])]);
			// What was ordered after a refusal is another try.
			if (entry.stage === "refused" && !seen.has(id)) refused.set(id, entry);
			seen.add(id);
		}
		if (entry.name !== DraftOrder.name) continue;
		const drafted = entry.request as Asked<typeof DraftOrder>;
		const isComing =
			entry.stage === "shown" && askedAnew !== null && drafted.day <= askedAnew;
		if (isComing || isOnItsWay(entry.stage))
			for (const one of drafted.orders)
				if (!written.has(one.id)) written.set(one.id, one);
	}
	return { waiting, written, refused };
}
