import type pg from "pg";
import type { GivenTable, MappingVersion } from "../../core/api/tables.ts";
import type { AreaCode } from "../../core/areas/codes.ts";
import { TableMapping } from "../../core/mapping/mapping.ts";
import type { Cadence } from "../../core/quality/cadence.ts";
import type { SourceDefinition } from "./sources.ts";

type Queryable = pg.Pool | pg.PoolClient;

/** A table of which nothing was ever taken is kept so long (ms). */
const UNUSED = 30 * 24 * 3_600_000;
/** Tables that are listed. */
const MOST = 1000;

/** A version of a mapping, and whether tables of the source are still read by it. */
export interface StandingMapping {
	version: number;
	mapping: TableMapping | null;
}

/** The newest version of a source's mapping; undefined: it never had one. */
export async function standingMapping(
	client: Queryable,
	source: string,
): Promise<StandingMapping | undefined> {
	const { rows } = await client.query(
		"SELECT version, mapping FROM table_mapping WHERE source = $1 ORDER BY version DESC LIMIT 1",
		[source],
	);
	return (
		rows[0] && {
			version: rows[0].version,
			mapping:
				rows[0].mapping === null
					? null
					: TableMapping.parse(JSON.parse(rows[0].mapping)),
		}
	);
}

export async function addMapping(
	client: pg.PoolClient,
	row: {
		source: string;
		at: number;
		person: string;
		reason: string;
		mapping: TableMapping | null;
	},
): Promise<number> {
	const { rows } = await client.query(
		`INSERT INTO table_mapping (source, version, at, person, reason, mapping)
		 SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM table_mapping WHERE source = $1 RETURNING version`,
		[
			...[row.source, row.at, row.person, row.reason],
			row.mapping && JSON.stringify(row.mapping),
		],
	);
	return rows[0].version;
}

/** All versions, those of one source together, the newest first. */
export async function mappingVersions(
	client: Queryable,
): Promise<MappingVersion[]> {
	const { rows } = await client.query(
		`SELECT source.key AS source, json_build_object('id', id_name, 'en', en_name) AS names, rank, cadence, version,
			at::float8 AS at, coalesce(person.display, table_mapping.person) AS person, reason, mapping::json AS mapping
		 FROM table_mapping JOIN source ON source.key = table_mapping.source LEFT JOIN person ON person.name = table_mapping.person
		 ORDER BY rank, source.key, version DESC`,
	);
	return rows;
}

/** The sources that speak for areas, in their order; decisions are none. */
export async function knownSources(client: Queryable): Promise<
	{
		key: string;
		names: { id: string; en: string };
		rank: number;
	}[]
> {
	const { rows } = await client.query(
		`SELECT key, json_build_object('id', id_name, 'en', en_name) AS names, rank FROM source WHERE cadence <> 'once' ORDER BY rank, key`,
	);
	return rows;
}

/** A source as it is registered; undefined: there is none, or it decides by hand. */
export async function registeredSource(
	client: Queryable,
	key: string,
): Promise<SourceDefinition | undefined> {
	const { rows } = await client.query(
		`SELECT key, id_name AS "idName", en_name AS "enName", id_order AS "idOrder", en_order AS "enOrder", rank, cadence
		 FROM source WHERE key = $1 AND cadence <> 'once'`,
		[key],
	);
	return rows[0] && { ...rows[0], cadence: rows[0].cadence as Cadence };
}

/** Codes of the areas of which a source ever spoke; none: it has not yet. */
export async function areasOfSource(
	client: Queryable,
	key: string,
): Promise<AreaCode[]> {
	const { rows } = await client.query<{ code: AreaCode }>(
		`SELECT area.code FROM area WHERE id IN (
			SELECT area FROM source_area JOIN source ON source.id = source_area.source WHERE key = $1
			UNION SELECT facility.area FROM facility_report JOIN file ON file.id = facility_report.file
				JOIN source ON source.id = file.source JOIN facility ON facility.id = facility_report.facility WHERE key = $1
		 )`,
		[key],
	);
	return rows.map(({ code }) => code);
}

/** Keeps a table as it was given; the same bytes under the same name are the same one of a person. */
export async function keepTable(
	client: Queryable,
	table: {
		name: string;
		sha256: string;
		bytes: Uint8Array;
		at: number;
		person: string;
	},
): Promise<number> {
	await client.query("DELETE FROM given_table WHERE file IS NULL AND at < $1", [
		table.at - UNUSED,
	]);
	const { rows } = await client.query(
		`INSERT INTO given_table (name, sha256, bytes, at, person) VALUES ($1, $2, $3, $4, $5)
		 ON CONFLICT (sha256, name, person) DO UPDATE SET name = excluded.name RETURNING id`,
		[
			...[table.name, table.sha256, Buffer.from(table.bytes)],
			...[table.at, table.person],
		],
	);
	return rows[0].id;
}

export interface KeptTable {
	id: number;
	name: string;
	bytes: Uint8Array;
	at: number;
	person: string;
	source: string | null;
	version: number | null;
	file: number | null;
}

export async function keptTable(
	client: Queryable,
	id: number,
): Promise<KeptTable | undefined> {
	const { rows } = await client.query(
		"SELECT id, name, bytes, at::float8 AS at, person, source, version, file FROM given_table WHERE id = $1",
		[id],
	);
	return rows[0];
}

export async function tableTaken(
	client: pg.PoolClient,
	id: number,
	taken: { source: string; version: number; file: number },
): Promise<void> {
	await client.query(
		"UPDATE given_table SET source = $2, version = $3, file = $4 WHERE id = $1",
		[id, taken.source, taken.version, taken.file],
	);
}

/**
 * What became of the tables that were given, newest first.
 * @param by only those that this person gave; null: all
 */
export async function givenTables(
	client: Queryable,
	by: string | null,
): Promise<GivenTable[]> {
	const { rows } = await client.query(
		`SELECT given.id AS table, given.name, length(given.bytes) AS bytes, given.at::float8 AS at, coalesce(person.display, given.person) AS person,
			CASE WHEN file.id IS NULL THEN NULL ELSE json_build_object('source', given.source, 'version', given.version, 'file', file.id,
				'lines', file.lines, 'accepted', file.accepted, 'quarantined', file.quarantined, 'skipped', file.skipped,
				'withdrawn', file.withdrawn IS NOT NULL,
				'held', coalesce((SELECT json_agg(json_build_object('column', "column", 'found', found, 'expected', expected) ORDER BY id)
					FROM quarantine WHERE quarantine.file = file.id AND reason = 'drift'), '[]')) END AS taken
		 FROM given_table AS given LEFT JOIN file ON file.id = given.file LEFT JOIN person ON person.name = given.person
		 WHERE $1::text IS NULL OR given.person = $1 ORDER BY given.at DESC, given.id DESC LIMIT ${MOST}`,
		[by],
	);
	return rows;
}
