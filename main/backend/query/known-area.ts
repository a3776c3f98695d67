import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import { areas } from "./areas.ts";
import { Refusal } from "./refusal.ts";

/** The area of an id. */
export function knownArea(db: Database.Database, id: number): AreaRow {
	const area = areas(db).find((one) => one.id === id);
	if (!area)
		throw new Refusal(
			404,
			"area",
			`area: found ${id}, expected the id of an area of /api/areas`,
		);
	return area;
}
