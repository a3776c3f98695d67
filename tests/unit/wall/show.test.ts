import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockOffset, withAnswer } from "../../../core/wall/clock-offset.ts";
import { showingAt } from "../../../core/wall/playlist.ts";
import {
	AT_REST,
	afterHearing,
	afterOrder,
	begunOf,
	heldAt,
	LEAD,
	type Show,
	type ShowOrder,
	SIGN_LASTS,
} from "../../../core/wall/show.ts";
import {
	afterBeat,
	type Beat,
	FORGOTTEN_AFTER,
	FROZEN_AFTER,
	lookedAt,
	type WallWindow,
} from "../../../core/wall/wall-windows.ts";

const run = (entry: number, paused = false): ShowOrder => ({
	...{ do: "run", playlist: "pagi", entry, paused },
});

describe("a show", () => {
	test("a sign of the displays stands for a while, and neither begins a show nor changes who leads one", () => {
		const signed = afterOrder(AT_REST, { do: "sign", on: true }, "rina", 1_000);
		expect(signed).toEqual({
			...{ ...AT_REST, turn: 1, from: 1_000 + LEAD },
			signUntil: 1_000 + LEAD + SIGN_LASTS,
		});
		const led = afterOrder(signed, run(3), "budi", 2_000);
		expect(led.signUntil).toBe(signed.signUntil);
		const off = afterOrder(led, { do: "sign", on: false }, "rina", 3_000);
		expect(off).toMatchObject({ by: "budi", signUntil: null, run: led.run });
	});

	test("two presenters who press next at once both come to the next scene, not to the one after it", () => {
		const first = afterOrder(AT_REST, run(3), "rina", 1_000);
		const second = afterOrder(first, run(3), "budi", 1_010);
		expect(second.run).toMatchObject({ entry: 3 });
		expect(second).toMatchObject({ turn: 2, by: "budi" });
	});

	test("an order holds a little later, for all at one moment, and never before the one before it", () => {
		const first = afterOrder(AT_REST, run(1), "rina", 1_000);
		expect(first.from).toBe(1_000 + LEAD);
		// The clock of the machine was set back.
		expect(afterOrder(first, run(2), "rina", 200).from).toBe(first.from);
	});

	test("a playlist that is led begins its scene when the order holds, and stands while it is paused", () => {
		const entries = [5, 7, 9].map((seconds) => ({ scene: "a", seconds }));
		const show = afterOrder(AT_REST, run(1), "", 1_000);
		const begun = begunOf(show, "pagi");
		expect(begunOf(show, "sore")).toBeNull();
		if (!begun) throw new Error("it leads");
		expect(showingAt({ entries }, begun, show.from)).toMatchObject({
			...{ entry: 1, since: show.from, until: show.from + 7_000 },
		});
		const paused = afterOrder(show, run(2, true), "", 2_000);
		expect(
			showingAt({ entries }, begunOf(paused, "pagi") ?? begun, 9e12),
		).toMatchObject({ entry: 2, until: null });
	});

	test("the clock of the talk begins with its first order and goes on; its end gives everything back", () => {
		const first = afterOrder(AT_REST, { do: "black", on: true }, "", 1_000);
		const later = afterOrder(first, run(0), "", 60_000);
		expect(later).toMatchObject({ begunAt: first.from, black: true });
		const end = afterOrder(later, { do: "end" }, "rina", 90_000);
		expect(end).toEqual({
			...AT_REST,
			...{ turn: 3, by: "rina", from: 90_000 + LEAD },
		});
	});

	test("who goes on to another scene points no longer; who only pauses still does", () => {
		let show = afterOrder(AT_REST, run(1), "", 0);
		show = afterOrder(show, { do: "point", area: "35" }, "", 10);
		expect(afterOrder(show, run(1, true), "", 20).point).toBe("35");
		expect(afterOrder(show, run(2), "", 20).point).toBeNull();
	});

	test("whatever is ordered and whenever it is heard, a wall comes to show the last of it, and nothing before its time", () => {
		const order: fc.Arbitrary<ShowOrder> = fc.oneof(
			fc.boolean().map((on): ShowOrder => ({ do: "black", on })),
			fc.integer({ min: 0, max: 9 }).map((entry) => run(entry)),
			fc.constant<ShowOrder>({ do: "end" }),
		);
		const deeds = fc.array(
			fc.record({ order, after: fc.integer({ min: 0, max: 400 }) }),
			{ minLength: 1, maxLength: 20 },
		);
		fc.assert(
			fc.property(deeds, fc.integer({ min: 0, max: 600 }), (all, delay) => {
				let now = 1_000;
				let show: Show = AT_REST;
				let heard = afterHearing(null, AT_REST, now);
				for (const { order, after } of all) {
					now += after;
					show = afterOrder(show, order, "", now);
					heard = afterHearing(heard, show, now + delay);
					const { now: holds } = heldAt(heard, now + delay);
					expect(holds.from).toBeLessThanOrEqual(now + delay);
				}
				expect(heldAt(heard, show.from).now).toEqual(show);
				expect(heldAt(heard, show.from).coming).toEqual([]);
			}),
		);
	});
});

test("how far another clock is ahead is told by the answer that came soonest, wrong by at most half of what it took", () => {
	expect(clockOffset([])).toBeNull();
	fc.assert(
		fc.property(
			fc.integer({ min: -1e7, max: 1e7 }),
			fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 1 }),
			(ahead, ways) => {
				let now = 0;
				const answers = ways.map(([there, back]) => {
					const sent = now;
					now += there + back + 10;
					return {
						...{ sent, said: sent + there + ahead },
						received: sent + there + back,
					};
				});
				const found = clockOffset(answers);
				if (!found) throw new Error("it was asked");
				const least = Math.min(...ways.map(([a, b]) => a + b));
				expect(found.error).toBe(least / 2);
				expect(Math.abs(found.offset - ahead)).toBeLessThanOrEqual(least / 2);
			},
		),
	);
});

describe("windows that show a wall", () => {
	const beat = (frames: number, part: Partial<Beat> = {}): Beat => ({
		...{ window: "a", name: "", show: "", scene: null, frames },
		...{ stale: 0, trouble: null },
		...{ width: 1920, height: 1080, turn: 0, closing: false },
		...part,
	});
	const told = (...beats: [Beat, number][]) =>
		beats.reduce<readonly WallWindow[]>(
			(all, [one, at]) => afterBeat(all, one, at),
			[],
		);

	test("one whose page stands still is frozen, though its line stands open; so is one that tells of itself and draws nothing", () => {
		const silent = told([beat(1), 0], [beat(40), 1_000]);
		expect(lookedAt(silent, 1_000 + FROZEN_AFTER - 1)).toMatchObject([
			{ frozen: false },
		]);
		expect(lookedAt(silent, 1_000 + FROZEN_AFTER)).toMatchObject([
			{ frozen: true, drawnAt: 1_000 },
		]);
		const still = told([beat(40), 0], [beat(40), 3_000], [beat(40), 6_000]);
		expect(lookedAt(still, FROZEN_AFTER)).toMatchObject([{ frozen: true }]);
	});

	test("one that draws again is well again; one that was closed is no fault; one that never came back is forgotten", () => {
		const frozen = lookedAt(told([beat(40), 0]), FROZEN_AFTER);
		expect(afterBeat(frozen, beat(41), 20_000)).toMatchObject([
			{ frozen: false, drawnAt: 20_000 },
		]);
		expect(afterBeat(frozen, beat(41, { closing: true }), 20_000)).toEqual([]);
		expect(lookedAt(frozen, FORGOTTEN_AFTER)).toEqual([]);
	});
});

test("what was known of a clock that was set since is forgotten at the next answer, however soon the old ones had come", () => {
	const of = (sent: number, ahead: number, took: number) => ({
		...{ sent, received: sent + took, said: sent + took / 2 + ahead },
	});
	const before = withAnswer(withAnswer([], of(0, 100, 1)), of(10, 104, 30));
	expect(clockOffset(before)?.offset).toBe(100);
	expect(clockOffset(withAnswer(before, of(50, 9_000, 40)))?.offset).toBe(
		9_000,
	);
});
