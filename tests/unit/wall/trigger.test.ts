import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import {
	type AllNoticed,
	heldOff,
	type Raised,
	type Rule,
	raise,
	standing,
	Trigger,
	type WatchingRule,
	type Why,
	whyHeld,
} from "../../../core/wall/trigger.ts";

const LAST = day("2020-06-10");
const COMMITTED = Date.parse("2020-06-10T03:00:00Z");
const DATASET = { exercise: false, lastDay: LAST, committedAt: COMMITTED };
const NOON = Date.parse("2020-06-10T05:00:00Z");

const rule = (part: Partial<WatchingRule> = {}): Rule =>
	({
		...{ kind: "threshold", indicator: "confirmed", measure: "new7" },
		...{ area: "31", direction: "above", value: 100, days: 1 },
		...part,
	}) as Rule;
/** Figures up to the last day of the data. */
const told = (...values: (number | null)[]) => ({
	kind: "threshold" as const,
	days: values.map((value, at) => ({
		day: LAST - values.length + 1 + at,
		value,
	})),
});
const why = (asked: Rule, ...values: (number | null)[]) =>
	whyHeld(asked, told(...values), DATASET, NOON);

describe("a rule", () => {
	test("of a threshold holds while the newest figure is beyond it, says since which day without a gap, and not at the value itself", () => {
		expect(why(rule(), 50, 120, 130, 140)).toEqual({
			...{ kind: "threshold", day: LAST, value: 140, since: LAST - 2 },
		});
		expect(why(rule(), 50, 120, 130, 100)).toBeNull();
		expect(why(rule(), 120, null, 130, 140)).toMatchObject({
			since: LAST - 1,
		});
		expect(why(rule({ days: 3 }), 50, 90, 130, 140)).toBeNull();
		expect(why(rule({ direction: "below" }), 50, 90)).toMatchObject({
			since: LAST - 1,
		});
	});

	test("of a threshold names the day of the figure it is held by, and is not held by one of more than a week ago, or by none", () => {
		expect(why(rule(), 120, null, null)).toMatchObject({ day: LAST - 2 });
		expect(why(rule(), 120, ...Array<null>(7).fill(null))).toBeNull();
		expect(why(rule(), null, null)).toBeNull();
		expect(why(rule())).toBeNull();
	});

	test("of a source holds from the day on which it is older than it may be, and where it never reported", () => {
		const stale: Rule = { kind: "stale", source: "dinkes", days: 2 };
		const at = (lastDay: number | null | undefined, now = NOON) =>
			whyHeld(stale, { kind: "stale", lastDay }, DATASET, now);
		expect(at(LAST - 2)).toBeNull();
		expect(at(LAST - 2, NOON + 86_400_000)).toEqual({
			...{ kind: "stale", source: "dinkes", lastDay: LAST - 2, age: 3 },
		});
		expect(at(null)).toMatchObject({ lastDay: null, age: null });
		// There is no source of this name any more.
		expect(at(undefined)).toBeNull();
	});

	test("of an alert holds while an area has crossed the value in the last days, the newest first", () => {
		const crossings = [
			{ area: "31.71", day: LAST - 3, value: 101 },
			{ area: "31.72", day: LAST, value: 160 },
		];
		const alert = rule({ kind: "alert", level: "regency" } as never);
		const at = (crossings: { area: string; day: number; value: number }[]) =>
			whyHeld(alert, { kind: "alert", crossings }, DATASET, NOON);
		expect(at(crossings)).toMatchObject({
			crossings: [{ area: "31.72" }, { area: "31.71" }],
		});
		expect(at([])).toBeNull();
	});

	test("that is held against something else than it asks for does not hold", () => {
		expect(
			whyHeld({ kind: "publication" }, told(500), DATASET, NOON),
		).toBeNull();
	});
});

const publication = (seq: number): Why => ({
	...{ kind: "publication", seq, at: COMMITTED },
});
const trigger = (id: string, seconds: number | null = 60): Trigger => ({
	...{ id, scene: `scene-${id}`, seconds },
	rule: seconds === null ? rule() : { kind: "publication" },
});
const NOTHING: AllNoticed = new Map();

describe("what a rule raises", () => {
	test("stands for its seconds from when it was noticed, once for each occasion", () => {
		const one = raise("p", [trigger("a")], [publication(7)], NOTHING, 1_000);
		expect(standing(one.raised, "p", 1_000)?.scene).toBe("scene-a");
		expect(standing(one.raised, "p", 60_999)?.scene).toBe("scene-a");
		expect(standing(one.raised, "p", 61_000)).toBeNull();
		const again = raise(
			...(["p", [trigger("a")], [publication(7)], one.noticed] as const),
			90_000,
		);
		expect(standing(again.raised, "p", 90_000)).toBeNull();
		const next = raise(
			...(["p", [trigger("a")], [publication(8)], again.noticed] as const),
			90_000,
		);
		expect(standing(next.raised, "p", 90_000)?.at).toBe(90_000);
	});

	test("stands as long as the rule holds where no seconds are given, and comes up anew after it did not hold", () => {
		const held: Why = {
			...{ kind: "threshold", day: LAST, value: 140, since: LAST - 2 },
		};
		const list = [trigger("a", null)];
		const first = raise("p", list, [held], NOTHING, 1_000);
		expect(standing(first.raised, "p", 9_999_999)?.until).toBeNull();
		const over = raise("p", list, [null], first.noticed, 2_000);
		expect(over.raised).toEqual([]);
		const anew = raise("p", list, [held], over.noticed, 3_000);
		expect(anew.raised[0]?.at).toBe(3_000);
	});

	test("the first of a playlist that holds comes first, and no other playlist is touched", () => {
		const list = [trigger("a"), trigger("b")];
		const both = [publication(1), publication(1)];
		const { raised } = raise("p", list, both, NOTHING, 0);
		expect(standing(raised, "p", 0)?.trigger).toBe("a");
		expect(standing(raised, "q", 0)).toBeNull();
	});

	test("held off it stays away until the rule holds anew, and can be let up again", () => {
		const list = [trigger("a"), trigger("b")];
		const both = [publication(1), publication(1)];
		const off = heldOff(
			raise("p", list, both, NOTHING, 0).noticed,
			...(["p", "a", true] as const),
		);
		const later = raise("p", list, both, off, 5);
		expect(standing(later.raised, "p", 5)?.trigger).toBe("b");
		const back = heldOff(later.noticed, "p", "a", false);
		expect(
			standing(raise("p", list, both, back, 6).raised, "p", 6)?.trigger,
		).toBe("a");
		const anew = raise("p", list, [publication(2), null], off, 7);
		expect(standing(anew.raised, "p", 7)?.trigger).toBe("a");
		expect(heldOff(NOTHING, "p", "a", true)).toBe(NOTHING);
	});

	test("is the same for whoever asks at the same moment, however often it was asked before", () => {
		fc.assert(
			fc.property(
				fc.array(fc.option(fc.integer({ min: 0, max: 3 })), {
					minLength: 1,
					maxLength: 20,
				}),
				(seqs) => {
					let often: AllNoticed = NOTHING;
					let seldom: AllNoticed = NOTHING;
					let last: Raised[] = [];
					for (const [at, seq] of seqs.entries()) {
						const held = [seq === null ? null : publication(seq)];
						raise("p", [trigger("a")], held, often, at * 1000);
						({ raised: last, noticed: often } = raise(
							...(["p", [trigger("a")], held, often, at * 1000] as const),
						));
						({ noticed: seldom } = raise(
							...(["p", [trigger("a")], held, seldom, at * 1000] as const),
						));
					}
					const again = raise(
						...([
							"p",
							[trigger("a")],
							[seqs.at(-1) == null ? null : publication(seqs.at(-1) as number)],
							seldom,
							999_000,
						] as const),
					);
					expect(again.raised).toEqual(last);
				},
			),
		);
	});
});

test("a publication does not end: a trigger of one says how long its scene stands", () => {
	const whole = trigger("a");
	expect(Trigger.safeParse(whole).success).toBe(true);
	expect(Trigger.safeParse({ ...whole, seconds: null }).success).toBe(false);
});
