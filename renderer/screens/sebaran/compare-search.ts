import { z } from "zod";
import { parseAreaCode } from "../../../core/areas/codes.ts";
import { againstFromText } from "../../../core/series/against.ts";
import { SHOWN_INDICATORS } from "../../state/shown-indicators.ts";

/** Two maps beside each other, one laid over the other, the map of their difference, or many small ones; `off`: one map. */
export const MODES = ["off", "side", "swipe", "difference", "many"] as const;
export type Mode = (typeof MODES)[number];

/** Whether two maps are shown. */
export function hasTwoMaps(mode: Mode): mode is "side" | "swipe" {
	return mode === "side" || mode === "swipe";
}

/** What two maps differ by. */
export const BYS = ["day", "indicator", "area"] as const;
export type By = (typeof BYS)[number];

/** What each of many maps is of. */
export const GRIDS = ["provinces", "indicators", "weeks"] as const;
export type Grid = (typeof GRIDS)[number];

/** How many weeks stand beside each other; the last is that of the clock. */
export const WEEKS = ["6", "12", "24", "34"] as const;

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
	grid: z.enum(GRIDS).default("provinces"),
	weeks: z.enum(WEEKS).default("12"),
	/** Many maps have classes of their own. */
	own: z
		.codec(z.literal("1").optional(), z.boolean(), {
			decode: (text) => text === "1",
			encode: (value) => (value ? "1" : undefined),
		})
		.optional(),
	/** Where the line between two maps stands, in hundredths from the left. */
	at: z
		.string()
		.regex(/^(\d{1,2}|100)$/)
		.default("50"),
};
