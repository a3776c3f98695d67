import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import type pg from "pg";
import { type Changes, reconcile } from "../reconcile/reconcile.ts";
import { inTransaction } from "../store/database.ts";
import {
	announcePublication,
	carryCommands,
	draftPublication,
	logHead,
	numberPublication,
} from "../store/publication.ts";

const compress = promisify(zstdCompress);

export interface Published {
	seq: number;
	rows: number;
}

/**
 * Reconciles what came in since the last publication and publishes what changed.
 * @param first does what is to be published with it
 * @returns null when nothing changed
 */
export function publish(
	db: { pool: pg.Pool },
	first: (client: pg.PoolClient) => Promise<void> = async () => {},
): Promise<Published | null> {
	return publishChanges(db, async (client) => {
		await first(client);
		return reconcile(client);
	});
}

/**
 * Publishes what `change` does to the tables of the feed, in its transaction: either the rows and their publication are both there, or
 * neither.
 * @param change returns no blocks when there are more rows than a segment should carry: a snapshot then carries them
 */
export function publishChanges(
	db: { pool: pg.Pool },
	change: (client: pg.PoolClient) => Promise<Omit<Changes, "tables">>,
): Promise<Published | null> {
	return inTransaction(db.pool, async (client) => {
		const { rows, blocks } = await change(client);
		if (rows === 0) {
			// A command that changed nothing to be seen is carried by what is published already.
			await carryCommands(client, (await logHead(client)).seq);
			return null;
		}
		const body =
			blocks && (await compress(Buffer.from(JSON.stringify(blocks))));
		const id = await draftPublication(client, { rows, body });
		const seq = await numberPublication(client, id);
		await carryCommands(client, seq);
		// Sent by PostgreSQL at the commit.
		await announcePublication(client, seq);
		return { seq, rows };
	});
}
