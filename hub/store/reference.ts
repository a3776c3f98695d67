import type pg from "pg";

/** So long a change is kept by which somebody may notice it (days). */
const NOTICED_WITHIN = 7;

export interface SeenReference {
	/** Nothing was committed that the given snapshot did not see, nor changed by this transaction. */
	isSame: boolean;
	/** This transaction has changed it itself. */
	isOwn: boolean;
	/** What this statement saw. */
	snapshot: string;
}

/**
 * Whether what files are read by (areas, facilities, their other names, items, the bridge of codes) is as it was when a snapshot was taken.
 * Not by a counter: one that is raised where a transaction ends late, or is rolled back, says of two states that they are one.
 * @param snapshot a `pg_snapshot` in text, not older than NOTICED_WITHIN
 */
export async function seenReference(
	client: pg.PoolClient,
	snapshot?: string,
): Promise<SeenReference> {
	const { rows } = await client.query<SeenReference>({
		name: "seen-reference",
		text: `SELECT pg_current_snapshot()::text AS snapshot,
			NOT EXISTS (SELECT FROM reference_change WHERE NOT pg_visible_in_snapshot(xact, $1::pg_snapshot)) AS "isSame",
			EXISTS (SELECT FROM reference_change WHERE xact = pg_current_xact_id_if_assigned()) AS "isOwn"`,
		values: [snapshot ?? null],
	});
	return rows[0];
}

export async function forgetReferenceChanges(
	client: pg.PoolClient,
): Promise<void> {
	await client.query(
		"DELETE FROM reference_change WHERE at < now() - make_interval(days => $1)",
		[NOTICED_WITHIN],
	);
}
