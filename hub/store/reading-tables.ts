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

/** Until the end of the transaction nobody else puts a version: what is read from here on is what the next one follows on. */
export async function lockReadingTables(client: pg.PoolClient): Promise<void> {
	await client.query("LOCK TABLE reading_table IN SHARE ROW EXCLUSIVE MODE");
}

/**
 * Puts a newer version of a table in the place of the one before, which stays; under `lockReadingTables`. What is the same as that one is no
 * version: files that were read by it need not be read anew.
 * @returns the version that stands now, and what stood before it; null: nothing did
 */
export async function addReadingTable(
	client: pg.PoolClient,
	{ name, at, person, reason, content }: Omit<ReadingTableVersion, "version">,
): Promise<{ version: number; isUnchanged: boolean; before: string | null }> {
	const {
		rows: [newest],
	} = await client.query<Pick<ReadingTableVersion, "version" | "content">>(
		"SELECT version, content FROM reading_table WHERE name = $1 ORDER BY version DESC LIMIT 1",
		[name],
	);
	const before = newest?.content ?? null;
	if (newest && before === content)
		return { version: newest.version, isUnchanged: true, before };
	const version = (newest?.version ?? 0) + 1;
	await client.query(
		"INSERT INTO reading_table (name, version, at, person, reason, content) VALUES ($1, $2, $3, $4, $5, $6)",
		[name, version, at, person, reason, content],
	);
	return { version, isUnchanged: false, before };
}

/** A stored file that was read by a version of its tables that says otherwise than the newest. */
export interface OutdatedReading {
	id: number;
	name: string;
	/** Milliseconds since 1970 UTC. */
	receivedAt: number;
	/** Rows of it that are known. */
	accepted: number;
	/** The tables that are otherwise now, and the version of each by which it was read; 0: before the first. */
	readBy: ReadonlyMap<string, number>;
}

/**
 * The files that are known and were read by an older version of a table. By which they were read stands at the end of their names.
 * @param tables by the connector the tables by which it reads, in the order in which it writes their versions
 */
export async function outdatedReadings(
	client: Queryable,
	tables: Readonly<Record<string, readonly string[]>>,
): Promise<OutdatedReading[]> {
	const { rows: same } = await client.query<{ name: string; version: number }>(
		`SELECT name, version FROM reading_table
		 JOIN (SELECT DISTINCT ON (name) name, content FROM reading_table ORDER BY name, version DESC) AS newest USING (name, content)`,
	);
	const put = new Set(same.map(({ name }) => name));
	const asNow = new Set(same.map(({ name, version }) => `${name} ${version}`));
	const { rows: files } = await client.query<
		Omit<OutdatedReading, "readBy"> & { connector: string; versions: string }
	>(
		`SELECT id, name, connector, received_at::float8 AS "receivedAt", accepted,
			substring(name FROM ' \\([^ ()]+ ([0-9]+(?:[.][0-9]+)*)(?:, as of [0-9-]+)?\\)$') AS versions
		 FROM file WHERE connector = ANY ($1) AND withdrawn IS NULL ORDER BY id`,
		[Object.keys(tables)],
	);
	return files.flatMap(({ connector, versions, ...file }) => {
		const numbers = (versions ?? "").split(".").map(Number);
		const names = tables[connector] ?? [];
		if (numbers.length !== names.length) return [];
		const readBy = new Map(
			names
				.map((name, at): [string, number] => [name, numbers[at] as number])
				.filter(
					([name, version]) =>
						put.has(name) && !asNow.has(`${name} ${version}`),
				),
		);
		return readBy.size === 0 ? [] : [{ ...file, readBy }];
	});
}
