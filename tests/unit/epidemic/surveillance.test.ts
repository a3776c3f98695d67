import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	COMPARABILITY,
	changeBetween,
	differenceOf,
	type StatusSeries,
	statusSeries,
	successorOf,
	VOCABULARY_BREAK,
	VocabularyBreakError,
	vocabularyOn,
} from "../../../core/epidemic/case-vocabulary.ts";
import {
	growthBetween,
	incidencePer100k,
	positivity,
	weekSum,
} from "../../../core/epidemic/growth.ts";
import {
	type AlertRule,
	rollingAlerts,
} from "../../../core/epidemic/rolling-alert.ts";
import {
	ZONES,
	type Zone,
	zoneFromPublished,
	zoneTransitions,
} from "../../../core/epidemic/zone-transition.ts";
import { newCounts } from "../../../core/series/daily.ts";
import { day } from "../../../core/series/day.ts";
import { INDICATORS } from "../../../core/series/indicator.ts";

const NR = Number.NaN;

describe("weeks, growth, positivity, incidence", () => {
	it("says how many of the seven days were reported", () => {
		const counts = newCounts([0, 1, 2, 3, NR, NR, 6, 7]);
		expect(weekSum(counts, 7)).toEqual({
			status: "known",
			sum: 7,
			reportedDays: 7,
			reachesBack: 0,
		});
		const silent = newCounts([0, 1, 2, 3, 4, 5, NR, NR]);
		expect(weekSum(silent, 7)).toMatchObject({ sum: 5, reportedDays: 5 });
	});

	it("says when a report after silence carries days from before the week", () => {
		const counts = newCounts([0, NR, NR, NR, 8, 9, 10, 11]);
		expect(weekSum(counts, 7)).toMatchObject({ sum: 11, reachesBack: 0 });
		expect(
			weekSum(newCounts([0, 1, NR, NR, NR, 8, 9, 10, 11, 12]), 9),
		).toMatchObject({ sum: 11, reportedDays: 7, reachesBack: 1 });
	});

	it("calls a week without a report unknown, not zero", () => {
		expect(weekSum(newCounts([0, ...new Array(9).fill(NR)]), 9)).toEqual({
			status: "unknown",
			reportedDays: 0,
		});
	});

	const week = (sum: number, reportedDays = 7) =>
		({ status: "known", sum, reportedDays, reachesBack: 0 }) as const;

	it("finds the doubling time of a week twice the one before", () => {
		expect(growthBetween(week(200), week(100))).toMatchObject({
			status: "doubling",
			days: expect.closeTo(7, 12),
		});
		expect(growthBetween(week(100), week(200))).toMatchObject({
			status: "halving",
			days: expect.closeTo(7, 12),
		});
		expect(growthBetween(week(100), week(100))).toMatchObject({
			status: "steady",
		});
	});

	it("does not mistake silent days for falling cases", () => {
		expect(growthBetween(week(50, 5), week(70, 7))).toMatchObject({
			status: "steady",
		});
		expect(growthBetween(week(50, 3), week(70, 7))).toMatchObject({
			reason: "few-days-reported",
		});
		expect(growthBetween(week(0), week(70))).toMatchObject({
			reason: "no-cases",
		});
		expect(growthBetween(week(3), week(2))).toMatchObject({
			reason: "few-cases",
		});
	});

	it("gives positivity with its interval, or the reason why not", () => {
		expect(positivity(5, 100)).toMatchObject({ status: "known", percent: 5 });
		expect(positivity(3, 0)).toMatchObject({ reason: "no-tests" });
		expect(positivity(3, 2)).toMatchObject({
			reason: "more-positive-than-tested",
		});
		expect(positivity(undefined, 100)).toMatchObject({
			reason: "not-reported",
		});
		fc.assert(
			fc.property(
				fc.nat({ max: 1000 }),
				fc.integer({ min: 1, max: 1e6 }),
				(positive, more) => {
					const result = positivity(positive, positive + more);
					if (result.status !== "known") throw new Error(result.reason);
					expect(result.low).toBeGreaterThanOrEqual(0);
					expect(result.low).toBeLessThanOrEqual(result.percent + 1e-9);
					expect(result.high).toBeGreaterThanOrEqual(result.percent - 1e-9);
					expect(result.high).toBeLessThanOrEqual(100);
				},
			),
		);
	});

	it("names the year of the population that an incidence was taken with", () => {
		const figures = [
			{ year: 2010, inhabitants: 90_000 },
			{ year: 2020, inhabitants: 100_000 },
		];
		expect(incidencePer100k(50, 2021, figures)).toEqual({
			status: "known",
			per100k: 50,
			populationYear: 2020,
		});
		expect(incidencePer100k(50, 2021, [])).toMatchObject({
			reason: "population-unknown",
		});
		expect(incidencePer100k(NR, 2021, figures)).toMatchObject({
			reason: "not-reported",
		});
	});
});

describe("the break of 13 July 2020", () => {
	const before = statusSeries(
		"before-2020-07-13",
		"ODP",
		day("2020-07-10"),
		[10, 12, 15],
	);
	const after = statusSeries("after-2020-07-13", "suspek", day("2020-07-13"), [
		20,
		NR,
		25,
	]);

	it("lies between 12 and 13 July, or on a source's own day", () => {
		expect(vocabularyOn(day("2020-07-12"))).toBe("before-2020-07-13");
		expect(vocabularyOn(VOCABULARY_BREAK)).toBe("after-2020-07-13");
		expect(vocabularyOn(day("2020-07-20"), day("2020-08-01"))).toBe(
			"before-2020-07-13",
		);
	});

	it("cannot lie inside a series of one status", () => {
		expect(() =>
			statusSeries("before-2020-07-13", "ODP", day("2020-07-11"), [1, 2, 3]),
		).toThrow(VocabularyBreakError);
		expect(() =>
			statusSeries("after-2020-07-13", "suspek", day("2020-07-12"), [1]),
		).toThrow(VocabularyBreakError);
	});

	it("refuses a difference across it, by type and by error", () => {
		// @ts-expect-error two vocabularies do not subtract
		expect(() => differenceOf(before, after)).toThrow(VocabularyBreakError);
		expect(() =>
			differenceOf(before as StatusSeries, after as StatusSeries),
		).toThrow(VocabularyBreakError);
		expect(() =>
			changeBetween(before, day("2020-07-12"), day("2020-07-13")),
		).toThrow(/inside one vocabulary/);
		// @ts-expect-error a status of the other vocabulary
		statusSeries("before-2020-07-13", "suspek", day("2020-07-10"), [1]);
	});

	it("differences inside one vocabulary, and not through an unreported day", () => {
		expect(changeBetween(before, day("2020-07-10"), day("2020-07-12"))).toBe(5);
		expect(
			changeBetween(after, day("2020-07-13"), day("2020-07-14")),
		).toBeNaN();
		const pdp = statusSeries(
			"before-2020-07-13",
			"PDP",
			day("2020-07-11"),
			[1, 2],
		);
		expect(differenceOf(before, pdp)).toEqual({
			firstDay: day("2020-07-11"),
			difference: Float64Array.of(11, 13),
		});
	});

	it("joins single persons by the definitions", () => {
		expect(successorOf("PDP", {}).status).toBe("suspek");
		expect(successorOf("PDP", { severeOrDied: true, pcr: "none" }).status).toBe(
			"probable",
		);
		expect(successorOf("ODP", {}).status).toBeUndefined();
		expect(
			successorOf("ODP", { respiratorySigns: true, contactWithCase: true })
				.status,
		).toBe("suspek");
		expect(successorOf("OTG", {}).status).toBe("kontak-erat");
		expect(successorOf("OTG", { pcr: "positive" }).status).toBe(
			"konfirmasi-asimptomatik",
		);
	});

	it.each([
		// Fever alone is a symptom, and what makes an ODP.
		[
			"ODP",
			{ respiratorySigns: false, pcr: "positive" },
			"konfirmasi-simptomatik",
		],
		["ODP", { fever: true, pcr: "positive" }, "konfirmasi-simptomatik"],
		["PDP", { pcr: "positive" }, "konfirmasi-simptomatik"],
		["OTG", { fever: true, pcr: "positive" }, "konfirmasi-simptomatik"],
		["konfirmasi", { respiratorySigns: true }, "konfirmasi-simptomatik"],
		[
			"konfirmasi",
			{ fever: false, respiratorySigns: false },
			"konfirmasi-asimptomatik",
		],
		// What was not recorded is neither yes nor no.
		["konfirmasi", { respiratorySigns: false }, undefined],
		["konfirmasi", {}, undefined],
		["PDP", { severeOrDied: true }, "suspek"],
		["PDP", { severeOrDied: true, pcr: "negative" }, "suspek"],
		["OTG", { respiratorySigns: true }, undefined],
		["ODP", { fever: true, contactWithCase: true }, undefined],
	] as const)("makes of %s with %j: %s", (legacy, findings, status) => {
		expect(successorOf(legacy, findings).status).toBe(status);
	});

	it("lists which aggregates may be compared", () => {
		const of = (before: string) =>
			COMPARABILITY.find((row) => row.before === before)?.comparability;
		expect(of("konfirmasi")).toBe("comparable");
		expect(of("ODP + PDP")).toBe("with-break-mark");
		expect(of("OTG")).toBe("not-comparable");
		expect(of("kematian")).toBe("not-comparable");
		// The indicators on the screen say the same: deaths, and what they leave active, are drawn with the break.
		expect(
			// What BLC counts by kecamatan is defined by nobody, before the break or after it.
			INDICATORS.filter(
				({ vocabulary, only }) => vocabulary === "both" && !only,
			).map(({ key }) => key),
		).toEqual(["confirmed", "recovered", "tests"]);
	});
});

describe("transitions between official zones", () => {
	it("reads the published words and no others", () => {
		expect(zoneFromPublished("RESIKO  RENDAH")).toBe("rendah");
		expect(zoneFromPublished("Risiko Tinggi")).toBe("tinggi");
		expect(zoneFromPublished("1.86")).toBeUndefined();
	});

	it("counts each area that both publications name exactly once", () => {
		const zones = fc.dictionary(
			fc.integer({ min: 1, max: 20 }).map((n) => `35.${n}`),
			fc.constantFrom<Zone>(...ZONES),
		);
		fc.assert(
			fc.property(zones, zones, (first, second) => {
				const before = new Map(Object.entries(first));
				const after = new Map(Object.entries(second));
				const result = zoneTransitions(before, after);
				const counted = result.counts.flat().reduce((a, b) => a + b, 0);
				expect(counted).toBe(
					result.worsened.length + result.improved.length + result.unchanged,
				);
				expect(counted + result.onlyBefore.length).toBe(before.size);
				expect(counted + result.onlyAfter.length).toBe(after.size);
			}),
		);
	});

	it("calls a move between the two green zones neither worse nor better", () => {
		for (const [from, to] of [
			["tidak-terdampak", "tidak-ada-kasus"],
			["tidak-ada-kasus", "tidak-terdampak"],
		] as const) {
			const result = zoneTransitions(
				new Map([["35.07", from]]),
				new Map([["35.07", to]]),
			);
			expect(result).toMatchObject({
				worsened: [],
				improved: [],
				unchanged: 1,
			});
		}
	});

	it("calls a move towards red worse", () => {
		const { worsened, improved } = zoneTransitions(
			new Map<string, Zone>([
				["35.07", "rendah"],
				["35.08", "sedang"],
			]),
			new Map<string, Zone>([
				["35.07", "tinggi"],
				["35.08", "tidak-ada-kasus"],
			]),
		);
		expect(worsened).toEqual([{ area: "35.07", from: "rendah", to: "tinggi" }]);
		expect(improved).toHaveLength(1);
	});
});

describe("rolling alerts", () => {
	const rule: AlertRule = {
		key: "incidence-above-50",
		direction: "above",
		threshold: 50,
	};
	const daysOf = (
		values: number[],
		state?: Parameters<typeof rollingAlerts>[4],
	) =>
		rollingAlerts(rule, "35.07", 0, values, state).alerts.map(({ day }) => day);

	it("fires once when crossed, not on every day above", () => {
		expect(daysOf([10, 60, 70, 80, 90, 95, 99, 99, 99, 99, 99, 99])).toEqual([
			1,
		]);
	});

	it("is not raised again within seven days, and is after them", () => {
		expect(daysOf([60, 10, 60, 10, 60])).toEqual([0]);
		expect(daysOf([60, 10, 10, 10, 10, 10, 10, 60])).toEqual([0, 7]);
		// Crossed again inside the quiet days and still above when they end.
		expect(daysOf([60, 10, 60, 60, 60, 60, 60, 60])).toEqual([0, 7]);
	});

	it("neither fires nor clears on silence", () => {
		expect(daysOf([NR, NR])).toEqual([]);
		expect(daysOf([60, NR, NR, NR, NR, NR, NR, NR, 60])).toEqual([0]);
	});

	it("waits for as many days in a row as asked", () => {
		const { alerts } = rollingAlerts(
			{ ...rule, sustainedDays: 3 },
			"x",
			0,
			[60, 60, 10, 60, 60, 60],
		);
		expect(alerts.map(({ day }) => day)).toEqual([5]);
	});

	it("counts days in a row over days with a figure: silence, also between two runs, ends the row", () => {
		const twoDays = { ...rule, sustainedDays: 2 };
		const silent = [60, ...Array<number>(10).fill(NR), 60];
		expect(rollingAlerts(twoDays, "35.07", 0, silent).alerts).toEqual([]);
		const first = rollingAlerts(twoDays, "35.07", 0, [60]);
		expect(
			rollingAlerts(twoDays, "35.07", 11, [60], first.state).alerts,
		).toEqual([]);
		expect(
			rollingAlerts(twoDays, "35.07", 1, [60], first.state).alerts,
		).toHaveLength(1);
	});

	it("gives the same alerts day by day as all at once", () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.nat({ max: 100 }), fc.constant(NR)), {
					maxLength: 60,
				}),
				(values) => {
					const whole = rollingAlerts(rule, "x", 0, values).alerts;
					let state: ReturnType<typeof rollingAlerts>["state"] | undefined;
					const daily = values.flatMap((_, day) => {
						const step = rollingAlerts(
							rule,
							"x",
							0,
							values.slice(0, day + 1),
							state,
						);
						state = step.state;
						return step.alerts;
					});
					expect(daily).toEqual(whole);
					for (const [index, alert] of whole.entries())
						if (index > 0)
							expect(
								alert.day - (whole[index - 1]?.day as number),
							).toBeGreaterThanOrEqual(7);
				},
			),
		);
	});
});
