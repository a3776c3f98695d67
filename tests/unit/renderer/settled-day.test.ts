import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { day } from "../../../core/series/day.ts";
import { Clock } from "../../../renderer/clock/clock.ts";
import { SettledDay } from "../../../renderer/clock/settled-day.ts";

const FIRST = day("2020-03-02");
let step: (() => void) | null = null;
let time = 0;
const frames = {
	now: () => time,
	request: (next: () => void) => {
		step = next;
		return 1;
	},
	cancel: () => {
		step = null;
	},
};
const pass = (milliseconds: number) => {
	time += milliseconds;
	const next = step;
	step = null;
	next?.();
	vi.advanceTimersByTime(milliseconds);
};

beforeEach(() => {
	vi.useFakeTimers();
	step = null;
	time = 0;
});
afterEach(() => vi.useRealTimers());

test("panels follow a step at once, and a few times a second while time plays", () => {
	const clock = new Clock(frames);
	clock.setRange({ firstDay: FIRST, lastDay: FIRST + 199 });
	clock.setSpeed(20);
	const settled = new SettledDay(clock, 400, () => false);
	let told = 0;
	settled.listen(() => told++);

	clock.goTo(FIRST + 5);
	expect(settled.day).toBe(FIRST + 5);
	expect(told).toBe(1);

	clock.play();
	for (let frame = 0; frame < 100; frame++) pass(20);
	expect(clock.day).toBeGreaterThan(FIRST + 40);
	expect(told).toBeLessThan(8);

	clock.pause();
	expect(settled.day).toBe(clock.day);
});

test("while time plays the next day waits for the answers to the last, however slow they are", () => {
	const clock = new Clock(frames);
	clock.setRange({ firstDay: FIRST, lastDay: FIRST + 199 });
	clock.goTo(FIRST);
	let busy = false;
	const settled = new SettledDay(clock, 400, () => busy);
	settled.listen(() => {
		busy = true;
	});

	clock.play();
	for (let frame = 0; frame < 100; frame++) pass(20);
	const asked = settled.day;
	expect(asked).toBeGreaterThan(FIRST);
	for (let frame = 0; frame < 100; frame++) pass(20);
	expect(settled.day).toBe(asked);

	busy = false;
	for (let frame = 0; frame < 25; frame++) pass(20);
	expect(settled.day).toBeGreaterThan(asked);

	busy = true;
	clock.pause();
	expect(settled.day).toBe(clock.day);
});
