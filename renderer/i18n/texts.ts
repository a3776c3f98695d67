import type { alertsId } from "./alerts-id.ts";
import type { auditId } from "./audit-id.ts";
import type { censusId } from "./census-id.ts";
import type { computingId } from "./computing-id.ts";
import type { devicesId } from "./devices-id.ts";
import type { dictionaryId } from "./dictionary-id.ts";
import type { epidemicId } from "./epidemic-id.ts";
import type { gridsId } from "./grids-id.ts";
import type { heldStockId } from "./held-stock-id.ts";
import type { id } from "./id.ts";
import type { integrationId } from "./integration-id.ts";
import type { itemsId } from "./items-id.ts";
import type { laboratoriesId } from "./laboratories-id.ts";
import type { logisticsId } from "./logistics-id.ts";
import type { logisticsPlanId } from "./logistics-plan-id.ts";
import type { mapExportId } from "./map-export-id.ts";
import type { openDataId } from "./open-data-id.ts";
import type { referralId } from "./referral-id.ts";
import type { scenariosId } from "./scenarios-id.ts";
import type { showId } from "./show-id.ts";
import type { stockBookId } from "./stock-book-id.ts";
import type { trendLineId } from "./trend-line-id.ts";
import type { wallsId } from "./walls-id.ts";
import type { zonesId } from "./zones-id.ts";

type TextOf<T> = {
	[K in keyof T]: T[K] extends string ? string : TextOf<T[K]>;
};

/** What every language has from the first picture on. */
export type FirstTexts = TextOf<typeof id>;

/** A language that has a singular says where, by the suffix of i18next: `ago_one` beside `ago`. */
export type WithSingular<T> = {
	[K in keyof T]: T[K] extends string ? string : WithSingular<T[K]>;
} & { [K in `${keyof T & string}_one`]?: string };

/** Blocks that come with the part of the house that needs them (add-texts), by their key. One line each. */
export interface LaterBlocks {
	alerts: typeof alertsId;
	audit: typeof auditId;
	census: typeof censusId;
	computing: typeof computingId;
	devices: typeof devicesId;
	dictionary: typeof dictionaryId;
	epidemic: typeof epidemicId;
	grids: typeof gridsId;
	heldStock: typeof heldStockId;
	integration: typeof integrationId;
	items: typeof itemsId;
	laboratories: typeof laboratoriesId;
	logistics: typeof logisticsId;
	mapExport: typeof mapExportId;
	openData: typeof openDataId;
	referral: typeof referralId;
	scenarios: typeof scenariosId;
	show: typeof showId;
	stockBook: typeof stockBookId;
	plan: typeof logisticsPlanId;
	trendLine: typeof trendLineId;
	walls: typeof wallsId;
	zones: typeof zonesId;
}

/** The shape of a later block, which every language must fill completely. */
export type LaterTexts<Key extends keyof LaterBlocks> = TextOf<
	LaterBlocks[Key]
>;

/** All that may be said; of a later block once it is there. */
export type Texts = FirstTexts & TextOf<LaterBlocks>;
