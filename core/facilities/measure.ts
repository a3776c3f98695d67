import type { FacilityKind, ReportColumn } from "./report.ts";

/** What can be told of each facility by one number; of two columns of one report the quotient. */
interface FacilityMeasureDefinition {
	readonly key: string;
	readonly kind: FacilityKind;
	/** "share": 1 is full, more than 1 is possible; "days": of work at full capacity. */
	readonly unit: "count" | "share" | "days";
	readonly of: ReportColumn;
	readonly per?: ReportColumn;
	/** What is counted is among what it is a share of: of more of it there is none. Beds can hold more than they are made for. */
	readonly isPart?: true;
}

export const FACILITY_MEASURES = [
	{ key: "beds", kind: "hospital", unit: "count", of: "beds" },
	{
		key: "beds-occupied",
		kind: "hospital",
		unit: "count",
		of: "beds_occupied",
	},
	{
		key: "bed-occupancy",
		kind: "hospital",
		unit: "share",
		of: "beds_occupied",
		per: "beds",
	},
	{ key: "icu-beds", kind: "hospital", unit: "count", of: "icu_beds" },
	{
		key: "icu-occupancy",
		kind: "hospital",
		unit: "share",
		of: "icu_occupied",
		per: "icu_beds",
	},
	{ key: "ventilators", kind: "hospital", unit: "count", of: "ventilators" },
	{
		key: "ventilator-use",
		kind: "hospital",
		unit: "share",
		of: "ventilators_used",
		per: "ventilators",
	},
	{
		key: "patients-confirmed",
		kind: "hospital",
		unit: "count",
		of: "patients_confirmed",
	},
	{
		key: "isolation-occupancy",
		kind: "hospital",
		unit: "share",
		of: "isolation_occupied",
		per: "isolation_beds",
	},
	{
		key: "emergency-free",
		kind: "hospital",
		unit: "count",
		of: "emergency_free",
	},
	{
		key: "emergency-queue",
		kind: "hospital",
		unit: "count",
		of: "emergency_queue",
	},
	{ key: "admissions", kind: "hospital", unit: "count", of: "admissions" },
	{ key: "capacity", kind: "laboratory", unit: "count", of: "capacity" },
	{ key: "tests-done", kind: "laboratory", unit: "count", of: "tests_done" },
	{
		key: "capacity-use",
		kind: "laboratory",
		unit: "share",
		of: "tests_done",
		per: "capacity",
	},
	{
		key: "positivity",
		kind: "laboratory",
		unit: "share",
		of: "positives",
		per: "tests_done",
		isPart: true,
	},
	{ key: "backlog", kind: "laboratory", unit: "count", of: "backlog" },
	{
		key: "backlog-days",
		kind: "laboratory",
		unit: "days",
		of: "backlog",
		per: "capacity",
	},
] as const satisfies readonly FacilityMeasureDefinition[];
export type FacilityMeasure = (typeof FACILITY_MEASURES)[number]["key"];

/** The columns that a measure is told from. */
export function columnsOf({
	of,
	per,
}: Pick<FacilityMeasureDefinition, "of" | "per">): readonly ReportColumn[] {
	return per === undefined ? [of] : [of, per];
}

export function facilityMeasure(
	key: FacilityMeasure,
): FacilityMeasureDefinition {
	return FACILITY_MEASURES.find(
		(measure) => measure.key === key,
	) as FacilityMeasureDefinition;
}

/**
 * One number of a report.
 * @param stated what the report states by column; null or undefined: not stated
 * @returns NaN where the report does not tell it: not stated, a share of nothing, or a part that is more than the whole
 */
export function measured(
	{ of, per, isPart }: Pick<FacilityMeasureDefinition, "of" | "per" | "isPart">,
	stated: (column: ReportColumn) => number | null | undefined,
): number {
	const value = stated(of) ?? Number.NaN;
	if (per === undefined) return value;
	const whole = stated(per) ?? Number.NaN;
	return whole > 0 && !(isPart && value > whole) ? value / whole : Number.NaN;
}
