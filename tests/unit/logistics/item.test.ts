import { expect, test } from "vitest";
import {
	cataloguesWith,
	changedItem,
	type Item,
	itemsOf,
	unverifiedFacts,
} from "../../../core/logistics/item.ts";
import { OXYGEN } from "../../../core/logistics/watched-item.ts";
import { readCatalogues } from "../../../main/analyst/catalogue-files.ts";
import { loadItems } from "../../../resources/catalogue/load.ts";

const itemNamed = (id: string): Item => {
	const item = loadItems().items.find((one) => one.id === id);
	if (!item) throw new Error(`no item ${id}`);
	return item;
};
const LETTER = {
	title: "surat gudang Halim no. 7",
	publisher: "Rina S.",
	reference: "2020-11-02: kemasan baru",
	status: "press",
} as const;

test("every supply, every medicine and oxygen is an item, and what nobody verified is told of each", async () => {
	const { items } = loadItems();
	expect(items).toHaveLength(53 + 1 + 145);
	expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
	expect(unverifiedFacts(itemNamed("respirator"))).toEqual(["pack"]);
	expect(unverifiedFacts(itemNamed(OXYGEN))).toEqual(["pack"]);
	expect(unverifiedFacts(itemNamed("scrubs-tops"))).toEqual([]);
	expect(itemNamed(OXYGEN).priceUsd).toBeNull();
});

test("a changed fact says who said it and is verified no sooner than that; the other facts stay", () => {
	const before = itemNamed("respirator");
	const changed = changedItem(before, { packSize: 25, leadDays: 4 }, LETTER);
	expect(changed).toEqual({
		item: {
			...before,
			pack: { value: { size: 25, name: "box" }, source: LETTER },
			leadDays: { value: 4, source: LETTER },
		},
	});
	const assumed = changedItem(
		before,
		{ reserveDays: 7 },
		{ ...LETTER, status: "assumption" },
	);
	expect("item" in assumed && unverifiedFacts(assumed.item)).toEqual([
		"pack",
		"reserveDays",
	]);
});

test("a rate that an item does not have is named and nothing is changed", () => {
	expect(
		changedItem(
			itemNamed("respirator"),
			{ rates: [{ per: "labCleaner", amount: 1 }] },
			LETTER,
		),
	).toEqual({ unknown: "labCleaner" });
});

test("the models plan with the pack, price and rate that a person stated, and without changes with the file as it is", async () => {
	const catalogues = await readCatalogues();
	expect(cataloguesWith(catalogues, itemsOf(catalogues))).toEqual(catalogues);
	const before = itemNamed("respirator");
	const [rate] = before.rates;
	if (!rate) throw new Error("a respirator has a rate");
	const changed = changedItem(
		before,
		{ packSize: 25, priceUsd: 1.5, rates: [{ per: rate.per, amount: 9 }] },
		LETTER,
	);
	if (!("item" in changed)) throw new Error("it was changed");
	const { sources, items } = cataloguesWith(catalogues, [
		changed.item,
	]).supplies;
	const supply = items.find(({ id }) => id === "respirator");
	expect(supply).toMatchObject({
		pack: { size: 25 },
		priceUsd: 1.5,
		rates: [{ per: rate.per, amount: 9 }],
	});
	expect(sources[supply?.pack?.source ?? ""]).toEqual(LETTER);
});
