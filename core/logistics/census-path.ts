/**
 * Patients in hospital day by day ahead, by severity: what every need of a ward follows from, whichever model it comes from.
 * What is not known is NaN, which is not nobody.
 */

import type { Day } from "../series/day.ts";
import {
	type BySeverity,
	SEVERITIES,
	type Severity,
} from "./needs-scenario.ts";
import { requireQuantity } from "./quantity.ts";

/**
 * `held`: as last reported, every day. `chime`: the SIR model of core/epidemic/chime. `renewal`: cases projected by
 * core/epidemic/renewal-projection. `hand`: numbers that a person gave.
 */
export const CENSUS_METHODS = ["held", "chime", "renewal", "hand"] as const;
export type CensusMethod = (typeof CENSUS_METHODS)[number];

/** Patients of each severity, one value for each day from `firstDay` on. */
export type CensusBySeverity = Record<Severity, Float64Array>;

/** Patients in hospital ahead, of an area or of one facility. */
export interface CensusPath {
	firstDay: Day;
	days: number;
	method: CensusMethod;
	/** People in hospital; NaN: not known. */
	bySeverity: CensusBySeverity;
	/** Between these with a probability of 90 %; absent where the method tells no uncertainty. */
	low?: CensusBySeverity;
	high?: CensusBySeverity;
}

/** Makes the days of each severity. */
export function censusOf(
	of: (severity: Severity) => Float64Array,
): CensusBySeverity {
	return Object.fromEntries(
		SEVERITIES.map((severity) => [severity, of(severity)]),
	) as CensusBySeverity;
}

/**
 * The patients of the last report on every day: what is needed if nothing changes.
 * @param reported people in hospital by severity; NaN or absent: not reported
 */
export function heldAsReported(
	reported: Partial<BySeverity>,
	firstDay: Day,
	days: number,
): CensusPath {
	return {
		firstDay,
		days,
		method: "held",
		bySeverity: censusOf((severity) =>
			new Float64Array(days).fill(reported[severity] ?? Number.NaN),
		),
	};
}

/**
 * What a person gave for each week, on all days of the week; days after the last week are not known.
 * @param weeks people in hospital by severity, NaN: not known; from `firstDay` on
 */
export function pathOfWeeks(
	weeks: readonly BySeverity[],
	firstDay: Day,
	days: number,
): CensusPath {
	weeks.forEach((week, at) => {
		for (const severity of SEVERITIES)
			if (!Number.isNaN(week[severity]))
				requireQuantity(`weeks[${at}].${severity}`, week[severity]);
	});
	return {
		firstDay,
		days,
		method: "hand",
		bySeverity: censusOf((severity) =>
			Float64Array.from(
				{ length: days },
				(_, day) => weeks[Math.floor(day / 7)]?.[severity] ?? Number.NaN,
			),
		),
	};
}

/**
 * A facility's path: its own last report, growing and falling as its area does. Of a severity that the area had none of it takes the part
 * that it has of the area's patients in all; where the area had none at all nothing is known. A facility without patients keeps none: the
 * model of an area does not say where new ones will be taken.
 * @param area path of the area in which it lies
 * @param areaReported people in hospital of that area by severity in the reports that the path goes on from
 * @param reported the same of the facility
 */
export function facilityPath(
	area: CensusPath,
	areaReported: BySeverity,
	reported: Partial<BySeverity>,
): CensusPath {
	const known = SEVERITIES.filter(
		(severity) => !Number.isNaN(areaReported[severity]),
	);
	const total = known.reduce((sum, one) => sum + areaReported[one], 0);
	const ownTotal = known.reduce((sum, one) => sum + (reported[one] || 0), 0);
	const scaled = (path: CensusBySeverity): CensusBySeverity =>
		censusOf((severity) => {
			const own = reported[severity] ?? Number.NaN;
			const before = areaReported[severity];
			const part =
				before > 0
					? own / before
					: Number.isNaN(own) || total === 0
						? Number.NaN
						: ownTotal / total;
			return path[severity].map((people) => people * part);
		});
	return {
		firstDay: area.firstDay,
		days: area.days,
		method: area.method,
		bySeverity: scaled(area.bySeverity),
		...(area.low && { low: scaled(area.low) }),
		...(area.high && { high: scaled(area.high) }),
	};
}

/** Beds for patients with COVID-19; null: not capped. */
export interface CensusBeds {
	/** For all who are not critical. */
	ward: number | null;
	/** For the critical. */
	intensive: number | null;
}

/** Who has a bed, and who would need one and has none. */
export interface BeddedPath {
	inBed: CensusPath;
	/** Median path only; NaN where the census is not known. */
	waiting: CensusBySeverity;
}

/**
 * Patients in bed when there are no more beds than these: the gravest first, so that more patients never take oxygen and staff from the
 * grave ones. A severity that is not known leaves the beds to the others.
 */
export function withBeds(path: CensusPath, beds: CensusBeds): BeddedPath {
	const ward = beds.ward ?? Number.POSITIVE_INFINITY;
	const intensive = beds.intensive ?? Number.POSITIVE_INFINITY;
	const capped = (census: CensusBySeverity): CensusBySeverity => {
		const result = censusOf(() => new Float64Array(path.days));
		for (let day = 0; day < path.days; day++) {
			result.critical[day] = Math.min(census.critical[day], intensive);
			let free = ward;
			for (const severity of ["severe", "moderate", "mild"] as const) {
				const taken = Math.min(census[severity][day], free);
				result[severity][day] = taken;
				if (taken > 0) free -= taken;
			}
		}
		return result;
	};
	const bySeverity = capped(path.bySeverity);
	return {
		inBed: {
			...path,
			bySeverity,
			...(path.low && { low: capped(path.low) }),
			...(path.high && { high: capped(path.high) }),
		},
		waiting: censusOf((severity) =>
			path.bySeverity[severity].map(
				(people, day) => people - bySeverity[severity][day],
			),
		),
	};
}

/**
 * Use of an item up to each day ahead, beside that of a day now: it follows severe and critical patients by what each uses; where none of these
 * is told, or none uses it, all patients, of the severities that are known both now and then.
 * @param reported people in hospital by severity now, `patients` all of them where no severity is told; NaN: not known
 * @param perSevere what one severe patient uses a day, `perCritical` one critical
 * @returns cumulative, by days from 0 on (as StandingOptions growth takes it); NaN where the patients are not known
 */
export function growthOfUse(
	path: CensusPath,
	reported: BySeverity,
	patients: number,
	perSevere: number,
	perCritical: number,
): Float64Array {
	const now = perSevere * reported.severe + perCritical * reported.critical;
	const told = SEVERITIES.filter((one) => !Number.isNaN(reported[one]));
	const { severe, critical } = path.bySeverity;
	const growth = new Float64Array(path.days + 1);
	for (let day = 0; day < path.days; day++) {
		const ahead = (told.length > 0 ? told : SEVERITIES).filter(
			(one) => !Number.isNaN(path.bySeverity[one][day]),
		);
		const before =
			told.length > 0
				? ahead.reduce((sum, one) => sum + reported[one], 0)
				: patients;
		const share =
			now > 0
				? (perSevere * severe[day] + perCritical * critical[day]) / now
				: ahead.length > 0 && before > 0
					? ahead.reduce((sum, one) => sum + path.bySeverity[one][day], 0) /
						before
					: Number.NaN;
		growth[day + 1] = growth[day] + share;
	}
	return growth;
}
