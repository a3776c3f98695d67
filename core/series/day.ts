/** A calendar day as the number of days since 1970-01-01 (UTC). The one date type of the system; carries no time zone. */
export type Day = number;

const MILLISECONDS_PER_DAY = 86_400_000;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Reads an ISO date (`2020-04-12`).
 * @returns undefined for anything that is not a real calendar day (`2020-02-30`, `12/04/2020`).
 */
export function dayFromIso(text: string): Day | undefined {
	const match = ISO.exec(text);
	if (!match) return undefined;
	const time = Date.UTC(+match[1], +match[2] - 1, +match[3]);
	const day = time / MILLISECONDS_PER_DAY;
	return isoFromDay(day) === text ? day : undefined;
}

/** Writes a day as an ISO date. */
export function isoFromDay(day: Day): string {
	return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** Jakarta is seven hours ahead of UTC all year. */
const WIB = 7 * 3_600_000;

/** The day on which a moment (milliseconds since 1970 UTC) falls in the zone of the dataset, which is Jakarta's: its "today". */
export function dayInWib(milliseconds: number): Day {
	return Math.floor((milliseconds + WIB) / MILLISECONDS_PER_DAY);
}

/** A day literal in code; throws on a text that is not a day, which is a mistake in the code and not in data. */
export function day(iso: string): Day {
	const value = dayFromIso(iso);
	if (value === undefined) throw new Error(`not a day: ${iso}`);
	return value;
}

/** Day of the week of a day, 0 Sunday to 6 Saturday: 1970-01-01 was a Thursday. */
export function weekday(value: Day): number {
	return (((value + 4) % 7) + 7) % 7;
}

/** Months since 1970-01 that a day falls in: the partition key of facts. */
export function monthOf(value: Day): number {
	const date = new Date(value * MILLISECONDS_PER_DAY);
	return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** First day of a month counted from 1970-01. */
export function firstDayOfMonth(month: number): Day {
	return Date.UTC(1970, month, 1) / MILLISECONDS_PER_DAY;
}
