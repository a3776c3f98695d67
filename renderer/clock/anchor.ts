import type { Day } from "../../core/series/day.ts";

/** The days that there are, both included. */
export interface DayRange {
	readonly firstDay: Day;
	readonly lastDay: Day;
}

/**
 * How time moves: where it stood at a moment, and at which speed it goes on from there. Every later moment follows from it, so that windows
 * which are told of one anchor show the same day in the same frame without being told of each.
 */
export interface Anchor {
	/** The day, with a fraction; null for the newest. */
	readonly at: number | null;
	/** When it stood there, in milliseconds. */
	readonly time: number;
	/** Days a second. */
	readonly speed: number;
	readonly playing: boolean;
	/** Days from one that is shown to the next. */
	readonly step: 1 | 7;
	/** The first day follows the last, which stands as long as any other. */
	readonly loop: boolean;
}

/** Where time stands at a moment (ms): between the first and the last day, with a fraction while it plays. */
export function positionOf(
	{ at, time, speed, playing, loop }: Anchor,
	now: number,
	{ firstDay, lastDay }: DayRange,
): number {
	const asked = at ?? lastDay;
	// Where the first day follows the last, that one passes like any other.
	const last = loop && Math.floor(asked) === lastDay ? asked : lastDay;
	const from = Math.min(Math.max(asked, firstDay), last);
	if (!playing) return Math.min(from, lastDay);
	const moved = from + (Math.max(0, now - time) / 1000) * speed;
	if (!loop) return Math.min(moved, lastDay);
	return firstDay + ((moved - firstDay) % (lastDay - firstDay + 1));
}

/** Whether time has played to the newest day and goes no further. */
export function isOver(anchor: Anchor, now: number, range: DayRange): boolean {
	return (
		anchor.playing &&
		!anchor.loop &&
		positionOf(anchor, now, range) >= range.lastDay
	);
}

/** The whole day that is shown at a position: by steps of seven days, those that lie whole weeks from where time was anchored. */
export function dayAt(
	{ at, step, playing }: Anchor,
	position: number,
	{ firstDay, lastDay }: DayRange,
): Day {
	const day = Math.floor(position);
	// The newest day is reached whatever the steps are.
	if (step === 1 || !playing || position >= lastDay) return day;
	const from = Math.floor(at ?? lastDay);
	return Math.max(firstDay, from + step * Math.floor((day - from) / step));
}

/** The same movement, told from the day that is shown at a moment and perhaps at another speed: time does not jump. */
export function movedTo(
	anchor: Anchor,
	now: number,
	range: DayRange,
	speed = anchor.speed,
): Anchor {
	const position = positionOf(anchor, now, range);
	const at = dayAt(anchor, position, range);
	return { ...anchor, speed, at, time: now - ((position - at) / speed) * 1000 };
}
