import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { APART_LEVELS, LEVELS } from "../areas/codes.ts";
import { MEASURES } from "../series/measure.ts";
import {
	areaId,
	asKnown,
	day,
	indicator,
	level,
	measure,
} from "./parameter.ts";
import { bytes, query } from "./route.ts";
import { SourceName } from "./sources.ts";

/** What a value will be once what was decided here is published; null: what it was before a decision that is being taken back. */
export const Pending = z.object({ value: z.number().nullable() });
export type Pending = z.infer<typeof Pending>;

/**
 * The body of /api/cube: `areas * days` Float64 (little-endian; NaN is "not reported"), area-major (`value[area * days + day]`), then
 * `areas * days` Uint16 of marks (core/series/mark MARKS). The order of areas is that of /api/areas filtered by level, of kecamatan that of
 * /api/districts, of kelurahan that of /api/villages. The header
 * `x-blc-header` (core/api/route BYTES_HEADER) carries this object as JSON.
 */
export const CubeHeader = z.object({
	indicator: z.string(),
	measure: z.enum(MEASURES),
	level: z.enum(LEVELS),
	firstDay: z.int(),
	days: z.int(),
	areas: z.int(),
	seq: z.int(),
	/** Decisions on their way about values of the level. In totals the body carries what will be; all else follows the publication. */
	pending: z.array(Pending.extend({ area: z.int(), day: z.int() })),
});
export type CubeHeader = z.infer<typeof CubeHeader>;

/** Where a value comes from: a source's own figure, or a sum of the areas below (of one source, or of several: null). */
export const Origin = z.object({
	source: SourceName.nullable(),
	sum: z.boolean(),
});
export type Origin = z.infer<typeof Origin>;

/** From this day on the value comes from elsewhere; nothing is subtracted across it. Its day carries the mark `sourceChanged`. */
export const SourceChange = z.object({
	day: z.int(),
	from: Origin,
	to: Origin,
});
export type SourceChange = z.infer<typeof SourceChange>;

/** One area and indicator over all days; arrays are parallel and `firstDay` is their first. */
export const Series = z.object({
	indicator: z.string(),
	area: z.int(),
	firstDay: z.int(),
	/** As reported. */
	value: z.array(z.number().nullable()),
	/** New on the day, from areas that reported; null where it cannot be told. Never negative. */
	daily: z.array(z.number().nullable()),
	/** Days that `daily` covers, counted back from its own day; 0 where it is null. More than one: a report after silence. */
	span: z.array(z.int()),
	/** The fall of a corrected cumulative value (negative), else null. */
	correction: z.array(z.number().nullable()),
	/** Weekly figure divided by the days of the week that reports cover; null where there is none. */
	mean7: z.array(z.number().nullable()),
	/** The weekly figure (`new7` or `change7`), with its corrections and its own marks. */
	week: z.array(z.number().nullable()),
	corrected7: z.array(z.number().nullable()),
	weekMarks: z.array(z.int()),
	/** Marks of `value`. */
	marks: z.array(z.int()),
	sourceChanges: z.array(SourceChange),
	/** Where the values come from: for each day the place of its origin in `origins`; null where there is no value. */
	origins: z.array(Origin),
	origin: z.array(z.int().nullable()),
	/** Areas that reported and areas expected, for a sum; null for a single report. */
	reporting: z.array(z.int().nullable()),
	expected: z.array(z.int().nullable()),
	/** For each day with a silent area below: the ids of those areas. */
	silent: z.array(z.object({ day: z.int(), areas: z.array(z.int()) })),
});
export type Series = z.infer<typeof Series>;

/** Who reported an indicator on a day, counted from reports, whatever measure is looked at. */
export const Completeness = z.object({
	/** Areas directly below with a value, of those that could have one; the area itself where there is none below. */
	reporting: z.int(),
	expected: z.int(),
	/** Those without a value, silent or never heard of, in order of id. */
	missing: z.array(z.int()),
	/** People of the areas that reported, down to the last sum, as a share of those of the area; null where not known. */
	peopleShare: z.number().nullable(),
	/** The last day on or before the day asked for on which any of them reported. */
	lastDay: z.int().nullable(),
});
export type Completeness = z.infer<typeof Completeness>;

/** The one weekly figure of an area, indicator and day. */
export const WeekFigure = z.object({
	measure: z.enum(["new7", "change7"]),
	/**
	 * new7: new over the seven days that end on the day. A report after silence counts evenly for each day it covers (mark `spread`); a
	 * week of which reports cover only four to six days is marked `shortWeek`, of fewer there is no figure. Null after the last report,
	 * and across a change of source (mark `sourceChanged`).
	 */
	value: z.number().nullable(),
	/** The falls by correction within the week (negative), kept apart from `value`; null when there was none. */
	corrected: z.number().nullable(),
	per100k: z.number().nullable(),
	/** Days of the week that reports cover, 0 to 7. */
	coveredDays: z.int(),
	/** Where the areas directly below tell it: how many of them do in that week, and how many could; else null. */
	reporting: z.int().nullable(),
	expected: z.int().nullable(),
	marks: z.int(),
	/** False: a sum of so few areas or people that it is not the area's figure. */
	whole: z.boolean(),
});
export type WeekFigure = z.infer<typeof WeekFigure>;

/** Everything a tile, a hover card, a row or a line of CSV states of one area, indicator and day. */
export const Figures = z.object({
	indicator: z.string(),
	area: z.int(),
	day: z.int(),
	/** Null: not reported on that day; not yet known where `marks` has `notYetKnown`. With the mark `lastReport` that of `lastReported`. */
	value: z.number().nullable(),
	marks: z.int(),
	/** False: a sum of so few areas or people that it is not the area's figure: say "1 of 34 provinces: 14,092". */
	whole: z.boolean(),
	/** Of a sum: areas directly below that are in it, and those that could be; null for a single report. */
	reporting: z.int().nullable(),
	expected: z.int().nullable(),
	/** The value for each 100,000 of `people`: the people of the areas in it. */
	per100k: z.number().nullable(),
	people: z.number().nullable(),
	week: WeekFigure,
	/** Where the value comes from; null where there is none. */
	origin: Origin.nullable(),
	/** The change of source on that day or, where the weekly figure is missing for it, within the week. */
	sourceChange: SourceChange.nullable(),
	/** Last reported day on or before the day asked for, and its value; the screen says so when it is not the day itself. */
	lastReported: z.object({ day: z.int(), value: z.number() }).nullable(),
	/** A decision on its way: shown over the value, which does not carry it yet. Null: there is none. */
	pending: Pending.nullable(),
});
export type Figures = z.infer<typeof Figures>;

export const Kpi = Figures.extend({ completeness: Completeness });
export type Kpi = z.infer<typeof Kpi>;

/** The areas directly below an area, or all kecamatan or kelurahan within it, unknown places included, in order of id. */
export const AreaTable = z.object({
	indicator: z.string(),
	area: z.int(),
	/** As it was asked for; null: the areas directly below. */
	level: z.enum(APART_LEVELS).nullable(),
	day: z.int(),
	/** Who of those in `rows` reported. */
	completeness: Completeness,
	rows: z.array(Figures),
});
export type AreaTable = z.infer<typeof AreaTable>;

/**
 * A figure is computed once, in the backend, and every one of these gives the same: a screen never adds, subtracts or divides to state a
 * number.
 */
export const FACTS = [
	"dataset",
	"area",
	"fact",
	"fact_revision",
	"source",
] as const;

/** Figures, with what waits in the outbox of this workstation laid over them. */
const DECIDED = [...FACTS, "outbox", "session"] as const;

export const CubeOf = query({
	path: "/api/cube",
	about: "An indicator and measure for all areas of a level and all days.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: DECIDED,
	request: z.strictObject({ indicator, measure, level, as_known: asKnown }),
	answer: bytes(CubeHeader),
});

export const SeriesOf = query({
	path: "/api/series",
	about: "An area and indicator over all days.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ indicator, area: areaId, as_known: asKnown }),
	answer: Series,
});

export const Kpis = query({
	path: "/api/kpis",
	about: "The key figures of an area on a day.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: DECIDED,
	request: z.strictObject({ area: areaId, day, as_known: asKnown }),
	answer: Kpi.array(),
});

export const FiguresOf = query({
	path: "/api/figures",
	about:
		"One indicator of an area on a day, as in its tile, hover card and row.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: DECIDED,
	request: z.strictObject({ indicator, area: areaId, day, as_known: asKnown }),
	answer: Kpi,
});

export const TableOf = query({
	path: "/api/table",
	about:
		"One indicator of the areas directly below an area on a day, of a kabupaten/kota its kecamatan, of a kecamatan its kelurahan; or of all kecamatan or kelurahan within it.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: DECIDED,
	request: z.strictObject({
		indicator,
		area: areaId,
		day,
		as_known: asKnown,
		/** Left out: the level directly below. */
		level: z
			.enum(APART_LEVELS, { error: "district, village, or nothing" })
			.optional(),
	}),
	answer: AreaTable,
});
