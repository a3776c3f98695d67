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
	/** Id of the key that signed it, where that is not the one that this workstation was given: a key that follows begins anew. */
	key: z.string().optional(),
});
export type Seen = z.infer<typeof Seen>;

/** What the files hold: the memory, and a SHA-256 over it by which a damaged one is noticed. */
const SeenFile = z.object({ seen: Seen, sha256: z.string() });

/** @throws SyncFailure "disk" when there is a memory and no copy of it can be read */
export const readSeen = (path: string): Seen | null =>
	readTwoCopies(
		path,
		"what was seen of the hub",
		readCopy,
		(one, other) => Date.parse(one.issued) > Date.parse(other.issued),
	);

function readCopy(text: string): Seen {
	const value = parseSilently(text);
	const plain = Seen.safeParse(value);
	// As earlier versions wrote it.
	if (plain.success) return plain.data;
	const { seen, sha256 } = SeenFile.parse(value);
	if (sha256 !== digestOf(seen)) throw new Error("it is damaged");
	return seen;
}

function digestOf(seen: Seen): string {
	const { epoch, seq, issued, retired, key } = seen;
	// As earlier versions hashed it, where no key was replaced.
	const all = [epoch, seq, issued, retired, ...(key ? [key] : [])];
	return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

/**
 * What is seen after following a head; the same object when nothing is new.
 * @param key id of the key that signed it; left out: the one that this workstation was given
 */
export function afterFollowing(
	seen: Seen | null,
	{ epoch, seq, issued }: Head,
	key?: string,
): Seen {
	const at = { epoch, seq, issued, ...(key && { key }) };
	if (seen === null || seen.key !== key)
		return { ...at, retired: seen?.retired ?? [] };
	if (seen.epoch === epoch) return seen.seq === seq ? seen : { ...seen, ...at };
	return { ...at, retired: [...seen.retired, seen.epoch] };
}

export function writeSeen(path: string, seen: Seen): void {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const text = JSON.stringify({ seen, sha256: digestOf(seen) });
	writeTwoCopies(path, text);
}
