import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/statistics/random.ts";
import { UNSEEN_DAYS } from "../../../hub/exercise/calendar.ts";
import { startEpidemic } from "../../../hub/exercise/epidemic.ts";
import { startSurveillance } from "../../../hub/exercise/surveillance.ts";
import { gravity } from "../../../hub/exercise/travel.ts";
import { smallCountry } from "./small-country.ts";

describe("the true epidemic", () => {
	const country = smallCountry();

	it("keeps everybody: S+E+I+R+D is the population of each area on each day", () => {
		const epidemic = startEpidemic(country, createRandom(5));
		const { susceptible, exposed, infectious, recovered, dead } =
			epidemic.state;
		for (let day = 0; day < UNSEEN_DAYS + 150; day++) {
			epidemic.step();
			country.regencies.forEach(({ population, code }, area) => {
				const parts = [susceptible, exposed, infectious, recovered, dead].map(
					(part) => part[area],
				);
				expect(
					Math.min(...parts),
					`${code} on day ${day}`,
				).toBeGreaterThanOrEqual(0);
				expect(parts.reduce((sum, part) => sum + part)).toBe(population);
			});
		}
		expect(dead.reduce((sum, people) => sum + people)).toBeGreaterThan(0);
	});

	it("never takes back an infection or a death", () => {
		const epidemic = startEpidemic(country, createRandom(6));
		const before = {
			susceptible: epidemic.state.susceptible.slice(),
			dead: epidemic.state.dead.slice(),
		};
		for (let day = 0; day < UNSEEN_DAYS + 100; day++) {
			epidemic.step();
			country.regencies.forEach((_, area) => {
				expect(epidemic.state.susceptible[area]).toBe(
					before.susceptible[area] - epidemic.state.infections[area],
				);
				expect(epidemic.state.dead[area]).toBe(
					before.dead[area] + epidemic.state.deaths[area],
				);
			});
			before.susceptible.set(epidemic.state.susceptible);
			before.dead.set(epidemic.state.dead);
		}
	});

	it("comes to the capital first and to the far islands later", () => {
		const firstCase = (seed: number) => {
			const random = createRandom(seed);
			const epidemic = startEpidemic(country, random.fork("epidemic"));
			const surveillance = startSurveillance(
				country,
				random.fork("surveillance"),
			);
			const first = new Map<string, number>();
			for (let day = -UNSEEN_DAYS + 1; day <= 120; day++) {
				epidemic.step();
				if (day < 1) continue;
				surveillance.observe(epidemic.day, epidemic.state);
				country.regencies.forEach(({ province }, area) => {
					if (surveillance.counts.confirmed[area] > 0 && !first.has(province))
						first.set(province, day);
				});
			}
			return first;
		};
		for (const seed of [1, 2, 3]) {
			const first = firstCase(seed);
			expect(first.get("31")).toBeLessThanOrEqual(7);
			expect(first.get("91") ?? 121).toBeGreaterThan(15);
		}
	});

	it("has no epidemic where nobody brings the virus in", () => {
		const far = country.regencies.filter(({ province }) => province === "91");
		const closed = {
			...country,
			regencies: far,
			provinces: country.provinces
				.filter(({ code }) => code === "91")
				.map((province) => ({
					...province,
					regencies: far.map((_, i) => i),
					hub: 0,
				})),
			provinceOf: new Int32Array(far.length),
			urban: new Float64Array(far.length).fill(0.4),
			fromCapital: new Float64Array(far.length).fill(3000),
		};
		const epidemic = startEpidemic(closed, createRandom(1));
		for (let day = 0; day < 100; day++) epidemic.step();
		expect(epidemic.state.exposed.every((people) => people === 0)).toBe(true);
	});
});

describe("travel between areas", () => {
	const country = smallCountry();
	const { weights } = gravity(country);
	const count = country.regencies.length;
	const at = (from: string, to: string): number =>
		weights[
			country.regencies.findIndex(({ code }) => code === from) * count +
				country.regencies.findIndex(({ code }) => code === to)
		];

	it("shares out each area's journeys completely, none of them to itself", () => {
		for (let from = 0; from < count; from++) {
			const row = weights.subarray(from * count, (from + 1) * count);
			expect(row.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 4);
			expect(row[from]).toBe(0);
		}
	});

	it("binds Depok closer to Jakarta than to Surabaya", () => {
		expect(at("32.76", "31.74")).toBeGreaterThan(10 * at("32.76", "35.78"));
	});
});
