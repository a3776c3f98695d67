/**
 * An item of the catalogue as reference data of the dataset: what it is called, its unit and pack, at which rates it is used, what it costs,
 * and who says each of these. People change single facts of it; the newest version applies, the older ones are kept.
 */

import { z } from "zod";
import {
	type CatalogueSource,
	type Catalogues,
	DRIVERS,
	type ForecastDefaults,
	type Medicine,
	type MedicineCatalogue,
	type SupplyCatalogue,
	type SupplyItem,
} from "./catalogue.ts";
import { LARGEST_QUANTITY } from "./quantity.ts";
import { OXYGEN } from "./watched-item.ts";

export const ITEM_KINDS = [
	"hygiene",
	"ppe",
	"diagnostics",
	"case-management",
	"oxygen",
	"medicine",
] as const;

/** Who says a fact. `assumption`: nobody has verified it, and whoever shows it says so. */
export const FactSource = z.object({
	title: z.string(),
	publisher: z.string(),
	reference: z.string(),
	status: z.enum(["published", "press", "assumption"]),
});
export type FactSource = z.infer<typeof FactSource>;
const FACT_SOURCE_KEYS = FactSource.keyof().options;

function stated<T extends z.ZodType>(value: T) {
	return z.object({ value, source: FactSource });
}

const amount = z.number().nonnegative().max(LARGEST_QUANTITY);

export const ItemRate = z.object({
	per: z.enum(DRIVERS),
	every: z.enum(["day", "week", "event", "stock"]),
	/** Units for each of these. */
	amount,
	source: FactSource,
});

export const Item = z.object({
	id: z.string(),
	kind: z.enum(ITEM_KINDS),
	name: z.object({ id: z.string(), en: z.string() }),
	category: z.string(),
	group: z.string(),
	/** What is counted: "Each", "Pair", "m3", the dosage form of a medicine. */
	unit: z.string(),
	reusable: z.boolean(),
	/** Units in a pack, and what it is called; null: none is known. */
	pack: stated(
		z.object({ size: z.number().positive(), name: z.string() }),
	).nullable(),
	/** US dollars for a unit; null: no price is known, which is not free of charge. */
	priceUsd: stated(amount).nullable(),
	/** Cubic metres of a unit, for transport; null: not known. */
	volumeM3: z.number().positive().nullable(),
	/** Of supplies; of medicines the share treated and the dosage forms of a course stand in the file of medicines. */
	rates: ItemRate.array(),
	/** Days from an order to its arrival; null: not known. */
	leadDays: stated(z.number().nonnegative().max(365)).nullable(),
	/** Days of use that are kept back; null: none is stated. */
	reserveDays: stated(z.number().nonnegative().max(365)).nullable(),
});
export type Item = z.infer<typeof Item>;

/** What a person changes of an item, all of it said by one source; what is left out stays. */
export const ItemChange = z
	.strictObject({
		packSize: z.number().positive().max(1e6).optional(),
		packName: z.string().trim().min(1).max(40).optional(),
		priceUsd: amount.optional(),
		leadDays: z.number().nonnegative().max(365).optional(),
		reserveDays: z.number().nonnegative().max(365).optional(),
		/** Amounts of rates that the item has, by what they are per. */
		rates: z
			.array(z.strictObject({ per: z.enum(DRIVERS), amount }))
			.min(1)
			.optional(),
	})
	.refine((change) => Object.keys(change).length > 0, {
		error: "at least one fact to change",
	});
export type ItemChange = z.infer<typeof ItemChange>;

/** The items that the product is shipped with: supplies, oxygen, medicines, each in the order of its file. */
export function itemsOf({
	supplies,
	medicines,
	defaults,
}: Pick<Catalogues, "supplies" | "medicines" | "defaults">): Item[] {
	return [
		...supplies.items.map((item) => supplyItem(item, supplies)),
		oxygenItem(defaults),
		...medicines.items.map((item) => medicineItem(item, medicines)),
	];
}

function supplyItem(
	item: SupplyItem,
	{ sources }: Pick<SupplyCatalogue, "sources">,
): Item {
	const source = sourceOf(sources, item.source);
	const { pack, priceUsd } = item;
	return {
		id: item.id,
		kind: item.kind,
		name: item.name,
		category: item.category,
		group: item.group,
		unit: item.unit,
		reusable: item.reusable,
		pack: pack
			? {
					value: { size: pack.size, name: pack.name },
					source: sourceOf(sources, pack.source),
				}
			: null,
		priceUsd: priceUsd === null ? null : { value: priceUsd, source },
		volumeM3: item.volumeM3 ?? null,
		rates: item.rates.map(({ per, every, amount }) => ({
			per,
			every,
			amount,
			source,
		})),
		leadDays: null,
		reserveDays: null,
	};
}

/** Its need follows from flows; what is handled is the cylinder that the defaults name first. */
function oxygenItem({ oxygen, sources }: ForecastDefaults): Item {
	const [cylinder] = oxygen.cylinders;
	return {
		id: OXYGEN,
		kind: "oxygen",
		name: { id: "Oksigen", en: "Oxygen" },
		category: "Oxygen",
		group: "Oxygen",
		unit: "m3",
		reusable: false,
		pack: cylinder
			? {
					value: {
						size: cylinder.cubicMetres,
						name: `cylinder ${cylinder.id}`,
					},
					source: sourceOf(sources, cylinder.source),
				}
			: null,
		priceUsd: null,
		volumeM3: null,
		rates: [],
		leadDays: null,
		reserveDays: null,
	};
}

function medicineItem(
	item: Medicine,
	{ sources }: Pick<MedicineCatalogue, "sources">,
): Item {
	const name = `${item.name} ${item.strength}`;
	return {
		id: item.id,
		kind: "medicine",
		name: { id: name, en: name },
		category: item.class,
		group: item.class,
		unit: item.form,
		reusable: false,
		pack: null,
		priceUsd:
			item.priceUsd === null
				? null
				: { value: item.priceUsd, source: sourceOf(sources, item.source) },
		volumeM3: null,
		rates: [],
		leadDays: null,
		reserveDays: null,
	};
}

function sourceOf(
	sources: Readonly<Record<string, CatalogueSource>>,
	key: string,
): FactSource {
	const source = sources[key];
	if (!source) throw new Error(`no source named "${key}"`);
	return source;
}

/**
 * The item after a change.
 * @returns the driver of a rate that the item does not have, or the item
 */
export function changedItem(
	item: Item,
	change: ItemChange,
	source: FactSource,
): { item: Item } | { unknown: string } {
	const { packSize, packName, priceUsd, leadDays, reserveDays, rates } = change;
	const unknown = rates?.find(
		({ per }) => !item.rates.some((rate) => rate.per === per),
	);
	if (unknown) return { unknown: unknown.per };
	if (packName !== undefined && packSize === undefined && !item.pack)
		return { unknown: "packSize" };
	const say = <T>(value: T) => ({ value, source });
	return {
		item: {
			...item,
			pack:
				packSize === undefined && packName === undefined
					? item.pack
					: say({
							size: packSize ?? item.pack?.value.size ?? 1,
							name: packName ?? item.pack?.value.name ?? "pack",
						}),
			priceUsd: priceUsd === undefined ? item.priceUsd : say(priceUsd),
			leadDays: leadDays === undefined ? item.leadDays : say(leadDays),
			reserveDays:
				reserveDays === undefined ? item.reserveDays : say(reserveDays),
			rates: item.rates.map((rate) => {
				const changed = rates?.find(({ per }) => per === rate.per);
				return changed ? { ...rate, amount: changed.amount, source } : rate;
			}),
		},
	};
}

/** What may be unverified of an item. */
export const ITEM_FACTS = [
	"pack",
	"priceUsd",
	"rates",
	"leadDays",
	"reserveDays",
] as const;
export type ItemFact = (typeof ITEM_FACTS)[number];

/** The facts of an item that rest on an assumption: wherever they are used, that is said. */
export function unverifiedFacts(item: Item): ItemFact[] {
	const assumed = (fact: { source: FactSource } | null) =>
		fact?.source.status === "assumption";
	return ITEM_FACTS.filter((fact) =>
		fact === "rates" ? item.rates.some(assumed) : assumed(item[fact]),
	);
}

/**
 * Catalogues for the models with what people changed of the items: pack, price and rates.
 * @param items those that apply; an item that is not among them stays as the file has it
 */
export function cataloguesWith(
	catalogues: Catalogues,
	items: readonly Item[],
): Catalogues {
	const byId = new Map(items.map((item) => [item.id, item]));
	const sources = { ...catalogues.supplies.sources };
	/** Key of who says the pack of an item: one of its own where it is not the file that does. */
	const packSource = (id: string, source: FactSource, before: string) => {
		const was = sources[before];
		if (was && FACT_SOURCE_KEYS.every((key) => was[key] === source[key]))
			return before;
		const key = `pack of ${id}`;
		sources[key] = source;
		return key;
	};
	const price = (item: Item) => item.priceUsd?.value ?? null;
	const supplies = catalogues.supplies.items.map((supply) => {
		const item = byId.get(supply.id);
		if (!item) return supply;
		const { pack } = item;
		return {
			...supply,
			priceUsd: price(item),
			pack: pack
				? {
						...pack.value,
						source: packSource(
							supply.id,
							pack.source,
							supply.pack?.source ?? supply.source,
						),
					}
				: undefined,
			rates: supply.rates.map((rate) => ({
				...rate,
				amount:
					item.rates.find(({ per }) => per === rate.per)?.amount ?? rate.amount,
			})),
		};
	});
	return {
		...catalogues,
		supplies: { ...catalogues.supplies, sources, items: supplies },
		medicines: {
			...catalogues.medicines,
			items: catalogues.medicines.items.map((medicine) => {
				const item = byId.get(medicine.id);
				return item ? { ...medicine, priceUsd: price(item) } : medicine;
			}),
		},
	};
}
