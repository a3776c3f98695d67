import { describe, expect, it } from "vitest";
import {
	chimeParametersOf,
	scenarioOf,
} from "../../../main/analyst/scenario-file.ts";

const age = (ageGroup: string, severe: number) => ({
	ageGroup,
	isolated: 0,
	confirmed: 20,
	severe,
	critical: 10,
	palliative: 0,
	fatal: 30,
});

const scenario = (change: Record<string, unknown> = {}) => ({
	begin: "2020-03-01",
	end: "2020-09-01T00:00:00Z",
	populationServed: 1_000_000,
	seroprevalence: 0,
	initialNumberOfCases: 50,
	importsPerDay: 1,
	r0: { begin: 2, end: 3 },
	latencyDays: 3,
	infectiousPeriodDays: 5,
	hospitalStayDays: 7,
	icuStayDays: 12,
	seasonalForcing: 0,
	peakMonth: 0,
	icuBeds: 100,
	overflowSeverity: 2,
	mitigation: [{ begin: "2020-04-05", end: "2020-09-01", pct: 50 }],
	ageDistribution: [
		{ ageGroup: "0-49", population: 800 },
		{ ageGroup: "50+", population: 200 },
	],
	severityPercent: [age("0-49", 3), age("50+", 30)],
	...change,
});

const measureFrom = (begin: string) =>
	scenario({ mitigation: [{ begin, end: "2020-09-01", pct: 50 }] });

describe("days of a scenario", () => {
	it.each([
		"05/04/2020",
		"25/04/2020",
		"2020-02-31",
		"2020-04-05T00:00",
		"2020-04-05 00:00:00",
		"5 April 2020",
	])("%s is refused by the name of the measure's field", (begin) => {
		expect(() => scenarioOf(measureFrom(begin))).toThrow(
			`mitigation[0].begin: found "${begin}", expected a day`,
		);
	});

	it("a day and its beginning in UTC are the same moment, whatever the machine's zone", () => {
		const day = scenarioOf(measureFrom("2020-04-05")).mitigations;
		expect(
			scenarioOf(measureFrom("2020-04-05T00:00:00.000Z")).mitigations,
		).toEqual(day);
		expect(
			scenarioOf(measureFrom("2020-04-05T07:00:00+07:00")).mitigations,
		).toEqual(day);
	});

	it("CHIME takes days alone", () => {
		expect(() =>
			chimeParametersOf({ ...chime, current_date: "28/03/2020" }),
		).toThrow('current_date: found "28/03/2020"');
	});
});

const chime = {
	population: 1000,
	market_share: 1,
	infectious_days: 14,
	relative_contact_rate: 0.3,
	current_date: "2020-03-28",
	current_hospitalized: 6,
	n_days: 60,
	hospitalized: { rate: 0.025, days: 7 },
	icu: { rate: 0.0075, days: 9 },
	ventilated: { rate: 0.005, days: 10 },
	doubling_time: 4,
};

describe("age groups", () => {
	it("are joined by their names, not by their places in the two lists", () => {
		const straight = scenarioOf(scenario());
		const turned = scenarioOf(
			scenario({
				ageDistribution: [
					{ ageGroup: "50+", population: 200 },
					{ ageGroup: "0-49", population: 800 },
				],
			}),
		);
		expect(turned).toEqual(straight);
		expect(
			turned.ages.map(({ name, population }) => [name, population]),
		).toEqual([
			["0-49", 800],
			["50+", 200],
		]);
	});

	it.each([
		[
			"a group twice",
			[
				{ ageGroup: "0-49", population: 800 },
				{ ageGroup: "0-49", population: 200 },
			],
			"ageDistribution[1].ageGroup: found 0-49 a second time",
		],
		[
			"a group that the other list lacks",
			[
				{ ageGroup: "0-49", population: 800 },
				{ ageGroup: "50-59", population: 200 },
			],
			"ageDistribution[1].ageGroup: found 50-59",
		],
		[
			"a missing group",
			[{ ageGroup: "0-49", population: 800 }],
			"expected also 50+",
		],
	])("refuses %s", (_, ageDistribution, message) => {
		expect(() => scenarioOf(scenario({ ageDistribution }))).toThrow(message);
	});
});

it("names a field by its whole path, and what stands there", () => {
	expect(() =>
		scenarioOf(
			scenario({
				severityPercent: [age("0-49", 3), { ...age("50+", 1), fatal: "30" }],
			}),
		),
	).toThrow('severityPercent[1].fatal: found "30", expected a number');
});
