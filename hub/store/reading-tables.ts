import type pg from "pg";

type Queryable = pg.Pool | pg.PoolClient;

/** A table by which files of other systems are read, as it stood from a moment on. */
export interface ReadingTableVersion {
	name: string;
	version: number;
	/** Milliseconds since 1970 UTC. */
	at: number;
	person: string;
	reason: string;
	/** JSON, in the form of hub/reports. */
	content: string;
}

/** The newest version of each table, by its name. */
export async function newestReadingTables(
	client: Queryable,
): Promise<ReadonlyMap<string, ReadingTableVersion>> {
	const { rows } = await client.query<ReadingTableVersion>(
		`SELECT DISTINCT ON (name) name, version, at::float8 AS at, person, reason, content FROM reading_table
		 ORDER BY name, version DESC`,
	);
	return new Map(rows.map((row) => [row.name, row]));
}

/** Every version of a table, the newest first. */
export async function readingTableVersions(
	client: Queryable,
	name: string,
): Promise<ReadingTableVersion[]> {
	const { rows } = await client.query<ReadingTableVersion>(
		`SELECT name, version, at::float8 AS at, person, reason, content FROM reading_table
		 WHERE name = $1 ORDER BY version DESC`,
		[name],
	);
	return rows;
}

/** Puts a newer version of a table in the place of the one before, which stays. */
export async function addReadingTable(
	client: pg.PoolClient,
	{ name, at, person, reason, content }: Omit<ReadingTableVersion, "version">,
): Promise<number> {
	// Two that are put at once are two versions.
	await client.query("LOCK TABLE reading_table IN SHARE ROW EXCLUSIVE MODE");
	const { rows } = await client.query<{ version: number }>(
		`INSERT INTO reading_table (name, version, at, person, reason, content)
		 SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM reading_table WHERE name = $1 RETURNING version`,
		[name, at, person, reason, content],
	);
	return rows[0]?.version ?? 0;
}
