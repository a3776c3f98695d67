import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import type pg from "pg";
import {
	type Block,
	chainInput,
	type Segment,
	STREAM,
} from "../../core/feed/publication.ts";
import { FEED_SCHEMA_VERSION } from "../../core/feed/table.ts";
import { inTransaction } from "../store/database.ts";
import {
	exclusively,
	holdEpoch,
	lastCut,
	storeSegment,
	uncutPublication,
} from "../store/publication.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/**
 * Cuts the segment of every committed publication that has none yet, in order, each chained to the one before. Whatever a crash left
 * undone is done by the next call; what is cut never changes.
 * @returns the last publication cut
 */
export function cutSegments(pool: pg.Pool): Promise<number> {
	return exclusively(pool, "segments", async () => {
		for (;;) {
			const { seq, more } = await inTransaction(pool, cutNext);
			if (!more) return seq;
		}
	});
}

/** Cuts one segment. The epoch is held meanwhile, so that a segment of one never goes into the log of another. */
async function cutNext(
	client: pg.PoolClient,
): Promise<{ seq: number; more: boolean }> {
	const { epoch } = await holdEpoch(client);
	const last = await lastCut(client);
	const next = await uncutPublication(client, last.seq + 1);
	if (!next) return { seq: last.seq, more: false };
	const segment: Segment = {
		epoch,
		stream: STREAM,
		seq: next.seq,
		prev_seq: last.seq,
		committed_at: next.committedAt.toISOString(),
		schema_ver: FEED_SCHEMA_VERSION,
		snapshot_only: next.snapshotOnly,
		blocks: next.body
			? (JSON.parse((await decompress(next.body)).toString("utf8")) as Block[])
			: [],
	};
	const bytes = await compress(Buffer.from(JSON.stringify(segment)), {
		params: { [constants.ZSTD_c_compressionLevel]: 3 },
	});
	const sha256 = createHash("sha256").update(bytes).digest("hex");
	const chain = createHash("sha256")
		.update(chainInput(last.chain, bytes))
		.digest("hex");
	await storeSegment(client, next.seq, { bytes, sha256, chain });
	return { seq: next.seq, more: true };
}
