import { writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Preparing } from "../../core/feed/preparing.ts";
import { removeUnlessHeld } from "../../machine/files/durable-file.ts";

const FILE = "preparing.json";

/** A note that old (ms) was left by a crash: one that is true is written again before. */
const OLD = 120_000;

/**
 * Notes in the hub's folder how far the making of the dataset is: the process that makes it and the one that answers workstations are
 * two. What cannot be noted is not said, and the making goes on.
 */
export function notePreparing(dataFolder: string, preparing: Preparing): void {
	try {
		writeFileSync(join(dataFolder, FILE), JSON.stringify(preparing));
	} catch {
		// Held open, or a full disk: the next note may get there, and of what matters the store will complain.
	}
}

/** It is made, or nobody goes on making it: a note that cannot be removed ends neither, and is soon too old. */
export function endPreparing(dataFolder: string): void {
	removeUnlessHeld(join(dataFolder, FILE));
}

/** How far the making of the dataset is; null when it is not being made, nobody said, or the note is being written. */
export async function readPreparing(
	dataFolder: string,
): Promise<Preparing | null> {
	const path = join(dataFolder, FILE);
	try {
		const { mtimeMs } = await stat(path);
		if (Math.abs(Date.now() - mtimeMs) > OLD) return null;
		return Preparing.parse(JSON.parse(await readFile(path, "utf8")));
	} catch {
		return null;
	}
}
