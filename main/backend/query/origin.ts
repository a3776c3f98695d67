import type Database from "better-sqlite3";
import type { AreaRow, Level } from "../../../core/api/situation.ts";
import { ruleId } from "../../../core/quality/rule.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import { levelNumber } from "./areas.ts";
import { cells, originOf, SUM_ORIGIN } from "./cell.ts";
import { perPublication } from "./per-publication.ts";
import { statement } from "./statement.ts";

/** Where each value of a cube came from (see `originOf`): areas x days, area-major. */
export type Origins = Int32Array;

/**
 * The origins of the values of a cube as known on a day (null: now).
 * Today's are read once for each publication: screens ask for several measures of one indicator.
 */
export function originsOfCube(
	db: Database.Database,
	indicator: number,
	level: Level,
	areas: readonly AreaRow[],
	firstDay: Day,
	days: number,
	asKnownOn: Day | null,
): Origins {
	if (asKnownOn !== null)
		return originsKnownOn(db, indicator, areas, firstDay, days, asKnownOn);
	return originsNow(db, indicator, level, areas, firstDay, days);
}

const originsNow = perPublication(
	(
		indicator: number,
		level: Level,
		_areas: readonly AreaRow[],
		firstDay: Day,
		days: number,
	) => `${indicator} ${level} ${firstDay} ${days}`,
	readOrigins,
);

/** Most areas have one origin all through a month, so months are read first, and days only where a month is mixed. */
function readOrigins(
	db: Database.Database,
	indicator: number,
	level: Level,
	areas: readonly AreaRow[],
	firstDay: Day,
	days: number,
): Origins {
	const origins = new Int32Array(areas.length * days);
	const index = new Map(areas.map((area, i) => [area.id, i]));
	const last = firstDay + days - 1;
	const origin = `CASE f.rule WHEN ${ruleId("sum-of-areas")} THEN ${SUM_ORIGIN} ELSE coalesce(f.source, 0) END`;
	for (let month = monthOf(firstDay); month <= monthOf(last); month++) {
		const months = statement(
			db,
			`SELECT f.area, min(f.day), max(f.day), min(${origin}), max(${origin}) FROM area a CROSS JOIN fact f
			 WHERE a.level = ? AND f.indicator = ? AND f.month = ? AND f.area = a.id
			   AND f.day BETWEEN ? AND ? AND f.value IS NOT NULL
			 GROUP BY f.area`,
		)
			.raw()
			.all(levelNumber(level), indicator, month, firstDay, last) as [
			number,
			Day,
			Day,
			number,
			number,
		][];
		for (const [id, from, to, lowest, highest] of months) {
			const start = (index.get(id) as number) * days - firstDay;
			if (lowest === highest)
				origins.fill(lowest, start + from, start + to + 1);
			else
				for (const one of cells(db, indicator, id, from, to, null).values())
					origins[start + one.day] = originOf(one);
		}
	}
	return origins;
}

function originsKnownOn(
	db: Database.Database,
	indicator: number,
	areas: readonly AreaRow[],
	firstDay: Day,
	days: number,
	asKnownOn: Day,
): Origins {
	const origins = new Int32Array(areas.length * days);
	const last = Math.min(firstDay + days - 1, asKnownOn);
	areas.forEach(({ id }, area) => {
		const known = cells(db, indicator, id, firstDay, last, asKnownOn);
		for (const one of known.values())
			origins[area * days + one.day - firstDay] = originOf(one);
	});
	return origins;
}
