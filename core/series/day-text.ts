import { z } from "zod";
import { type Day, dayFromIso, isoFromDay } from "./day.ts";

const NO_DAY = "a day of the calendar as YYYY-MM-DD";

/** A day as it stands in addresses and files, both ways: YYYY-MM-DD, and the days since 1970-01-01. */
export const dayText = z.codec(
	z
		.string({ error: NO_DAY })
		.refine((text) => dayFromIso(text) !== undefined, { error: NO_DAY }),
	z.int(),
	{ decode: (text) => dayFromIso(text) as Day, encode: isoFromDay },
);
