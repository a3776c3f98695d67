import type { Day } from "../../core/series/day.ts";
import type { DayRange } from "./anchor.ts";

/** The day that a key of a line of time leads to from another: arrows a day, with Shift a week, as they do on the whole screen; null for keys that lead nowhere. */
export function dayByKey(
	{ key, shiftKey }: { key: string; shiftKey: boolean },
	day: Day,
	{ firstDay, lastDay }: DayRange,
): Day | null {
	const by = shiftKey ? 7 : 1;
	const to = {
		ArrowLeft: day - by,
		ArrowDown: day - by,
		ArrowRight: day + by,
		ArrowUp: day + by,
		PageDown: day - 7,
		PageUp: day + 7,
		Home: firstDay,
		End: lastDay,
	}[key];
	return to === undefined ? null : Math.min(Math.max(to, firstDay), lastDay);
}
