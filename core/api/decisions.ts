import { z } from "zod";
import { parseAreaCode } from "../areas/codes.ts";
import { COUNTED_INDICATORS, type IndicatorKey } from "../series/indicator.ts";
import { DATA_MANAGERS } from "./data-managers.ts";
import { dayNumber } from "./parameter.ts";
import { command } from "./route.ts";

/** What data managers decide about what came in. */

/** Why; whoever looks back reads it first. */
export const reason = z
	.string()
	.trim()
	.min(5, { error: "a reason of at least 5 characters" })
	.max(500, { error: "a reason of at most 500 characters" });

const claimable = COUNTED_INDICATORS.filter(({ derived }) => !derived).map(
	({ key }) => key,
);

export const WithdrawFile = command({
	name: "withdraw-file",
	about:
		"Take what a file said out of what is known from now on; as known before, it still answers.",
	role: DATA_MANAGERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({ file: z.int().positive(), reason }),
	answer: z.object({ file: z.string(), withdrawn: z.boolean() }),
});

export const RestoreFile = command({
	name: "restore-file",
	about: "Let a withdrawn file speak again.",
	role: DATA_MANAGERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({ file: z.int().positive(), reason }),
	answer: z.object({ file: z.string(), withdrawn: z.boolean() }),
});

export const OverrideValue = command({
	name: "override-value",
	about:
		"Show another value than the sources' for one area and day, until a day, naming who said so.",
	role: DATA_MANAGERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({
		indicator: z.enum(claimable as [IndicatorKey, ...IndicatorKey[]]),
		area: z.string().refine((text) => parseAreaCode(text) !== undefined, {
			error: "the code of an area, such as 32.73",
		}),
		day: dayNumber,
		value: z.int().nonnegative(),
		/** Who said so: a letter, a telephone call, a meeting. */
		source: z.string().trim().min(3).max(200),
		/** The last day on which the decision holds; null: until it is taken back. */
		until: dayNumber.nullable(),
		reason,
	}),
	answer: z.object({
		file: z.string(),
		value: z.number().nullable(),
		until: z.int().nullable(),
	}),
});

const sourceName = z
	.string()
	.trim()
	.min(3, { error: "a name of at least 3 characters" })
	.max(80, { error: "a name of at most 80 characters" });

/** What a source is called in both languages. */
const SourceNames = z.strictObject({ id: sourceName, en: sourceName });

export const NameSource = command({
	name: "name-source",
	about: "Call a source otherwise wherever it is named; no figure changes.",
	role: ["administrator"],
	scope: "nation",
	whenOffline: "wait",
	request: z.strictObject({
		/** Key of the source. */
		source: z.string().min(1).max(60),
		/** Null: as its connector calls it. */
		names: SourceNames.nullable(),
		reason,
	}),
	answer: SourceNames,
});

export const Undo = command({
	name: "undo",
	about: "Take back what a row of the audit trail did; itself a row of it.",
	// Whoever may not order what takes a row back may not undo it either: the hub asks the role of that too.
	role: ["analyst", "planner", "data-manager", "administrator"],
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({ audit: z.int().positive(), reason }),
	answer: z.unknown(),
});
