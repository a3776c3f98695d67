import { z } from "zod";
import { parseAreaCode } from "../../../core/areas/codes.ts";
import { againstFromText } from "../../../core/series/against.ts";
import { SHOWN_INDICATORS } from "../../state/shown-indicators.ts";

/** Two maps beside each other, one laid over the other, or the map of their difference; `off`: one map. */
export const MODES = ["off", "side", "swipe", "difference"] as const;
export type Mode = (typeof MODES)[number];

/** What two maps differ by. */
export const BYS = ["day", "indicator", "area"] as const;
export type By = (typeof BYS)[number];

/** What is compared, as it stands in the address of Sebaran. */
export const compareSearch = {
	compare: z.enum(MODES).default("off"),
	by: z.enum(BYS).default("day"),
	/** The other day (core/series/against). */
	against: z
		.string()
		.refine((text) => againstFromText(text) !== undefined)
		.default("28d"),
	/** The other indicator; left out: the one that is read beside the first most often. */
	with: z.enum(["", ...SHOWN_INDICATORS] as const).default(""),
	/** Code of the other area. */
	beside: z
		.string()
		.refine((text) => text === "" || parseAreaCode(text) !== undefined)
		.default(""),
	/** Where the line between two maps stands, in hundredths from the left. */
	at: z
		.string()
		.regex(/^(\d{1,2}|100)$/)
		.default("50"),
};
