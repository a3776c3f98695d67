import { copyFileSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { SnapshotManifest } from "../../core/feed/publication.ts";
import { SNAPSHOT_FOLDER } from "../../core/feed/snapshot-folder.ts";
import {
	removeFilesUnlessHeld,
	removeWhenFree,
	replaceFile,
	syncFile,
} from "../../machine/files/durable-file.ts";
import { snapshots } from "../store/publication.ts";
import type { FeedStore } from "./feed-store.ts";
import { createHeads } from "./heads.ts";
import { sequence } from "./sequencer.ts";
import { signingKey } from "./signing.ts";
import { createChunkCheck } from "./snapshot.ts";

export interface WrittenSnapshot {
	/** The publication it is of. */
	readonly seq: number;
	readonly bytes: number;
	/** Of the key by which it is signed: what people compare. */
	readonly keyId: string;
}

/**
 * Writes the newest snapshot with what proves it into a folder (core/feed/snapshot-folder). One that was there before is replaced; whatever
 * moment this ends at, the folder holds a whole snapshot or none.
 * @returns null when nothing is published yet
 */
export async function writeSnapshotFolder(
	store: FeedStore,
	folder: string,
): Promise<WrittenSnapshot | null> {
	await sequence(store);
	const key = signingKey(store.dataFolder);
	const { state, signed } = await createHeads(store, key)();
	const named = state.snapshot;
	const found = (await snapshots(store.pool)).find(
		({ id }) => id === named?.id,
	);
	if (!found) return null;
	const { seq, chunks } = SnapshotManifest.parse(JSON.parse(found.manifest));
	const into = join(folder, SNAPSHOT_FOLDER.chunks);
	mkdirSync(into, { recursive: true });
	removeWhenFree(join(folder, SNAPSHOT_FOLDER.head));
	const check = createChunkCheck(store.dataFolder, store.log ?? (() => {}));
	let bytes = 0;
	for (const chunk of chunks) {
		const path = await check.whole(chunk.sha256);
		if (path === null)
			throw new Error(
				`chunk ${chunk.sha256} of snapshot ${found.id} is missing or damaged; run the command again, it is made anew`,
			);
		const copy = join(into, chunk.sha256);
		if (sizeOf(copy) !== chunk.bytes) copyFileSync(path, copy);
		// A stick is pulled out as soon as the command says that it is done.
		syncFile(copy);
		bytes += chunk.bytes;
	}
	const kept = new Set(chunks.map(({ sha256 }) => sha256));
	removeFilesUnlessHeld(
		into,
		readdirSync(into).filter((name) => !kept.has(name)),
	);
	replaceFile(join(folder, SNAPSHOT_FOLDER.manifest), found.manifest);
	replaceFile(join(folder, SNAPSHOT_FOLDER.head), JSON.stringify(signed));
	return { seq, bytes, keyId: key.id };
}

function sizeOf(path: string): number | null {
	try {
		return statSync(path).size;
	} catch {
		return null;
	}
}
