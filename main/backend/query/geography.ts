import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import type {
	DistrictGeographyInfo,
	GeographyInfo,
} from "../../../core/api/areas.ts";
import { statement } from "./statement.ts";

export interface Geography {
	info: GeographyInfo;
	/** TopoJSON with the object `regencies` or `districts`. */
	topojson: string;
}

interface Row {
	approximate: number;
	source: string;
	licence: string;
	topojson: string;
}

/** The boundaries imported at the hub; null when there are none and the built-in ones serve. */
export function geography(db: Database.Database): Geography | null {
	const row = statement(
		db,
		"SELECT approximate, source, licence, topojson FROM geography WHERE id = 'regencies'",
	).get() as Row | undefined;
	return row ? geographyOf(row) : null;
}

const DISTRICTS = `SELECT area.id AS province, approximate, source, licence, topojson
	FROM geography JOIN area ON geography.id = 'districts-' || area.code`;

/** The kecamatan of each province of which boundaries were imported, in order of province. */
export function districtGeography(
	db: Database.Database,
): DistrictGeographyInfo[] {
	const rows = statement(
		db,
		`${DISTRICTS} ORDER BY area.code`,
	).all() as (Row & {
		province: number;
	})[];
	return rows.map(({ province, source, licence, topojson }) => ({
		province,
		source,
		licence,
		version: versionOf(topojson),
		bytes: Buffer.byteLength(topojson),
	}));
}

/** The boundaries of the kecamatan of a province; null when none were imported. */
export function provinceGeography(
	db: Database.Database,
	province: number,
): Geography | null {
	const row = statement(db, `${DISTRICTS} WHERE area.id = ?`).get(province) as
		| Row
		| undefined;
	return row ? geographyOf(row) : null;
}

function geographyOf({
	approximate,
	source,
	licence,
	topojson,
}: Row): Geography {
	return {
		info: {
			approximate: approximate !== 0,
			source,
			licence,
			version: versionOf(topojson),
		},
		topojson,
	};
}

/** Changes whenever the text changes. */
export function versionOf(topojson: string): string {
	return createHash("sha256").update(topojson).digest("hex").slice(0, 16);
}
