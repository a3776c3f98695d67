import type { Day } from "../../../core/series/day.ts";

/** A time-lapse: from one day to another, both shown, so many days and so many frames a second. */
export interface Timelapse {
	readonly from: Day;
	readonly to: Day;
	readonly daysPerSecond: number;
	readonly framesPerSecond: number;
}

/** Frames a second that are offered. */
export const FRAME_RATES = [24, 30, 60] as const;

/** How many frames a time-lapse has: every day stays as long as every other. */
export function frameCount({
	from,
	to,
	daysPerSecond,
	framesPerSecond,
}: Timelapse): number {
	return Math.max(
		1,
		Math.round(((to - from + 1) * framesPerSecond) / daysPerSecond),
	);
}

/** The day that a frame shows; every day has a frame where there are no more days than frames in a second. */
export function dayOfFrame(
	{ from, to, daysPerSecond, framesPerSecond }: Timelapse,
	frame: number,
): Day {
	return Math.min(
		to,
		from + Math.floor((frame * daysPerSecond) / framesPerSecond),
	);
}

/** When a frame begins, in seconds. */
export function secondsOfFrame(
	{ framesPerSecond }: Pick<Timelapse, "framesPerSecond">,
	frame: number,
): number {
	return frame / framesPerSecond;
}

/** Whether there is anything to film, and no day would be left out between two frames. */
export function isFilm({
	from,
	to,
	daysPerSecond,
	framesPerSecond,
}: Timelapse): boolean {
	return from <= to && daysPerSecond <= framesPerSecond;
}

/** What a film that is held in memory may weigh, in bytes: with more the page would be ended by its browser. */
export const MOST_IN_MEMORY = 600 * 1024 * 1024;

const FULL_HD = 1920 * 1080;

/** Bits a second that an encoder is given for pictures of a size: letters on a map stay sharp with 6 million at 1920 x 1080. */
export function bitRate({
	width,
	height,
}: {
	width: number;
	height: number;
}): number {
	return Math.round(6_000_000 * ((width * height) / FULL_HD) ** 0.95);
}

/** What a film may come to weigh, in bytes: what its encoder is given, though of maps that stand still it takes less. */
export function bytesAtMost(
	lapse: Timelapse,
	size: { width: number; height: number },
): number {
	return (bitRate(size) * secondsOfFrame(lapse, frameCount(lapse))) / 8;
}
