import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Playhead } from "../../../renderer/clock/playhead.ts";
import { SettledDay } from "../../../renderer/clock/settled-day.ts";

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
	const head = new Playhead(frames);
	head.setDays(200);
	head.setSpeed(20);
	const settled = new SettledDay(head, 400);
	let told = 0;
	settled.listen(() => told++);

	head.seek(5);
	expect(settled.day).toBe(5);
	expect(told).toBe(1);

	head.play();
	for (let frame = 0; frame < 100; frame++) pass(20);
	expect(head.day).toBeGreaterThan(40);
	expect(told).toBeLessThan(8);

	head.pause();
	expect(settled.day).toBe(head.day);
});
