import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import { isApart, type Level } from "../../../core/areas/codes.ts";
import type { Day } from "../../../core/series/day.ts";
import { found } from "../../../core/series/found.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { ACTIVE_OF, activeBase } from "./active.ts";
import type { Base } from "./base.ts";
import type { Branch } from "./branch.ts";
import {
	BELOW,
	branch,
	branchAt,
	daysOf,
	type Spot,
	spotAt,
	type Tree,
	treeOf,
} from "./figures.ts";
import { SUM_OF_SEVERAL, sourceOf } from "./voice.ts";

/** The level on which a set of areas of a level stands: above them. Of kecamatan it is no kabupaten/kota, which is not made of them. */
const ABOVE: Readonly<Record<Level, Level>> = {
	nation: "nation",
	province: "nation",
	regency: "province",
	district: "province",
	village: "province",
};

/**
 * Areas of one level taken together: an area above them, of which nobody reports anything, so that each of its figures is the sum over
 * several sources of what is shown for them, by the rules of every other sum.
 * @param areas at least one, all of one level
 */
export function spotOfSet(
	db: Database.Database,
	indicator: IndicatorKey,
	asKnownOn: Day | null,
	areas: readonly AreaRow[],
): Spot {
	const tree = treeOver(db, indicator, asKnownOn, areas, together(areas));
	const above = branchAt(tree, ABOVE[areas[0].level]);
	return { tree, branch: above, row: 0, area: above.areas[0] };
}

function treeOver(
	db: Database.Database,
	indicator: IndicatorKey,
	asKnownOn: Day | null,
	areas: readonly AreaRow[],
	all: AreaRow,
): Tree {
	const { level } = areas[0];
	const above = ABOVE[level];
	const under = found(BELOW[above], "the level below a set");
	const { tree, below } = branchWith(db, indicator, asKnownOn, areas);
	const rows = areas.map(({ id }) =>
		below.areas.findIndex((area) => area.id === id),
	);
	const base =
		indicator === "active"
			? activeBase(
					ACTIVE_OF.map((part) => treeOver(db, part, asKnownOn, areas, all)),
					above,
					below,
				)
			: sumBase(below, rows, indicatorByKey(indicator).kind === "cumulative");
	const whole = branch(
		{
			...base,
			level: above,
			areas: [all],
			below: [rows],
			decided: below.decided,
			said: below.said,
		},
		below,
	);
	return {
		...tree,
		branches: {
			...tree.branches,
			[under]: below,
			[level]: below,
			[above]: whole,
		},
		counts: new Map(),
		ends: new Map(),
		weeks: new Map(),
	};
}

/** A branch that holds all of some areas, and the tree that holds what lies below them. */
function branchWith(
	db: Database.Database,
	indicator: IndicatorKey,
	asKnownOn: Day | null,
	areas: readonly AreaRow[],
): { tree: Tree; below: Branch } {
	const { level } = areas[0];
	if (!isApart(level)) {
		const tree = treeOf(db, indicator, asKnownOn);
		return { tree, below: branchAt(tree, level) };
	}
	// Kecamatan of several kabupaten/kota, or kelurahan of several kecamatan, are in as many trees.
	const spots = areas.map((area) => spotAt(db, indicator, asKnownOn, area));
	const [{ tree, branch: first }] = spots;
	const cells = spots.length * tree.days;
	const shownFrom = new Map<number, Int16Array>();
	const below: Branch = {
		...first,
		areas,
		below: areas.map(() => []),
		value: new Float64Array(cells),
		marks: new Uint16Array(cells),
		voice: new Float64Array(cells),
		sets: undefined,
		shownFrom,
	};
	spots.forEach((spot, row) => {
		for (const kind of ["value", "marks", "voice"] as const)
			below[kind].set(daysOf(spot, spot.branch[kind]), row * tree.days);
		const from = spot.branch.shownFrom?.get(spot.row);
		if (from) shownFrom.set(row, from);
	});
	return { tree: { ...tree, branches: {} }, below };
}

/** What would be stated of the areas together, with the marks that reconciliation gives a sum. */
function sumBase(
	below: Branch,
	rows: readonly number[],
	isCumulative: boolean,
): Base {
	const { firstDay, days, areas, decided } = below;
	const value = new Float64Array(days).fill(Number.NaN);
	const marks = new Uint16Array(days);
	const voice = new Float64Array(days);
	const expected = rows.filter((row) => !areas[row].unknownPlace).length;
	/** What each area reported last. */
	const last = new Float64Array(areas.length).fill(Number.NaN);
	for (let day = 0; day < days; day++) {
		let reporting = 0;
		let change = 0;
		let told = 0;
		let untold = 0;
		for (const row of rows) {
			const at = row * days + day;
			const one = below.value[at];
			if (Number.isNaN(one)) {
				untold |= below.marks[at];
				continue;
			}
			// A decision is held against nothing: it is no fall and no rise.
			const isDecided = decided.has(sourceOf(below.voice[at]) ?? 0);
			if (!isDecided && !Number.isNaN(last[row])) change += one - last[row];
			last[row] = one;
			told |= below.marks[at];
			value[day] = (Number.isNaN(value[day]) ? 0 : value[day]) + one;
			if (!areas[row].unknownPlace) reporting++;
		}
		if (Number.isNaN(value[day])) {
			marks[day] = untold & (MARKS.silent | MARKS.notYetKnown);
			continue;
		}
		voice[day] = SUM_OF_SEVERAL;
		marks[day] =
			(told & (MARKS.restated | MARKS.partial)) |
			(reporting < expected ? MARKS.partial : 0) |
			(isCumulative && change < 0 ? MARKS.correction : 0);
	}
	return { firstDay, days, value, marks, voice };
}

/** The set as an area: nobody's but of the people of all of them, where these are known of each. */
function together(areas: readonly AreaRow[]): AreaRow {
	const people = areas.map(({ population, unknownPlace }) =>
		unknownPlace ? 0 : population,
	);
	return {
		id: 0,
		code: "",
		level: ABOVE[areas[0].level],
		name: "",
		parent: null,
		lat: null,
		lng: null,
		population: people.includes(null)
			? null
			: people.reduce((sum: number, one) => sum + (one ?? 0), 0),
		populationYear: null,
		populationSource: null,
		unknownPlace: false,
	};
}
