import { beforeEach, describe, expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import { Clock } from "../../../renderer/clock/clock.ts";

/** Frames that come when the test says so. */
function heldFrames() {
	let time = 0;
	let step: (() => void) | null = null;
	return {
		source: {
			now: () => time,
			request: (next: () => void) => {
				step = next;
				return 1;
			},
			cancel: () => {
				step = null;
			},
		},
		pass(milliseconds: number) {
			time += milliseconds;
			const next = step;
			step = null;
			next?.();
		},
		waiting: () => step !== null,
	};
}

const FIRST = day("2020-03-02");
const LAST = day("2020-03-11");

describe("the clock", () => {
	let frames: ReturnType<typeof heldFrames>;
	let clock: Clock;
	beforeEach(() => {
		frames = heldFrames();
		clock = new Clock(frames.source);
		clock.setRange({ firstDay: FIRST, lastDay: LAST });
		clock.setSpeed(2);
	});

	test("moves by days of its speed, and tells of whole days only when they are reached", () => {
		clock.goTo(FIRST);
		const days: number[] = [];
		let moves = 0;
		clock.onDay(() => days.push(clock.day));
		clock.onMove(() => moves++);
		clock.play();
		for (let frame = 0; frame < 10; frame++) frames.pass(100);
		expect(clock.at).toBeCloseTo(FIRST + 2);
		expect(moves).toBe(10);
		expect(days.slice(0, 1)).toEqual([FIRST + 1]);
		expect(days.length).toBeLessThanOrEqual(2);
	});

	test("stands still on a day that someone reported, not between two", () => {
		clock.goTo(FIRST);
		clock.play();
		frames.pass(750);
		clock.pause();
		expect(clock.at).toBe(FIRST + 1);
		expect(frames.waiting()).toBe(false);
	});

	test("ends on the newest day and stops, and plays again from the first", () => {
		clock.goTo(LAST - 1);
		clock.play();
		frames.pass(5_000);
		expect(clock.at).toBe(LAST);
		expect(clock.asked).toBeNull();
		expect(clock.playing).toBe(false);
		clock.play();
		expect(clock.at).toBe(FIRST);
	});

	test("goes by hand only to days that there are", () => {
		clock.goTo(day("2019-12-31"));
		expect(clock.at).toBe(FIRST);
		clock.step(-1);
		expect(clock.at).toBe(FIRST);
		clock.goTo(day("2026-01-01"));
		expect(clock.at).toBe(LAST);
	});

	test("keeps the day when the dataset grows at either end or another comes in its place, and says nothing of it", () => {
		clock.goTo(day("2020-03-05"));
		let told = 0;
		clock.onDay(() => told++);
		clock.onMove(() => told++);
		for (const [firstDay, lastDay] of [
			["2020-03-02", "2020-12-26"],
			["2020-01-22", "2020-12-26"],
			["2020-03-04", "2020-03-05"],
			["2020-03-05", "2020-03-06"],
		] as const) {
			clock.setRange({ firstDay: day(firstDay), lastDay: day(lastDay) });
			expect(clock.day).toBe(day("2020-03-05"));
			expect(clock.asked).toBe(day("2020-03-05"));
		}
		expect(told).toBe(0);
	});

	test("goes on with the newest day for whoever watches it, and for nobody else", () => {
		clock.goTo(LAST);
		clock.setRange({ firstDay: FIRST, lastDay: LAST + 1 });
		expect(clock.day).toBe(LAST + 1);
		clock.step(-1);
		clock.setRange({ firstDay: FIRST, lastDay: LAST + 2 });
		expect(clock.day).toBe(LAST);
	});

	test("shows the nearest day to one that an address names and the dataset does not have, and that day once it comes", () => {
		const asked = day("2020-04-12");
		const fresh = new Clock(frames.source);
		fresh.ask(asked);
		expect(fresh.day).toBe(asked);
		for (const lastDay of [LAST, LAST + 10]) {
			fresh.setRange({ firstDay: FIRST, lastDay });
			expect(fresh.day).toBe(lastDay);
			expect(fresh.asked).toBe(asked);
		}
		fresh.setRange({ firstDay: FIRST, lastDay: day("2020-12-26") });
		expect(fresh.day).toBe(asked);
	});

	test("tells when the last day is left for the newest, which an address states otherwise", () => {
		clock.ask(LAST);
		const asked: (number | null)[] = [];
		clock.onDay(() => asked.push(clock.asked));
		clock.ask(null);
		expect(asked).toEqual([null]);
		expect(clock.day).toBe(LAST);
	});
});
