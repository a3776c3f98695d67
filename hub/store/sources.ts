import type pg from "pg";
import type { Cadence } from "../../core/quality/cadence.ts";

/** Who reports, and its place in the order of sources. */
export interface SourceDefinition {
	key: string;
	idName: string;
	enName: string;
	/** The place in the order of sources, in words. */
	idOrder: string;
	enOrder: string;
	/** 1 is asked first. */
	rank: number;
	cadence: Cadence;
}

/** Registers a source, or brings its description up to date; the id of a key never changes. A new rank touches all it reported on. */
export async function putSource(
	client: pg.PoolClient,
	source: SourceDefinition,
): Promise<number> {
	const values = [
		source.key,
		source.idName,
		source.enName,
		source.idOrder,
		source.enOrder,
		source.rank,
		source.cadence,
	];
	const { rows: known } = await client.query(
		`SELECT id, rank, cadence, (key, id_name, en_name, id_order, en_order, rank, cadence)
			IS NOT DISTINCT FROM ($1::text, $2::text, $3::text, $4::text, $5::text, $6::integer, $7::text) AS same
		 FROM source WHERE key = $1`,
		values,
	);
	if (known[0]?.same) return known[0].id;
	const { rows } = await client.query(
		`INSERT INTO source (id, key, id_name, en_name, id_order, en_order, rank, cadence)
		 VALUES ((SELECT coalesce(max(id), 0) + 1 FROM source), $1, $2, $3, $4, $5, $6, $7)
		 ON CONFLICT (key) DO UPDATE SET id_name = excluded.id_name, en_name = excluded.en_name, id_order = excluded.id_order,
			en_order = excluded.en_order, rank = excluded.rank, cadence = excluded.cadence
		 RETURNING id`,
		values,
	);
	const id: number = rows[0].id;
	await client.query(
		"INSERT INTO dirty VALUES ('source', $1) ON CONFLICT DO NOTHING",
		[id],
	);
	if (known[0])
		await client.query(
			"INSERT INTO touched SELECT area FROM source_area WHERE source = $1 ON CONFLICT DO NOTHING",
			[id],
		);
	return id;
}
