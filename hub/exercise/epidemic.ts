import type { Day } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import { course, FIRST_DAY, UNSEEN_DAYS } from "./calendar.ts";
import { drawContactRules } from "./contact.ts";
import type { ExerciseCountry } from "./country.ts";
import { gravity } from "./travel.ts";

/** The true state of the epidemic in each area at the end of a day. People stay in their home area's row: S+E+I+R+D is constant. */
export interface EpidemicState {
	readonly susceptible: Int32Array;
	readonly exposed: Int32Array;
	readonly infectious: Int32Array;
	readonly recovered: Int32Array;
	readonly dead: Int32Array;
	/** People infected on this day. */
	readonly infections: Int32Array;
	/** How many of them were to be expected of the contacts of the day, those from abroad left out: what an estimate of R is held against. */
	readonly expected: Float64Array;
	/** People who became infectious (and, if ever, ill) on this day. */
	readonly onsets: Int32Array;
	/** People who died on this day. */
	readonly deaths: Int32Array;
}

export interface Epidemic {
	/** The last day computed. */
	day: Day;
	readonly state: EpidemicState;
	/** Computes the next day. */
	step(): void;
}

const BASIC_REPRODUCTION_NUMBER = 2.6;
export const LATENT_DAYS = 3.5;
export const INFECTIOUS_DAYS = 5;
const INFECTION_FATALITY = 0.0046;
/** Shape of the daily gamma noise on transmission: few people infect many. */
const DISPERSION = 12;

/** Infections brought in from abroad each day, over all gateways. */
const IMPORTED = course(
	["2020-01-25", 2],
	["2020-02-20", 8],
	["2020-03-15", 30],
	["2020-04-01", 1],
	["2020-10-01", 0.5],
);

/** Airports and ports through which the virus came: share of the imported infections. */
const GATEWAYS: readonly (readonly [code: string, share: number])[] = [
	["31.71", 0.12], // Jakarta Pusat
	["31.72", 0.08], // Jakarta Utara
	["31.73", 0.13], // Jakarta Barat
	["31.74", 0.17], // Jakarta Selatan
	["31.75", 0.12], // Jakarta Timur
	["32.76", 0.06], // Depok
	["32.75", 0.05], // Bekasi
	["36.74", 0.05], // Tangerang Selatan
	["51.03", 0.06], // Badung
	["51.71", 0.03], // Denpasar
	["35.78", 0.05], // Surabaya
	["12.71", 0.03], // Medan
	["21.71", 0.02], // Batam
	["32.73", 0.02], // Bandung
	["73.71", 0.01], // Makassar
];

/** Starts the epidemic on the eve of its unseen days, with everybody susceptible. */
export function startEpidemic(
	country: ExerciseCountry,
	random: Random,
): Epidemic {
	const { regencies } = country;
	const count = regencies.length;
	const rules = drawContactRules(country, random.fork("contact"));
	const travel = gravity(country);
	const draws = random.fork("transmission");
	const population = Float64Array.from(regencies, (area) => area.population);
	const state: EpidemicState = {
		susceptible: Int32Array.from(population),
		exposed: new Int32Array(count),
		infectious: new Int32Array(count),
		recovered: new Int32Array(count),
		dead: new Int32Array(count),
		infections: new Int32Array(count),
		expected: new Float64Array(count),
		onsets: new Int32Array(count),
		deaths: new Int32Array(count),
	};
	const gateway = new Float64Array(count);
	for (const [code, share] of GATEWAYS) {
		const index = regencies.findIndex((area) => area.code === code);
		if (index >= 0) gateway[index] = share;
	}
	const prevalence = new Float64Array(count);
	const incidence = new Float64Array(count);
	const contact = new Float64Array(count);
	const transmission = BASIC_REPRODUCTION_NUMBER / INFECTIOUS_DAYS;
	const leavesLatency = 1 - Math.exp(-1 / LATENT_DAYS);
	const leavesInfectious = 1 - Math.exp(-1 / INFECTIOUS_DAYS);

	/** Prevalence met on journeys from an area. */
	function abroad(from: number): number {
		const offset = from * count;
		let met = 0;
		for (let to = 0; to < count; to++)
			met += travel.weights[offset + to] * prevalence[to];
		return met;
	}

	function step(at: Day): void {
		const { susceptible, exposed, infectious, recovered, dead } = state;
		rules.write(at, incidence, contact);
		const travelling = rules.travel(at);
		const imported = IMPORTED(at);
		for (let area = 0; area < count; area++)
			prevalence[area] = infectious[area] / population[area];
		for (let area = 0; area < count; area++) {
			const away = travel.share[area] * travelling;
			const met = (1 - away) * prevalence[area] + away * abroad(area);
			const noise = met > 0 ? draws.gamma(DISPERSION, 1 / DISPERSION) : 0;
			const force = transmission * contact[area] * noise * met;
			const caught = 1 - Math.exp(-force);
			state.expected[area] = susceptible[area] * caught;
			let infections = draws.binomial(susceptible[area], caught);
			if (gateway[area] > 0)
				infections = Math.min(
					susceptible[area],
					infections + draws.poisson(imported * gateway[area]),
				);
			const onsets = draws.binomial(exposed[area], leavesLatency);
			const ends = draws.binomial(infectious[area], leavesInfectious);
			const deaths = draws.binomial(ends, INFECTION_FATALITY);
			susceptible[area] -= infections;
			exposed[area] += infections - onsets;
			infectious[area] += onsets - ends;
			recovered[area] += ends - deaths;
			dead[area] += deaths;
			state.infections[area] = infections;
			state.onsets[area] = onsets;
			state.deaths[area] = deaths;
			incidence[area] +=
				((infections / population[area]) * 100_000 - incidence[area]) / 7;
		}
	}

	const epidemic: Epidemic = {
		day: FIRST_DAY - UNSEEN_DAYS - 1,
		state,
		step() {
			epidemic.day++;
			step(epidemic.day);
		},
	};
	return epidemic;
}
