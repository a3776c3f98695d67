import { z } from "zod";

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
 *   GET  /api/explain?indicator&area&day&as_known     Explanation
 *   GET  /api/freshness                               Freshness[]
 *   GET  /api/quarantine?file                         QuarantineRow[], newest file first, at most 2,000; file is a name
 *   GET  /api/digest                                  Digest of the replica (feed/publication)
 *   errors: ApiError with status 400, 401, 403, 404, 503 (no replica yet)
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

export const MEASURES = ["total", "per100k", "new7", "new7per100k"] as const;
/**
 * total: the indicator as reported; new7: new over the seven days that end on the day, corrections kept apart. A stock (active, otg) has
 * no new cases: asking for them is a 400.
 */
export type Measure = (typeof MEASURES)[number];

/**
 * The body of /api/cube: `areas * days` Float32 (little-endian; NaN is "not reported"), area-major (`value[area * days + day]`), then
 * `areas * days` bytes of marks (core/quality/rule MARKS). The order of areas is that of /api/areas filtered by level. The header
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

/** One area and indicator over all days; arrays are parallel and `firstDay` is their first. */
export const Series = z.object({
	indicator: z.string(),
	area: z.int(),
	firstDay: z.int(),
	/** As reported. */
	value: z.array(z.number().nullable()),
	/** New on the day, from areas that reported; null where it cannot be told. Never negative. */
	daily: z.array(z.number().nullable()),
	/** The fall of a corrected cumulative value (negative), else null. */
	correction: z.array(z.number().nullable()),
	/** Mean of `daily` over the seven days that end on the day; null when fewer than four are known. */
	mean7: z.array(z.number().nullable()),
	marks: z.array(z.int()),
	/** Areas that reported and areas expected, for a sum; null for a single report. */
	reporting: z.array(z.int().nullable()),
	expected: z.array(z.int().nullable()),
	/** For each day with a silent area below: the ids of those areas. */
	silent: z.array(z.object({ day: z.int(), areas: z.array(z.int()) })),
});
export type Series = z.infer<typeof Series>;

export const Kpi = z.object({
	indicator: z.string(),
	/** Null: not reported on that day. */
	value: z.number().nullable(),
	/** Last reported day on or before the day asked for, and its value; the screen says so when it is not the day itself. */
	lastReported: z.object({ day: z.int(), value: z.number() }).nullable(),
	/**
	 * Value minus the value seven days before; null when either is missing or they come from different sources. Like for like when one
	 * of the two is a sum with a silent area: each area's last known value stands in.
	 */
	change7: z.number().nullable(),
	per100k: z.number().nullable(),
	marks: z.int(),
	reporting: z.int().nullable(),
	expected: z.int().nullable(),
});
export type Kpi = z.infer<typeof Kpi>;

const receivedFrom = {
	source: z.object({
		key: z.string(),
		id_name: z.string(),
		en_name: z.string(),
	}),
	asOf: z.int(),
};

/** "Dari mana angka ini?": everything known about one cell. */
export const Explanation = z.object({
	indicator: z.string(),
	area: z.int(),
	day: z.int(),
	asKnownOn: z.int().nullable(),
	/** Null when no source ever spoke of this cell and none was expected to. */
	fact: z
		.object({
			value: z.number().nullable(),
			rule: z.string(), // RuleKey, or "derived" for active = confirmed - recovered - deaths
			marks: z.int(),
			asOf: z.int(),
			source: receivedFrom.source.nullable(),
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
		}),
	),
	/** What the areas below add up to, whether the rule chose it or not; null when none of them reported. */
	sum: z
		.object({
			value: z.number(),
			reporting: z.int(),
			expected: z.int(),
			/** Key of the source whose areas were summed, null if several. */
			source: receivedFrom.source.nullable(),
		})
		.nullable(),
	silent: z.array(z.int()),
	/** Every value this cell has shown, newest first. */
	revisions: z.array(
		z.object({
			asOf: z.int(),
			value: z.number().nullable(),
			rule: z.string(),
			marks: z.int(),
			source: receivedFrom.source.nullable(),
		}),
	),
	/** The order of sources, as stated by the hub. */
	order: z.array(
		z.object({
			...receivedFrom.source.shape,
			id_order: z.string(),
			en_order: z.string(),
		}),
	),
});
export type Explanation = z.infer<typeof Explanation>;

export const Freshness = z.object({
	source: receivedFrom.source,
	lastDay: z.int().nullable(),
	receivedAt: z.number().nullable(),
	files: z.int(),
	accepted: z.int(),
	quarantined: z.int(),
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
});
export type QuarantineRow = z.infer<typeof QuarantineRow>;
