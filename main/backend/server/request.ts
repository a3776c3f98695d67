import { z } from "zod";
import { LEVELS, MEASURES } from "../../../core/api/situation.ts";
import { type Day, dayFromIso } from "../../../core/series/day.ts";
import {
	INDICATORS,
	type IndicatorKey,
} from "../../../core/series/indicator.ts";
import { Refusal } from "../query/refusal.ts";

function oneOf<T extends string>(values: readonly T[]) {
	return z.enum(values as [T, ...T[]], {
		error: `one of ${values.join(", ")}`,
	});
}

const day = z
	.string({ error: "a day as YYYY-MM-DD" })
	.refine((text) => dayFromIso(text) !== undefined, {
		error: "a day of the calendar as YYYY-MM-DD",
	})
	.transform((text) => dayFromIso(text) as Day);

const areaId = z
	.string({ error: "the id of an area" })
	.regex(/^[1-9]\d{0,8}$/, { error: "the id of an area: a whole number" })
	.transform(Number);

const indicator = oneOf<IndicatorKey>(INDICATORS.map(({ key }) => key));
const asKnown = { as_known: day.nullish().transform((value) => value ?? null) };

/** The parameters of each route, as they stand in its address. */
export const PARAMETERS = {
	cube: z.strictObject({
		indicator,
		measure: oneOf(MEASURES),
		level: oneOf(LEVELS),
		...asKnown,
	}),
	series: z.strictObject({ indicator, area: areaId, ...asKnown }),
	kpis: z.strictObject({ area: areaId, day, ...asKnown }),
	figures: z.strictObject({ indicator, area: areaId, day, ...asKnown }),
	table: z.strictObject({ indicator, area: areaId, day, ...asKnown }),
	explain: z.strictObject({
		indicator,
		measure: oneOf(MEASURES),
		area: areaId,
		day,
		...asKnown,
	}),
	quarantine: z.strictObject({
		file: z
			.string()
			.max(500, { error: "the name of a file" })
			.nullish()
			.transform((value) => value ?? null),
	}),
	none: z.strictObject({}),
};

/**
 * Reads the parameters of a request.
 * @param found every value of every parameter, as in the address
 * @throws Refusal 400 naming each parameter, what was found and what was expected
 */
export function readParameters<T>(
	schema: z.ZodType<T>,
	found: Record<string, string[]>,
): T {
	const repeated = Object.keys(found).filter((key) => found[key].length > 1);
	if (repeated.length > 0)
		throw new Refusal(
			400,
			"parameters",
			repeated
				.map((key) => `${key}: found ${quote(found[key])}, expected it once`)
				.join("; "),
		);
	const single = Object.fromEntries(
		Object.entries(found).map(([key, values]) => [key, values[0]]),
	);
	const parsed = schema.safeParse(single);
	if (parsed.success) return parsed.data;
	throw new Refusal(
		400,
		"parameters",
		parsed.error.issues
			.map((issue) => {
				if (issue.code === "unrecognized_keys")
					return `${issue.keys.map(quote).join(", ")}: not a parameter here`;
				const key = String(issue.path[0]);
				const value =
					single[key] === undefined ? "nothing" : quote(single[key]);
				return `${key}: found ${value}, expected ${issue.message}`;
			})
			.join("; "),
	);
}

/** As JSON and not longer than a line: what came in may be anything. */
function quote(value: unknown): string {
	const text = JSON.stringify(value);
	return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
