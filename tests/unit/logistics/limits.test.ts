import { beforeAll, expect, test } from "vitest";
import { burnRate } from "../../../core/logistics/burn-rate.ts";
import type { Catalogues } from "../../../core/logistics/catalogue.ts";
import {
	laboratoryParts,
	laboratoryQueue,
} from "../../../core/logistics/laboratory.ts";
import { forecastNeeds } from "../../../core/logistics/needs.ts";
import { countryScenario } from "../../../core/logistics/needs-scenario.ts";
import { bestPool } from "../../../core/logistics/specimen-pooling.ts";
import { stockPosition } from "../../../core/logistics/stock-position.ts";
import { day } from "../../../core/series/day.ts";
import { readCatalogues } from "../../../main/analyst/catalogue-files.ts";
import { scenarioFromEsft } from "../../../main/analyst/esft-reference.ts";

let catalogues: Catalogues;
beforeAll(async () => {
	catalogues = await readCatalogues();
});

const START = day("2020-04-01");
const use = { perDay: 10, low: 8, high: 12, sdPerDay: 2 };
const scenario = () =>
	countryScenario(
		catalogues,
		"IDN",
		[{ weekBegins: "2020-09-07", weekEnds: "2020-09-13", cases: 100 }],
		"2020-09-07",
		1,
	);

test.each<[string, RegExp, () => unknown]>([
	[
		"a stock",
		/lot a: found 1e\+308/,
		() => stockPosition([{ id: "a", units: 1e308 }], [], use, START),
	],
	[
		"a horizon",
		/horizonDays: found 1000000000/,
		() => stockPosition([], [], use, START, 1e9),
	],
	[
		"a reliability that is no share",
		/incoming 0, reliability: found 2/,
		() =>
			stockPosition(
				[],
				[{ arrives: START, units: 5, reliability: 2 }],
				use,
				START,
			),
	],
	[
		"a count",
		/stock count of 2020-04-01, onHand: found 1e\+308/,
		() => burnRate([{ day: START, onHand: 1e308, received: 0 }]),
	],
	[
		"counts out of order, by their dates",
		/found 2020-04-01, expected one after 2020-04-01/,
		() =>
			burnRate([
				{ day: START, onHand: 5, received: 0 },
				{ day: START, onHand: 4, received: 0 },
			]),
	],
	["a level", /level: found 2/, () => burnRate([], { level: 2 })],
	[
		"machines",
		/pcr\.machines/,
		() =>
			laboratoryParts({
				extraction: 10,
				pcr: { machines: 1e308, runs: 2 },
			}),
	],
	["a queue", /arrivals\[1\]/, () => laboratoryQueue([1, 1e308], [1, 1])],
	["a pool", /largest: found 1000000000/, () => bestPool(0.01, 1e9)],
	[
		"beds that are no number: they are named as found, not as null",
		/beds\.hospital: found Infinity/,
		() =>
			forecastNeeds(
				{
					...scenario(),
					beds: { hospital: Number.POSITIVE_INFINITY, severe: 1, critical: 1 },
				},
				catalogues,
			),
	],
	[
		"a share above 1",
		/fatality\.severe: found 13\.4/,
		() =>
			forecastNeeds(
				{ ...scenario(), fatality: { severe: 13.4, critical: 0.5 } },
				catalogues,
			),
	],
	[
		"a week that is no day",
		/weeks\[0\]\.weekBegins: found "07\/09\/2020"/,
		() => {
			const given = scenario();
			return forecastNeeds(
				{
					...given,
					weeks: given.weeks.map((week) => ({
						...week,
						weekBegins: "07/09/2020",
					})),
				},
				catalogues,
			);
		},
	],
])("%s is refused by name", (_, message, run) => {
	expect(run).toThrow(message);
});

test("ESFT inputs name the field that is missing or no word of theirs; a week without cases is not a week of none", () => {
	const inputs = {
		iso3c: "IDN",
		week1: "2020-09-07",
		forecast_weeks: "four",
	};
	expect(() => scenarioFromEsft(inputs)).toThrow(
		/^forecast_weeks: found "four", expected number/,
	);
	expect(() => scenarioFromEsft(null)).toThrow(/^inputs: found null/);
});
