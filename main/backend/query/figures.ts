/**
 * The one place where figures are computed. A tree holds one indicator for the nation, the provinces and the regencies on all days, as
 * known on a day; whatever a screen states is read from it, so that tile, map, hover card, table, chart, export and explanation cannot
 * differ.
 */
import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import type {
	Completeness,
	Figures,
	Origin,
	SourceChange,
	WeekFigure,
} from "../../../core/api/figures.ts";
import {
	type ApartLevel,
	isApart,
	type Level,
	SUMMED_LEVELS,
	type SummedLevel,
} from "../../../core/areas/codes.ts";
import { standsForWhole } from "../../../core/quality/completeness.ts";
import { lastReports } from "../../../core/quality/last-report.ts";
import {
	HELD_AGAINST_NOTHING,
	joinNewCounts,
	type NewCounts,
	newCounts,
	sumOfNewCounts,
} from "../../../core/series/daily.ts";
import type { Day } from "../../../core/series/day.ts";
import { found } from "../../../core/series/found.ts";
import {
	definitionChangeOf,
	INDICATORS,
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import {
	changeOverWeek,
	type Ending,
	type Ends,
	endsOverWeek,
	lastDays,
	newOnDay,
	newOver,
	sumOfEnds,
	type Weeks,
} from "../../../core/series/week.ts";
import { ACTIVE_OF, activeBase } from "./active.ts";
import { apartBelow, areasAt } from "./areas.ts";
import { allDays, apartBaseOf, baseOf, type Days } from "./base.ts";
import { type Branch, rowsIn } from "./branch.ts";
import { perPublication } from "./per-publication.ts";
import { speakers } from "./said.ts";
import { decisionSources, irregularSources, sourceNames } from "./source.ts";
import { changes, isSum, originOf, sourceOf, type Voice } from "./voice.ts";

const PEOPLE = 100_000;
const WEEK = 7;

export interface Tree {
	readonly indicator: IndicatorKey;
	readonly firstDay: Day;
	readonly days: number;
	/** The levels that hang together, or kecamatan or kelurahan alone. */
	readonly branches: Readonly<Partial<Record<Level, Branch>>>;
	/** What has been computed of areas with others below. */
	readonly counts: Map<AreaRow, NewCounts>;
	readonly ends: Map<AreaRow, Ends>;
	readonly weeks: Map<AreaRow, PeopledWeeks>;
}

/** Weekly figures and the people of the areas that are in them. */
export interface PeopledWeeks extends Weeks {
	readonly people: Float64Array;
	/** Where the areas below tell the figure: how many of them, by day; -1 where they do not. Null where they never do. */
	readonly reporting: Int16Array | null;
}

/** An area within a tree. */
export interface Spot {
	readonly tree: Tree;
	readonly branch: Branch;
	readonly row: number;
	readonly area: AreaRow;
}

export const treeOf: (
	db: Database.Database,
	indicator: IndicatorKey,
	asKnownOn: Day | null,
) => Tree = perPublication(
	(indicator: IndicatorKey, asKnownOn: Day | null) =>
		`${indicator} ${asKnownOn}`,
	(db, indicator, asKnownOn) =>
		growTree(db, indicator, asKnownOn, allDays(db), treeOf),
	// The tiles ask for every indicator, and one of them may be looked at as it was known.
	INDICATORS.length + 1,
);

/** The tree of one day alone: for a cell whose history is asked for. */
function treeOfDay(
	db: Database.Database,
	indicator: IndicatorKey,
	day: Day,
	asKnownOn: Day | null,
): Tree {
	return growTree(
		db,
		indicator,
		asKnownOn,
		{ firstDay: day, days: 1 },
		(_db, part) => treeOfDay(db, part, day, asKnownOn),
	);
}

function growTree(
	db: Database.Database,
	indicator: IndicatorKey,
	asKnownOn: Day | null,
	span: Days,
	partOf: typeof treeOf,
): Tree {
	const areas = Object.fromEntries(
		SUMMED_LEVELS.map((level) => [level, areasAt(db, level)]),
	) as Record<SummedLevel, AreaRow[]>;
	const branches = {} as Record<SummedLevel, Branch>;
	const decided = decisionSources(db);
	const said = speakers(db, indicatorByKey(indicator), asKnownOn);
	for (const level of [...SUMMED_LEVELS].reverse()) {
		const under = BELOW[level];
		const below = areas[level].map(({ id }) =>
			under
				? areas[under].flatMap(({ parent }, row) =>
						parent === id ? [row] : [],
					)
				: [],
		);
		const branchBelow = under && branches[under];
		const base =
			indicator === "active"
				? activeBase(
						ACTIVE_OF.map((key) => partOf(db, key, asKnownOn)),
						level,
						branchBelow,
					)
				: baseOf(db, indicatorByKey(indicator).id, level, asKnownOn, span);
		branches[level] = branch(
			{ ...base, level, areas: areas[level], below, decided, said },
			branchBelow,
		);
	}
	return {
		indicator,
		...span,
		branches,
		counts: new Map(),
		ends: new Map(),
		weeks: new Map(),
	};
}

/** The tree of the kecamatan of one kabupaten/kota (or the kelurahan of one kecamatan), of which a window that opens it asks many things. */
const apartTreeOf = perPublication(
	(
		indicator: IndicatorKey,
		asKnownOn: Day | null,
		level: ApartLevel,
		parent: number,
	) => `${indicator} ${asKnownOn} ${level} ${parent}`,
	(db, indicator, asKnownOn, level, parent) =>
		growApart(db, indicator, asKnownOn, level, parent, allDays(db)),
	32,
);

/** The tree of all areas of a level that is in no sum: of kecamatan tens of megabytes, for as long as whoever asked needs it. */
export function allApart(
	db: Database.Database,
	level: ApartLevel,
	indicator: IndicatorKey,
	asKnownOn: Day | null,
): Tree {
	return growApart(db, indicator, asKnownOn, level, null, allDays(db));
}

function growApart(
	db: Database.Database,
	indicator: IndicatorKey,
	asKnownOn: Day | null,
	level: ApartLevel,
	parent: number | null,
	span: Days,
): Tree {
	const areas =
		parent === null ? areasAt(db, level) : apartBelow(db, level, parent);
	const base =
		indicator === "active"
			? activeBase(
					ACTIVE_OF.map((key) =>
						growApart(db, key, asKnownOn, level, parent, span),
					),
					level,
					undefined,
				)
			: apartBaseOf(
					db,
					indicatorByKey(indicator).id,
					level,
					parent,
					asKnownOn,
					span,
				);
	const whole = branch(
		{
			...base,
			level,
			areas,
			below: areas.map(() => []),
			decided: decisionSources(db),
			said: speakers(db, indicatorByKey(indicator), asKnownOn),
		},
		undefined,
	);
	const irregular = irregularSources(db);
	const shownFrom = new Map<number, Int16Array>();
	areas.forEach((_, row) => {
		const from = row * span.days;
		const to = from + span.days;
		const shown = lastReports(
			whole.value.subarray(from, to),
			whole.marks.subarray(from, to),
			(day) => irregular.has(sourceOf(whole.voice[from + day]) ?? 0),
		);
		if (shown) shownFrom.set(row, shown);
	});
	return {
		indicator,
		...span,
		branches: { [level]: { ...whole, shownFrom } },
		counts: new Map(),
		ends: new Map(),
		weeks: new Map(),
	};
}

/** The tree that holds all areas of a level. */
export function treeWith(
	db: Database.Database,
	level: Level,
	indicator: IndicatorKey,
	asKnownOn: Day | null,
): Tree {
	return isApart(level)
		? allApart(db, level, indicator, asKnownOn)
		: treeOf(db, indicator, asKnownOn);
}

/** The levels below in the sums; a kabupaten/kota is not made of its kecamatan, nor a kecamatan of its kelurahan. */
export const BELOW: Readonly<Record<Level, SummedLevel | undefined>> = {
	nation: "province",
	province: "regency",
	regency: undefined,
	district: undefined,
	village: undefined,
};

/** The branch of a level that the tree has. */
export function branchAt({ branches }: Tree, level: Level): Branch {
	return found(branches[level], `the branch of level ${level}`);
}

/** An area of any level, as known on a day. */
export function spotAt(
	db: Database.Database,
	indicator: IndicatorKey,
	asKnownOn: Day | null,
	area: AreaRow,
): Spot {
	return spotOf(
		isApart(area.level) && area.parent !== null
			? apartTreeOf(db, indicator, asKnownOn, area.level, area.parent)
			: treeOf(db, indicator, asKnownOn),
		area,
	);
}

/** The tree that holds an area on some days alone, read anew: of many days of knowledge, none of which is asked for again. */
export function treeWithin(
	db: Database.Database,
	indicator: Exclude<IndicatorKey, "active">,
	span: Days,
	asKnownOn: Day | null,
	area: AreaRow,
): Tree {
	return isApart(area.level) && area.parent !== null
		? growApart(db, indicator, asKnownOn, area.level, area.parent, span)
		: growTree(db, indicator, asKnownOn, span, treeOf);
}

/** What is new on each day, like for like, a report after silence shared out over its days; NaN where it cannot be told. */
export function newByDay(spot: Spot): Float64Array<ArrayBuffer> {
	const { share } = countsOf(spot);
	const reported = daysOf(spot, spot.branch.marks);
	return Float64Array.from(share, (value, day) =>
		(reported[day] ?? 0) & MARKS.fewAreas ? Number.NaN : value,
	);
}

/** The same on one day alone: for a cell whose history is asked for. */
export function spotOnDay(
	db: Database.Database,
	indicator: IndicatorKey,
	day: Day,
	asKnownOn: Day | null,
	area: AreaRow,
): Spot {
	return spotOf(
		isApart(area.level) && area.parent !== null
			? growApart(db, indicator, asKnownOn, area.level, area.parent, {
					firstDay: day,
					days: 1,
				})
			: treeOfDay(db, indicator, day, asKnownOn),
		area,
	);
}

/** The areas directly below an area that are in none of its sums, in order of id: of a kabupaten/kota its kecamatan, of a kecamatan its kelurahan. */
export function apartSpots(
	db: Database.Database,
	{ tree, area }: Spot,
	asKnownOn: Day | null,
): Spot[] {
	const level = APART_BELOW[area.level];
	return level
		? spotsOf(apartTreeOf(db, tree.indicator, asKnownOn, level, area.id), level)
		: [];
}

const APART_BELOW: Readonly<Partial<Record<Level, ApartLevel>>> = {
	regency: "district",
	district: "village",
};

/** The kecamatan in some areas, in order of id. Of each kabupaten/kota by itself: the facts of the others are not read. */
export function districtsWithin(
	db: Database.Database,
	indicator: IndicatorKey,
	asKnownOn: Day | null,
	within: readonly number[],
): Spot[] {
	const span = allDays(db);
	const inside = new Set(within);
	return areasAt(db, "regency")
		.filter(
			({ id, parent }) =>
				inside.has(id) || (parent !== null && inside.has(parent)),
		)
		.flatMap(({ id }) =>
			spotsOf(
				growApart(db, indicator, asKnownOn, "district", id, span),
				"district",
			),
		)
		.sort((a, b) => a.area.id - b.area.id);
}

/** Every area of a level of a tree. */
export function spotsOf(tree: Tree, level: Level): Spot[] {
	const branch = branchAt(tree, level);
	return branch.areas.map((area, row) => ({ tree, branch, row, area }));
}

/** Adds to what was reported whom it speaks of, and the marks that follow from the values around it. */
export function branch(
	reported: Omit<Branch, "people" | "complete">,
	branchBelow: Branch | undefined,
): Branch {
	const { areas, days, value, marks, voice } = reported;
	const people = new Float64Array(branchBelow ? value.length : 0);
	const complete = new Uint8Array(branchBelow ? value.length : 0);
	const whole = { ...reported, people, complete };
	areas.forEach((area, row) => {
		let before: Voice = 0;
		const own = peopleOf(area);
		for (let day = 0; day < days; day++) {
			const at = row * days + day;
			if (Number.isNaN(value[at])) continue;
			if (value[at] < 0) marks[at] |= MARKS.belowZero;
			if (changes(before, voice[at])) marks[at] |= MARKS.sourceChanged;
			before = voice[at];
			if (!branchBelow || !isSum(voice[at])) continue;
			const set = setOf(whole, branchBelow, row, day);
			complete[at] = set.complete ? 1 : 0;
			people[at] = set.complete && !Number.isNaN(own) ? own : set.people;
			if (!standsForWhole(set, { people: people[at], ofAll: own }))
				marks[at] |= MARKS.fewAreas;
		}
	});
	return whole;
}

/** Inhabitants of an area; 0 of what is no place, NaN where not known. */
export function peopleOf({ population, unknownPlace }: AreaRow): number {
	if (unknownPlace) return 0;
	return population !== null && population > 0 ? population : Number.NaN;
}

/** People of the areas in a value, down to the last sum; NaN where not known, 0 where nothing is reported. */
export function peopleIn(branch: Branch, row: number, day: number): number {
	const at = row * branch.days + day;
	if (Number.isNaN(branch.value[at])) return 0;
	return isSummed(branch, at) ? branch.people[at] : peopleOf(branch.areas[row]);
}

/** Whether a value is a sum of areas that the tree holds. */
function isSummed({ people, voice }: Branch, at: number): boolean {
	return people.length > 0 && isSum(voice[at]);
}

/** The areas directly below that a sum is made of. */
export interface SumSet {
	readonly rows: readonly number[];
	/** Of them those that are expected, and how many could be. */
	readonly reporting: number;
	readonly expected: number;
	readonly people: number;
	/** Whether nobody is missing, down to the last sum. */
	readonly complete: boolean;
}

/** What a sum holds. */
export function setOf(
	above: Branch,
	below: Branch,
	row: number,
	day: number,
): SumSet {
	const { days } = above;
	const rows = rowsIn(above, below, row, day);
	let expected = 0;
	let reporting = 0;
	let people = 0;
	let complete = true;
	for (const child of above.below[row])
		if (!below.areas[child].unknownPlace) expected++;
	for (const child of rows) {
		people += peopleIn(below, child, day);
		if (isSummed(below, child * days + day))
			complete &&= below.complete[child * days + day] === 1;
		if (!below.areas[child].unknownPlace) reporting++;
	}
	return {
		rows,
		reporting,
		expected,
		people,
		complete: complete && reporting === expected,
	};
}

/** An area in the tree of an indicator. */
export function spotOf(tree: Tree, area: AreaRow): Spot {
	const branch = branchAt(tree, area.level);
	const row = branch.areas.findIndex(({ id }) => id === area.id);
	return { tree, branch, row, area };
}

/** The areas directly below, in order of id. */
export function spotsBelow({ tree, branch, row }: Spot): Spot[] {
	const level = BELOW[branch.level];
	if (!level) return [];
	const below = branchAt(tree, level);
	return branch.below[row].map((child) => ({
		tree,
		branch: below,
		row: child,
		area: below.areas[child],
	}));
}

/** The values, or what else is kept for each day, of one area. */
export function daysOf<T extends Float64Array | Int32Array | Uint16Array>(
	{ branch: { days }, row }: Spot,
	of: T,
): T {
	return of.subarray(row * days, (row + 1) * days) as T;
}

/** The day (index) of a tree from which on its indicator means something else; NaN where it does not. */
export function definedAnew({ indicator, firstDay }: Tree): number {
	return (definitionChangeOf(indicator) ?? Number.NaN) - firstDay;
}

/** The day (index) whose report is shown for a day: itself, or that of an earlier report which still stands for it. */
export function reportShownOn({ branch, row }: Spot, on: number): number {
	const from = branch.shownFrom?.get(row)?.[on] ?? -1;
	return from < 0 ? on : from;
}

/**
 * What is shown of one area on each day: what was reported, or the last report where that still stands for the day.
 * @param rate of each 100,000 of the people whom that report is of
 */
export function shownDays(
	spot: Spot,
	rate: boolean,
): { value: Float64Array; marks: Uint16Array } {
	const { branch, row } = spot;
	const reported = daysOf(spot, branch.value);
	const marks = daysOf(spot, branch.marks);
	// Most areas report on days of their own alone: nothing of theirs is copied.
	const value = branch.shownFrom?.has(row)
		? reported.map((_, day) => reported[reportShownOn(spot, day)])
		: reported;
	return {
		value: rate
			? value.map((count, day) =>
					per100k(count, peopleIn(branch, row, reportShownOn(spot, day))),
				)
			: value,
		marks:
			value === reported
				? marks
				: marks.map((one, day) => {
						const from = reportShownOn(spot, day);
						return from === day ? one : marks[from] | MARKS.lastReport;
					}),
	};
}

/** New counts of an area. Where the value shown is a sum of the areas below, so are the new counts, like for like. */
export function countsOf(spot: Spot): NewCounts {
	const { tree, branch, area } = spot;
	const kept = tree.counts.get(area);
	if (kept) return kept;
	const voice = daysOf(spot, branch.voice);
	const hasSums = BELOW[branch.level] !== undefined && voice.some(isSum);
	const own = newCounts(
		daysOf(spot, branch.value),
		voice.map((one) =>
			branch.decided.has(sourceOf(one) ?? 0)
				? HELD_AGAINST_NOTHING
				: hasSums
					? originOf(one)
					: one,
		),
		definedAnew(tree),
	);
	if (!hasSums) return own;
	const below = sumOfNewCounts(
		spotsBelow(spot).map((child) => ({
			counts: countsOf(child),
			expected: !child.area.unknownPlace,
		})),
		tree.days,
	);
	const counts = joinNewCounts(
		own,
		below,
		Array.from(voice, isSum),
		definedAnew(tree),
	);
	tree.counts.set(area, counts);
	return counts;
}

/** A state and that of seven days before, like for like where the value shown is a sum. */
export function endsOf(spot: Spot): Ends {
	const { tree, branch, area } = spot;
	const kept = tree.ends.get(area);
	if (kept) return kept;
	const voice = daysOf(spot, branch.voice);
	const own = endsOverWeek(
		daysOf(spot, branch.value),
		BELOW[branch.level] === undefined ? voice : voice.map(originOf),
		definedAnew(tree),
	);
	if (!voice.some(isSum)) return own;
	const below = sumOfEnds(
		spotsBelow(spot).map((child) => ({
			ends: endsOf(child),
			expected: !child.area.unknownPlace,
		})),
		tree.days,
	);
	for (let day = WEEK; day < tree.days; day++) {
		if (!isSum(voice[day]) || !isSum(voice[day - WEEK])) continue;
		own.now[day] = below.now[day];
		own.before[day] = below.before[day];
		own.marks[day] = below.marks[day];
	}
	tree.ends.set(area, own);
	return own;
}

/** The weekly figures of an area: new over seven days, or the change of a state. */
export function weeksOf(spot: Spot): PeopledWeeks {
	return newOverDays(spot, THE_WEEK, spot.tree.weeks);
}

const THE_WEEK = lastDays(WEEK);

/**
 * What is new in an area over the days that end on each day; of a state, which knows only the week, its change. One rule for all of them.
 * @param ending null: on the day alone
 * @param computed what has been computed over the same days
 */
export function newOverDays(
	spot: Spot,
	ending: Ending | null,
	computed: Map<AreaRow, PeopledWeeks>,
): PeopledWeeks {
	const { tree, branch, area } = spot;
	const kept = computed.get(area);
	if (kept) return kept;
	const own = peopleOf(area);
	const isState = indicatorByKey(tree.indicator).kind !== "cumulative";
	const weeks = isState
		? changeOverWeek(endsOf(spot))
		: ending
			? newOver(countsOf(spot), ending)
			: newOnDay(countsOf(spot));
	// A loop: `from` takes ten times as long, and there are as many areas as rows of a map.
	const people = new Float64Array(tree.days);
	for (let day = 0; day < tree.days; day++)
		if (weeks.covered[day] > 0) people[day] = own;
	const marksOfValue = daysOf(spot, branch.marks);
	for (let day = 0; day < tree.days; day++)
		weeks.marks[day] |= marksOfValue[day] & MARKS.notYetKnown;
	const voice = daysOf(spot, branch.voice);
	if (BELOW[branch.level] === undefined || !voice.some(isSum))
		return { ...weeks, people, reporting: null };
	const below = spotsBelow(spot).map((child) => ({
		...newOverDays(child, ending, computed),
		expected: !child.area.unknownPlace,
	}));
	const expected = expectedBelow(spot);
	const telling = new Int16Array(tree.days).fill(-1);
	const byAreas = isState ? null : countsOf(spot).byAreas;
	for (let day = 0; day < tree.days; day++) {
		if (Number.isNaN(weeks.value[day])) continue;
		const daysByAreas = byAreas
			? daysSet(
					byAreas,
					ending?.first(day) ?? day,
					Math.min(ending?.last?.(day) ?? day, tree.days - 1),
				)
			: isSum(voice[day]) && isSum(voice[day - WEEK])
				? WEEK
				: 0;
		if (daysByAreas === 0) continue;
		const isMixed = daysByAreas < weeks.covered[day];
		let reporting = 0;
		let told = 0;
		for (const child of below) {
			if (child.covered[day] === 0) continue;
			told += child.people[day];
			if (child.expected) reporting++;
		}
		const ofThose =
			weeks.marks[day] & MARKS.partial || Number.isNaN(own) ? told : own;
		const isWhole = standsForWhole(
			{ reporting, expected },
			{ people: ofThose, ofAll: own },
		);
		if (isMixed) {
			// What few areas tell of some days and the area itself of others is a figure of neither.
			if (isWhole) continue;
			weeks.value[day] = Number.NaN;
			weeks.marks[day] =
				(weeks.marks[day] & MARKS.notYetKnown) | MARKS.sourceChanged;
			continue;
		}
		telling[day] = reporting;
		people[day] = ofThose;
		if (!isWhole) weeks.marks[day] |= MARKS.fewAreas;
	}
	const peopled = { ...weeks, people, reporting: telling };
	computed.set(area, peopled);
	return peopled;
}

/** How many areas directly below could tell something. */
export function expectedBelow(spot: Spot): number {
	return spotsBelow(spot).filter(({ area }) => !area.unknownPlace).length;
}

/** How many of some days, both ends included, are set. */
function daysSet(days: Uint8Array, from: number, to: number): number {
	let set = 0;
	for (let of = from; of <= to; of++) set += days[of];
	return set;
}

/** `count` for each 100,000 of `people`; NaN where either is not known. */
export function per100k(count: number, people: number): number {
	return people > 0 ? (count * PEOPLE) / people : Number.NaN;
}

/**
 * Who reported on a day, whatever is looked at.
 * @param below whose reports are counted, where they are not the areas below in the sums
 */
export function completenessOn(
	spot: Spot,
	day: Day,
	below: readonly Spot[] = spotsBelow(spot),
): Completeness {
	const { tree, area } = spot;
	const asked = below.filter((child) => !child.area.unknownPlace);
	const parts = asked.length > 0 ? asked : [spot];
	const reports = (part: Spot, on: number): boolean =>
		!Number.isNaN(daysOf(part, part.branch.value)[on]);
	const on = day - tree.firstDay;
	const missing = parts.filter((part) => !reports(part, on));
	const people = parts
		.filter((part) => reports(part, on))
		.reduce((sum, part) => sum + peopleIn(part.branch, part.row, on), 0);
	const ofAll = peopleOf(area);
	let last = Math.min(on, tree.days - 1);
	while (last >= 0 && !parts.some((part) => reports(part, last))) last--;
	return {
		reporting: parts.length - missing.length,
		expected: parts.length,
		missing: missing.map((part) => part.area.id),
		peopleShare: orNull(Math.min(1, people / ofAll)),
		lastDay: last < 0 ? null : tree.firstDay + last,
	};
}

/** Everything that is stated of one area on one day. */
export function figuresOn(
	db: Database.Database,
	spot: Spot,
	day: Day,
	asKnownOn: Day | null,
): Figures {
	const { tree, branch, row, area } = spot;
	const on = day - tree.firstDay;
	const inside = on >= 0 && on < tree.days;
	const told = inside ? reportShownOn(spot, on) : on;
	const value = inside ? daysOf(spot, branch.value)[told] : Number.NaN;
	const marks = inside
		? daysOf(spot, branch.marks)[told] | (told < on ? MARKS.lastReport : 0)
		: asKnownOn !== null && day > asKnownOn
			? MARKS.notYetKnown
			: 0;
	const isReported = !Number.isNaN(value);
	const below = BELOW[branch.level];
	const set =
		isReported && below && isSum(daysOf(spot, branch.voice)[on])
			? setOf(branch, branchAt(tree, below), row, on)
			: null;
	const people = isReported ? peopleIn(branch, row, told) : Number.NaN;
	const week = newOn(spot, on, marks, () => weeksOf(spot));
	return {
		indicator: tree.indicator,
		area: area.id,
		day,
		value: orNull(value),
		marks,
		whole: (marks & MARKS.fewAreas) === 0,
		reporting: set?.reporting ?? null,
		expected: set?.expected ?? null,
		per100k: orNull(per100k(value, people)),
		people: people > 0 ? people : null,
		week,
		origin: isReported ? origin(db, daysOf(spot, branch.voice)[told]) : null,
		sourceChange: changeNear(db, spot, on, week),
		lastReported: lastReported(spot, Math.min(on, tree.days - 1)),
		pending: null,
	};
}

/**
 * What is new on a day (by its place) over the days that end on it.
 * @param weeks over whichever days (`newOverDays`)
 */
export function newOn(
	spot: Spot,
	on: number,
	marks: number,
	weeks: () => PeopledWeeks,
): WeekFigure {
	const { tree } = spot;
	const measure =
		indicatorByKey(tree.indicator).kind === "cumulative" ? "new7" : "change7";
	if (on < 0 || on >= tree.days)
		return {
			measure,
			value: null,
			corrected: null,
			per100k: null,
			coveredDays: 0,
			reporting: null,
			expected: null,
			marks: marks & MARKS.notYetKnown,
			whole: true,
		};
	const { value, corrected, people, covered, ...told } = weeks();
	const reporting = told.reporting?.[on] ?? -1;
	return {
		measure,
		value: orNull(value[on]),
		corrected: orNull(corrected[on]),
		per100k:
			measure === "change7" ? null : orNull(per100k(value[on], people[on])),
		coveredDays: covered[on],
		...(reporting < 0
			? { reporting: null, expected: null }
			: { reporting, expected: expectedBelow(spot) }),
		marks: told.marks[on],
		whole: (told.marks[on] & MARKS.fewAreas) === 0,
	};
}

function lastReported(spot: Spot, on: number): Figures["lastReported"] {
	const value = daysOf(spot, spot.branch.value);
	for (let at = on; at >= 0; at--)
		if (!Number.isNaN(value[at]))
			return { day: spot.tree.firstDay + at, value: value[at] };
	return null;
}

/** The change of source on the day; else, where the weekly figure is missing for one, the last of the days it is taken from. */
function changeNear(
	db: Database.Database,
	spot: Spot,
	on: number,
	week: WeekFigure,
): SourceChange | null {
	const changed = daysOf(spot, spot.branch.marks);
	const first =
		week.value === null && week.marks & MARKS.sourceChanged ? on - WEEK : on;
	for (let at = on; at >= Math.max(0, first); at--)
		if ((changed[at] ?? 0) & MARKS.sourceChanged)
			return sourceChange(db, spot, at);
	return null;
}

/** What changed on a day that carries the mark. */
export function sourceChange(
	db: Database.Database,
	spot: Spot,
	on: number,
): SourceChange {
	const voice = daysOf(spot, spot.branch.voice);
	const value = daysOf(spot, spot.branch.value);
	let before = on - 1;
	while (before > 0 && Number.isNaN(value[before])) before--;
	return {
		day: spot.tree.firstDay + on,
		from: origin(db, voice[before]),
		to: origin(db, voice[on]),
	};
}

/** A voice by the name of its source. */
export function origin(db: Database.Database, voice: Voice): Origin {
	return {
		source: sourceNames(db).get(sourceOf(voice) ?? 0) ?? null,
		sum: isSum(voice),
	};
}

export function orNull(value: number): number | null {
	return Number.isNaN(value) ? null : value;
}
