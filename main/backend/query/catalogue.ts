import {
	type Catalogues,
	type PpeContactRates,
	parseForecastDefaults,
	parseMedicineCatalogue,
	parsePpeContactRates,
	parseSupplyCatalogue,
	parseWorkforceCatalogue,
} from "../../../core/logistics/catalogue.ts";
import { cataloguesWith } from "../../../core/logistics/item.ts";
import defaults from "../../../resources/catalogue/forecast-defaults.json" with {
	type: "json",
};
import medicines from "../../../resources/catalogue/medicines.json" with {
	type: "json",
};
import contactRates from "../../../resources/catalogue/ppe-contact-rates.json" with {
	type: "json",
};
import supplies from "../../../resources/catalogue/supplies.json" with {
	type: "json",
};
import workforce from "../../../resources/catalogue/workforce-and-laboratories.json" with {
	type: "json",
};
import { itemsNow } from "./items.ts";
import { perPublication } from "./per-publication.ts";

export interface BackendCatalogues extends Catalogues {
	contactRates: PpeContactRates;
}

let read: BackendCatalogues | undefined;

/** The catalogues with what people changed of their items: packs, prices, rates. */
export const cataloguesNow = perPublication(
	() => "",
	(db): BackendCatalogues => ({
		...catalogues(),
		...cataloguesWith(catalogues(), itemsNow(db)),
	}),
);

/** The catalogues that the application comes with, checked once. */
export function catalogues(): BackendCatalogues {
	read ??= {
		supplies: parseSupplyCatalogue(supplies),
		medicines: parseMedicineCatalogue(medicines),
		workforce: parseWorkforceCatalogue(workforce),
		defaults: parseForecastDefaults(defaults),
		contactRates: parsePpeContactRates(contactRates),
	};
	return read;
}
