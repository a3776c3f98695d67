import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { FactSource, ITEM_FACTS, Item, ItemChange } from "../logistics/item.ts";
import { reason } from "./decisions.ts";
import { text } from "./parameter.ts";
import { command, query } from "./route.ts";

/** A version of an item of the catalogue. */
export const ItemVersion = Item.extend({
	version: z.int().positive(),
	/** Who changed it last, and why; null: it is as the product was shipped. */
	changed: z
		.object({ at: z.number(), person: z.string(), reason: z.string() })
		.nullable(),
	/** Its facts that rest on an assumption: wherever they are used, that is said. */
	unverified: z.enum(ITEM_FACTS).array(),
});
export type ItemVersion = z.infer<typeof ItemVersion>;

export const Items = query({
	path: "/api/items",
	about:
		"The items of the catalogue with units, packs, rates, prices and who says each of them, in order of id; of one item all its versions, newest first.",
	role: EVERYBODY,
	keeps: "open",
	from: "replica",
	reads: ["item"],
	request: z.strictObject({ item: text(200, "the id of an item") }),
	answer: ItemVersion.array(),
});

const itemId = z.string().min(1).max(200);

/** What stands in the audit trail of an item before and after. */
const ItemStanding = z.object({
	itemVersion: z.int(),
	name: z.object({ id: z.string(), en: z.string() }),
	pack: z.number().nullable(),
	priceUsd: z.number().nullable(),
	leadDays: z.number().nullable(),
	reserveDays: z.number().nullable(),
	rates: z.array(z.object({ per: z.string(), amount: z.number() })),
});
export type ItemStanding = z.infer<typeof ItemStanding>;

export const ChangeItem = command({
	name: "change-item",
	about:
		"Change pack, price, rates, lead time or reserve of an item of the catalogue, naming who says so; the older versions are kept.",
	role: ["planner", "data-manager", "administrator"],
	scope: "nation",
	whenOffline: "wait",
	request: z.strictObject({
		item: itemId,
		change: ItemChange,
		/** Who says so: a letter, a warehouse, a publication. */
		source: z.string().trim().min(3).max(200),
		/** Whether that is published, told, or assumed: an assumption stays marked. */
		status: FactSource.shape.status,
		reason,
	}),
	answer: ItemStanding,
});

export const RestoreItem = command({
	name: "restore-item",
	about: "Let an older version of an item apply again.",
	role: ["planner", "data-manager", "administrator"],
	scope: "nation",
	whenOffline: "wait",
	request: z.strictObject({
		item: itemId,
		version: z.int().positive(),
		reason,
	}),
	answer: ItemStanding,
});
