import type Database from "better-sqlite3";
import type { FileReach } from "../../../core/api/sources.ts";
import { statement } from "./statement.ts";
import { boundOn, withdrawnSql } from "./withdrawn.ts";

/** A file and everything that it speaks of, facilities by where they lie; null when there is none of this number. */
export function fileReach(
	db: Database.Database,
	{ file }: { file: number },
): Omit<FileReach, "told" | "elsewhere"> | null {
	const found = statement(
		db,
		`SELECT f.id AS file, f.name, f.received_at AS receivedAt, ${withdrawnSql("f")} AS withdrawn, s.key, s.id_name, s.en_name
		 FROM file f JOIN source s ON s.id = f.source WHERE f.id = ?`,
	).get(...boundOn(null), file) as
		| {
				file: number;
				name: string;
				receivedAt: number;
				withdrawn: number | null;
				key: string;
				id_name: string;
				en_name: string;
		  }
		| undefined;
	if (!found) return null;
	const { key, id_name, en_name, ...rest } = found;
	const areas = statement(
		db,
		`SELECT area, count(*) AS "values", min(day) AS firstDay, max(day) AS lastDay FROM (
			SELECT area, day FROM claim WHERE file = ?
			UNION ALL SELECT y.area, r.day FROM facility_report r JOIN facility y ON y.id = r.facility WHERE r.file = ?
			UNION ALL SELECT y.area, r.day FROM stock_line r JOIN facility y ON y.id = r.facility WHERE r.file = ?
		 ) GROUP BY area ORDER BY area`,
	).all(file, file, file) as FileReach["areas"];
	return { ...rest, source: { key, id_name, en_name }, areas };
}

/** What a file says of some areas, taken together. */
export function toldOf(areas: FileReach["areas"]): FileReach["told"] {
	if (areas.length === 0) return null;
	return {
		values: areas.reduce((sum, { values }) => sum + values, 0),
		firstDay: Math.min(...areas.map(({ firstDay }) => firstDay)),
		lastDay: Math.max(...areas.map(({ lastDay }) => lastDay)),
	};
}
