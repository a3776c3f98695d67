import { z } from "zod";
import { type IndicatorKey, indicatorByKey } from "../series/indicator.ts";

/**
 * Contract 2: what a screen may ask of its backend. All routes need the session cookie. Days travel as ISO dates in requests and as
 * day numbers (core/series/day) in responses; `null` is "not reported". Every response carries the header `x-blc-seq`, the
 * publication it was read at, and dataset answers are `no-store`.
 *
 *   GET  /api/state                                   State
 *   GET  /api/events                                  server-sent events: "state" with a State, "change" with a Change
 *   POST /api/sync/retry                              204; try the hub again now
 *   GET  /api/areas                                   AreaRow[]: nation, provinces, regencies, in order of id
 *   GET  /api/geography                               GeographyInfo
 *   GET  /api/geography.topojson                      TopoJSON with object `regencies`, properties.code
 *   GET  /api/cube?indicator&measure&level&as_known   octet-stream, see CubeHeader
 *   GET  /api/series?indicator&area&as_known          Series
 *   GET  /api/kpis?area&day&as_known                  Kpi[]
 *   GET  /api/figures?indicator&area&day&as_known     Kpi: one area, as in its tile, hover card and row
 *   GET  /api/table?indicator&area&day&as_known       AreaTable: the areas directly below
 *   GET  /api/explain?indicator&measure&area&day&as_known   Explanation
 *   GET  /api/freshness                               Freshness[]
 *   GET  /api/quarantine?file                         QuarantineRow[], newest file first, at most 2,000; file is a name
 *   GET  /api/digest                                  Digest of the replica (feed/publication)
 *   errors: ApiError with status 400, 401, 403, 404, 503 (no replica yet)
 *
 * A figure is computed once, in the backend (main/backend/query/figures), and every route gives the same one: a screen never adds,
 * subtracts or divides to state a number. `as_known` is a day from `State.dataset.knownFrom` to today, else the answer is a 400.
 */
export const ApiError = z.object({ code: z.string(), message: z.string() });
export type ApiError = z.infer<typeof ApiError>;

/** What synchronisation is doing, one arm for each thing a person would do differently about. */
export const SyncState = z.discriminatedUnion("kind", [
	/** Connected, nothing to do. */
	z.object({ kind: z.literal("idle"), checkedAt: z.number() }),
	/** Receiving a snapshot or segments; done and total in bytes, or in publications for the catch-up. */
	z.object({
		kind: z.literal("receiving"),
		what: z.enum(["snapshot", "segments", "installing"]),
		done: z.number(),
		total: z.number(),
	}),
	/** The hub cannot be reached; the replica is shown as it was. */
	z.object({
		kind: z.literal("offline"),
		since: z.number(),
		nextTryAt: z.number(),
	}),
	/** Something a person has to decide; `todo` names what. */
	z.object({
		kind: z.literal("error"),
		since: z.number(),
		code: z.enum([
			"signature",
			"chain",
			"rollback",
			"schema",
			"disk",
			"corrupt",
			"refused",
			"internal", // a fault of this program, tried again like all others
		]),
		message: z.string(),
	}),
	/** No hub is configured. */
	z.object({ kind: z.literal("none") }),
]);
export type SyncState = z.infer<typeof SyncState>;

export const State = z.object({
	/** Null before the first snapshot. */
	dataset: z
		.object({
			exercise: z.boolean(),
			label: z.string(), // "LATIHAN" for an exercise, else ""
			title: z.string(),
			firstDay: z.int(),
			lastDay: z.int(),
			/** The first day on which anything was known: "as known on" an earlier day is refused. */
			knownFrom: z.int(),
			epoch: z.string(),
			seq: z.int(),
			committedAt: z.number(), // ms: when the hub committed the publication shown
		})
		.nullable(),
	sync: SyncState,
});
export type State = z.infer<typeof State>;

/** Published after the replica moved to a new publication. */
export const Change = z.object({
	seq: z.int(),
	lastDay: z.int(),
	tables: z.array(z.string()),
});
export type Change = z.infer<typeof Change>;

export const LEVELS = ["nation", "province", "regency"] as const;
export type Level = (typeof LEVELS)[number];

export const AreaRow = z.object({
	id: z.int(),
	code: z.string(),
	level: z.enum(LEVELS),
	name: z.string(),
	parent: z.int().nullable(),
	lat: z.number().nullable(),
	lng: z.number().nullable(),
	population: z.int().nullable(),
	populationYear: z.int().nullable(),
	populationSource: z.string().nullable(),
	/** A pseudo area for cases whose place is not known: never drawn, always counted. */
	unknownPlace: z.boolean(),
});
export type AreaRow = z.infer<typeof AreaRow>;

export const GeographyInfo = z.object({
	approximate: z.boolean(),
	source: z.string(),
	licence: z.string(),
	/** Changes whenever the topojson changes. */
	version: z.string(),
});
export type GeographyInfo = z.infer<typeof GeographyInfo>;

export const MEASURES = [
	"total",
	"per100k",
	"new7",
	"new7per100k",
	"change7",
] as const;
/**
 * total: the indicator as reported. The weekly figure is one: of what is counted cumulatively `new7`, new over the seven days that end on
 * the day, corrections kept apart; of a state (active, otg) `change7`, its difference to seven days before, like for like. Asking for
 * the other one is a 400. Rates are for each 100,000 people of the areas that reported.
 */
export type Measure = (typeof MEASURES)[number];

/** The measures that an indicator has. */
export function measuresOf(indicator: IndicatorKey): readonly Measure[] {
	return indicatorByKey(indicator).kind === "cumulative"
		? MEASURES.filter((measure) => measure !== "change7")
		: ["total", "per100k", "change7"];
}

/**
 * The body of /api/cube: `areas * days` Float64 (little-endian; NaN is "not reported"), area-major (`value[area * days + day]`), then
 * `areas * days` Uint16 of marks (core/quality/rule MARKS). The order of areas is that of /api/areas filtered by level. The header
 * `x-blc-cube` carries this object as JSON.
 */
export const CubeHeader = z.object({
	indicator: z.string(),
	measure: z.enum(MEASURES),
	level: z.enum(LEVELS),
	firstDay: z.int(),
	days: z.int(),
	areas: z.int(),
	seq: z.int(),
});
export type CubeHeader = z.infer<typeof CubeHeader>;

export const SourceName = z.object({
	key: z.string(),
	id_name: z.string(),
	en_name: z.string(),
});
export type SourceName = z.infer<typeof SourceName>;

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
	/** Null: not reported on that day; not yet known where `marks` has `notYetKnown`. */
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
	/** The change of source on that day or, where the weekly figure is missing for it, within the week. */
	sourceChange: SourceChange.nullable(),
	/** Last reported day on or before the day asked for, and its value; the screen says so when it is not the day itself. */
	lastReported: z.object({ day: z.int(), value: z.number() }).nullable(),
});
export type Figures = z.infer<typeof Figures>;

export const Kpi = Figures.extend({ completeness: Completeness });
export type Kpi = z.infer<typeof Kpi>;

/** The areas directly below an area, unknown places included, in order of id. */
export const AreaTable = z.object({
	indicator: z.string(),
	area: z.int(),
	day: z.int(),
	completeness: Completeness,
	rows: z.array(Figures),
});
export type AreaTable = z.infer<typeof AreaTable>;

const receivedFrom = { source: SourceName, asOf: z.int() };

/**
 * What a figure is made of. `value` of the figure is, in the order of the terms:
 * report: the one report; sum: the sum of the areas' values; active: the sum of sign x value; week: the sum of the days' `new`, its
 * corrections that of their `correction`; change: the sum of now - before; rate: count x 100,000 / people.
 */
export const FigureTerm = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("report"),
		value: z.number(),
		source: SourceName.nullable(),
		asOf: z.int(),
	}),
	/** An area below; null: it did not report, and is not in the sum. */
	z.object({
		kind: z.literal("area"),
		area: z.int(),
		value: z.number().nullable(),
		marks: z.int(),
		source: SourceName.nullable(),
	}),
	/** What a sum holds beyond the values shown for the areas: another source's figures were summed. */
	z.object({ kind: z.literal("rest"), value: z.number() }),
	z.object({
		kind: z.literal("indicator"),
		indicator: z.string(),
		sign: z.union([z.literal(1), z.literal(-1)]),
		value: z.number(),
		origin: Origin,
		/** Areas of the common set, for a sum. */
		areas: z.array(z.int()),
		marks: z.int(),
	}),
	z.object({
		kind: z.literal("day"),
		day: z.int(),
		/** Null: it cannot be told what was new. */
		new: z.number().nullable(),
		correction: z.number().nullable(),
		marks: z.int(),
	}),
	z.object({
		kind: z.literal("ends"),
		area: z.int(),
		now: z.number().nullable(),
		before: z.number().nullable(),
		/** False: not in the change, for want of one of the two or because the source changed. */
		counted: z.boolean(),
	}),
	z.object({ kind: z.literal("count"), value: z.number() }),
	z.object({
		kind: z.literal("people"),
		value: z.number(),
		year: z.int().nullable(),
		source: z.string().nullable(),
	}),
]);
export type FigureTerm = z.infer<typeof FigureTerm>;

const ExplainedFigure = z.object({
	how: z.enum(["report", "sum", "active", "week", "change", "rate", "none"]),
	value: z.number().nullable(),
	/** Of a weekly figure: the falls by correction, kept apart. */
	corrected: z.number().nullable(),
	unit: z.enum(["count", "per100k"]),
	marks: z.int(),
	whole: z.boolean(),
	reporting: z.int().nullable(),
	expected: z.int().nullable(),
	sourceChange: SourceChange.nullable(),
	terms: z.array(FigureTerm),
});

/** "Dari mana angka ini?": everything known about one cell. */
export const Explanation = z.object({
	indicator: z.string(),
	measure: z.enum(MEASURES),
	area: z.int(),
	day: z.int(),
	asKnownOn: z.int().nullable(),
	/** The figure that was clicked, and its proof. Of a rate, `of` is the count that it divides. */
	figure: ExplainedFigure.extend({ of: ExplainedFigure.nullable() }),
	completeness: Completeness,
	/** The value of the indicator itself on the day. Null when no source ever spoke of this cell and none was expected to. */
	fact: z
		.object({
			value: z.number().nullable(),
			rule: z.string(), // RuleKey, or "derived" for active = confirmed - recovered - deaths
			marks: z.int(),
			asOf: z.int(),
			source: SourceName.nullable(),
			reporting: z.int().nullable(),
			expected: z.int().nullable(),
		})
		.nullable(),
	/** Newest claim of each source first in source order, then older ones (`current: false`). */
	claims: z.array(
		z.object({
			...receivedFrom,
			value: z.number(),
			marks: z.int(),
			receivedAt: z.number(), // ms
			file: z.string(),
			line: z.int(),
			current: z.boolean(),
			/** The day on which the file was withdrawn; such a claim is never current. */
			withdrawn: z.int().nullable(),
			/** Whether the source sent the table of the day before again for this day. */
			repeated: z.boolean(),
		}),
	),
	/** What the areas below add up to, whether the rule chose it or not; null when none of them reported. */
	sum: z
		.object({
			value: z.number(),
			reporting: z.int(),
			expected: z.int(),
			/** Key of the source whose areas were summed, null if several. */
			source: SourceName.nullable(),
		})
		.nullable(),
	silent: z.array(z.int()),
	/** Every value that the indicator itself has shown for the day, newest first. */
	revisions: z.array(
		z.object({
			asOf: z.int(),
			value: z.number().nullable(),
			rule: z.string(),
			marks: z.int(),
			source: SourceName.nullable(),
		}),
	),
	/** The order of those sources that speak of the area or of areas below it, as stated by the hub. */
	order: z.array(
		z.object({
			...SourceName.shape,
			id_order: z.string(),
			en_order: z.string(),
		}),
	),
});
export type Explanation = z.infer<typeof Explanation>;

export const Freshness = z.object({
	source: SourceName,
	lastDay: z.int().nullable(),
	receivedAt: z.number().nullable(),
	files: z.int(),
	accepted: z.int(),
	quarantined: z.int(),
	/** Days whose table is that of the day before, newest first: so many growing areas stand still in all counts. */
	repeated: z.array(z.object({ day: z.int(), areas: z.int() })),
	/** Areas with a report on the source's last day, of those expected. */
	reporting: z.int().nullable(),
	expected: z.int().nullable(),
});
export type Freshness = z.infer<typeof Freshness>;

export const QuarantineRow = z.object({
	file: z.string(),
	line: z.int().nullable(),
	column: z.string().nullable(),
	reason: z.string(),
	found: z.string(),
	expected: z.string(),
	/** Errors of the file with this reason in this column: only the first of them are rows. */
	alike: z.int(),
});
export type QuarantineRow = z.infer<typeof QuarantineRow>;
