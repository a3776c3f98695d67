import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/statistics/random.ts";
import { OPENING_DAYS, UNSEEN_DAYS } from "../../../hub/exercise/calendar.ts";
import { startEpidemic } from "../../../hub/exercise/epidemic.ts";
import {
	drawHospitals,
	drawLaboratories,
} from "../../../hub/exercise/facilities.ts";
import { loadExerciseCountry } from "../../../hub/exercise/load-country.ts";
import { startSurveillance } from "../../../hub/exercise/surveillance.ts";

const country = loadExerciseCountry();

/** National counts of an ideal health office by day of the exercise. */
function nationalCounts(seed: string) {
	const random = createRandom(seed);
	const epidemic = startEpidemic(country, random.fork("epidemic"));
	const surveillance = startSurveillance(country, random.fork("surveillance"));
	const sum = (counts: Int32Array): number =>
		counts.reduce((total, count) => total + count, 0);
	const { counts } = surveillance;
	const days = [];
	for (let day = 1 - UNSEEN_DAYS; day <= OPENING_DAYS; day++) {
		epidemic.step();
		if (day < 1) continue;
		surveillance.observe(epidemic.day, epidemic.state);
		days.push({
			confirmed: sum(counts.confirmed),
			recovered: sum(counts.recovered),
			deaths: sum(counts.deaths),
			active: sum(surveillance.active),
			tests: sum(counts.tests),
			reached: counts.confirmed.filter((cases) => cases > 0).length,
		});
	}
	return {
		days,
		capital: country.provinces
			.find(({ code }) => code === "31")
			?.regencies.reduce((total, area) => total + counts.confirmed[area], 0),
	};
}

describe("the simulated year beside 2020", () => {
	it("counts 270 million people in 514 kabupaten/kota and 34 provinces", () => {
		expect(country.regencies).toHaveLength(514);
		expect(country.provinces).toHaveLength(34);
		const people = country.regencies.reduce(
			(total, { population }) => total + population,
			0,
		);
		expect(people / 270_203_917).toBeCloseTo(1, 3);
	});

	it.each(["2020", "3", "14"])(
		"has the size of the real one, whatever the dice (seed %s)",
		(seed) => {
			const { days, capital } = nationalCounts(seed);
			const last = days[OPENING_DAYS - 1];
			// Real: 706,837 confirmed, 2.98 % dead, 82 % recovered, 4.6 million people tested on 2020-12-26.
			expect(last.confirmed).toBeGreaterThan(550_000);
			expect(last.confirmed).toBeLessThan(900_000);
			expect(last.deaths / last.confirmed).toBeGreaterThan(0.022);
			expect(last.deaths / last.confirmed).toBeLessThan(0.04);
			expect(last.recovered / last.confirmed).toBeGreaterThan(0.75);
			expect(last.tests / last.confirmed).toBeGreaterThan(4);
			expect(last.tests / last.confirmed).toBeLessThan(12);
			expect(capital).toBeGreaterThan(0.12 * last.confirmed);
			expect(last.reached).toBeGreaterThan(490);
			// Real: 1,528 on 31 March, 26,473 on 31 May, 174,796 on 31 August.
			expect(days[0].confirmed).toBeLessThan(10);
			expect(days[29].confirmed).toBeGreaterThan(700);
			expect(days[29].confirmed).toBeLessThan(6_000);
			expect(days[90].confirmed).toBeGreaterThan(12_000);
			expect(days[90].confirmed).toBeLessThan(55_000);
			expect(days[182].confirmed).toBeGreaterThan(100_000);
			expect(days[182].confirmed).toBeLessThan(280_000);
			for (let day = 0; day < days.length; day++) {
				const { confirmed, recovered, deaths, active } = days[day];
				expect(active).toBe(confirmed - recovered - deaths);
				expect(confirmed).toBeGreaterThanOrEqual(days[day - 1]?.confirmed ?? 0);
			}
		},
	);

	it("has 2,900 hospitals, at least one in each kabupaten/kota, and 300 laboratories, at least one in each province", () => {
		const hospitals = drawHospitals(country, createRandom(1));
		const laboratories = drawLaboratories(country, createRandom(1));
		expect(hospitals).toHaveLength(2900);
		expect(new Set(hospitals.map(({ area }) => area)).size).toBe(514);
		expect(laboratories).toHaveLength(300);
		expect(new Set(laboratories.map(({ area }) => area.slice(0, 2))).size).toBe(
			34,
		);
		const codes = [...hospitals, ...laboratories].map(({ code }) => code);
		expect(new Set(codes).size).toBe(3200);
		const beds = hospitals.reduce(
			(total, hospital) => total + hospital.beds,
			0,
		);
		expect(beds).toBeGreaterThan(200_000);
		expect(beds).toBeLessThan(400_000);
	});
});
