import type Database from "better-sqlite3";
import type { DemandBasis } from "../../../core/api/demand.ts";
import type { FacilityState } from "../../../core/api/facilities.ts";
import {
	type CensusBasis,
	ofSeverities,
} from "../../../core/logistics/census-projection.ts";
import {
	type BySeverity,
	SEVERITIES,
} from "../../../core/logistics/needs-scenario.ts";
import type { Day } from "../../../core/series/day.ts";
import { definitionChangeOf } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { areas } from "./areas.ts";
import { facilities, facilityStates } from "./facilities.ts";
import { knownArea } from "./known-area.ts";
import { newCases } from "./new-cases.ts";
import { position } from "./position.ts";
import { Refusal } from "./refusal.ts";

/** Beds that patients with COVID-19 may have; NaN: nobody told. */
export interface ReportedBeds {
	ward: number;
	intensive: number;
}

/** What patients ahead of an area are projected from, for the models and as it is told. */
export interface AreaBasis {
	area: number;
	basis: CensusBasis;
	beds: ReportedBeds;
	told: DemandBasis;
}

export interface DemandReading {
	epoch: string;
	/** Of the rows, beside the publication (position). */
	stamp: string;
	/** The area asked for; of a facility the areas whose growth it may take, the nearest first. */
	areas: AreaBasis[];
	/** What the facility asked for reported last. */
	facility: {
		id: number;
		reported: BySeverity;
		patients: number;
		beds: ReportedBeds;
	} | null;
}

/** Reads what patients ahead of an area, or of a hospital in it, are projected from. @throws Refusal 404 for a hospital that is not in it */
export function demandReading(
	db: Database.Database,
	asked: {
		area: number;
		facility?: number | undefined;
		day: Day;
		asKnownOn: Day | null;
	},
): DemandReading {
	const { epoch, stamp } = position(db);
	const { day, asKnownOn } = asked;
	if (asked.facility === undefined) {
		return {
			epoch,
			stamp,
			areas: [areaBasis(db, asked.area, day, asKnownOn)],
			facility: null,
		};
	}
	const found = facilities(db, { kind: "hospital" }).find(
		({ id }) => id === asked.facility,
	);
	const above = found ? upFrom(db, found.area) : [];
	if (!found || !above.includes(asked.area))
		throw new Refusal(
			404,
			"facility",
			`facility: found ${asked.facility}, expected the id of a hospital of the area ${asked.area}`,
		);
	const nearest = above.map((area) => areaBasis(db, area, day, asKnownOn));
	const own = facilityStates(db, {
		kind: "hospital",
		area: found.area,
		day,
		asKnownOn,
	}).find(({ facility }) => facility === found.id);
	return {
		epoch,
		stamp,
		areas: nearest,
		facility: {
			id: found.id,
			reported: severitiesOf(own),
			patients: patientsOf(own),
			beds: bedsOf(own ? [own] : []),
		},
	};
}

/** An area and those above it, up to its province: of the country nothing follows for one hospital. */
function upFrom(db: Database.Database, area: number): number[] {
	const found = areas(db).find(({ id }) => id === area);
	if (!found || found.level === "nation") return [];
	return [found.id, ...(found.parent === null ? [] : upFrom(db, found.parent))];
}

function areaBasis(
	db: Database.Database,
	area: number,
	day: Day,
	asKnownOn: Day | null,
): AreaBasis {
	const { population } = knownArea(db, area);
	const states = facilityStates(db, { kind: "hospital", area, day, asKnownOn });
	const telling = states.filter((state) => !Number.isNaN(patientsOf(state)));
	const bySeverity = telling.filter((state) =>
		SEVERITIES.some((one) => !Number.isNaN(severitiesOf(state)[one])),
	);
	const reported = ofSeverities((severity) =>
		sumOfKnown(bySeverity.map((state) => severitiesOf(state)[severity])),
	);
	const patients = sumOfKnown(telling.map(patientsOf));
	const all = newCases(db, { area, asKnownOn });
	const length = Math.max(
		0,
		Math.min(all.cases.length, day - all.firstDay + 1),
	);
	// Days after the last one of the dataset are not reported, as those of a silent area are not.
	const cases = new Float64Array(Math.max(0, day - all.firstDay + 1)).fill(
		Number.NaN,
	);
	cases.set(all.cases.subarray(0, length));
	const beds = bedsOf(states);
	const ages = telling.flatMap(({ age }) => age ?? []);
	const names = new Map(
		telling.flatMap(({ sources }) => sources.map((one) => [one.key, one])),
	);
	return {
		area,
		beds,
		basis: { day, reported, patients, population, cases },
		told: {
			area,
			reported: nullable(reported),
			patients: orNull(patients),
			telling: telling.length,
			tellingSeverity: bySeverity.length,
			hospitals: states.length,
			oldest: ages.length > 0 ? Math.max(...ages) : null,
			sources: [...names.values()],
			population,
			cases: casesTold(all.firstDay, cases, all.marks),
			beds: {
				ward: orNull(beds.ward),
				intensive: orNull(beds.intensive),
				telling: states.filter(
					({ values }) => (values.isolation_beds ?? null) !== null,
				).length,
			},
		},
	};
}

const WEEK = 7;
const WEEKS_LOOKED_AT = 4;

function casesTold(
	firstDay: Day,
	cases: Float64Array,
	marks: Uint16Array,
): DemandBasis["cases"] {
	const first = cases.findIndex((value) => !Number.isNaN(value));
	let last = cases.length - 1;
	while (last >= 0 && Number.isNaN(cases[last])) last--;
	if (first < 0)
		return {
			firstDay: null,
			lastDay: null,
			lastWeek: null,
			weekDays: 0,
			shortWeeks: 0,
			definitionChange: null,
			marks: 0,
			missing: 0,
		};
	const week = (back: number) =>
		Array.from({ length: WEEK }, (_, at) => last - back * WEEK - at).filter(
			(at) => at >= first,
		);
	const known = week(0).filter((at) => !Number.isNaN(cases[at]));
	const short = Array.from({ length: WEEKS_LOOKED_AT }, (_, back) => week(back))
		.filter((days) => days.length > 0)
		.filter((days) =>
			days.some((at) => Number.isNaN(cases[at]) || marks[at] & MARKS.spread),
		);
	const change = definitionChangeOf("confirmed");
	return {
		firstDay: firstDay + first,
		lastDay: firstDay + last,
		lastWeek: sumOfKnown(known.map((at) => cases[at])),
		weekDays: known.length,
		shortWeeks: short.length,
		definitionChange:
			change !== null && change > firstDay + first && change <= firstDay + last
				? change
				: null,
		marks: week(0).reduce((all, at) => all | marks[at], 0),
		missing: cases
			.subarray(first, last + 1)
			.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0),
	};
}

function severitiesOf(state: FacilityState | undefined): BySeverity {
	return ofSeverities(
		(severity) => state?.values[`patients_${severity}`] ?? Number.NaN,
	);
}

/** All patients of a hospital: those of its severities, else those it states in one number. */
function patientsOf(state: FacilityState | undefined): number {
	const told = sumOfKnown(Object.values(severitiesOf(state)));
	return Number.isNaN(told)
		? (state?.values.patients_confirmed ?? Number.NaN)
		: told;
}

/** Beds of isolation, and beds of intensive care that no other patient has. */
function bedsOf(states: readonly FacilityState[]): ReportedBeds {
	return {
		ward: sumOfKnown(
			states.map(({ values }) => values.isolation_beds ?? Number.NaN),
		),
		intensive: sumOfKnown(
			states.map(({ values }) => {
				const others =
					(values.icu_occupied ?? Number.NaN) - (values.patients_critical ?? 0);
				return Math.max(
					0,
					(values.icu_beds ?? Number.NaN) -
						(Number.isNaN(others) ? 0 : Math.max(0, others)),
				);
			}),
		),
	};
}

/** Of those that are known; NaN when none is. */
function sumOfKnown(values: readonly number[]): number {
	const known = values.filter((value) => !Number.isNaN(value));
	return known.length === 0
		? Number.NaN
		: known.reduce((sum, value) => sum + value, 0);
}

function nullable(counts: BySeverity) {
	return {
		mild: orNull(counts.mild),
		moderate: orNull(counts.moderate),
		severe: orNull(counts.severe),
		critical: orNull(counts.critical),
	};
}

function orNull(value: number): number | null {
	return Number.isNaN(value) ? null : value;
}
