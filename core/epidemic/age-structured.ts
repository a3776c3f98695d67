/**
 * Age-structured model of hospital demand, after covid19-scenarios (neherlab, MIT licence; N. Noll et al. 2020, medRxiv
 * 2020.05.05.20091363), written from its equations:
 *
 * S -> E1 -> E2 -> E3 -> I -> recovered or severe H -> recovered, critical C or (palliative) death; C -> back to H or
 * death; C is limited by the ICU beds, the excess goes to overflow O, oldest first, with a raised fatality. Infection
 * rate (R0 / infectious period) * containment(t) * (1 + ε cos 2π(t - peak)/365). Runge-Kutta 4 with a step of half a day.
 *
 * For what-if pictures of months, with assumed severities; not a forecast of next week (use the renewal projection).
 */

import { LARGEST_COUNT } from "../series/count.ts";
import { isoFromDay } from "../series/day.ts";
import { found } from "../series/found.ts";
import { ModelInputError, requireNumber } from "./input-error.ts";

/** One age group; percentages 0…100. */
export type AgeGroup = {
	name: string;
	/** Inhabitants of the age, in any unit: only the proportions count. */
	population: number;
	/** Share kept out of infection, %. */
	isolated: number;
	/** Share of infections that would be confirmed, %. */
	confirmed: number;
	/** Of the confirmed: severe, in hospital, %. */
	severe: number;
	/** Of the severe: critical, in intensive care, %. */
	critical: number;
	/** Of the severe: dying in hospital without intensive care, %. */
	palliative: number;
	/** Of the critical: dying, %. */
	fatal: number;
};

/** A measure that lowers transmission by a percentage from `begin` to `end`. */
export type Mitigation = {
	/** Days since 1970-01-01, fractions allowed. */
	begin: number;
	end: number;
	reductionPercent: number;
};

export type AgeStructuredScenario = {
	/** Days since 1970-01-01, fractions allowed; rows are one day apart from `begin` until `end` is reached. */
	begin: number;
	end: number;
	population: number;
	/** Share immune at the start, %. */
	seroprevalence: number;
	initialCases: number;
	importsPerDay: number;
	r0: number;
	latencyDays: number;
	infectiousDays: number;
	hospitalStayDays: number;
	icuStayDays: number;
	/** ε, amplitude of the season (0 = none). */
	seasonalForcing: number;
	/** Month of the strongest transmission, 0 = January. */
	peakMonth: number;
	icuBeds: number;
	/** How much likelier death is without an ICU bed. */
	overflowSeverity: number;
	mitigations: readonly Mitigation[];
	ages: readonly AgeGroup[];
};

/** Totals over ages at one moment. */
export type AgeStructuredRow = {
	/** Days since 1970-01-01. */
	time: number;
	susceptible: number;
	exposed: number;
	infectious: number;
	severe: number;
	critical: number;
	/** Critical patients without an ICU bed. */
	overflow: number;
	/** Deaths of the last seven days. */
	weeklyFatality: number;
	cumulativeRecovered: number;
	cumulativeHospitalized: number;
	cumulativeCritical: number;
	cumulativeFatality: number;
};

const STEP_DAYS = 0.5;
/** Moments closer than this (a hundredth of a second) are the same: sums of fractional days are not exact. */
const SAME_MOMENT = 1e-7;
const BURN_IN_DAYS = 21;
const JANUARY_2020 = 18262;
/** Of the initial cases this share is infectious, the others are spread over the exposed stages. */
const INITIAL_INFECTIOUS = 0.3;

/** Position of each compartment in the state of one age. */
const S = 0;
const E1 = 1;
const E2 = 2;
const E3 = 3;
const I = 4;
const H = 5;
const C = 6;
const O = 7;
const RECOVERED = 8;
const HOSPITALIZED = 9;
const CRITICAL = 10;
const FATALITY = 11;
const SIZE = 12;

type Rates = {
	isolated: number;
	recovery: number;
	severe: number;
	discharge: number;
	critical: number;
	palliative: number;
	stabilise: number;
	fatality: number;
	overflowFatality: number;
};

function requireScenario(scenario: AgeStructuredScenario): void {
	const people = (x: number) => x >= 0 && x <= LARGEST_COUNT;
	const percent = (x: number) => x >= 0 && x <= 100;
	requireNumber("begin", scenario.begin, "a day");
	requireNumber("end", scenario.end, "a day");
	if (scenario.end <= scenario.begin)
		throw new ModelInputError(
			"end",
			isoFromDay(Math.floor(scenario.end)),
			`a day after begin, ${isoFromDay(Math.floor(scenario.begin))}`,
		);
	if (scenario.end - scenario.begin > 3660)
		throw new ModelInputError(
			"end",
			`${scenario.end - scenario.begin} days after begin`,
			"at most ten years",
		);
	requireNumber(
		"population",
		scenario.population,
		`above 0, at most ${LARGEST_COUNT}`,
		(x) => x > 0 && people(x),
	);
	requireNumber("seroprevalence", scenario.seroprevalence, "0…100 %", percent);
	requireNumber(
		"initialCases",
		scenario.initialCases,
		"> 0 and below the population",
		(x) => x > 0 && x < scenario.population,
	);
	for (const [key, most] of [
		["importsPerDay", scenario.population],
		["r0", 100],
		["icuBeds", LARGEST_COUNT],
		["overflowSeverity", 100],
	] as const)
		requireNumber(
			key,
			scenario[key],
			`0 to ${most}`,
			(x) => x >= 0 && x <= most,
		);
	for (const key of [
		"latencyDays",
		"infectiousDays",
		"hospitalStayDays",
		"icuStayDays",
	] as const)
		requireNumber(
			key,
			scenario[key],
			`days from ${STEP_DAYS} to 3660`,
			(x) => x >= STEP_DAYS && x <= 3660,
		);
	requireNumber(
		"seasonalForcing",
		scenario.seasonalForcing,
		"0…1",
		(x) => x >= 0 && x <= 1,
	);
	requireNumber(
		"peakMonth",
		scenario.peakMonth,
		"0 (January) to 11",
		(x) => x >= 0 && x <= 11,
	);
	if (scenario.ages.length === 0)
		throw new ModelInputError("ages", "none", "at least one age group");
	for (const age of scenario.ages) {
		requireNumber(
			`population of age ${age.name}`,
			age.population,
			`0 to ${LARGEST_COUNT}`,
			people,
		);
		for (const key of [
			"isolated",
			"confirmed",
			"severe",
			"critical",
			"palliative",
			"fatal",
		] as const)
			requireNumber(`${key} of age ${age.name}`, age[key], "0…100 %", percent);
		if (age.critical + age.palliative > 100)
			throw new ModelInputError(
				`critical + palliative of age ${age.name}`,
				age.critical + age.palliative,
				"at most 100 %",
			);
	}
	if (!(scenario.ages.reduce((sum, age) => sum + age.population, 0) > 0))
		throw new ModelInputError("ages", "0 inhabitants", "some inhabitants");
	for (const [index, mitigation] of scenario.mitigations.entries()) {
		requireNumber(`mitigations[${index}].begin`, mitigation.begin, "a day");
		requireNumber(
			`mitigations[${index}].end`,
			mitigation.end,
			"a day from its begin on",
			(x) => x >= mitigation.begin,
		);
		requireNumber(
			`mitigations[${index}].reductionPercent`,
			mitigation.reductionPercent,
			"0…100 %",
			percent,
		);
	}
}

function ratesOf(scenario: AgeStructuredScenario): Rates[] {
	return scenario.ages.map((age) => {
		const severe = (age.severe / 100) * (age.confirmed / 100);
		const critical = age.critical / 100;
		const palliative = age.palliative / 100;
		const fatal = age.fatal / 100;
		return {
			isolated: age.isolated / 100,
			recovery: (1 - severe) / scenario.infectiousDays,
			severe: severe / scenario.infectiousDays,
			discharge: (1 - critical - palliative) / scenario.hospitalStayDays,
			critical: critical / scenario.hospitalStayDays,
			palliative: palliative / scenario.hospitalStayDays,
			stabilise: (1 - fatal) / scenario.icuStayDays,
			fatality: fatal / scenario.icuStayDays,
			overflowFatality:
				(scenario.overflowSeverity * fatal) / scenario.icuStayDays,
		};
	});
}

/**
 * Transmission left over by the measures in force, 0.01…1 for each, multiplied. A measure holds from its begin up to its
 * end; as in the reference, the very first change of all takes effect just after its instant.
 */
function containment(
	mitigations: readonly Mitigation[],
): (time: number) => number {
	const changes = mitigations
		.flatMap(({ begin, end, reductionPercent }) => {
			const left = Math.min(1, Math.max(0.01, 1 - reductionPercent / 100));
			return [
				{ time: begin, factor: left },
				{ time: end, factor: 1 / left },
			];
		})
		.sort((a, b) => a.time - b.time);
	const first = changes[0]?.time ?? Number.POSITIVE_INFINITY;
	return (time) => {
		let value = 1;
		if (time <= first + SAME_MOMENT) return value;
		for (const change of changes) {
			if (change.time > time + SAME_MOMENT) break;
			value *= change.factor;
		}
		return value;
	};
}

/** Everything that does not change during a run. */
type Setting = {
	scenario: AgeStructuredScenario;
	rates: Rates[];
	infectionRate: (time: number) => number;
};

function slopes(
	setting: Setting,
	time: number,
	state: Float64Array,
	slope: Float64Array,
): void {
	const { scenario, rates } = setting;
	const infection = setting.infectionRate(time);
	let infectious = 0;
	for (let at = 0; at < state.length; at += SIZE) infectious += state[at + I];
	const infectedShare = infectious / scenario.population;
	const imports = scenario.importsPerDay / rates.length;
	const stageRate = 3 / scenario.latencyDays;
	for (const [age, rate] of rates.entries()) {
		const at = age * SIZE;
		const infected =
			imports + (1 - rate.isolated) * infection * state[at + S] * infectedShare;
		const stage1 = stageRate * state[at + E1];
		const stage2 = stageRate * state[at + E2];
		const stage3 = stageRate * state[at + E3];
		const toRecovered = state[at + I] * rate.recovery;
		const toSevere = state[at + I] * rate.severe;
		const discharged = state[at + H] * rate.discharge;
		const toCritical = state[at + H] * rate.critical;
		const palliativeDeaths = state[at + H] * rate.palliative;
		const stabilised = state[at + C] * rate.stabilise;
		const criticalDeaths = state[at + C] * rate.fatality;
		const overflowStabilised = state[at + O] * rate.stabilise;
		const overflowDeaths = state[at + O] * rate.overflowFatality;
		slope[at + S] = -infected;
		slope[at + E1] = infected - stage1;
		slope[at + E2] = stage1 - stage2;
		slope[at + E3] = stage2 - stage3;
		slope[at + I] = stage3 - toSevere - toRecovered;
		slope[at + H] =
			toSevere +
			stabilised +
			overflowStabilised -
			toCritical -
			palliativeDeaths -
			discharged;
		slope[at + C] = toCritical - stabilised - criticalDeaths;
		slope[at + O] = -(overflowStabilised + overflowDeaths);
		slope[at + RECOVERED] = toRecovered + discharged;
		slope[at + HOSPITALIZED] = toSevere;
		slope[at + CRITICAL] = toCritical;
		slope[at + FATALITY] = criticalDeaths + overflowDeaths + palliativeDeaths;
	}
}

/** Critical patients beyond the ICU beds move to overflow, oldest first; free beds are refilled youngest first. */
function shareBeds(state: Float64Array, icuBeds: number): void {
	let free = icuBeds;
	for (let at = 0; at < state.length; at += SIZE) free -= state[at + C];
	for (let at = state.length - SIZE; free < 0 && at >= 0; at -= SIZE) {
		const moved = Math.min(state[at + C], -free);
		state[at + C] = state[at + C] - moved;
		state[at + O] = state[at + O] + moved;
		free += moved;
	}
	for (let at = 0; free > 0 && at < state.length; at += SIZE) {
		const moved = Math.min(state[at + O], free);
		state[at + O] = state[at + O] - moved;
		state[at + C] = state[at + C] + moved;
		free -= moved;
	}
}

function advance(
	state: Float64Array,
	slope: Float64Array,
	step: number,
	icuBeds: number,
): Float64Array {
	const next = state.map((value, at) => Math.max(0, value + step * slope[at]));
	shareBeds(next, icuBeds);
	return next;
}

/** State one day later. */
function nextDay(
	setting: Setting,
	begin: number,
	state: Float64Array,
): Float64Array {
	const beds = setting.scenario.icuBeds;
	const size = state.length;
	const [k1, k2, k3, k4, mean] = Array.from(
		{ length: 5 },
		() => new Float64Array(size),
	) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
	let current = state;
	for (let step = 0; step < 1 / STEP_DAYS; step++) {
		const time = begin + step * STEP_DAYS;
		const half = STEP_DAYS / 2;
		slopes(setting, time, current, k1);
		slopes(setting, time + half, advance(current, k1, half, beds), k2);
		slopes(setting, time + half, advance(current, k2, half, beds), k3);
		slopes(
			setting,
			time + STEP_DAYS,
			advance(current, k3, STEP_DAYS, beds),
			k4,
		);
		for (let at = 0; at < size; at++)
			mean[at] = (k1[at] + k4[at]) / 6 + (k2[at] + k3[at]) / 3;
		current = advance(current, mean, STEP_DAYS, beds);
	}
	return current;
}

/** The population susceptible but for those immune, the initial cases in the third age group (20-29 years). */
function seededState(scenario: AgeStructuredScenario): Float64Array {
	const total = scenario.ages.reduce((sum, age) => sum + age.population, 0);
	const state = new Float64Array(scenario.ages.length * SIZE);
	const open = 1 - scenario.seroprevalence / 100;
	for (const [age, { population }] of scenario.ages.entries())
		state[age * SIZE + S] =
			Math.round((population / total) * scenario.population) * open;
	const at = Math.min(2, scenario.ages.length - 1) * SIZE;
	state[at + S] = state[at + S] - scenario.initialCases;
	state[at + I] = INITIAL_INFECTIOUS * scenario.initialCases;
	for (const stage of [E1, E2, E3])
		state[at + stage] = ((1 - INITIAL_INFECTIOUS) * scenario.initialCases) / 3;
	return state;
}

function totalsOf(time: number, state: Float64Array): AgeStructuredRow {
	const sum = (compartment: number) => {
		let total = 0;
		for (let at = compartment; at < state.length; at += SIZE)
			total += state[at];
		return total;
	};
	return {
		time,
		susceptible: sum(S),
		exposed: sum(E1) + sum(E2) + sum(E3),
		infectious: sum(I),
		severe: sum(H),
		critical: sum(C),
		overflow: sum(O),
		weeklyFatality: 0,
		cumulativeRecovered: sum(RECOVERED),
		cumulativeHospitalized: sum(HOSPITALIZED),
		cumulativeCritical: sum(CRITICAL),
		cumulativeFatality: sum(FATALITY),
	};
}

/**
 * Starts with exactly the initial cases, but spread over ages and compartments as an epidemic under way spreads them: the
 * seeded state is run for three weeks and its infected compartments are scaled back to the initial cases. The exposed of
 * an age are spread evenly over the three stages, as in the reference.
 */
function startingState(setting: Setting): Float64Array {
	const { scenario } = setting;
	let grown = seededState(scenario);
	for (let day = 0; day < BURN_IN_DAYS; day++)
		grown = nextDay(setting, scenario.begin + day, grown);
	let infected = 0;
	for (let at = 0; at < grown.length; at += SIZE)
		for (let compartment = E1; compartment <= O; compartment++)
			infected += grown[at + compartment];
	const scale = infected > 0 ? scenario.initialCases / infected : 0;
	const state = seededState(scenario);
	for (let at = 0; at < state.length; at += SIZE) {
		for (let compartment = E1; compartment <= O; compartment++)
			state[at + compartment] = grown[at + compartment] * scale;
		const exposed = (state[at + E1] + state[at + E2] + state[at + E3]) / 3;
		for (const stage of [E1, E2, E3]) state[at + stage] = exposed;
	}
	let critical = 0;
	for (let at = C; at < state.length; at += SIZE) critical += state[at];
	if (critical > scenario.icuBeds) shareBeds(state, scenario.icuBeds);
	return state;
}

/**
 * Runs a scenario.
 * @returns one row per day from `begin` until `end` is reached; all figures are persons
 * @throws ModelInputError for a parameter outside its range
 */
export function runAgeStructured(
	scenario: AgeStructuredScenario,
): AgeStructuredRow[] {
	requireScenario(scenario);
	const left = containment(scenario.mitigations);
	const average = scenario.r0 / scenario.infectiousDays;
	const peak = scenario.peakMonth * 30 + 15;
	const setting: Setting = {
		scenario,
		rates: ratesOf(scenario),
		infectionRate: (time) =>
			left(time) *
			average *
			(1 +
				scenario.seasonalForcing *
					Math.cos(2 * Math.PI * ((time - JANUARY_2020 - peak) / 365))),
	};
	let state = startingState(setting);
	const rows = [totalsOf(scenario.begin, state)];
	for (let day = 0; scenario.begin + day < scenario.end - SAME_MOMENT; day++) {
		state = nextDay(setting, scenario.begin + day, state);
		const row = totalsOf(scenario.begin + day + 1, state);
		const weekAgo = found(
			rows[Math.max(0, rows.length - 7)],
			"the week before",
		);
		row.weeklyFatality = row.cumulativeFatality - weekAgo.cumulativeFatality;
		rows.push(row);
	}
	return rows;
}
