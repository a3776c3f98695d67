import type pg from "pg";

export interface Geography {
	source: string;
	licence: string;
	/** JSON of a topology with the object `regencies`. */
	topojson: string;
}

/** Puts imported official boundaries in the place of the approximate ones that every workstation carries. */
export async function storeGeography(
	client: pg.PoolClient,
	{ source, licence, topojson }: Geography,
): Promise<void> {
	await client.query(
		`INSERT INTO geography VALUES ('regencies', 0, $1, $2, $3)
		 ON CONFLICT (id) DO UPDATE SET approximate = 0, source = excluded.source, licence = excluded.licence, topojson = excluded.topojson`,
		[source, licence, topojson],
	);
	await client.query(
		"INSERT INTO dirty VALUES ('geography', 'regencies') ON CONFLICT DO NOTHING",
	);
}
