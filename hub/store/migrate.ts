import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type pg from "pg";

const FOLDER = path.join(import.meta.dirname, "migrations");
const NAME = /^\d{4}_[a-z0-9_]+\.(sql|ts)$/;
/** Any number of this database's own: processes that start together migrate one after the other. */
const LOCK = 20_200_302;

/**
 * Brings the database to the newest schema: runs the files `NNNN_name.sql` (or `.ts` with `up(client)`) that have not run yet, in
 * order of their number, each in its own transaction.
 * @returns the names of the migrations that ran.
 */
export async function migrate(
	client: pg.PoolClient,
	folder = FOLDER,
): Promise<string[]> {
	const names = readdirSync(folder)
		.filter((name) => NAME.test(name))
		.sort();
	await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
	try {
		await client.query(
			"CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())",
		);
		const applied = new Set(
			(
				await client.query<{ name: string }>("SELECT name FROM migration")
			).rows.map((row) => row.name),
		);
		const ran: string[] = [];
		for (const name of names) {
			if (applied.has(name)) continue;
			await client.query("BEGIN");
			try {
				await run(client, path.join(folder, name));
				await client.query("INSERT INTO migration (name) VALUES ($1)", [name]);
				await client.query("COMMIT");
			} catch (error) {
				await client.query("ROLLBACK");
				throw new Error(`migration ${name} failed`, { cause: error });
			}
			ran.push(name);
		}
		return ran;
	} finally {
		await client.query("SELECT pg_advisory_unlock($1)", [LOCK]);
	}
}

async function run(client: pg.PoolClient, file: string): Promise<void> {
	if (file.endsWith(".sql")) {
		await client.query(readFileSync(file, "utf8"));
		return;
	}
	const module: { up(client: pg.PoolClient): Promise<void> } = await import(
		pathToFileURL(file).href
	);
	await module.up(client);
}
