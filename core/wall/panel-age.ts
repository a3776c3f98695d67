import { type Day, dayInWib } from "../series/day.ts";

/** What of the dataset the age of a figure is reckoned from. */
export interface Told {
	readonly exercise: boolean;
	readonly lastDay: Day;
	/** When the publication that is shown was made (ms since 1970-01-01 UTC). */
	readonly committedAt: number;
}

/**
 * The day against which the age of a figure is told: today in WIB. An exercise is of other years: there the last day of its data is the day
 * of its publication, and each day since then counts.
 * @param now ms since 1970-01-01 UTC
 */
export function dayOfReference(dataset: Told, now: number): Day {
	const today = dayInWib(Math.max(now, dataset.committedAt));
	return dataset.exercise
		? dataset.lastDay + today - dayInWib(dataset.committedAt)
		: today;
}

/** How old what a panel shows is: whole days since its last report, never below 0; null: it was never reported. */
export function ageInDays(
	lastReport: Day | null,
	dataset: Told,
	now: number,
): number | null {
	return lastReport === null
		? null
		: Math.max(0, dayOfReference(dataset, now) - lastReport);
}

/** Whether a panel is to be drawn as old: older than its rule allows, or never reported at all. */
export function isStale(age: number | null, staleAfter: number): boolean {
	return age === null || age > staleAfter;
}
