import type Database from "better-sqlite3";
import { perPublication } from "./per-publication.ts";
import { statement } from "./statement.ts";
import { withdrawnFiles } from "./withdrawn.ts";

/** The areas that a source has spoken of. */
export interface SourceAreas {
	source: number;
	key: string;
	areas: number[];
	/** Of them those of which something that it said is known: not withdrawn. */
	known: number[];
}

/** For each source the areas that it has spoken of, facilities by where they lie. */
export const sourceAreas = perPublication(() => "", readSourceAreas);

function readSourceAreas(db: Database.Database): SourceAreas[] {
	const rows = statement(
		db,
		`SELECT s.id AS source, s.key, json_group_array(spoken.area) AS areas,
			json_group_array(spoken.area) FILTER (WHERE spoken.known) AS known
		 FROM source s JOIN (
			SELECT source, area, max(known) AS known FROM (
				SELECT source, area, file NOT IN (SELECT value FROM json_each(@withdrawn)) AS known FROM claim
				UNION ALL
				SELECT f.source, y.area, f.id NOT IN (SELECT value FROM json_each(@withdrawn))
				FROM facility_report r JOIN file f ON f.id = r.file JOIN facility y ON y.id = r.facility
				UNION ALL
				SELECT f.source, y.area, f.id NOT IN (SELECT value FROM json_each(@withdrawn))
				FROM stock_line r JOIN file f ON f.id = r.file JOIN facility y ON y.id = r.facility
			) GROUP BY source, area
		 ) spoken ON spoken.source = s.id
		 GROUP BY s.id`,
	).all({ withdrawn: withdrawnFiles(db, null) }) as {
		source: number;
		key: string;
		areas: string;
		known: string;
	}[];
	return rows.map((row) => ({
		...row,
		areas: JSON.parse(row.areas),
		known: JSON.parse(row.known),
	}));
}
