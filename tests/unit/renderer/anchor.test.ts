import fc from "fast-check";
import { expect, test } from "vitest";
import {
	type Anchor,
	dayAt,
	isOver,
	movedTo,
	positionOf,
} from "../../../renderer/clock/anchor.ts";

const RANGE = { firstDay: 18_322, lastDay: 18_622 };
const anchors: fc.Arbitrary<Anchor> = fc.record({
	at: fc.option(
		fc.integer({ min: RANGE.firstDay - 20, max: RANGE.lastDay + 20 }),
		{ nil: null },
	),
	time: fc.integer({ min: 0, max: 1_000_000 }),
	speed: fc.constantFrom(0.5, 2, 5, 20, 60),
	playing: fc.boolean(),
	step: fc.constantFrom(1, 7),
	loop: fc.boolean(),
});
const later = fc.integer({ min: 0, max: 60_000 });

test("wherever time is anchored, it stands on a day that there is", () => {
	fc.assert(
		fc.property(anchors, later, (anchor, passed) => {
			const at = positionOf(anchor, anchor.time + passed, RANGE);
			const day = dayAt(anchor, at, RANGE);
			for (const one of [at, day]) {
				expect(one).toBeGreaterThanOrEqual(RANGE.firstDay);
				expect(one).toBeLessThan(RANGE.lastDay + 1);
			}
			expect(Number.isInteger(day)).toBe(true);
			expect(day).toBeLessThanOrEqual(at);
		}),
	);
});

test("who is told of an anchor later, or of the same movement from another moment on, shows the same place", () => {
	fc.assert(
		fc.property(anchors, later, later, (anchor, first, second) => {
			const now = anchor.time + first + second;
			expect(
				positionOf(movedTo(anchor, anchor.time + first, RANGE), now, RANGE),
			).toBeCloseTo(positionOf(anchor, now, RANGE), 5);
		}),
	);
});

test("another speed goes on from where time stands", () => {
	fc.assert(
		fc.property(anchors, later, (anchor, passed) => {
			const playing = { ...anchor, playing: true };
			const now = anchor.time + passed;
			const faster = movedTo(playing, now, RANGE, 10);
			expect(faster.speed).toBe(10);
			expect(positionOf(faster, now, RANGE)).toBeCloseTo(
				positionOf(playing, now, RANGE),
				5,
			);
			expect(dayAt(faster, positionOf(faster, now, RANGE) + 1e-4, RANGE)).toBe(
				dayAt(playing, positionOf(playing, now, RANGE) + 1e-4, RANGE),
			);
		}),
	);
});

test("time that does not loop only goes on and ends on the newest day; time that loops is never over", () => {
	fc.assert(
		fc.property(anchors, later, later, (anchor, first, second) => {
			const playing = { ...anchor, playing: true };
			const [a, b] = [first, first + second].map((passed) =>
				positionOf(playing, anchor.time + passed, RANGE),
			) as [number, number];
			if (!anchor.loop) expect(b).toBeGreaterThanOrEqual(a);
			const end = anchor.time + 1_000_000;
			expect(isOver(playing, end, RANGE)).toBe(!anchor.loop);
			if (!anchor.loop)
				expect(positionOf(playing, end, RANGE)).toBe(RANGE.lastDay);
		}),
	);
});

test("by weeks only days are shown that lie whole weeks from where it began, and the newest", () => {
	const from = RANGE.firstDay + 10;
	const anchor: Anchor = {
		at: from,
		time: 0,
		speed: 10,
		playing: true,
		step: 7,
		loop: false,
	};
	const shown = new Set<number>();
	for (let now = 0; now <= 40_000; now += 50)
		shown.add(dayAt(anchor, positionOf(anchor, now, RANGE), RANGE));
	const days = [...shown];
	expect(days.at(-1)).toBe(RANGE.lastDay);
	expect(days.slice(0, -1).every((day) => (day - from) % 7 === 0)).toBe(true);
	expect(days.length).toBe(Math.ceil((RANGE.lastDay - from) / 7) + 1);
});
