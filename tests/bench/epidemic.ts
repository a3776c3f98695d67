/**
 * Epidemic models over the whole country: R for 514 areas x 730 days (goal 1 s on one core), nowcast for 514 areas; and how often the intervals of R
 * and of the nowcast hold the truth of the simulated country, and how early alerts come before its waves.
 */

import {
	type AlertKind,
	SHIPPED_RULES,
} from "../../core/epidemic/alert-rule.ts";
import {
	type AlertFigures,
	areaAlerts,
	scoreOf,
	WAVE_FROM,
	wavesOf,
} from "../../core/epidemic/area-alerts.ts";
import { type Delays, nowcast } from "../../core/epidemic/nowcast.ts";
import {
	type Revision,
	reportingTriangle,
} from "../../core/epidemic/reporting-triangle.ts";
import { estimateReproductionCube } from "../../core/epidemic/reproduction-cube.ts";
import { estimateReproductionNumber } from "../../core/epidemic/reproduction-number.ts";
import { discretiseSerialInterval } from "../../core/epidemic/serial-interval.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { FIRST_DAY } from "../../hub/exercise/calendar.ts";
import { loadExerciseCountry } from "../../hub/exercise/load-country.ts";
import {
	LATENESS,
	nowcastCoverage,
	reportLate,
} from "../fixtures/late-reports.ts";
import {
	coverageOf,
	playTruth,
	type TrueSeries,
	trueInterval,
} from "../fixtures/true-reproduction.ts";

const AREAS = 514;
const DAYS = 730;
const GOAL_MS = 1000;
const RUNS = 5;

/**
 * Milliseconds of processor time: of the first run (nothing compiled yet) and the median of all. Not of the clock, which on a
 * shared machine measures its neighbours.
 */
function timed(work: () => unknown): { first: number; median: number } {
	const times = Array.from({ length: RUNS }, () => {
		const start = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(start);
		return (user + system) / 1000;
	});
	return {
		first: times[0],
		median: times.toSorted((a, b) => a - b)[RUNS >> 1],
	};
}

const show = (ms: number) => `${ms.toFixed(0)} ms`;
console.log("processor time");

/** Counts of regencies of very different size, in waves, some days silent. */
function country(): Float64Array {
	const random = createRandom(20200302);
	const cases = new Float64Array(AREAS * DAYS);
	for (let area = 0; area < AREAS; area++) {
		const size = Math.exp(random.normal(3, 1.3));
		for (let day = 0; day < DAYS; day++)
			cases[area * DAYS + day] =
				random.uniform() < 0.01
					? Number.NaN
					: random.negativeBinomial(
							size * (1 + Math.sin(day / 60 + area)) ** 2,
							5,
						);
	}
	return cases;
}

const local = country();
const serialInterval = discretiseSerialInterval(4.7, 2.9, DAYS);
const cube = () =>
	estimateReproductionCube({
		areas: AREAS,
		days: DAYS,
		local,
		serialInterval,
	});
const wholeCube = timed(cube);
const estimated = cube().reason.reduce(
	(count, reason) => count + (reason === 0 ? 1 : 0),
	0,
);
console.log(
	`R for ${AREAS} areas x ${DAYS} days, mean and three quantiles: ${show(wholeCube.first)} first, ${show(wholeCube.median)} median (${(wholeCube.median / GOAL_MS).toFixed(2)} x the goal of ${show(GOAL_MS)}); ${estimated} windows estimated of ${AREAS * (DAYS - 7)}`,
);
const singles = timed(() => {
	for (let area = 0; area < AREAS; area++)
		estimateReproductionNumber({
			local: local.subarray(area * DAYS, (area + 1) * DAYS),
			serialInterval,
		});
});
console.log(
	`the same as objects, area by area: ${show(singles.median)} median, ${(singles.median / wholeCube.median).toFixed(1)} x the cube`,
);

/** Sixty event days, each reported over two weeks. */
function revisionsOf(area: number): Revision[] {
	const random = createRandom(area);
	const revisions: Revision[] = [];
	for (let eventDay = 0; eventDay < 60; eventDay++) {
		let count = 0;
		for (let delay = 0; delay <= 14 && eventDay + delay < 60; delay++) {
			count += random.poisson(12 * 0.75 ** delay);
			revisions.push({ eventDay, asOf: eventDay + delay, count });
		}
	}
	return revisions;
}

const histories = Array.from({ length: AREAS }, (_, area) => revisionsOf(area));
const range = { firstDay: 0, now: 59, longestDelay: 14 };
const triangles = histories.map(
	(revisions) => reportingTriangle(revisions, range).triangle,
);
const nowcasts = timed(() => {
	for (const triangle of triangles) nowcast(triangle);
});
const fromRevisions = timed(() => {
	for (const revisions of histories)
		nowcast(reportingTriangle(revisions, range).triangle);
});
console.log(
	`nowcast for ${AREAS} areas x 60 days x 15 delays: ${show(nowcasts.median)} median; from ${histories.reduce((sum, { length }) => sum + length, 0)} revisions ${show(fromRevisions.median)} median (${(fromRevisions.median / nowcasts.median).toFixed(1)} x)`,
);

/** Days of the simulated country, and the first that is looked at: before it people come from abroad, who are nobody's infections. */
const PLAYED = 240;
const FROM = 60;
/** Cases that follow the model itself, R in slow waves. */
function renewed(seed: number): TrueSeries {
	const random = createRandom(seed);
	const w = discretiseSerialInterval(4.7, 2.9, PLAYED);
	const infections = new Float64Array(PLAYED).fill(40, 0, 7);
	const expected = new Float64Array(PLAYED);
	const infectious = new Float64Array(PLAYED);
	for (let day = 7; day < PLAYED; day++) {
		let force = 0;
		for (let s = 1; s <= day; s++) force += (w[s] ?? 0) * infections[day - s];
		expected[day] = (1 + 0.15 * Math.sin(day / 40 + seed)) * force;
		infectious[day] = force;
		infections[day] = random.poisson(expected[day]);
	}
	return { infections, confirmed: infections, expected, infectious };
}
const modelled = coverageOf(
	Array.from({ length: 60 }, (_, seed) => renewed(seed)),
	"infections",
	discretiseSerialInterval(4.7, 2.9, PLAYED),
	FROM,
	0,
	1,
);
console.log(
	`cases that follow the model itself: R within its 95 % interval in ${((100 * modelled.covered) / modelled.windows).toFixed(1)} % of ${modelled.windows} windows`,
);
const truth = playTruth(loadExerciseCountry(), 2020, PLAYED);
const own = trueInterval(PLAYED);
const percent = ({ windows, covered, error }: ReturnType<typeof coverageOf>) =>
	`${((100 * covered) / windows).toFixed(1)} % of ${windows} windows, mean error ${error.toFixed(3)}`;
console.log(
	"the truth of the simulated country within the 95 % interval of R (each infected so many):",
);
for (const [name, all] of [
	["nation and provinces", [truth.nation, ...truth.provinces]],
	["kabupaten/kota", truth.regencies],
] as const) {
	console.log(
		`- ${name}, infections by their day, its own interval: ${percent(coverageOf(all, "infections", own, FROM))}`,
	);
	for (const [interval, w] of [
		["its own interval", own],
		["4.7 (2.9) days", discretiseSerialInterval(4.7, 2.9, PLAYED)],
	] as const)
		for (const lag of [0, 7])
			console.log(
				`- ${name}, confirmed by their day of report, ${interval}, truth of ${lag} days before: ${percent(coverageOf(all, "confirmed", w, FROM, lag))}`,
			);
}

console.log(
	"what is known later within the interval of the nowcast, of the day itself to six days before; the confirmed cases of the simulated country reported up to 14 days late:",
);
for (const lateness of LATENESS)
	for (const [name, all] of [
		["nation", [truth.nation]],
		["provinces", truth.provinces],
		["kabupaten/kota", truth.regencies.filter((_, at) => at % 8 === 0)],
	] as const) {
		const random = createRandom(2020);
		const late = all.map(({ confirmed }) =>
			reportLate(confirmed, FIRST_DAY, lateness, random),
		);
		const measured = (options: Parameters<typeof nowcastCoverage>[3]) =>
			nowcastCoverage(late, FIRST_DAY, { from: 120, to: PLAYED - 1 }, options);
		const held = (delays: Delays) =>
			[0.5, 0.9, 0.95]
				.map(
					(level) =>
						`${(100 * measured({ level, delays }).held).toFixed(1)} % in ${100 * level} %`,
				)
				.join(", ");
		const { nowcasts, error, reportedError } = measured({});
		const alike = measured({ delays: "alike" });
		console.log(
			`- ${name}, ${lateness}: ${held("by-weekday")}, error ${error.toFixed(2)} (of what was reported ${reportedError.toFixed(2)}), of ${nowcasts}; delays alike: ${held("alike")}, error ${alike.error.toFixed(2)}`,
		);
	}

/** The waves of the simulated country, from its first day on, and what the shipped rules would have raised of its cases by day of report. */
const alerted = playTruth(loadExerciseCountry(), 2020, 300).regencies;
const { regencies } = loadExerciseCountry();
const alertDays = alerted[0]?.confirmed.length ?? 0;
const confirmed = Float64Array.from(
	alerted.flatMap((one) => [...one.confirmed]),
);
/** Of seven days that end on each day, from the given days back. */
const weekly = (of: ArrayLike<number>, row: number, day: number) => {
	let sum = 0;
	for (let back = 0; back < 7; back++)
		sum += of[row * alertDays + day - back] ?? Number.NaN;
	return sum;
};
const lower = estimateReproductionCube({
	areas: alerted.length,
	days: alertDays,
	local: confirmed,
	serialInterval: discretiseSerialInterval(4.7, 2.9, alertDays),
	probabilities: [0.025],
});
const figuresOf = (kind: AlertKind): AlertFigures => {
	const figures = {
		firstDay: FIRST_DAY,
		days: alertDays,
		areas: regencies.map(({ code }) => code),
		value: new Float64Array(confirmed.length).fill(Number.NaN),
		size: new Float64Array(confirmed.length).fill(Number.NaN),
		against: new Float64Array(confirmed.length).fill(Number.NaN),
	};
	for (let row = 0; row < alerted.length; row++)
		for (let day = 13; day < alertDays; day++) {
			const at = row * alertDays + day;
			const now = weekly(confirmed, row, day);
			figures.size[at] = now;
			figures.value[at] =
				kind === "growth"
					? now / Math.max(1, weekly(confirmed, row, day - 7))
					: (lower.quantiles[0]?.[at] ?? Number.NaN);
		}
	return figures;
};
/** Of those infected, the share that is confirmed: by it the waves of infections are held to the same threshold. */
const found =
	confirmed.reduce((sum, one) => sum + one, 0) /
	alerted.reduce(
		(sum, { infections }) => sum + infections.reduce((a, b) => a + b, 0),
		0,
	);
const infections = Float64Array.from(
	alerted.flatMap((one) => [...one.infections]),
	(one) => one * found,
);
/** @param level new cases of seven days for each 100,000 from which on it is a wave */
const wavesBy = (of: Float64Array, level: number) =>
	regencies.flatMap(({ code, population }, row) =>
		wavesOf(
			code,
			FIRST_DAY,
			Float64Array.from(
				{ length: alertDays },
				(_, day) =>
					((100_000 * weekly(of, row, day)) / population) * (WAVE_FROM / level),
			),
		),
	);
console.log(
	`alerts of kabupaten/kota before the waves of the simulated country, days from the first alert: median (a tenth below, a tenth above)`,
);
for (const { rule, body } of SHIPPED_RULES) {
	if (body.kind !== "growth" && body.kind !== "rt") continue;
	const raised = areaAlerts(
		[{ rule, version: 1, from: null, body }],
		figuresOf,
		true,
	);
	for (const level of [20, WAVE_FROM])
		for (const [name, of] of [
			["confirmed cases", confirmed],
			[
				`true infections, of which ${(100 * found).toFixed(1)} % are confirmed`,
				infections,
			],
		] as const) {
			const score = scoreOf(
				raised,
				wavesBy(of, level),
				FIRST_DAY + alertDays - 1,
			);
			const days = (spread: typeof score.beforePeak) =>
				spread ? `${spread.median} (${spread.low}, ${spread.high})` : "none";
			console.log(
				`- ${rule}, waves of ${level} confirmed and more per 100,000 in seven days, by ${name}: ${score.caught} of ${score.waves} caught, ${days(score.beforeReached)} before the wave was reached, ${days(score.beforePeak)} before its highest day; ${score.besides} of ${score.raised} alerts besides waves`,
			);
		}
}
