import type pg from "pg";

/** So many notes are few enough to be looked at with every batch. */
const MOST_NOTES = 500;

/**
 * Which changes of what files are read by (areas, facilities, their other names, items, the bridge of codes) this transaction sees, its own
 * among them: as long as they are the same, so is what they made.
 */
export async function seenChanges(client: pg.PoolClient): Promise<string> {
	const look = async () =>
		(
			await client.query<{ seen: string; notes: number }>({
				name: "seen-changes",
				text: `SELECT coalesce(md5(string_agg(id::text, '' ORDER BY id)), '') AS seen, count(*)::integer AS notes FROM reference_change`,
			})
		).rows[0];
	const { seen, notes } = await look();
	if (notes <= MOST_NOTES) return seen;
	// In the place of many notes one that there never was, so that no state passes for one before.
	await client.query(
		"WITH gone AS (DELETE FROM reference_change) INSERT INTO reference_change DEFAULT VALUES",
	);
	return (await look()).seen;
}
