/** What a facility is. */
export const FACILITY_KINDS = ["hospital", "laboratory", "warehouse"] as const;
export type FacilityKind = (typeof FACILITY_KINDS)[number];

/**
 * What a hospital states for a day; others leave these empty. Counts, except oxygen (m3). `patients_` are people with COVID-19 in a bed, by
 * severity; `emergency_free` beds free for them in the emergency room and `emergency_queue` those who wait for one; `classN_free` free beds
 * for others. Staff are people who looked after patients with COVID-19 on the day, all shifts together, and beside them those whom the
 * facility itself says that it needed.
 */
export const HOSPITAL_COLUMNS = [
	"beds",
	"beds_occupied",
	"icu_beds",
	"icu_occupied",
	"ventilators",
	"ventilators_used",
	"patients_confirmed",
	"admissions",
	"isolation_beds",
	"isolation_occupied",
	"patients_mild",
	"patients_moderate",
	"patients_severe",
	"patients_critical",
	"emergency_free",
	"emergency_queue",
	"class1_free",
	"class2_free",
	"class3_free",
	"doctors",
	"doctors_needed",
	"nurses",
	"nurses_needed",
	"other_workers",
	"other_workers_needed",
	"stock_gown",
	"stock_respirator",
	"stock_mask",
	"stock_gloves",
	"stock_face_shield",
	"stock_oxygen_m3",
] as const;

/**
 * What a laboratory states for a day; others leave these empty. Counts; staff are those who examined specimens on the day. `extraction` is
 * specimens a day, `pcr_machines` those that work, `pcr_runs` plates that one of them runs in a day, `specimens_per_worker` what one person
 * examines in a day: with the staff present, what the capacity is made of (core/logistics/laboratory).
 */
export const LABORATORY_COLUMNS = [
	"capacity",
	"extraction",
	"pcr_machines",
	"pcr_runs",
	"specimens_per_worker",
	"specimens_received",
	"tests_done",
	"positives",
	"backlog",
	"laboratory_staff",
	"laboratory_staff_needed",
	"stock_reagent",
	"stock_vtm",
] as const;

/** Groups of staff by the kind of facility: each a column of those present and, with `_needed` behind it, one of those needed. */
export const STAFF_GROUPS = {
	hospital: ["doctors", "nurses", "other_workers"],
	laboratory: ["laboratory_staff"],
	warehouse: [],
} as const satisfies Record<FacilityKind, readonly string[]>;
export type StaffGroup = (typeof STAFF_GROUPS)[FacilityKind][number];

/** All that a facility of any kind may state for a day, in the order of the feed. */
export const REPORT_COLUMNS = [
	...HOSPITAL_COLUMNS,
	...LABORATORY_COLUMNS,
] as const;
export type ReportColumn = (typeof REPORT_COLUMNS)[number];

/** What each kind may state for a day. */
export const COLUMNS_OF: Readonly<
	Record<FacilityKind, readonly ReportColumn[]>
> = {
	hospital: HOSPITAL_COLUMNS,
	laboratory: LABORATORY_COLUMNS,
	warehouse: REPORT_COLUMNS.filter((column) => column.startsWith("stock_")),
};

/**
 * For so many days the last report stands for a facility that sends no new one, with its age beside it. What is older says nothing of
 * today: a bed that was free eight days ago is not offered to anybody.
 */
export const REPORT_HOLDS_DAYS = 7;
