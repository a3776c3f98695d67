import type Database from "better-sqlite3";
import type { AreaRow, Level } from "../../../core/api/situation.ts";
import type { Cube } from "../../../core/series/cube.ts";
import {
	joinNewCounts,
	type NewCounts,
	newCounts,
	sumOfNewCounts,
} from "../../../core/series/daily.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { areasAt } from "./areas.ts";
import { SUM_ORIGIN } from "./cell.ts";
import { originsOfCube } from "./origin.ts";
import { indicatorCube } from "./stored-cube.ts";

const BELOW: Partial<Record<Level, Level>> = {
	nation: "province",
	province: "regency",
};

/**
 * New counts of some areas of a level, in the order given. Where the value shown is a sum of the areas below, so are the new counts,
 * like for like.
 * @param cube the cumulative cube of all areas of the level.
 */
export function newCountsOf(
	db: Database.Database,
	key: IndicatorKey,
	level: Level,
	cube: Cube,
	wanted: readonly AreaRow[],
	asKnownOn: Day | null,
): NewCounts[] {
	const { firstDay, days } = cube;
	const areas = areasAt(db, level);
	const index = new Map(areas.map((area, i) => [area.id, i]));
	const origins = originsOfCube(
		db,
		indicatorByKey(key).id,
		level,
		areas,
		firstDay,
		days,
		asKnownOn,
	);
	const below = BELOW[level];
	const summed = wanted.filter(({ id }) => {
		const start = (index.get(id) as number) * days;
		return origins.subarray(start, start + days).includes(SUM_ORIGIN);
	});
	const belowOf = new Map<number, NewCounts[]>();
	if (below && summed.length > 0) {
		const parents = new Set(summed.map(({ id }) => id));
		const children = areasAt(db, below).filter(
			({ parent }) => parent !== null && parents.has(parent),
		);
		const counts = newCountsOf(
			db,
			key,
			below,
			indicatorCube(db, key, below, asKnownOn),
			children,
			asKnownOn,
		);
		children.forEach(({ parent }, i) => {
			const list = belowOf.get(parent as number) ?? [];
			list.push(counts[i]);
			belowOf.set(parent as number, list);
		});
	}
	return wanted.map(({ id }) => {
		const start = (index.get(id) as number) * days;
		const origin = origins.subarray(start, start + days);
		const own = newCounts(cube.value.subarray(start, start + days), origin);
		const areasBelow = belowOf.get(id);
		if (!areasBelow) return own;
		return joinNewCounts(
			own,
			sumOfNewCounts(areasBelow, days),
			Array.from(origin, (from) => from === SUM_ORIGIN),
		);
	});
}
