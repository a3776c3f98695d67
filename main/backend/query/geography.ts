import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import type { GeographyInfo } from "../../../core/api/areas.ts";
import { statement } from "./statement.ts";

export interface Geography {
	info: GeographyInfo;
	/** TopoJSON with the object `regencies`. */
	topojson: string;
}

/** The boundaries imported at the hub; null when there are none and the built-in ones serve. */
export function geography(db: Database.Database): Geography | null {
	const row = statement(
		db,
		"SELECT approximate, source, licence, topojson FROM geography WHERE id = 'regencies'",
	).get() as
		| { approximate: number; source: string; licence: string; topojson: string }
		| undefined;
	if (!row) return null;
	return {
		info: {
			approximate: row.approximate !== 0,
			source: row.source,
			licence: row.licence,
			version: versionOf(row.topojson),
		},
		topojson: row.topojson,
	};
}

/** Changes whenever the text changes. */
export function versionOf(topojson: string): string {
	return createHash("sha256").update(topojson).digest("hex").slice(0, 16);
}
