import type pg from "pg";
import { inTransaction } from "./database.ts";

/** A map that was imported: `regencies`, or `districts-35` of one province. */
export interface Geography {
	id: string;
	source: string;
	licence: string;
	/** JSON of a topology with the object `regencies` or `districts`. */
	topojson: string;
}

/** An import of boundaries, as it is remembered. */
export interface BoundaryRecord {
	number: number;
	/** Milliseconds since 1970 UTC. */
	at: number;
	level: string;
	file: string;
	source: string;
	licence: string;
	/** What came of it, in words. */
	done: string;
	/** What differed between file and areas, in words. */
	differences: string[];
	/** What else was told of it, in words. */
	remarks: string[];
	/** When it was undone; null while it holds. */
	undone: number | null;
}

/** What an import, or its undoing, changed: the imports that held before and hold after; null for the built-in map. */
export interface BoundaryChange {
	number: number;
	before: BoundaryRecord | null;
	after: BoundaryRecord | null;
}

type Queryable = pg.Pool | pg.PoolClient;

/** The maps that were imported, of one level. */
export async function readGeography(
	client: Queryable,
	level: "regencies" | "districts",
): Promise<Geography[]> {
	const { rows } = await client.query<Geography>(
		"SELECT id, source, licence, topojson FROM geography WHERE id = $1 OR id LIKE $1 || '-%' ORDER BY id",
		[level],
	);
	return rows;
}

/** Puts imported boundaries in the place of those that were there, which are kept until the import is undone. */
export async function storeGeography(
	client: pg.PoolClient,
	maps: readonly Geography[],
	record: Omit<BoundaryRecord, "number" | "undone">,
): Promise<BoundaryChange> {
	const before = await recordInForce(client, record.level);
	const { rows } = await client.query<{ number: number }>(
		`INSERT INTO boundary_import (at, level, file, source, licence, done, differences, remarks)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING number`,
		[
			record.at,
			record.level,
			record.file,
			record.source,
			record.licence,
			record.done,
			JSON.stringify(record.differences),
			JSON.stringify(record.remarks),
		],
	);
	const [{ number }] = rows;
	for (const { id, source, licence, topojson } of maps) {
		await client.query(
			`INSERT INTO geography_before SELECT $1, $2, source, licence, topojson
			 FROM (VALUES ($2::text)) AS wanted (id) LEFT JOIN geography USING (id)`,
			[number, id],
		);
		await put(client, { id, source, licence, topojson });
	}
	return { number, before, after: { ...record, number, undone: null } };
}

/** The last import of a level that holds. */
async function recordInForce(
	client: Queryable,
	level: string,
): Promise<BoundaryRecord | null> {
	const records = await boundaryRecords(client);
	return (
		records.find((one) => one.undone === null && one.level === level) ?? null
	);
}

/**
 * Brings back what the last import that holds took the place of.
 * @param record notes the change in the same transaction
 * @returns what was undone; undefined when nothing was imported.
 */
export async function undoGeography(
	pool: pg.Pool,
	at: number,
	record?: (client: pg.PoolClient, change: BoundaryChange) => Promise<void>,
): Promise<BoundaryRecord | undefined> {
	return inTransaction(pool, async (client) => {
		const { rows } = await client.query<{ number: number }>(
			"SELECT number FROM boundary_import WHERE undone IS NULL ORDER BY number DESC LIMIT 1 FOR UPDATE",
		);
		const [last] = rows;
		if (!last) return undefined;
		const { rows: before } = await client.query(
			"DELETE FROM geography_before WHERE import = $1 RETURNING id, source, licence, topojson",
			[last.number],
		);
		for (const map of before)
			if (map.topojson !== null) await put(client, map);
			else {
				await client.query("DELETE FROM geography WHERE id = $1", [map.id]);
				await changed(client, "removed-geography", map.id);
			}
		await client.query(
			"UPDATE boundary_import SET undone = $2 WHERE number = $1",
			[last.number, at],
		);
		const undone = (await boundaryRecords(client)).find(
			({ number }) => number === last.number,
		);
		if (undone)
			await record?.(client, {
				number: undone.number,
				before: undone,
				after: await recordInForce(client, undone.level),
			});
		return undone;
	});
}

/** Every import of boundaries, newest first. */
export async function boundaryRecords(
	client: Queryable,
): Promise<BoundaryRecord[]> {
	const { rows } = await client.query(
		`SELECT number, at::float8 AS at, level, file, source, licence, done, differences, remarks, undone::float8 AS undone
		 FROM boundary_import ORDER BY number DESC`,
	);
	return rows.map((row) => ({
		...row,
		differences: JSON.parse(row.differences),
		remarks: JSON.parse(row.remarks),
	}));
}

async function put(
	client: pg.PoolClient,
	{ id, source, licence, topojson }: Geography,
): Promise<void> {
	await client.query(
		`INSERT INTO geography VALUES ($1, 0, $2, $3, $4)
		 ON CONFLICT (id) DO UPDATE SET approximate = 0, source = excluded.source, licence = excluded.licence, topojson = excluded.topojson`,
		[id, source, licence, topojson],
	);
	await changed(client, "geography", id);
}

async function changed(
	client: pg.PoolClient,
	kind: "geography" | "removed-geography",
	id: string,
): Promise<void> {
	await client.query(
		"INSERT INTO dirty VALUES ($1, $2) ON CONFLICT DO NOTHING",
		[kind, id],
	);
}
