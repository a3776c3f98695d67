/** Why a window has no R. */
export const NOT_ESTIMABLE_REASONS = [
	/** Fewer local cases than the rule asks for. */
	"few-cases",
	/** Too little infectiousness: the cases seen have no source in the series. */
	"low-infectiousness",
	/** A day of the window was not reported. */
	"day-not-reported",
	/** Days before the window that carry the infectiousness were not reported. */
	"history-not-reported",
	/** The window ends before one mean serial interval has passed since the series began. */
	"too-early",
] as const;
export type NotEstimableReason = (typeof NOT_ESTIMABLE_REASONS)[number];
