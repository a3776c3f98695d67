import type pg from "pg";

/** Runs `work` in a transaction that sees one moment of the database and writes nothing. */
export async function reading<T>(
	pool: pg.Pool,
	work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
	const client = await pool.connect();
	let broken: Error | undefined;
	try {
		await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
		// Sorting whole tables in memory is worth its size here.
		await client.query("SET LOCAL work_mem = '256MB'");
		const result = await work(client);
		await client.query("COMMIT");
		return result;
	} catch (error) {
		await client.query("ROLLBACK").catch((cause: Error) => {
			broken = cause;
		});
		throw error;
	} finally {
		client.release(broken);
	}
}
