import { describe, expect, it } from "vitest";
import { runAgeStructured } from "../../../core/epidemic/age-structured.ts";
import {
	type ChimeParameters,
	fitChime,
} from "../../../core/epidemic/chime.ts";
import { hospitalDemandOf } from "../../../core/epidemic/hospital-demand.ts";
import { nowcast } from "../../../core/epidemic/nowcast.ts";
import { projectRenewal } from "../../../core/epidemic/renewal-projection.ts";
import { reportingTriangle } from "../../../core/epidemic/reporting-triangle.ts";
import { estimateReproductionNumber } from "../../../core/epidemic/reproduction-number.ts";
import { discretiseSerialInterval } from "../../../core/epidemic/serial-interval.ts";
import {
	drawSerialIntervalPairs,
	NISHIURA_UNCERTAINTY,
} from "../../../core/epidemic/uncertain-serial-interval.ts";
import { LARGEST_COUNT } from "../../../core/series/count.ts";
import { day } from "../../../core/series/day.ts";
import { createRandom } from "../../../core/statistics/random.ts";
import { scenarioOf } from "../../../main/analyst/scenario-file.ts";

const interval = discretiseSerialInterval(4.7, 2.9, 30);

const chime: ChimeParameters = {
	population: 1_000_000,
	marketShare: 0.5,
	infectiousDays: 14,
	recovered: 0,
	relativeContactRate: 0.3,
	mitigationDate: undefined,
	currentDate: day("2020-03-28"),
	currentHospitalized: 40,
	days: 30,
	dispositions: {
		hospitalized: { rate: 0.025, lengthOfStay: 7 },
		icu: { rate: 0.0075, lengthOfStay: 9 },
		ventilated: { rate: 0.005, lengthOfStay: 10 },
	},
	fit: { by: "doubling-time", doublingTime: 4 },
};

const ages = (change: Record<string, unknown>) => ({
	...scenarioOf({
		begin: "2020-03-01",
		end: "2020-05-01",
		populationServed: 1_000_000,
		seroprevalence: 0,
		initialNumberOfCases: 50,
		importsPerDay: 1,
		r0: 2.5,
		latencyDays: 3,
		infectiousPeriodDays: 5,
		hospitalStayDays: 7,
		icuStayDays: 12,
		seasonalForcing: 0,
		peakMonth: 0,
		icuBeds: 100,
		overflowSeverity: 2,
		mitigation: [],
		ageDistribution: [{ ageGroup: "0+", population: 1 }],
		severityPercent: [
			{
				ageGroup: "0+",
				isolated: 0,
				confirmed: 20,
				severe: 10,
				critical: 10,
				palliative: 0,
				fatal: 30,
			},
		],
	}),
	...change,
});

const everyNumber = (value: unknown): number[] =>
	typeof value === "number"
		? [value]
		: typeof value === "object" && value !== null
			? Object.values(value).flatMap(everyNumber)
			: [];

describe("an input that no country has is refused by name, and never ends in Infinity", () => {
	it.each<[string, RegExp, () => unknown]>([
		[
			"cases",
			/local\[3\]: found 1e\+308/,
			() =>
				estimateReproductionNumber({
					local: [1, 2, 3, 1e308, 5, 6, 7, 8, 9],
					serialInterval: interval,
				}),
		],
		[
			"a probability",
			/probabilities\[1\]: found 2/,
			() =>
				estimateReproductionNumber({
					local: [1, 2, 3, 4, 5, 6, 7, 8, 9],
					serialInterval: interval,
					probabilities: [0.5, 2],
				}),
		],
		[
			"a prior",
			/prior mean/,
			() =>
				estimateReproductionNumber({
					local: [1, 2, 3, 4, 5, 6, 7, 8, 9],
					serialInterval: interval,
					prior: { mean: 1e308, sd: 5 },
				}),
		],
		[
			"a serial interval",
			/serial interval mean/,
			() => discretiseSerialInterval(1e308, 2.9, 30),
		],
		[
			"pairs",
			/serial interval pairs: found 1000000000/,
			() =>
				drawSerialIntervalPairs(
					{ ...NISHIURA_UNCERTAINTY, pairs: 1e9 },
					createRandom(1),
				),
		],
		[
			"a range the wrong way round",
			/serial interval mean, high/,
			() =>
				drawSerialIntervalPairs(
					{
						...NISHIURA_UNCERTAINTY,
						mean: { mean: 4.7, sd: 0.6, low: 6, high: 3.7 },
					},
					createRandom(1),
				),
		],
		[
			"reports",
			/triangle\[0\]/,
			() =>
				nowcast({
					firstDay: 0,
					longestDelay: 1,
					counts: [
						[1e308, 1e308],
						[1, 1],
					],
				}),
		],
		[
			"a stay",
			/stay mean/,
			() =>
				hospitalDemandOf({
					admissionShare: 0.1,
					admissionDelay: { mean: 5, sd: 3 },
					icuShare: 0.1,
					wardStay: { mean: 1e308, sd: 3 },
					icuStay: { mean: 10, sd: 4 },
				}),
		],
		[
			"a factor of R",
			/reproductionFactors\[0\]/,
			() =>
				projectRenewal(
					{
						incidence: new Array(30).fill(20),
						serialInterval: NISHIURA_UNCERTAINTY,
						horizonDays: 7,
						reproductionFactors: [1e308],
					},
					createRandom(1),
				),
		],
		[
			"a projection that would run for minutes",
			/draws: found 100000, expected at most 13698 for 365 days/,
			() =>
				projectRenewal(
					{
						incidence: new Array(30).fill(20),
						serialInterval: NISHIURA_UNCERTAINTY,
						horizonDays: 365,
						draws: 100_000,
					},
					createRandom(1),
				),
		],
		[
			"a slip in the year of now",
			/now: found 2999-01-01, expected a day within 20000 days of 2020-05-01/,
			() =>
				reportingTriangle([], {
					firstDay: day("2020-05-01"),
					now: day("2999-01-01"),
					longestDelay: 14,
				}),
		],
		[
			"an end before the begin, in dates",
			/end: found 2020-05-01, expected a day after begin, 2020-06-01/,
			() =>
				runAgeStructured(
					ages({ begin: day("2020-06-01"), end: day("2020-05-01") }),
				),
		],
		[
			"a population",
			/population/,
			() => fitChime({ ...chime, population: 1e308 }),
		],
		[
			"a doubling time",
			/doublingTime/,
			() =>
				fitChime({
					...chime,
					fit: { by: "doubling-time", doublingTime: 1e-308 },
				}),
		],
		[
			"a length of stay",
			/icu length of stay/,
			() =>
				fitChime({
					...chime,
					dispositions: {
						...chime.dispositions,
						icu: { rate: 0.0075, lengthOfStay: 1e9 },
					},
				}),
		],
		[
			"more patients than people",
			/currentHospitalized/,
			() => fitChime({ ...chime, currentHospitalized: 1e9 }),
		],
		["r0", /r0: found 1e\+308/, () => runAgeStructured(ages({ r0: 1e308 }))],
		[
			"imports",
			/importsPerDay/,
			() => runAgeStructured(ages({ importsPerDay: 1e308 })),
		],
		[
			"a scenario's population",
			/population/,
			() => runAgeStructured(ages({ population: 1e308 })),
		],
	])("%s", (_, message, run) => {
		expect(run).toThrow(message);
	});

	it("the largest that is taken still gives finite figures", () => {
		const [estimate] = estimateReproductionNumber({
			local: new Array(30).fill(LARGEST_COUNT),
			serialInterval: interval,
			windows: [{ first: 20, last: 26 }],
		});
		expect(estimate?.status).toBe("estimated");
		for (const value of everyNumber(estimate))
			expect(Number.isFinite(value)).toBe(true);
		for (const value of everyNumber(
			runAgeStructured(ages({ population: LARGEST_COUNT, r0: 100 })),
		))
			expect(Number.isFinite(value)).toBe(true);
	});
});
