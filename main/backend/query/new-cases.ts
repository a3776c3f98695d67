import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { SummedLevel } from "../../../core/areas/codes.ts";
import { isIncomplete } from "../../../core/quality/completeness.ts";
import type { Day } from "../../../core/series/day.ts";
import { MARKS } from "../../../core/series/mark.ts";
import {
	countsOf,
	daysOf,
	newByDay,
	newOverDays,
	peopleOf,
	type Spot,
	spotAt,
	spotsBelow,
	spotsOf,
	treeOf,
} from "./figures.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";

/** What a model is given of an area. */
export interface NewCases {
	firstDay: Day;
	/**
	 * New confirmed cases of each day, like for like, a report after silence shared out evenly over the days it covers; NaN where it cannot be
	 * told, also where a sum is of so few areas that it is not the area's figure.
	 */
	cases: Float64Array<ArrayBuffer>;
	/** Marks of `cases`; of a day without a figure also what it is missing for (fewAreas, notYetKnown, correction). */
	marks: Uint16Array<ArrayBuffer>;
	/** Those of whom these are the new cases, by day: of a sum the people of the areas that told. NaN where not known, 0 where nothing is known of the day. */
	people: Float64Array<ArrayBuffer>;
	/**
	 * The last day (index) that all who are expected have told: of a sum those of at least 95 % of the areas and of the people (core/quality/completeness),
	 * without those who have told nothing for so long that nobody waits for them.
	 * What comes after is still coming in, and lower than it will be.
	 */
	told: number;
}

/** Who has not told for so long tells no more: what is missing of such a sum is no longer on its way. Days. */
const LONGEST_WAIT = 14;

/** New confirmed cases of an area on all days of the dataset. */
export function newCases(
	db: Database.Database,
	{ area, asKnownOn }: { area: number; asKnownOn: Day | null },
): NewCases {
	const known = knownDay(db, asKnownOn);
	return newCasesOf(
		spotAt(db, "confirmed", known, knownArea(db, area)),
		known,
		new Map(),
		new Map(),
	);
}

/** The same of all areas of a level. */
export function newCasesOfAll(
	db: Database.Database,
	{ level, asKnownOn }: { level: SummedLevel; asKnownOn: Day | null },
): {
	firstDay: Day;
	days: number;
	areas: number[];
	cases: Float64Array<ArrayBuffer>;
	marks: Uint16Array<ArrayBuffer>;
	people: Float64Array<ArrayBuffer>;
	told: Int32Array<ArrayBuffer>;
	/** `told` of the nation, in the replica of a province of the province. */
	toldByNation: number;
} {
	const known = knownDay(db, asKnownOn);
	const tree = treeOf(db, "confirmed", known);
	const spots = spotsOf(tree, level).filter(({ area }) => !area.unknownPlace);
	const { firstDay, days } = tree;
	const all = {
		firstDay,
		days,
		areas: spots.map(({ area }) => area.id),
		cases: new Float64Array(spots.length * days),
		marks: new Uint16Array(spots.length * days),
		people: new Float64Array(spots.length * days),
		told: new Int32Array(spots.length),
		toldByNation: days - 1,
	};
	const computed: Computed = new Map();
	const told: ToldPeople = new Map();
	const tells = (spot: Spot) => countsOf(spot).last >= 0;
	const nation = spotsOf(tree, "nation").filter(tells);
	// The replica of a province holds nothing of the nation: there the province stands for it.
	const above =
		nation.length > 0 ? nation : spotsOf(tree, "province").filter(tells);
	for (const one of above)
		all.toldByNation = Math.min(
			all.toldByNation,
			newCasesOf(one, known, computed, told).told,
		);
	for (const [row, spot] of spots.entries()) {
		const one = newCasesOf(spot, known, computed, told);
		all.cases.set(one.cases, row * days);
		all.marks.set(one.marks, row * days);
		all.people.set(one.people, row * days);
		all.told[row] = one.told;
	}
	return all;
}

type ToldPeople = Map<AreaRow, Float64Array<ArrayBuffer>>;
type Computed = Map<AreaRow, ReturnType<typeof newOverDays>>;

function newCasesOf(
	spot: Spot,
	known: Day | null,
	computed: Computed,
	told: ToldPeople,
): NewCases {
	const { firstDay, days } = spot.tree;
	const { marks, correction } = countsOf(spot);
	const reported = daysOf(spot, spot.branch.marks);
	const cases = newByDay(spot);
	return {
		firstDay,
		cases,
		marks: Uint16Array.from(marks, (one, day) =>
			Number.isNaN(cases[day])
				? one |
					((reported[day] ?? 0) & (MARKS.fewAreas | MARKS.notYetKnown)) |
					(Number.isNaN(correction[day]) ? 0 : MARKS.correction)
				: one,
		),
		people: peopleTold(spot, told),
		told: lastTold(
			spot,
			cases,
			Math.min(days - 1, (known ?? Number.POSITIVE_INFINITY) - firstDay),
			computed,
		),
	};
}

/**
 * Of whom the new cases of an area are, by day: of a sum those of the areas of which something new is known, also where a later report tells of the
 * day; 0 where nothing is.
 * @param told what was found of areas before
 */
export function peopleTold(
	spot: Spot,
	told: ToldPeople,
): Float64Array<ArrayBuffer> {
	const kept = told.get(spot.area);
	if (kept) return kept;
	const { share, byAreas } = countsOf(spot);
	const own = peopleOf(spot.area);
	const people = Float64Array.from(share, (value) =>
		Number.isNaN(value) ? 0 : own,
	);
	if (byAreas.includes(1)) {
		const below = spotsBelow(spot).map((child) => peopleTold(child, told));
		for (const [day, isSum] of byAreas.entries())
			if (isSum && people[day] !== 0)
				people[day] = below.reduce((sum, child) => sum + (child[day] ?? 0), 0);
	}
	told.set(spot.area, people);
	return people;
}

/** @param edge the last day of which anything can be known */
function lastTold(
	spot: Spot,
	cases: Float64Array,
	edge: number,
	computed: Computed,
): number {
	const { people, reporting } = newOverDays(spot, null, computed);
	if (!reporting) return edge;
	const earliest = Math.max(-1, edge - LONGEST_WAIT);
	const expected = spotsBelow(spot).filter(
		(child) => !child.area.unknownPlace && !isGone(child, earliest),
	).length;
	const ofAll = peopleOf(spot.area) - peopleGone(spot, earliest);
	let day = edge;
	while (day > earliest) {
		const telling = reporting[day] ?? -1;
		const share = (people[day] ?? 0) / ofAll;
		const isTold =
			!Number.isNaN(cases[day]) &&
			(telling < 0 ||
				!isIncomplete({
					reporting: telling,
					expected,
					peopleShare: Number.isNaN(share) ? null : share,
				}));
		if (isTold) return day;
		day--;
	}
	return earliest;
}

/** Whether an area has told nothing since a day (index): nobody waits for it. */
function isGone(spot: Spot, since: number): boolean {
	return countsOf(spot).last < since;
}

/** People of the areas below that tell no more; NaN where not known. */
function peopleGone(spot: Spot, since: number): number {
	return spotsBelow(spot).reduce(
		(sum, child) =>
			sum +
			(isGone(child, since) ? peopleOf(child.area) : peopleGone(child, since)),
		0,
	);
}
