import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Preparing } from "../../core/feed/preparing.ts";

const FILE = "preparing.json";

/**
 * Notes in the hub's folder how far the first publication is: the process that makes it and the one that answers workstations are two.
 * Only said while nothing is published, so a note that a crash left is replaced by the next start and never believed after it.
 */
export function notePreparing(dataFolder: string, preparing: Preparing): void {
	writeFileSync(join(dataFolder, FILE), JSON.stringify(preparing));
}

/** How far the first publication is; null when nobody said, or the note is being written. */
export async function readPreparing(
	dataFolder: string,
): Promise<Preparing | null> {
	try {
		const text = await readFile(join(dataFolder, FILE), "utf8");
		return Preparing.parse(JSON.parse(text));
	} catch {
		return null;
	}
}
