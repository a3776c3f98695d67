import { type Day, weekday } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import { course, FIRST_DAY, LAST_DAY_OF_ODP } from "./calendar.ts";
import { type ExerciseCountry, kilometres } from "./country.ts";
import type { EpidemicState } from "./epidemic.ts";

/** What a health office counts, in the order in which its files list it. */
export const COUNTED = [
	"odp",
	"pdp",
	"confirmed",
	"recovered",
	"deaths",
	"tests",
	"suspek",
	"probable",
	"kontak-erat",
] as const;
export type Counted = (typeof COUNTED)[number];

/**
 * What an ideal health office of each area would write down, before any fault of reporting: cumulative counts, but suspek and kontak erat,
 * which are the people watched on the day.
 */
export type Counts = Record<Counted, Int32Array>;

export interface Surveillance {
	readonly counts: Counts;
	/** Confirmed cases that neither recovered nor died yet. */
	readonly active: Int32Array;
	/** People whose result came on this day. */
	readonly testedToday: Int32Array;
	/** Those of them who are positive. */
	readonly confirmedToday: Int32Array;
	observe(at: Day, truth: EpidemicState): void;
}

/** Share of people falling ill that is ever confirmed, in an average area: it grows with the laboratories. */
const ASCERTAINED = course(
	["2020-03-02", 0.008],
	["2020-03-20", 0.03],
	["2020-04-15", 0.054],
	["2020-05-15", 0.07],
	["2020-07-01", 0.078],
	["2020-12-01", 0.079],
	["2021-02-01", 0.084],
);

/** Share of the people tested that is positive. */
const POSITIVITY = course(
	["2020-03-20", 0.2],
	["2020-05-01", 0.13],
	["2020-07-01", 0.115],
	["2020-09-01", 0.145],
	["2020-11-01", 0.135],
	["2020-12-26", 0.185],
	["2021-02-01", 0.24],
);

/** People coming home from elsewhere who are put under monitoring, for each million inhabitants and day. */
const RETURNING = course(
	["2020-03-05", 0.2],
	["2020-03-20", 4],
	["2020-04-10", 13],
	["2020-05-10", 8],
	["2020-06-10", 3],
);

/** Results that laboratories release on each day of the week, as a share of those waiting; Sunday first. */
const RELEASED = [0.22, 0.26, 0.34, 0.4, 0.42, 0.4, 0.34];
/** Recoveries entered on each day of the week, relative to the mean. */
const ENTERED = [0.75, 0.9, 1.05, 1.1, 1.1, 1.1, 1];

/** Share of true deaths that is counted as a death of a confirmed case (at first only the gravest cases are tested), and how fast. */
const DEATHS_COUNTED = course(["2020-05-15", 1], ["2020-09-01", 0.67]);
const DEATH_ENTERED = 0.14;

/** Share of active cases entered as recovered in a day: two negative tests were asked for until July. */
const RECOVERY = course(
	["2020-04-01", 0.006],
	["2020-05-01", 0.011],
	["2020-06-01", 0.018],
	["2020-07-15", 0.045],
	["2020-08-15", 0.07],
);
/** Share of suspects cleared or confirmed in a day; of contacts whose 14 days are over. */
const SUSPECT_SETTLED = 0.22;
const CONTACT_OVER = 1 / 14;

/** Provinces of Java and the north of Sumatra tested less for their infections than the smaller ones; the capital most. */
const TESTED_LITTLE = new Set(["12", "32", "33", "35", "36"]);

/** Watches the true epidemic as laboratories and health offices do: late, in part, and unevenly over the country. */
export function startSurveillance(
	country: ExerciseCountry,
	random: Random,
): Surveillance {
	const { regencies, provinces, provinceOf, urban, fromCapital } = country;
	const count = regencies.length;
	const traits = random.fork("traits");
	const draws = random.fork("days");
	const provincial = provinces.map(({ code }) =>
		code === "31"
			? 3.2
			: Math.exp(traits.normal(TESTED_LITTLE.has(code) ? -0.55 : 0.15, 0.25)),
	);
	const laboratory = provinces.map(({ hub }) => {
		const distance = kilometres(regencies[hub], { lat: -6.2, lng: 106.83 });
		return distance < 130
			? FIRST_DAY
			: FIRST_DAY + 8 + Math.round(distance / 260 + traits.uniform() * 6);
	});
	const finding = new Float64Array(count);
	const positivity = new Float64Array(count);
	const opening = new Int32Array(count);
	for (let area = 0; area < count; area++) {
		finding[area] =
			provincial[provinceOf[area]] *
			(0.65 + 0.75 * urban[area]) *
			Math.exp(traits.normal(0, 0.2));
		positivity[area] = Math.exp(traits.normal(0, 0.25));
		opening[area] =
			laboratory[provinceOf[area]] +
			Math.round((1 - urban[area]) * 8 + (fromCapital[area] < 55 ? 0 : 2));
	}
	const array = (): Int32Array => new Int32Array(count);
	const counts: Counts = {
		odp: array(),
		pdp: array(),
		confirmed: array(),
		recovered: array(),
		deaths: array(),
		tests: array(),
		suspek: array(),
		probable: array(),
		"kontak-erat": array(),
	};
	// Forked last: what was drawn before there were these counts is drawn as it was.
	const newTerms = random.fork("terms of July");
	const active = array();
	const testedToday = array();
	const confirmedToday = array();
	const awaitingResult = array();
	const deathsToEnter = array();

	function observe(at: Day, truth: EpidemicState): void {
		const ascertained = ASCERTAINED(at);
		const positive = POSITIVITY(at);
		const returning = RETURNING(at) / 1_000_000;
		const released = RELEASED[weekday(at)];
		const recovery = RECOVERY(at) * ENTERED[weekday(at)];
		const counted = DEATHS_COUNTED(at);
		const oldVocabulary = at <= LAST_DAY_OF_ODP;
		for (let area = 0; area < count; area++) {
			const onsets = truth.onsets[area];
			const people = regencies[area].population;
			if (at >= opening[area]) {
				awaitingResult[area] += draws.binomial(
					onsets,
					Math.min(0.6, ascertained * finding[area]),
				);
				deathsToEnter[area] += draws.binomial(truth.deaths[area], counted);
			}
			const deaths = Math.min(
				active[area],
				draws.binomial(deathsToEnter[area], DEATH_ENTERED),
			);
			deathsToEnter[area] -= deaths;
			const recovered = draws.binomial(active[area] - deaths, recovery);
			const confirmed = draws.binomial(awaitingResult[area], released);
			awaitingResult[area] -= confirmed;
			active[area] += confirmed - recovered - deaths;
			const share = Math.min(0.6, positive * positivity[area]);
			const tested =
				at < opening[area]
					? 0
					: confirmed +
						draws.poisson(confirmed * (1 / share - 1) + people * 4e-7);
			testedToday[area] = tested;
			confirmedToday[area] = confirmed;
			counts.confirmed[area] += confirmed;
			counts.recovered[area] += recovered;
			counts.deaths[area] += deaths;
			counts.tests[area] += tested;
			const suspects = counts.suspek;
			suspects[area] +=
				newTerms.poisson(tested * 0.5 + onsets * 0.02) -
				newTerms.binomial(suspects[area], SUSPECT_SETTLED);
			const contacts = counts["kontak-erat"];
			contacts[area] +=
				newTerms.poisson(confirmed * 4) -
				newTerms.binomial(contacts[area], CONTACT_OVER);
			if (!oldVocabulary) {
				counts.probable[area] += newTerms.poisson(
					deaths * 0.3 + confirmed * 0.005,
				);
			} else {
				counts.pdp[area] += draws.poisson(
					confirmed * 0.9 + onsets * 0.03 + people * 1.5e-7,
				);
				counts.odp[area] += draws.poisson(people * returning + onsets * 0.05);
			}
		}
	}

	return { counts, active, testedToday, confirmedToday, observe };
}
