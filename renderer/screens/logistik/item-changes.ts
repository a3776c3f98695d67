import type { ItemVersion } from "../../../core/api/items.ts";
import type {
	Item,
	ItemChange,
	ItemFact,
} from "../../../core/logistics/item.ts";
import type { ItemsShown } from "./search.ts";

/** The items of which something is shown: all, those that rest on an assumption, or those that a person changed. */
export function itemsShown(
	items: readonly ItemVersion[],
	shown: ItemsShown,
): readonly ItemVersion[] {
	switch (shown) {
		case "all":
			return items;
		case "unverified":
			return items.filter(({ unverified }) => unverified.length > 0);
		case "changed":
			return items.filter(({ changed }) => changed !== null);
	}
}

/** What stands in the form; "": nothing is known or said, of the name of the pack that it stays. */
export interface ItemFields {
	packSize: number | string;
	packName: string;
	priceUsd: number | string;
	leadDays: number | string;
	reserveDays: number | string;
	/** In the order of the rates of the item. */
	rates: readonly (number | string)[];
}

export function fieldsOf(item: Item): ItemFields {
	return {
		packSize: item.pack?.value.size ?? "",
		packName: "",
		priceUsd: item.priceUsd?.value ?? "",
		leadDays: item.leadDays?.value ?? "",
		reserveDays: item.reserveDays?.value ?? "",
		rates: item.rates.map(({ amount }) => amount),
	};
}

/**
 * What a person changes: the facts that differ from the item. One that was emptied stays as it is: a fact that somebody stated is changed by
 * another statement and not forgotten.
 * @returns null when nothing differs
 */
export function changeOf(item: Item, fields: ItemFields): ItemChange | null {
	const was = fieldsOf(item);
	const change: ItemChange = {};
	for (const key of [
		"packSize",
		"priceUsd",
		"leadDays",
		"reserveDays",
	] as const) {
		const value = fields[key];
		if (typeof value === "number" && value !== was[key]) change[key] = value;
	}
	const name = fields.packName.trim();
	if (name !== "" && name !== item.pack?.value.name) change.packName = name;
	const rates = item.rates.flatMap(({ per, amount }, at) => {
		const value = fields.rates[at];
		return typeof value === "number" && value !== amount
			? [{ per, amount: value }]
			: [];
	});
	if (rates.length > 0) change.rates = rates;
	return Object.keys(change).length > 0 ? change : null;
}

/** A fact that differs between two versions; null: it was not, or is not known. `per`: of a rate. */
export interface ItemDifference {
	readonly fact: ItemFact;
	readonly per: Item["rates"][number]["per"] | null;
	readonly before: number | null;
	readonly after: number | null;
}

/** What differs between two versions of an item, fact by fact. A source alone is no difference of the number. */
export function differences(before: Item, after: Item): ItemDifference[] {
	const found: ItemDifference[] = [];
	const hold = (
		fact: ItemFact,
		was: number | null | undefined,
		is: number | null | undefined,
		per: ItemDifference["per"] = null,
	) => {
		if ((was ?? null) !== (is ?? null))
			found.push({ fact, per, before: was ?? null, after: is ?? null });
	};
	hold("pack", before.pack?.value.size, after.pack?.value.size);
	hold("priceUsd", before.priceUsd?.value, after.priceUsd?.value);
	for (const { per, amount } of after.rates)
		hold(
			"rates",
			before.rates.find((rate) => rate.per === per)?.amount,
			amount,
			per,
		);
	hold("leadDays", before.leadDays?.value, after.leadDays?.value);
	hold("reserveDays", before.reserveDays?.value, after.reserveDays?.value);
	return found;
}
