import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ItemVersion } from "../../../core/api/items.ts";
import { Item, unverifiedFacts } from "../../../core/logistics/item.ts";
import {
	changeOf,
	differences,
	fieldsOf,
	itemsShown,
} from "../../../renderer/screens/logistik/item-changes.ts";

const SOURCE = {
	title: "WHO ESFT",
	publisher: "WHO",
	reference: "2022",
	status: "published",
} as const;
const GOWN = Item.parse({
	id: "gown-protective",
	kind: "ppe",
	name: { id: "Gaun pelindung", en: "Gown, protective" },
	category: "IPC",
	group: "PPE",
	unit: "Each",
	reusable: false,
	pack: {
		value: { size: 10, name: "pack" },
		source: { ...SOURCE, status: "assumption" },
	},
	priceUsd: { value: 2.5, source: SOURCE },
	volumeM3: null,
	rates: [
		{ per: "severeBed", every: "day", amount: 3, source: SOURCE },
		{ per: "criticalBed", every: "day", amount: 5, source: SOURCE },
	],
	leadDays: null,
	reserveDays: null,
});

test("of a form only what differs from the item is changed; a field that was emptied takes nothing back", () => {
	const fields = fieldsOf(GOWN);
	expect(changeOf(GOWN, fields)).toBeNull();
	expect(changeOf(GOWN, { ...fields, packSize: "", packName: " " })).toBeNull();
	expect(
		changeOf(GOWN, { ...fields, packSize: 50, leadDays: 0, rates: [3, 6] }),
	).toEqual({
		packSize: 50,
		leadDays: 0,
		rates: [{ per: "criticalBed", amount: 6 }],
	});
});

test("two versions of an item differ in the facts whose number is another, each rate by itself; what was not known is told from zero", () => {
	expect(
		differences(GOWN, {
			...GOWN,
			leadDays: { value: 0, source: SOURCE },
			rates: GOWN.rates.map((rate) => ({ ...rate, amount: 5 })),
		}),
	).toEqual([
		{ fact: "rates", per: "severeBed", before: 3, after: 5 },
		{ fact: "leadDays", per: null, before: null, after: 0 },
	]);
	expect(differences(GOWN, GOWN)).toEqual([]);
});

test("what nobody verified and what a person changed are found in the catalogue", () => {
	const version = (changed: ItemVersion["changed"]): ItemVersion => ({
		...GOWN,
		version: 1,
		changed,
		unverified: changed ? [] : unverifiedFacts(GOWN),
	});
	const items = [
		version(null),
		version({ at: 0, person: "Rina", reason: "surat gudang" }),
	];
	expect(itemsShown(items, "unverified")).toEqual([items[0]]);
	expect(itemsShown(items, "changed")).toEqual([items[1]]);
	expect(itemsShown(items, "all")).toEqual(items);
});

test("every pack that is shipped is said in words", () => {
	const { items } = JSON.parse(
		readFileSync("resources/catalogue/supplies.json", "utf8"),
	) as { items: { pack?: { name: string } }[] };
	const words = readFileSync("renderer/i18n/items-id.ts", "utf8");
	for (const name of new Set(
		items.flatMap(({ pack }) => (pack ? [pack.name] : [])),
	))
		expect(words).toContain(`\t\t${name}: `);
});
