import type pg from "pg";
import type { Detail } from "../../core/feed/details.ts";

/** What the dataset says of itself; each entry is a row of the published table `dataset`, its value as JSON. */
export interface DatasetEntries {
	exercise?: boolean;
	/** "LATIHAN" for an exercise: shown on every screen. */
	label?: string;
	title?: string;
	seed?: string | number;
	first_day?: number;
	last_day?: number;
	/** What of these days is not there yet, and comes. */
	details_follow?: Detail[];
	/** How an earlier version said that facilities do. */
	facilities_follow?: boolean;
	/** Days that the opening of an exercise was to have. */
	opening_days?: number;
}

export async function putDataset(
	client: pg.PoolClient,
	entries: DatasetEntries,
): Promise<void> {
	for (const [key, value] of Object.entries(entries)) {
		const { rowCount } = await client.query(
			`INSERT INTO dataset VALUES ($1, $2)
			 ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE dataset.value <> excluded.value`,
			[key, JSON.stringify(value)],
		);
		if (rowCount)
			await client.query(
				"INSERT INTO dirty VALUES ('dataset', $1) ON CONFLICT DO NOTHING",
				[key],
			);
	}
}
