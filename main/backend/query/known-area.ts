import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import { areas, districts, villages } from "./areas.ts";
import { Refusal } from "./refusal.ts";

/** The area of an id. */
export function knownArea(db: Database.Database, id: number): AreaRow {
	const isIt = (one: AreaRow) => one.id === id;
	const area =
		areas(db).find(isIt) ?? districts(db).find(isIt) ?? villages(db).find(isIt);
	if (!area) throw noArea(id);
	return area;
}

export function noArea(id: number): Refusal {
	return new Refusal(
		404,
		"area",
		`area: found ${id}, expected the id of an area of /api/areas, /api/districts or /api/villages`,
	);
}
