import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { Head } from "../../../core/feed/publication.ts";
import { parseSilently } from "../../../core/reading/broken-json.ts";
import { readTwoCopies, writeTwoCopies } from "./two-copies.ts";

/** The newest head that this workstation followed to its end. It outlives replicas: a hub may not lead back behind it. */
const Seen = z.object({
	epoch: z.string(),
	seq: z.int(),
	issued: z.string(),
	/** Epochs that were left; none of them may come back. */
	retired: z.array(z.string()),
	/** Id of the key that signed it: another key begins anew. Earlier versions left it out. */
	key: z.string().optional(),
});
type Kept = z.infer<typeof Seen>;
export type Seen = Kept & { key: string };

/** What the files hold: the memory, and a SHA-256 over it by which a damaged one is noticed. */
const SeenFile = z.object({ seen: Seen, sha256: z.string() });

/**
 * @param given id of the key that this workstation was given, by which an earlier version saw what it noted without one
 * @throws SyncFailure "disk" when there is a memory and no copy of it can be read
 */
export function readSeen(path: string, given: string): Seen | null {
	const kept = readTwoCopies(
		path,
		"what was seen of the hub",
		readCopy,
		(one, other) => Date.parse(one.issued) > Date.parse(other.issued),
	);
	return kept && { ...kept, key: kept.key ?? given };
}

function readCopy(text: string): Kept {
	const value = parseSilently(text);
	const plain = Seen.safeParse(value);
	// As earlier versions wrote it.
	if (plain.success) return plain.data;
	const { seen, sha256 } = SeenFile.parse(value);
	if (sha256 !== digestOf(seen)) throw new Error("it is damaged");
	return seen;
}

function digestOf(seen: Kept): string {
	const { epoch, seq, issued, retired, key } = seen;
	// As earlier versions hashed it.
	const all = [epoch, seq, issued, retired, ...(key ? [key] : [])];
	return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

/** What is seen after following a head; the same object when nothing is new. */
export function afterFollowing(
	seen: Seen | null,
	{ epoch, seq, issued, key_id: key }: Head,
): Seen {
	if (seen?.epoch === epoch && seen.key === key)
		return seen.seq === seq ? seen : { ...seen, seq, issued };
	const retired = seen?.retired ?? [];
	const left = seen && seen.epoch !== epoch ? [seen.epoch] : [];
	return { epoch, seq, issued, key, retired: [...retired, ...left] };
}

export function writeSeen(path: string, seen: Seen): void {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const text = JSON.stringify({ seen, sha256: digestOf(seen) });
	writeTwoCopies(path, text);
}
