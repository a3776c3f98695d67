/**
 * How supplies travel between two places, how many days it takes and what it costs. Distances are great circles; everything else here is a
 * planning assumption that nobody has verified, stated wherever a plan is shown, and a starting point for the task force's own figures.
 */

export const CARRIAGES = ["road", "sea", "air"] as const;
export type Carriage = (typeof CARRIAGES)[number];

/** What is assumed of one carriage. Rupiah and days. */
export interface CarriageTerms {
	/** Road or sea kilometres for each kilometre of the great circle. */
	detour: number;
	kmPerDay: number;
	/** Days of loading, waiting for a departure and handing over. */
	fixedDays: number;
	rupiahPerM3: number;
	rupiahPerM3Km: number;
	/** Of one vehicle: a truck, a container, an aircraft. */
	capacityM3: number;
	rupiahPerTrip: number;
}

/** Planning assumptions, not verified. */
export const CARRIAGE_TERMS: Readonly<Record<Carriage, CarriageTerms>> = {
	road: {
		detour: 1.3,
		kmPerDay: 400,
		fixedDays: 1,
		rupiahPerM3: 50_000,
		rupiahPerM3Km: 500,
		capacityM3: 20,
		rupiahPerTrip: 1_500_000,
	},
	sea: {
		detour: 1.2,
		kmPerDay: 350,
		fixedDays: 3,
		rupiahPerM3: 250_000,
		rupiahPerM3Km: 300,
		capacityM3: 33,
		rupiahPerTrip: 6_000_000,
	},
	air: {
		detour: 1,
		kmPerDay: 4_000,
		fixedDays: 1,
		rupiahPerM3: 500_000,
		rupiahPerM3Km: 8_000,
		capacityM3: 60,
		rupiahPerTrip: 90_000_000,
	},
};

/**
 * Provinces to which supplies were pushed by aircraft because roads and ships fail or take too long: Nusa Tenggara Timur, Kalimantan Utara,
 * Maluku, Maluku Utara, Papua and what was divided from it. Planning assumption.
 */
const PUSHED_TO: ReadonlySet<string> = new Set([
	...["53", "65", "81", "82", "91", "92", "93", "94", "95", "96"],
]);

/** Within one of those no road is counted on for more. */
const NO_ROAD_KM = 150;

/** Groups of islands between which no road leads, by the first figure of a province's code. Bali and Nusa Tenggara are islands each. */
function landOf(province: string): string {
	return province.startsWith("5") ? province : province.slice(0, 1);
}

/** A way from a warehouse to a place. */
export interface Way {
	carriage: Carriage;
	/** Along the great circle. */
	km: number;
	days: number;
	rupiahPerM3: number;
}

/**
 * How supplies go from one province to another, or about in one.
 * @param from code of the province of the warehouse, as `31` @param to that of the place @param km great circle
 */
export function wayBetween(from: string, to: string, km: number): Way {
	const carriage: Carriage =
		PUSHED_TO.has(to) && (from !== to || km > NO_ROAD_KM)
			? "air"
			: landOf(from) === landOf(to)
				? "road"
				: "sea";
	const terms = CARRIAGE_TERMS[carriage];
	const travelled = km * terms.detour;
	return {
		carriage,
		km,
		days: Math.ceil(terms.fixedDays + travelled / terms.kmPerDay),
		rupiahPerM3: terms.rupiahPerM3 + travelled * terms.rupiahPerM3Km,
	};
}

/** What is pushed is brought without being fetched: by aircraft, and what a province brings to its own. */
export function handoverOf(
	carriage: Carriage,
	tier: "centre" | "province",
): "pushed" | "fetched" {
	return carriage === "air" || tier === "province" ? "pushed" : "fetched";
}
