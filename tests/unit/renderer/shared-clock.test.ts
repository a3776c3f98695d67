import { expect, test } from "vitest";
import { Clock } from "../../../renderer/clock/clock.ts";
import { type Line, shareClock } from "../../../renderer/clock/shared-clock.ts";

const RANGE = { firstDay: 18_322, lastDay: 18_622 };

/** Lines that hear each other and not themselves. */
function lines() {
	const all = new Map<Line, (message: unknown) => void>();
	return (): Line => {
		const line: Line = {
			listen: (hear) => void all.set(line, hear),
			postMessage: (message) => {
				for (const [other, hear] of all)
					if (other !== line) hear(structuredClone(message));
			},
			close: () => void all.delete(line),
		};
		return line;
	};
}

/** A window whose own time began at some moment; `wall.now` is the clock on the wall. */
function windowSince(origin: number, wall: { now: number }) {
	let next: (() => void) | null = null;
	const clock = new Clock({
		now: () => wall.now - origin,
		request: (step) => {
			next = step;
			return 1;
		},
		cancel: () => {
			next = null;
		},
	});
	clock.setRange(RANGE);
	return {
		clock,
		frame: () => {
			const step = next;
			next = null;
			step?.();
		},
	};
}

test("windows that began at different times show one day in each frame, of whichever of them a person moves", () => {
	const wall = { now: 1_000_000 };
	const line = lines();
	const one = windowSince(900_000, wall);
	const other = windowSince(12_345, wall);
	shareClock(one.clock, line(), 900_000);
	shareClock(other.clock, line(), 12_345);
	one.clock.goTo(RANGE.firstDay + 3);
	expect(other.clock.day).toBe(RANGE.firstDay + 3);
	one.clock.setSpeed(20);
	one.clock.play();
	for (let frame = 0; frame < 60; frame++) {
		wall.now += 17;
		one.frame();
		other.frame();
		expect(other.clock.day).toBe(one.clock.day);
	}
	expect(one.clock.day).toBeGreaterThan(RANGE.firstDay + 20);
	other.clock.pause();
	expect(one.clock.playing).toBe(false);
	expect(one.clock.day).toBe(other.clock.day);
	other.clock.ask(null);
	expect(one.clock.asked).toBeNull();
});

test("a window that comes later joins what plays, one that left is moved no more, and nothing else on the line moves any", () => {
	const wall = { now: 5_000 };
	const line = lines();
	const one = windowSince(0, wall);
	shareClock(one.clock, line(), 0);
	one.clock.goTo(RANGE.firstDay);
	one.clock.play();
	wall.now += 1_000;
	one.frame();
	const late = windowSince(4_000, wall);
	const leave = shareClock(late.clock, line(), 4_000);
	late.frame();
	expect(late.clock.day).toBe(one.clock.day);
	leave();
	const left = late.clock.day;
	late.clock.pause();
	one.clock.goTo(RANGE.lastDay - 1);
	expect(late.clock.day).toBe(left);
	line().postMessage({ kind: "anchor", at: "x" });
	expect(one.clock.day).toBe(RANGE.lastDay - 1);
});
