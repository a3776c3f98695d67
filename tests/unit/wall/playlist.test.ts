import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	BY_THE_CLOCK,
	type Hours,
	halted,
	isWithin,
	movedBy,
	type Playlist,
	playlistAt,
	showingAt,
} from "../../../core/wall/playlist.ts";

const list = (...seconds: number[]) => ({
	entries: seconds.map((one, at) => ({ scene: `s${at}`, seconds: one })),
});
const some = fc
	.array(fc.integer({ min: 5, max: 3600 }), { minLength: 1, maxLength: 20 })
	.map((seconds) => list(...seconds));
const moment = fc.integer({ min: 0, max: 2_000_000_000_000 });

describe("a playlist that runs", () => {
	test("shows each entry for its seconds, one after the other, and begins again", () => {
		const begun = { entry: 1, at: 1_000, paused: false };
		const at = (seconds: number) =>
			showingAt(list(10, 20, 30), begun, 1_000 + seconds * 1000);
		expect([0, 19.999, 20, 49.9, 50, 60].map((one) => at(one).entry)).toEqual([
			1, 1, 2, 2, 0, 1,
		]);
		expect(at(25)).toEqual({
			...{ entry: 2, turn: 1, next: 0 },
			...{ since: 21_000, until: 51_000 },
		});
	});

	test("at every moment, however long it has run, what is shown has begun and is not over, and what follows it is next", () => {
		fc.assert(
			fc.property(some, moment, (playlist, now) => {
				const shown = showingAt(playlist, BY_THE_CLOCK, now);
				expect(shown.since).toBeLessThanOrEqual(now);
				expect(shown.until).toBeGreaterThan(now);
				const after = showingAt(playlist, BY_THE_CLOCK, shown.until as number);
				expect(after.entry).toBe(shown.next);
				expect(after.turn).toBe(shown.turn + 1);
			}),
		);
	});

	test("next and back end where they began, a halt keeps what is shown, and one that is halted stays however long", () => {
		fc.assert(
			fc.property(
				some,
				moment,
				fc.integer({ min: -50, max: 50 }),
				(playlist, now, steps) => {
					const before = showingAt(playlist, BY_THE_CLOCK, now).entry;
					const there = movedBy(playlist, BY_THE_CLOCK, steps, now);
					const back = movedBy(playlist, there, -steps, now);
					expect(showingAt(playlist, back, now).entry).toBe(before);
					const still = halted(playlist, BY_THE_CLOCK, true, now);
					const later = showingAt(playlist, still, now + 86_400_000_000);
					expect(later).toMatchObject({ entry: before, until: null });
				},
			),
		);
	});
});

/** A moment of a day of April 2020 in WIB; the 12th was a Sunday. */
const wib = (day: number, hour: number, minute = 0) =>
	Date.UTC(2020, 3, day, hour - 7, minute);

describe("the hours of a playlist", () => {
	const morning: Hours = {
		...{ weekdays: [0, 1, 2, 3, 4], from: 7 * 60, to: 9 * 60 },
		zone: "WIB",
	};
	const night: Hours = { ...morning, weekdays: [5], from: 22 * 60, to: 6 * 60 };

	test("are those of the clock of their zone, on their weekdays, to the minute before the end", () => {
		expect(isWithin(morning, wib(13, 7))).toBe(true);
		expect(isWithin(morning, wib(13, 6, 59))).toBe(false);
		expect(isWithin(morning, wib(13, 8, 59))).toBe(true);
		expect(isWithin(morning, wib(13, 9))).toBe(false);
		expect(isWithin(morning, wib(12, 8))).toBe(false);
		expect(isWithin({ ...morning, zone: "WIT" }, wib(13, 5))).toBe(true);
	});

	test("that go past midnight belong to the weekday on which they begin", () => {
		expect(isWithin(night, wib(11, 23))).toBe(true);
		expect(isWithin(night, wib(12, 5, 59))).toBe(true);
		expect(isWithin(night, wib(12, 6))).toBe(false);
		expect(isWithin(night, wib(12, 23))).toBe(false);
		expect(isWithin(night, wib(11, 5))).toBe(false);
	});

	test("choose the playlist of a moment; one without hours is shown when no other has them", () => {
		const playlist = (id: string, hours: Hours[]): Playlist => ({
			...{ id, name: id, transition: "cut", hours, triggers: [] },
			...list(30),
		});
		const all = [
			playlist("always", []),
			playlist("morning", [morning]),
			playlist("night", [night]),
		];
		const at = (now: number) => playlistAt(all, now)?.id;
		expect([wib(13, 8), wib(13, 12), wib(11, 23)].map(at)).toEqual([
			"morning",
			"always",
			"night",
		]);
		expect(playlistAt(all.slice(1), wib(13, 12))).toBeNull();
	});
});
