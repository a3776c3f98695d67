import type pg from "pg";
import type { DatasetEntries } from "./dataset.ts";

/** What the dataset says of itself. */
export async function readDataset(
	client: pg.Pool | pg.PoolClient,
): Promise<DatasetEntries> {
	const { rows } = await client.query<{ key: string; value: string }>(
		"SELECT key, value FROM dataset",
	);
	return Object.fromEntries(
		rows.map(({ key, value }) => [key, JSON.parse(value)]),
	);
}

/** Files taken in by connectors other than the given one. */
export async function countOtherFiles(
	client: pg.Pool | pg.PoolClient,
	connector: string,
): Promise<number> {
	const { rows } = await client.query<{ count: number }>(
		"SELECT count(*)::integer AS count FROM file WHERE connector <> $1",
		[connector],
	);
	return rows[0].count;
}

/** The newest day that a file of this source speaks as of; null before the first. */
export async function newestFileOf(
	client: pg.Pool | pg.PoolClient,
	source: string,
): Promise<number | null> {
	const { rows } = await client.query<{ newest: number | null }>(
		"SELECT max(as_of) AS newest FROM file JOIN source ON source.id = file.source WHERE source.key = $1",
		[source],
	);
	return rows[0].newest;
}
