import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
	CatalogueError,
	parseForecastDefaults,
	parsePpeContactRates,
	parseSupplyCatalogue,
} from "../../../core/logistics/catalogue.ts";
import { readCatalogues } from "../../../main/analyst/catalogue-files.ts";

const file = (name: string) =>
	JSON.parse(
		readFileSync(
			new URL(`../../../resources/catalogue/${name}`, import.meta.url),
			"utf8",
		),
	);

test("the shipped catalogues hold, and every item says its source", async () => {
	const catalogues = await readCatalogues();
	expect(catalogues.supplies.items).toHaveLength(53);
	expect(catalogues.medicines.items).toHaveLength(145);
	for (const item of catalogues.supplies.items)
		expect(catalogues.supplies.sources[item.source]).toBeDefined();
	parsePpeContactRates(file("ppe-contact-rates.json"));
});

test("a negative rate is refused with the path to it", () => {
	const broken = file("supplies.json");
	broken.items[0].rates[0].amount = -1;
	expect(() => parseSupplyCatalogue(broken)).toThrow(
		/items\.0\.rates\.0\.amount/,
	);
});

test("an unknown driver, a second item of one id and an unnamed source are all named at once", () => {
	const broken = file("supplies.json");
	broken.items[1].id = broken.items[0].id;
	broken.items[2].source = "hearsay";
	let error: unknown;
	try {
		parseSupplyCatalogue(broken, "mine.json");
	} catch (thrown) {
		error = thrown;
	}
	expect(error).toBeInstanceOf(CatalogueError);
	const { faults, file: name } = error as CatalogueError;
	expect(name).toBe("mine.json");
	expect(faults.map(({ path }) => path)).toEqual(
		expect.arrayContaining(["items.1.id", "items.2.source"]),
	);
});

test("an item that is used up cannot be held, and a reusable one cannot be used up", () => {
	const broken = file("supplies.json");
	const gown = broken.items.find(
		(item: { id: string }) => item.id === "gown-protective",
	);
	gown.reusable = true;
	expect(() => parseSupplyCatalogue(broken)).toThrow(/a reusable item is held/);
});

test("severity shares that do not sum to 1 are refused", () => {
	const broken = file("forecast-defaults.json");
	broken.severity.mild = 0.5;
	expect(() => parseForecastDefaults(broken)).toThrow(/sum to 1/);
});
