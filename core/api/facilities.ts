import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import {
	FACILITY_MEASURES,
	type FacilityMeasure,
} from "../facilities/measure.ts";
import { FACILITY_KINDS, REPORT_COLUMNS } from "../facilities/report.ts";
import {
	areaId,
	asKnown,
	day,
	facilityId,
	facilityKind,
	oneOf,
} from "./parameter.ts";
import { bytes, query } from "./route.ts";
import { SourceName } from "./sources.ts";

const facilityMeasure = oneOf<FacilityMeasure>(
	FACILITY_MEASURES.map(({ key }) => key),
);

/** What is read to tell the state of facilities. */
const STATES = ["facility", "facility_report", "file", "source"] as const;

const ReportColumn = z.enum(REPORT_COLUMNS);

/** A hospital, laboratory or warehouse. */
export const FacilityRow = z.object({
	id: z.int(),
	code: z.string(),
	kind: z.enum(FACILITY_KINDS),
	name: z.string(),
	/** Hospital class A to D; null: none is known. */
	class: z.string().nullable(),
	/** Named a COVID-19 referral hospital. */
	referral: z.boolean(),
	/** The kabupaten/kota in which it lies, or the province where no more is known. */
	area: z.int(),
	lat: z.number().nullable(),
	lng: z.number().nullable(),
	/** "facility": its own position; "area": the seat of its area stands for it, and others may stand there too; null: none. */
	placed: z.enum(["facility", "area"]).nullable(),
	/** Who gave its own position. */
	positionSource: SourceName.nullable(),
	/** Registered beds by type ("total", "icu", "isolation", …), which need not be those of a daily report; only types that are stated. */
	beds: z.record(z.string(), z.int()),
});
export type FacilityRow = z.infer<typeof FacilityRow>;

/** One measure of a facility, and whose report of which day tells it. */
export const ToldMeasure = z.object({
	/** Null: what is stated makes no such number (a share of no beds). */
	value: z.number().nullable(),
	day: z.int(),
	/** Days from that day to the day asked for. */
	age: z.int(),
	/** The day on which it became known. */
	asOf: z.int(),
	source: SourceName.nullable(),
});
export type ToldMeasure = z.infer<typeof ToldMeasure>;

/** What a facility stated last, as of a day: the newest report of that day or of at most `REPORT_HOLDS_DAYS` (core/facilities) before. */
export const FacilityState = z.object({
	facility: z.int(),
	area: z.int(),
	/** The day of the report; null: none that still holds. */
	day: z.int().nullable(),
	/** Days from the day of the report to the day asked for, 0: of the day itself; null as `day`. */
	age: z.int().nullable(),
	/** The day on which it became known, which a correction makes later; null as `day`. */
	asOf: z.int().nullable(),
	/** Whose report it is, the one asked first at the head; of several each says something that none before it does. */
	sources: SourceName.array(),
	/** What that report states, by column; null: not reported. Columns of other kinds are left out. */
	values: z.partialRecord(ReportColumn, z.number().nullable()),
	/**
	 * What is computed, by key, of the kind of facility alone; null: no report that still holds tells it. Each has a day and a source of its own:
	 * a source that speaks of something else takes nothing back, and of two sources no number of one is divided by a number of the other.
	 */
	measures: z.record(z.string(), ToldMeasure.nullable()),
});
export type FacilityState = z.infer<typeof FacilityState>;

/**
 * The body of /api/facilities/cube: `facilities * days` Float32 (little-endian; counts are exact to 2^24; NaN: not reported, or too long
 * ago), facility-major (`value[facility * days + day]`), then `facilities * days` Uint8: how many days old the report is (0: of the day
 * itself; 255: there is none). The order is that of /api/facilities, of the kind. A value stands on the days after its report until the
 * next, at most `REPORT_HOLDS_DAYS`, so that a mark can pale with age and then say "not reported".
 */
export const FacilityCubeHeader = z.object({
	kind: z.enum(FACILITY_KINDS),
	measure: z.enum(FACILITY_MEASURES.map(({ key }) => key)),
	unit: z.enum(["count", "share", "days"]),
	/** The first day on which any facility of the kind reported. */
	firstDay: z.int(),
	days: z.int(),
	facilities: z.int(),
	seq: z.int(),
});
export type FacilityCubeHeader = z.infer<typeof FacilityCubeHeader>;

/** One facility over all days of its kind; arrays are parallel and `firstDay` is their first. Nothing is carried on to a silent day. */
export const FacilitySeries = z.object({
	facility: z.int(),
	firstDay: z.int(),
	days: z.int(),
	values: z.partialRecord(ReportColumn, z.number().nullable().array()),
	measures: z.record(z.string(), z.number().nullable().array()),
	sources: SourceName.array(),
});
export type FacilitySeries = z.infer<typeof FacilitySeries>;

export const Facilities = query({
	path: "/api/facilities",
	about: "Hospitals, laboratories and warehouses, in order of id.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: ["facility", "area", "source"],
	request: z.strictObject({ kind: facilityKind.optional() }),
	answer: FacilityRow.array(),
});

export const FacilityStates = query({
	path: "/api/facilities/state",
	about:
		"What the facilities of a kind in an area stated last, as of a day, in order of id.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: STATES,
	request: z.strictObject({
		kind: facilityKind,
		area: areaId,
		day,
		as_known: asKnown,
	}),
	answer: FacilityState.array(),
});

export const FacilityCube = query({
	path: "/api/facilities/cube",
	about:
		"One measure of all facilities of a kind on all days, with the age of the report that tells it.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: STATES,
	request: z.strictObject({ measure: facilityMeasure, as_known: asKnown }),
	answer: bytes(FacilityCubeHeader),
});

export const FacilitySeriesOf = query({
	path: "/api/facilities/series",
	about:
		"What one facility stated on all days; null: none is known, or not to whoever asks.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: STATES,
	request: z.strictObject({ facility: facilityId, as_known: asKnown }),
	answer: FacilitySeries.nullable(),
});

/** "Dari mana angka ini?" of a facility: the report that tells a number, and what every source said. */
export const FacilityExplanation = z.object({
	facility: z.int(),
	measure: z.enum(FACILITY_MEASURES.map(({ key }) => key)),
	unit: z.enum(["count", "share", "days"]),
	day: z.int(),
	asKnownOn: z.int().nullable(),
	/** Null: no report that still holds tells it. */
	told: ToldMeasure.nullable(),
	/** What it is told from, of the source and day of `told`: the number, or that which is divided by the next. */
	terms: z.array(
		z.object({ column: ReportColumn, value: z.number().nullable() }),
	),
	/** All that was said of the day and of those before it whose report could stand for it, the newest day first, in the order of sources. */
	statements: z.array(
		z.object({
			day: z.int(),
			asOf: z.int(),
			receivedAt: z.number(), // ms
			source: SourceName,
			file: z.string(),
			fileId: z.int(),
			/** The day on which the file was withdrawn: what it says counts for nothing. */
			withdrawn: z.int().nullable(),
			/** Only columns that are stated. */
			values: z.partialRecord(ReportColumn, z.number()),
		}),
	),
	/** The order of those sources, as stated by the hub. */
	order: z.array(
		z.object({
			...SourceName.shape,
			id_order: z.string(),
			en_order: z.string(),
		}),
	),
});
export type FacilityExplanation = z.infer<typeof FacilityExplanation>;

export const FacilityExplain = query({
	path: "/api/facilities/explain",
	about:
		"Where a number of a facility comes from; null: none is known, or not to whoever asks.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: STATES,
	request: z.strictObject({
		facility: facilityId,
		measure: facilityMeasure,
		day,
		as_known: asKnown,
	}),
	answer: FacilityExplanation.nullable(),
});
