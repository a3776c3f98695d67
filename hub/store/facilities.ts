import type pg from "pg";
import type { AreaCode } from "../../core/areas/codes.ts";
import type {
	FacilityKind,
	ReportColumn,
} from "../../core/facilities/report.ts";
import { CopyRows } from "./copy.ts";

/** What a file says of who a facility is. */
export interface FacilityEntryRow {
	file: number;
	line: number;
	code: string;
	asOf: number;
	kind: FacilityKind | null;
	name: string | null;
	/** Id of its area. */
	area: number | null;
	class: string | null;
	referral: boolean | null;
	lat: number | null;
	lng: number | null;
	/** Registered beds by type. */
	beds: Record<string, number> | null;
	/** What a source without codes calls it, and the id of the area where it has it. */
	otherName: string | null;
	otherArea: number | null;
}

/** A facility that the hub lists, by one of the names under which it is known. */
export interface ListedFacility {
	code: string;
	kind: FacilityKind;
	name: string;
	area: AreaCode;
}

export async function readFacilities(
	client: pg.PoolClient,
): Promise<ListedFacility[]> {
	const { rows } = await client.query<ListedFacility>(
		`SELECT facility.code, facility.kind, called.name, area.code AS area FROM facility JOIN (
			SELECT code, name, area FROM facility
			UNION SELECT entry.code, other_name, other_area FROM facility_entry AS entry JOIN file ON file.id = entry.file
				WHERE other_name IS NOT NULL AND withdrawn IS NULL
		 ) AS called USING (code) JOIN area ON area.id = called.area
		 ORDER BY facility.code, called.name, area.code`,
	);
	return rows;
}

/** So many of the last files of a source are held against a new one. */
const FILES_HELD_AGAINST = 12;

/** Of how many facilities the last files of a source that are known speak, of those that fill one of these columns. */
export async function readTableSizes(
	client: pg.PoolClient,
	source: string,
	columns: readonly ReportColumn[],
): Promise<number[]> {
	const { rows } = await client.query<{ facilities: number }>(
		`SELECT count(DISTINCT facility)::integer AS facilities FROM (
			SELECT file.id FROM file JOIN source ON source.id = file.source
			WHERE key = $1 AND withdrawn IS NULL AND accepted > 0 ORDER BY as_of DESC, file.id DESC LIMIT ${FILES_HELD_AGAINST}
		 ) AS last JOIN facility_report AS report ON report.file = last.id
		 GROUP BY last.id HAVING bool_or(${columns.map((column) => `report.${column} IS NOT NULL`).join(" OR ")})`,
		[source],
	);
	return rows.map(({ facilities }) => facilities);
}

/** Keeps what files say of facilities and lists them anew. */
export async function storeFacilityEntries(
	client: pg.PoolClient,
	entries: readonly FacilityEntryRow[],
): Promise<void> {
	if (entries.length === 0) return;
	const rows = new CopyRows("facility_entry", [
		"file",
		"line",
		"code",
		"as_of",
		"kind",
		"name",
		"area",
		"class",
		"referral",
		"lat",
		"lng",
		"beds",
		"other_name",
		"other_area",
	]);
	for (const entry of entries)
		rows
			.row()
			.integer(entry.file)
			.integer(entry.line)
			.text(entry.code)
			.integer(entry.asOf)
			.text(entry.kind)
			.text(entry.name)
			.integer(entry.area)
			.text(entry.class)
			.integer(entry.referral === null ? null : Number(entry.referral))
			.real(entry.lat)
			.real(entry.lng)
			.text(entry.beds && JSON.stringify(entry.beds))
			.text(entry.otherName)
			.integer(entry.otherArea);
	await rows.into(client);
	await listFacilities(client, [...new Set(entries.map(({ code }) => code))]);
}

/** Lists the facilities anew that a file names: it was withdrawn, or brought back. */
export async function relistFacilities(
	client: pg.PoolClient,
	file: number,
): Promise<void> {
	const { rows } = await client.query<{ code: string }>(
		"SELECT DISTINCT code FROM facility_entry WHERE file = $1",
		[file],
	);
	await listFacilities(
		client,
		rows.map(({ code }) => code),
	);
}

/** The first value of a column that is stated, in the order of who is heard: the source asked first, of one source what it said last. */
function heard(column: string, value = column): string {
	return `(array_agg(${value} ORDER BY rank, as_of DESC, sha256 DESC, line) FILTER (WHERE ${column} IS NOT NULL))[1]`;
}

/**
 * Makes the rows of facilities from all that files which are known say of them, column by column. One of which no known file says what it
 * is, its name and its place is listed no more; it keeps its number. Only rows that changed are published again.
 */
async function listFacilities(
	client: pg.PoolClient,
	codes: readonly string[],
): Promise<void> {
	if (codes.length === 0) return;
	await client.query(
		`INSERT INTO facility_number (code, id)
		 SELECT code, (SELECT coalesce(max(id), 0) FROM facility_number) + row_number() OVER (ORDER BY code COLLATE "C")
		 FROM unnest($1::text[]) AS code WHERE code NOT IN (SELECT code FROM facility_number)`,
		[codes],
	);
	await client.query(
		`CREATE TEMP TABLE listed ON COMMIT DROP AS
		 WITH said AS (
			SELECT entry.*, source.id AS source, rank, sha256 FROM facility_entry AS entry
			JOIN file ON file.id = entry.file JOIN source ON source.id = file.source
			WHERE entry.code = ANY ($1) AND withdrawn IS NULL
		 )
		 SELECT number.id, code, ${["kind", "name", "area", "class"].map((column) => `${heard(column)} AS ${column}`).join(", ")},
			coalesce(${heard("referral")}, 0) AS referral, ${heard("lat")} AS lat, ${heard("lat", "lng")} AS lng,
			${heard("lat", "source")} AS position_source, coalesce(${heard("beds")}, '{}') AS beds
		 FROM said JOIN facility_number AS number USING (code) GROUP BY number.id, code`,
		[codes],
	);
	await client.query(
		"DELETE FROM listed WHERE kind IS NULL OR name IS NULL OR area IS NULL",
	);
	await client.query(
		`WITH gone AS (
			DELETE FROM facility WHERE code = ANY ($1) AND id NOT IN (SELECT id FROM listed) RETURNING id
		 )
		 INSERT INTO dirty SELECT 'removed-facility', id::text FROM gone ON CONFLICT DO NOTHING`,
		[codes],
	);
	const columns =
		"kind, name, area, class, referral, lat, lng, position_source, beds".split(
			", ",
		);
	const of = (table: string) =>
		columns.map((column) => `${table}.${column}`).join(", ");
	await client.query(
		`WITH written AS (
			INSERT INTO facility (id, code, ${columns.join(", ")}) SELECT id, code, ${columns.join(", ")} FROM listed
			ON CONFLICT (code) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}
			WHERE (${of("facility")}) IS DISTINCT FROM (${of("excluded")})
			RETURNING id
		 )
		 INSERT INTO dirty SELECT 'facility', id::text FROM written ON CONFLICT DO NOTHING`,
	);
	await client.query("DROP TABLE listed");
}
