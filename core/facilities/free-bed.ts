import type { ReportColumn } from "./report.ts";

/** Which kind of free bed is looked for. */
export const BED_KINDS = [
	"ward",
	"isolation",
	"icu",
	"ventilator",
	"emergency",
] as const;
export type BedKind = (typeof BED_KINDS)[number];

/** From this age (days) on a report of free beds is old: whoever refers a patient by it telephones first. */
export const OLD_AFTER_DAYS = 2;

/**
 * What a hospital states of one kind of bed. `free` is null where the report does not tell it, which is neither free nor full; below zero where
 * more people lie there than there are beds. `of` is how many there are; null: not stated.
 */
export interface FreeBeds {
	readonly free: number | null;
	readonly of: number | null;
}

/**
 * Free beds of a kind by a daily report.
 * - ward: beds less those taken, less the free ones of intensive care where these are told; of a hospital that states only free beds by class
 *   their sum (SIRANAP)
 * - ventilator: a free bed of intensive care and a free ventilator, so the smaller of the two
 * - emergency: free in the emergency room, as stated
 * @param stated what the report states by column; null or undefined: not stated
 */
export function freeBeds(
	kind: BedKind,
	stated: (column: ReportColumn) => number | null | undefined,
): FreeBeds {
	const of = (column: ReportColumn) => stated(column) ?? null;
	switch (kind) {
		case "ward": {
			const beds = of("beds");
			const all = less(beds, of("beds_occupied"));
			if (all !== null) {
				const icu = less(of("icu_beds"), of("icu_occupied"));
				return { free: all - Math.max(0, Math.min(icu ?? 0, all)), of: beds };
			}
			const classes = [of("class1_free"), of("class2_free"), of("class3_free")];
			return classes.every((one) => one === null)
				? { free: null, of: beds }
				: {
						free: classes.reduce<number>((sum, one) => sum + (one ?? 0), 0),
						of: beds,
					};
		}
		case "isolation":
			return {
				free: less(of("isolation_beds"), of("isolation_occupied")),
				of: of("isolation_beds"),
			};
		case "icu":
			return {
				free: less(of("icu_beds"), of("icu_occupied")),
				of: of("icu_beds"),
			};
		case "ventilator": {
			const bed = less(of("icu_beds"), of("icu_occupied"));
			const ventilator = less(of("ventilators"), of("ventilators_used"));
			const total = of("ventilators");
			// One of the two that is all taken decides, whatever the other is.
			if (bed !== null && bed <= 0) return { free: bed, of: total };
			if (ventilator !== null && ventilator <= 0)
				return { free: ventilator, of: total };
			return {
				free:
					bed === null || ventilator === null
						? null
						: Math.min(bed, ventilator),
				of: total,
			};
		}
		case "emergency":
			return { free: of("emergency_free"), of: null };
	}
}

function less(of: number | null, taken: number | null): number | null {
	return of === null || taken === null ? null : of - taken;
}
