import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { Head } from "../../../core/feed/publication.ts";
import { syncPath } from "../replica/location.ts";

/** The newest head that this workstation followed to its end. It outlives replicas: a hub may not lead back behind it. */
const Seen = z.object({
	epoch: z.string(),
	seq: z.int(),
	issued: z.string(),
	/** Epochs that were left; none of them may come back. */
	retired: z.array(z.string()),
});
export type Seen = z.infer<typeof Seen>;

export function readSeen(path: string): Seen | null {
	try {
		return Seen.parse(JSON.parse(readFileSync(path, "utf8")));
	} catch {
		return null;
	}
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
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(`${path}.tmp`, JSON.stringify(seen));
	syncPath(`${path}.tmp`);
	renameSync(`${path}.tmp`, path);
}
