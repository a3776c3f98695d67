import { z } from "zod";
import { LEVELS } from "../areas/codes.ts";
import { FACILITY_KINDS } from "../facilities/report.ts";
import {
	type Against,
	againstFromText,
	FURTHEST,
	textOfAgainst,
} from "../series/against.ts";
import { day as dayOf } from "../series/day.ts";
import { dayText } from "../series/day-text.ts";
import { COUNTED_INDICATORS, type IndicatorKey } from "../series/indicator.ts";
import { MEASURES } from "../series/measure.ts";
import {
	LONGEST_PERIOD,
	type Period,
	periodFromText,
	textOfPeriod,
} from "../series/period.ts";
import { SCALES } from "../statistics/scale.ts";

/** What stands in addresses, each both ways: as text, and as the value that the domain uses. */

/** One of some words. */
export function oneOf<const T extends string>(values: readonly T[]) {
	return z.enum(values as readonly [T, ...T[]], {
		error: `one of ${values.join(", ")}`,
	});
}

/** Most areas of one sum: all kabupaten/kota. */
export const LARGEST_SET = 600;

/** A day of the calendar. */
export const day = dayText;

/** A day in the body of a command: days since 1970-01-01, up to the last that can be written as a date. */
export const dayNumber = z
	.int()
	.min(0)
	.max(dayOf("9999-12-31"), { error: "a day of the calendar" });

/** A day, or what is known now. */
export const asKnown = z.codec(day.optional(), z.int().nullable(), {
	decode: (value) => value ?? null,
	encode: (value) => value ?? undefined,
});

/** The number of an area in the dataset (AreaRow.id). */
export const areaId = z.codec(
	z
		.string({ error: "the id of an area" })
		.regex(/^[1-9]\d{0,8}$/, { error: "the id of an area: a whole number" }),
	z.int(),
	{ decode: Number, encode: String },
);

/** The number of a facility in the dataset (FacilityRow.id). */
export const facilityId = z.codec(
	z
		.string({ error: "the id of a facility" })
		.regex(/^[1-9]\d{0,8}$/, { error: "the id of a facility: a whole number" }),
	z.int(),
	{ decode: Number, encode: String },
);

const NO_SET = `ids of 1 to ${LARGEST_SET} areas, joined by dots`;

/** Several areas by their numbers (AreaRow.id). The same areas are always the same text. */
export const areaIds = z.codec(
	z
		.string({ error: NO_SET })
		.regex(/^[1-9]\d{0,8}(\.[1-9]\d{0,8})*$/, { error: NO_SET })
		.refine((text) => text.split(".").length <= LARGEST_SET, {
			error: NO_SET,
		}),
	z.array(z.int()),
	{
		decode: (text) => inOrder(text.split(".").map(Number)),
		encode: (areas) => inOrder(areas).join("."),
	},
);

/** The areas that something lies in; null: wherever it lies. */
export const within = z.codec(areaIds.optional(), z.array(z.int()).nullable(), {
	decode: (areas) => areas ?? null,
	encode: (areas) => areas ?? undefined,
});

function inOrder(areas: readonly number[]): number[] {
	return [...new Set(areas)].sort((a, b) => a - b);
}

/** The number of a file at the hub. */
export const fileId = z.codec(
	z.string({ error: "the number of a file" }).regex(/^[1-9]\d{0,8}$/, {
		error: "the number of a file: a whole number",
	}),
	z.int(),
	{ decode: Number, encode: String },
);

export const indicator = oneOf<IndicatorKey>(
	COUNTED_INDICATORS.map(({ key }) => key),
);
export const measure = oneOf(MEASURES);
export const scale = oneOf(SCALES);
export const facilityKind = oneOf(FACILITY_KINDS);

const NO_PERIOD = `a period: day, all, 1d to ${LONGEST_PERIOD}d, or the day from which on as YYYY-MM-DD`;

export const period = z.codec(
	z
		.string({ error: NO_PERIOD })
		.refine((text) => periodFromText(text) !== undefined, { error: NO_PERIOD }),
	z.custom<Period>(),
	{
		decode: (text) => periodFromText(text) as Period,
		encode: textOfPeriod,
	},
);

const NO_AGAINST = `what it is held against: a day as YYYY-MM-DD, or 1d to ${FURTHEST}d before`;

export const against = z.codec(
	z
		.string({ error: NO_AGAINST })
		.refine((text) => againstFromText(text) !== undefined, {
			error: NO_AGAINST,
		}),
	z.custom<Against>(),
	{
		decode: (text) => againstFromText(text) as Against,
		encode: textOfAgainst,
	},
);

/** Whether figures are for each 100,000 people. */
export const rate = z.codec(z.literal("1").optional(), z.boolean(), {
	decode: (text) => text === "1",
	encode: (value) => (value ? "1" : undefined),
});
export const level = oneOf(LEVELS);
/** The levels whose areas a map of the country shows. */
export const mapLevel = oneOf(["province", "regency"]);

/** The number of a row, or from the newest on. */
export const before = z.codec(
	z
		.string()
		.regex(/^[1-9]\d{0,14}$/, { error: "the number of a row" })
		.optional(),
	z.int().nullable(),
	{
		decode: (text) => (text === undefined ? null : Number(text)),
		encode: (value) => (value === null ? undefined : String(value)),
	},
);

/** Free text of at most so many characters, or none. */
export function text(longest: number, what: string) {
	return z.codec(
		z.string().max(longest, { error: what }).optional(),
		z.string().nullable(),
		{
			decode: (value) => value ?? null,
			encode: (value) => value ?? undefined,
		},
	);
}

export const nothing = z.strictObject({});
