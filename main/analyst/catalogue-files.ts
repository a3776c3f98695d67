/** Reads the catalogue files of `resources/catalogue`, or of a folder the analyst names. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
	type Catalogues,
	parseForecastDefaults,
	parseMedicineCatalogue,
	parseSupplyCatalogue,
	parseWorkforceCatalogue,
} from "../../core/logistics/catalogue.ts";
import { readJson } from "./series-file.ts";

const CATALOGUE_FOLDER = fileURLToPath(
	new URL("../../resources/catalogue/", import.meta.url),
);

/** Reads and checks all four catalogues. @throws CatalogueError naming the file and the path inside it. */
export async function readCatalogues(
	folder = CATALOGUE_FOLDER,
): Promise<Catalogues> {
	const read = async (file: string): Promise<[unknown, string]> => {
		const path = join(folder, file);
		return [await readJson(path), path];
	};
	return {
		supplies: parseSupplyCatalogue(...(await read("supplies.json"))),
		medicines: parseMedicineCatalogue(...(await read("medicines.json"))),
		workforce: parseWorkforceCatalogue(
			...(await read("workforce-and-laboratories.json")),
		),
		defaults: parseForecastDefaults(...(await read("forecast-defaults.json"))),
	};
}
