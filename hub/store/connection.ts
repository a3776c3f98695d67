import pg from "pg";

/**
 * Connects, asks one thing and leaves, as whoever comes next will: what was connected before says nothing about that.
 * @param within ms for each of the two
 * @throws when nobody is let in, or there is no answer in time
 */
export async function askAnew<R extends pg.QueryResultRow>(
	connection: pg.ClientConfig,
	question: string,
	within: number,
): Promise<R[]> {
	const client = new pg.Client({
		...connection,
		connectionTimeoutMillis: within,
		query_timeout: within,
	});
	client.on("error", () => {});
	try {
		await client.connect();
		const { rows } = await client.query<R>(question);
		// Not waited for: a server that freezes now never says goodbye.
		client.end().catch(() => {});
		return rows;
	} catch (error) {
		cutOff(client);
		throw error;
	}
}

/** Breaks a connection off, whatever it waits for: its own `end` would wait for the query. */
export function cutOff(client: pg.Client | pg.PoolClient): void {
	// The types of pg leave out the connection of a client.
	(
		client as unknown as { connection: { stream: { destroy(): void } } }
	).connection.stream.destroy();
}
