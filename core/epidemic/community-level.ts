/**
 * Community transmission and response capacity of KMK HK.01.07/MENKES/4805/2021 (30 June 2021), thresholds as printed
 * by several outlets of that week; and what is built on them. This is our own panel: the official risk zone and the
 * official assessment are data, imported as published, and this never claims to be either.
 */

import { requireNumber } from "./input-error.ts";

export type TransmissionLevel = 1 | 2 | 3 | 4;

/** Weekly figures per 100,000 inhabitants; undefined = not reported, which is not 0. */
export type TransmissionIndicators = {
	cases: number | undefined;
	admissions: number | undefined;
	deaths: number | undefined;
};

/**
 * Lower edges of levels 2 and 3, and the upper edge of level 3, per 100,000 and week. Level 3 includes its upper edge:
 * the sources print the closed ranges 50-150, 10-30 and 2-5.
 */
export const TRANSMISSION_EDGES = {
	cases: { level2: 20, level3: 50, above3: 150 },
	admissions: { level2: 5, level3: 10, above3: 30 },
	deaths: { level2: 1, level3: 2, above3: 5 },
} as const;

export type TransmissionIndicator = keyof typeof TRANSMISSION_EDGES;

function levelOf(
	indicator: TransmissionIndicator,
	value: number,
): TransmissionLevel {
	requireNumber(
		indicator,
		value,
		"a weekly figure per 100,000, >= 0",
		(x) => x >= 0,
	);
	const { level2, level3, above3 } = TRANSMISSION_EDGES[indicator];
	if (value > above3) return 4;
	if (value >= level3) return 3;
	return value >= level2 ? 2 : 1;
}

/** Transmission of a place and week. */
export type TransmissionAssessment =
	| {
			status: "assessed";
			/** Highest of the three indicators. */
			level: TransmissionLevel;
			byIndicator: Record<TransmissionIndicator, TransmissionLevel | undefined>;
			/** Indicators that were not reported: the level may be higher, never lower. */
			missing: TransmissionIndicator[];
	  }
	| { status: "not-assessable"; missing: TransmissionIndicator[] };

/**
 * Level of community transmission, 1 to 4: the highest that any of the three indicators reaches.
 * @throws ModelInputError for a negative or non-finite figure
 */
export function communityTransmission(
	indicators: TransmissionIndicators,
): TransmissionAssessment {
	const byIndicator = {
		cases: undefined,
		admissions: undefined,
		deaths: undefined,
	} as Record<TransmissionIndicator, TransmissionLevel | undefined>;
	const missing: TransmissionIndicator[] = [];
	let highest: TransmissionLevel | undefined;
	for (const indicator of ["cases", "admissions", "deaths"] as const) {
		const value = indicators[indicator];
		if (value === undefined || Number.isNaN(value)) {
			missing.push(indicator);
			continue;
		}
		const level = levelOf(indicator, value);
		byIndicator[indicator] = level;
		if (highest === undefined || level > highest) highest = level;
	}
	return highest === undefined
		? { status: "not-assessable", missing }
		: { status: "assessed", level: highest, byIndicator, missing };
}

/** Adequate, moderate, limited: the words of the decree. */
export type Capacity = "memadai" | "sedang" | "terbatas";

const CAPACITY_ORDER: readonly Capacity[] = ["memadai", "sedang", "terbatas"];

/** undefined = not reported. */
export type CapacityIndicators = {
	/** Positive tests per 100 tests. */
	positivityPercent: number | undefined;
	/** Close contacts traced for each confirmed case. */
	contactsPerCase: number | undefined;
	/** Occupied beds per 100 beds (BOR). */
	bedOccupancyPercent: number | undefined;
};

/** Testing: below 5 % adequate, 5 to 15 % moderate, above 15 % limited. */
export function testingCapacity(positivityPercent: number): Capacity {
	requireNumber(
		"positivity",
		positivityPercent,
		"a percentage from 0 to 100",
		(x) => x >= 0 && x <= 100,
	);
	if (positivityPercent > 15) return "terbatas";
	return positivityPercent >= 5 ? "sedang" : "memadai";
}

/** Tracing: more than 14 contacts per case adequate, 5 to 14 moderate, fewer limited. */
export function tracingCapacity(contactsPerCase: number): Capacity {
	requireNumber(
		"contacts per case",
		contactsPerCase,
		"a number >= 0",
		(x) => x >= 0,
	);
	if (contactsPerCase > 14) return "memadai";
	return contactsPerCase >= 5 ? "sedang" : "terbatas";
}

/** Treatment: bed occupancy below 60 % adequate, 60 to 80 % moderate, above limited. May exceed 100 %. */
export function treatmentCapacity(bedOccupancyPercent: number): Capacity {
	requireNumber(
		"bed occupancy",
		bedOccupancyPercent,
		"a percentage >= 0",
		(x) => x >= 0,
	);
	if (bedOccupancyPercent > 80) return "terbatas";
	return bedOccupancyPercent >= 60 ? "sedang" : "memadai";
}

export type CapacityAssessment = {
	testing: Capacity | undefined;
	tracing: Capacity | undefined;
	treatment: Capacity | undefined;
};

/** The three response capacities; undefined where the indicator was not reported. */
export function responseCapacity(
	indicators: CapacityIndicators,
): CapacityAssessment {
	const when = (
		value: number | undefined,
		assess: (known: number) => Capacity,
	) => (value === undefined || Number.isNaN(value) ? undefined : assess(value));
	return {
		testing: when(indicators.positivityPercent, testingCapacity),
		tracing: when(indicators.contactsPerCase, tracingCapacity),
		treatment: when(indicators.bedOccupancyPercent, treatmentCapacity),
	};
}

/** WHO's seven classes of 14 June 2021; CT1-4 are the four levels above. */
export type TransmissionClass =
	| "no-cases"
	| "sporadic"
	| "clusters"
	| "CT1"
	| "CT2"
	| "CT3"
	| "CT4";

export type SituationalLevel = 0 | 1 | 2 | 3 | 4;

/**
 * How transmission and capacity combine. This part was written from memory of the WHO table and is not checked against
 * the annex of the decree: it is configuration, carries its own status, and every screen that uses it must show that.
 */
export type LevelConfiguration = {
	status: "unverified" | "verified";
	source: string;
	overallCapacity: "worst-of-three";
	matrix: Record<TransmissionClass, Record<Capacity, SituationalLevel>>;
};

export const UNVERIFIED_LEVEL_CONFIGURATION: LevelConfiguration = {
	status: "unverified",
	source:
		"WHO interim guidance of 14 June 2021, from memory; only the two corners (no cases + adequate = 0, CT4 + limited = 4) are confirmed",
	overallCapacity: "worst-of-three",
	matrix: {
		"no-cases": { memadai: 0, sedang: 0, terbatas: 1 },
		sporadic: { memadai: 0, sedang: 1, terbatas: 1 },
		clusters: { memadai: 1, sedang: 1, terbatas: 2 },
		CT1: { memadai: 1, sedang: 2, terbatas: 2 },
		CT2: { memadai: 2, sedang: 2, terbatas: 3 },
		CT3: { memadai: 2, sedang: 3, terbatas: 3 },
		CT4: { memadai: 3, sedang: 3, terbatas: 4 },
	},
};

/** Worst of the capacities known; undefined when none is. */
export function overallCapacity(
	assessment: CapacityAssessment,
): Capacity | undefined {
	const known = [
		assessment.testing,
		assessment.tracing,
		assessment.treatment,
	].filter((capacity) => capacity !== undefined);
	return known.reduce<Capacity | undefined>(
		(worst, capacity) =>
			worst === undefined ||
			CAPACITY_ORDER.indexOf(capacity) > CAPACITY_ORDER.indexOf(worst)
				? capacity
				: worst,
		undefined,
	);
}

/** Situational level by the configured matrix, together with the standing of that configuration. */
export function situationalLevel(
	transmission: TransmissionClass,
	capacity: Capacity,
	configuration: LevelConfiguration = UNVERIFIED_LEVEL_CONFIGURATION,
): { level: SituationalLevel; status: LevelConfiguration["status"] } {
	return {
		level: configuration.matrix[transmission][capacity],
		status: configuration.status,
	};
}

/** Colour words of the task force's zones, for a score it published. Weights and cuts of the indicators never were. */
export type ZoneByScore = "tinggi" | "sedang" | "rendah";

/**
 * Zone of a score that the task force published: 0-1.80 high, 1.81-2.40 medium, 2.41-3.00 low risk. Scores carry two
 * decimals. The fourth colour (no case) is not a matter of score.
 * @throws ModelInputError outside 0…3
 */
export function zoneOfPublishedScore(score: number): ZoneByScore {
	requireNumber("score", score, "from 0 to 3", (x) => x >= 0 && x <= 3);
	const hundredths = Math.round(score * 100);
	if (hundredths <= 180) return "tinggi";
	return hundredths <= 240 ? "sedang" : "rendah";
}

/** Task force's colours of bed occupancy (18 August 2021): <30 green, 30-59 yellow, 60-80 orange, >80 red. */
export function bedOccupancyColour(
	percent: number,
): "hijau" | "kuning" | "oranye" | "merah" {
	requireNumber("bed occupancy", percent, "a percentage >= 0", (x) => x >= 0);
	if (percent > 80) return "merah";
	if (percent >= 60) return "oranye";
	return percent >= 30 ? "kuning" : "hijau";
}

/** Tests per 1,000 inhabitants and week asked for at a weekly positivity (Inmendagri 15/2021). */
export function testingTarget(positivityPercent: number): 1 | 5 | 10 | 15 {
	requireNumber(
		"positivity",
		positivityPercent,
		"a percentage from 0 to 100",
		(x) => x >= 0 && x <= 100,
	);
	if (positivityPercent >= 25) return 15;
	if (positivityPercent >= 15) return 10;
	return positivityPercent >= 5 ? 5 : 1;
}
