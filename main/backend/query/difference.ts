/**
 * The figure of each day less that of another, like for like: where either is not known there is no difference, and a sum is held against a
 * sum over the areas of which both are known.
 */
import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import type {
	AreasApart,
	DifferenceHeader,
	DifferenceSeries,
} from "../../../core/api/spread.ts";
import type { Level } from "../../../core/areas/codes.ts";
import { standsForWhole } from "../../../core/quality/completeness.ts";
import {
	type Against,
	dayAgainst,
	textOfAgainst,
} from "../../../core/series/against.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import {
	endingOf,
	type Period,
	textOfPeriod,
} from "../../../core/series/period.ts";
import { daysApart, type Ending, lastDays } from "../../../core/series/week.ts";
import { allDays } from "./base.ts";
import { cubeBody } from "./cube-body.ts";
import {
	daysOf,
	definedAnew,
	expectedBelow,
	newOverDays,
	orNull,
	type PeopledWeeks,
	peopleIn,
	peopleOf,
	per100k,
	reportShownOn,
	type Spot,
	shownDays,
	spotAt,
	spotsBelow,
} from "./figures.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { perPublication } from "./per-publication.ts";
import { position } from "./position.ts";
import {
	type AskedOfSpread,
	refuseWithin,
	refuseWithout,
	spotsAsked,
	spreadSeries,
} from "./spread.ts";
import { isSum, originOf } from "./voice.ts";

type Asked = AskedOfSpread & { against: Against };

export interface DifferenceAnswer {
	header: Omit<DifferenceHeader, "scale" | "classes">;
	body: ArrayBuffer;
}

/**
 * The differences of all areas of a level.
 * @param asked.within of the level of kecamatan: those in these areas alone; their classes are of what is asked for.
 */
export function difference(
	db: Database.Database,
	asked: Asked & { level: Level; within: readonly number[] | null },
): DifferenceAnswer {
	refuseWithout(asked);
	const { indicator, level, period, rate, against, within } = asked;
	refuseWithin(db, level, within);
	const known = knownDay(db, asked.asKnownOn);
	const { header, body } = kept(
		db,
		indicator,
		level,
		period,
		rate,
		against,
		known,
		within,
	);
	// Copied: whoever answers gives the memory away.
	return { header, body: body.slice(0) };
}

/** Asked again by every window that shows the same. */
const kept = perPublication(
	(
		indicator: IndicatorKey,
		level: Level,
		period: Period,
		rate: boolean,
		against: Against,
		known: Day | null,
		within: readonly number[] | null,
	) =>
		`${indicator} ${level} ${textOfPeriod(period)} ${rate} ${textOfAgainst(against)} ${known} ${within}`,
	(
		db,
		indicator,
		level,
		period,
		rate,
		against,
		known,
		within,
	): DifferenceAnswer => {
		const spots = spotsAsked(db, level, indicator, known, within);
		const { firstDay, days } = allDays(db);
		const rule = ruleOf(indicator, period, against, firstDay);
		const body = cubeBody(spots, days, (spot) => {
			const one = rule(spot);
			return { value: rate ? one.per100k : one.value, marks: one.marks };
		});
		return {
			header: {
				indicator,
				level,
				period: textOfPeriod(period),
				rate,
				within: within && [...within],
				against: textOfAgainst(against),
				firstDay,
				days,
				areas: spots.length,
				seq: position(db).seq,
				pending: [],
			},
			body,
		};
	},
	2,
);

/** The differences of one area. */
export function differenceSeries(
	db: Database.Database,
	asked: Asked & { area: number },
): DifferenceSeries {
	refuseWithout(asked);
	const { indicator, period, rate, against } = asked;
	const spot = spotAt(
		db,
		indicator,
		knownDay(db, asked.asKnownOn),
		knownArea(db, asked.area),
	);
	const { firstDay } = spot.tree;
	const found = ruleOf(indicator, period, against, firstDay)(spot);
	return {
		indicator,
		area: asked.area,
		period: textOfPeriod(period),
		rate,
		against: textOfAgainst(against),
		firstDay,
		seq: position(db).seq,
		value: Array.from(rate ? found.per100k : found.value, orNull),
		corrected: Array.from(found.corrected, orNull),
		marks: Array.from(found.marks),
	};
}

/** The figures of one area less those of another on the same days: both are told as each is beside its own map. */
export function areasApart(
	db: Database.Database,
	asked: AskedOfSpread & { area: number; beside: number },
): AreasApart {
	const { beside } = asked;
	const { corrected: _, ...own } = spreadSeries(db, asked);
	const other = spreadSeries(db, { ...asked, area: beside });
	const value = own.value.map((figure, day) => {
		const less = other.value[day] ?? null;
		return figure === null || less === null ? null : figure - less;
	});
	return {
		...own,
		beside,
		value,
		// Where there is no difference, what holds of one figure alone does not say why; that a day was not known yet does.
		marks: own.marks.map((marks, day) => {
			const both = marks | (other.marks[day] ?? 0);
			return value[day] === null ? both & MARKS.notYetKnown : both;
		}),
	};
}

interface Differences {
	readonly value: Float64Array;
	readonly per100k: Float64Array;
	readonly corrected: Float64Array;
	readonly marks: Uint16Array;
	/** Of those that the difference is of, by day. */
	readonly people: Float64Array;
}

type Rule = (spot: Spot) => Differences;

/** What is counted and shown up to a day differs by what was new in between; everything else is the one figure less the other. */
function ruleOf(
	indicator: IndicatorKey,
	period: Period,
	against: Against,
	firstDay: Day,
): Rule {
	const isState = indicatorByKey(indicator).kind !== "cumulative";
	const other = (day: number) => dayAgainst(against, day + firstDay) - firstDay;
	if (period.kind === "all" && !isState) return newBetween(against, other);
	return isState
		? lessOther(other, statesOf, true)
		: lessOther(other, newCountsOf(endingOf(period, firstDay)), false);
}

/**
 * New from the earlier of the two days to the later, with the falls by correction kept apart, by the rules of the weekly figure; negative
 * where the day that it is held against is the later one.
 */
function newBetween(against: Against, other: (day: number) => number): Rule {
	const computed = new Map<AreaRow, PeopledWeeks>();
	const ending =
		against.kind === "before" ? lastDays(against.days) : daysApart(other(0));
	return (spot) => {
		const { days } = spot.tree;
		const found = nothing(days);
		const { value: shown, marks: shownMarks } = shownDays(spot, false);
		const weeks = newOverDays(
			spot,
			hasEarlierReports(spot) ? betweenReports(spot, other) : ending,
			computed,
		);
		// Where one of the two rates is not known their difference is not either.
		const rate = (day: number) =>
			per100k(
				shown[day],
				peopleIn(spot.branch, spot.row, reportShownOn(spot, day)),
			);
		for (let day = 0; day < days; day++) {
			const from = other(day);
			found.marks[day] =
				(shownMarks[day] | (shownMarks[from] ?? 0)) & MARKS.notYetKnown;
			if (Number.isNaN(shown[day]) || Number.isNaN(shown[from] ?? Number.NaN))
				continue;
			found.marks[day] |=
				(shownMarks[day] | shownMarks[from]) & MARKS.lastReport;
			// The same day, or the same report for both.
			if (reportShownOn(spot, from) === reportShownOn(spot, day)) {
				found.value[day] = 0;
				found.per100k[day] = per100k(0, peopleIn(spot.branch, spot.row, day));
				continue;
			}
			const sign = day < from ? -1 : 1;
			found.value[day] = signed(weeks.value[day], sign);
			found.per100k[day] =
				Number.isNaN(rate(day)) || Number.isNaN(rate(from))
					? Number.NaN
					: per100k(found.value[day], weeks.people[day]);
			found.corrected[day] = signed(weeks.corrected[day], sign);
			found.marks[day] |= weeks.marks[day];
			found.people[day] = weeks.people[day];
		}
		return found;
	};
}

/** Whether days show an earlier report, which then is what is held against another. */
function hasEarlierReports({ branch, row }: Spot): boolean {
	return branch.shownFrom?.has(row) ?? false;
}

/** The days from the report that is shown for the one day to that which is shown for the other. */
function betweenReports(spot: Spot, other: (day: number) => number): Ending {
	const from = (day: number) => reportShownOn(spot, other(day));
	const to = (day: number) => reportShownOn(spot, day);
	return {
		first: (day) => Math.min(from(day), to(day)) + 1,
		last: (day) => Math.max(from(day), to(day)),
		length: (day) => Math.abs(to(day) - from(day)),
	};
}

/** Nothing is the same in either direction. */
function signed(value: number, sign: 1 | -1): number {
	return value === 0 ? 0 : sign * value;
}

/** The figures of an area that are held against each other. */
interface Ends {
	readonly value: Float64Array;
	readonly marks: Uint16Array;
	people(day: number): number;
	/** Whether the areas below tell the figure of a day. */
	isTold(day: number): boolean;
}

function newCountsOf(ending: ReturnType<typeof endingOf>) {
	const computed = new Map<AreaRow, PeopledWeeks>();
	return (spot: Spot): Ends => {
		const { value, marks, people, reporting } = newOverDays(
			spot,
			ending,
			computed,
		);
		return {
			value,
			marks,
			people: (day) => people[day],
			isTold: (day) => (reporting?.[day] ?? -1) >= 0,
		};
	};
}

function statesOf(spot: Spot): Ends {
	const { branch, row } = spot;
	const voice = daysOf(spot, branch.voice);
	const { value, marks } = shownDays(spot, false);
	return {
		value,
		// That the source changed on a day says nothing of two days; whether it did between them is found below.
		marks: marks.map((bits) => bits & ~MARKS.sourceChanged),
		people: (day) => peopleIn(branch, row, reportShownOn(spot, day)),
		isTold: (day) => spotsBelow(spot).length > 0 && isSum(voice[day]),
	};
}

/**
 * The figure of a day less that of the other. Of a sum, over the areas of which both are known.
 * @param apart values of different sources are not subtracted; else the difference says that they differ: each is counted within its own days
 */
function lessOther(
	other: (day: number) => number,
	endsOf: (spot: Spot) => Ends,
	apart: boolean,
): Rule {
	const computed = new Map<AreaRow, Differences>();
	const rule: Rule = (spot) => {
		const known = computed.get(spot.area);
		if (known) return known;
		const { days } = spot.tree;
		const found = nothing(days);
		const { value, marks, people, isTold } = endsOf(spot);
		const voice = daysOf(spot, spot.branch.voice);
		const anew = definedAnew(spot.tree);
		const below = spotsBelow(spot);
		const parts = below.map((child) => ({
			...rule(child),
			isExpected: !child.area.unknownPlace,
		}));
		const expected = expectedBelow(spot);
		const own = peopleOf(spot.area);
		const rate = (day: number) => per100k(value[day], people(day));
		for (let day = 0; day < days; day++) {
			const from = other(day);
			const isInside = from >= 0 && from < days;
			found.marks[day] =
				(marks[day] | (isInside ? marks[from] : 0)) & MARKS.notYetKnown;
			if (!isInside || Number.isNaN(value[day]) || Number.isNaN(value[from]))
				continue;
			if (below.length > 0 && isTold(day) && isTold(from)) {
				addUp(found, parts, day, expected, own);
				// As above, whatever the areas of which both are known tell.
				if (Number.isNaN(rate(day)) || Number.isNaN(rate(from)))
					found.per100k[day] = Number.NaN;
				continue;
			}
			const isOther =
				isTold(day) !== isTold(from) ||
				originOf(voice[reportShownOn(spot, day)]) !==
					originOf(voice[reportShownOn(spot, from)]);
			if (isOther && apart) {
				found.marks[day] |= MARKS.sourceChanged;
				continue;
			}
			found.value[day] = value[day] - value[from];
			found.per100k[day] = rate(day) - rate(from);
			found.people[day] = people(day);
			found.marks[day] |=
				marks[day] |
				marks[from] |
				(isOther ? MARKS.sourceChanged : 0) |
				(Math.min(day, from) < anew && Math.max(day, from) >= anew
					? MARKS.definitionChanged
					: 0);
		}
		computed.set(spot.area, found);
		return found;
	};
	return rule;
}

/** The difference of a sum on a day: the sum of those of its areas that have one. */
function addUp(
	found: Differences,
	parts: readonly (Differences & { isExpected: boolean })[],
	day: number,
	expected: number,
	own: number,
): void {
	let sum = Number.NaN;
	let people = 0;
	let reporting = 0;
	let marks = 0;
	for (const part of parts) {
		if (Number.isNaN(part.value[day])) {
			marks |= part.marks[day] & MARKS.sourceChanged;
			continue;
		}
		sum = Number.isNaN(sum) ? part.value[day] : sum + part.value[day];
		people += part.people[day];
		marks |= part.marks[day];
		if (part.isExpected) reporting++;
	}
	found.marks[day] |= marks;
	if (Number.isNaN(sum)) return;
	const isPart = reporting < expected || (marks & MARKS.partial) !== 0;
	const ofThose = isPart || Number.isNaN(own) ? people : own;
	found.value[day] = sum;
	found.people[day] = ofThose;
	found.per100k[day] = per100k(sum, ofThose);
	if (reporting < expected) found.marks[day] |= MARKS.partial;
	if (!standsForWhole({ reporting, expected }, { people: ofThose, ofAll: own }))
		found.marks[day] |= MARKS.fewAreas;
}

function nothing(days: number): Differences {
	const none = () => new Float64Array(days).fill(Number.NaN);
	return {
		value: none(),
		per100k: none(),
		corrected: none(),
		marks: new Uint16Array(days),
		people: new Float64Array(days),
	};
}
