import type { IndicatorKey } from "../../core/series/indicator.ts";

/** The indicators of this screen, in reading order. */
export const SHOWN_INDICATORS = [
	"confirmed",
	"active",
	"recovered",
	"deaths",
	"odp",
	"pdp",
	"suspek",
	"probable",
	"kontak-erat",
	"tests",
] as const satisfies readonly IndicatorKey[];
