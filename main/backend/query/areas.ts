import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type AreaCode,
	isUnknownPlace,
	LEVELS,
	type Level,
} from "../../../core/areas/codes.ts";
import { perPublication } from "./per-publication.ts";
import { statement } from "./statement.ts";

/** The number under which the feed keeps a level. */
export function levelNumber(level: Level): number {
	return LEVELS.indexOf(level);
}

/** Nation, provinces and regencies in order of id: the order of every cube. */
export const areas = perPublication(() => "", readAreas);

function readAreas(db: Database.Database): AreaRow[] {
	const rows = statement(
		db,
		`SELECT id, code, level, name, parent, lat, lng, population, population_year AS populationYear,
		        population_source AS populationSource
		 FROM area WHERE level <= 2 ORDER BY id`,
	).all() as (Omit<AreaRow, "level" | "unknownPlace"> & { level: number })[];
	return rows.map((row) => ({
		...row,
		level: LEVELS[row.level],
		unknownPlace: isUnknownPlace(row.code as AreaCode),
	}));
}

/** The areas of one level in the order of its cubes. */
export function areasAt(db: Database.Database, level: Level): AreaRow[] {
	return areas(db).filter((area) => area.level === level);
}

/** Ids of the areas directly below, in order of id. */
export function childrenOf(db: Database.Database, area: number): number[] {
	return statement(
		db,
		"SELECT id FROM area WHERE parent = ? AND level <= 2 ORDER BY id",
	)
		.pluck()
		.all(area) as number[];
}
