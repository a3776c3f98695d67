import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	AlertRuleBody,
	type AlertRuleVersion,
	SHIPPED_RULES,
} from "../../../core/epidemic/alert-rule.ts";
import {
	type AlertChange,
	AlertStanding,
	changedStanding,
	NEW_STANDING,
	turnOf,
} from "../../../core/epidemic/alert-standing.ts";
import {
	type AlertFigures,
	areaAlerts,
	scoreOf,
	spansOf,
	wavesOf,
	withoutMatch,
} from "../../../core/epidemic/area-alerts.ts";

const body = (more: Partial<AlertRuleBody> = {}): AlertRuleBody => ({
	...(SHIPPED_RULES[0]?.body as AlertRuleBody),
	...{ threshold: 1.5, minimum: 20, sustainedDays: 1, quietDays: 7 },
	...more,
});
const version = (
	number: number,
	from: number | null,
	more: Partial<AlertRuleBody> = {},
): AlertRuleVersion => ({
	rule: "growth",
	version: number,
	from,
	body: body(more),
});
const figures = (
	values: readonly number[],
	size: readonly number[] = values.map(() => 100),
	firstDay = 0,
): AlertFigures => ({
	...{ firstDay, days: values.length, areas: ["35.07"] },
	value: Float64Array.from(values),
	...{ size, against: values.map(() => Number.NaN) },
});
const raised = (
	versions: readonly AlertRuleVersion[],
	of: AlertFigures,
	begins = true,
) => areaAlerts(versions, () => of, begins);
const days = (...asked: Parameters<typeof raised>) =>
	raised(...asked).map(({ day, version }) => [day, version]);

const V1 = [version(1, null)];
/** Figures around the threshold, some not known. */
const someValues = fc.array(
	fc.oneof(
		{ weight: 4, arbitrary: fc.double({ min: 0, max: 3, noNaN: true }) },
		fc.constant(Number.NaN),
	),
	{ minLength: 1, maxLength: 90 },
);

describe("alerts of areas", () => {
	it("every shipped rule is of its form and has its source in both languages", () => {
		for (const { body } of SHIPPED_RULES)
			expect(AlertRuleBody.parse(body)).toEqual(body);
		expect(new Set(SHIPPED_RULES.map(({ rule }) => rule)).size).toBe(6);
	});

	it("an area is alerted once for as long as a rule holds, and again after it is known not to", () => {
		expect(days(V1, figures([1, 2, 2, 1, 2, 1, 1, 1, 2]))).toEqual([
			[1, 1],
			[8, 1],
		]);
	});

	it("what rests on too little is known not to hold, and clears an alert", () => {
		const values = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2];
		const sizes = [9, 30, 30, 30, 9, 30, 30, 30, 30, 30];
		expect(days(V1, figures(values, sizes))).toEqual([
			[1, 1],
			[8, 1],
		]);
	});

	it("a day without a figure raises nothing, clears nothing, and is no end of what held", () => {
		const [alert, ...more] = raised(V1, figures([1, 2, Number.NaN, 2]));
		expect(more).toEqual([]);
		expect(alert).toMatchObject({ day: 1, until: 3, holds: true });
		const [over] = raised(V1, figures([1, 2, Number.NaN, 1]));
		expect(over).toMatchObject({ day: 1, until: 1, holds: false });
	});

	it("where it is not known what came before, an area that is beyond the rule at first raises nothing until it is known not to be", () => {
		expect(days(V1, figures([2, 2, 1, 2]), false)).toEqual([[3, 1]]);
		expect(days(V1, figures([2, 2, 1, 2]), true)).toEqual([[0, 1]]);
	});

	it("what a day raised does not change by anything that becomes known later", () => {
		fc.assert(
			fc.property(someValues, fc.nat(89), (values, cut) => {
				const whole = days(V1, figures(values)).filter(
					([day = 0]) => day < cut,
				);
				expect(days(V1, figures(values.slice(0, cut)))).toEqual(whole);
			}),
		);
	});

	it("seen from a later first day the same alerts are raised, once four weeks are known", () => {
		fc.assert(
			fc.property(
				// Without gaps: of an area that was silent for weeks nobody knows whether it was clear.
				fc.array(fc.double({ min: 0, max: 3, noNaN: true }), {
					minLength: 80,
					maxLength: 90,
				}),
				fc.integer({ min: 1, max: 20 }),
				(values, cut) => {
					const clear = values.findIndex(
						(value, day) => day > cut && value <= 1.5,
					);
					const settled = Math.max(cut + 28, clear + 8);
					const late = (all: (number | undefined)[][]) =>
						all.filter(([day = 0]) => day >= settled);
					const from = figures(values.slice(cut), undefined, cut);
					// Both are quiet for a week after their own last alert: alike from the first day on which both have none.
					const [a, b] = [days(V1, figures(values)), days(V1, from, false)];
					const quiet = values.findIndex(
						(_, day) =>
							day >= settled &&
							[...a, ...b].every(([on = 0]) => on > day || day - on >= 7),
					);
					if (quiet < 0) return;
					expect(late(b).filter(([day = 0]) => day >= quiet)).toEqual(
						late(a).filter(([day = 0]) => day >= quiet),
					);
				},
			),
		);
	});

	it("a version decides of the days from its own on, and what the one before raised stays raised", () => {
		const looser = [...V1, version(2, 4, { threshold: 1 })];
		expect(
			days(looser, figures([1.2, 2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2])),
		).toEqual(
			// The area was alerted on day 1: quiet for a week, then by the rule that is looser now.
			[
				[1, 1],
				[8, 2],
			],
		);
		expect(days(looser, figures([1.2, 1.2, 1.2, 1.2, 1.2]))).toEqual([[4, 2]]);
	});

	it("days before a version count towards its days in a row", () => {
		const sustained = [
			...V1,
			version(2, 3, { threshold: 1, sustainedDays: 3 }),
		];
		expect(days(sustained, figures([1.2, 1.2, 1.2, 1.2]))).toEqual([[3, 2]]);
	});

	it("a version of the same days takes the place of the one before, and one that is off raises nothing", () => {
		const back = [...V1, version(2, 3, { threshold: 9 }), version(3, 3)];
		expect(spansOf(back).map(({ version }) => version.version)).toEqual([1, 3]);
		expect(days(back, figures([1, 1, 1, 1, 2]))).toEqual([[4, 3]]);
		const off = [...V1, version(2, 3, { enabled: false })];
		expect(days(off, figures([1, 1, 1, 1, 2]))).toEqual([]);
	});

	it("with a higher threshold no area is alerted that would not be with a lower one", () => {
		fc.assert(
			fc.property(
				someValues,
				fc.double({ min: 0, max: 1, noNaN: true }),
				(values, more) => {
					const high = [version(1, null, { threshold: 1.5 + more })];
					if (days(high, figures(values)).length > 0)
						expect(days(V1, figures(values)).length).toBeGreaterThan(0);
				},
			),
		);
	});
});

describe("a rule held against waves", () => {
	const wave = [10, 20, 60, 80, 120, 90, 70, 60, 55, 20, 10];

	it("a wave is a week and more above the level, and its highest day is told", () => {
		expect(wavesOf("x", 100, wave)).toEqual([
			{ area: "x", crossed: 102, begun: true, peak: 104, last: 108 },
		]);
		expect(wavesOf("x", 0, [60, 60, 60, 10])).toEqual([]);
		// Not known is no end.
		expect(
			wavesOf("x", 0, [60, 60, 60, Number.NaN, 60, 60, 60, 60]),
		).toHaveLength(1);
		// Nor are some days below: else a wave that wavers about the level is counted as many.
		const wavering = [...wave, 30, 30, 30, ...wave.slice(2)];
		expect(wavesOf("x", 0, wavering)).toMatchObject([{ crossed: 2, last: 20 }]);
		const apart = [...wave, 30, 30, 30, 30, 30, ...wave.slice(2)];
		expect(wavesOf("x", 0, apart)).toMatchObject([
			{ crossed: 2, peak: 4, last: 8 },
			{ crossed: 16, peak: 18, last: 22 },
		]);
	});

	it("lead is from the first alert of four weeks before to the day on which the wave was reached, and to its peak", () => {
		const waves = wavesOf("x", 100, wave);
		const at = (...days: number[]) => days.map((day) => ({ area: "x", day }));
		expect(scoreOf(at(60, 95, 103), waves, 200)).toMatchObject({
			...{ raised: 3, areas: 1, waves: 1, caught: 1, besides: 1 },
			beforeReached: { median: 7 },
			beforePeak: { median: 9 },
		});
		// After the peak nothing is foretold, and it is of the wave all the same.
		expect(scoreOf(at(107), waves, 200)).toMatchObject({
			...{ caught: 0, besides: 0, beforeReached: null },
		});
		expect(scoreOf([{ area: "y", day: 103 }], waves, 200)).toMatchObject({
			...{ caught: 0, besides: 1 },
		});
	});

	it("an alert within a wave is of that wave, and foretells none that follows soon", () => {
		const of = { area: "x", begun: true };
		const waves = [
			{ ...of, crossed: 60, peak: 75, last: 100 },
			{ ...of, crossed: 110, peak: 120, last: 130 },
		];
		expect(scoreOf([{ area: "x", day: 95 }], waves, 200)).toMatchObject({
			...{ waves: 2, caught: 0, besides: 0, beforeReached: null },
		});
		expect(scoreOf([{ area: "x", day: 101 }], waves, 200)).toMatchObject({
			...{ caught: 1, besides: 0, beforeReached: { median: 9 } },
		});
	});

	it("a wave that was under way at first was not to be caught, and an alert of the last four weeks may have its wave to come", () => {
		const [first, ...more] = wavesOf("x", 0, [60, 90, ...wave.slice(2)]);
		expect([first?.begun, more.length]).toEqual([false, 0]);
		const score = (day: number, lastDay: number) =>
			scoreOf([{ area: "x", day }], first ? [first] : [], lastDay);
		expect(score(3, 60)).toMatchObject({
			...{ waves: 0, caught: 0, besides: 0, undecided: 0 },
		});
		expect(score(33, 60)).toMatchObject({ besides: 0, undecided: 1 });
		expect(score(32, 60)).toMatchObject({ besides: 1, undecided: 0 });
	});

	it("an alert a few days earlier is the same, of another area it is not", () => {
		const a = [
			{ area: "x", day: 10 },
			{ area: "y", day: 10 },
		];
		expect(withoutMatch(a, [{ area: "x", day: 14 }])).toEqual([a[1]]);
	});
});

describe("what a person makes of an alert", () => {
	const made = (...changes: AlertChange[]) =>
		changes.reduce<AlertStanding | null>(
			(standing, change) => standing && changedStanding(standing, change),
			NEW_STANDING,
		);

	it("a new alert is overdue after two days, sleeps up to its day, and comes back on it", () => {
		expect(turnOf(NEW_STANDING, 10, 12)).toBe("new");
		expect(turnOf(NEW_STANDING, 10, 13)).toBe("overdue");
		const asleep = made({ kind: "snooze", until: 20 }) as AlertStanding;
		expect(turnOf(asleep, 10, 19)).toBe("snoozed");
		expect(turnOf(asleep, 10, 20)).toBe("acknowledged");
	});

	it("a closed one takes a note and nothing else until it is opened again", () => {
		const close: AlertChange = { kind: "close", verdict: "false" };
		expect(made(close)).toMatchObject({ status: "closed", verdict: "false" });
		expect(made(close, { kind: "note" })).toEqual(made(close));
		expect(made(close, { kind: "acknowledge" })).toBeNull();
		expect(made(close, close)).toBeNull();
		expect(made({ kind: "reopen" })).toBeNull();
		expect(made(close, { kind: "reopen" })).toMatchObject({
			...{ status: "acknowledged", verdict: null },
		});
	});

	it("whatever was done, taking it back gives what stood before", () => {
		const change = fc.oneof<fc.Arbitrary<AlertChange>[]>(
			fc.constant({ kind: "acknowledge" }),
			fc.constant({ kind: "assign", to: "rina" }),
			fc.constant({ kind: "snooze", until: 5 }),
			fc.constant({ kind: "close", verdict: "true" }),
			fc.constant({ kind: "reopen" }),
			fc.constant({ kind: "note" }),
		);
		fc.assert(
			fc.property(fc.array(change), change, (before, last) => {
				const stood = before.reduce<AlertStanding>(
					(standing, one) => changedStanding(standing, one) ?? standing,
					NEW_STANDING,
				);
				const now = changedStanding(stood, last);
				if (!now) return;
				AlertStanding.parse(now);
				expect(changedStanding(now, { kind: "restore", to: stood })).toEqual(
					stood,
				);
			}),
		);
	});
});
