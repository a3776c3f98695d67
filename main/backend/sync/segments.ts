import type { SegmentEntry } from "../../../core/feed/publication.ts";
import { SyncFailure } from "../replica/failure.ts";
import type { ReplicaState } from "../replica/writer.ts";
import { aFewAtOnce } from "./a-few-at-once.ts";
import type { Bringing } from "./bringing.ts";
import type { CheckedHead } from "./head.ts";
import { type HubClient, HubMovedOn } from "./hub-client.ts";

/**
 * Brings the replica to the head by the segments of the hub's log.
 * @returns null when the log cannot take this replica there and a snapshot must
 */
export async function takeSegments(
	{ hub, cache, writer, standing, gaining }: Bringing,
	from: ReplicaState,
	{ head, log: published }: CheckedHead,
): Promise<ReplicaState | null> {
	const total = published.last_seq - from.seq;
	let arrived: ReplicaState;
	try {
		const entries = await entriesAfter(hub, head.epoch, from.seq, total);
		let done = 0;
		const segments = await aFewAtOnce(entries, async (entry) => {
			const path = await cache.get(entry.sha256, entry.bytes, () =>
				gaining(hub.segment(head.epoch, entry)),
			);
			standing.progress("segments", ++done, total);
			return { seq: entry.seq, sha256: entry.sha256, path };
		});
		standing.progress("installing", 0, total, true);
		arrived = await writer.apply(
			{
				target: {
					epoch: head.epoch,
					seq: published.last_seq,
					chain: published.chain,
				},
				segments,
			},
			(applied) => standing.progress("installing", applied, total),
		);
	} catch (error) {
		if (error instanceof SyncFailure) {
			if (error.code === "snapshot-needed") return null;
			// The segments were the ones announced, and are not the ones signed.
			if (error.code === "chain") cache.clear();
		}
		throw error;
	}
	cache.clear();
	return arrived;
}

/** The entries of the log that follow a publication, without a gap. */
async function entriesAfter(
	hub: HubClient,
	epoch: string,
	seq: number,
	total: number,
): Promise<SegmentEntry[]> {
	const entries: SegmentEntry[] = [];
	while (entries.length < total) {
		const page = await hub.segments(epoch, seq + entries.length);
		if (page.length === 0)
			throw new HubMovedOn("the hub's log ends before its head");
		for (const entry of page) {
			const expected = seq + entries.length + 1;
			if (entry.seq !== expected)
				throw new SyncFailure(
					"chain",
					`segment ${expected} is missing from the hub's log`,
				);
			if (entries.length < total) entries.push(entry);
		}
	}
	return entries;
}
