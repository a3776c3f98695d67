import fc from "fast-check";
import { expect, test } from "vitest";
import {
	bytesAtMost,
	dayOfFrame,
	FRAME_RATES,
	frameCount,
	isFilm,
	MOST_IN_MEMORY,
	secondsOfFrame,
} from "../../../renderer/parts/export/frame-schedule.ts";

const FROM = 18_322;

test("300 days at 5 days and 30 frames a second are 1,800 frames: six of each day, a minute long", () => {
	const lapse = {
		from: FROM,
		to: FROM + 299,
		daysPerSecond: 5,
		framesPerSecond: 30,
	};
	expect(frameCount(lapse)).toBe(1800);
	expect(
		[0, 5, 6, 1799].map((frame) => dayOfFrame(lapse, frame) - FROM),
	).toEqual([0, 0, 1, 299]);
	expect(secondsOfFrame(lapse, 1800)).toBe(60);
});

test("whatever is chosen, a film begins with its first day, ends with its last, shows each day, none before another, for as long as every other", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 400 }),
			fc.constantFrom(0.5, 2, 5, 10, 20, 60),
			fc.constantFrom(...FRAME_RATES),
			(days, daysPerSecond, framesPerSecond) => {
				const lapse = {
					from: FROM,
					to: FROM + days,
					daysPerSecond,
					framesPerSecond,
				};
				fc.pre(isFilm(lapse));
				const shown = Array.from({ length: frameCount(lapse) }, (_, frame) =>
					dayOfFrame(lapse, frame),
				);
				const frames = new Map<number, number>();
				for (const day of shown) frames.set(day, (frames.get(day) ?? 0) + 1);
				expect(shown).toEqual(shown.toSorted((a, b) => a - b));
				expect([...frames.keys()]).toEqual(
					Array.from({ length: days + 1 }, (_, at) => FROM + at),
				);
				const counts = [...frames.values()];
				expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(
					1,
				);
			},
		),
	);
	expect(
		isFilm({ from: 2, to: 1, daysPerSecond: 1, framesPerSecond: 30 }),
	).toBe(false);
	// Days would be left out between two frames.
	expect(
		isFilm({ from: 1, to: 2, daysPerSecond: 60, framesPerSecond: 24 }),
	).toBe(false);
});

test("two years at five days a second fit into memory at 1920 x 1080; at half a day a second they do not, and that is known before the first frame", () => {
	const years = { from: FROM, to: FROM + 729, framesPerSecond: 30 };
	const size = { width: 1920, height: 1080 };
	expect(bytesAtMost({ ...years, daysPerSecond: 5 }, size)).toBe(109_500_000);
	expect(bytesAtMost({ ...years, daysPerSecond: 0.5 }, size)).toBeGreaterThan(
		MOST_IN_MEMORY,
	);
	expect(
		bytesAtMost({ ...years, daysPerSecond: 5 }, { width: 3840, height: 2160 }),
	).toBeGreaterThan(3.5 * 109_500_000);
});
