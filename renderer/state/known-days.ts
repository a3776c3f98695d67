import { type Day, dayInWib } from "../../core/series/day.ts";

/** The days for which "as known on" can be asked: from the first on which anything was known to today. */
export interface KnownDays {
	readonly from: Day;
	readonly to: Day;
}

/**
 * Today is that of the dataset, which counts in WIB: what became known at dawn in Jakarta is known today, although it is yesterday in UTC.
 * Of a clock that is behind, the day of the publication counts.
 * @param now milliseconds since 1970-01-01 UTC
 */
export function knownDays(
	dataset: { knownFrom: Day; committedAt: number },
	now: number,
): KnownDays {
	return {
		from: dataset.knownFrom,
		to: Math.max(
			dataset.knownFrom,
			dayInWib(Math.max(now, dataset.committedAt)),
		),
	};
}

export function isKnownDay({ from, to }: KnownDays, day: Day): boolean {
	return day >= from && day <= to;
}
