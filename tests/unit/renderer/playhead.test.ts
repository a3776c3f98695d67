import { beforeEach, describe, expect, test } from "vitest";
import { Playhead } from "../../../renderer/clock/playhead.ts";

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

describe("the playhead", () => {
	let frames: ReturnType<typeof heldFrames>;
	let head: Playhead;
	beforeEach(() => {
		frames = heldFrames();
		head = new Playhead(frames.source);
		head.setDays(10);
		head.setSpeed(2);
	});

	test("moves by days of its speed, and tells of whole days only when they are reached", () => {
		const days: number[] = [];
		let moves = 0;
		head.onDay(() => days.push(head.day));
		head.onMove(() => moves++);
		head.play();
		for (let frame = 0; frame < 10; frame++) frames.pass(100);
		expect(head.position).toBeCloseTo(2);
		expect(moves).toBe(10);
		expect(days.slice(0, 1)).toEqual([1]);
		expect(days.length).toBeLessThanOrEqual(2);
	});

	test("stands still on a day that someone reported, not between two", () => {
		head.play();
		frames.pass(750);
		head.pause();
		expect(head.position).toBe(1);
		expect(frames.waiting()).toBe(false);
	});

	test("ends on the last day and stops, and plays again from the first", () => {
		head.seek(8);
		head.play();
		frames.pass(5_000);
		expect(head.position).toBe(9);
		expect(head.playing).toBe(false);
		head.play();
		expect(head.position).toBe(0);
	});

	test("stays within the days, whatever it is asked", () => {
		head.seek(-5);
		expect(head.position).toBe(0);
		head.seek(400);
		expect(head.position).toBe(9);
		head.setDays(4);
		expect(head.position).toBe(3);
	});
});
