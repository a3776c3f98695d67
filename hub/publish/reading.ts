import type pg from "pg";
import { inTransaction } from "../store/database.ts";

/** Runs `work` in a transaction that sees one moment of the database and writes nothing. */
export function reading<T>(
	pool: pg.Pool,
	work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
	return inTransaction(pool, async (client) => {
		await client.query(
			"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
		);
		// Sorting whole tables in memory is worth its size here.
		await client.query("SET LOCAL work_mem = '256MB'");
		return work(client);
	});
}
