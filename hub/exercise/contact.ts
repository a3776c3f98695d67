import type { Day } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import { course } from "./calendar.ts";
import type { ExerciseCountry } from "./country.ts";

/** How much of ordinary contact rules and holidays leave, over the whole country. 1 is life before the epidemic. */
const NATIONAL = course(
	["2020-03-10", 1],
	["2020-03-20", 0.72], // schools and offices close
	["2020-04-10", 0.58], // PSBB
	["2020-05-18", 0.6],
	["2020-05-24", 0.7], // Lebaran
	["2020-06-01", 0.64],
	["2020-06-08", 0.72], // "new normal"
	["2020-07-15", 0.82],
	["2020-08-15", 0.84],
	["2020-08-22", 0.92], // long holiday
	["2020-09-01", 0.86],
	["2020-10-24", 0.84],
	["2020-10-31", 0.93], // long holiday
	["2020-11-08", 0.86],
	["2020-12-09", 0.9], // regional elections
	["2020-12-31", 0.98],
	["2021-01-11", 0.74], // PPKM
	["2021-02-15", 0.72],
	["2021-04-01", 0.8],
);

/** The capital and its belt: two periods of stricter PSBB on top. */
const CAPITAL_REGION = course(
	["2020-04-09", 1],
	["2020-04-12", 0.82],
	["2020-06-04", 0.86],
	["2020-06-10", 1],
	["2020-09-13", 1],
	["2020-09-16", 0.8],
	["2020-10-11", 0.84],
	["2020-10-16", 1],
);

/** Provinces that had PSBB somewhere from late April. */
const OTHER_PSBB = course(
	["2020-04-22", 1],
	["2020-04-28", 0.86],
	["2020-05-31", 0.9],
	["2020-06-08", 1],
);
const OTHER_PSBB_PROVINCES = new Set(["13", "14", "35", "63", "73", "75"]);

/**
 * New infections for each 100,000 people and day at which people by themselves halve their contacts. It rises as the
 * public grows used to the epidemic; this is what lets it grow from month to month instead of dying out or exploding.
 */
const CAUTION = course(
	["2020-03-15", 6],
	["2020-05-01", 6],
	["2020-06-15", 5],
	["2020-07-15", 6.0],
	["2020-08-15", 8.0],
	["2020-09-15", 12],
	["2020-10-15", 13],
	["2020-11-15", 14],
	["2020-12-15", 18],
	["2021-01-15", 36],
	["2021-02-15", 30],
	["2021-04-01", 20],
);

/** How far people travel between areas, as a share of what is usual. */
const TRAVEL = course(
	["2020-03-15", 1],
	["2020-03-28", 0.8], // the first return to the villages
	["2020-04-24", 0.25], // mudik forbidden
	["2020-05-20", 0.35],
	["2020-05-26", 0.6],
	["2020-06-10", 0.45],
	["2020-08-01", 0.65],
	["2020-10-28", 1],
	["2020-11-05", 0.7],
	["2020-12-20", 1],
	["2021-01-10", 0.6],
);

export interface ContactRules {
	/** Writes the contact of each area on a day, given its smoothed new infections per 100,000 and day. */
	write(at: Day, incidence: Float64Array, contact: Float64Array): void;
	/** Travel on a day, as a share of what is usual. */
	travel(at: Day): number;
}

/** Draws how strictly each province and area answers, and returns the rules of contact. */
export function drawContactRules(
	country: ExerciseCountry,
	random: Random,
): ContactRules {
	const { provinceOf, urban, fromCapital, regencies, provinces } = country;
	const provincial = provinces.map(({ code }) => {
		const drawn = Math.exp(random.normal(0, 0.15));
		// A quarter of the country's cases are the capital's: its dice alone would decide the size of the epidemic.
		return code === "31" ? 1 : drawn;
	});
	const tolerance = Float64Array.from(
		regencies,
		(_, index) =>
			provincial[provinceOf[index]] *
			Math.exp(random.normal(0, 0.3)) *
			(0.3 + 1.6 * urban[index] * urban[index]),
	);
	const region = regencies.map((regency, index) => {
		if (fromCapital[index] < 55) return CAPITAL_REGION;
		return OTHER_PSBB_PROVINCES.has(regency.province) ? OTHER_PSBB : null;
	});
	const byProvince = new Float64Array(provinces.length);
	const people = new Float64Array(provinces.length);
	regencies.forEach((regency, index) => {
		people[provinceOf[index]] += regency.population;
	});
	return {
		travel: TRAVEL,
		write(at, incidence, contact) {
			byProvince.fill(0);
			for (let index = 0; index < regencies.length; index++)
				byProvince[provinceOf[index]] +=
					(incidence[index] * regencies[index].population) /
					people[provinceOf[index]];
			const national = NATIONAL(at);
			const capital = CAPITAL_REGION(at);
			const other = OTHER_PSBB(at);
			const caution = CAUTION(at);
			for (let index = 0; index < regencies.length; index++) {
				const rule =
					region[index] === null
						? 1
						: region[index] === CAPITAL_REGION
							? capital
							: other;
				const felt =
					0.65 * incidence[index] + 0.35 * byProvince[provinceOf[index]];
				contact[index] =
					(national * rule) / (1 + felt / (caution * tolerance[index]));
			}
		},
	};
}
