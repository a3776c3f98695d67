import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { Head } from "../../../core/feed/publication.ts";
import { parseSilently } from "../../../core/reading/broken-json.ts";
import { replaceFile } from "../../../machine/files/durable-file.ts";
import { SyncFailure } from "../replica/failure.ts";

/** The newest head that this workstation followed to its end. It outlives replicas: a hub may not lead back behind it. */
const Seen = z.object({
	epoch: z.string(),
	seq: z.int(),
	issued: z.string(),
	/** Epochs that were left; none of them may come back. */
	retired: z.array(z.string()),
});
export type Seen = z.infer<typeof Seen>;

/** What the files hold: the memory, and a SHA-256 over it by which a damaged one is noticed. */
const SeenFile = z.object({ seen: Seen, sha256: z.string() });

/** Two of it: one that a failing disk has damaged neither opens the way back nor stops the workstation. */
const copiesOf = (path: string): string[] => [path, `${path}.copy`];

/**
 * Reads the memory. Only files that are not there mean that nothing was ever seen: whatever cannot be read might have said that this
 * hub is not to be followed.
 * @throws SyncFailure "disk" when there is a memory and no copy of it can be read
 */
export function readSeen(path: string): Seen | null {
	let newest: Seen | null = null;
	let unread: string | null = null;
	for (const copy of copiesOf(path)) {
		try {
			const seen = readCopy(copy);
			// Written one after the other: after a power failure one may be a step behind.
			if (
				newest === null ||
				Date.parse(seen.issued) > Date.parse(newest.issued)
			)
				newest = seen;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
			unread = `${copy}: ${error instanceof Error ? error.message : String(error)}`;
		}
	}
	if (newest === null && unread !== null)
		throw new SyncFailure(
			"disk",
			`the memory of what was seen of the hub cannot be read, so the hub is not followed (${unread}); make it readable, or remove it and its copy to trust this hub anew`,
		);
	return newest;
}

function readCopy(path: string): Seen {
	const value = parseSilently(readFileSync(path, "utf8"));
	const plain = Seen.safeParse(value);
	// As earlier versions wrote it.
	if (plain.success) return plain.data;
	const { seen, sha256 } = SeenFile.parse(value);
	if (sha256 !== digestOf(seen)) throw new Error("it is damaged");
	return seen;
}

function digestOf(seen: Seen): string {
	const { epoch, seq, issued, retired } = seen;
	return createHash("sha256")
		.update(JSON.stringify([epoch, seq, issued, retired]))
		.digest("hex");
}

/** What is seen after following a head; the same object when nothing is new. */
export function afterFollowing(seen: Seen | null, head: Head): Seen {
	const { epoch, seq, issued } = head;
	if (seen === null) return { epoch, seq, issued, retired: [] };
	if (seen.epoch === epoch)
		return seen.seq === seq ? seen : { ...seen, seq, issued };
	return { epoch, seq, issued, retired: [...seen.retired, seen.epoch] };
}

export function writeSeen(path: string, seen: Seen): void {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const text = JSON.stringify({ seen, sha256: digestOf(seen) });
	for (const copy of copiesOf(path)) replaceFile(copy, text);
}
