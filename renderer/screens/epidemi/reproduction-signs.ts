import type {
	ReproductionGap,
	ReproductionRow,
} from "../../../core/api/reproduction.ts";
import { directionOf } from "../../../core/epidemic/reproduction-class.ts";

/** What stands on the map and in the table where there is no R: why, in a sign. */
export const GAP_SIGNS: Readonly<Record<ReproductionGap, string>> = {
	"few-cases": "<",
	"low-infectiousness": "≪",
	"day-not-reported": "∅",
	"history-not-reported": "∅",
	"too-early": "◷",
	"source-changed": "⇄",
	corrected: "↶",
	"few-areas": "◌",
	"fewer-tell": "◔",
	"not-yet-known": "?",
	"still-coming": "…",
};

export const DIRECTION_SIGNS = {
	grows: "↑",
	wanes: "↓",
	unclear: "~",
} as const;

/**
 * What an area lacks for an R is cases, and not reports. Cases that earlier ones do not explain are no few: there may be hundreds, of an outbreak that
 * begins.
 */
export function hasFewCases({
	reason,
}: Pick<ReproductionRow, "reason">): boolean {
	return reason === "few-cases";
}

/** The sign of an area: whether it grows or wanes for sure, or why nothing can be told. */
export function signOf({ aboveOne, reason }: ReproductionRow): string {
	if (reason !== null) return GAP_SIGNS[reason];
	return aboveOne === null ? "" : DIRECTION_SIGNS[directionOf(aboveOne)];
}
