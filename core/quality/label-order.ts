import type { Day } from "../series/day.ts";

/** A label of a day that the order of its file speaks against. */
export interface OutOfOrder {
	/** Days of the nearest labels that are in order; null at an end of the file. */
	after: Day | null;
	before: Day | null;
	/** The days of the weekly course that would stand in order there: one, several where a week is missing beside it, or none. */
	possible: Day[];
}

/** What is remarked of a file in which a day is labelled wrongly: kept with the file. */
export interface WrongLabel extends OutOfOrder {
	/** As the source wrote it. */
	label: string;
	/** Lines with it that are held back. */
	rows: number;
}

const WEEK = 7;
/** Of so many rows the order says nothing yet. */
const FEWEST = 4;
/** A file of which a larger share is out of order is in no order. */
const MOST_WRONG = 1 / 3;

/**
 * Finds the labels that break the course of a list of days, such as those of one area's weekly publications in the order of the file
 * (oldest or newest first): what stands in no longest run of days that go one way. Where two labels exclude one another, the one of the
 * weekday of the others stands; where that does not tell them apart, neither does.
 * A list in no order says nothing: then no label is found, since each may stand for itself.
 * @returns by place in the list
 */
export function labelsOutOfOrder(
	days: readonly Day[],
): ReadonlyMap<number, OutOfOrder> {
	const found = new Map<number, OutOfOrder>();
	if (days.length < FEWEST) return found;
	const steps = days.slice(1).map((day, at) => day - (days[at] ?? day));
	const up = steps.filter((step) => step > 0).length;
	const forward = up * 2 >= steps.filter((step) => step !== 0).length;
	const course = forward ? days : days.map((day) => -day);
	const kept = inOrder(course);
	if (days.length - kept.size > days.length * MOST_WRONG) return found;
	let last: number | null = null;
	let waiting: number[] = [];
	const close = (next: number | null): void => {
		const ends = [last, next].map((at) =>
			at === null ? null : (days[at] ?? null),
		);
		const [after = null, before = null] = forward ? ends : ends.reverse();
		for (const at of waiting)
			found.set(at, { after, before, possible: between(after, before) });
		waiting = [];
	};
	for (let at = 0; at < days.length; at++) {
		if (!kept.has(at)) {
			waiting.push(at);
			continue;
		}
		close(at);
		last = at;
	}
	close(null);
	return found;
}

/** The weeks between two publications, where both are of one weekly course. */
function between(after: Day | null, before: Day | null): Day[] {
	if (after === null || before === null || (before - after) % WEEK !== 0)
		return [];
	const days: Day[] = [];
	for (let day = after + WEEK; day < before; day += WEEK) days.push(day);
	return days;
}

/** Places whose day stands in every longest rising run, or is chosen by its weekday among those that exclude one another. */
function inOrder(days: readonly number[]): Set<number> {
	const upTo = longestUpTo(days);
	const from = longestUpTo(days.map((day) => -day).reverse()).reverse();
	const longest = Math.max(...upTo);
	const byStep = Map.groupBy(
		[...days.keys()].filter(
			(at) => (upTo[at] ?? 0) + (from[at] ?? 0) - 1 === longest,
		),
		(at) => upTo[at],
	);
	const steps = [...byStep.values()];
	const weekdays = new Map<number, number>();
	const weekday = (at: number) => (((days[at] ?? 0) % WEEK) + WEEK) % WEEK;
	for (const at of steps.flat())
		weekdays.set(weekday(at), (weekdays.get(weekday(at)) ?? 0) + 1);
	const usual = [...weekdays].sort((a, b) => b[1] - a[1])[0]?.[0];
	const kept = new Set<number>();
	for (const places of steps) {
		const [one, ...others] =
			places.length === 1
				? places
				: places.filter((at) => weekday(at) === usual);
		if (one !== undefined && others.length === 0) kept.add(one);
	}
	return kept;
}

/** For each place the length of the longest rising run that ends there. */
function longestUpTo(days: readonly number[]): number[] {
	/** The lowest day on which a run of each length ends. */
	const ends: number[] = [];
	return days.map((day) => {
		let low = 0;
		let high = ends.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((ends[middle] ?? 0) < day) low = middle + 1;
			else high = middle;
		}
		ends[low] = day;
		return low + 1;
	});
}
