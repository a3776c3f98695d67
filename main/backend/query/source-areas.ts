import type Database from "better-sqlite3";
import { perPublication } from "./per-publication.ts";
import { statement } from "./statement.ts";

/** The areas that a source has spoken of. */
export interface SourceAreas {
	source: number;
	key: string;
	areas: number[];
}

/** For each source the areas that it has spoken of, facilities by where they lie. */
export const sourceAreas = perPublication(() => "", readSourceAreas);

function readSourceAreas(db: Database.Database): SourceAreas[] {
	const rows = statement(
		db,
		`SELECT s.id AS source, s.key, json_group_array(spoken.area) AS areas FROM source s
		 JOIN (
			SELECT DISTINCT source, area FROM claim
			UNION SELECT DISTINCT f.source, y.area FROM facility_report r JOIN file f ON f.id = r.file JOIN facility y ON y.id = r.facility
		 ) spoken ON spoken.source = s.id
		 GROUP BY s.id`,
	).all() as { source: number; key: string; areas: string }[];
	return rows.map((row) => ({ ...row, areas: JSON.parse(row.areas) }));
}
