import type { Day } from "../../core/series/day.ts";

const MILLISECONDS_PER_DAY = 86_400_000;

/** The days for which "as known on" can be asked: from the first on which anything was known to today. */
export interface KnownDays {
	readonly from: Day;
	readonly to: Day;
}

/** @param now milliseconds since 1970-01-01 UTC: a day that has not begun everywhere is known nowhere. */
export function knownDays(knownFrom: Day, now: number): KnownDays {
	return {
		from: knownFrom,
		to: Math.max(knownFrom, Math.floor(now / MILLISECONDS_PER_DAY)),
	};
}

export function isKnownDay({ from, to }: KnownDays, day: Day): boolean {
	return day >= from && day <= to;
}
