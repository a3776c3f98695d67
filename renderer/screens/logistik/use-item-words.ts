import { useMemo } from "react";
import type { Item } from "../../../core/logistics/item.ts";
import type { itemsId } from "../../i18n/items-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { ItemDifference } from "./item-changes.ts";

/** Packs as the product is shipped with them; one that a person named stays as it was typed. */
const PACKS: readonly string[] = [
	"bottle",
	"box",
	"cylinder",
	"pack",
	"rack",
	"roll",
] satisfies (keyof typeof itemsId.packs)[];

/** Items of the catalogue in words. */
export function useItemWords() {
	const { t, format, language } = useLanguage();
	return useMemo(() => {
		/** A rate or a price is written with all its digits: rounded it would not come to what is stated. */
		const exact = (value: number) =>
			String(Number(value.toPrecision(6))).replace(
				".",
				language === "id" ? "," : ".",
			);
		const orUnknown = (value: number | null | undefined) =>
			value == null ? t("items.unknown") : exact(value);
		const packName = (name: string) => {
			const [kind = "", ...rest] = name.split(" ");
			return PACKS.includes(kind)
				? [t(`items.packs.${kind as "box"}`), ...rest].join(" ")
				: name;
		};
		const driver = (per: string) =>
			t(`logistics.needs.driver.${per as "inpatientBed"}`);
		return {
			exact,
			packName,
			driver,
			name: (item: Pick<Item, "name">) => item.name[language],
			unit: (item: Pick<Item, "unit">) =>
				t(`logistics.catalogueUnit.${item.unit as "Each"}`),
			pack: ({ pack }: Pick<Item, "pack">) =>
				pack
					? `${format.number(pack.value.size)} / ${packName(pack.value.name)}`
					: t("items.unknown"),
			rate: ({ per, every, amount }: Item["rates"][number]) =>
				`${driver(per)}: ${exact(amount)} ${t(`items.every.${every}`)}`,
			difference: ({ fact, per, before, after }: ItemDifference) =>
				t("items.differs", {
					what: per === null ? t(`items.fact.${fact}`) : driver(per),
					before: orUnknown(before),
					after: orUnknown(after),
				}),
		};
	}, [t, format, language]);
}
