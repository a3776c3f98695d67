import type pg from "pg";
import { refusalOf } from "../../core/api/command-message.ts";
import {
	ChangeItem,
	type ItemStanding,
	RestoreItem,
} from "../../core/api/items.ts";
import { changedItem, type Item } from "../../core/logistics/item.ts";
import { dayInWib, isoFromDay } from "../../core/series/day.ts";
import { addItemVersion, type StoredItem, storedItem } from "../store/items.ts";
import { type By, type Performed, performer, Refused } from "./perform.ts";

export const changingItem = performer(
	ChangeItem,
	async (client, { item: id, change, source, status, reason }, by) => {
		const before = await known(client, id);
		const after = changedItem(before.item, change, {
			title: source,
			publisher: by.person.display,
			reference: `${isoFromDay(dayInWib(by.now))}: ${reason}`,
			status,
		});
		if ("unknown" in after)
			throw new Refused(
				refusalOf("unknown-fact", { item: id, fact: after.unknown }),
			);
		return changed(client, before, after.item, reason, by);
	},
);

export const restoringItem = performer(
	RestoreItem,
	async (client, { item: id, version, reason }, by) => {
		const before = await known(client, id);
		const { item } = await known(client, id, version);
		return changed(client, before, item, reason, by);
	},
);

async function known(
	client: pg.PoolClient,
	id: string,
	version?: number,
): Promise<StoredItem> {
	const found = await storedItem(client, id, version);
	if (found) return found;
	throw new Refused(
		refusalOf("unknown-item", {
			item: version === undefined ? id : `${id} (${version})`,
		}),
	);
}

/** Adds the version; what takes it back is the version before it. */
async function changed(
	client: pg.PoolClient,
	before: StoredItem,
	item: Item,
	reason: string,
	{ person, now }: By,
): Promise<Performed> {
	const version = await addItemVersion(client, item, {
		at: now,
		person: person.display,
		reason,
	});
	return {
		subject: `item:${item.id}`,
		areas: [],
		before: standing(before),
		after: standing({ version, item }),
		inverse: {
			name: RestoreItem.name,
			request: {
				item: item.id,
				version: before.version,
				reason: "taken back",
			},
		},
	};
}

function standing({ version, item }: StoredItem): ItemStanding {
	return {
		itemVersion: version,
		name: item.name,
		pack: item.pack?.value.size ?? null,
		priceUsd: item.priceUsd?.value ?? null,
		leadDays: item.leadDays?.value ?? null,
		reserveDays: item.reserveDays?.value ?? null,
		rates: item.rates.map(({ per, amount }) => ({ per, amount })),
	};
}
