/**
 * The figures that rules of alerts judge, each as it was known on its own day, so that nothing is raised by hindsight. Weekly figures and new
 * counts come from where every screen has them (`figures`), of a tree of some weeks before the day.
 */
import type Database from "better-sqlite3";
import {
	ALERT_KINDS,
	ALERT_LEVELS,
	type AlertKind,
	type AlertLevel,
} from "../../../core/epidemic/alert-rule.ts";
import { MOST_TOO_LOW } from "../../../core/epidemic/fewer-tell.ts";
import { GROWTH_RULE } from "../../../core/epidemic/growth.ts";
import {
	estimateReproductionNumber,
	PRECISION_RULE,
} from "../../../core/epidemic/reproduction-number.ts";
import { discretiseSerialInterval } from "../../../core/epidemic/serial-interval.ts";
import { NISHIURA_UNCERTAINTY } from "../../../core/epidemic/uncertain-serial-interval.ts";
import {
	type ToldTogether,
	toldTogether,
} from "../../../core/facilities/known-report.ts";
import {
	columnsOf,
	facilityMeasure,
	measured,
} from "../../../core/facilities/measure.ts";
import { REPORT_HOLDS_DAYS } from "../../../core/facilities/report.ts";
import {
	standsForWhole,
	WHOLE_FROM,
} from "../../../core/quality/completeness.ts";
import type { NewCounts } from "../../../core/series/daily.ts";
import type { Day } from "../../../core/series/day.ts";
import { indicatorByKey } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { gammaQuantileFor } from "../../../core/statistics/gamma-distribution.ts";
import { areasAt } from "./areas.ts";
import { allDays, type Base, baseOf, type Days } from "./base.ts";
import type { Branch } from "./branch.ts";
import {
	facilities,
	filesKnown,
	type ReadReport,
	readDays,
} from "./facilities.ts";
import {
	countsOf,
	daysOf,
	type PeopledWeeks,
	spotsOf,
	type Tree,
	weeksOf,
} from "./figures.ts";
import { peopleTold } from "./new-cases.ts";
import { perPublication } from "./per-publication.ts";
import { dailySources, decisionSources } from "./source.ts";
import { statement } from "./statement.ts";
import { sourceOf } from "./voice.ts";

/** Days that are computed together. They begin on the same days whichever are asked for, so that each is computed once. */
export const ALERT_CHUNK = 14;

const WEEK = 7;
/** Days before a day that are read for its figures: R needs most of them, four weeks of it for what infects in its window. */
const LOOK_BACK = 42;
/** Days for which the newest figure known may be late, to be that of the day. */
const LATE = 2;
const JUMP_AGAINST = 14;
/** A hospital or laboratory that told nothing for so long is missed no more. */
const TOLD_WITHIN = 14;

/** The figures of one level: as known on each day, and of the same days as known now. */
export interface LevelFigures {
	readonly level: AlertLevel;
	/** Ids and codes of the areas, in order of id, without those that are no place. */
	readonly ids: readonly number[];
	readonly areas: readonly string[];
	readonly asKnown: Readonly<Record<AlertKind, KindFigures>>;
	readonly now: Readonly<Record<AlertKind, KindFigures>>;
	/** New cases of seven days for each 100,000 people as known now. */
	readonly incidence: Float64Array;
}

/** Area-major, as AlertFigures; counts are whole numbers that single precision holds. */
export interface KindFigures {
	readonly value: Float64Array;
	readonly size: Float32Array;
	readonly against: Float32Array;
}

export interface AlertChunk extends Days {
	readonly levels: readonly LevelFigures[];
}

/** Figures of the days from a multiple of `ALERT_CHUNK` on, as far as the dataset has them. */
export function alertFigures(
	db: Database.Database,
	{ begin }: { begin: Day },
): AlertChunk {
	const all = allDays(db);
	const firstDay = Math.max(begin, all.firstDay);
	const days =
		Math.min(begin + ALERT_CHUNK, all.firstDay + all.days) - firstDay;
	const from = Math.max(all.firstDay, firstDay - LOOK_BACK);
	const span = { firstDay: from, days: firstDay + days - from };
	const levels = ALERT_LEVELS.map((level) => levelWith(db, level, days));
	const daily = dailySources(db);
	const now = countedOf(treeOver(db, span, null), daily);
	/** By level: of each area the day whose weekly figure, and whose count, was told last. */
	const told = levels.map(({ ids }) => ({
		week: new Int32Array(ids.length),
		day: new Int32Array(ids.length),
	}));
	for (let on = -1; on < days; on++) {
		const day = firstDay + on;
		if (day < span.firstDay) continue;
		const tree = treeOver(db, span, day);
		const then = countedOf(tree, daily);
		/** What stands at a place of this tree stands there in the one of now. */
		const apart = tree.firstDay - span.firstDay;
		const place = day - tree.firstDay;
		for (const [of, level] of levels.entries()) {
			const { asKnown, now: known } = level;
			const last = told[of] as (typeof told)[number];
			for (const row of level.ids.keys()) {
				const mine = then[of]?.[row] as Counted;
				const later = now[of]?.[row] as Counted;
				const at = row * days + on;
				const week = newest((one) => weekAt(mine, one), place);
				if (week >= 0 && tree.firstDay + week > (last.week[row] as number)) {
					last.week[row] = tree.firstDay + week;
					if (on >= 0) {
						put(asKnown.growth, at, growthOn(mine, week));
						put(known.growth, at, growthOn(later, week + apart));
						put(asKnown.rt, at, reproductionOn(mine, week));
						put(known.rt, at, reproductionOn(later, week + apart));
					}
				}
				const count = newest((one) => dailyAt(mine, one), place);
				if (count >= 0 && tree.firstDay + count > (last.day[row] as number)) {
					last.day[row] = tree.firstDay + count;
					if (on >= 0) {
						put(asKnown.jump, at, jumpOn(mine, count));
						put(known.jump, at, jumpOn(later, count + apart));
					}
				}
				if (on < 0) continue;
				put(asKnown.silence, at, silenceOn(mine, place));
				put(known.silence, at, silenceOn(later, place + apart));
				level.incidence[at] =
					(weekAt(later, place + apart) * 100_000) /
					(later.weeks.people[place + apart] || Number.NaN);
			}
		}
	}
	addFacilities(db, { firstDay, days }, levels);
	return { firstDay, days, levels };
}

function levelWith(
	db: Database.Database,
	level: AlertLevel,
	days: number,
): LevelFigures {
	const areas = areasAt(db, level).filter(({ unknownPlace }) => !unknownPlace);
	const cells = areas.length * days;
	const empty = () => new Float64Array(cells).fill(Number.NaN);
	const counts = () => new Float32Array(cells).fill(Number.NaN);
	const kinds = () =>
		Object.fromEntries(
			ALERT_KINDS.map((kind) => [
				kind,
				{ value: empty(), size: counts(), against: counts() },
			]),
		) as Record<AlertKind, KindFigures>;
	return {
		level,
		ids: areas.map(({ id }) => id),
		areas: areas.map(({ code }) => code),
		...{ asKnown: kinds(), now: kinds(), incidence: empty() },
	};
}

/** What is counted of an area. */
interface Counted {
	counts: NewCounts;
	weeks: PeopledWeeks;
	/** Of the cumulative count: whether a report was expected and did not come, and whether one came. */
	marks: Uint16Array;
	value: Float64Array;
	/** Whether the value of a day is of a source of which a report is expected every day. */
	isDaily(day: number): boolean;
	/** Of whom the new cases are, by day; null: of all the area or of nobody. */
	people: Float64Array | null;
}

/** By level, then by area, in their order. */
function countedOf(tree: Tree, daily: ReadonlySet<number>): Counted[][] {
	const told: Parameters<typeof peopleTold>[1] = new Map();
	return ALERT_LEVELS.map((level) =>
		spotsOf(tree, level)
			.filter(({ area }) => !area.unknownPlace)
			.map((spot) => {
				const counts = countsOf(spot);
				return {
					counts,
					people: counts.byAreas.includes(1) ? peopleTold(spot, told) : null,
					weeks: weeksOf(spot),
					marks: daysOf(spot, spot.branch.marks),
					value: daysOf(spot, spot.branch.value),
					isDaily: (day) =>
						daily.has(
							sourceOf(
								spot.branch.voice[spot.row * tree.days + day] as number,
							) ?? 0,
						),
				};
			}),
	);
}

/** New cases of the seven days that end at a place; NaN where few areas tell them. */
function weekAt({ weeks }: Counted, at: number): number {
	return (weeks.marks[at] ?? 0) & MARKS.fewAreas
		? Number.NaN
		: (weeks.value[at] ?? Number.NaN);
}

/** New cases of a report that covers its day alone. */
function dailyAt({ counts }: Counted, at: number): number {
	return counts.span[at] === 1 ? (counts.daily[at] as number) : Number.NaN;
}

/** Of each area the days from one on, so many: what is not yet known behind them takes no time. */
function window(base: Base, firstDay: Day, days: number): Base {
	const areas = base.value.length / base.days;
	const from = firstDay - base.firstDay;
	const value = new Float64Array(areas * days);
	const marks = new Uint16Array(areas * days);
	const voice = new Float64Array(areas * days);
	for (let row = 0; row < areas; row++) {
		const at = row * base.days + from;
		value.set(base.value.subarray(at, at + days), row * days);
		marks.set(base.marks.subarray(at, at + days), row * days);
		voice.set(base.voice.subarray(at, at + days), row * days);
	}
	return { firstDay, days, value, marks, voice };
}

/**
 * Confirmed cases over some days, or of the weeks up to the day of knowledge. People are those of the whole area: a rate of fewer is not judged, and who is in a sum need not be looked
 * up for each day of knowledge.
 */
function treeOver(
	db: Database.Database,
	span: Days,
	asKnownOn: Day | null,
): Tree {
	const indicator = indicatorByKey("confirmed").id;
	const firstDay =
		asKnownOn === null
			? span.firstDay
			: Math.max(span.firstDay, asKnownOn - LOOK_BACK);
	const days = (asKnownOn ?? span.firstDay + span.days - 1) - firstDay + 1;
	const branches: Partial<Record<AlertLevel, Branch>> = {};
	for (const level of ["regency", "province"] as const) {
		const areas = areasAt(db, level);
		const below = level === "province" ? areasAt(db, "regency") : [];
		branches[level] = {
			...window(baseOf(db, indicator, level, asKnownOn, span), firstDay, days),
			...{ level, areas, decided: decisionSources(db) },
			below: areas.map(({ id }) =>
				below.flatMap(({ parent }, row) => (parent === id ? [row] : [])),
			),
			people: new Float64Array(),
			complete: new Uint8Array(),
			said: () => {
				throw new Error("nobody asks who is in a sum");
			},
		};
	}
	return {
		indicator: "confirmed",
		...{ firstDay, days },
		branches,
		counts: new Map(),
		ends: new Map(),
		weeks: new Map(),
	};
}

/** The newest place, up to one, at which something is known, not later than a report may be; -1: none. */
function newest(known: (at: number) => number, place: number): number {
	for (let at = place; at >= Math.max(0, place - LATE); at--)
		if (!Number.isNaN(known(at))) return at;
	return -1;
}

/** Value, what it rests on, and what it was compared with. */
type Told = readonly [value: number, size: number, against: number];
const UNKNOWN: Told = [Number.NaN, Number.NaN, Number.NaN];

function put(
	{ value, size, against }: KindFigures,
	at: number,
	told: Told,
): void {
	[value[at], size[at], against[at]] = told;
}

/** Whether the cases of a week and of the week before are those of as many people: else they show who reports and not who falls ill. */
function toldAlike({ people, weeks: { covered } }: Counted, at: number) {
	if (!people) return true;
	const mean = (last: number) =>
		people
			.subarray(Math.max(0, last - WEEK + 1), last + 1)
			.reduce((sum, one) => sum + one, 0) / (covered[last] ?? 0);
	const [now, before] = [mean(at), mean(at - WEEK)];
	return !(Math.abs(now - before) > MOST_TOO_LOW * before);
}

/** Cases a day of a week against those of the week before, as growthBetween holds them against each other. */
function growthOn(of: Counted, at: number): Told {
	const [cases, before] = [weekAt(of, at), weekAt(of, at - WEEK)];
	const { covered } = of.weeks;
	const [days, daysBefore] = [covered[at] ?? 0, covered[at - WEEK] ?? 0];
	if (
		Number.isNaN(before) ||
		!toldAlike(of, at) ||
		days < GROWTH_RULE.reportedDays ||
		daysBefore < GROWTH_RULE.reportedDays
	)
		return UNKNOWN;
	// Divided once: what is exactly the threshold is not above it.
	return [(cases * daysBefore) / (days * Math.max(1, before)), cases, before];
}

const INTERVAL = discretiseSerialInterval(
	NISHIURA_UNCERTAINTY.mean.mean,
	NISHIURA_UNCERTAINTY.sd.mean,
	LOOK_BACK,
);
const lowerEnd = gammaQuantileFor(0.025);

/** The lower end of R, the cases of its window, and its mean. */
function reproductionOn(of: Counted, at: number): Told {
	const { counts, weeks } = of;
	if (!toldAlike(of, at)) return UNKNOWN;
	let cases = 0;
	for (let back = 0; back < WEEK; back++)
		cases += counts.share[at - back] ?? Number.NaN;
	// Also where a day of the window is not known.
	if (!(cases >= PRECISION_RULE.minimumCases)) return UNKNOWN;
	let first = Math.max(0, at - LOOK_BACK + WEEK + 1);
	// Nothing is asked of days before the first report.
	while (Number.isNaN(counts.share[first])) first++;
	const local = Float64Array.from({ length: at - first + 1 }, (_, on) =>
		(weeks.marks[first + on] as number) & MARKS.fewAreas
			? Number.NaN
			: (counts.share[first + on] as number),
	);
	const last = local.length - 1;
	if (last < WEEK) return UNKNOWN;
	const [estimate] = estimateReproductionNumber({
		local,
		serialInterval: INTERVAL,
		windows: [{ first: last - WEEK + 1, last }],
		probabilities: [0.5],
	});
	return estimate?.status === "estimated"
		? [lowerEnd(estimate.shape) * estimate.scale, cases, estimate.mean]
		: UNKNOWN;
}

/** New cases of a day against the highest day of the two weeks before, of which half must be known. */
function jumpOn(of: Counted, at: number): Told {
	const count = dailyAt(of, at);
	let highest = 0;
	let known = 0;
	for (let back = 1; back <= JUMP_AGAINST; back++) {
		const before = dailyAt(of, at - back);
		if (Number.isNaN(before)) continue;
		known++;
		highest = Math.max(highest, before);
	}
	return known * 2 < JUMP_AGAINST
		? UNKNOWN
		: [count / Math.max(1, highest), count, highest];
}

/**
 * Days since the last report on which one was expected; none where one came, nothing where nobody is expected to report. Where a source that reports
 * daily sends nothing at all no day after its last is marked as silent: of its areas every day since is one.
 */
function silenceOn({ value, marks, isDaily }: Counted, at: number): Told {
	let silent = 0;
	for (let on = at; on >= 0; on--) {
		if (!Number.isNaN(value[on]))
			return [isDaily(on) ? at - on : silent, Number.NaN, Number.NaN];
		if ((marks[on] as number) & MARKS.silent) silent++;
	}
	return silent > 0 ? [silent, Number.NaN, Number.NaN] : UNKNOWN;
}

const OCCUPANCY = facilityMeasure("bed-occupancy");
const POSITIVITY = facilityMeasure("positivity");
const COLUMNS = [...columnsOf(OCCUPANCY), ...columnsOf(POSITIVITY)];

/** What was said of a facility and day, the newest of the days on which it became known, and what is told of it by measure. */
interface Reported {
	rows: ReadReport[];
	asOf: Day;
	told: Map<typeof OCCUPANCY, ToldTogether | null>;
}

/** Beds and specimens by area: of each facility what one source says of both on one day, so that nothing of two sources is divided. */
function addFacilities(
	db: Database.Database,
	{ firstDay, days }: Days,
	levels: readonly LevelFigures[],
): void {
	const all = facilities(db, {});
	const kindOf = new Map(all.map(({ id, kind }) => [id, kind]));
	const rowOf = levels.map(({ ids }) => rowsOfFacilities(db, all, ids));
	const rows = new Map<number, Map<Day, Reported>>();
	for (const row of readDays(
		db,
		COLUMNS,
		firstDay - TOLD_WITHIN,
		firstDay + days - 1,
		null,
	)) {
		const [facility, day] = row;
		const own = rows.get(facility) ?? new Map<Day, Reported>();
		rows.set(facility, own);
		const said: Reported = own.get(day) ?? {
			rows: [],
			asOf: 0,
			told: new Map(),
		};
		own.set(day, said);
		said.rows.push(row);
		said.asOf = Math.max(said.asOf, row[2]);
	}
	const withdrawn = statement(
		db,
		"SELECT EXISTS (SELECT 1 FROM file WHERE withdrawals <> '[]')",
	)
		.pluck()
		.get();
	const place = new Map(COLUMNS.map((column, at) => [column, at + 4]));
	for (let on = 0; on < days; on++) {
		const day = firstDay + on;
		for (const known of [day, null]) {
			const files = filesKnown(db, known);
			const toldOn = (
				own: Map<Day, Reported>,
				of: Day,
				measure: typeof OCCUPANCY,
			): ToldTogether | null => {
				const said = own.get(of);
				if (!said) return null;
				// What all of it was known of, and is still, need not be told again.
				const settled =
					!withdrawn && said.asOf <= (known ?? Number.MAX_SAFE_INTEGER);
				const before = settled ? said.told.get(measure) : undefined;
				if (before !== undefined) return before;
				const told = toldTogether(
					said.rows.flatMap((row) => {
						const file = files.get(row[3]);
						return file && (known === null || row[2] <= known)
							? [
									{
										...file,
										asOf: row[2],
										stated: (column: (typeof COLUMNS)[number]) =>
											(row[place.get(column) as number] as number | null) ??
											null,
									},
								]
							: [];
					}),
					columnsOf(measure),
				);
				if (settled) said.told.set(measure, told);
				return told;
			};
			const sums = levels.map(({ ids }) =>
				ids.map(() => ({
					...{ occupied: 0, beds: 0, bedsOfAll: 0, telling: 0, expected: 0 },
					...{ positive: 0, specimens: 0, examining: 0, laboratories: 0 },
				})),
			);
			const add = (
				facility: number,
				change: (sum: (typeof sums)[number][number]) => void,
			): void => {
				for (const [at, by] of rowOf.entries()) {
					const sum = sums[at]?.[by.get(facility) ?? -1];
					if (sum) change(sum);
				}
			};
			for (const [facility, own] of rows) {
				const kind = kindOf.get(facility);
				if (kind === "hospital")
					for (let back = 0; back <= TOLD_WITHIN; back++) {
						const told = toldOn(own, day - back, OCCUPANCY);
						const { beds = 0, beds_occupied = 0 } = told?.values ?? {};
						if (!(beds > 0)) continue;
						add(facility, (sum) => {
							sum.expected++;
							sum.bedsOfAll += beds;
							if (back > REPORT_HOLDS_DAYS) return;
							sum.telling++;
							sum.beds += beds;
							sum.occupied += beds_occupied;
						});
						break;
					}
				if (kind === "laboratory") {
					let newest = -1;
					for (let back = 0; back <= TOLD_WITHIN; back++) {
						if (back >= WEEK && newest >= 0) break;
						const told = toldOn(own, day - back, POSITIVITY);
						if (!told) continue;
						if (newest < 0) newest = back;
						if (
							back >= WEEK ||
							Number.isNaN(
								measured(POSITIVITY, (column) => told.values[column]),
							)
						)
							continue;
						const { positives = 0, tests_done = 0 } = told.values;
						add(facility, (sum) => {
							sum.positive += positives;
							sum.specimens += tests_done;
						});
					}
					if (newest >= 0)
						add(facility, (sum) => {
							sum.laboratories++;
							if (newest < WEEK) sum.examining++;
						});
				}
			}
			for (const [at, level] of levels.entries()) {
				const kinds = known === null ? level.now : level.asKnown;
				for (const [row, sum] of (sums[at] ?? []).entries()) {
					if (
						sum.telling > 0 &&
						standsForWhole(
							{ reporting: sum.telling, expected: sum.expected },
							{ people: sum.beds, ofAll: sum.bedsOfAll },
						)
					)
						put(kinds.occupancy, row * days + on, [
							sum.occupied / sum.beds,
							...([sum.beds, sum.occupied] as const),
						]);
					if (
						sum.specimens > 0 &&
						sum.examining >= sum.laboratories * WHOLE_FROM
					)
						put(kinds.positivity, row * days + on, [
							sum.positive / sum.specimens,
							...([sum.specimens, sum.positive] as const),
						]);
				}
			}
		}
	}
}

/** Of each facility the row of the area of a level in which it lies. */
function rowsOfFacilities(
	db: Database.Database,
	all: readonly { id: number; area: number }[],
	ids: readonly number[],
): Map<number, number> {
	const parents = parentsOf(db);
	const rows = new Map(ids.map((id, row) => [id, row]));
	const found = new Map<number, number>();
	for (const { id, area } of all)
		for (
			let at: number | null = area, left = 5;
			at !== null && left > 0;
			at = parents.get(at) ?? null, left--
		) {
			const row = rows.get(at);
			if (row !== undefined) found.set(id, row);
		}
	return found;
}

const parentsOf = perPublication(
	() => "",
	(db) =>
		new Map(
			statement(db, "SELECT id, parent FROM area").raw().all() as [
				number,
				number | null,
			][],
		),
);
