/**
 * From what an area has reported to its patients ahead: the models of core/epidemic, joined to the patients that its hospitals told of last.
 *
 * A model says how patients grow; how many there are is what hospitals report. So each severity of the last reports is multiplied by what the
 * model grows by from that day on: mild, moderate and severe by its patients outside intensive care, critical by those in it.
 */

import {
	type ChimeRefusal,
	type DispositionKey,
	projectChime,
} from "../epidemic/chime.ts";
import { hospitalDemandOf } from "../epidemic/hospital-demand.ts";
import type { NotEstimableReason } from "../epidemic/not-estimable.ts";
import { type Bands, projectRenewal } from "../epidemic/renewal-projection.ts";
import { estimateReproductionNumber } from "../epidemic/reproduction-number.ts";
import { discretiseSerialInterval } from "../epidemic/serial-interval.ts";
import { NISHIURA_UNCERTAINTY } from "../epidemic/uncertain-serial-interval.ts";
import type { Day } from "../series/day.ts";
import { createRandom } from "../statistics/random.ts";
import type {
	CensusChoice,
	ChimeChoice,
	RenewalChoice,
} from "./census-choice.ts";
import {
	type CensusBySeverity,
	type CensusPath,
	censusOf,
	heldAsReported,
	pathOfWeeks,
} from "./census-path.ts";
import {
	type BySeverity,
	SEVERITIES,
	type Severity,
} from "./needs-scenario.ts";

/** What is known on the day from which is projected. */
export interface CensusBasis {
	/** The day of the reports, the last one before the path. */
	day: Day;
	/** People in hospital by severity, of all hospitals that reported; NaN: nobody told. */
	reported: BySeverity;
	/** All people in hospital with COVID-19; NaN: nobody told. */
	patients: number;
	population: number | null;
	/** New cases by day up to `day`, NaN: not reported; the last value is that of `day`. */
	cases: Float64Array;
}

/** Reports older than this say nothing of today, days. */
const OLDEST_CASES = 7;
const SEED = 1;
/** The widths that planners are shown. */
const LEVELS = [0.5, 0.9] as const;
/** Renewal holds R as it is: beyond four weeks it is a "what if", not a forecast. */
export const RENEWAL_TRUSTED_DAYS = 28;

export type CensusRefusal =
	| ChimeRefusal["reason"]
	| NotEstimableReason
	| "too-short"
	/** No case was reported in the last week. */
	| "no-recent-report"
	/** No hospital told how many patients it has. */
	| "census-not-reported"
	/** Hospitals report nobody in hospital: what grows from nothing is not told by these models. */
	| "no-patients"
	| "no-population"
	/** A parameter that the model cannot take. */
	| "out-of-range";

/** People whom a model has in hospital on the day of the reports, before they are joined to what hospitals report. */
export interface Modelled {
	ward: number;
	intensive: number;
}

/** What a fit of CHIME found, and its own series from the day of the reports on. */
export interface ChimeFound {
	doublingTime: number;
	daysSinceFirst: number;
	basicReproduction: number;
	mitigatedReproduction: number;
	/** Index 0 is the day of the reports. People. */
	census: Record<DispositionKey, Float64Array>;
	admissions: Record<DispositionKey, Float64Array>;
}

/** What the renewal projection found, and its own series from the day after the reports on. */
export interface RenewalFound {
	reproduction: { mean: number; low: number; high: number };
	/** R that was asked for by a doubling time; null: as it is. */
	reproductionAsked: number | null;
	cases: Bands;
	admissions: Bands;
	wardCensus: Bands;
	icuCensus: Bands;
	/** Cases by day are taken up to this many days before the day of the reports. */
	casesAge: number;
}

export type CensusProjection =
	| {
			status: "projected";
			path: CensusPath;
			/** Between these with a probability of 50 %; the path has those of 90 %. */
			half?: { low: CensusBySeverity; high: CensusBySeverity };
			/** Days of the path for which the model is meant; null: as long as what it rests on holds. */
			trustedDays: number | null;
			/** Of a model that starts from cases or a fit: beside what hospitals report it shows how far the two are apart. */
			modelled?: Modelled;
			chime?: ChimeFound;
			renewal?: RenewalFound;
	  }
	| {
			status: "refused";
			reason: CensusRefusal;
			/** Of a fit that is refused. */
			doublingTime: number | null;
			explanation: string;
	  };

/** R of a serial interval at which cases double in so many days: 1 / Σ w(s) 2^(-s / days) (Wallinga & Lipsitch 2007, Proc R Soc B 274:599). */
export function reproductionOfDoubling(
	serialInterval: ArrayLike<number>,
	days: number,
): number {
	let sum = 0;
	for (let s = 1; s < serialInterval.length; s++)
		sum += serialInterval[s] * 2 ** (-s / days);
	return 1 / sum;
}

/** Patients of a model outside and in intensive care, by day. */
interface ModelledAhead {
	ward: Float64Array;
	intensive: Float64Array;
}

/**
 * The severities of the last reports, each growing as the model does. Where hospitals tell no severity, the model's own patients: those
 * outside intensive care as severe and those in it as critical. Of critical patients where there were none, as many as the model has for its
 * others.
 * @param now the model's patients on the day of the reports
 * @param growing what those outside intensive care grow by, where it is another series than the model's patients there
 */
function anchored(
	reported: BySeverity,
	now: Modelled,
	ahead: ModelledAhead,
	growing: { now: number; ahead: Float64Array } = {
		now: now.ward,
		ahead: ahead.ward,
	},
): CensusBySeverity {
	const wards = (["mild", "moderate", "severe"] as const).filter(
		(severity) => !Number.isNaN(reported[severity]),
	);
	if (wards.length === 0 && Number.isNaN(reported.critical))
		return censusOf((severity) =>
			severity === "severe"
				? ahead.ward
				: severity === "critical"
					? ahead.intensive
					: ahead.ward.map(() => Number.NaN),
		);
	const onWards = wards.reduce((sum, severity) => sum + reported[severity], 0);
	const ward = now.ward > 0 ? now.ward : Number.NaN;
	const intensive = now.intensive > 0 ? now.intensive : Number.NaN;
	return censusOf((severity) => {
		const had = reported[severity];
		if (severity !== "critical")
			return growing.ahead.map((people) =>
				growing.now > 0 ? (people * had) / growing.now : Number.NaN,
			);
		const each = had === 0 ? onWards / ward : had / intensive;
		return ahead.intensive.map((people) => people * each);
	});
}

function refused(
	reason: CensusRefusal,
	explanation: string,
	doublingTime: number | null = null,
): CensusProjection {
	return { status: "refused", reason, explanation, doublingTime };
}

/** All people in hospital, by severity where it is told. NaN: nobody told. */
function patientsOf({ reported, patients }: CensusBasis): number {
	const told = SEVERITIES.filter((one) => !Number.isNaN(reported[one]));
	return told.length > 0
		? told.reduce((sum, one) => sum + reported[one], 0)
		: patients;
}

function byChime(
	basis: CensusBasis,
	choice: ChimeChoice,
	days: number,
): CensusProjection {
	const patients = patientsOf(basis);
	if (basis.population === null)
		return refused("no-population", "No population is known of the area.");
	if (patients === 0)
		return refused("no-patients", "Hospitals report nobody in hospital.");
	const result = projectChime({
		population: basis.population,
		marketShare: choice.marketShare,
		infectiousDays: choice.infectiousDays,
		recovered: choice.recovered,
		relativeContactRate: choice.contactReduction,
		mitigationDate: choice.mitigation ?? undefined,
		currentDate: basis.day,
		currentHospitalized: patients,
		days,
		dispositions: choice.dispositions,
		fit:
			choice.fit.by === "doubling-time"
				? choice.fit
				: { by: "first-hospitalized", date: choice.fit.day },
	});
	if (result.status === "refused")
		return refused(
			result.reason,
			result.explanation,
			"doublingTime" in result ? result.doublingTime : null,
		);
	const { fit } = result;
	const today = fit.daysSinceFirst;
	const fromToday = (series: Record<DispositionKey, Float64Array>) => ({
		hospitalized: series.hospitalized.slice(today, today + days + 1),
		icu: series.icu.slice(today, today + days + 1),
		ventilated: series.ventilated.slice(today, today + days + 1),
	});
	const census = fromToday(fit.series.census);
	// The tool's "hospitalized" are all in hospital, in intensive care for longer than in hospital by its defaults: once fewer are admitted the
	// difference falls below nobody and rises again. So it stands only where nobody tells who is on wards, and wards grow as all do.
	const ward = census.hospitalized.map((all, day) =>
		Math.max(0, all - census.icu[day]),
	);
	const modelled = { ward: ward[0], intensive: census.icu[0] };
	return {
		status: "projected",
		modelled,
		path: {
			firstDay: basis.day + 1,
			days,
			method: "chime",
			bySeverity: anchored(
				basis.reported,
				modelled,
				{
					ward: ward.slice(1),
					intensive: census.icu.slice(1),
				},
				{
					now: census.hospitalized[0],
					ahead: census.hospitalized.slice(1),
				},
			),
		},
		trustedDays: null,
		chime: {
			doublingTime: fit.doublingTime,
			daysSinceFirst: today,
			basicReproduction: fit.basicReproduction,
			mitigatedReproduction: fit.mitigatedReproduction,
			census,
			admissions: fromToday(fit.series.admits),
		},
	};
}

function byRenewal(
	basis: CensusBasis,
	choice: RenewalChoice,
	days: number,
	told: (done: number, of: number) => boolean,
): CensusProjection | null {
	if (patientsOf(basis) === 0)
		return refused("no-patients", "Hospitals report nobody in hospital.");
	const { cases } = basis;
	const first = cases.findIndex((value) => !Number.isNaN(value));
	let end = cases.length;
	while (end > 0 && Number.isNaN(cases[end - 1])) end--;
	const late = cases.length - end;
	if (first < 0 || late > OLDEST_CASES)
		return refused(
			"no-recent-report",
			`No new cases are known of the last ${OLDEST_CASES} days.`,
		);
	const incidence = cases.slice(first, end);
	const { mean, sd } = NISHIURA_UNCERTAINTY;
	let factor = 1;
	let asked: number | null = null;
	if (choice.doublingDays !== null) {
		const serialInterval = discretiseSerialInterval(
			mean.mean,
			sd.mean,
			incidence.length + days,
		);
		asked = reproductionOfDoubling(serialInterval, choice.doublingDays);
		const [now] = estimateReproductionNumber({
			local: incidence,
			serialInterval,
			windows: [{ first: incidence.length - 7, last: incidence.length - 1 }],
		});
		if (now?.status === "estimated") factor = asked / now.mean;
	}
	const projection = projectRenewal(
		{
			incidence,
			serialInterval: NISHIURA_UNCERTAINTY,
			horizonDays: days + late,
			reproductionFactors: [factor],
			hospital: choice.hospital,
			levels: LEVELS,
		},
		createRandom(SEED),
		told,
	);
	if (projection === null) return null;
	if (projection.status === "not-projected")
		return refused(
			projection.reason,
			"The cases of the last week do not tell how fast it spreads.",
		);
	const { admissions, wardCensus, icuCensus } = projection;
	if (!admissions || !wardCensus || !icuCensus)
		throw new Error("a projection with hospital parameters has its census");
	const modelled = hospitalDemandOf(choice.hospital)(
		incidence.map((value) => (Number.isNaN(value) ? 0 : value)),
	);
	// The model's patients of the day of the reports: of a late series those it projects for that day.
	const now: Modelled =
		late === 0
			? {
					ward: modelled.wardCensus.at(-1) as number,
					intensive: modelled.icuCensus.at(-1) as number,
				}
			: {
					ward: wardCensus.median[late - 1],
					intensive: icuCensus.median[late - 1],
				};
	const of = (ward: Float64Array, intensive: Float64Array) =>
		anchored(basis.reported, now, {
			ward: ward.slice(late),
			intensive: intensive.slice(late),
		});
	const [half, wide] = LEVELS.map((_, level) => ({
		low: of(wardCensus.bands[level].low, icuCensus.bands[level].low),
		high: of(wardCensus.bands[level].high, icuCensus.bands[level].high),
	}));
	const { reproduction } = projection;
	return {
		status: "projected",
		path: {
			firstDay: basis.day + 1,
			days,
			method: "renewal",
			bySeverity: of(wardCensus.median, icuCensus.median),
			low: wide.low,
			high: wide.high,
		},
		half,
		modelled: now,
		trustedDays: RENEWAL_TRUSTED_DAYS,
		renewal: {
			reproduction: {
				mean: reproduction.mean,
				low: reproduction.quantiles[0],
				high: reproduction.quantiles.at(-1) as number,
			},
			reproductionAsked: asked,
			cases: since(projection.incidence, late),
			admissions: since(admissions, late),
			wardCensus: since(wardCensus, late),
			icuCensus: since(icuCensus, late),
			casesAge: late,
		},
	};
}

function since({ median, bands }: Bands, days: number): Bands {
	return {
		median: median.slice(days),
		bands: bands.map(({ level, low, high }) => ({
			level,
			low: low.slice(days),
			high: high.slice(days),
		})),
	};
}

/**
 * Patients ahead of an area, from the day after the reports on.
 * @param days of the path, 1 to 365
 * @param told how far it is; false ends it, and null is returned
 * @throws ModelInputError, RangeError for a parameter outside its range
 */
export function projectCensus(
	basis: CensusBasis,
	choice: CensusChoice,
	days: number,
	told: (done: number, of: number) => boolean = () => true,
): CensusProjection | null {
	const firstDay = basis.day + 1;
	if (choice.method === "hand")
		return {
			status: "projected",
			path: pathOfWeeks(
				choice.weeks.map((week) =>
					ofSeverities((severity) => week[severity] ?? Number.NaN),
				),
				firstDay,
				days,
			),
			trustedDays: null,
		};
	if (Number.isNaN(patientsOf(basis)))
		return refused(
			"census-not-reported",
			"No hospital told how many patients it has.",
		);
	if (choice.method === "held")
		return {
			status: "projected",
			path: heldAsReported(basis.reported, firstDay, days),
			trustedDays: null,
		};
	return choice.method === "chime"
		? byChime(basis, choice, days)
		: byRenewal(basis, choice, days, told);
}

/** One number for each severity. */
export function ofSeverities(of: (severity: Severity) => number): BySeverity {
	return Object.fromEntries(
		SEVERITIES.map((severity) => [severity, of(severity)]),
	) as BySeverity;
}
