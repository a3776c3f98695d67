import type pg from "pg";

type Queryable = pg.Pool | pg.PoolClient;

/**
 * Why nothing came by a road, or what came could not be used; `what` says more of it.
 * nothing-taken: of a file nothing could be used, it is in quarantine: its name. answered: HTTP status. unreachable: no whole answer in time,
 * no connection: the system's word. too-large: the limit in MB. other-host: sent on to another host, or an address of a private network: the host.
 * unreadable: the folder, or a file in it: name and the system's word. no-mapping: nobody has mapped tables of that source: its key. failed: the
 * hub itself.
 */
export interface RoadFault {
	code:
		| "nothing-taken"
		| "answered"
		| "unreachable"
		| "too-large"
		| "other-host"
		| "unreadable"
		| "no-mapping"
		| "failed";
	what: string;
}

/** A road by which files of one source and one format come. */
export interface Road {
	id: number;
	name: string;
	/** Pushed to the hub, fetched from an address, found in a folder. */
	kind: "push" | "pull" | "folder";
	/** Key of a connector, or `mapped-table`. */
	connector: string;
	/** Key of the source. */
	source: string;
	/** The address that is asked, or the path of the folder; null: files are pushed. */
	address: string | null;
	/** Seconds from one look to the next; null: files are pushed. */
	every: number | null;
	/** Hosts that may be asked beside the one of the address; that one itself among them: although its address is private. */
	hosts: string[];
	madeAt: number;
	/** Null: it is open. */
	endedAt: number | null;
	heardAt: number | null;
	triedAt: number | null;
	failures: number;
	fault: RoadFault | null;
	etag: string | null;
	modified: string | null;
}

const COLUMNS = `id, name, kind, connector, source, address, every, hosts, made_at AS "madeAt", ended_at AS "endedAt", heard_at AS "heardAt",
	tried_at AS "triedAt", failures, fault::json AS fault, etag, modified`;

/** @returns undefined where the name is taken, now or before */
export async function addRoad(
	client: Queryable,
	road: Pick<
		Road,
		"name" | "kind" | "connector" | "source" | "address" | "every" | "hosts"
	> & { token: Uint8Array | null; at: number },
): Promise<number | undefined> {
	const { rows } = await client.query<{ id: number }>(
		`INSERT INTO road (name, kind, connector, source, token, address, every, hosts, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		 ON CONFLICT (name) DO NOTHING RETURNING id`,
		[
			...[road.name, road.kind, road.connector, road.source, road.token],
			...[road.address, road.every, road.hosts, road.at],
		],
	);
	return rows[0]?.id;
}

/** All there are or were, the open ones first. */
export async function roads(client: Queryable): Promise<Road[]> {
	const { rows } = await client.query<Road>(
		`SELECT ${COLUMNS} FROM road ORDER BY ended_at IS NOT NULL, source, name`,
	);
	return rows;
}

/** A road by which files are pushed, with the SHA-256 of its token. */
export type PushedRoad = Road & { token: Buffer };

/** The open roads of these names by which files are pushed. */
export async function pushedRoads(
	client: Queryable,
	names: readonly string[],
): Promise<PushedRoad[]> {
	const { rows } = await client.query<PushedRoad>({
		name: "pushed-roads",
		text: `SELECT ${COLUMNS}, token FROM road WHERE name = ANY ($1::text[]) AND kind = 'push' AND ended_at IS NULL`,
		values: [names],
	});
	return rows;
}

/** Of these roads those that are open now, those of a push by the token it came with; they stay so until the transaction ends. */
export async function holdOpen(
	client: pg.PoolClient,
	asked: readonly { id: number; token: Buffer | null }[],
): Promise<Set<number>> {
	const { rows } = await client.query<{ id: number }>(
		`SELECT id FROM road JOIN unnest($1::integer[], $2::bytea[]) AS asked (id, token) USING (id)
		 WHERE ended_at IS NULL AND road.token IS NOT DISTINCT FROM asked.token ORDER BY id FOR NO KEY UPDATE OF road`,
		[asked.map(({ id }) => id), asked.map(({ token }) => token)],
	);
	return new Set(rows.map(({ id }) => id));
}

/** @returns whether it was open, and of that kind */
export async function changeToken(
	client: Queryable,
	name: string,
	token: Uint8Array,
): Promise<boolean> {
	const { rowCount } = await client.query(
		"UPDATE road SET token = $2 WHERE name = $1 AND kind = 'push' AND ended_at IS NULL",
		[name, token],
	);
	return rowCount === 1;
}

/** @returns whether it was open */
export async function endRoad(
	client: Queryable,
	name: string,
	at: number,
): Promise<boolean> {
	const { rowCount } = await client.query(
		"UPDATE road SET ended_at = $2 WHERE name = $1 AND ended_at IS NULL",
		[name, at],
	);
	return rowCount === 1;
}

/** Something came by these roads whole. */
export async function noteHeard(
	client: Queryable,
	ids: readonly number[],
	at: number,
): Promise<void> {
	if (ids.length === 0) return;
	await client.query(
		"UPDATE road SET heard_at = $2, tried_at = $2, failures = 0, fault = NULL WHERE id = ANY ($1::integer[])",
		[ids, at],
	);
}

/** A road was tried and has nothing new; what could not be used of the last file stays said until another one comes. */
export async function noteUnchanged(
	client: Queryable,
	id: number,
	at: number,
): Promise<void> {
	await client.query(
		`UPDATE road SET tried_at = $2,
			failures = CASE WHEN fault::json ->> 'code' = 'nothing-taken' THEN failures ELSE 0 END,
			fault = CASE WHEN fault::json ->> 'code' = 'nothing-taken' THEN fault END WHERE id = $1`,
		[id, at],
	);
}

/** Which version of its file a road had last, as the other end calls it. */
export async function noteVersion(
	client: Queryable,
	id: number,
	{ etag, modified }: { etag: string | null; modified: string | null },
): Promise<void> {
	await client.query("UPDATE road SET etag = $2, modified = $3 WHERE id = $1", [
		id,
		etag,
		modified,
	]);
}

/** Nothing of what came by any road is there any more: each is visited as if it were new. */
export async function forgetVisits(client: Queryable): Promise<void> {
	await client.query(
		"UPDATE road SET etag = NULL, modified = NULL, tried_at = NULL, heard_at = NULL, failures = 0, fault = NULL",
	);
}

/** Whether anything ever came by a road, or was tried to. */
export async function wereRoadsUsed(client: Queryable): Promise<boolean> {
	const { rows } = await client.query(
		"SELECT EXISTS (SELECT FROM road WHERE tried_at IS NOT NULL) AS some",
	);
	return rows[0].some;
}

/** What came by a road could not be used, or nothing came. */
export async function noteFault(
	client: Queryable,
	id: number,
	at: number,
	fault: RoadFault,
): Promise<void> {
	await client.query(
		"UPDATE road SET tried_at = $2, failures = failures + 1, fault = $3 WHERE id = $1",
		[id, at, JSON.stringify(fault)],
	);
}

/** An answer that a push was given. */
export interface GivenAnswer {
	road: number;
	key: string;
	sent: string;
	status: number;
	answer: string;
}

/** The answers that pushes were given before, by `road key`. */
export async function givenAnswers(
	client: Queryable,
	asked: readonly { road: number; key: string }[],
): Promise<Map<string, GivenAnswer>> {
	const { rows } = await client.query<GivenAnswer>({
		name: "given-answers",
		text: `SELECT road, key, sent, status, answer FROM push JOIN unnest($1::integer[], $2::text[]) AS asked (road, key) USING (road, key)`,
		values: [asked.map(({ road }) => road), asked.map(({ key }) => key)],
	});
	return new Map(rows.map((row) => [`${row.road} ${row.key}`, row]));
}

export async function keepAnswers(
	client: pg.PoolClient,
	answers: readonly GivenAnswer[],
	at: number,
): Promise<void> {
	await client.query(
		`INSERT INTO push SELECT *, $6::bigint FROM unnest($1::integer[], $2::text[], $3::text[], $4::integer[], $5::text[])`,
		[
			answers.map(({ road }) => road),
			answers.map(({ key }) => key),
			answers.map(({ sent }) => sent),
			answers.map(({ status }) => status),
			answers.map(({ answer }) => answer),
			at,
		],
	);
}

export async function forgetAnswers(
	client: Queryable,
	before: number,
): Promise<void> {
	await client.query("DELETE FROM push WHERE at < $1", [before]);
}
