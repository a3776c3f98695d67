import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
	type Difference,
	differences,
	partKey,
} from "../../../core/feed/digest.ts";
import type { Block, DigestPart } from "../../../core/feed/publication.ts";
import type { FeedTableName } from "../../../core/feed/table.ts";
import { replaceFile } from "../../../machine/files/durable-file.ts";
import type { GivenKey } from "../../../machine/signing/signing-key.ts";
import type { ReplicaState } from "../replica/writer.ts";
import { aFewAtOnce } from "./a-few-at-once.ts";
import type { Bringing } from "./bringing.ts";
import { readPart } from "./comparison.ts";
import { type CheckedHead, checkDigest } from "./head.ts";

/**
 * Brings the replica of a province to a head: the hub says, signed, what a workstation of the province holds at that publication, and the
 * parts in which the replica differs are fetched. What was fetched is kept in a folder until it is taken in.
 * @param from the replica of that province and epoch; null: there is none, and one is made beside whatever is in use
 */
export async function takeProvince(
	{ hub, cache, writer, standing, gaining }: Bringing,
	folder: string,
	pinned: GivenKey,
	{ head, log: published, province }: CheckedHead & { province: string },
	from: ReplicaState | null,
): Promise<ReplicaState> {
	const { epoch } = head;
	const seq = published.last_seq;
	const stated = checkDigest(await hub.digest(epoch, seq), pinned, {
		epoch,
		seq,
		province,
	});
	const here = from && (await writer.digest());
	const different = differences(here?.tables ?? {}, stated.tables);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	let done = 0;
	const parts = await aFewAtOnce(different, async (part) => {
		const wanted = stated.tables[part.table]?.find(
			([month, place]) => partKey({ month, province: place }) === partKey(part),
		);
		const block = wanted ? await fetched(part, wanted) : null;
		standing.progress("segments", ++done, different.length);
		const table = part.table as FeedTableName;
		return { table, month: part.month, province: part.province, block };
	});
	standing.progress("installing", 0, 1, true);
	const arrived = await writer.takeProvince({
		...{ epoch, seq, province, parts, anew: from === null },
		...{ chain: published.chain, tables: stated.tables },
		committedAt: Date.parse(stated.committed_at ?? head.issued),
	});
	cache.clear();
	return arrived;

	/** Named by the hash of its rows: a publication that comes meanwhile makes nothing useless that it did not change. */
	async function fetched(part: Difference, wanted: DigestPart): Promise<Block> {
		const path = join(folder, `part-${wanted[3]}`);
		try {
			return readPart(readFileSync(path), part, wanted);
		} catch {
			// Not here, or damaged on this disk.
		}
		const bytes = await gaining(hub.part(epoch, seq, part));
		const block = readPart(bytes, part, wanted);
		replaceFile(path, bytes);
		return block;
	}
}
