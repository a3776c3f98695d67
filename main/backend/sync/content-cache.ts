import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import {
	removeFilesUnlessHeld,
	renameWhenFree,
} from "../../../machine/files/durable-file.ts";
import { SyncFailure } from "../replica/failure.ts";

/**
 * Fetched chunks and segments, each in a file named by its SHA-256. What is here needs no second fetch, so an interrupted snapshot goes
 * on where it stopped. A file gets its name only when it is complete and its bytes are the ones named.
 */
export interface ContentCache {
	/** Path of the content, fetched when it is not here. */
	get(
		sha256: string,
		bytes: number,
		fetchBytes: () => Promise<Uint8Array>,
	): Promise<string>;
	/** Removes everything: after it was used, or when something in it turned out to be wrong. */
	clear(): void;
}

export function createContentCache(folder: string): ContentCache {
	let parts = 0;
	/** Held as they were to be removed: what stands there may be what was to be got rid of. */
	let held: readonly string[] = [];
	return {
		async get(sha256, bytes, fetchBytes) {
			const path = join(folder, sha256);
			if (!held.includes(sha256) && sizeOf(path) === bytes) return path;
			const content = await fetchBytes();
			if (createHash("sha256").update(content).digest("hex") !== sha256)
				throw new SyncFailure(
					"chain",
					`content ${sha256} arrived with other bytes than were announced`,
				);
			mkdirSync(folder, { recursive: true, mode: 0o700 });
			// Numbered: the same content may be asked for twice at once.
			const part = `${path}.${++parts}.part`;
			const file = await open(part, "w", 0o600);
			try {
				await file.writeFile(content);
				// A name over bytes that a power failure lost would be taken for the content.
				await file.datasync();
			} finally {
				await file.close();
			}
			renameWhenFree(part, path);
			held = held.filter((name) => name !== sha256);
			return path;
		},
		clear() {
			let names: string[] = [];
			try {
				names = readdirSync(folder);
			} catch {
				return; // never used
			}
			held = removeFilesUnlessHeld(folder, names);
		},
	};
}

function sizeOf(path: string): number | null {
	try {
		return statSync(path).size;
	} catch {
		return null;
	}
}
