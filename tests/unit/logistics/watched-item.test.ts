import { expect, test } from "vitest";
import { COLUMNS_OF } from "../../../core/facilities/report.ts";
import {
	OXYGEN,
	packSizeOf,
	STOCK_COLUMNS,
	WATCHED_ITEMS,
	watchedAs,
	watchedIn,
} from "../../../core/logistics/watched-item.ts";
import { readCatalogues } from "../../../main/analyst/catalogue-files.ts";

test("every stock column of the daily report is an item of the catalogue, in its unit, and no item stands for two", async () => {
	const { supplies } = await readCatalogues();
	expect(WATCHED_ITEMS.map(({ column }) => column)).toEqual([...STOCK_COLUMNS]);
	expect(STOCK_COLUMNS).toEqual(COLUMNS_OF.warehouse);
	const items = WATCHED_ITEMS.flatMap(({ item, alsoCounts }) => [
		item,
		...alsoCounts,
	]);
	expect(new Set(items).size).toBe(items.length);
	const units = { piece: "Each", pair: "Pair", test: "1T/kit", set: "Unit" };
	for (const { item, alsoCounts, unit } of WATCHED_ITEMS)
		for (const id of [item, ...alsoCounts])
			if (id !== OXYGEN)
				expect(
					supplies.items.find((one) => one.id === id)?.unit,
					`the unit of ${id}`,
				).toBe(units[unit as keyof typeof units]);
});

test("a mask for patients is looked for on the shelf of masks, and an item that no report states is not watched", () => {
	expect(watchedAs("mask-patient")?.column).toBe("stock_mask");
	expect(watchedAs("x-ray")).toBeUndefined();
	expect(watchedIn("stock_oxygen_m3").item).toBe(OXYGEN);
});

test("a pack that the catalogue does not name is not known, not one", async () => {
	const { supplies } = await readCatalogues();
	expect(packSizeOf(watchedIn("stock_gloves"), supplies.items)).toBe(50);
	expect(packSizeOf(watchedIn("stock_oxygen_m3"), supplies.items)).toBe(
		undefined,
	);
});
