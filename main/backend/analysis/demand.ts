import type { Demand, DemandOutcome } from "../../../core/api/demand.ts";
import type { Bands } from "../../../core/epidemic/renewal-projection.ts";
import type { CensusChoice } from "../../../core/logistics/census-choice.ts";
import {
	type CensusBySeverity,
	type CensusPath,
	facilityPath,
	withBeds,
} from "../../../core/logistics/census-path.ts";
import type { CensusProjection } from "../../../core/logistics/census-projection.ts";
import {
	type BySeverity,
	SEVERITIES,
} from "../../../core/logistics/needs-scenario.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	CallStopped,
	Thread,
	ThreadFailure,
	threadFile,
} from "../../../machine/thread/thread.ts";
import type {
	AreaBasis,
	DemandReading,
	ReportedBeds,
} from "../query/demand.ts";
import type { DemandMethods, DrawsDone } from "./demand-methods.ts";

/** What is asked of patients ahead. */
export interface DemandAsked {
	choice: CensusChoice;
	days: number;
	/** Whether patients are counted in bed with no more beds than are reported. */
	capped: boolean;
}

/** Patients ahead as they are computed with: not yet in bed, and as the answer that a screen is given. */
export interface ProjectedDemand {
	basis: AreaBasis;
	projection: CensusProjection;
	/** Of the area, or of the facility asked for; null: refused. */
	path: CensusPath | null;
	outcome: DemandOutcome;
}

/** Projects patients in a thread of its own, one question after another, and keeps what it found for a publication. */
export interface DemandProjector {
	/** @throws CallStopped when whoever asked wants it no more */
	project(
		reading: DemandReading,
		asked: DemandAsked,
		keptAs: string,
		signal: AbortSignal,
		onProgress: (progress: DrawsDone) => void,
	): Promise<ProjectedDemand>;
	close(): Promise<void>;
}

const KEPT = 60;

export function createDemandProjector(): DemandProjector {
	const thread = new Thread<DemandMethods, DrawsDone>({
		file: threadFile("demand-worker", import.meta.url),
		name: "the thread that projects patients",
		restarts: true,
	});
	/** By publication and question; the one asked for longest ago is the first to go. */
	const kept = new Map<string, CensusProjection>();

	async function projectionOf(
		{ area, basis }: AreaBasis,
		{ choice, days }: DemandAsked,
		keptAs: string,
		signal: AbortSignal,
		onProgress: (progress: DrawsDone) => void,
	): Promise<CensusProjection> {
		const key = `${keptAs} ${area} ${basis.day} ${days} ${JSON.stringify(choice)}`;
		const found = kept.get(key);
		const projection =
			found ??
			(await thread
				.call("project", { basis, choice, days }, { signal, onProgress })
				.catch((error: Error): CensusProjection => {
					if (
						error instanceof ThreadFailure &&
						["ModelInputError", "RangeError"].includes(error.name)
					)
						return {
							status: "refused",
							reason: "out-of-range",
							doublingTime: null,
							explanation: error.message,
						};
					throw error;
				}));
		if (projection === null) throw new CallStopped("projection was stopped");
		kept.delete(key);
		kept.set(key, projection);
		for (const oldest of kept.keys()) {
			if (kept.size <= KEPT) break;
			kept.delete(oldest);
		}
		return projection;
	}

	return {
		async project(reading, asked, keptAs, signal, onProgress) {
			const { facility } = reading;
			const byHand = asked.choice.method === "hand";
			let first: ProjectedDemand | null = null;
			// A hospital follows the nearest area above it that tells how patients grow.
			for (const basis of reading.areas) {
				const projection = await projectionOf(
					basis,
					asked,
					keptAs,
					signal,
					onProgress,
				);
				const of = (path: CensusPath) =>
					facility && !byHand
						? facilityPath(path, basis.basis.reported, facility.reported)
						: path;
				const refused = facility && noCensusOf(facility, asked.choice);
				const found = demandOf(
					basis,
					refused || projection,
					of,
					asked.capped ? (facility?.beds ?? basis.beds) : null,
				);
				first ??= found;
				if (found.outcome.status === "projected") return found;
			}
			return first as ProjectedDemand;
		},
		close: () => thread.close(),
	};
}

/** Why a hospital has no path whatever its area does. */
function noCensusOf(
	facility: { reported: BySeverity; patients: number },
	choice: CensusChoice,
): CensusProjection | null {
	if (choice.method === "hand") return null;
	return SEVERITIES.every((one) => Number.isNaN(facility.reported[one]))
		? {
				status: "refused",
				reason: "census-not-reported",
				doublingTime: null,
				explanation:
					"The hospital did not tell how many patients of each severity it has.",
			}
		: null;
}

function demandOf(
	basis: AreaBasis,
	projection: CensusProjection,
	of: (path: CensusPath) => CensusPath,
	beds: ReportedBeds | null,
): ProjectedDemand {
	if (projection.status === "refused")
		return {
			basis,
			projection,
			path: null,
			outcome: projection,
		};
	const path = of(projection.path);
	const half =
		projection.half && of({ ...projection.path, ...projection.half });
	const cap = {
		ward: beds && !Number.isNaN(beds.ward) ? beds.ward : null,
		intensive: beds && !Number.isNaN(beds.intensive) ? beds.intensive : null,
	};
	const bedded = withBeds(path, cap);
	const inHalf = half && withBeds(half, cap).inBed;
	const { inBed } = bedded;
	const total = totalOf(inBed.bySeverity);
	const wide = bandOf(inBed);
	const narrow = inHalf ? bandOf(inHalf) : null;
	const { chime, renewal, trustedDays } = projection;
	return {
		basis,
		projection,
		path,
		outcome: {
			status: "projected",
			firstDay: path.firstDay,
			days: path.days,
			census: told(inBed.bySeverity),
			total: line(total),
			wide: wide && { low: told(wide.low), high: told(wide.high) },
			half: narrow && { low: told(narrow.low), high: told(narrow.high) },
			totalWide: wide && {
				low: line(totalOf(wide.low)),
				high: line(totalOf(wide.high)),
			},
			totalHalf: narrow && {
				low: line(totalOf(narrow.low)),
				high: line(totalOf(narrow.high)),
			},
			waiting: beds ? told(bedded.waiting) : null,
			peak: peakOf(total, path.firstDay),
			trustedDays,
			modelled: projection.modelled ?? null,
			chime: chime
				? {
						doublingTime: chime.doublingTime,
						daysSinceFirst: chime.daysSinceFirst,
						basicReproduction: chime.basicReproduction,
						mitigatedReproduction: chime.mitigatedReproduction,
						census: byDisposition(chime.census),
						admissions: byDisposition(chime.admissions),
					}
				: null,
			renewal: renewal
				? {
						reproduction: renewal.reproduction,
						reproductionAsked: renewal.reproductionAsked,
						casesAge: renewal.casesAge,
						cases: bands(renewal.cases),
						admissions: bands(renewal.admissions),
						wardCensus: bands(renewal.wardCensus),
						icuCensus: bands(renewal.icuCensus),
					}
				: null,
		},
	};
}

function bandOf({ low, high }: CensusPath) {
	return low && high ? { low, high } : null;
}

/** All severities of each day that are known; NaN: none is. */
export function totalOf(census: CensusBySeverity): Float64Array {
	return census.severe.map((_, day) => {
		const known = SEVERITIES.filter((one) => !Number.isNaN(census[one][day]));
		return known.length === 0
			? Number.NaN
			: known.reduce((sum, one) => sum + census[one][day], 0);
	});
}

function peakOf(
	total: Float64Array,
	firstDay: Day,
): { day: Day; people: number } | null {
	let peak: { day: Day; people: number } | null = null;
	for (const [at, people] of total.entries())
		if (people > (peak?.people ?? -1)) peak = { day: firstDay + at, people };
	return peak;
}

function line(values: Float64Array): (number | null)[] {
	return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}

function told(census: CensusBySeverity) {
	return {
		mild: line(census.mild),
		moderate: line(census.moderate),
		severe: line(census.severe),
		critical: line(census.critical),
	};
}

function byDisposition(
	series: Record<"hospitalized" | "icu" | "ventilated", Float64Array>,
) {
	return {
		hospitalized: line(series.hospitalized),
		icu: line(series.icu),
		ventilated: line(series.ventilated),
	};
}

/** Median and the widest band, which is that of 90 %. */
function bands({ median, bands: all }: Bands) {
	const wide = all.at(-1);
	return {
		median: line(median),
		low: line(wide?.low ?? median),
		high: line(wide?.high ?? median),
	};
}

/** The answer to a question of `/api/demand`. */
export function demandAnswer(
	asked: {
		area: number;
		facility?: number | undefined;
		day: Day;
		census: CensusChoice;
	},
	{ basis, outcome }: ProjectedDemand,
): Demand {
	return {
		area: asked.area,
		facility: asked.facility ?? null,
		day: asked.day,
		method: asked.census.method,
		basis: basis.told,
		outcome,
	};
}
