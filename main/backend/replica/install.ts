import { createHash } from "node:crypto";
import { mkdirSync, renameSync } from "node:fs";
import { open, readFile, rm } from "node:fs/promises";
import { zstdDecompressSync } from "node:zlib";
import type { SnapshotManifest } from "../../../core/feed/publication.ts";
import { SyncFailure } from "./failure.ts";
import { newReplicaPath, switchTo, syncPath } from "./location.ts";
import { openReplica, startCursor } from "./replica-database.ts";

/** Bytes written between two requests to bring them to the disk, so that the disk works while the next chunks are unpacked. */
const FLUSH_EVERY = 32 * 1024 * 1024;

/**
 * Makes a replica from the chunks of a snapshot and takes it into use. Every chunk and the whole file are compared with the signed
 * manifest before the file gets a name under which it could be used.
 * @param chunks paths of the chunks in the order of the manifest
 * @param progress called with bytes written
 * @returns path of the new replica
 */
export async function installSnapshot(
	folder: string,
	manifest: SnapshotManifest,
	chunks: readonly string[],
	progress: (done: number) => void,
): Promise<string> {
	mkdirSync(folder, { recursive: true });
	const path = newReplicaPath(folder, manifest.epoch, manifest.id);
	const temporary = path.replace(/\.db$/, ".tmp");
	for (const suffix of ["", "-wal", "-shm", "-journal"])
		await rm(temporary + suffix, { force: true });
	await unpack(temporary, manifest, chunks, progress);
	const database = openReplica(temporary);
	try {
		startCursor(database, {
			epoch: manifest.epoch,
			seq: manifest.seq,
			chain: manifest.chain,
			committedAt: Date.parse(manifest.committed_at),
			snapshot: manifest.id,
		});
	} finally {
		database.close();
	}
	syncPath(temporary);
	renameSync(temporary, path);
	syncPath(folder);
	switchTo(folder, path);
	return path;
}

async function unpack(
	path: string,
	manifest: SnapshotManifest,
	chunks: readonly string[],
	progress: (done: number) => void,
): Promise<void> {
	const whole = createHash("sha256");
	const file = await open(path, "w");
	try {
		let done = 0;
		let flushed = 0;
		let writing: Promise<unknown> = Promise.resolve();
		let flushing: Promise<void> = Promise.resolve();
		for (const [i, chunk] of manifest.chunks.entries()) {
			const packed = await readFile(chunks[i]);
			if (createHash("sha256").update(packed).digest("hex") !== chunk.sha256)
				throw new SyncFailure("corrupt", `chunk ${i} of the snapshot differs`);
			const raw = zstdDecompressSync(packed, {
				maxOutputLength: chunk.raw_bytes,
			});
			if (raw.length !== chunk.raw_bytes)
				throw new SyncFailure(
					"corrupt",
					`chunk ${i}: ${raw.length} bytes found, ${chunk.raw_bytes} expected`,
				);
			await writing;
			writing = file.write(raw, 0, raw.length, done);
			writing.catch(() => {}); // awaited at the next chunk
			whole.update(raw);
			done += raw.length;
			progress(done);
			if (done - flushed >= FLUSH_EVERY) {
				await writing;
				await flushing;
				flushed = done;
				flushing = file.datasync();
				flushing.catch(() => {}); // awaited at the next flush
			}
		}
		await writing;
		await flushing;
		if (
			done !== manifest.file.bytes ||
			whole.digest("hex") !== manifest.file.sha256
		)
			throw new SyncFailure("corrupt", "the snapshot is not the one signed");
		await file.datasync();
	} finally {
		await file.close();
	}
}
