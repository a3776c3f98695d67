import { type Day, day } from "./day.ts";
import { found } from "./found.ts";

/**
 * Day on which KMK HK.01.07/MENKES/413/2020 took effect, with new terms that have no one-to-one map to the old ones. Regions adopted it later,
 * each on its own day.
 */
export const VOCABULARY_BREAK: Day = day("2020-07-13");

/**
 * What is counted. `cumulative` series count everything up to the day and fall only by correction; `stock` series are the state on
 * the day and may fall; `daily` series are events of the day; a `category` is one word of a list, stored as its number: never added, never a
 * rate, in no cube, and not among the figures (core/epidemic/zone-publication). The ids are stored in feed and replica: never reuse one.
 */
export interface Indicator {
	readonly id: number;
	readonly key: StoredKey;
	readonly kind: "cumulative" | "stock" | "daily" | "category";
	readonly id_name: string;
	readonly en_name: string;
	/**
	 * How the term stands to KMK 413/2020 (see VOCABULARY_BREAK): it ended with it, began with it, was `redefined` by it (one name, two contents: deaths
	 * include those of probable cases since, and active cases are what deaths leave), or is comparable over `both`. What is not `both`
	 * is drawn with a line at the break, and a figure of a week that runs across it is marked.
	 */
	readonly vocabulary:
		| "before-2020-07-13"
		| "since-2020-07-13"
		| "redefined"
		| "both";
	/** The only level of areas of which it is stated, where it is not stated of all: of the others it has no values, and none is summed. */
	readonly only?: "regency" | "district";
	/** True for a value computed from others (active = confirmed - recovered - deaths): never stored as a claim or fact. */
	readonly derived?: true;
}

export type IndicatorKey =
	| "confirmed"
	| "recovered"
	| "deaths"
	| "active"
	| "odp"
	| "pdp"
	| "otg"
	| "suspek"
	| "probable"
	| "kontak-erat"
	| "tests"
	| "blc-count";

/** What is stored and published as values by area and day: what is counted, and the categories. */
export type StoredKey = IndicatorKey | "zone";

export const INDICATORS: readonly Indicator[] = [
	{
		id: 1,
		key: "confirmed",
		kind: "cumulative",
		id_name: "Konfirmasi",
		en_name: "Confirmed",
		vocabulary: "both",
	},
	{
		id: 2,
		key: "recovered",
		kind: "cumulative",
		id_name: "Sembuh",
		en_name: "Recovered",
		vocabulary: "both",
	},
	{
		id: 3,
		key: "deaths",
		kind: "cumulative",
		id_name: "Meninggal",
		en_name: "Deaths",
		vocabulary: "redefined",
	},
	{
		id: 4,
		key: "active",
		kind: "stock",
		id_name: "Kasus aktif",
		en_name: "Active cases",
		vocabulary: "redefined",
		derived: true,
	},
	{
		id: 5,
		key: "odp",
		kind: "cumulative",
		id_name: "ODP",
		en_name: "Persons under monitoring (ODP)",
		vocabulary: "before-2020-07-13",
	},
	{
		id: 6,
		key: "pdp",
		kind: "cumulative",
		id_name: "PDP",
		en_name: "Patients under supervision (PDP)",
		vocabulary: "before-2020-07-13",
	},
	{
		id: 7,
		key: "otg",
		kind: "stock",
		id_name: "OTG",
		en_name: "Asymptomatic contacts (OTG)",
		vocabulary: "before-2020-07-13",
	},
	{
		id: 8,
		key: "tests",
		kind: "cumulative",
		id_name: "Orang diperiksa",
		en_name: "People tested",
		vocabulary: "both",
	},
	{
		id: 9,
		key: "suspek",
		kind: "stock",
		id_name: "Suspek",
		en_name: "Suspected cases (suspek)",
		vocabulary: "since-2020-07-13",
	},
	{
		id: 10,
		key: "probable",
		kind: "cumulative",
		id_name: "Probable",
		en_name: "Probable cases",
		vocabulary: "since-2020-07-13",
	},
	{
		id: 11,
		key: "kontak-erat",
		kind: "stock",
		id_name: "Kontak erat",
		en_name: "Close contacts (kontak erat)",
		vocabulary: "since-2020-07-13",
	},
	{
		// `total` of the portal's table of risk by kecamatan. Nobody says what it counts: it comes to 128,549 on a day on which the country had
		// some 32,000 confirmed cases. A state of its own, added into nothing, and not held against itself over time as a count would be.
		id: 12,
		key: "blc-count",
		kind: "stock",
		id_name: "Hitungan BLC (tidak terdefinisi)",
		en_name: "BLC count (undefined)",
		vocabulary: "both",
		only: "district",
	},
	{
		// The official risk zone of a kabupaten/kota, by its number in core/epidemic/zone-transition.
		id: 13,
		key: "zone",
		kind: "category",
		id_name: "Zona risiko resmi",
		en_name: "Official risk zone",
		vocabulary: "both",
		only: "regency",
	},
];

/** What is counted and can be asked for as a figure: all but the categories. */
export const COUNTED_INDICATORS = INDICATORS.filter(
	(one): one is CountedIndicator => one.kind !== "category",
);
type CountedIndicator = Indicator & { readonly key: IndicatorKey };

const byKey = new Map(INDICATORS.map((entry) => [entry.key, entry]));
const byId = new Map(INDICATORS.map((entry) => [entry.id, entry]));

export function indicatorByKey(key: StoredKey): Indicator {
	return found(byKey.get(key), `indicator ${key}`);
}

/** Whether an indicator is stated of areas of a level (core/areas Level). */
export function isStatedAt({ only }: Indicator, level: string): boolean {
	return only === undefined || only === level;
}

/** Whether the term of an indicator is in use on a day: ODP before the break, suspek from it on, deaths on both sides of it. */
export function isInUse(key: IndicatorKey, day: Day): boolean {
	switch (indicatorByKey(key).vocabulary) {
		case "before-2020-07-13":
			return day < VOCABULARY_BREAK;
		case "since-2020-07-13":
			return day >= VOCABULARY_BREAK;
		default:
			return true;
	}
}

export function indicatorById(id: number): Indicator | undefined {
	return byId.get(id);
}

/** The day from which on the term of an indicator means something else, or nothing any more; null where it is comparable throughout. */
export function definitionChangeOf(key: IndicatorKey): Day | null {
	return indicatorByKey(key).vocabulary === "both" ? null : VOCABULARY_BREAK;
}

/** Whether a text is the key of what is counted: the only kind of indicator that an address or a figure may name. */
export function isIndicatorKey(text: string): text is IndicatorKey {
	return COUNTED_INDICATORS.some(({ key }) => key === text);
}
