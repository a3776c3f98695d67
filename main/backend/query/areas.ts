import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type ApartLevel,
	type AreaCode,
	isApart,
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
export const areas = perPublication(
	() => "",
	(db) => readAreas(db),
);

/** The kecamatan in order of id. They are thirteen times as many as the others together, and most screens show none. */
export const districts = perPublication(
	() => "",
	(db: Database.Database) => readAreas(db, "level = 3"),
);

/** The kelurahan that are counted in (those of Jakarta) in order of id. */
export const villages = perPublication(
	() => "",
	(db: Database.Database) => readAreas(db, "level = 4"),
);

/** The kecamatan of a kabupaten/kota, or the kelurahan of a kecamatan, in order of id. */
export function apartBelow(
	db: Database.Database,
	level: ApartLevel,
	parent: number,
): AreaRow[] {
	return readAreas(db, "level = ? AND parent = ?", levelNumber(level), parent);
}

function readAreas(
	db: Database.Database,
	which = "level <= 2",
	...bound: number[]
): AreaRow[] {
	const rows = statement(
		db,
		`SELECT id, code, level, name, parent, lat, lng, population, population_year AS populationYear,
		        population_source AS populationSource
		 FROM area WHERE ${which} ORDER BY id`,
	).all(...bound) as (Omit<AreaRow, "level" | "unknownPlace"> & {
		level: number;
	})[];
	return rows.map((row) => ({
		...row,
		level: LEVELS[row.level],
		unknownPlace: isUnknownPlace(row.code as AreaCode),
	}));
}

/** The areas of one level in the order of its cubes. */
export function areasAt(db: Database.Database, level: Level): AreaRow[] {
	if (isApart(level))
		return level === "district" ? districts(db) : villages(db);
	return areas(db).filter((area) => area.level === level);
}
