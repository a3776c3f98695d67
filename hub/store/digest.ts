import type { PartName, Place } from "../../core/feed/digest.ts";
import type { Digest, DigestPart } from "../../core/feed/publication.ts";
import {
	FEED_SCHEMA_VERSION,
	FEED_TABLES,
	type FeedTable,
} from "../../core/feed/table.ts";
import type { Queryable } from "./publication.ts";

/** What the stored parts speak of. */
export interface DigestState {
	epoch: string;
	seq: number;
	/** sha256 over the division into provinces with which the parts were made. */
	places: string;
}

/** Null also when the parts were made by a version of this program whose rows look otherwise. */
export async function digestState(
	client: Queryable,
): Promise<DigestState | null> {
	const { rows } = await client.query(
		"SELECT epoch, seq, places FROM digest_state WHERE schema_ver = $1",
		[FEED_SCHEMA_VERSION],
	);
	return rows.length > 0 ? { ...rows[0], seq: Number(rows[0].seq) } : null;
}

/** Every stored part, in the order of a digest. */
export async function digestParts(
	client: Queryable,
): Promise<Digest["tables"]> {
	const { rows } = await client.query<{
		table: string;
		month: number | null;
		province: number | null;
		rows: number;
		sha256: string;
	}>(
		`SELECT "table", month, province, rows, sha256 FROM digest_part ORDER BY "table", month, province`,
	);
	const tables: Digest["tables"] = Object.fromEntries(
		FEED_TABLES.map(({ name }) => [name, []]),
	);
	for (const { table, month, province, rows: count, sha256 } of rows)
		tables[table]?.push([month, province, count, sha256]);
	return tables;
}

/**
 * Replaces parts of the stored digest.
 * @param removed the parts that are made again, by table; null for all there are
 * @returns false, with nothing stored, when the epoch has changed since the parts were read
 */
export async function storeDigest(
	client: Queryable,
	state: DigestState,
	removed: Record<string, readonly PartName[]> | null,
	made: Digest["tables"],
): Promise<boolean> {
	const { rows } = await client.query(
		"SELECT FROM sync_head WHERE epoch = $1 FOR SHARE",
		[state.epoch],
	);
	if (rows.length === 0) return false;
	if (removed === null) await client.query("DELETE FROM digest_part");
	for (const [table, parts] of Object.entries(removed ?? {}))
		await client.query(
			`DELETE FROM digest_part USING unnest($2::integer[], $3::integer[]) AS gone (month, province)
			 WHERE digest_part."table" = $1 AND digest_part.month IS NOT DISTINCT FROM gone.month
			 AND digest_part.province IS NOT DISTINCT FROM gone.province`,
			[
				table,
				parts.map(({ month }) => month),
				parts.map(({ province }) => province),
			],
		);
	for (const [table, parts] of Object.entries(made)) {
		const column = (i: number) => parts.map((part: DigestPart) => part[i]);
		await client.query(
			`INSERT INTO digest_part SELECT $1, * FROM unnest($2::integer[], $3::integer[], $4::integer[], $5::text[])`,
			[table, column(0), column(1), column(2), column(3)],
		);
	}
	await client.query(
		`INSERT INTO digest_state (epoch, seq, schema_ver, places) VALUES ($1, $2, $3, $4)
		 ON CONFLICT (one) DO UPDATE
		 SET epoch = excluded.epoch, seq = excluded.seq, schema_ver = excluded.schema_ver, places = excluded.places`,
		[state.epoch, state.seq, FEED_SCHEMA_VERSION, state.places],
	);
	return true;
}

/** Whether rows of the feed's tables changed that no publication carries yet: what the tables hold is then not what was published. */
export async function holdsUnpublished(client: Queryable): Promise<boolean> {
	const { rows } = await client.query(
		"SELECT EXISTS (SELECT FROM dirty) AS some",
	);
	return rows[0].some;
}

/** Areas and facilities, as far as they say which province something lies in. */
export async function placeRows(client: Queryable): Promise<{
	areas: Place[];
	facilities: { id: number; area: number }[];
}> {
	const areas = await client.query<Place>(
		"SELECT id, level, parent FROM area ORDER BY id",
	);
	const facilities = await client.query<{ id: number; area: number }>(
		"SELECT id, area FROM facility ORDER BY id",
	);
	return { areas: areas.rows, facilities: facilities.rows };
}

/** What a publication changed: compressed blocks, or a compressed segment. Null when only a snapshot carries it, or nothing any more. */
export async function publishedChange(
	client: Queryable,
	seq: number,
): Promise<{ body: Buffer } | { segment: Buffer } | null> {
	const { rows } = await client.query(
		"SELECT body, segment FROM publication WHERE seq = $1 AND NOT snapshot_only",
		[seq],
	);
	const { body = null, segment = null } = rows[0] ?? {};
	return body ? { body } : segment ? { segment } : null;
}

/** The condition for the rows of one month, in a form that the key of the table serves. */
export async function monthCondition(
	client: Queryable,
	table: FeedTable,
	month: number,
): Promise<string> {
	const before = table.key.slice(0, table.key.indexOf("month"));
	const conditions = [`month = ${month}`];
	for (const column of before) {
		// A few values stand before the month in the key: named, they lead straight to it.
		const { rows } = await client.query<{ value: number }>(
			`WITH RECURSIVE one AS (
				(SELECT "${column}" AS value FROM "${table.name}" ORDER BY "${column}" LIMIT 1)
				UNION ALL
				SELECT (SELECT "${column}" FROM "${table.name}" WHERE "${column}" > one.value ORDER BY "${column}" LIMIT 1)
				FROM one WHERE one.value IS NOT NULL
			) SELECT value FROM one WHERE value IS NOT NULL`,
		);
		conditions.push(
			`"${column}" IN (${rows.map(({ value }) => value).join(", ") || "NULL"})`,
		);
	}
	return `WHERE ${conditions.join(" AND ")}`;
}
