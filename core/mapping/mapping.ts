import { z } from "zod";
import { COUNTED_INDICATORS, type IndicatorKey } from "../series/indicator.ts";

/**
 * How the table of one source is read: what each of its columns means. A person says so once, on a preview of a file; from then on every file of
 * the source is read by it, as far as it still fits (core/mapping/fit).
 */

/** In which scheme a code of an area is written; `name`: there is no code, only a name. */
export const AREA_SCHEMES = [
	"kemendagri",
	"kemendagri-undotted",
	"bps",
	"name",
] as const;
export type AreaScheme = (typeof AREA_SCHEMES)[number];

/** How days are written. Days of Excel are numbers of days; they are read in whatever form is stated. */
export const DAY_FORMS = [
	"iso",
	"day-month-year",
	"month-day-year",
	"words",
] as const;
export type DayForm = (typeof DAY_FORMS)[number];

/** By what the thousands of a count are parted: `1.103` and `1,103` are 1103, or no counts. */
export const THOUSANDS = ["none", "point", "comma"] as const;
export type Thousands = (typeof THOUSANDS)[number];

/** The levels of areas of which a table may speak. */
export const TABLE_LEVELS = ["province", "regency", "district"] as const;
export type TableLevel = (typeof TABLE_LEVELS)[number];

const counted = COUNTED_INDICATORS.filter(
	({ derived, only }) => !derived && only === undefined,
).map(({ key }) => key);

export const ColumnMeaning = z.discriminatedUnion("is", [
	/** The area that a row speaks of. */
	z.strictObject({ is: z.literal("area"), scheme: z.enum(AREA_SCHEMES) }),
	/** The name beside a code: both must mean one area. */
	z.strictObject({ is: z.literal("area-name") }),
	/** The province in which the area of a row lies. */
	z.strictObject({ is: z.literal("province-name") }),
	z.strictObject({ is: z.literal("day"), form: z.enum(DAY_FORMS) }),
	z.strictObject({
		is: z.literal("count"),
		indicator: z.enum(counted as [IndicatorKey, ...IndicatorKey[]]),
	}),
]);
export type ColumnMeaning = z.infer<typeof ColumnMeaning>;

const columnName = z.string().trim().min(1).max(200);

export const MappedColumn = z.strictObject({
	/** As the file has it. */
	name: columnName,
	/** What later files called it. */
	otherNames: z.array(columnName).max(20),
	meaning: ColumnMeaning,
});
export type MappedColumn = z.infer<typeof MappedColumn>;

/** The encodings in which text without a mark may be: UTF-8 is told by its bytes, the other one only by a person. */
export const ENCODINGS = ["utf-8", "windows-1252"] as const;

export const TableMapping = z
	.strictObject({
		level: z.enum(TABLE_LEVELS),
		/** Those that say something; whatever else a file has is kept with its rows and not read. */
		columns: z.array(MappedColumn).min(2).max(60),
		thousands: z.enum(THOUSANDS),
		encoding: z.enum(ENCODINGS),
		/** Names of all columns of the file on which it was made, in their order: by them a later file is seen to have changed. */
		header: z.array(z.string().max(200)).min(1).max(400),
	})
	.superRefine((mapping, context) => {
		for (const fault of faultsOf(mapping))
			context.addIssue({ code: "custom", path: ["columns"], message: fault });
	});
export type TableMapping = z.infer<typeof TableMapping>;

/** What keeps columns from being a mapping, each as a stable word; none: nothing does. */
export function faultsOf({
	columns,
}: Pick<TableMapping, "columns">): MappingFault[] {
	const count = (is: ColumnMeaning["is"]) =>
		columns.filter(({ meaning }) => meaning.is === is).length;
	const faults: MappingFault[] = [];
	if (count("area") !== 1) faults.push("one-area");
	if (count("day") > 1) faults.push("one-day");
	if (count("area-name") > 1 || count("province-name") > 1)
		faults.push("one-name");
	if (count("count") === 0) faults.push("no-count");
	const indicators = columns.flatMap(({ meaning }) =>
		meaning.is === "count" ? [meaning.indicator] : [],
	);
	if (new Set(indicators).size < indicators.length)
		faults.push("indicator-twice");
	const names = columns.flatMap(({ name, otherNames }) => [
		name,
		...otherNames,
	]);
	if (new Set(names.map(alike)).size < names.length) faults.push("name-twice");
	return faults;
}

export const MAPPING_FAULTS = [
	"one-area",
	"one-day",
	"one-name",
	"no-count",
	"indicator-twice",
	"name-twice",
] as const;
export type MappingFault = (typeof MAPPING_FAULTS)[number];

/**
 * A name of a column without what people change in passing: capitals, blanks, points, brackets, underscores, signs of no width. Signs that say
 * something stay: `Positif (%)` is a share, `Positif (+)` may be what is new, and `Tes / Positif` is no `Tes Positif`.
 */
export function alike(name: string): string {
	const plain = name
		.normalize("NFKD")
		.replace(/[\u0300-\u036f]/g, "")
		.toLowerCase()
		.replace(/[\u2010-\u2015\u2212]/g, "-")
		.replace(/[^\p{L}\p{N}%+\-/±<>]/gu, "");
	// A name of signs alone is only itself.
	return plain === "" ? name.trim() : plain;
}
