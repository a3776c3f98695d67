import { randomBytes } from "node:crypto";
import type pg from "pg";
import type { KemendagriCode } from "../../core/areas/codes.ts";
import { FEED_TABLES, type FeedTableName } from "../../core/feed/table.ts";
import { inTransaction } from "./database.ts";
import type { Queryable } from "./publication.ts";

/** The account of PostgreSQL as which everything is read that a workstation of a province is given (migrations/0035_provinces.sql). */
const ROLE = "blc_province";

/** Tables of the feed that every province is given whole: who and what there is, and no figure. */
const REFERENCE: readonly FeedTableName[] = [
	"dataset",
	"area",
	"source",
	"item",
	"alert_rule",
];

/** Where a province reads a table of the feed; another relation where it is shown less of a row. */
export const readBy = (name: FeedTableName): string => SHOWN_LESS[name] ?? name;

const SHOWN_LESS: Partial<Record<FeedTableName, string>> = {
	file: "province_file",
	dispatch_order: "province_order",
};

/** Tables of the feed of which a province is given some rows and which are one part of the digest: what they hold is hashed for each province. */
export const SOME_ROWS: readonly FeedTableName[] = [
	"file",
	"quarantine",
	"geography",
	"facility",
	"dispatch_order",
	"dispatch_step",
	"alert_state",
];

/** A province as the hub keys it. */
export interface Province {
	readonly id: number;
	readonly code: KemendagriCode;
}

/** A province by its code; null: there is none. */
export async function provinceOf(
	client: Queryable,
	code: string,
): Promise<Province | null> {
	const { rows } = await client.query(
		"SELECT id, code FROM area WHERE code = $1 AND level = 1",
		[code],
	);
	return rows[0] ?? null;
}

const prepared = new WeakSet<pg.Pool>();

/**
 * Makes the account as which provinces read, and lets it read what it may.
 * @throws when this database has none and the hub's account may make none
 */
export async function prepareProvinces(pool: pg.Pool): Promise<void> {
	await inTransaction(pool, async (client) => {
		// Two processes that begin together grant one after the other.
		await client.query("SELECT pg_advisory_xact_lock(20200306)");
		const { rows } = await client.query(
			"SELECT pg_has_role($1, 'MEMBER') AS member FROM pg_roles WHERE rolname = $1",
			[ROLE],
		);
		if (rows.length === 0) await client.query(`CREATE ROLE ${ROLE} NOLOGIN`);
		if (!rows[0]?.member) await client.query(`GRANT ${ROLE} TO CURRENT_USER`);
		const tables = FEED_TABLES.map(({ name }) => `"${readBy(name)}"`);
		const { rows: schema } = await client.query(
			"SELECT quote_ident(current_schema()) AS name",
		);
		await client.query(`GRANT USAGE ON SCHEMA ${schema[0].name} TO ${ROLE}`);
		await client.query(
			`GRANT SELECT ON ${tables.join(", ")}, file_reach TO ${ROLE}`,
		);
		// The policy of steps asks for the orders that they are of. Whole it was given before.
		await client.query(
			`REVOKE SELECT ON dispatch_order FROM ${ROLE}; GRANT SELECT (id) ON dispatch_order TO ${ROLE}`,
		);
	}).catch((error) => {
		if ((error as { code?: string }).code !== "42501") throw error;
		throw new Error(
			`provinces are read as an account of their own, which this one may not make; as an administrator of the database: CREATE ROLE ${ROLE} NOLOGIN; GRANT ${ROLE} TO the account of the hub`,
			{ cause: error },
		);
	});
	prepared.add(pool);
}

/**
 * Runs `work` in one transaction that sees one moment of the database, writes nothing, and reads as a province may: PostgreSQL gives no row
 * of another one, whatever is asked.
 * @param first what the hub itself reads in the same moment; null ends it there
 */
export async function readingProvince<First, T>(
	pool: pg.Pool,
	province: Province,
	first: (client: pg.PoolClient) => Promise<First | null>,
	work: (client: pg.PoolClient, first: First) => Promise<T>,
): Promise<T | null> {
	if (!prepared.has(pool)) await prepareProvinces(pool);
	await pool.query("SELECT note_file_reach()");
	return inTransaction(pool, async (client) => {
		await client.query(
			"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
		);
		const found = await first(client);
		if (found === null) return null;
		await client.query("SELECT set_config('blc.province', $1, true)", [
			String(province.id),
		]);
		await client.query(`SET LOCAL ROLE ${ROLE}`);
		await mustBeHeldBack(client);
		return work(client, found);
	});
}

/** @throws when a table could be read past its policy: then nothing is given at all */
async function mustBeHeldBack(client: pg.PoolClient): Promise<void> {
	const held = FEED_TABLES.map(({ name }) => name).filter(
		(name) => !REFERENCE.includes(name),
	);
	const { rows } = await client.query(
		`SELECT current_user = $1 AS reads, (SELECT bool_and(row_security_active(name)) FROM unnest($2::text[]) AS name) AS held`,
		[ROLE, held],
	);
	if (!rows[0].reads || !rows[0].held)
		throw new Error("the policies of provinces do not hold in this database");
}

/** What a credential of a province looks like: whose it is, and 256 random bits. It is told from every other by how it begins. */
const CREDENTIAL = /^Bearer (province\.[a-z0-9][a-z0-9-]{1,59}\.[\w-]{43})$/;

/** Whether a request says that it comes from a workstation of a province, truly or not. */
export const saysProvince = (authorization: string | undefined): boolean =>
	/^\s*Bearer\s+province\./i.test(authorization ?? "");

export const newCredential = (name: string): string =>
	`province.${name}.${randomBytes(32).toString("base64url")}`;

/** A workstation of a province. */
export interface ProvinceWorkstation {
	readonly name: string;
	/** Code of the province. */
	readonly province: string;
	/** ms since 1970 UTC. */
	readonly madeAt: number;
	readonly revokedAt: number | null;
}

/** @returns false where the name is taken, now or before */
export async function addWorkstation(
	client: Queryable,
	{
		name,
		province,
		credential,
		at,
	}: { name: string; province: string; credential: string; at: number },
): Promise<boolean> {
	const { rowCount } = await client.query(
		`INSERT INTO workstation (name, province, credential, made_at) VALUES ($1, $2, sha256($3), $4) ON CONFLICT (name) DO NOTHING`,
		[name, province, Buffer.from(credential), at],
	);
	return rowCount === 1;
}

/** @returns false where nobody has the name, or it was revoked before */
export async function revokeWorkstation(
	client: Queryable,
	name: string,
	at: number,
): Promise<boolean> {
	const { rowCount } = await client.query(
		"UPDATE workstation SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL",
		[name, at],
	);
	// Whoever serves ends what stands open to it.
	await client.query("SELECT pg_notify($1, '')", [REVOKED]);
	return rowCount === 1;
}

/** The channel on which it is said that a workstation was revoked. */
export const REVOKED = "workstation_revoked";

/** How many were revoked so far: what was said while nobody listened is noticed by it. */
export async function revocations(client: Queryable): Promise<number> {
	const { rows } = await client.query(
		"SELECT count(*)::integer AS count FROM workstation WHERE revoked_at IS NOT NULL",
	);
	return rows[0].count;
}

export async function workstations(
	client: Queryable,
): Promise<ProvinceWorkstation[]> {
	const { rows } = await client.query(
		`SELECT name, province, made_at AS "madeAt", revoked_at AS "revokedAt" FROM workstation ORDER BY province, name`,
	);
	return rows;
}

/** The province of which the workstation is that sends this; null: of none, the credential is not valid, or not any more. */
export async function provinceOfCredential(
	client: Queryable,
	authorization: string | undefined,
): Promise<Province | null> {
	const [, credential] = CREDENTIAL.exec(authorization ?? "") ?? [];
	if (credential === undefined) return null;
	// Looked up by its hash: how long that takes tells nothing of what was nearly right.
	const { rows } = await client.query(
		`SELECT area.id, area.code FROM workstation JOIN area ON area.code = workstation.province AND level = 1
		 WHERE credential = sha256($1) AND revoked_at IS NULL`,
		[Buffer.from(credential)],
	);
	return rows[0] ?? null;
}
