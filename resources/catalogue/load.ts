import { readFileSync } from "node:fs";
import {
	parseForecastDefaults,
	parseMedicineCatalogue,
	parseSupplyCatalogue,
} from "../../core/logistics/catalogue.ts";
import { type Item, itemsOf } from "../../core/logistics/item.ts";

function read(name: string): [unknown, string] {
	const file = new URL(name, import.meta.url);
	return [JSON.parse(readFileSync(file, "utf8")), name];
}

/** The items that the product is shipped with, and the version of their catalogue. */
export function loadItems(): { items: Item[]; version: string } {
	const supplies = parseSupplyCatalogue(...read("supplies.json"));
	const items = itemsOf({
		supplies,
		medicines: parseMedicineCatalogue(...read("medicines.json")),
		defaults: parseForecastDefaults(...read("forecast-defaults.json")),
	});
	return { items, version: supplies.version };
}
