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
	const { rows: named } = await client.query<{ id: string; en: string }>(
		`UPDATE source_name SET given_id_name = $2, given_en_name = $3 FROM source
		 WHERE source.id = source_name.source AND source.key = $1
		 RETURNING source_name.id_name AS id, source_name.en_name AS en`,
		[source.key, source.idName, source.enName],
	);
	const values = [
		source.key,
		named[0]?.id ?? source.idName,
		named[0]?.en ?? source.enName,
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

/** What a source is called in both languages. */
export interface SourceNames {
	id: string;
	en: string;
}

/** The names in use, and those that somebody gave it; null: it has the names of its connector. */
export interface NamedSource {
	inUse: SourceNames;
	own: SourceNames | null;
}

/**
 * Calls a source otherwise, until it is called otherwise again, whatever its files say.
 * @param names null: as its connector calls it
 * @returns null when there is no such source
 */
export async function nameSource(
	client: pg.PoolClient,
	key: string,
	names: SourceNames | null,
): Promise<{ before: NamedSource; after: NamedSource } | null> {
	const { rows } = await client.query<{
		source: number;
		inUse: SourceNames;
		own: SourceNames | null;
		given: SourceNames;
	}>(
		`SELECT source.id AS source,
			json_build_object('id', source.id_name, 'en', source.en_name) AS "inUse",
			CASE WHEN source_name IS NULL THEN NULL ELSE json_build_object('id', source_name.id_name, 'en', source_name.en_name) END AS own,
			json_build_object('id', coalesce(given_id_name, source.id_name), 'en', coalesce(given_en_name, source.en_name)) AS given
		 FROM source LEFT JOIN source_name ON source_name.source = source.id WHERE key = $1`,
		[key],
	);
	const [found] = rows;
	if (!found) return null;
	const { source, inUse, own, given } = found;
	if (names)
		await client.query(
			`INSERT INTO source_name VALUES ($1, $2, $3, $4, $5)
			 ON CONFLICT (source) DO UPDATE SET id_name = excluded.id_name, en_name = excluded.en_name`,
			[source, names.id, names.en, given.id, given.en],
		);
	else
		await client.query("DELETE FROM source_name WHERE source = $1", [source]);
	const after = names ?? given;
	await client.query(
		"UPDATE source SET id_name = $2, en_name = $3 WHERE id = $1",
		[source, after.id, after.en],
	);
	await client.query(
		"INSERT INTO dirty VALUES ('source', $1) ON CONFLICT DO NOTHING",
		[source],
	);
	return { before: { inUse, own }, after: { inUse: after, own: names } };
}
