import type pg from "pg";
import { keyOrder } from "../../core/feed/digest.ts";
import { CHAIN_START } from "../../core/feed/publication.ts";
import type { FeedTable } from "../../core/feed/table.ts";

/** A pool, or one client of it inside a transaction. */
export type Queryable = Pick<pg.Pool, "query">;

/** The channel on which a committed publication is announced. */
export const PUBLISHED = "publication";

/** Any numbers of this database's own. */
const LOCKS = {
	segments: 20_200_303,
	snapshot: 20_200_304,
	digest: 20_200_305,
	key: 20_200_306,
} as const;

/** The last in this process to ask for each lock, by pool: who comes after waits for it without holding a connection. */
const queues = new WeakMap<pg.Pool, Map<string, Promise<unknown>>>();

/**
 * Runs `work` while no other process of this hub does the same. Callers of one process queue before they take a connection: waiting in
 * PostgreSQL they would hold all there are, and the one whose turn it is could not go on.
 */
export function exclusively<T>(
	pool: pg.Pool,
	what: keyof typeof LOCKS,
	work: () => Promise<T>,
): Promise<T> {
	const queue = queues.get(pool) ?? new Map<string, Promise<unknown>>();
	queues.set(pool, queue);
	const before = queue.get(what) ?? Promise.resolve();
	const mine = before.then(() => holding(pool, LOCKS[what], work));
	queue.set(
		what,
		mine.catch(() => {}),
	);
	return mine;
}

async function holding<T>(
	pool: pg.Pool,
	lock: number,
	work: () => Promise<T>,
): Promise<T> {
	const client = await pool.connect();
	let broken: Error | undefined;
	try {
		await client.query("SELECT pg_advisory_lock($1)", [lock]);
		try {
			return await work();
		} finally {
			await client
				.query("SELECT pg_advisory_unlock($1)", [lock])
				.catch((error: Error) => {
					// The lock ends with the connection.
					broken = error;
				});
		}
	} finally {
		client.release(broken);
	}
}

/** Writes what a publication carries; it has no number yet and is not visible to anyone. */
export async function draftPublication(
	client: Queryable,
	draft: { rows: number; body: Uint8Array | null },
): Promise<number> {
	const { rows } = await client.query(
		"INSERT INTO publication (rows, snapshot_only, body) VALUES ($1, $2, $3) RETURNING id",
		[draft.rows, draft.body === null, draft.body],
	);
	return Number(rows[0].id);
}

/** Gives a publication its number. The row of the head stays locked from here to the commit: nothing but the commit may follow. */
export async function numberPublication(
	client: Queryable,
	id: number,
): Promise<number> {
	const { rows } = await client.query(
		`WITH head AS (UPDATE sync_head SET seq = seq + 1 RETURNING seq)
		 UPDATE publication SET seq = head.seq, committed_at = clock_timestamp() FROM head WHERE id = $1
		 RETURNING publication.seq`,
		[id],
	);
	return Number(rows[0].seq);
}

/** Notes that the commands carried out so far are in the publication of a number. */
export async function carryCommands(
	client: Queryable,
	seq: number,
): Promise<void> {
	await client.query("UPDATE command SET seq = $1 WHERE seq IS NULL", [seq]);
}

export async function announcePublication(
	client: Queryable,
	seq: number,
): Promise<void> {
	await client.query("SELECT pg_notify($1, $2)", [PUBLISHED, String(seq)]);
}

export interface LogHead {
	epoch: string;
	/** Highest committed publication. */
	seq: number;
}

export async function logHead(client: Queryable): Promise<LogHead> {
	const { rows } = await client.query("SELECT epoch, seq FROM sync_head");
	return { epoch: rows[0].epoch, seq: Number(rows[0].seq) };
}

/** The head, locked until the transaction ends: no publication takes a number and no epoch begins meanwhile. Segments are still cut. */
export async function lockHead(client: Queryable): Promise<LogHead> {
	const { rows } = await client.query(
		"SELECT epoch, seq FROM sync_head FOR NO KEY UPDATE",
	);
	return { epoch: rows[0].epoch, seq: Number(rows[0].seq) };
}

/** The head, with its epoch held until the transaction ends; publications go on. */
export async function holdEpoch(client: Queryable): Promise<LogHead> {
	const { rows } = await client.query(
		"SELECT epoch, seq FROM sync_head FOR KEY SHARE",
	);
	return { epoch: rows[0].epoch, seq: Number(rows[0].seq) };
}

/** Whether rows are there that only a publication writes. */
export async function holdsPublished(client: Queryable): Promise<boolean> {
	const { rows } = await client.query(
		"SELECT EXISTS (SELECT FROM fact) OR EXISTS (SELECT FROM claim) AS some",
	);
	return rows[0].some;
}

/** The last segment cut, or the start of the epoch. */
export async function lastCut(
	client: Queryable,
): Promise<{ seq: number; chain: string }> {
	const { rows } = await client.query(
		"SELECT seq, chain FROM publication WHERE chain IS NOT NULL ORDER BY seq DESC LIMIT 1",
	);
	return rows.length > 0
		? { seq: Number(rows[0].seq), chain: rows[0].chain }
		: { seq: 0, chain: CHAIN_START };
}

export interface UncutPublication {
	seq: number;
	committedAt: Date;
	snapshotOnly: boolean;
	body: Buffer | null;
}

export async function uncutPublication(
	client: Queryable,
	seq: number,
): Promise<UncutPublication | null> {
	const { rows } = await client.query(
		`SELECT seq, committed_at AS "committedAt", snapshot_only AS "snapshotOnly", body FROM publication WHERE seq = $1`,
		[seq],
	);
	return rows.length > 0 ? { ...rows[0], seq: Number(rows[0].seq) } : null;
}

/** Replaces the body of a publication by its segment. */
export async function storeSegment(
	client: Queryable,
	seq: number,
	segment: { bytes: Uint8Array; sha256: string; chain: string },
): Promise<void> {
	await client.query(
		"UPDATE publication SET segment = $2, sha256 = $3, bytes = $4, chain = $5, body = NULL WHERE seq = $1 AND chain IS NULL",
		[seq, segment.bytes, segment.sha256, segment.bytes.length, segment.chain],
	);
}

export async function chainAt(
	client: Queryable,
	seq: number,
): Promise<string | null> {
	const { rows } = await client.query(
		"SELECT chain FROM publication WHERE seq = $1",
		[seq],
	);
	return rows[0]?.chain ?? null;
}

/** What may be shown to workstations: everything up to `seq` is cut, and a bulk publication is covered by a snapshot. */
export interface PublishedState {
	epoch: string;
	seq: number;
	chain: string;
	/** First publication still served as a segment and not covered by a snapshot alone. */
	minSeq: number;
	snapshot: { id: string; seq: number; manifestSha256: string } | null;
}

export async function publishedState(
	client: Queryable,
): Promise<PublishedState> {
	// One statement, so that its parts belong together.
	const { rows } = await client.query(
		`WITH snap AS (
			SELECT id, seq, manifest_sha256 FROM snapshot
			WHERE epoch = (SELECT epoch FROM sync_head) ORDER BY seq DESC, made_at DESC LIMIT 1
		), shown AS (
			SELECT least(
				(SELECT coalesce(max(seq), 0) FROM publication WHERE chain IS NOT NULL),
				(SELECT min(seq) - 1 FROM publication WHERE snapshot_only AND seq > coalesce((SELECT seq FROM snap), 0))
			) AS seq
		)
		SELECT head.epoch, shown.seq,
			(SELECT chain FROM publication WHERE publication.seq = shown.seq) AS chain,
			(SELECT coalesce(max(publication.seq), 0) + 1 FROM publication
			 WHERE publication.seq <= shown.seq AND (segment IS NULL OR snapshot_only)) AS "minSeq",
			snap.id, snap.seq AS "snapshotSeq", snap.manifest_sha256 AS "manifestSha256"
		FROM sync_head AS head CROSS JOIN shown LEFT JOIN snap ON snap.seq <= shown.seq`,
	);
	const row = rows[0];
	return {
		epoch: row.epoch,
		seq: Number(row.seq),
		chain: row.chain ?? CHAIN_START,
		minSeq: Number(row.minSeq),
		snapshot:
			row.id === null
				? null
				: {
						id: row.id,
						seq: Number(row.snapshotSeq),
						manifestSha256: row.manifestSha256,
					},
	};
}

/** The newest publication; `visible` is the newest that workstations can follow, `committedAt` in milliseconds since 1970 UTC. */
export async function newestPublication(
	client: Queryable,
): Promise<{ seq: number; visible: number; committedAt: number | null }> {
	const { rows } = await client.query(
		`SELECT head.seq, extract(epoch FROM (
			SELECT committed_at FROM publication WHERE publication.seq = head.seq
		 ))::float8 * 1000 AS "committedAt" FROM sync_head AS head`,
	);
	const { seq } = await publishedState(client);
	return {
		seq: Number(rows[0].seq),
		visible: seq,
		committedAt: rows[0].committedAt,
	};
}

/** Segments of this epoch after a publication. */
export async function segmentEntries(
	client: Queryable,
	epoch: string,
	after: number,
	limit: number,
): Promise<{ seq: number; sha256: string; bytes: number }[]> {
	const { rows } = await client.query(
		`SELECT publication.seq, sha256, bytes FROM publication JOIN sync_head ON epoch = $1
		 WHERE publication.seq > $2 AND chain IS NOT NULL AND segment IS NOT NULL ORDER BY publication.seq LIMIT $3`,
		[epoch, after, limit],
	);
	return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

export async function segmentBytes(
	client: Queryable,
	seq: number,
	sha256: string,
): Promise<Buffer | null> {
	const { rows } = await client.query(
		"SELECT segment FROM publication WHERE seq = $1 AND sha256 = $2",
		[seq, sha256],
	);
	return rows[0]?.segment ?? null;
}

export interface StoredSnapshot {
	id: string;
	epoch: string;
	seq: number;
	rows: number;
	manifest: string;
	manifestSha256: string;
}

/** Snapshots of the present epoch, newest first. */
export async function snapshots(client: Queryable): Promise<StoredSnapshot[]> {
	const { rows } = await client.query(
		`SELECT id, epoch, seq, rows, manifest, manifest_sha256 AS "manifestSha256" FROM snapshot
		 WHERE epoch = (SELECT epoch FROM sync_head) ORDER BY seq DESC, made_at DESC`,
	);
	return rows.map((row) => ({
		...row,
		seq: Number(row.seq),
		rows: Number(row.rows),
	}));
}

export async function storeSnapshot(
	client: Queryable,
	snapshot: StoredSnapshot,
): Promise<void> {
	await client.query(
		`INSERT INTO snapshot (id, epoch, seq, rows, manifest, manifest_sha256) VALUES ($1, $2, $3, $4, $5, $6)
		 ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, rows = excluded.rows,
			manifest = excluded.manifest, manifest_sha256 = excluded.manifest_sha256, made_at = now()`,
		[
			snapshot.id,
			snapshot.epoch,
			snapshot.seq,
			snapshot.rows,
			snapshot.manifest,
			snapshot.manifestSha256,
		],
	);
}

/** Forgets all snapshots but these. */
export async function keepSnapshots(
	client: Queryable,
	ids: readonly string[],
): Promise<void> {
	await client.query("DELETE FROM snapshot WHERE id <> ALL($1)", [ids]);
}

/** Drops the bytes of segments up to a publication; their chain hashes stay. */
export async function forgetSegments(
	client: Queryable,
	upTo: number,
): Promise<void> {
	await client.query(
		"UPDATE publication SET segment = NULL WHERE seq <= $1 AND segment IS NOT NULL",
		[upTo],
	);
}

/** What the log holds beyond a publication. */
export async function logSince(
	client: Queryable,
	seq: number,
): Promise<{ publications: number; rows: number; bulk: boolean }> {
	const { rows } = await client.query(
		`SELECT count(*) AS publications, coalesce(sum(rows), 0) AS rows, coalesce(bool_or(snapshot_only), false) AS bulk
		 FROM publication WHERE seq > $1`,
		[seq],
	);
	return {
		publications: Number(rows[0].publications),
		rows: Number(rows[0].rows),
		bulk: rows[0].bulk,
	};
}

/**
 * Begins a new epoch: everything published so far is forgotten, and what the dataset holds now is the first publication, carried by a
 * snapshot.
 */
export async function beginEpoch(client: Queryable): Promise<void> {
	// A publication that is about to take its number takes it before, and is forgotten, or after; and whoever holds the old epoch ends first.
	await client.query("SELECT FROM sync_head FOR UPDATE");
	await client.query("DELETE FROM publication");
	await client.query("DELETE FROM snapshot");
	await client.query("UPDATE sync_head SET epoch = gen_random_uuid(), seq = 0");
	await announcePublication(client, 0);
}

/**
 * Reads a table of the feed in key order, or the rows of one of its months, in COPY's text format.
 * @param from another relation with the columns of the table
 */
export function copyOfTable(
	table: FeedTable,
	where = "",
	from: string = table.name,
): string {
	const columns = table.columns.map(({ name }) => `"${name}"`).join(", ");
	return `COPY (SELECT ${columns} FROM "${from}" ${where} ORDER BY ${keyOrder(table, "postgresql")}) TO STDOUT`;
}
