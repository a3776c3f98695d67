import type pg from "pg";
import { beginEpoch } from "./publication.ts";
import { forgetVisits } from "./roads.ts";
import { seedRows } from "./seed-reference.ts";

/** Empties the store of everything that was taken in, imported and published, and begins a new epoch; people and what they did stay, the roads by which files come, whose the workstations are, and what became public. */
export async function emptyStore(client: pg.PoolClient): Promise<void> {
	const { rows } = await client.query<{ name: string }>(
		`SELECT quote_ident(tablename) AS name FROM pg_tables
		 WHERE schemaname = current_schema() AND tablename NOT IN ('migration', 'sync_head', 'publication', 'snapshot',
			'person', 'session', 'sign_in_failure', 'audit', 'command', 'road', 'workstation', 'open_release', 'open_release_step')`,
	);
	await client.query(`TRUNCATE ${rows.map(({ name }) => name).join(", ")}`);
	await forgetVisits(client);
	await seedRows(client);
	await beginEpoch(client);
}
